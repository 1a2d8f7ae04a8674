"""The catalogue's rows from the database, place by place, as the snapshot wants them."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from app.core.revisions import current
from app.kit.hours import Calendar
from app.stations.models import SUBJECT, Station, StationService
from app.stations.snapshot.encode import Service, bits, head_of, tail_of
from app.stations.snapshot.index import Index
from app.stations.snapshot.places import PlacesBuilder
from app.stations.snapshot.snapshot import Snapshot
from app.stations.snapshot.timetable import HoursKey, hours_key, make_timetable

_BATCH = 2_000
_COLUMNS = (
    Station.id, Station.name, Station.kind, Station.lat, Station.lon, Station.address, Station.region_code,
    Station.opening_hours, Station.unattended_hours, Station.walk_in, Station.access, Station.source_name,
    Station.external_id, Station.verified_at, Station.sample, Station.deleted_at,
)  # fmt: skip
_SERVICE_COLUMNS = (
    StationService.station_id, StationService.kind, StationService.fee, StationService.state,
    StationService.as_of,
)  # fmt: skip


def revision_of(session: Session) -> int:
    """The catalogue's newest committed revision."""
    return current(session, SUBJECT)


def changed_places(session: Session, since: int) -> Iterator[tuple[Any, list[Service]]]:
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
    grouped = groupby(services, key=lambda row: row.station_id)
    owner, owned = next(grouped, (None, iter(())))
    for place in places:
        mine: list[Service] = []
        if owner == place.id:
            mine = [Service(row.kind, row.fee, row.state, row.as_of) for row in owned]
            owner, owned = next(grouped, (None, iter(())))
        yield place, mine


def load_whole(session: Session, calendar: Calendar, at_s: float) -> Snapshot:
    """A snapshot of every place; nothing of an older one is used again."""
    revision = revision_of(session)
    tails: dict[bytes, int] = {}
    pairs: dict[HoursKey, int] = {}
    builder = PlacesBuilder()
    for place, services in changed_places(session, since=-1):
        if place.deleted_at is None:
            hours = hours_key(place.opening_hours, place.unattended_hours, place.lat, place.lon)
            offered, listed = bits(services)
            builder.add(
                head_of(place),
                lat=place.lat,
                lon=place.lon,
                offered=offered,
                listed=listed,
                hours=pairs.setdefault(hours, len(pairs)),
                tail=tails.setdefault(tail_of(place, services), len(tails)),
            )
    return Snapshot(revision, Index(builder.build()), make_timetable(pairs, calendar, at_s), list(tails))
