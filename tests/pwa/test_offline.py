"""Without a network, and with a server that was killed: the app opens, lists, and says how old that is."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.fixtures.browsers import OpenPage
from tests.fixtures.servers import Server, StartServer
from tests.pwa.shell import cached, only_network_errors, saved_stations, wait_until_kept

ROW = ".results .row"
PUBLIC = re.compile(r"^(shell-[0-9a-f]{16} (?!/v1/)|public-lists /v1/regions$)")


def opened(page: Page) -> Page:
    """The list, once opened with a network; everything it keeps is kept."""
    page.goto("/")
    expect(page.locator(ROW).first).to_be_visible()
    wait_until_kept(page)
    return page


@pytest.fixture
def kept_page(page: Page, browser_errors: list[str]) -> Iterator[Page]:
    """A page that has kept everything; without a network its errors are expected."""
    yield opened(page)
    only_network_errors(browser_errors)


@pytest.fixture
def own_server(start_server: StartServer) -> Server:
    """A demo server that the test may kill."""
    return start_server(DEMO="1")


def titles(page: Page) -> list[str]:
    """The names in the list, in its order."""
    return page.locator(f"{ROW} .title").all_inner_texts()


def test_after_the_server_was_killed_a_reload_lists_the_same_and_its_age_and_recovers_when_it_is_back(
    own_server: Server, open_page: OpenPage, browser_errors: list[str]
) -> None:
    page = opened(open_page(base_url=own_server.url))
    online = titles(page)
    own_server.kill()
    page.reload()
    expect(page.locator(ROW).first).to_be_visible()
    assert titles(page) == online
    expect(page.locator(".banner")).to_contain_text("没有网络")
    expect(page.locator(".banner")).to_contain_text("今天")
    own_server.start()
    page.get_by_role("button", name="刷新").click()
    expect(page.locator(".banner")).to_have_count(0)
    assert titles(page) == online
    only_network_errors(browser_errors)


def test_filters_work_without_a_network(kept_page: Page) -> None:
    everything = titles(kept_page)
    kept_page.get_by_role("button", name="饮水").click()
    expect(kept_page.locator(".line-services").first).to_contain_text("饮水")
    kept_page.wait_for_timeout(400)
    watered = titles(kept_page)
    kept_page.context.set_offline(True)
    kept_page.reload()
    expect(kept_page.locator(ROW).first).to_be_visible()
    assert titles(kept_page) == watered
    kept_page.get_by_role("button", name="饮水").click()
    expect(kept_page.locator(f"{ROW} .title")).to_have_text([re.compile(re.escape(t)) for t in everything])


def test_a_station_and_the_map_open_without_a_network(kept_page: Page) -> None:
    kept_page.context.set_offline(True)
    name = kept_page.locator(f"{ROW} .title").first.inner_text().split()[0]
    kept_page.locator(f"{ROW} .row-main").first.click()
    expect(kept_page.get_by_role("heading", name=name).first).to_be_visible()
    kept_page.goto("/map")
    expect(kept_page.locator(".pin").first).to_be_visible()
    expect(kept_page.locator(".map-district").first).to_be_attached()
    expect(kept_page.locator(".banner")).to_contain_text("没有网络")


def test_a_week_later_saved_hours_have_run_out_and_the_state_is_unknown(kept_page: Page) -> None:
    kept_page.context.set_offline(True)
    kept_page.clock.set_fixed_time(datetime.now(UTC) + timedelta(days=7, minutes=1))
    kept_page.reload()
    expect(kept_page.locator(ROW).first).to_be_visible()
    states = kept_page.locator(f"{ROW} .line-open").all_inner_texts()
    assert states and all("时间未知" in state for state in states)


def test_no_answer_about_a_person_or_a_position_is_in_a_cache(kept_page: Page) -> None:
    kept_page.goto("/places")
    kept_page.wait_for_load_state("networkidle")
    found = cached(kept_page)
    assert any(entry.endswith(" /") for entry in found)
    assert [entry for entry in found if not PUBLIC.match(entry)] == []


def test_the_phone_keeps_the_whole_catalogue_once_in_two_tabs(kept_page: Page) -> None:
    first = saved_stations(kept_page)
    other = kept_page.context.new_page()
    other.goto("/")
    expect(other.locator(ROW).first).to_be_visible()
    wait_until_kept(other)
    assert saved_stations(other) == first > 100


def test_an_app_that_kept_nothing_says_so_without_a_network(page: Page, browser_errors: list[str]) -> None:
    page.goto("/privacy")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    page.context.set_offline(True)
    page.evaluate("localStorage.clear()")
    page.goto("/")
    expect(page.get_by_role("alert")).to_contain_text("没有网络")
    expect(page.get_by_role("button", name="重试")).to_be_visible()
    only_network_errors(browser_errors)
