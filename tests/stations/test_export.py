"""What goes out comes in again as it was, and a spreadsheet runs none of it."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Engine
from sqlmodel import Session

from app.core.db import read_session, write_session
from app.kit.text import clean
from app.regions.service import load_divisions
from app.stations.exporting import FIELDS, csv_lines, geojson_lines
from app.stations.models import Access, Answer, Fee, ServiceKind, ServiceState, StationKind, Wheelchair
from app.stations.schemas import StationIn
from app.stations.writing import delete_stations, identities_of, save_stations
from tests.stations.imports import bring, counts, revision, stations
from tests.stations.test_import_files import POI

AT = datetime(2026, 11, 24, 8, tzinfo=UTC)
FORMATS: dict[str, Callable[[Session], Iterator[str]]] = {"geojson": geojson_lines, "csv": csv_lines}


def export(engine: Engine, form: str) -> str:
    with read_session(engine) as session:
        return "".join(FORMATS[form](session))


def save(engine: Engine, *places: StationIn) -> None:
    with write_session(engine) as session:
        save_stations(session, places, at=AT)


def is_clean(text: str) -> bool:
    try:
        return clean(text) == text
    except ValueError:
        return False


ODD = st.sampled_from(
    ["=1+1", "'quoted", "@x", '"', ";", "a;b、c；d", "\\", "'", "''=", "宿州 “驿站”", "🐝", "-", "a,b"]
)
LINES = st.one_of(
    ODD, st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp")), min_size=1, max_size=40)
).filter(is_clean)
MOMENTS = st.timedeltas(timedelta(days=-9000), timedelta(days=9000)).map(lambda apart: AT + apart)
SERVICES = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(ServiceKind),
        "fee": st.sampled_from(Fee),
        "state": st.sampled_from(ServiceState),
        "as_of": st.none() | MOMENTS,
    }
)
PLACES = st.fixed_dictionaries(
    {
        "name": st.none() | LINES,
        "aliases": st.lists(LINES, max_size=4),
        "kind": st.sampled_from(StationKind),
        "operator": st.none() | LINES,
        "address": st.none() | LINES,
        "lat": st.floats(-90, 90),
        "lon": st.floats(-180, 180),
        "opening_hours": st.none() | LINES,
        "unattended_hours": st.none() | LINES,
        "walk_in": st.sampled_from(Answer),
        "access": st.sampled_from(Access),
        "access_note": st.none() | LINES,
        "wheelchair": st.sampled_from(Wheelchair),
        "phone": st.none() | LINES,
        "how_to_find": st.none() | LINES,
        "services": st.lists(SERVICES, max_size=len(ServiceKind), unique_by=lambda service: service["kind"]),
        "source": st.fixed_dictionaries(
            {
                "name": LINES,
                "external_id": LINES | st.sampled_from(["node/1", "osm-way-2", "007", "1e5", "true"]),
                "licence": st.none() | LINES,
                "url": st.none() | LINES,
            }
        ),
        "sample": st.booleans(),
        "verified_at": st.none() | MOMENTS,
    }
).map(StationIn.model_validate)


def facts(engine: Engine) -> list[dict[str, object]]:
    """Everything that a source tells of the stored stations."""
    told = []
    for station in stations(engine):
        kept = station.model_dump(
            exclude={"id", "revision", "change_revision", "created_at", "updated_at", "deleted_at"}
        )
        kept["services"] = [service.model_dump(exclude={"station_id"}) for service in station.services]
        told.append(kept)
    return told


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("form", FORMATS)
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(places=st.lists(PLACES, max_size=4, unique_by=lambda p: (p.source.name, p.source.external_id)))
def test_an_export_imported_is_what_was_exported(
    store: Engine, tmp_path: Path, form: str, places: list[StationIn]
) -> None:
    with write_session(store) as session:
        old = {
            identity
            for station in stations(store)
            for identity in identities_of(session, station.source_name)
        }
        delete_stations(session, old, at=AT)
    save(store, *places)
    before = facts(store)
    file = tmp_path / f"export.{form}"
    file.write_bytes(export(store, form).encode())
    if places:
        assert counts(bring(store, file)) == {"unchanged": len(places)}, "over what is there"
    with write_session(store) as session:
        delete_stations(session, [(p.source.name, p.source.external_id) for p in places], at=AT)
    if places:
        assert counts(bring(store, file)) == {"updated": len(places)}, "where everything was deleted"
    assert facts(store) == before


@pytest.mark.parametrize("form", FORMATS)
def test_real_places_come_back_and_the_revision_stays(store: Engine, tmp_path: Path, form: str) -> None:
    with write_session(store) as session:
        load_divisions(session, "341300")
    bring(store, POI / "rome_osm_toilets.geojson")
    bring(store, POI / "shenzhen_stevcdp_charging.csv")
    before = revision(store)
    file = tmp_path / "export"
    file.write_bytes(export(store, form).encode())
    assert counts(bring(store, file)) == {"unchanged": 196 + 1706}
    assert revision(store) == before


def place(**values: object) -> StationIn:
    given_values = {"kind": StationKind.OTHER, "lat": -33.5, "lon": 1.5} | values
    return StationIn.model_validate(given_values | {"source": {"name": "t", "external_id": "a"}})


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_csv_has_a_bom_and_no_cell_that_a_spreadsheet_runs(store: Engine) -> None:
    save(store, place(name="=HYPERLINK(1)", phone="+86 557", address="@home", operator="-x"))
    text = export(store, "csv")
    assert text.startswith("\ufeffid,name,")
    head, row = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    cells = dict(zip(head, row, strict=True))
    assert tuple(head) == FIELDS
    assert cells["name"] == "'=HYPERLINK(1)"
    assert (cells["phone"], cells["address"], cells["operator"]) == ("'+86 557", "'@home", "'-x")
    assert cells["lat"] == "-33.5", "a number stays a number"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_geojson_is_one_that_others_read(store: Engine) -> None:
    save(store, place(name="驿站", services=[{"kind": ServiceKind.WATER, "fee": Fee.FREE}]))
    document = json.loads(export(store, "geojson"))
    [feature] = document["features"]
    assert (document["type"], feature["type"], feature["id"]) == ("FeatureCollection", "Feature", "a")
    assert feature["geometry"] == {"type": "Point", "coordinates": [1.5, -33.5]}
    assert feature["properties"]["services"] == [
        {"kind": "water", "fee": "free", "state": "unknown", "as_of": None}
    ]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("form", FORMATS)
def test_deleted_places_do_not_go_out(store: Engine, form: str) -> None:
    save(store, place(name="gone"))
    with write_session(store) as session:
        delete_stations(session, [("t", "a")], at=AT)
    assert "gone" not in export(store, form)
