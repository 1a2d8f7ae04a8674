"""From the database to a snapshot: the whole catalogue at first, then only what changed."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
import sqlalchemy as sa
from sqlmodel import Session, col

from app.core.revisions import current
from app.kit.hours import Calendar
from app.stations.models import SUBJECT, Station, StationService
from app.stations.snapshot.encode import Service, Shared
from app.stations.snapshot.index import Index
from app.stations.snapshot.places import Places, PlacesBuilder
from app.stations.snapshot.snapshot import Part, Snapshot
from app.stations.snapshot.timetable import make_timetable

_BATCH = 2_000
_AT_REST_PER_CHANGED = 64
"""When more than one in so many places has changed, all are put in order anew."""


def _text(column: Any, name: str | None = None) -> Any:
    """As the driver gives it: turning a million codes into enumerations would take half the time."""
    return sa.type_coerce(col(column), sa.String).label(name or column.key)


_COLUMNS = (
    col(Station.id), col(Station.name), _text(Station.kind), col(Station.lat), col(Station.lon),
    col(Station.address), col(Station.region_code), col(Station.opening_hours),
    col(Station.unattended_hours), _text(Station.walk_in), _text(Station.access), col(Station.source_name),
    col(Station.external_id), col(Station.verified_at), col(Station.sample), col(Station.deleted_at),
    _text(Station.id, "owner"),
)  # fmt: skip
_SERVICE_COLUMNS = (
    _text(StationService.station_id, "owner"), _text(StationService.kind), _text(StationService.fee),
    _text(StationService.state), col(StationService.as_of),
)  # fmt: skip


def load(session: Session, calendar: Calendar, old: Snapshot | None, at_s: float) -> Snapshot:
    """The catalogue as it is, judged from the day of `at_s`; the old snapshot itself if nothing changed."""
    if session.get_bind().dialect.name == "postgresql":  # places and services must be of one moment
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    revision = current(session, SUBJECT)
    if old is None or revision < old.revision:  # at first, or after a backup was put back
        shared = Shared()
        places, _ = _read(session, shared, since=-1)
        timetable = make_timetable(shared.hours, calendar, at_s)
        return Snapshot(revision, (Part(Index(places)),), timetable, shared)
    parts, timetable = old.parts, old.timetable
    if revision > old.revision:
        parts = with_changes(parts, *_read(session, old.shared, since=old.revision))
    elif timetable.is_of_day(at_s):
        return old
    if not timetable.is_of_day(at_s) or len(timetable.keys) < len(old.shared.hours):
        timetable = make_timetable(old.shared.hours, calendar, at_s, timetable)
    return Snapshot(revision, parts, timetable, old.shared)


def _read(session: Session, shared: Shared, since: int) -> tuple[Places, list[bytes]]:
    """The places changed after that revision, and the ids of all that changed or went (at first: none)."""
    builder, ids = PlacesBuilder(), []
    for place, services in _changed_rows(session, since):
        if since >= 0:
            ids.append(place.id.encode())
        if place.deleted_at is None:
            shared.add(builder, place, services)
    return builder.build(), ids


def with_changes(parts: tuple[Part, ...], changed: Places, ids: Sequence[bytes]) -> tuple[Part, ...]:
    """The parts with these places new or anew; `ids` names them and those that went."""
    rest = parts[0]
    places = rest.index.places
    valid = np.ones(len(places), bool) if rest.valid is None else rest.valid.copy()
    valid[places.rows_of(ids)] = False
    if len(parts) > 1:
        recent = parts[1].index.places
        changed = recent.merged(recent.rows_of(ids), changed)
    gone = np.flatnonzero(~valid).astype(np.int32)
    if (len(gone) + len(changed)) * _AT_REST_PER_CHANGED > len(places):
        return (Part(Index(places.merged(gone, changed))),)
    return Part(rest.index, valid), Part(Index(changed))


def _changed_rows(session: Session, since: int) -> Iterator[tuple[Any, list[Service]]]:
    """Places changed after that revision in the order of their ids, deleted ones too, with their services."""
    changed = col(Station.change_revision) > since
    asked_places = sa.select(*_COLUMNS).where(changed).order_by(col(Station.id))
    asked_services = (
        sa.select(*_SERVICE_COLUMNS)
        .join(Station, col(Station.id) == col(StationService.station_id))
        .where(changed)
        .order_by(col(StationService.station_id), col(StationService.position))
    )
    with (
        session.execute(asked_places, execution_options={"yield_per": _BATCH}) as places,
        session.execute(asked_services, execution_options={"yield_per": _BATCH}) as services,
    ):
        by_owner = groupby(services, key=itemgetter(0))
        owner, owned = next(by_owner, (None, iter(())))
        for place in places:
            mine: list[Service] = []
            if owner == place.owner:
                mine = [Service(*row[1:]) for row in owned]
                owner, owned = next(by_owner, (None, iter(())))
            yield place, mine
