"""驿站, the list: what stands there, where the amber button goes, filters, and when there is nothing."""

import re

from playwright.sync_api import Route, expect

from tests.fixtures.browsers import OpenPage
from tests.fixtures.servers import StartServer
from tests.pwa.shell import wait_until_kept
from tests.pwa.town import BROKEN, FAR, GOOD, NOWHERE_NEAR, SAMPLE, SHUT, TOILET_KIND, UNKNOWN
from tests.pwa.walk import Walk

NEAREST = "**/v1/stations/nearest*"


def test_a_list_from_the_city_centre_stands_there_before_any_permission_is_asked(walk: Walk) -> None:
    walk.page.add_init_script(
        "window.asked = 0; navigator.geolocation.getCurrentPosition = () => { window.asked += 1; };"
    )
    walk.open()
    assert walk.names() == [UNKNOWN, BROKEN, GOOD, TOILET_KIND, SAMPLE]
    expect(walk.page.locator("h1")).to_have_text("宿州市中心")
    expect(walk.page.locator(".place p")).to_have_text("没定位，先按市中心找")
    assert walk.page.evaluate("window.asked") == 0


def test_a_row_tells_distance_opening_services_and_age_at_a_glance(walk: Walk) -> None:
    walk.open()
    walk.tap("饮水")
    row = walk.row(GOOD)
    expect(row).to_contain_text("24 小时")
    expect(row).to_contain_text("饮水可用")
    expect(row).to_contain_text(re.compile(r"\d+ (天前|月 \d+ 日)"))
    expect(row.locator(".tile")).to_contain_text("122米")
    expect(walk.row(UNKNOWN)).to_contain_text("时间未知")
    expect(walk.row(UNKNOWN)).to_contain_text("饮水未知")
    expect(walk.row(UNKNOWN)).to_contain_text("没人核实过")


def test_the_tile_navigates_to_the_place_in_the_datum_of_the_map(walk: Walk) -> None:
    walk.open()
    address = walk.row(GOOD).locator(".tile").get_attribute("href") or ""
    assert address.startswith("https://uri.amap.com/navigation?to=116.96"), address
    assert "coordinate=gaode" in address


def test_sample_rows_and_no_others_are_labelled(walk: Walk) -> None:
    walk.open()
    expect(walk.row(SAMPLE).get_by_text("样例", exact=True)).to_be_visible()
    expect(walk.page.get_by_text("样例", exact=True)).to_have_count(1)


def test_places_that_are_closed_or_broken_are_folded_into_one_line_and_a_tap_shows_them(walk: Walk) -> None:
    walk.open()
    walk.tap("饮水")
    expect(walk.row(BROKEN)).to_have_count(0)
    assert walk.names() == [UNKNOWN, GOOD]
    walk.tap("另有 2 处现在用不了（饮水坏了、已关门）")
    expect(walk.row(BROKEN)).to_contain_text("饮水坏了")
    expect(walk.row(SHUT)).to_contain_text("关着")


def test_the_amber_button_goes_to_the_first_place_that_is_certainly_usable(walk: Walk) -> None:
    walk.allow_position({"latitude": 33.6479, "longitude": 116.959})
    walk.open()
    walk.tap("饮水")
    expect(walk.amber).to_have_text("去市中心最近的 122 米")
    walk.locate()
    expect(walk.amber).to_have_text("去最近能用的 122 米")


def test_the_amber_button_says_possible_when_nothing_is_certain(walk: Walk) -> None:
    walk.open()
    walk.tap("更多")
    walk.tap("休息")
    walk.tap("看附近的")
    expect(walk.amber).to_have_text("去市中心可能能用的 50 米")


def test_filters_are_all_required_and_stay_as_they_were(walk: Walk) -> None:
    walk.open()
    walk.tap("饮水")
    walk.tap("充电")
    expect(walk.rows).to_have_count(1)
    walk.page.reload()
    expect(walk.rows).to_have_count(1)
    expect(walk.control("充电")).to_have_attribute("aria-pressed", "true")


def test_a_service_chosen_in_the_sheet_gets_a_chip(walk: Walk) -> None:
    walk.open()
    expect(walk.control("看书")).to_have_count(0)
    walk.tap("更多")
    walk.tap("看书")
    walk.tap("看附近的")
    expect(walk.control("看书")).to_have_attribute("aria-pressed", "true")
    assert walk.names() == [GOOD]


def test_the_back_key_closes_the_sheet_and_not_the_page(walk: Walk) -> None:
    walk.open()
    walk.tap("更多")
    expect(walk.page.get_by_role("dialog")).to_be_visible()
    walk.page.go_back()
    expect(walk.page.get_by_role("dialog")).to_have_count(0)
    expect(walk.rows).to_have_count(5)


def test_on_arrival_is_asked_for_with_the_way_the_rider_travels(walk: Walk) -> None:
    walk.open()
    with walk.page.expect_request(NEAREST) as asked:
        walk.tap("到达时还开着")
    assert "travel=ebike" in asked.value.url
    expect(walk.rows).to_have_count(5)


def test_all_night_leaves_out_what_is_not_known_to_be_open_then(walk: Walk) -> None:
    walk.open()
    walk.tap("通宵")
    expect(walk.row(UNKNOWN)).to_have_count(0)
    expect(walk.row(SHUT)).to_have_count(0)
    expect(walk.row(GOOD)).to_be_visible()


def test_nothing_near_names_the_nearest_beyond_and_offers_to_ask_for_less(walk: Walk) -> None:
    walk.open()
    walk.tap("更多")
    walk.tap("吃饭")
    walk.tap("看附近的")
    expect(walk.page.get_by_role("heading", name="3 公里内没有")).to_be_visible()
    assert walk.names() == [FAR]
    expect(walk.amber).to_have_text("去这里 5.2 公里")
    walk.tap("不要求吃饭")
    expect(walk.rows).to_have_count(5)


