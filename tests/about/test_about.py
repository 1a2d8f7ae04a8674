"""What an installation says of itself."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.engine import Engine

from app import __version__
from app.core.db import write_session
from app.regions.models import Level, Region
from tests.stations.factories import delete, saved, station


def test_a_new_installation_is_empty_and_knows_its_city(client: TestClient) -> None:
    about = client.get("/v1/about").json()
    assert about["name"] == "暖蜂" and about["version"] == __version__
    assert about["city"] == {
        "code": "341300",
        "name": "宿州市",
        "name_en": "Suzhou, Anhui",
        "lat": 33.6479,
        "lon": 116.959,
    }
    assert about["demo"] is False and about["empty"] is True
    assert about["icp"] is None and about["hotline"] == "12345"
    assert about["basemap"] == {"kind": "none", "url": None, "attribution": None, "key": None}
    assert about["licences"] == []


def test_an_installation_with_a_station_is_not_empty_until_the_last_is_gone(
    client: TestClient, engine: Engine
) -> None:
    [station_id] = saved(engine, station())
    assert client.get("/v1/about").json()["empty"] is False
    delete(engine, station_id)
    assert client.get("/v1/about").json()["empty"] is True


def test_each_source_is_named_once_with_its_licence(client: TestClient, engine: Engine) -> None:
    osm: dict[str, Any] = {
        "source_name": "OSM",
        "source_licence": "ODbL-1.0",
        "source_url": "https://openstreetmap.org",
    }
    saved(engine, station(**osm), station(**osm), station(source_name="手工"))
    assert client.get("/v1/about").json()["licences"] == [
        {"source": "OSM", "licence": "ODbL-1.0", "url": "https://www.openstreetmap.org/copyright"}
    ]


@pytest.mark.parametrize(
    "settings_overrides",
    [
        {
            "demo": True,
            "city": "110000",
            "icp": "皖ICP备1号",
            "hotline": "",
            "basemap_kind": "tianditu",
            "basemap_key": "browser-key",
            "basemap_attribution": "天地图",
        }
    ],
)
def test_settings_are_told_as_set(client: TestClient, engine: Engine) -> None:
    with write_session(engine) as session:
        session.add(Region(code="110000", name="北京市", level=Level.CITY, lat=39.9, lon=116.4))
    about = client.get("/v1/about").json()
    assert about["demo"] is True and about["icp"] == "皖ICP备1号" and about["hotline"] is None
    assert about["basemap"] == {
        "kind": "tianditu",
        "url": None,
        "attribution": "天地图",
        "key": "browser-key",
    }
    assert (about["city"]["name"], about["city"]["lat"], about["city"]["lon"]) == ("北京市", 39.9, 116.4)
