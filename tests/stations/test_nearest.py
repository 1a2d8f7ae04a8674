"""GET /v1/stations/nearest: its parameters, its words, its problems."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from fastapi.testclient import TestClient
from sqlalchemy.engine import Engine

from app.stations.models import Fee, ServiceKind, ServiceState, StationKind
from app.stations.schemas import NearestOut
from tests.stations.eventually import eventually
from tests.stations.factories import saved, service, station

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
CENTRE = {"lat": 33.6479, "lon": 116.959}
WEDNESDAY_NOON = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)


def ask(client: TestClient, **parameters: Any) -> NearestOut:
    response = client.get("/v1/stations/nearest", params={**CENTRE, **parameters})
    assert response.status_code == 200, response.text
    assert response.headers["cache-control"] == "no-store"
    return NearestOut.model_validate_json(response.content)


def names(answer: NearestOut) -> list[str | None]:
    return [item.name for item in answer.items]


@pytest.fixture
def places(client: TestClient, engine: Engine) -> TestClient:
    """Four places, each about 111 m farther north than the one before."""
    broken = service(ServiceKind.WATER, state=ServiceState.BROKEN)
    saved(
        engine,
        station((broken,), name="坏了的水", lat=33.6489, lon=116.959, opening_hours="24/7"),
        station((ServiceKind.WATER,), name="不知几点", lat=33.6499, lon=116.959),
        station((ServiceKind.WATER,), name="白天", lat=33.6509, lon=116.959, opening_hours="08:00-18:00"),
        station(
            (service(ServiceKind.WATER, Fee.FREE, ServiceState.WORKING), ServiceKind.TOILET),
            name="通宵",
            kind=StationKind.UNION_POST,
            lat=33.6519,
            lon=116.959,
            opening_hours="24/7",
        ),
    )
    eventually(lambda: len(ask(client).items) == 4)
    return client


def test_the_nearest_come_first_with_all_that_is_known_of_them(places: TestClient) -> None:
    answer = ask(places, at="2026-11-25T04:00:00Z")
    assert names(answer) == ["坏了的水", "不知几点", "白天", "通宵"]
    assert (answer.origin.lat, answer.origin.lon) == (33.6479, 116.959)
    assert answer.as_of == WEDNESDAY_NOON
    assert (answer.travel, answer.beyond, answer.left_out) == (None, None, None)
    last = answer.items[-1]
    assert last.kind == StationKind.UNION_POST
    assert last.distance_m == pytest.approx(444.78, abs=0.01)
    assert [(each.kind, each.fee, each.state) for each in last.services] == [
        (ServiceKind.WATER, Fee.FREE, ServiceState.WORKING),
        (ServiceKind.TOILET, Fee.UNKNOWN, ServiceState.UNKNOWN),
    ]
    assert (last.opening.state, last.opening.text, last.opening.staffed) == ("open", "24/7", True)


def test_a_broken_service_does_not_count_and_an_unknown_one_does(places: TestClient) -> None:
    assert names(ask(places, services="water")) == ["不知几点", "白天", "通宵"]
    assert names(ask(places, services="water,toilet,water")) == ["通宵"]
    assert names(ask(places, services="counsel")) == []


def test_open_possible_keeps_the_unknown_and_open_certain_does_not(places: TestClient) -> None:
    evening = {"at": "2026-11-25T21:00:00+08:00", "services": "water"}
    assert names(ask(places, **evening)) == ["不知几点", "白天", "通宵"]
    assert names(ask(places, **evening, open="possible")) == ["不知几点", "通宵"]
    assert names(ask(places, **evening, open="certain")) == ["通宵"]


def test_all_night_keeps_what_is_open_from_23_to_6(places: TestClient) -> None:
    assert names(ask(places, all_night=True)) == ["坏了的水", "通宵"]


def test_left_out_counts_the_closed_and_the_broken_before_the_last_item(places: TestClient) -> None:
    answer = ask(
        places, services="water", open="certain", at="2026-11-25T21:00:00+08:00", left_out=True, limit=1
    )
    assert names(answer) == ["通宵"]
    assert answer.left_out is not None
    assert (answer.left_out.closed, answer.left_out.broken) == (1, 1)


def test_nothing_within_max_m_names_the_nearest_beyond(places: TestClient) -> None:
    answer = ask(places, services="water", max_m=200)
    assert answer.items == []
    assert answer.beyond is not None
    assert answer.beyond.name == "不知几点"
    assert ask(places, services="water", max_m=250).beyond is None


@time_machine.travel(datetime(2026, 11, 25, 9, 58, tzinfo=UTC), tick=False)  # 17:58 in 宿州
def test_with_travel_each_place_is_judged_on_arrival(places: TestClient) -> None:
    walk = ask(places, services="water", travel="foot", open="certain")
    assert names(walk) == ["通宵"]  # 334 m × 1.4 at 5 km/h are 5.6 minutes: the other is closed by then
    assert walk.travel is not None
    assert (walk.travel.mode, walk.travel.speed_kmh, walk.travel.detour_factor) == ("foot", 5, 1.4)
    ride = ask(places, services="water", travel="ebike", open="certain")
    assert [(item.name, item.closes_soon) for item in ride.items] == [("白天", True), ("通宵", False)]
    assert ride.items[0].arrives_at == datetime(2026, 11, 25, 9, 59, 33, tzinfo=UTC)


def test_a_position_in_another_datum_is_converted_once(places: TestClient) -> None:
    # What AMap shows for 33.6479, 116.959.
    answer = ask(places, lat=33.646323, lon=116.964366, crs="gcj02")
    assert answer.items[0].distance_m == pytest.approx(111.2, abs=1)
    assert answer.origin.lat == pytest.approx(33.6479, abs=1e-5)


@pytest.mark.parametrize(
    ("parameters", "field"),
    [
        ({"lat": 90.1}, "query.lat"),
        ({"lat": "nan"}, "query.lat"),
        ({"lon": "1e999"}, "query.lon"),
        ({"lon": -180.5}, "query.lon"),
        ({"crs": "epsg4326"}, "query.crs"),
        ({"services": "water,beer"}, "query.services"),
        ({"services": ""}, "query.services"),
        ({"open": "yes"}, "query.open"),
        ({"at": "2026-11-25T04:00:00"}, "query.at"),
        ({"at": "1999-12-31T23:59:59Z"}, "query.at"),
        ({"at": "9999-12-31T23:59:59-23:59"}, "query.at"),
        ({"at": "2026-11-25T04:00:00Z", "travel": "foot"}, "query.at"),
        ({"travel": "car"}, "query.travel"),
        ({"limit": 0}, "query.limit"),
        ({"limit": 101}, "query.limit"),
        ({"max_m": 0}, "query.max_m"),
        ({"max_m": 20_100_001}, "query.max_m"),
        ({"max_m": "inf"}, "query.max_m"),
        ({"radius": 5}, "query.radius"),
    ],
)
def test_a_wrong_parameter_is_named(client: TestClient, parameters: dict[str, Any], field: str) -> None:
    response = client.get("/v1/stations/nearest", params={**CENTRE, **parameters})
    assert response.status_code == 422
    assert [error["field"] for error in response.json()["errors"]] == [field]


def test_an_empty_catalogue_answers_an_empty_list(client: TestClient) -> None:
    answer = ask(client, services="water", open="certain", all_night=True, left_out=True, max_m=100)
    assert (answer.items, answer.beyond) == ([], None)


@pytest.mark.parametrize("year", [2000, 2027, 2099])
def test_far_moments_are_judged_too(places: TestClient, year: int) -> None:
    at = f"{year}-06-30T12:00:00Z"
    assert names(ask(places, at=at, open="certain", services="water")) == ["通宵"]
    assert names(ask(places, at=at, all_night=True, services="water")) == ["通宵"]