def test_nothing_anywhere_says_so_and_a_tap_drops_one_wish(walk: Walk) -> None:
    walk.open()
    walk.tap("饮水")
    walk.tap("更多")
    walk.tap("吃饭")
    walk.tap("看附近的")
    expect(walk.page.get_by_role("heading", name="哪里都没有")).to_be_visible()
    expect(walk.page.get_by_text("现在开着、有饮水和吃饭的，一处都没有")).to_be_visible()
    walk.tap("不要求吃饭")
    assert walk.names() == [UNKNOWN, GOOD]


def test_looking_farther_finds_what_lies_beyond_three_kilometres(walk: Walk) -> None:
    walk.open()
    expect(walk.row(FAR)).to_have_count(0)
    walk.tap("看更远的")
    expect(walk.row(FAR).locator(".tile")).to_contain_text("5.2公里")


def test_a_server_that_fails_is_told_as_such_and_retried_by_one_tap(cut_off: Walk) -> None:
    def fail(route: Route) -> None:
        route.fulfill(status=503, body="")

    cut_off.page.route(NEAREST, fail)
    cut_off.open()
    expect(cut_off.page.get_by_role("alert")).to_contain_text("服务器没有答复")
    expect(cut_off.control("打 12345 咨询")).to_have_attribute("href", "tel:12345")
    cut_off.page.unroute(NEAREST)
    cut_off.tap("现在重试")
    expect(cut_off.rows).to_have_count(5)


def test_while_the_answer_is_awaited_still_rows_stand_in_its_place(walk: Walk) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    walk.page.route(NEAREST, hold)
    walk.open()
    expect(walk.page.locator(".sk").first).to_be_visible()
    expect(walk.page.locator("main [role=status]").first).to_have_text("正在找")
    held[0].continue_()
    expect(walk.rows).to_have_count(5)


def test_one_tap_takes_the_position_and_counts_from_there(walk: Walk) -> None:
    walk.allow_position(NOWHERE_NEAR)
    walk.open()
    walk.locate()
    expect(walk.page.locator("h1")).to_have_text("你附近")
    expect(walk.page.get_by_role("heading", name="3 公里内没有")).to_be_visible()
    expect(walk.amber).to_have_text("去这里 28.1 公里")


def test_in_another_city_the_nearest_is_named_but_nobody_is_sent_there(walk: Walk) -> None:
    walk.allow_position({"latitude": 31.3, "longitude": 120.6})  # 苏州 in Jiangsu
    walk.open()
    walk.locate()
    expect(walk.page.get_by_text("这一带还没有登记的驿站，最近的是：")).to_be_visible()
    expect(walk.rows).to_have_count(1)
    expect(walk.amber).to_have_count(0)


def test_the_last_place_is_used_the_next_time_and_said_to_be_old(walk: Walk) -> None:
    walk.allow_position(NOWHERE_NEAR)
    walk.open()
    walk.locate()
    expect(walk.page.locator("h1")).to_have_text("你附近")
    walk.page.evaluate(
        """() => {
          const place = JSON.parse(localStorage.getItem("nuanfeng:place"));
          localStorage.setItem("nuanfeng:place", JSON.stringify({ ...place, at: place.at - 81 * 60000 }));
        }"""
    )
    walk.page.reload()
    expect(walk.page.locator(".place p")).to_have_text("按上次位置，1 小时前")


def test_denied_location_leads_to_choosing_an_area(walk: Walk) -> None:
    walk.open()
    walk.locate()
    expect(walk.page.get_by_role("alert")).to_have_text("手机没给位置，选一片也能用")
    expect(walk.page).to_have_url(re.compile(r"/places\?why=denied$"))
    walk.page.get_by_role("link", name=re.compile("^埇桥区")).click()
    expect(walk.page.get_by_role("heading", name="埇桥区")).to_be_visible()


def test_a_phone_that_never_answers_is_given_up_after_eight_seconds(walk: Walk) -> None:
    walk.page.add_init_script("navigator.geolocation.getCurrentPosition = () => undefined;")
    walk.page.clock.install()
    walk.open()
    walk.locate()
    expect(walk.control("正在定位")).to_be_disabled()
    walk.page.clock.fast_forward(8001)
    expect(walk.page.get_by_role("alert")).to_have_text("定位超时，选一片也能用")


def test_an_empty_server_tells_the_operator_what_to_do(
    start_server: StartServer, open_page: OpenPage
) -> None:
    walk = Walk(open_page(base_url=start_server().url)).open()
    expect(walk.page.get_by_role("heading", name="还没有驿站")).to_be_visible()
    expect(walk.page.get_by_text("nuanfeng import stations").first).to_be_visible()


def test_english_by_the_address_stays_for_the_next_visit(walk: Walk) -> None:
    walk.open("/?lang=en")
    expect(walk.control("Water")).to_be_visible()
    expect(walk.page.locator("html")).to_have_attribute("lang", "en")
    walk.open("/")
    expect(walk.page.get_by_role("heading", name="Suzhou, Anhui")).to_be_visible()


def test_when_the_server_fails_the_saved_list_stands_there_and_says_why(cut_off: Walk) -> None:
    wait_until_kept(cut_off.open().page)
    cut_off.tap("饮水")
    expect(cut_off.rows).to_have_count(2)

    def fail(route: Route) -> None:
        route.fulfill(status=503, body="")

    cut_off.page.route(NEAREST, fail)
    cut_off.tap("刷新")
    expect(cut_off.page.locator(".banner")).to_contain_text("服务器没有答复下面是今天")
    expect(cut_off.row(GOOD)).to_contain_text("的情况")
