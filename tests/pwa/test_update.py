"""A newer build asks before it takes over, and a deploy never leaves a white screen."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.fixtures.browsers import OpenPage
from tests.fixtures.servers import Server
from tests.pwa.deploys import Site, newer_build, served
from tests.pwa.shell import cached, only_network_errors

ROW = ".results .row"


@pytest.fixture
def site(server: Server, built_page: Path) -> Iterator[Site]:
    """The built page, deployed over the demo's API."""
    with served(Site(built_page, server.url)) as one:
        yield one


@pytest.fixture
def newer(built_page: Path, tmp_path: Path) -> Path:
    """The build that a test deploys later."""
    return newer_build(built_page, tmp_path / "newer")


def _opened(page: Page) -> Page:
    page.goto("/")
    expect(page.locator(ROW).first).to_be_visible()
    page.evaluate("window.sameVisit = true")
    return page


def _offered(page: Page) -> None:
    """The page looks for a newer version, as it does by itself when it is shown again."""
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    page.evaluate("async () => (await navigator.serviceWorker.ready).update()")
    expect(page.get_by_role("button", name="更新")).to_be_visible()


def test_a_newer_build_asks_and_takes_over_only_when_tapped(
    open_page: OpenPage, site: Site, newer: Path
) -> None:
    page = _opened(open_page(base_url=site.url))
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    site.deploy(newer)
    _offered(page)
    page.wait_for_timeout(300)
    assert page.evaluate("window.sameVisit") is True
    page.get_by_role("button", name="更新").click()
    page.wait_for_function("() => window.sameVisit !== true")
    expect(page.locator(ROW).first).to_be_visible()
    assert page.locator("script[type=module]").get_attribute("src").startswith("/assets/index-NEWER")  # type: ignore[union-attr]
    expect(page.get_by_role("button", name="更新")).to_have_count(0)


def test_a_tab_of_the_old_version_goes_on_after_another_tab_has_updated(
    open_page: OpenPage, site: Site, newer: Path
) -> None:
    page = _opened(open_page(base_url=site.url))
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    other = _opened(page.context.new_page())
    site.deploy(newer)
    _offered(page)
    page.get_by_role("button", name="更新").click()
    page.wait_for_function("() => window.sameVisit !== true")
    assert other.evaluate("window.sameVisit") is True
    other.get_by_role("link", name="地图").click()
    expect(other.locator(".pin").first).to_be_visible()
    assert len({entry.split()[0] for entry in cached(other) if entry.startswith("shell-")}) == 2


def test_after_a_deploy_a_lazy_part_of_the_old_version_still_opens_from_the_shell(
    open_page: OpenPage, site: Site, newer: Path
) -> None:
    page = _opened(open_page(base_url=site.url))
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    site.deploy(newer)
    page.get_by_role("link", name="地图").click()
    expect(page.locator(".pin").first).to_be_visible()


def test_without_a_worker_a_vanished_part_says_so_and_one_tap_brings_the_new_version(
    open_page: OpenPage, site: Site, newer: Path, browser_errors: list[str]
) -> None:
    page = _opened(open_page(base_url=site.url, service_workers="block"))
    site.deploy(newer)
    page.get_by_role("link", name="地图").click()
    reopen = page.get_by_role("button", name=re.compile("更新|重新打开")).first
    expect(reopen).to_be_visible()
    reopen.click()
    page.wait_for_function("() => window.sameVisit !== true")
    page.get_by_role("link", name="地图").click()
    expect(page.locator(".pin").first).to_be_visible()
    only_network_errors(browser_errors)


def test_a_stale_index_is_asked_for_anew_once_and_then_says_what_to_do(
    open_page: OpenPage, site: Site, newer: Path, browser_errors: list[str]
) -> None:
    page = open_page(base_url=site.url, service_workers="block")
    site.page = newer  # the index stays the old one, as behind a cache that nobody can clear
    page.goto("/?lang=zh")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("页面没打开")
    assert re.search(r"\?fresh=\d+&lang=zh$", page.url)
    site.deploy(newer)
    page.get_by_role("button", name="再试一次").click()
    expect(page.locator(ROW).first).to_be_visible()
    only_network_errors(browser_errors)


def test_a_newer_worker_that_cannot_fetch_its_shell_leaves_the_old_one_in_force(
    open_page: OpenPage, site: Site, newer: Path, browser_errors: list[str]
) -> None:
    page = _opened(open_page(base_url=site.url))
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    next(newer.glob("assets/MapPage-*.js")).unlink()
    site.deploy(newer)
    page.evaluate("async () => (await navigator.serviceWorker.ready).update().catch(() => null)")
    page.wait_for_timeout(500)
    page.reload()
    expect(page.locator(ROW).first).to_be_visible()
    page.get_by_role("link", name="地图").click()
    expect(page.locator(".pin").first).to_be_visible()
    only_network_errors(browser_errors)
