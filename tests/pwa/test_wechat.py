"""Inside WeChat's browser, where there may be no worker, no new tab, no sharing by a button, no position."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.fixtures.browsers import OpenPage

WECHAT = (
    "Mozilla/5.0 (Linux; Android 10; M2006C3LC Build/QP1A.190711.020; wv) AppleWebKit/537.36 "
    "(KHTML, like Gecko) Version/4.0 Chrome/87.0.4280.141 Mobile Safari/537.36 XWEB/2759 "
    "MMWEBSDK/201201 MicroMessenger/8.0.1.1841"
)
ROW = "main .row"


@pytest.fixture
def wechat(open_page: OpenPage) -> Page:
    """The list inside WeChat, without a service worker."""
    page = open_page(user_agent=WECHAT, service_workers="block")
    page.goto("/")
    expect(page.locator(f"{ROW} .title").first).to_be_visible()
    return page


def test_links_that_leave_are_https_and_stay_in_the_window(wechat: Page) -> None:
    leaving = wechat.locator("a[href^='http']")
    for link in leaving.all():
        assert (link.get_attribute("href") or "").startswith("https://")
        assert link.get_attribute("target") is None
    assert leaving.count() > 3
    schemes = wechat.evaluate("[...document.links].map((link) => link.protocol)")
    assert set(schemes) <= {"https:", "http:", "tel:"}


def test_a_station_is_shared_by_wechats_own_menu(wechat: Page) -> None:
    wechat.locator(f"{ROW} .row-main").first.click()
    wechat.get_by_role("button", name=re.compile("分享")).click()
    expect(wechat.get_by_text("发给朋友")).to_be_visible()


def test_a_position_that_never_comes_ends_in_choosing_an_area(open_page: OpenPage) -> None:
    page = open_page(user_agent=WECHAT, service_workers="block")
    page.add_init_script("navigator.geolocation.getCurrentPosition = () => {};")
    page.clock.install()
    page.goto("/")
    page.get_by_role("button", name="定位").click()
    page.get_by_role("button", name="用我的位置").click()
    page.clock.fast_forward(8100)
    expect(page).to_have_url(re.compile(r"/places\?why=timeout"))


def test_the_list_goes_on_from_the_phones_store_when_the_network_goes_away(
    wechat: Page, browser_errors: list[str]
) -> None:
    wechat.wait_for_timeout(1500)
    wechat.context.set_offline(True)
    wechat.get_by_role("button", name="刷新").click()
    expect(wechat.locator(".banner")).to_contain_text("没有网络")
    expect(wechat.locator(f"{ROW} .title").first).to_be_visible()
    browser_errors[:] = [error for error in browser_errors if "Failed to load resource" not in error]


def test_a_browser_without_any_storage_still_lists(open_page: OpenPage) -> None:
    page = open_page(service_workers="block")
    page.add_init_script(
        """
        const refused = { get() { throw new DOMException("refused", "SecurityError"); } };
        Object.defineProperty(window, "indexedDB", refused);
        Object.defineProperty(window, "localStorage", refused);
        Object.defineProperty(window, "sessionStorage", refused);
        """
    )
    page.goto("/")
    expect(page.locator(f"{ROW} .title").first).to_be_visible()
    page.get_by_role("button", name="饮水").click()
    expect(page.locator(".line-services").first).to_contain_text("饮水")


def test_text_that_wechat_draws_larger_is_noticed(open_page: OpenPage) -> None:
    page = open_page(user_agent=WECHAT, service_workers="block")
    page.goto("/")
    expect(page.locator(f"{ROW} .title").first).to_be_visible()
    assert "is-large" not in (page.locator("html").get_attribute("class") or "")
    page.add_init_script(
        """
        // What text zoom does: glyphs grow, 1rem computes to what it was.
        const own = Element.prototype.getBoundingClientRect;
        Element.prototype.getBoundingClientRect = function () {
          const box = own.call(this);
          const zoom = this.className === "text-size-probe" ? 1.6 : 1;
          return new DOMRect(box.x, box.y, box.width * zoom, box.height * zoom);
        };
        """
    )
    page.reload()
    expect(page.locator("html.is-large")).to_be_attached()
