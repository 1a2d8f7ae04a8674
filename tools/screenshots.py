"""Takes the README's pictures of the demo. Usage: .venv/bin/python -m tools.screenshots"""

import os
import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from playwright.sync_api import Browser, Geolocation, sync_playwright

from tools import browser, page
from tools.steps import PYTHON, ROOT, say

_FOLDER = ROOT / "docs" / "screenshots"
_CENTRE: Geolocation = {"latitude": 33.6479, "longitude": 116.959}


@contextmanager
def demo(folder: Path) -> Iterator[str]:
    """The address of a demo of its own."""
    env = os.environ | {"NUANFENG_DEMO": "1", "NUANFENG_DATA_DIR": str(folder), "NUANFENG_LOG_LEVEL": "error"}
    command = [str(PYTHON), "-m", "app.cli", "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        printed = (re.match(r"https?://\S+", line) for line in server.stdout)
        yield next(address[0] for address in printed if address)
        server.send_signal(signal.SIGTERM)


def _take(
    chromium: Browser, address: str, name: str, theme: Literal["light", "dark"], *, tap: str = ""
) -> None:
    """One picture of the first screen or of what lies behind a link in it."""
    context = chromium.new_context(
        base_url=address,
        **browser.PHONE,
        color_scheme=theme,
        geolocation=_CENTRE,
        permissions=["geolocation"],
    )
    shown = context.new_page()
    shown.goto("/")
    shown.wait_for_selector("main a")
    if tap:
        shown.locator(tap).first.click()
        shown.wait_for_selector("h1")
    shown.wait_for_timeout(500)
    shown.screenshot(path=_FOLDER / f"{name}-{theme}.png")
    context.close()


def main() -> None:
    """Home in the light theme, a station in the dark one."""
    _FOLDER.mkdir(parents=True, exist_ok=True)
    page.build()
    program = browser.executable()
    with (
        TemporaryDirectory() as folder,
        demo(Path(folder)) as address,
        sync_playwright() as playwright,
    ):
        env: dict[str, str | float | bool] = {**os.environ, **browser.environment(program)}
        chromium = playwright.chromium.launch(executable_path=program, args=browser.ARGS, env=env)
        _take(chromium, address, "home", "light")
        _take(chromium, address, "station", "dark", tap="main a[href*='/stations/']")
        chromium.close()
    say(f"pictures in {_FOLDER.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
