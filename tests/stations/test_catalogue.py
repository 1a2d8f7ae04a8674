"""The catalogue's pages and single places, over HTTP on both databases."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.engine import Engine

from app.core.clock import now
from app.core.db import write_session
from app.core.model import new_id
from app.stations.models import Fee, ServiceKind, ServiceState, StationKind
from app.stations.schemas import SourceIn, StationIn
from app.stations.writing import save_stations
from tests.stations.factories import delete, saved, service, station, touch

WATER, TOILET = ServiceKind.WATER, ServiceKind.TOILET


def names(client: TestClient, **params: Any) -> list[str]:
    answer = client.get("/v1/stations", params=params)
    assert answer.status_code == 200, answer.text
    return [item["name"] for item in answer.json()["items"]]


def test_pages_show_every_station_once_in_the_order_of_ids(client: TestClient, engine: Engine) -> None:
    ids = saved(engine, *(station(name=f"n{i}") for i in range(7)))
    seen, cursor = [], None
    while True:
        params = {"limit": "3"} | ({"cursor": cursor} if cursor else {})
        page = client.get("/v1/stations", params=params).json()
        seen += [item["id"] for item in page["items"]]
        if (cursor := page["next_cursor"]) is None:
            break
        assert len(page["items"]) == 3
    assert seen == sorted(ids)


def test_a_page_that_ends_exactly_at_the_last_station_is_the_last(client: TestClient, engine: Engine) -> None:
    saved(engine, station(), station())
    assert client.get("/v1/stations?limit=2").json()["next_cursor"] is None


def test_a_station_made_between_two_pages_does_not_repeat_or_hide_another(
    client: TestClient, engine: Engine
) -> None:
    first = saved(engine, station(), station(), station())
    page = client.get("/v1/stations?limit=2").json()
    saved(engine, station())
    delete(engine, page["items"][0]["id"])
    rest = client.get("/v1/stations", params={"cursor": page["next_cursor"]}).json()["items"]
    assert rest[0]["id"] == sorted(first)[2]
    assert len(rest) == 2


def test_a_station_is_told_whole(client: TestClient, engine: Engine) -> None:
    moment = datetime(2026, 11, 20, 8, 0, 5, tzinfo=UTC)
    [station_id] = saved(
        engine,
        station(
            (service(TOILET, Fee.FREE, ServiceState.WORKING), service(WATER)),
            name="城东驿站",
            aliases=["东站"],
            address="人民路 1 号",
            region_code="341302001",
            phone="0557-1",
            how_to_find="南门进",
            source_licence="ODbL-1.0",
            source_url="https://example.org",
            verified_at=moment,
            sample=True,
        ),
    )
    found = client.get(f"/v1/stations/{station_id}").json()
    assert found["name"] == "城东驿站" and found["aliases"] == ["东站"]
    assert found["services"] == [
        {"kind": "water", "fee": "unknown", "state": "unknown", "as_of": None},
        {"kind": "toilet", "fee": "free", "state": "working", "as_of": None},
    ]
    assert found["source"]["licence"] == "ODbL-1.0" and found["source"]["url"] == "https://example.org"
    assert found["verified_at"] == "2026-11-20T08:00:05Z"
    assert found["sample"] is True and found["walk_in"] == "unknown" and found["phone"] == "0557-1"
    assert client.get("/v1/stations").json()["items"] == [found]


@pytest.mark.parametrize("known", [False, True])
def test_an_unknown_and_a_deleted_station_look_alike(client: TestClient, engine: Engine, known: bool) -> None:
    station_id = new_id()
    if known:
        [station_id] = saved(engine, station())
        delete(engine, station_id)
    answer = client.get(f"/v1/stations/{station_id}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert client.get("/v1/stations").json()["items"] == []


@pytest.mark.parametrize("wrong", ["x", "1", "{%s}", "urn:uuid:%s", "%s ", "٣"])
def test_what_is_no_id_is_not_found(client: TestClient, engine: Engine, wrong: str) -> None:
    [station_id] = saved(engine, station())
    text = wrong.replace("%s", station_id)
    assert client.get(f"/v1/stations/{text}").status_code == 404


def test_a_box_holds_its_edges_and_nothing_outside(client: TestClient, engine: Engine) -> None:
    saved(
        engine,
        station(name="edge", lat=33.0, lon=116.0),
        station(name="inside", lat=33.5, lon=116.5),
        station(name="north", lat=34.01, lon=116.5),
        station(name="west", lat=33.5, lon=115.99),
    )
    assert names(client, bbox="116,33,117,34") == ["edge", "inside"]


def test_a_box_whose_west_lies_east_of_its_east_crosses_the_antimeridian(
    client: TestClient, engine: Engine
) -> None:
    saved(
        engine,
        station(name="Fiji", lat=-17, lon=179.5),
        station(name="Taveuni", lat=-17, lon=-179.9),
        station(name="elsewhere", lat=-17, lon=0),
    )
    assert names(client, bbox="179,-20,-179,-10") == ["Fiji", "Taveuni"]


@pytest.mark.parametrize(
    "box", ["", "1,2,3", "1,2,3,4,5", "a,b,c,d", "0,10,1,5", "0,0,nan,1", "0,0,181,1", "0,0,inf,1"]
)
def test_a_box_that_is_none_is_refused_by_name(client: TestClient, box: str) -> None:
    answer = client.get("/v1/stations", params={"bbox": box})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "query.bbox"


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("341300", ["district", "street", "community"]),
        ("341302", ["district", "street", "community"]),
        ("341302001", ["street", "community"]),
        ("341302001003", ["community"]),
        ("341303", []),
        ("320500", ["suzhou_jiangsu"]),
        ("340000", ["district", "street", "community"]),
    ],
)
def test_a_region_holds_all_below_it(client: TestClient, engine: Engine, code: str, shown: list[str]) -> None:
    saved(
        engine,
        station(name="district", region_code="341302"),
        station(name="street", region_code="341302001"),
        station(name="community", region_code="341302001003"),
        station(name="suzhou_jiangsu", region_code="320506"),
        station(name="nowhere"),
    )
    assert names(client, region=code) == shown


def test_all_services_asked_for_are_needed_and_a_broken_one_does_not_count(
    client: TestClient, engine: Engine
) -> None:
    saved(
        engine,
        station((WATER, TOILET), name="both"),
        station((WATER,), name="water"),
        station((WATER, service(TOILET, state=ServiceState.BROKEN)), name="toilet broken"),
    )
    assert names(client, services="water") == ["both", "water", "toilet broken"]
    assert names(client, services="water,toilet") == ["both"]


@pytest.mark.parametrize("services", ["", "beer", "water,", "water,beer", "WATER"])
def test_a_service_outside_the_vocabulary_is_refused(client: TestClient, services: str) -> None:
    answer = client.get("/v1/stations", params={"services": services})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "query.services"


def test_updated_after_shows_later_changes_only(client: TestClient, engine: Engine) -> None:
    moment = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
    saved(
        engine,
        station(name="before", updated_at=moment - timedelta(seconds=1)),
        station(name="at", updated_at=moment),
        station(name="after", updated_at=moment + timedelta(seconds=1)),
    )
    assert names(client, updated_after="2026-11-01T20:00:00+08:00") == ["after"]


@pytest.mark.parametrize("moment", ["2026-11-01T20:00:00", "yesterday", "0001-01-01T00:00:00+14:00"])
def test_a_moment_without_a_zone_or_outside_time_is_refused(client: TestClient, moment: str) -> None:
    answer = client.get("/v1/stations", params={"updated_after": moment})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "query.updated_after"


@pytest.mark.parametrize("cursor", ["x", "WyJjaGFuZ2VzIiwxXQ", "WyJzdGF0aW9ucyIsIngiXQ", "W" * 150, "é", ""])
def test_a_cursor_that_the_list_never_gave_is_refused(client: TestClient, cursor: str) -> None:
    answer = client.get("/v1/stations", params={"cursor": cursor})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "query.cursor"


def test_a_held_answer_is_confirmed_without_its_body(client: TestClient, engine: Engine) -> None:
    [station_id] = saved(engine, station(name="one"))
    address = f"/v1/stations/{station_id}?at=2026-11-24T00:00:00Z"
    first = client.get(address)
    again = client.get(address, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    touch(engine, station_id, name="two")
    changed = client.get(address, headers={"if-none-match": first.headers["etag"]})
    assert changed.status_code == 200 and changed.json()["name"] == "two"


@pytest.fixture
def named(engine: Engine) -> None:
    """Places written as an import writes them, with the words that they are found by."""
    places = [("埇桥区工会驿站", ["劳动者港湾"]), ("万科广场公厕", []), ("Café 100%", []), (None, [])]
    with write_session(engine) as session:
        save_stations(
            session,
            [
                StationIn(
                    name=name,
                    aliases=aliases,
                    kind=StationKind.OTHER,
                    lat=33.6,
                    lon=117.0,
                    source=SourceIn(name="test", external_id=str(number)),
                )
                for number, (name, aliases) in enumerate(places)
            ],
            at=now(),
        )


@pytest.mark.usefixtures("named")
@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("万科", ["万科广场公厕"]),
        ("港湾", ["埇桥区工会驿站"]),
        ("yq", ["埇桥区工会驿站"]),
        ("WKGC", ["万科广场公厕"]),
        ("驿站 工会", ["埇桥区工会驿站"]),
        ("café", ["Café 100%"]),
        ("100%", ["Café 100%"]),
        ("%", ["Café 100%"]),
        ("_", []),
        ("没有的", []),
    ],
)
def test_a_station_is_found_by_name_alias_and_initials(client: TestClient, q: str, found: list[str]) -> None:
    assert names(client, q=q) == found


@pytest.mark.usefixtures("named")
def test_an_empty_search_asks_for_nothing_and_conditions_go_together(client: TestClient) -> None:
    assert len(names(client, q="")) == 4
    assert names(client, q="万科", region="341321") == names(client, q="万科", services="water") == []


def test_opening_is_judged_at_the_moment_asked_about_with_the_week_from_it(
    client: TestClient, engine: Engine
) -> None:
    [station_id] = saved(engine, station(opening_hours="Mo-Fr 08:00-20:00"))
    monday_noon = client.get(f"/v1/stations/{station_id}?at=2026-11-23T12:00:00%2B08:00").json()
    assert monday_noon["opening"] == {
        "state": "open",
        "until": "2026-11-23T12:00:00Z",
        "next_change": "2026-11-23T12:00:00Z",
        "text": "Mo-Fr 08:00-20:00",
        "staffed": True,
        "calendar_missing": False,
    }
    assert monday_noon["open_intervals"][0] == ["2026-11-23T04:00:00Z", "2026-11-23T12:00:00Z"]
    assert monday_noon["open_intervals"][1] == ["2026-11-24T00:00:00Z", "2026-11-24T12:00:00Z"]
    assert monday_noon["unknown_intervals"] == []
    sunday = client.get(f"/v1/stations/{station_id}?at=2026-11-22T12:00:00%2B08:00").json()["opening"]
    assert (sunday["state"], sunday["next_change"]) == ("closed", "2026-11-23T00:00:00Z")


def test_hours_that_nobody_knows_are_unknown_all_week(client: TestClient, engine: Engine) -> None:
    [station_id] = saved(engine, station())
    found = client.get(f"/v1/stations/{station_id}?at=2026-11-23T04:00:00Z").json()
    assert found["opening"]["state"] == "unknown"
    assert found["open_intervals"] == []
    assert found["unknown_intervals"] == [["2026-11-23T04:00:00Z", "2026-11-30T04:00:00Z"]]


@pytest.mark.parametrize("at", ["2026-11-23T12:00:00", "now", "99999-01-01T00:00:00Z"])
def test_a_moment_to_judge_at_needs_a_zone(client: TestClient, engine: Engine, at: str) -> None:
    [station_id] = saved(engine, station())
    answer = client.get(f"/v1/stations/{station_id}", params={"at": at})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "query.at"


def test_the_vocabulary_lists_every_service_with_words_and_icon(client: TestClient) -> None:
    items = client.get("/v1/services").json()["items"]
    assert [item["kind"] for item in items] == [kind.value for kind in ServiceKind]
    assert all(item["zh"] and item["en"] and item["icon"] for item in items)
