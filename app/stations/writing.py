"""The catalogue's write half: create, change and delete places, each change under one new revision.

A row of a source overwrites what the source said before; what people change by hand will have a record of
its own. A place is known by (source name, external id); a deleted one that comes again lives again.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from app.core.model import new_id, table_of
from app.core.revisions import bump, lock
from app.regions.outlines import district_of
from app.stations.models import SUBJECT, ServiceKind, Station, StationService, StationTerm
from app.stations.schemas import ServiceIn, StationIn
from app.stations.terms import grams, search_text

_CHUNK = 400
"""Places a question or a statement, well below any database's limit of parameters."""

Identity = tuple[str, str]
"""A source's name and the place's id there."""

_POSITION = {kind: position for position, kind in enumerate(ServiceKind)}
_STATIONS, _SERVICES, _TERMS = (table_of(model) for model in (Station, StationService, StationTerm))
_FACTS = tuple(
    column.name
    for column in _STATIONS.columns
    if column.name not in ("id", "revision", "change_revision", "created_at", "updated_at", "deleted_at")
)


@dataclass(slots=True)
class Written:
    """What a write did; `revision` is the catalogue's new one, None when nothing changed."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    deleted: int = 0
    revision: int | None = None


@dataclass(slots=True)
class _Plan:
    inserts: list[dict[str, Any]] = field(default_factory=list)
    updates: list[dict[str, Any]] = field(default_factory=list)
    services: list[dict[str, Any]] = field(default_factory=list)


def save_stations(
    session: Session,
    places: Sequence[StationIn],
    *,
    at: datetime,
    gone: Iterable[Identity] = (),
    progress: Callable[[int], None] = lambda _done: None,
) -> Written:
    """Create or change places by their identities and delete those that are `gone`, under one revision.

    Places that already are so stay untouched. Identities must be unique among `places`.
    """
    # Two imports of one file must not both find a place missing: the second waits for the first.
    lock(session, SUBJECT)
    written, plan = Written(), _Plan()
    done = 0
    for chunk in _chunks(places):
        _compare(session, chunk, plan, written)
        done += len(chunk)
        progress(done)
    dead = _find_ids(session, gone)
    if not plan.inserts and not plan.updates and not dead:
        return written
    written.revision = bump(session, SUBJECT)
    _write(session, plan, written.revision, at)
    written.deleted = _delete(session, dead, written.revision, at)
    return written


def delete_stations(session: Session, identities: Iterable[Identity], *, at: datetime) -> Written:
    """Delete places softly: their rows stay, so that the feed can say that they are gone."""
    return save_stations(session, (), at=at, gone=identities)


def identities_of(session: Session, source_name: str) -> set[Identity]:
    """Every place of a source that is not deleted."""
    found = sa.select(_STATIONS.c.external_id).where(
        _STATIONS.c.source_name == source_name, _STATIONS.c.deleted_at.is_(None)
    )
    return {(source_name, external_id) for external_id in session.execute(found).scalars()}


def _chunks(items: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(items)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk


def facts_of(place: StationIn) -> dict[str, Any]:
    """The columns of a place; an empty text is none, a district comes from the point unless it is named."""
    facts = place.model_dump(exclude={"services", "source"})
    facts = {name: None if value == "" else value for name, value in facts.items()}
    facts["aliases"] = [alias for alias in place.aliases if alias]
    facts["region_code"] = facts["region_code"] or district_of(place.lat, place.lon)
    source = place.source
    return facts | {
        "source_name": source.name,
        "source_licence": source.licence or None,
        "source_url": source.url or None,
        "external_id": source.external_id,
        "search_text": search_text(place.name, place.aliases),
    }


def _service_rows(services: Iterable[ServiceIn]) -> list[dict[str, Any]]:
    """The rows of a place's services, each kind once (the first counts), in the vocabulary's order."""
    rows: dict[ServiceKind, dict[str, Any]] = {}
    for service in services:
        rows.setdefault(service.kind, service.model_dump() | {"position": _POSITION[service.kind]})
    return sorted(rows.values(), key=lambda row: row["position"])


def _compare(session: Session, places: list[StationIn], plan: _Plan, written: Written) -> None:
    held = _held(session, [(place.source.name, place.source.external_id) for place in places])
    services = _held_services(session, [row["id"] for row in held.values()])
    for place in places:
        facts, wanted = facts_of(place), _service_rows(place.services)
        old = held.get((place.source.name, place.source.external_id))
        station_id = old["id"] if old else new_id()
        if old is None:
            plan.inserts.append(facts | {"id": station_id})
        elif (
            old["deleted_at"] is None
            and services.get(station_id, []) == wanted
            and all(old[name] == facts[name] for name in _FACTS)
        ):
            written.unchanged += 1
            continue
        else:
            plan.updates.append(facts | {"id": station_id, "revision": old["revision"] + 1})
        plan.services += [row | {"station_id": station_id} for row in wanted]
    written.created, written.updated = len(plan.inserts), len(plan.updates)


def _by_source(identities: Iterable[Identity]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for name, external_id in identities:
        grouped.setdefault(name, []).append(external_id)
    return grouped


def _held(session: Session, identities: Iterable[Identity]) -> dict[Identity, sa.RowMapping]:
    columns = [_STATIONS.c[name] for name in (*_FACTS, "id", "revision", "deleted_at")]
    held: dict[Identity, sa.RowMapping] = {}
    for name, ids in _by_source(identities).items():
        asked = sa.select(*columns).where(_STATIONS.c.source_name == name, _STATIONS.c.external_id.in_(ids))
        held |= {(name, row["external_id"]): row for row in session.execute(asked).mappings()}
    return held


def _held_services(session: Session, ids: list[str]) -> dict[str, list[dict[str, Any]]]:
    asked = (
        sa.select(_SERVICES)
        .where(_SERVICES.c.station_id.in_(ids))
        .order_by(_SERVICES.c.station_id, _SERVICES.c.position)
    )
    services: dict[str, list[dict[str, Any]]] = {}
    for row in session.execute(asked).mappings() if ids else ():
        facts = dict(row)
        services.setdefault(facts.pop("station_id"), []).append(facts)
    return services


def _write(session: Session, plan: _Plan, revision: int, at: datetime) -> None:
    stamp = {"change_revision": revision, "updated_at": at, "deleted_at": None}
    changed = [row["id"] for row in plan.updates]
    for table in (_SERVICES, _TERMS):
        _clear(session, table, changed)
    born = stamp | {"revision": 1, "created_at": at}
    if plan.inserts:
        session.execute(sa.insert(_STATIONS), [row | born for row in plan.inserts])
    if plan.updates:
        renamed = [{("key" if name == "id" else name): v for name, v in row.items()} for row in plan.updates]
        names = [name for name in renamed[0] if name != "key"] + list(stamp)
        change = (
            sa.update(_STATIONS)
            .where(_STATIONS.c.id == sa.bindparam("key"))
            .values({name: sa.bindparam(name) for name in names})
        )
        session.connection().execute(change, [row | stamp for row in renamed])
    if plan.services:
        session.execute(sa.insert(_SERVICES), plan.services)
    terms = [
        {"station_id": row["id"], "term": term}
        for row in (*plan.inserts, *plan.updates)
        for term in grams(row["search_text"])
    ]
    if terms:
        session.execute(sa.insert(_TERMS), terms)


def _clear(session: Session, table: sa.Table, station_ids: list[str]) -> None:
    for chunk in _chunks(station_ids):
        session.execute(sa.delete(table).where(table.c.station_id.in_(chunk)))


def _find_ids(session: Session, identities: Iterable[Identity]) -> list[str]:
    found: list[str] = []
    for chunk in _chunks(sorted(set(identities))):
        held = _held(session, chunk).values()
        found += [row["id"] for row in held if row["deleted_at"] is None]
    return found


def _delete(session: Session, ids: list[str], revision: int, at: datetime) -> int:
    for chunk in _chunks(ids):
        session.execute(
            sa.update(_STATIONS)
            .where(_STATIONS.c.id.in_(chunk))
            .values(
                deleted_at=at,
                updated_at=at,
                change_revision=revision,
                revision=_STATIONS.c.revision + 1,
            )
        )
    _clear(session, _TERMS, ids)
    return len(ids)
