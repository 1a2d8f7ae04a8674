"""A town of seven places, one of each sort that the screens must tell apart, and its server."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fixtures.browsers import OpenPage
from tests.fixtures.servers import Server
from tests.pwa.shell import only_network_errors
from tests.pwa.town import TOWN
from tests.pwa.walk import Walk


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory, built_page: Path) -> Iterator[Server]:
    """A server, one a worker, that holds the places of `tests.pwa.town`; for reading."""
    folder = tmp_path_factory.mktemp("town")
    table = folder / "town.csv"
    table.write_text(TOWN, encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NUANFENG_")}
    subprocess.run(
        [sys.executable, "-m", "app.cli", "import", "stations", str(table), "--source", "镇上"],
        env=environment | {"NUANFENG_DATA_DIR": str(folder / "data")},
        check=True,
        capture_output=True,
    )
    server = Server(folder / "data", env={"NUANFENG_ICP": "皖ICP备2026000001号", "NUANFENG_HOTLINE": "12345"})
    server.start()
    yield server
    server.stop()


@pytest.fixture
def walk(town: Server, open_page: OpenPage) -> Walk:
    """A rider's phone in that town, where no permission has been given yet."""
    return Walk(open_page(base_url=town.url))


@pytest.fixture
def cut_off(walk: Walk, browser_errors: list[str]) -> Iterator[Walk]:
    """A rider whose network the test breaks itself: what Chromium says of that is expected."""
    yield walk
    only_network_errors(browser_errors)
