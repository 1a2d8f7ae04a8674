"""What the catalogue's routes answer: rows read, judged at one moment and put into words."""

from datetime import datetime

from sqlmodel import Session

from app.core.clock import now
from app.kit.hours import Calendar
from app.regions.models import Level
from app.regions.reading import list_regions
from app.regions.schemas import RegionOut, RegionsOut
from app.stations import reading
from app.stations.queries import read_box, read_moment, read_services
from app.stations.reading import Tally, Wanted
from app.stations.rendering import station_out
from app.stations.schemas import (
    ChangesOut,
    Deletion,
    ServiceKindOut,
    ServiceKindsOut,
    StationOut,
    StationPage,
    Upsert,
)
from app.stations.vocabulary import SERVICES

VOCABULARY = ServiceKindsOut(
    items=[ServiceKindOut(kind=kind, zh=w.zh, en=w.en, icon=w.icon) for kind, w in SERVICES.items()]
)
"""Every service in its order, with its words and icon."""


def wanted(
    q: str | None, bbox: str | None, region: str | None, services: str | None, updated_after: datetime | None
) -> Wanted:
    """The conditions of a page from its query parameters. Raises InvalidInput."""
    return Wanted(
        q=q or None,
        box=read_box(bbox) if bbox is not None else None,
        region=region,
        services=read_services(services) if services is not None else frozenset(),
        updated_after=read_moment("query.updated_after", updated_after),
    )


def page(session: Session, calendar: Calendar, wanted: Wanted, cursor: str | None, limit: int) -> StationPage:
    """A page of stations. Raises InvalidInput for a bad cursor."""
    rows, next_cursor = reading.page(session, wanted, cursor, limit)
    at = this_minute()
    return StationPage(items=[station_out(row, at, calendar) for row in rows], next_cursor=next_cursor)


def station(session: Session, calendar: Calendar, station_id: str, at: datetime | None) -> StationOut:
    """One station. Raises NotFound, InvalidInput."""
    moment = read_moment("query.at", at) or this_minute()
    return station_out(reading.find_station(session, station_id), moment, calendar)


def changes(session: Session, calendar: Calendar, since: str | None, limit: int) -> ChangesOut:
    """A page of the feed. Raises InvalidInput, CursorTooOld."""
    found, at = reading.changes(session, since, limit), this_minute()
    return ChangesOut(
        items=[
            Deletion(type="delete", id=row.id)
            if row.deleted_at
            else Upsert(type="upsert", station=station_out(row, at, calendar))
            for row in found.rows
        ],
        next_cursor=found.next_cursor,
        more=found.more,
        revision=found.revision,
    )


def regions(session: Session, level: Level | None, parent: str | None) -> RegionsOut:
    """Regions with their stations; one without an outline lies in the middle of its stations."""
    tallies = reading.tallies(session)
    items = []
    for region in list_regions(session, level=level, parent=parent):
        tally, lat, lon = tallies.get(region.code, Tally()), region.lat, region.lon
        if (lat is None or lon is None) and tally.stations:
            lat, lon = tally.lat_sum / tally.stations, tally.lon_sum / tally.stations
        items.append(
            RegionOut(
                code=region.code,
                name=region.name,
                level=region.level,
                parent_code=region.parent_code,
                initials=region.initials,
                lat=lat,
                lon=lon,
                stations=tally.stations,
            )
        )
    return RegionsOut(items=items)


def this_minute() -> datetime:
    """The present minute: hours are written in minutes, so nothing changes inside one and ETags hold."""
    return now().replace(second=0, microsecond=0)
