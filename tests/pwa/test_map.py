"""地图: shows what the list shows, by finger and by keyboard; says whose data it is; tells where one is."""

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Request, Route, expect

from tests.fixtures.browsers import OpenPage
from tests.pwa.town import CENTRE, GOOD, TOILET_KIND, UNKNOWN
from tests.pwa.walk import Walk

ROOT = Path(__file__).parents[2]
AXE = ROOT / "pwa" / "node_modules" / "axe-core" / "axe.min.js"
TILES = ROOT / "tests" / "data" / "basemap" / "beijing_tsinghua_langqiying.pmtiles"
TSINGHUA = {"lat": 39.9998, "lon": 116.3264}
PINS = ".pin"
ROWS = ".map-panel .row"
HIT_PX = 48
OUTLINES_BYTES = 20 * 1024


def open_map(page: Page, path: str = "/map") -> Page:
    """The map, once it shows what lies there."""
    page.goto(path)
    expect(page.locator(PINS).first).to_be_visible()
    return page


def stand(page: Page, at: dict[str, float]) -> None:
    """The rider chose that place on an earlier visit."""
    kept = json.dumps({**at, "label": None, "at": 0, "how": "map"})
    page.add_init_script(f"localStorage.setItem('nuanfeng:place', {json.dumps(kept)})")


def panel_names(page: Page) -> list[str]:
    """The names in the list under the map."""
    page.get_by_role("button", name="列表").click()
    expect(page.locator(ROWS).first).to_be_visible()
    return page.locator(f"{ROWS} .title").all_inner_texts()


def pin_of(page: Page, name: str) -> Locator:
    """The pin of that station; the map is brought nearer until it stands alone."""
    pin = page.get_by_role("button", name=re.compile(f"^{name}，"))
    for _ in range(3):
        if pin.count():
            break
        page.get_by_role("button", name="放大").click()
        page.wait_for_timeout(700)
    expect(pin).to_be_visible()
    return pin


def asked_of(request: Request) -> dict[str, str]:
    """The query of an address, as pairs."""
    return dict(pair.split("=", 1) for pair in request.url.partition("?")[2].split("&"))


def test_the_map_shows_every_station_of_the_list_and_its_own_list_the_same(walk: Walk) -> None:
    listed = walk.open("/").names()
    walk.tap("地图")
    expect(walk.page.locator(PINS).first).to_be_visible()
    assert panel_names(walk.page) == listed
    assert walk.page.url.endswith("/map")


def test_a_tap_on_a_pin_opens_its_row_with_the_way_there_and_another_tap_its_page(walk: Walk) -> None:
    page = open_map(walk.page)
    pin = pin_of(page, TOILET_KIND)
    expect(pin).to_have_attribute("aria-label", f"{TOILET_KIND}，直线 300 米，24 小时")
    pin.click()
    card = page.locator(ROWS)
    expect(card).to_have_count(1)
    expect(card.locator(".title")).to_have_text(TOILET_KIND)
    expect(page.locator(".pin.is-chosen")).to_have_attribute("aria-pressed", "true")
    assert (card.locator("a.tile").get_attribute("href") or "").startswith("https://uri.amap.com/navigation")
    card.locator(".row-main").click()
    expect(page).to_have_url(re.compile(r"/stations/[0-9a-f-]{36}$"))


def test_a_tap_beside_the_pins_closes_the_card(walk: Walk) -> None:
    page = open_map(walk.page)
    pin_of(page, TOILET_KIND).click()
    expect(page.locator(ROWS)).to_have_count(1)
    page.locator(".map").click(position={"x": 12, "y": 12})
    expect(page.locator(ROWS)).to_have_count(0)
    expect(page.locator(".pin.is-chosen")).to_have_count(0)


def test_the_lists_filters_hold_on_the_map(walk: Walk) -> None:
    page = open_map(walk.page)
    page.get_by_role("button", name="饮水").click()
    expect(page.get_by_text("这一片 2 处")).to_be_visible()
    assert panel_names(page) == [UNKNOWN, GOOD]
    page.get_by_role("link", name="驿站", exact=True).click()
    assert walk.names() == [UNKNOWN, GOOD]


def test_a_heap_of_pins_is_parted_by_tapping_it(page: Page) -> None:
    open_map(page)
    for _ in range(4):
        page.get_by_role("button", name="缩小").click()
        page.wait_for_timeout(350)
    heap = page.locator(".pin-heap").first
    before = int(heap.inner_text())
    heap.click()
    page.wait_for_timeout(700)
    after = [int(text) for text in page.locator(".pin-heap").all_inner_texts()]
    assert max(after, default=1) < before


def test_the_keyboard_alone_moves_the_map_chooses_a_station_and_opens_it(walk: Walk) -> None:
    page = open_map(walk.page)
    page.locator(".map").focus()
    with page.expect_request(re.compile("/v1/stations/nearest")) as moved:
        page.keyboard.press("ArrowRight")
    assert float(asked_of(moved.value)["lon"]) > CENTRE["longitude"]
    with page.expect_request(re.compile("/v1/stations/nearest")) as nearer:
        page.keyboard.press("+")
    assert float(asked_of(nearer.value)["max_m"]) < float(asked_of(moved.value)["max_m"])
    pin = pin_of(page, TOILET_KIND)
    page.locator(".map").focus()
    for _ in range(40):
        page.keyboard.press("Tab")
        if pin.evaluate("(element) => element === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.locator(ROWS)).to_have_count(1)
    expect(pin).to_be_focused()
    page.locator(f"{ROWS} .row-main").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/stations/"))


def test_a_dragged_map_says_where_the_rider_is_and_the_list_counts_from_there(walk: Walk) -> None:
    page = open_map(walk.page, "/map?pick")
    box = page.locator(".map").bounding_box()
    assert box is not None
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0], middle[1] + 120, steps=6)
    page.mouse.up()
    page.wait_for_timeout(700)
    page.get_by_role("button", name="就用这里").click()
    expect(walk.rows.first).to_be_visible()
    chosen = json.loads(page.evaluate("localStorage.getItem('nuanfeng:place')"))
    assert chosen["how"] == "map"
    assert 33.6479 + 0.001 < chosen["lat"] < 33.6479 + 0.02
    assert chosen["lon"] == pytest.approx(CENTRE["longitude"], abs=1e-4)


