"""Processes that die, race or lose their database: nothing half is stored, nobody waits for ever."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event
from sqlalchemy.engine import Engine

from tests.stations.factories import saved, station

WAIT_S = 120
ROWS = 8_000


def start(*arguments: str, data_dir: Path, **variables: str) -> subprocess.Popen[str]:
    """A `nuanfeng` process over a data folder."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("NUANFENG_")}
    given = {"DATA_DIR": str(data_dir)} | variables
    return subprocess.Popen(
        [sys.executable, "-m", "app.cli", *arguments],
        env={**inherited, **{f"NUANFENG_{name}": value for name, value in given.items()}},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def stored(file: Path) -> int:
    """Stations in an embedded database."""
    connection = sqlite3.connect(file)
    try:
        count: int = connection.execute("SELECT count(*) FROM stations").fetchone()[0]
        return count
    finally:
        connection.close()


def test_an_import_that_is_killed_stores_nothing_and_can_be_done_again(tmp_path: Path) -> None:
    data, table = tmp_path / "data", tmp_path / "places.csv"
    rows = "\n".join(f"{i},驿站{i},33.6{i % 100:02},116.9{i % 97:02},water" for i in range(ROWS))
    table.write_text(f"id,name,lat,lon,services\n{rows}\n")
    database = data / "nuanfeng.sqlite3"
    journal = data / "nuanfeng.sqlite3-wal"
    killed = start("import", "stations", str(table), "--kind", "other", data_dir=data)
    deadline = time.monotonic() + WAIT_S
    # The journal outgrows what migrating and seeding leave only while the import's transaction is open.
    while killed.poll() is None and time.monotonic() < deadline:
        if journal.exists() and journal.stat().st_size > 3_000_000:
            break
        time.sleep(0.002)
    assert killed.poll() is None, "it ended before it could be killed"
    killed.kill()
    killed.communicate()
    assert stored(database) == 0
    again = start("import", "stations", str(table), "--kind", "other", data_dir=data)
    printed, complained = again.communicate(timeout=WAIT_S)
    assert again.returncode == 0, printed + complained
    assert stored(database) == ROWS


def test_processes_that_migrate_side_by_side_all_succeed(empty_database_url: str, tmp_path: Path) -> None:
    racing = [start("migrate", data_dir=tmp_path / "data", DATABASE_URL=empty_database_url) for _ in range(2)]
    ended = [process.communicate(timeout=WAIT_S) for process in racing]
    assert [process.returncode for process in racing] == [0] * 2, ended


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_connections_that_the_database_cut_are_made_anew(client: TestClient, engine: Engine) -> None:
    saved(engine, station(name="驿站"))
    assert client.get("/v1/stations").status_code == 200
    with engine.connect() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    for _ in range(3):
        answer = client.get("/v1/stations")
        assert [item["name"] for item in answer.json()["items"]] == ["驿站"]
    assert client.get("/readyz").status_code == 200


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_full_disk_refuses_the_write_and_goes_on_answering(client: TestClient, engine: Engine) -> None:
    [kept] = saved(engine, station(name="kept"))

    def fill() -> None:
        saved(engine, *(station(name="x" * 200, how_to_find="y" * 200) for _ in range(3000)))

    with engine.connect() as connection:
        limit = connection.exec_driver_sql("PRAGMA page_count").scalar_one() + 20

    def limit_pages(raw: sqlite3.Connection, _record: object, _proxy: object) -> None:
        # Each connection has a limit of its own; meeting it is what a full disk is.
        raw.execute(f"PRAGMA max_page_count={limit}")

    event.listen(engine, "checkout", limit_pages)
    with pytest.raises(Exception, match="full"):
        fill()
    answer = client.get("/v1/stations?limit=200").json()["items"]
    assert [item["id"] for item in answer] == [kept]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_writer_that_holds_the_lock_keeps_no_reader_waiting(client: TestClient, engine: Engine) -> None:
    saved(engine, station(name="驿站"))
    with engine.connect() as writer:
        writer.exec_driver_sql("UPDATE stations SET name = 'half'")
        begun = time.monotonic()
        names = [item["name"] for item in client.get("/v1/stations").json()["items"]]
        assert names == ["驿站"] and time.monotonic() - begun < 5
        writer.rollback()


def test_a_server_that_was_killed_starts_again_with_its_data(tmp_path: Path) -> None:
    data = tmp_path / "data"
    for turn in range(2):
        process = start("serve", "--port", "0", data_dir=data, DEMO="1")
        assert process.stdout is not None and process.stderr is not None
        assert process.stdout.readline().startswith("http://127.0.0.1:"), process.stderr.read()
        count = stored(data / "nuanfeng.sqlite3")
        assert count > 100
        if turn == 0:
            process.send_signal(signal.SIGKILL)
            first = count
        else:
            process.send_signal(signal.SIGTERM)
            assert count == first
        process.communicate(timeout=WAIT_S)
