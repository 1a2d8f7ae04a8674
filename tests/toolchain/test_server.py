"""The server fixtures: a demo that a phone opens, and processes that a test starts and stops."""

import json
import signal
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.fixtures.servers import StartServer


def test_the_phone_opens_the_demos_first_screen_without_a_complaint(page: Page) -> None:
    page.goto("/")
    page.wait_for_selector("h1")
    assert "暖蜂" in page.title()
    assert page.evaluate("[innerWidth, devicePixelRatio, navigator.language]") == [360, 2, "zh-CN"]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_server_ends_with_status_0_when_asked_to(
    start_server: StartServer, database_url: str, tmp_path: Path
) -> None:
    server = start_server(database_url=database_url)
    with urllib.request.urlopen(f"{server.url}/v1/about") as answer:
        assert json.load(answer)["demo"] is False
    assert server.stop() in (0, -signal.SIGTERM)
