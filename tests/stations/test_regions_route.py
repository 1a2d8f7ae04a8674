"""Regions over HTTP: with the stations in each, and a middle even where no outline is known."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.engine import Engine

from app.core.db import write_session
from app.regions.models import Level, Region
from tests.stations.factories import delete, saved, station


@pytest.fixture
def regions(engine: Engine) -> None:
    """宿州, two districts, a street and a community."""
    with write_session(engine) as session:
        for code, name, level, parent, lat in [
            ("341300", "宿州市", Level.CITY, None, 33.6479),
            ("341302", "埇桥区", Level.DISTRICT, "341300", 33.64),
            ("341321", "砀山县", Level.DISTRICT, "341300", 34.42),
            ("341302001", "埇桥街道", Level.STREET, "341302", None),
            ("341302001003", "汴河社区", Level.COMMUNITY, "341302001", None),
        ]:
            lon = None if lat is None else 116.96
            session.add(Region(code=code, name=name, level=level, parent_code=parent, lat=lat, lon=lon))
            session.flush()


def listed(client: TestClient, **params: str) -> dict[str, dict[str, Any]]:
    return {item["code"]: item for item in client.get("/v1/regions", params=params).json()["items"]}


@pytest.mark.usefixtures("regions")
def test_each_region_counts_its_stations_and_those_below(client: TestClient, engine: Engine) -> None:
    ids = saved(
        engine,
        station(region_code="341302"),
        station(region_code="341302001"),
        station(region_code="341302001003"),
        station(region_code="341321"),
        station(region_code="320506"),
        station(),
    )
    delete(engine, ids[0])
    counts = {code: item["stations"] for code, item in listed(client).items()}
    assert counts == {
        "341300": 3,
        "341302": 2,
        "341302001": 2,
        "341302001003": 1,
        "341321": 1,
    }


@pytest.mark.usefixtures("regions")
def test_a_region_without_an_outline_lies_in_the_middle_of_its_stations(
    client: TestClient, engine: Engine
) -> None:
    assert listed(client)["341302001"]["lat"] is None
    saved(
        engine,
        station(region_code="341302001", lat=33.60, lon=116.90),
        station(region_code="341302001003", lat=33.62, lon=116.94),
    )
    found = listed(client)
    assert (found["341302001"]["lat"], found["341302001"]["lon"]) == pytest.approx((33.61, 116.92))
    assert (found["341302"]["lat"], found["341302"]["lon"]) == (33.64, 116.96)


@pytest.mark.usefixtures("regions")
def test_regions_are_chosen_by_level_and_parent(client: TestClient) -> None:
    assert list(listed(client, level="district")) == ["341302", "341321"]
    assert list(listed(client, parent="341302")) == ["341302001"]
    assert list(listed(client, parent="341302", level="city")) == []
    assert client.get("/v1/regions?level=planet").status_code == 422
    assert client.get("/v1/regions?parent=宿州").status_code == 422


@pytest.mark.usefixtures("regions")
def test_regions_held_already_are_confirmed_until_a_station_changes_them(
    client: TestClient, engine: Engine
) -> None:
    tag = {"if-none-match": client.get("/v1/regions").headers["etag"]}
    assert client.get("/v1/regions", headers=tag).status_code == 304
    saved(engine, station(region_code="341302"))
    assert client.get("/v1/regions", headers=tag).status_code == 200
