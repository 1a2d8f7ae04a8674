"""Writes of the catalogue: what changes, what stays, and the revision under which it is seen."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from app.core.db import read_session, write_session
from app.regions.service import load_divisions
from app.stations.models import ServiceKind, Station, StationKind, StationService, StationTerm
from app.stations.schemas import ServiceIn, SourceIn, StationIn
from app.stations.writing import delete_stations, save_stations
from tests.stations.imports import bring, bring_text, counts, one, revision, stations, told

AT = datetime(2026, 11, 24, 8, tzinfo=UTC)
LATER = datetime(2026, 11, 25, 8, tzinfo=UTC)
HEAD = "id,name,lat,lon,services\n"


def place(external_id: str, *services: ServiceKind, **values: object) -> StationIn:
    return StationIn.model_validate(
        {
            "kind": StationKind.OTHER,
            "lat": 33.6,
            "lon": 116.9,
            "source": SourceIn(name="t", external_id=external_id),
            "services": [ServiceIn(kind=kind) for kind in services],
        }
        | values
    )


def row(session: Session, external_id: str) -> Station:
    return session.exec(select(Station).where(col(Station.external_id) == external_id)).one()


def test_only_what_changed_is_written_under_one_new_revision(store: Engine, tmp_path: Path) -> None:
    bring_text(store, tmp_path, HEAD + "a,one,1,1,water\nb,two,2,2,water\nc,three,3,3,toilet\n")
    before = {station.external_id: station for station in stations(store)}
    assert revision(store) == 1
    report = bring_text(
        store, tmp_path, HEAD + "a,one,1,1,water\nb,two,2,2,water;toilet\nc,drei,3,3,toilet\nd,four,4,4,\n"
    )
    assert counts(report) == {"created": 1, "updated": 2, "unchanged": 1}
    after = {station.external_id: station for station in stations(store)}
    assert {key: (s.change_revision, s.revision) for key, s in after.items()} == {
        "a": (1, 1),
        "b": (2, 2),
        "c": (2, 2),
        "d": (2, 1),
    }
    assert {key: after[key].id for key in before} == {key: old.id for key, old in before.items()}
    assert [service.kind for service in after["b"].services] == ["water", "toilet"]
    assert after["a"].updated_at == before["a"].updated_at
    assert after["c"].updated_at > before["c"].updated_at
    assert after["c"].created_at == before["c"].created_at


def test_a_deleted_place_stays_as_a_row_and_loses_its_search_terms(store: Engine) -> None:
    with write_session(store) as session:
        save_stations(session, [place("a", name="西关"), place("b", name="东关")], at=AT)
    with write_session(store) as session:
        done = delete_stations(session, [("t", "a"), ("t", "never there")], at=LATER)
    assert (done.deleted, done.revision) == (1, 2)
    with read_session(store) as session:
        gone = row(session, "a")
        assert (gone.deleted_at, gone.updated_at, gone.change_revision, gone.revision) == (LATER, LATER, 2, 2)
        terms = session.exec(select(StationTerm.station_id).distinct()).all()
        assert terms == [row(session, "b").id]


def test_deleting_what_is_deleted_changes_nothing(store: Engine) -> None:
    with write_session(store) as session:
        save_stations(session, [place("a")], at=AT)
        delete_stations(session, [("t", "a")], at=AT)
    with write_session(store) as session:
        assert delete_stations(session, [("t", "a")], at=LATER).revision is None
    assert revision(store) == 2


def test_a_deleted_place_that_comes_again_lives_again_under_its_old_id(store: Engine) -> None:
    with write_session(store) as session:
        save_stations(session, [place("a", ServiceKind.WATER, name="西关")], at=AT)
        old_id = row(session, "a").id
        delete_stations(session, [("t", "a")], at=AT)
    with write_session(store) as session:
        assert save_stations(session, [place("a", ServiceKind.WATER, name="西关")], at=LATER).updated == 1
    assert one(store, "a").id == old_id
    assert len(one(store, "a").services) == 1
    with read_session(store) as session:
        assert session.exec(select(StationTerm).where(col(StationTerm.term) == "西关")).all()


def test_a_place_that_became_private_is_deleted(store: Engine, tmp_path: Path) -> None:
    def toilet(access: str) -> str:
        tags = {"amenity": "toilets", "access": access}
        return json.dumps({"elements": [{"type": "node", "id": 1, "lat": 1, "lon": 1, "tags": tags}]})

    bring_text(store, tmp_path, toilet("yes"))
    report = bring_text(store, tmp_path, toilet("private"))
    assert counts(report) == {"skipped": 1, "deleted": 1}
    assert stations(store) == []
    assert counts(bring_text(store, tmp_path, toilet("private"))) == {"skipped": 1}


def test_pruning_deletes_what_its_source_no_longer_has_and_nothing_else(
    store: Engine, tmp_path: Path
) -> None:
    bring_text(store, tmp_path, HEAD + "a,one,1,1,\nb,two,2,2,\n")
    bring_text(store, tmp_path, HEAD + "c,other source,3,3,\n", source="other")
    shorter = HEAD + "a,one,1,1,\n"
    assert counts(bring_text(store, tmp_path, shorter)) == {"unchanged": 1}
    assert counts(bring_text(store, tmp_path, shorter, prune=True)) == {"unchanged": 1, "deleted": 1}
    assert {station.external_id for station in stations(store)} == {"a", "c"}


def test_a_failed_import_leaves_nothing(store: Engine, tmp_path: Path) -> None:
    with pytest.raises(IntegrityError), write_session(store) as session:
        save_stations(session, [place("a"), place("a")], at=AT)
    assert (stations(store), revision(store)) == ([], 0)


def test_two_imports_of_the_same_file_at_once_create_each_place_once(store: Engine, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(HEAD + "".join(f"{i},place {i},1,1,water\n" for i in range(200)))
    together = threading.Barrier(2)

    def run() -> dict[str, int]:
        together.wait()
        return counts(bring(store, file))

    with ThreadPoolExecutor(2) as pool:
        done = [task.result() for task in [pool.submit(run), pool.submit(run)]]
    assert sorted(done, key=str) == [{"created": 200}, {"unchanged": 200}]
    assert revision(store) == 1


def test_a_service_named_twice_is_kept_once_and_lists_come_in_one_order(store: Engine) -> None:
    with write_session(store) as session:
        save_stations(session, [place("a", ServiceKind.WIFI, ServiceKind.WATER, ServiceKind.WIFI)], at=AT)
    with read_session(store) as session:
        kinds = session.exec(select(StationService.kind).order_by(col(StationService.position))).all()
    assert kinds == ["water", "wifi"]


def test_the_district_comes_from_the_point_unless_a_finer_region_is_named(
    store: Engine, tmp_path: Path
) -> None:
    with write_session(store) as session:
        load_divisions(session, "341300")
    report = bring_text(
        store,
        tmp_path,
        "id,lat,lon,region_code\n"
        "by point,33.6479,116.959,\n"
        "street,33.6479,116.959,341302007\n"
        "zone,33.6479,116.959,341371\n"
        "no such,33.6479,116.959,341302999\n"
        "elsewhere,33.6479,116.959,341324100\n"
        "not a code,33.6479,116.959,宿州\n"
        "苏州,31.2990,120.5853,341302\n"
        "outside,31.2990,120.5853,\n",
    )
    assert {station.external_id: station.region_code for station in stations(store)} == {
        "by point": "341302",
        "street": "341302007",
        "zone": "341371",
        "no such": "341302",
        "elsewhere": "341302",
        "not a code": "341302",
        "苏州": None,
        "outside": None,
    }
    assert [
        line for line, name, what in told(report) if (name, what) == ("region_code", "field_dropped")
    ] == [5, 6, 7, 8]