def test_while_saying_where_one_is_a_station_is_a_landmark(walk: Walk) -> None:
    page = open_map(walk.page, "/map?pick")
    pin_of(page, TOILET_KIND).click()
    page.wait_for_timeout(700)
    page.get_by_role("button", name="就用这里").click()
    expect(walk.rows.first.locator(".title")).to_have_text(TOILET_KIND)


@pytest.mark.parametrize("width", [320, 360])
def test_everything_to_tap_is_large_enough_and_nothing_scrolls_sideways(
    open_page: OpenPage, width: int
) -> None:
    page = open_map(open_page(viewport={"width": width, "height": 740}))
    page.locator(".pin-open").first.click()
    expect(page.locator(ROWS).first).to_be_visible()
    small = page.evaluate(
        """(least) => [...document.querySelectorAll("button, a[href], [role=button]")]
          .filter((element) => element.getClientRects().length > 0)
          .map((element) => [element.outerHTML.slice(0, 80), element.getBoundingClientRect()])
          .filter(([, box]) => box.width < least - 0.01 || box.height < least - 0.01)""",
        HIT_PX,
    )
    assert small == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_the_map(open_page: OpenPage, theme: Any) -> None:
    page = open_map(open_page(color_scheme=theme, reduced_motion="reduce"))
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for chosen in (False, True):
        if chosen:
            page.locator(".pin-open").first.click()
            expect(page.locator(ROWS).first).to_be_visible()
        found = page.evaluate("async () => (await axe.run()).violations")
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


def test_with_reduced_motion_nothing_on_the_map_moves_by_itself(open_page: OpenPage) -> None:
    page = open_map(open_page(reduced_motion="reduce"))
    page.get_by_role("button", name="放大").click()
    page.wait_for_timeout(50)
    assert page.locator(".leaflet-zoom-anim").count() == 0


def test_places_from_openstreetmap_carry_its_licence_line_and_others_do_not(
    open_page: OpenPage, walk: Walk
) -> None:
    page = open_page()
    stand(page, TSINGHUA)
    open_map(page)
    expect(page.locator(".map-credit")).to_contain_text("© OpenStreetMap")
    expect(open_map(walk.page).locator(".map-credit")).to_have_count(0)


def _with_basemap(page: Page, basemap: dict[str, str | None]) -> None:
    """As if the operator had configured that base map."""

    def change(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json={**answer.json(), "basemap": basemap})

    page.route("**/v1/about", change)


def test_vector_tiles_of_ones_own_are_drawn_under_the_pins_in_the_themes_colours(open_page: OpenPage) -> None:
    page = open_page(service_workers="block", color_scheme="dark")
    whole = TILES.read_bytes()

    def serve(route: Route) -> None:
        first, last = map(int, route.request.headers["range"].removeprefix("bytes=").split("-"))
        part = whole[first : last + 1]
        told = {"content-range": f"bytes {first}-{first + len(part) - 1}/{len(whole)}"}
        route.fulfill(status=206, body=part, headers=told)

    page.route("**/tiles.pmtiles", serve)
    _with_basemap(
        page, {"kind": "pmtiles", "url": "/tiles.pmtiles", "attribution": "© OpenStreetMap", "key": None}
    )
    stand(page, TSINGHUA)
    open_map(page)
    page.wait_for_function(
        """() => [...document.querySelectorAll(".leaflet-tile-pane canvas")].some((canvas) => {
          const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          const colours = new Set();
          for (let at = 0; at < data.length; at += 4 * 97) {
            if (data[at + 3] === 255) colours.add(data.slice(at, at + 3).join());
          }
          return colours.has("55,51,42"); // --map-road at night
        })"""
    )
    expect(page.locator(".map-credit")).to_contain_text("© OpenStreetMap")


def test_raster_tiles_are_asked_for_and_credited(open_page: OpenPage) -> None:
    page = open_page(service_workers="block")
    asked: list[str] = []

    def serve(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(body="<svg xmlns='http://www.w3.org/2000/svg'/>", content_type="image/svg+xml")

    page.route("**/tiles/**", serve)
    _with_basemap(
        page, {"kind": "tiles", "url": "/tiles/{z}/{x}/{y}", "attribution": "© 市测绘院", "key": None}
    )
    open_map(page)
    expect(page.locator(".map-credit")).to_have_text("© 市测绘院")
    expect(page.locator(".leaflet-tile-loaded").first).to_be_attached()
    assert all(re.search(r"/tiles/\d+/\d+/\d+$", url) for url in asked)


def test_the_districts_outlines_are_宿州s_five_with_their_licence_and_stay_small() -> None:
    raw = (ROOT / "pwa" / "public" / "outlines.json").read_bytes()
    outlines = json.loads(raw)
    codes = {feature["properties"]["code"] for feature in outlines["features"]}
    assert codes == {"341302", "341321", "341322", "341323", "341324"}
    assert "MIT" in outlines["licence"]
    assert len(gzip.compress(raw)) <= OUTLINES_BYTES
