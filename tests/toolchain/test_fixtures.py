"""The fixtures themselves: both databases are migrated, the app answers, the browser draws Chinese."""

import asyncio

import sqlalchemy as sa
from fastapi.testclient import TestClient
from playwright.sync_api import Browser
from sqlalchemy.engine import Engine

from app.core.migrate import head, schema_revision
from tools.browser import FONT_FAMILY


def test_a_tests_database_is_at_the_newest_migration_and_empty(engine: Engine, database: str) -> None:
    assert engine.dialect.name == database
    assert schema_revision(engine) == head()
    with engine.connect() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM stations")).scalar_one() == 0


def test_the_app_answers_through_the_client(client: TestClient) -> None:
    assert client.get("/healthz").status_code == 200


def test_the_browser_draws_chinese_with_the_tests_own_font(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<p style='font-family: sans-serif'>暖蜂驿站</p>")
    devtools = page.context.new_cdp_session(page)
    devtools.send("DOM.enable")
    devtools.send("CSS.enable")
    root = devtools.send("DOM.getDocument")["root"]["nodeId"]
    paragraph = devtools.send("DOM.querySelector", {"nodeId": root, "selector": "p"})["nodeId"]
    fonts = devtools.send("CSS.getPlatformFontsForNode", {"nodeId": paragraph})["fonts"]
    page.close()
    assert len(fonts) == 1
    assert fonts[0]["familyName"].startswith(FONT_FAMILY)
    assert fonts[0]["glyphCount"] == 4


def test_asyncio_works_beside_the_browser(browser_loop: object) -> None:
    async def answer() -> int:
        return 42

    assert asyncio.run(answer()) == 42
