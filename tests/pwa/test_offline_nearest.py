"""The phone without a network answers like the server: the same places, order, states and counts."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.stations.models import ServiceKind, ServiceState, Station
from tests.pwa import phone
from tests.stations.factories import saved, service, station

SAVED_AT = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)  # a Tuesday, 18:00 in Shanghai
REACH = timedelta(days=7)
KINDS = (ServiceKind.WATER, ServiceKind.TOILET, ServiceKind.PHONE_CHARGING)
HOURS = (
    None,
    "24/7",
    "Mo-Su 08:00-20:00",
    "Mo-Fr 08:30-12:00,14:00-17:30; PH off",
    "Mo-Su 18:00-02:00",
    "Mo-Su 22:00-07:00",
    "Mo-Su 06:00-18:10",
    "Sa-Su 10:00-16:00",
    "24/7 closed",
    "看门口",
)
MOMENTS = (
    SAVED_AT,
    SAVED_AT + timedelta(hours=7, minutes=30),
    SAVED_AT + timedelta(hours=8, minutes=45, seconds=20),
    SAVED_AT + timedelta(days=4, hours=3),
)


def some_place(chance: random.Random) -> Station:
    """A place near 宿州's centre; positions repeat, so that ties happen."""
    services = [
        service(kind, state=chance.choice(list(ServiceState))) for kind in KINDS if chance.random() < 0.75
    ]
    grid = chance.choice((0.0005, 0.01, 0.4))
    return station(
        tuple(services),
        name=f"{chance.random()}",
        lat=33.6479 + chance.randint(-4, 4) * grid,
        lon=116.959 + chance.randint(-4, 4) * grid,
        opening_hours=chance.choice(HOURS),
        unattended_hours=chance.choice((None, None, "Mo-Su 00:00-24:00", "Mo-Su 20:00-23:30")),
    )


def some_query(chance: random.Random) -> dict[str, Any]:
    """Any question that the list or the map may ask."""
    query: dict[str, Any] = {
        "lat": 33.6479 + chance.choice((0, 0.0005, 0.02, -1, 20)),
        "lon": 116.959 + chance.choice((0, 0.0005, 0.02, 1, 63.041)),
        "open": chance.choice(("any", "possible", "certain")),
        "limit": chance.choice((1, 3, 10, 100)),
        "left_out": True,
    }
    if wanted := [kind.value for kind in KINDS if chance.random() < 0.4]:
        query["services"] = wanted
    if chance.random() < 0.5:
        query["max_m"] = chance.choice((0.4, 60, 1500.5, 40_000))
    if chance.random() < 0.3:
        query["all_night"] = True
    if chance.random() < 0.4:
        query["travel"] = chance.choice(("foot", "ebike"))
        query["lat"], query["lon"] = 33.6479, 116.96  # from farther away one arrives after the saved week
    return query


def parameters(query: dict[str, Any]) -> dict[str, Any]:
    """The query as the address says it."""
    return {**query, "services": ",".join(query["services"])} if "services" in query else query


def said(near: dict[str, Any] | None) -> Any:
    """What the phone and the server must say alike of one place. Changes: within the saved week."""
    if near is None:
        return None
    end = (SAVED_AT + REACH - timedelta(minutes=5)).strftime("%Y-%m-%dT%H:%M:%SZ")

    def known(moment: str | None) -> str | None:
        return moment if moment is not None and moment < end else None

    opening = near["opening"]
    return (
        near["id"],
        near["distance_m"],
        opening["state"],
        known(opening["until"]),
        known(opening["next_change"]),
        opening["text"],
        near["services"],
        near["arrives_at"],
        near["closes_soon"],
    )


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("seed", range(4))
def test_on_random_stations_the_phone_says_what_the_server_says(app: FastAPI, seed: int) -> None:
    chance = random.Random(seed)
    with time_machine.travel(SAVED_AT, tick=False) as clock:
        saved(app.state.engine, *(some_place(chance) for _ in range(chance.choice((3, 60, 150)))))
        with TestClient(app) as client:
            feed = phone.follow(client)
            asked: list[tuple[dict[str, Any], datetime]] = []
            expected = []
            for moment in MOMENTS:
                clock.move_to(moment, tick=False)
                for _ in range(60):
                    query = some_query(chance)
                    if moment.hour >= 16 or moment.hour < 4:
                        # Of the night that has begun the phone does not know the part before it saved.
                        query.pop("all_night", None)
                    answer = client.get("/v1/stations/nearest", params=parameters(query))
                    assert answer.status_code == 200, answer.text
                    asked.append((query, moment))
                    expected.append(answer.json())
    found = phone.answers(feed, SAVED_AT, asked)
    for (query, _), server, offline in zip(asked, expected, found, strict=True):
        assert [said(near) for near in offline["items"]] == [said(near) for near in server["items"]], query
        assert said(offline["beyond"]) == said(server["beyond"]), query
        for member in ("as_of", "origin", "travel", "left_out"):
            assert offline[member] == server[member], query


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_after_the_saved_week_the_phone_calls_no_place_open_or_closed(client: TestClient) -> None:
    saved(client.app.state.engine, *(station(opening_hours=hours) for hours in HOURS))  # type: ignore[attr-defined]
    now = datetime.now(UTC)
    query = {"lat": 33.64, "lon": 116.96, "open": "possible", "limit": 100}
    feed = phone.follow(client)
    [fresh, old] = phone.answers(feed, now, [(query, now), (query, now + REACH)])
    assert {near["opening"]["state"] for near in fresh["items"]} >= {"open", "unknown"}
    assert [near["opening"]["state"] for near in old["items"]] == ["unknown"] * len(HOURS)
