"""How soon a cheap phone on slow 4G shows a row: Chromium with a 4 times slower processor, median of 3.

Conditions are Lighthouse's mobile ones: 150 ms round trip, 1.6 Mbit/s down, 0.75 Mbit/s up, 360×740.
Long tasks above 50 ms between the first paint and the first row make the blocking time.
"""

import os
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

from bench.table import Table
from tools import browser, page
from tools.screenshots import demo

_RUNS = 3
_ROW = "main li a[href*='/stations/']"
_WATCH = """
window.seen = {lcp_ms: 0, cls: 0, tbt_ms: 0};
const watch = (type, take) => new PerformanceObserver((list) => list.getEntries().forEach(take))
  .observe({type, buffered: true});
watch('largest-contentful-paint', (e) => { seen.lcp_ms = e.startTime; });
watch('layout-shift', (e) => { if (!e.hadRecentInput) seen.cls += e.value; });
watch('longtask', (e) => { seen.tbt_ms += Math.max(0, e.duration - 50); });
"""


def _throttled(context: BrowserContext, opened: Page) -> CDPSession:
    session = context.new_cdp_session(opened)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    session.send("Network.enable")
    network = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
    session.send("Network.emulateNetworkConditions", network)
    return session


def _measure(chromium: Browser, address: str) -> dict[str, float]:
    """One visit of a new phone, and the same phone once more without a network; milliseconds."""
    context = chromium.new_context(base_url=address, **browser.PHONE)
    context.add_init_script(_WATCH)
    opened = context.new_page()
    _throttled(context, opened)
    begun = perf_counter()
    opened.goto("/", wait_until="commit")
    opened.wait_for_selector(_ROW)
    row_ms = (perf_counter() - begun) * 1000
    opened.wait_for_timeout(3000)
    seen: dict[str, float] = opened.evaluate("seen")
    opened.evaluate("navigator.serviceWorker.ready.then(() => true)")
    opened.wait_for_timeout(3000)  # the catalogue is copied after the first paint
    context.set_offline(True)
    begun = perf_counter()
    opened.reload(wait_until="commit")
    opened.wait_for_selector(_ROW)
    offline_ms = (perf_counter() - begun) * 1000
    context.close()
    return {"first row": row_ms, "first row offline": offline_ms, **seen}


_GOALS = {
    "first row": (2000, "page: first useful row, location not asked", "ms"),
    "first row offline": (1000, "page: first useful row without a network", "ms"),
    "lcp_ms": (1800, "page: largest contentful paint", "ms"),
    "tbt_ms": (150, "page: blocking time", "ms"),
    "cls": (0.05, "page: layout shift", ""),
}


def run(table: Table) -> None:
    """The median of some visits beside the goals of the screens' rules."""
    page.build()
    program = browser.executable()
    with TemporaryDirectory() as folder, demo(Path(folder)) as address, sync_playwright() as playwright:
        env: dict[str, str | float | bool] = {**os.environ, **browser.environment(program)}
        chromium = playwright.chromium.launch(executable_path=program, args=browser.ARGS, env=env)
        runs = [_measure(chromium, address) for _ in range(_RUNS)]
        chromium.close()
    for name, (goal, words, unit) in _GOALS.items():
        table.row(words, median(run[name] for run in runs), unit, at_most=goal)
