"""The feed of changes: followed from the start, it makes the follower's copy equal to the catalogue."""

import random
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.engine import Engine
from sqlmodel import Session

from app.core.clock import now
from app.core.db import write_session
from app.kit.paging import encode_cursor
from app.stations.jobs import purge_deleted
from tests.stations.factories import add, delete, saved, station, touch


class Follower:
    """A partner's copy, kept up to date by the feed alone."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.cursor: str | None = None
        self.held: dict[str, dict[str, Any]] = {}

    def step(self, limit: int = 1000) -> bool:
        """Take one page; whether more waits."""
        params = {"limit": str(limit)} | ({"since": self.cursor} if self.cursor else {})
        answer = self.client.get("/v1/stations/changes", params=params)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        for item in page["items"]:
            if item["type"] == "delete":
                self.held.pop(item["id"], None)
            else:
                self.held[item["station"]["id"]] = item["station"]
        self.cursor = page["next_cursor"]
        return bool(page["more"])

    def catch_up(self, limit: int = 1000) -> None:
        """Take pages until none is left."""
        while self.step(limit):
            pass


def test_following_in_small_pages_while_others_write_ends_in_the_same_catalogue(
    client: TestClient, engine: Engine
) -> None:
    chance = random.Random(3)
    ids = saved(engine, *(station(name=f"n{i}") for i in range(30)))
    follower = Follower(client)
    for turn in range(60):
        follower.step(limit=chance.randint(1, 7))
        match chance.choice(("add", "touch", "delete")):
            case "add":
                ids += saved(engine, station(name=f"later {turn}"))
            case "touch" if ids:
                touch(engine, chance.choice(ids), name=f"changed {turn}")
            case "delete" if ids:
                delete(engine, ids.pop(chance.randrange(len(ids))))
    follower.catch_up(limit=5)
    listed = client.get("/v1/stations?limit=200").json()["items"]
    assert {s["id"]: s["name"] for s in follower.held.values()} == {s["id"]: s["name"] for s in listed}
    assert len(listed) == len(ids)


def test_changes_come_in_the_order_in_which_they_were_made(client: TestClient, engine: Engine) -> None:
    first, second = saved(engine, station(name="1"), station(name="2"))
    [third] = saved(engine, station(name="3"))
    touch(engine, first, name="1 again")
    items = client.get("/v1/stations/changes").json()["items"]
    assert [item["station"]["id"] for item in items] == [second, third, first]


def test_a_deletion_reaches_a_follower_who_had_the_place(client: TestClient, engine: Engine) -> None:
    [station_id] = saved(engine, station())
    follower = Follower(client)
    follower.catch_up()
    delete(engine, station_id)
    page = client.get("/v1/stations/changes", params={"since": follower.cursor}).json()
    assert page["items"] == [{"type": "delete", "id": station_id}]


def test_a_newcomer_is_not_told_of_places_gone_before(client: TestClient, engine: Engine) -> None:
    gone, _ = saved(engine, station(), station())
    delete(engine, gone)
    page = client.get("/v1/stations/changes").json()
    assert [item["type"] for item in page["items"]] == ["upsert"]


def test_an_empty_page_gives_a_cursor_to_go_on_with(client: TestClient, engine: Engine) -> None:
    follower = Follower(client)
    follower.catch_up()
    saved(engine, station(name="new"))
    follower.catch_up()
    assert [held["name"] for held in follower.held.values()] == ["new"]


def test_a_follower_who_was_away_while_deletions_were_purged_must_start_anew(
    client: TestClient, engine: Engine
) -> None:
    gone, kept = saved(engine, station(name="gone"), station(name="kept"))
    away = Follower(client)
    away.catch_up()
    delete(engine, gone, at=now() - timedelta(days=91))
    with write_session(engine) as session:
        purge_deleted(session)
    answer = client.get("/v1/stations/changes", params={"since": away.cursor})
    assert (answer.status_code, answer.json()["code"]) == (410, "cursor_too_old")
    assert "since" in answer.json()["detail"]
    anew = Follower(client)
    anew.catch_up()
    assert list(anew.held) == [kept]


def test_a_first_walk_through_old_places_outlives_what_was_purged_before_it_began(
    client: TestClient, engine: Engine
) -> None:
    saved(engine, station(name="a"))
    saved(engine, station(name="b"))
    [gone] = saved(engine, station(name="gone"))
    delete(engine, gone, at=now() - timedelta(days=91))
    with write_session(engine) as session:
        purge_deleted(session)
    newcomer = Follower(client)
    newcomer.catch_up(limit=1)
    assert sorted(held["name"] for held in newcomer.held.values()) == ["a", "b"]


def test_a_place_deleted_lately_is_kept_for_followers(client: TestClient, engine: Engine) -> None:
    [gone] = saved(engine, station())
    follower = Follower(client)
    follower.catch_up()
    delete(engine, gone, at=now() - timedelta(days=89))
    with write_session(engine) as session:
        purge_deleted(session)
    follower.catch_up()
    assert follower.held == {}


def test_a_cursor_from_the_future_is_too_old_because_the_database_was_put_back(client: TestClient) -> None:
    cursor = encode_cursor("changes", 5, "00000000-0000-0000-0000-000000000000", 5)
    assert client.get("/v1/stations/changes", params={"since": cursor}).status_code == 410


def test_a_cursor_of_another_list_is_refused(client: TestClient, engine: Engine) -> None:
    saved(engine, station(), station())
    cursor = client.get("/v1/stations?limit=1").json()["next_cursor"]
    answer = client.get("/v1/stations/changes", params={"since": cursor})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "query.since"


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_change_still_being_written_is_never_skipped(client: TestClient, engine: Engine) -> None:
    """On PostgreSQL writers overlap: a later revision must not become visible before an earlier one."""
    saved(engine, station(name="before"))
    follower = Follower(client)
    follower.catch_up()
    with Session(engine) as slow:
        add(slow, station(name="slow"))
        with Session(engine.execution_options(isolation_level="AUTOCOMMIT")) as other:
            other.connection().exec_driver_sql("SET lock_timeout = '50ms'")
            with pytest.raises(Exception, match="lock timeout"):
                add(other, station(name="overtaking"))
        follower.catch_up()
        slow.commit()
    saved(engine, station(name="after"))
    follower.catch_up()
    assert sorted(held["name"] for held in follower.held.values()) == ["after", "before", "slow"]
