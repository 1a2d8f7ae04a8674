"""The README's first command: one printed address, page and API behind it, a rider's way to a station."""

import json
import os
import re
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from tests.fixtures.browsers import OpenPage
from tests.pwa.walk import Walk
from tools.steps import ROOT


@contextmanager
def make_run(data: Path) -> Iterator[str]:
    """The address that `make run` prints; it is ended as a terminal would end it."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("NUANFENG_", "MAKE", "MFLAGS"))}
    process = subprocess.Popen(
        ["make", "run", "PORT=0", f"DATA={data}"],
        cwd=ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout
    try:
        printed = (re.match(r"http://\S+", line) for line in process.stdout)
        yield next(address[0] for address in printed if address)
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.communicate(timeout=30)


def asked(address: str) -> Any:
    """The JSON behind an address."""
    with urllib.request.urlopen(address, timeout=10) as answer:
        return json.load(answer)


def test_make_run_serves_the_demo_and_a_rider_finds_a_station(tmp_path: Path, open_page: OpenPage) -> None:
    with make_run(tmp_path / "demo") as address:
        assert asked(f"{address}/readyz")["ready"] is True
        assert asked(f"{address}/v1/about")["demo"] is True
        nearest = asked(f"{address}/v1/stations/nearest?lat=33.6479&lon=116.959&limit=20")["items"]
        assert len(nearest) == 20 and all(item["sample"] for item in nearest)

        walk = Walk(open_page(base_url=address)).open()
        first = walk.names()[0]
        assert first in {item["name"] for item in nearest}
        walk.row(first).locator(".row-main").click()
        expect(walk.page.get_by_role("heading", name=first, exact=True)).to_be_visible()
        expect(walk.amber).to_have_attribute("href", re.compile("^https://uri.amap.com/"))
        walk.page.context.close()  # before the server: what it still asks for would be refused

    with make_run(tmp_path / "demo") as address:  # the second time finds everything done
        again = asked(f"{address}/v1/stations/nearest?lat=33.6479&lon=116.959&limit=20")["items"]
        assert [item["id"] for item in again] == [item["id"] for item in nearest]
