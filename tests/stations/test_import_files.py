"""Every real file imports, and its counts agree with another reading of the same file."""

import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any

import osmium
import pytest
from sqlalchemy.engine import Engine

from app.stations.demo import BEIJING
from app.stations.models import Access, Fee, ServiceKind, StationKind, Wheelchair
from tests.stations.imports import DATA, bring, counts, notes_of, one, revision, stations

POI = DATA / "poi"
JAPAN = POI / "japan_osm_toilets.json.gz"
only_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
EXTRACTS = sorted([BEIJING, *(DATA / "osm-cn").glob("*.gz"), *(DATA / "osm-world").glob("*.pbf")])


def features(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((POI / name).read_text())["features"]
    return found


def tags_of(feature: dict[str, Any]) -> dict[str, Any]:
    properties: dict[str, Any] = feature["properties"]
    tags: dict[str, Any] = properties.get("tags", properties)
    return tags


@only_sqlite
@pytest.mark.parametrize(
    ("name", "places", "not_public", "no_place"),
    [
        ("berlin_osm_toilets.geojson", 490, 6, 0),
        ("hanoi_osm_toilets.geojson", 141, 0, 0),
        ("istanbul_osm_toilets.geojson", 443, 0, 6),
        ("rome_osm_toilets.geojson", 196, 5, 0),
        ("hanoi_osm_drinking_water.geojson", 19, 0, 0),
    ],
)
def test_a_geojson_of_osm_gives_its_public_places(
    store: Engine, name: str, places: int, not_public: int, no_place: int
) -> None:
    tags = [tags_of(feature) for feature in features(name)]
    assert sum(each.get("access") in ("private", "no") for each in tags) == not_public
    assert sum("amenity" not in each for each in tags) == no_place
    report = bring(store, POI / name)
    skipped = {"skipped": not_public + no_place} if not_public + no_place else {}
    assert counts(report) == {"created": places} | skipped
    assert len(tags) == report.rows == places + not_public + no_place


@only_sqlite
def test_osm_facts_keep_their_meaning_and_unknown_stays_unknown(store: Engine) -> None:
    name = "berlin_osm_toilets.geojson"
    public = [t for f in features(name) if (t := tags_of(f)).get("access") not in ("private", "no")]
    bring(store, POI / name)
    found = stations(store)
    fees = Counter(s.fee for station in found for s in station.services if s.kind == "toilet")
    assert fees[Fee.FREE] == sum(t.get("fee") == "no" or t.get("charge") == "0" for t in public)
    assert fees[Fee.UNKNOWN] == sum("fee" not in t and "charge" not in t for t in public)
    wheelchair = Counter(t.get("wheelchair") or t.get("toilets:wheelchair") for t in public)
    assert Counter(station.wheelchair for station in found) == {
        Wheelchair.YES: wheelchair["yes"] + wheelchair["designated"],
        Wheelchair.LIMITED: wheelchair["limited"],
        Wheelchair.NO: wheelchair["no"],
        Wheelchair.UNKNOWN: wheelchair[None],
    }
    customers = sum(t.get("access") == "customers" for t in public)
    assert Counter(station.access for station in found)[Access.CUSTOMERS] == customers
    written = sorted(t["opening_hours"] for t in public if "opening_hours" in t)
    assert sorted(filter(None, (station.opening_hours for station in found))) == written


@only_sqlite
def test_an_area_stands_at_its_middle(store: Engine) -> None:
    bring(store, POI / "istanbul_osm_toilets.geojson")
    ring = features("istanbul_osm_toilets.geojson")[0]["geometry"]["coordinates"][0]
    lons, lats = zip(*ring, strict=True)
    station = one(store, "way/236166965")
    assert min(lons) < station.lon < max(lons)
    assert min(lats) < station.lat < max(lats)
    assert station.source_url == "https://www.openstreetmap.org/way/236166965"
    assert station.source_licence == "ODbL-1.0"


def test_an_overpass_answer_gives_its_public_places(store: Engine) -> None:
    path = POI / "london_osm_toilets_overpass.json"
    elements = json.loads(path.read_text())["elements"]
    private = sum(element["tags"].get("access") in ("private", "no") for element in elements)
    report = bring(store, path)
    assert (len(elements), private) == (859, 15)
    assert counts(report) == {"created": 844, "skipped": 15}


def test_of_japans_duplicates_the_first_row_counts(store: Engine) -> None:
    rows = json.loads(gzip.decompress(JAPAN.read_bytes()))
    first = {row["id"]: row for row in reversed(rows)}
    report = bring(store, JAPAN)
    assert counts(report) == {"created": 12_387, "duplicate": 1_278}
    assert (len(rows), len(first)) == (13_665, 12_387)
    found = {f"osm-{station.external_id.replace('/', '-')}": station for station in stations(store)}
    assert {key: (station.lat, station.lon) for key, station in found.items()} == {
        key: (row["lat"], row["lon"]) for key, row in first.items()
    }
    assert all(station.kind is StationKind.PUBLIC_TOILET for station in found.values())
    note = notes_of(report, "duplicate")[0]
    assert rows[note.line - 1]["id"].replace("osm-node-", "node/") == note.external_id


@only_sqlite
def test_japans_flattened_false_is_unknown_and_never_free_or_no(store: Engine) -> None:
    first = {row["id"]: row for row in reversed(json.loads(gzip.decompress(JAPAN.read_bytes())))}.values()
    bring(store, JAPAN)
    found = stations(store)
    paid = sum(row["fee"] for row in first)
    assert Counter(station.services[0].fee for station in found) == {
        Fee.PAID: paid,
        Fee.UNKNOWN: 12_387 - paid,
    }
    reachable = sum(row["wheelchair"] for row in first)
    assert Counter(station.wheelchair for station in found) == {
        Wheelchair.YES: reachable,
        Wheelchair.UNKNOWN: 12_387 - reachable,
    }


def test_the_same_file_again_changes_nothing(store: Engine) -> None:
    path = POI / "london_osm_toilets_overpass.json"
    bring(store, path)
    before = revision(store)
    again = bring(store, path)
    assert counts(again) == {"unchanged": 844, "skipped": 15}
    assert again.written.revision is None
    assert revision(store) == before


@only_sqlite
def test_a_list_that_names_no_service_gets_what_the_caller_says(store: Engine) -> None:
    path = POI / "taiwan_osm_drinking_water.geojson"
    named = [tags_of(feature) for feature in features(path.name)]
    report = bring(store, path)
    assert counts(report) == {"created": 708}
    assert report.without_services == 708
    told = bring(store, path, services=(ServiceKind.WATER,))
    assert counts(told) == {"updated": 708}
    found = stations(store)
    assert all([service.kind for service in station.services] == ["water"] for station in found)
    assert sum(station.opening_hours is not None for station in found) == 249
    assert sum("opening_hours" in tags for tags in named) == 249


@only_sqlite
def test_numbers_of_chargers_make_charging_sites(store: Engine) -> None:
    path = POI / "shenzhen_stevcdp_charging.csv"
    report = bring(store, path)
    assert counts(report) == {"created": 1_706} == {"created": len(path.read_text().splitlines()) - 1}
    found = stations(store)
    assert {station.kind for station in found} == {StationKind.CHARGING_SITE}
    assert {service.kind for station in found for service in station.services} == {ServiceKind.EV_CHARGING}
    assert {station.source_name for station in found} == {"shenzhen_stevcdp_charging"}
    assert (one(store, "1").lat, one(store, "1").lon) == (22.716272, 113.826349)


PLACES = {
    "beijing_tsinghua_langqiying": {"toilet": 6, "reading": 3, "water": 1},
    "haimen_dieshiqiao": {},
    "shanghai_shu": {"reading": 2},
    "shenzhen_longgang": {"toilet": 5, "reading": 4, "wifi": 1},
    "yingtan_jiangxi": {},
    "london_moorgate": {"toilet": 4, "water": 2, "wifi": 1, "reading": 1},
    "monaco": {"toilet": 30, "water": 22, "reading": 4, "air_conditioning": 1, "rest": 1},
    "newyork_les": {"toilet": 25, "water": 7, "wifi": 6, "ev_charging": 2},
    "paris_marais": {"toilet": 1, "water": 1},
}


@only_sqlite
@pytest.mark.parametrize("path", EXTRACTS, ids=lambda path: path.name.split(".")[0])
def test_an_extract_gives_the_places_that_name_a_service(store: Engine, path: Path) -> None:
    bring(store, path)
    found = Counter(service.kind.value for station in stations(store) for service in station.services)
    other = Counter[str]()
    for entity in osmium.FileProcessor(path):
        tags = dict(entity.tags)
        if tags.get("access") not in ("private", "no"):
            other["toilet"] += tags.get("amenity") == "toilets" or tags.get("toilets") == "yes"
            other["water"] += tags.get("amenity") == "drinking_water" or tags.get("drinking_water") == "yes"
    assert (found["toilet"], found["water"]) == (other["toilet"], other["water"])
    assert found == PLACES[path.name.split(".")[0]]


@only_sqlite
def test_a_way_of_an_extract_stands_at_its_middle(store: Engine) -> None:
    path = EXTRACTS[[each.name for each in EXTRACTS].index("paris_marais.osm.pbf")]
    bring(store, path)
    fountain = one(store, "way/63647256")
    ways = osmium.FileProcessor(path).with_locations().with_filter(osmium.filter.IdFilter([63647256]))
    corners = [n.location for way in ways if isinstance(way, osmium.osm.Way) for n in way.nodes]
    assert min(c.lat for c in corners) < fountain.lat < max(c.lat for c in corners)
    assert min(c.lon for c in corners) < fountain.lon < max(c.lon for c in corners)
    assert fountain.name == "Fontaine Wallace"
