"""One station's page: everything known with its age and source, what is unknown, and the ways on."""

import re

from playwright.sync_api import expect

from tests.fixtures.browsers import OpenPage
from tests.fixtures.servers import Server
from tests.pwa.town import CENTRE, GOOD, SAMPLE, SHUT, TOILET_KIND, UNKNOWN
from tests.pwa.walk import Walk


def at_station(walk: Walk, name: str) -> Walk:
    """Open the list and from it a station's page."""
    walk.open()
    walk.row(name).locator(".row-main").click()
    expect(walk.page).to_have_url(re.compile("/stations/[0-9a-f-]{36}$"))
    expect(walk.page.get_by_role("heading", level=1)).to_have_text(name)
    return walk


def test_everything_known_stands_there_each_fact_with_its_age(walk: Walk) -> None:
    at_station(walk, GOOD)
    page = walk.page.locator("main")
    for said in (
        "24 小时",
        "免注册，免 App，推门就进",
        "埇桥区西关大街 118 号",
        "南门进，前台旁",
        "也叫 西关驿站",
        "来自 镇上",
    ):
        expect(page).to_contain_text(said)
    expect(page.get_by_role("listitem").filter(has_text="饮水")).to_contain_text(
        re.compile("免费.*可用.*(天前|月)")
    )
    expect(page.get_by_role("listitem").filter(has_text="充电")).to_contain_text("收费")
    expect(page.get_by_role("listitem").filter(has_text="厕所")).to_contain_text("坏了")
    expect(page.get_by_role("listitem").filter(has_text="看书")).to_contain_text("未知")
    expect(page).to_contain_text(re.compile("信息核实："))
    expect(walk.control("打电话 0557-3022118")).to_have_attribute("href", "tel:05573022118")


def test_what_nobody_has_said_is_said_to_be_unknown(walk: Walk) -> None:
    at_station(walk, UNKNOWN)
    for said in (
        "时间未知",
        "开放时间未知",
        "要不要注册，未知",
        "谁能用，未知",
        "地址未知",
        "电话未知",
        "怎么走：还没人说",
        "无障碍：未知",
        "信息没人核实过",
    ):
        expect(walk.page.locator("main")).to_contain_text(said)


def test_a_nameless_place_is_called_by_its_kind(walk: Walk) -> None:
    at_station(walk, TOILET_KIND)


def test_sample_data_is_said_to_be_so(walk: Walk) -> None:
    at_station(walk, SAMPLE)
    expect(walk.page.get_by_text("样例数据")).to_be_visible()


def test_real_data_is_not_called_a_sample(walk: Walk) -> None:
    at_station(walk, GOOD)
    expect(walk.page.get_by_text("样例数据")).to_have_count(0)


def test_the_distance_is_told_from_where_the_rider_is_and_not_from_the_city_centre(walk: Walk) -> None:
    at_station(walk, GOOD)
    expect(walk.page.locator(".num")).to_have_count(0)
    walk.allow_position(CENTRE)
    walk.tap("返回")
    walk.locate()
    walk.row(GOOD).locator(".row-main").click()
    expect(walk.page.locator(".num")).to_contain_text("122")
    expect(walk.page.get_by_text("你到时还开着")).to_be_visible()


def test_the_week_unfolds_on_a_tap(walk: Walk) -> None:
    at_station(walk, GOOD)
    walk.page.get_by_role("button", name="看这一周").click()
    lines = walk.page.locator(".week dd")
    expect(lines).to_have_count(7)
    expect(lines.nth(3)).to_have_text("全天")


def test_another_map_is_one_question_away_and_remembered(walk: Walk) -> None:
    at_station(walk, GOOD)
    expect(walk.amber).to_have_text("高德导航去")
    walk.page.evaluate("document.addEventListener('click', (event) => event.preventDefault())")
    walk.tap("换地图")
    tencent = walk.page.get_by_role("dialog").get_by_role("link", name="腾讯")
    expect(tencent).to_have_attribute("href", re.compile(r"^https://apis\.map\.qq\.com/.*coord_type=2"))
    tencent.click()
    expect(walk.amber).to_have_text("腾讯导航去")
    walk.page.reload()
    expect(walk.amber).to_have_attribute("href", re.compile(r"^https://apis\.map\.qq\.com/"))


def test_a_starred_station_stands_on_my_page_and_in_the_list_and_a_tap_takes_it_off(walk: Walk) -> None:
    at_station(walk, GOOD)
    walk.tap("收藏")
    expect(walk.control("收藏")).to_have_attribute("aria-pressed", "true")
    walk.open("/me")
    walk.tap(GOOD)
    walk.tap("收藏")
    walk.open("/me")
    expect(walk.page.get_by_text("还没有。在驿站页点星星")).to_be_visible()


def test_the_address_is_copied_by_one_tap(walk: Walk) -> None:
    walk.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    at_station(walk, GOOD)
    walk.tap("复制地址")
    expect(walk.page.get_by_text("已复制")).to_be_visible()
    assert walk.page.evaluate("navigator.clipboard.readText()") == "埇桥区西关大街 118 号"


def test_without_a_sharing_sheet_the_link_is_copied(walk: Walk) -> None:
    walk.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    walk.page.add_init_script("Object.defineProperty(navigator, 'share', { value: undefined })")
    at_station(walk, GOOD)
    walk.tap("分享")
    expect(walk.page.get_by_text("链接已复制")).to_be_visible()
    assert walk.page.evaluate("navigator.clipboard.readText()") == walk.page.url


def test_inside_wechat_sharing_points_to_its_own_menu(town: Server, open_page: OpenPage) -> None:
    agent = "Mozilla/5.0 (Linux; Android 10) Chrome/107.0 Mobile MicroMessenger/8.0.40"
    walk = at_station(Walk(open_page(base_url=town.url, user_agent=agent, service_workers="block")), GOOD)
    walk.tap("分享")
    expect(walk.page.get_by_text("点右上角“…”发给朋友")).to_be_visible()
    assert walk.amber.get_attribute("target") is None


def test_back_finds_the_list_where_it_was(walk: Walk) -> None:
    walk.page.set_viewport_size({"width": 360, "height": 400})
    walk.open()
    walk.row(SAMPLE).locator(".row-main").click()
    expect(walk.page.get_by_role("heading", level=1)).to_have_text(SAMPLE)
    walk.tap("返回")
    expect(walk.row(SAMPLE)).to_be_in_viewport()


def test_back_from_a_shared_link_leads_to_the_list_and_not_out_of_the_app(walk: Walk) -> None:
    at_station(walk, GOOD)
    address = walk.page.url
    other = Walk(walk.page.context.new_page()).open(address)
    other.tap("返回")
    expect(other.rows).to_have_count(5)


def test_a_station_that_is_not_there_says_so(cut_off: Walk) -> None:
    cut_off.open("/stations/019b0000-0000-7000-8000-000000000000")
    expect(cut_off.page.get_by_role("heading", name="没有这个驿站")).to_be_visible()


def test_a_closed_place_says_so_in_words(walk: Walk) -> None:
    walk.open()
    walk.tap("饮水")
    walk.page.get_by_text("另有").click()
    walk.row(SHUT).locator(".row-main").click()
    expect(walk.page.locator(".headline")).to_contain_text("关着")
