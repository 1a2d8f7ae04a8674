"""From the database to a snapshot: the whole catalogue at first, then only what changed."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import numpy as np
import sqlalchemy as sa
from sqlmodel import Session, col

from app.core.revisions import current
from app.kit.hours import Calendar
from app.stations.models import SUBJECT, Station, StationService
from app.stations.snapshot.encode import Service, bits, head_of, tail_of
from app.stations.snapshot.index import Index
from app.stations.snapshot.places import Places, PlacesBuilder
from app.stations.snapshot.snapshot import Part, Snapshot
from app.stations.snapshot.timetable import HoursKey, hours_key, make_timetable

_BATCH = 2_000
_AT_REST_PER_CHANGED = 64
"""When more than one in so many places has changed, all are put in order anew."""
_COLUMNS = (
    Station.id, Station.name, Station.kind, Station.lat, Station.lon, Station.address, Station.region_code,
    Station.opening_hours, Station.unattended_hours, Station.walk_in, Station.access, Station.source_name,
    Station.external_id, Station.verified_at, Station.sample, Station.deleted_at,
)  # fmt: skip
_SERVICE_COLUMNS = (
    StationService.station_id, StationService.kind, StationService.fee, StationService.state,
    StationService.as_of,
)  # fmt: skip


class Loader:
    """Makes one process's snapshots, each from the one before."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self._forget()

    def _forget(self) -> None:
        self._tails: dict[bytes, int] = {}
        self._tail_list: list[bytes] = []
        self._hours: dict[HoursKey, int] = {}

    def load(self, session: Session, old: Snapshot | None, at_s: float) -> Snapshot:
        """The catalogue as it is, judged from the day of `at_s`; the old one itself if nothing changed."""
        revision = current(session, SUBJECT)
        if old is None or revision < old.revision:  # a backup was put back
            self._forget()
            places, _ = self._read(session, since=-1)
            return self._snapshot(revision, (Part(Index(places)),), None, at_s)
        parts = old.parts
        if revision > old.revision:
            parts = _changed(parts, *self._read(session, since=old.revision))
        elif old.timetable.is_of_day(at_s):
            return old
        return self._snapshot(revision, parts, old, at_s)

    def _snapshot(
        self, revision: int, parts: tuple[Part, ...], old: Snapshot | None, at_s: float
    ) -> Snapshot:
        timetable = None if old is None else old.timetable
        if timetable is None or not timetable.is_of_day(at_s) or len(timetable.keys) < len(self._hours):
            timetable = make_timetable(tuple(self._hours), self.calendar, at_s, timetable)
        return Snapshot(revision, parts, timetable, self._tail_list)

    def _read(self, session: Session, since: int) -> tuple[Places, list[bytes]]:
        """The places changed after that revision, and the ids of all that changed or went."""
        builder, ids = PlacesBuilder(), []
        for place, services in _changed_rows(session, since):
            if since >= 0:
                ids.append(place.id.encode())
            if place.deleted_at is None:
                self._add(builder, place, services)
        return builder.build(), ids

    def _add(self, builder: PlacesBuilder, place: Any, services: list[Service]) -> None:
        hours = hours_key(place.opening_hours, place.unattended_hours, place.lat, place.lon)
        tail = tail_of(place, services)
        if tail not in self._tails:
            self._tails[tail] = len(self._tail_list)
            self._tail_list.append(tail)
        offered, listed = bits(services)
        builder.add(
            head_of(place),
            lat=place.lat,
            lon=place.lon,
            offered=offered,
            listed=listed,
            hours=self._hours.setdefault(hours, len(self._hours)),
            tail=self._tails[tail],
        )


def _changed(parts: tuple[Part, ...], changed: Places, ids: list[bytes]) -> tuple[Part, ...]:
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
    places = session.execute(
        sa.select(*(col(c) for c in _COLUMNS)).where(changed).order_by(col(Station.id)),
        execution_options={"yield_per": _BATCH},
    )
    services = session.execute(
        sa.select(*(col(c) for c in _SERVICE_COLUMNS))
        .join(Station, col(Station.id) == col(StationService.station_id))
        .where(changed)
        .order_by(col(StationService.station_id), col(StationService.position)),
        execution_options={"yield_per": _BATCH},
    )
    by_owner = groupby(services, key=lambda row: row.station_id)
    owner, owned = next(by_owner, (None, iter(())))
    for place in places:
        mine: list[Service] = []
        if owner == place.id:
            mine = [Service(row.kind, row.fee, row.state, row.as_of) for row in owned]
            owner, owned = next(by_owner, (None, iter(())))
        yield place, mine
