"""Rows as people and programs write them: columns, encodings, datums, and what happens to bad ones."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from app.kit.datum import to_wgs84
from app.stations.importers.rows import Unreadable
from app.stations.models import Access, Answer, Fee, ServiceKind, ServiceState, StationKind, Wheelchair
from tests.stations.imports import bring_text, counts, one, stations, told

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

CHINESE = """名称,纬度,经度,服务,营业时间,地址,电话,类型,无障碍,直接进,开放对象,核实时间
西关驿站,33.6452,116.9490,饮水；热饭、厕所,08:00-20:00,汴河路12号,0557-0000001,工会驿站,部分,是,骑手,2026-11-01
无名,33.6453,116.9491,,,,,公共厕所,,,,
"""


def service_facts(engine: Engine, external_id: str) -> dict[str, tuple[Fee, ServiceState]]:
    return {service.kind.value: (service.fee, service.state) for service in one(engine, external_id).services}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_chinese_table_is_read_in_every_usual_encoding(
    store: Engine, tmp_path: Path, encoding: str
) -> None:
    report = bring_text(store, tmp_path, CHINESE.encode(encoding))
    assert counts(report) == {"created": 2}
    [place] = [station for station in stations(store) if station.name == "西关驿站"]
    assert place.kind is StationKind.UNION_POST
    assert (place.lat, place.lon, place.region_code) == (33.6452, 116.949, "341302")
    assert [service.kind for service in place.services] == ["water", "toilet", "microwave"]
    assert (place.address, place.phone) == ("汴河路12号", "0557-0000001")
    assert place.opening_hours == "08:00-20:00"
    assert (place.wheelchair, place.walk_in, place.access) == (Wheelchair.LIMITED, Answer.YES, Access.RIDERS)
    assert place.verified_at == datetime(2026, 10, 31, 16, tzinfo=UTC), "midnight in China"


def test_a_row_without_an_id_is_known_again_by_name_and_position(store: Engine, tmp_path: Path) -> None:
    bring_text(store, tmp_path, CHINESE)
    changed = CHINESE.replace("08:00-20:00", "07:00-21:00")
    assert counts(bring_text(store, tmp_path, changed)) == {"updated": 1, "unchanged": 1}


def test_a_service_may_tell_fee_state_and_age(store: Engine, tmp_path: Path) -> None:
    bring_text(
        store,
        tmp_path,
        "id,lat,lon,services\n"
        "a,33.6,116.9,water:free:working@2026-11-24T08:00:00Z;toilet:收费;wifi::broken;饮水:收费\n",
    )
    assert service_facts(store, "a") == {
        "water": (Fee.FREE, ServiceState.WORKING),
        "toilet": (Fee.PAID, ServiceState.UNKNOWN),
        "wifi": (Fee.UNKNOWN, ServiceState.BROKEN),
    }
    assert one(store, "a").services[0].as_of == datetime(2026, 11, 24, 8, tzinfo=UTC)


def test_a_fee_of_a_row_is_that_of_its_services(store: Engine, tmp_path: Path) -> None:
    bring_text(store, tmp_path, "id,lat,lon,services,费用\na,33.6,116.9,water:paid;toilet,免费\n")
    assert {kind: fee for kind, (fee, _) in service_facts(store, "a").items()} == {
        "water": Fee.PAID,
        "toilet": Fee.FREE,
    }


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_any_usual_separator_and_line_end_is_read(
    store: Engine, tmp_path: Path, separator: str, line_end: str
) -> None:
    lines = ["id,name,lat,lon", "a,甲,33.6,116.9", "", "b,乙,33.7,116.9"]
    text = line_end.join(lines).replace(",", separator)
    assert counts(bring_text(store, tmp_path, text)) == {"created": 2}


def test_a_bad_row_never_stops_the_good_ones_and_is_told_with_line_and_field(
    store: Engine, tmp_path: Path
) -> None:
    report = bring_text(
        store,
        tmp_path,
        "id,name,lat,lon\n"
        "a,good,33.6,116.9\n"
        "b,no position,,116.9\n"
        "c,swapped,116.9,33.6\n"
        "d,words,north,116.9\n"
        "e,never a number,nan,116.9\n"
        'f,"never closed,33.6,116.9\n'
        "g,too many,33.6,116.9,x,y\n"
        "h,endless,1e999,116.9\n"
        f"{'i' * 129},long id,33.6,116.9\n"
        "j,also good,33.6,116.9\n",
    )
    assert counts(report) == {"created": 2, "rejected": 8}
    assert [(line, name) for line, name, _ in told(report)] == [
        (3, "lat"),
        (4, "lat"),
        (5, "lat"),
        (6, "lat"),
        (7, "lat"),
        (8, ""),
        (9, "lat"),
        (10, "id"),
    ]
    assert [station.external_id for station in stations(store)] == ["a", "j"]


def test_a_bad_field_is_dropped_and_told_and_the_place_stays(store: Engine, tmp_path: Path) -> None:
    long_hours = "Mo 08:00-09:00; " * 40
    report = bring_text(
        store,
        tmp_path,
        "id,name,lat,lon,opening_hours,services,kind,verified_at,wheelchair,phone\n"
        f"a,bad\u202ename,33.6,116.9,{long_hours},water;flying,castle,yesterday,perhaps,{'1' * 65}\n",
    )
    assert counts(report) == {"created": 1, "field_dropped": 7}
    assert {name for _, name, what in told(report) if what == "field_dropped"} == {
        "name",
        "opening_hours",
        "services",
        "kind",
        "verified_at",
        "wheelchair",
        "phone",
    }
    place = one(store, "a")
    assert (place.name, place.opening_hours, place.phone) == (None, None, None)
    assert [service.kind for service in place.services] == [ServiceKind.WATER]


@pytest.mark.parametrize("moment", ["0001-01-01", "9999-12-31T23:59:59-14:00", "24.11.2026"])
def test_a_moment_beyond_the_calendar_spoils_no_other_row(store: Engine, tmp_path: Path, moment: str) -> None:
    text = f"id,lat,lon,verified_at,services\na,1,1,{moment},water@{moment}\nb,2,2,2026-11-24,\n"
    report = bring_text(store, tmp_path, text)
    assert counts(report) == {"created": 2, "field_dropped": 2}
    assert one(store, "a").verified_at is None


def test_a_licence_that_is_too_long_is_dropped_and_is_no_bad_identity(store: Engine, tmp_path: Path) -> None:
    text = f"id,lat,lon,source_licence,source_url\na,1,1,{'L' * 65},{'u' * 201}\n"
    report = bring_text(store, tmp_path, text)
    assert told(report) == [(2, "source_licence", "field_dropped"), (2, "source_url", "field_dropped")]
    assert (one(store, "a").source_licence, one(store, "a").source_url) == (None, None)


def test_a_quoted_cell_may_hold_line_ends_and_lines_are_still_counted(store: Engine, tmp_path: Path) -> None:
    report = bring_text(store, tmp_path, 'id,address,lat,lon\na,"汴河路\n12号",33.6,116.9\nb,x,bad,116.9\n')
    assert one(store, "a").address == "汴河路 12号"
    assert told(report) == [(4, "lat", "rejected")]


@pytest.mark.parametrize("crs", ["gcj02", "bd09"])
def test_positions_of_another_datum_are_converted_once(store: Engine, tmp_path: Path, crs: str) -> None:
    bring_text(store, tmp_path, "id,lat,lon\na,33.6463623,116.9643598\n", crs=crs)
    place = one(store, "a")
    expected = to_wgs84("gcj02" if crs == "gcj02" else "bd09", 33.6463623, 116.9643598)
    assert (place.lat, place.lon) == expected
    assert abs(place.lat - 33.6463623) > 0.001


def test_of_rows_with_the_same_id_the_first_counts_and_the_others_are_told(
    store: Engine, tmp_path: Path
) -> None:
    report = bring_text(store, tmp_path, "id,name,lat,lon\na,first,1,1\na,second,2,2\nb,other,3,3\n")
    assert counts(report) == {"created": 2, "duplicate": 1}
    assert told(report) == [(3, "id", "duplicate")]
    assert "line 2" in report.notes[0].reason
    assert one(store, "a").name == "first"


def test_the_caller_may_name_source_licence_kind_and_services(store: Engine, tmp_path: Path) -> None:
    bring_text(
        store,
        tmp_path,
        "id,lat,lon,services\na,1,1,\nb,2,2,toilet\n",
        source="区工会",
        licence="CC0-1.0",
        kind=StationKind.UNION_POST,
        services=(ServiceKind.WATER, ServiceKind.REST),
    )
    place = one(store, "a")
    assert (place.source_name, place.source_licence, place.kind) == (
        "区工会",
        "CC0-1.0",
        StationKind.UNION_POST,
    )
    assert set(service_facts(store, "a")) == {"water", "rest"}
    assert set(service_facts(store, "b")) == {"toilet"}, "only rows that name none"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("name,phone\na,1\n", "latitude"),
        ("{", "not JSON"),
        ('{"type": "Feature"}', "no GeoJSON"),
        ('{"type": "FeatureCollection", "features": 3}', "list"),
        (
            '{"type": "FeatureCollection", "crs": {"properties": {"name": "EPSG:3857"}}, "features": []}',
            "3857",
        ),
        ("<gpx></gpx>", "XML"),
        ("<osm version='0.6'><node", "OSM"),
        ("[" * 100_000, "not JSON"),
        (b"\x1f\x8b broken", "compression"),
        (b"PK\x03\x04\x00\x00 a spreadsheet", "text"),
    ],
)
def test_a_file_of_no_known_format_is_refused_whole(
    store: Engine, tmp_path: Path, text: str | bytes, why: str
) -> None:
    with pytest.raises(Unreadable, match=why):
        bring_text(store, tmp_path, text)
    assert stations(store) == []


def test_one_bad_item_spoils_itself_and_not_the_json_file(store: Engine, tmp_path: Path) -> None:
    text = (
        '[{"id": "a", "lat": 1, "lon": 1, "name": "\\ud800"}, {"id": "b", "lat": NaN, "lon": 1}, 7,'
        ' {"id": "c", "lat": true, "lon": 1}, {"id": "d", "lat": "2.5", "lon": 1, "services": ["water"]},'
        ' {"id": "e", "lat": 100000000000000000000000000, "lon": 1}, {"id": ["f"], "lat": [1], "lon": {}}]'
    )
    report = bring_text(store, tmp_path, text)
    assert counts(report) == {"created": 2, "rejected": 5, "field_dropped": 1}
    assert [(line, what) for line, _, what in told(report)] == [
        (1, "field_dropped"),
        (2, "rejected"),
        (3, "rejected"),
        (4, "rejected"),
        (6, "rejected"),
        (7, "rejected"),
    ]
    assert one(store, "d").lat == 2.5


def test_an_id_that_cannot_be_read_is_a_bad_identity(store: Engine, tmp_path: Path) -> None:
    report = bring_text(store, tmp_path, '[{"id": {"a": 1}, "lat": 1, "lon": 1}]')
    assert told(report) == [(1, "id", "rejected")]


def feature(geometry: object, **more: object) -> dict[str, object]:
    return {"type": "Feature", "geometry": geometry, "properties": {"amenity": "toilets"}} | more


def test_features_with_broken_geometry_or_no_id_are_told(store: Engine, tmp_path: Path) -> None:
    point = {"type": "Point", "coordinates": [116.9, 33.6]}
    square = {"type": "Polygon", "coordinates": [[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]]}
    horseshoe = [[0, 0], [9, 0], [9, 9], [8, 9], [8, 1], [1, 1], [1, 9], [0, 9], [0, 0]]
    collection = {
        "type": "FeatureCollection",
        "features": [
            feature(None, id="node/1"),
            feature({"type": "Point", "coordinates": []}, id="node/2"),
            feature({"type": "Polygon", "coordinates": [[["x"]]]}, id="way/3"),
            feature({"type": "Nonsense"}, id="way/4"),
            feature(point),
            "nothing",
            feature(square, id="way/5"),
            feature({"type": "Polygon", "coordinates": [horseshoe]}, id="way/6"),
            feature(point, id="node/7"),
        ],
    }
    report = bring_text(store, tmp_path, json.dumps(collection))
    assert counts(report) == {"created": 3, "rejected": 6}
    assert [(line, name) for line, name, _ in told(report)] == [
        (1, "geometry"),
        (2, "geometry"),
        (3, "geometry"),
        (4, "geometry"),
        (5, "id"),
        (6, ""),
    ]
    assert (one(store, "way/5").lat, one(store, "way/5").lon) == (1, 1)
    inside = one(store, "way/6")
    assert inside.lat <= 1 or inside.lon <= 1 or inside.lon >= 8, "a point of the horseshoe, not its hollow"


def test_ways_and_relations_of_overpass_stand_at_their_middle(store: Engine, tmp_path: Path) -> None:
    tags = {"amenity": "toilets"}
    corners = [{"type": "node", "id": i, "lat": i % 2, "lon": i // 2} for i in range(4)]
    elements = [
        *corners,
        {"type": "way", "id": 1, "nodes": [0, 1, 3, 2, 0], "tags": tags},
        {"type": "way", "id": 2, "center": {"lat": 5, "lon": 6}, "tags": tags},
        {
            "type": "relation",
            "id": 3,
            "bounds": {"minlat": 0, "minlon": 0, "maxlat": 4, "maxlon": 2},
            "tags": tags,
        },
        {"type": "way", "id": 4, "geometry": [{"lat": 0, "lon": 0}, {"lat": 2, "lon": 0}], "tags": tags},
        {"type": "way", "id": 5, "tags": tags},
    ]
    report = bring_text(store, tmp_path, json.dumps({"elements": elements}))
    assert counts(report) == {"created": 4, "rejected": 1}
    assert {station.external_id: (station.lat, station.lon) for station in stations(store)} == {
        "way/1": (0.5, 0.5),
        "way/2": (5, 6),
        "relation/3": (2, 1),
        "way/4": (1, 0),
    }


def test_a_multipolygon_of_an_extract_is_one_place(store: Engine, tmp_path: Path) -> None:
    nodes = "".join(
        f"<node id='{i + 1}' lat='{i // 2}' lon='{(i % 2) ^ (i // 2)}' version='1'/>" for i in range(4)
    )
    way = "<way id='1' version='1'>" + "".join(f"<nd ref='{i}'/>" for i in (1, 2, 3, 4, 1)) + "</way>"
    relation = (
        "<relation id='9' version='1'><member type='way' ref='1' role='outer'/>"
        "<tag k='type' v='multipolygon'/><tag k='amenity' v='toilets'/></relation>"
    )
    report = bring_text(
        store, tmp_path, f"<?xml version='1.0'?><osm version='0.6'>{nodes}{way}{relation}</osm>"
    )
    assert counts(report) == {"created": 1}
    assert (one(store, "relation/9").lat, one(store, "relation/9").lon) == (0.5, 0.5)
