"""The endpoint over HTTP, against constant bytes behind the same parameters; and what a city costs."""

import os
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import psutil

from bench.cases import make_cases
from bench.load import Load, drive
from bench.peers import free_port
from bench.table import Table
from bench.world import World, make_world, write_sqlite

ROUNDS = 5
SECONDS = 4.0


@contextmanager
def serving(folder: Path) -> Iterator[tuple[str, psutil.Process, float]]:
    """One worker over the database in the folder: its address, its process, the seconds it took to answer."""
    port = free_port()
    begin = time.perf_counter()
    environment = {**os.environ, "NUANFENG_DATA_DIR": str(folder)}
    command = [sys.executable, "-m", "bench.server", str(port)]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5).close()
                break
            except OSError:
                if server.poll() is not None:
                    raise RuntimeError((folder / "server.log").read_text()) from None
                time.sleep(0.02)
        yield f"http://127.0.0.1:{port}", psutil.Process(server.pid), time.perf_counter() - begin
    finally:
        server.terminate()
        server.wait()


def run(world: World, folder: Path, table: Table) -> None:
    """Throughput and p99 at rest and while snapshots are swapped."""
    questions = [
        f"?lat={lat:.6f}&lon={lon:.6f}&services=water,toilet&open=possible"
        for lat, lon in make_cases(world, 500)[1].points
    ]
    with serving(folder) as (address, process, started):
        near, constant = (
            [f"{address}/v1/stations/{name}{question}" for question in questions]
            for name in ("nearest", "constant")
        )
        table.note("start with the load of all places", started, "s")

        def measure(urls: list[str]) -> Load:
            return drive(urls, SECONDS, folder / "wrk.lua")

        measure(near)  # the question's tree grows meanwhile
        pairs = [(measure(constant), measure(near)) for _ in range(ROUNDS)]
        table.row(
            "requests/s of nearest / of constant bytes, 16 clients",
            median(ours.per_second / floor.per_second for floor, ours in pairs), "x", at_least=0.6,
        )  # fmt: skip
        table.note("requests/s of nearest", median(ours.per_second for _, ours in pairs), "/s")
        rest_ms = median(ours.p99_ms for _, ours in pairs)
        table.row("p99 / its p99", rest_ms / median(floor.p99_ms for floor, _ in pairs), "x", at_most=2)
        with writing(folder / "nuanfeng.sqlite3"):
            swapping = [measure(near) for _ in range(ROUNDS)]
        table.row(
            "p99 while a place changes 4 times a second / at rest",
            median(each.p99_ms for each in swapping) / rest_ms, "x", at_most=2,
        )  # fmt: skip
        table.row("process with all places", process.memory_info().rss / 1e6, "MB", at_most=800)


@contextmanager
def writing(file: Path) -> Iterator[None]:
    """Meanwhile places change, each a revision of its own, so that snapshots are swapped."""
    stop = threading.Event()

    def write() -> None:
        with sqlite3.connect(file, isolation_level=None) as link:
            while not stop.wait(0.25):
                link.execute("BEGIN IMMEDIATE")
                link.execute("UPDATE revisions SET value = value + 1 WHERE subject = 'stations'")
                link.execute(
                    "UPDATE stations SET change_revision = (SELECT max(value) FROM revisions) "
                    "WHERE rowid = (SELECT abs(random()) % max(rowid) + 1 FROM stations)"
                )
                link.execute("COMMIT")
        link.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield
    finally:
        stop.set()
        writer.join()


def city(folder: Path, table: Table) -> None:
    """What a city of 2,000 places costs."""
    folder.mkdir()
    write_sqlite(make_world(2_000), folder)
    with serving(folder) as (address, process, started):
        where = "lat=33.6479&lon=116.959&services=water,toilet&open=possible&limit=100"
        urllib.request.urlopen(f"{address}/v1/stations/nearest?{where}").close()
        table.row("a city of 2,000 places: start", started, "s", at_most=2)
        table.row("a city of 2,000 places: process", process.memory_info().rss / 1e6, "MB", at_most=150)
