"""Reads the catalogue: one place, pages of places, the ordered feed of changes, counts a region."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

import sqlalchemy as sa
from sqlalchemy.orm import QueryableAttribute, selectinload
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.core.errors import CursorTooOld, NotFound
from app.core.installation import read_fact
from app.core.revisions import current
from app.kit.paging import encode_cursor
from app.regions.reading import subtree_prefix, with_ancestors
from app.stations.models import SUBJECT, ServiceKind, ServiceState, Station, StationService
from app.stations.queries import Box, read_cursor, read_id
from app.stations.terms import matching

FEED_FLOOR = "stations.feed_floor"
"""Installation fact: tombstones up to this revision may be gone."""
_SERVICES = cast(QueryableAttribute[list[StationService]], Station.services)
_BEFORE_ALL = "00000000-0000-0000-0000-000000000000"


def find_station(session: Session, station_id: str) -> Station:
    """One place with its services. Raises NotFound, also for a deleted one."""
    asked = _whole().where(col(Station.id) == station_id, col(Station.deleted_at).is_(None))
    station = session.exec(asked).one_or_none() if read_id(station_id) else None
    if station is None:
        raise NotFound
    return station


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which places a page of the catalogue shows; None is no condition."""

    q: str | None = None
    box: Box | None = None
    region: str | None = None
    services: frozenset[ServiceKind] = frozenset()
    updated_after: datetime | None = None


def page(
    session: Session, wanted: Wanted, cursor: str | None, limit: int
) -> tuple[list[Station], str | None]:
    """A page of places by id, and the next one's cursor, None at the end. Raises InvalidInput (cursor)."""
    asked = _whole().where(col(Station.deleted_at).is_(None), *_conditions(wanted))
    if cursor is not None:
        (after,) = read_cursor("stations", "query.cursor", cursor, (str,))
        asked = asked.where(col(Station.id) > after)
    rows = list(session.exec(asked.order_by(col(Station.id)).limit(limit + 1)))
    more = len(rows) > limit
    return rows[:limit], encode_cursor("stations", rows[limit - 1].id) if more else None


@dataclass(frozen=True, slots=True)
class Changes:
    """A page of the feed; `rows` holds deleted places too."""

    rows: list[Station]
    next_cursor: str
    more: bool
    revision: int


def changes(session: Session, since: str | None, limit: int) -> Changes:
    """What changed after a cursor, in the order (change revision, id). Raises InvalidInput, CursorTooOld.

    A cursor holds the place reached and the catalogue's revision when the walk began. Deletions up to that
    revision are of no use to the walker, who never saw the place: a walk outlives the purging of older ones.
    """
    revision = current(session, SUBJECT)
    reached, after, begun = 0, _BEFORE_ALL, revision
    asked = _whole().order_by(col(Station.change_revision), col(Station.id)).limit(limit + 1)
    if since is not None:
        values = read_cursor("changes", "query.since", since, (int, str, int))
        reached, after, begun = int(values[0]), str(values[1]), int(values[2])
        known_to = max(reached, begun)
        if known_to > revision or known_to < int(read_fact(session, FEED_FLOOR) or 0):
            raise CursorTooOld
        asked = asked.where(sa.tuple_(col(Station.change_revision), col(Station.id)) > (reached, after))
    asked = asked.where(sa.or_(col(Station.deleted_at).is_(None), col(Station.change_revision) > begun))
    rows = list(session.exec(asked))
    more, rows = len(rows) > limit, rows[:limit]
    if rows:
        reached, after = rows[-1].change_revision, rows[-1].id
    return Changes(rows, encode_cursor("changes", reached, after, begun), more, revision)


def any_station(session: Session) -> bool:
    """Whether there is any place at all."""
    return bool(session.scalar(select(sa.exists().where(col(Station.deleted_at).is_(None)))))


def licences(session: Session) -> list[tuple[str, str]]:
    """Sources of the places shown that name a licence: (source, licence)."""
    asked = (
        sa.select(col(Station.source_name), col(Station.source_licence))
        .where(col(Station.source_licence).is_not(None), col(Station.deleted_at).is_(None))
        .distinct()
        .order_by(col(Station.source_name), col(Station.source_licence))
    )
    return [(row[0], row[1]) for row in session.execute(asked)]


@dataclass(slots=True)
class Tally:
    """How many places a region holds, and the sums of their positions."""

    stations: int = 0
    lat_sum: float = 0.0
    lon_sum: float = 0.0


def tallies(session: Session) -> dict[str, Tally]:
    """Places a region, those of lower regions counted in each above."""
    asked = (
        sa.select(
            col(Station.region_code),
            sa.func.count(),
            sa.func.sum(col(Station.lat)),
            sa.func.sum(col(Station.lon)),
        )
        .where(col(Station.deleted_at).is_(None), col(Station.region_code).is_not(None))
        .group_by(col(Station.region_code))
    )
    found: dict[str, Tally] = {}
    for code, count, lat_sum, lon_sum in session.execute(asked):
        for each in with_ancestors(code):
            tally = found.setdefault(each, Tally())
            tally.stations += count
            tally.lat_sum += lat_sum
            tally.lon_sum += lon_sum
    return found


def _whole() -> SelectOfScalar[Station]:
    return select(Station).options(selectinload(_SERVICES))


def _conditions(wanted: Wanted) -> Iterable[ColumnElement[bool]]:
    if wanted.q:
        yield col(Station.id).in_(matching(wanted.q))
    if wanted.box:
        yield col(Station.lat).between(wanted.box.south, wanted.box.north)
        lon = col(Station.lon)
        if wanted.box.west <= wanted.box.east:
            yield lon.between(wanted.box.west, wanted.box.east)
        else:
            yield sa.or_(lon >= wanted.box.west, lon <= wanted.box.east)
    if wanted.region:
        prefix = subtree_prefix(wanted.region)
        yield col(Station.region_code).between(prefix, prefix + "9" * (12 - len(prefix)))
    if wanted.updated_after:
        yield col(Station.updated_at) > wanted.updated_after
    for kind in sorted(wanted.services):
        yield sa.exists().where(
            col(StationService.station_id) == col(Station.id),
            col(StationService.kind) == kind,
            col(StationService.state) != ServiceState.BROKEN,
        )
