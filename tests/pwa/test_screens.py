"""Every screen of the riders, in both themes, at 360 and 320 px and at twice the text, measured."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.fixtures.browsers import OpenPage
from tests.fixtures.servers import StartServer
from tests.pwa import measure
from tests.pwa.town import GOOD, UNKNOWN
from tests.pwa.walk import Walk


def home(walk: Walk) -> None:
    walk.open()
    walk.tap("饮水")
    expect(walk.rows).to_have_count(2)


def unfolded(walk: Walk) -> None:
    home(walk)
    walk.page.get_by_text("另有").click()
    expect(walk.rows).to_have_count(4)


def services(walk: Walk) -> None:
    walk.open()
    walk.tap("更多")
    expect(walk.page.get_by_role("dialog")).to_be_visible()


def why(walk: Walk) -> None:
    walk.open()
    walk.tap("定位")
    expect(walk.page.get_by_role("dialog")).to_be_visible()


def nothing(walk: Walk) -> None:
    services(walk)
    walk.tap("吃饭")
    walk.tap("看附近的")
    expect(walk.page.get_by_role("heading", name="3 公里内没有")).to_be_visible()


def failed(walk: Walk) -> None:
    def fail(route: Route) -> None:
        route.fulfill(status=503, body="")

    walk.page.route("**/v1/stations/nearest*", fail)
    walk.open()
    expect(walk.page.get_by_role("alert")).to_be_visible()


def loading(walk: Walk) -> None:
    def hold(route: Route) -> None:
        assert route

    walk.page.route("**/v1/stations/nearest*", hold)
    walk.open()
    expect(walk.page.locator(".sk").first).to_be_visible()


def station(walk: Walk) -> None:
    walk.open()
    walk.row(GOOD).locator(".row-main").click()
    walk.page.get_by_role("button", name="看这一周").click()
    expect(walk.page.locator(".week")).to_be_visible()


def unknown_station(walk: Walk) -> None:
    walk.open()
    walk.row(UNKNOWN).locator(".row-main").click()
    expect(walk.page.get_by_text("电话未知")).to_be_visible()


def which_map(walk: Walk) -> None:
    station(walk)
    walk.tap("换地图")
    expect(walk.page.get_by_role("dialog")).to_be_visible()


def gone(walk: Walk) -> None:
    walk.open("/stations/019b0000-0000-7000-8000-000000000000")
    expect(walk.page.get_by_role("heading", name="没有这个驿站")).to_be_visible()


def places(walk: Walk) -> None:
    walk.open("/places?why=denied")
    expect(walk.page.get_by_text("埇桥区")).to_be_visible()


def streets(walk: Walk) -> None:
    walk.open("/places?district=341302")
    expect(walk.page.get_by_text("整个埇桥区")).to_be_visible()


def search(walk: Walk) -> None:
    walk.open("/search?q=西关")
    expect(walk.page.get_by_text(GOOD)).to_be_visible()


def found_nothing(walk: Walk) -> None:
    walk.open("/search?q=没有这种地方")
    expect(walk.page.get_by_role("heading", name="没找到“没有这种地方”")).to_be_visible()


def me(walk: Walk) -> None:
    walk.open()
    walk.row(GOOD).locator(".row-main").click()
    walk.tap("收藏")
    walk.open("/me")
    expect(walk.page.get_by_text(GOOD)).to_be_visible()


def english(walk: Walk) -> None:
    walk.open("/?lang=en")
    expect(walk.control("Water")).to_be_visible()
    expect(walk.rows).to_have_count(5)


def simple(path: str) -> Callable[[Walk], None]:
    def show(walk: Walk) -> None:
        walk.open(path)

    show.__name__ = path.strip("/")
    return show


SCREENS: list[Callable[[Walk], None]] = [
    home,
    unfolded,
    services,
    why,
    nothing,
    failed,
    loading,
    station,
    unknown_station,
    which_map,
    gone,
]
SCREENS += [places, streets, search, found_nothing, me, english]
SCREENS += [simple("/privacy"), simple("/licences"), simple("/no-such-page")]


def faults(walk: Walk) -> list[str]:
    """Everything that is wrong with the screen that is shown."""
    page, found = walk.page, list[str]()
    for width in (360, 320):
        page.set_viewport_size({"width": width, "height": 740})
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme="light" if theme == "light" else "dark", reduced_motion="reduce")
            found += [f"{width} {theme} axe: {fault}" for fault in measure.accessibility(page)]
        for measured in (measure.controls, measure.small_text, measure.overflow):
            found += [f"{width}: {fault}" for fault in measured(page)]
    page.set_viewport_size({"width": 360, "height": 740})
    measure.double_text(page)
    found += [f"twice the text: {fault}" for fault in measure.overflow(page)]
    found += [f"twice the text, axe: {fault}" for fault in measure.accessibility(page)]
    return found


@pytest.mark.parametrize("show", SCREENS, ids=lambda show: show.__name__)
def test_a_screen_has_no_fault_that_can_be_measured(show: Callable[[Walk], None], cut_off: Walk) -> None:
    show(cut_off)
    assert faults(cut_off) == []


def test_first_steps_have_no_fault_that_can_be_measured(
    start_server: StartServer, open_page: OpenPage
) -> None:
    walk = Walk(open_page(base_url=start_server().url)).open()
    expect(walk.page.get_by_role("heading", name="还没有驿站")).to_be_visible()
    assert faults(walk) == []


def test_the_dark_look_the_rider_chose_holds_on_a_light_phone_and_stays(walk: Walk) -> None:
    walk.open("/me")
    walk.tap("深色")
    walk.open("/")
    colour = walk.page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert colour == "rgb(17, 16, 13)"


def test_a_control_shows_where_the_focus_is(walk: Walk) -> None:
    walk.open()
    expect(walk.rows).to_have_count(5)
    walk.page.keyboard.press("Tab")
    outline = walk.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


def test_focus_stays_inside_a_sheet_and_returns_to_what_opened_it(walk: Walk) -> None:
    services(walk)
    for _ in range(25):
        walk.page.keyboard.press("Tab")
        assert walk.page.evaluate("document.activeElement.closest('[role=dialog]') !== null")
    walk.page.keyboard.press("Escape")
    expect(walk.page.get_by_role("dialog")).to_have_count(0)
    expect(walk.control("更多")).to_be_focused()
