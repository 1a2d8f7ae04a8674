"""Routes of the catalogue: places, their changes, the vocabulary of services, regions with their places."""

from datetime import datetime
from typing import Annotated

from fastapi import Depends, Query

from app.core.db import ReadSession
from app.core.errors import CursorTooOld, NotFound
from app.core.problems import responses
from app.core.routing import Router
from app.kit.hours import Calendar
from app.kit.text import Phrase
from app.regions.models import Level
from app.regions.schemas import RegionsOut
from app.stations import catalogue
from app.stations.opening import calendar_of
from app.stations.queries import RegionCode
from app.stations.schemas import ChangesOut, ServiceKindsOut, StationOut, StationPage

router = Router(tags=["stations"])

Holidays = Annotated[Calendar, Depends(calendar_of)]
Cursor = Annotated[str, Query(max_length=200, description="Opaque: as the last answer gave it")]
Moment = Annotated[datetime, Query(description="ISO 8601 with a time zone")]


@router.get("/services")
async def list_services() -> ServiceKindsOut:
    """The vocabulary of services, in its order."""
    return catalogue.VOCABULARY


@router.get("/regions")
def list_regions(
    session: ReadSession, level: Level | None = None, parent: RegionCode | None = None
) -> RegionsOut:
    """Regions with the number of stations in each, those of lower regions included."""
    return catalogue.regions(session, level, parent)


@router.get("/stations")
def list_stations(
    session: ReadSession,
    calendar: Holidays,
    q: Annotated[Phrase | None, Query(description="Part of a name, alias or initials")] = None,
    bbox: Annotated[str | None, Query(max_length=200, description="west,south,east,north in degrees")] = None,
    region: RegionCode | None = None,
    services: Annotated[
        str | None, Query(max_length=400, description="All of these, e.g. water,toilet")
    ] = None,
    updated_after: Moment | None = None,
    cursor: Cursor | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> StationPage:
    """Stations by id, page by page. `services` leaves out places where one of them is known to be broken."""
    wanted = catalogue.wanted(q, bbox, region, services, updated_after)
    return catalogue.page(session, calendar, wanted, cursor, limit)


@router.get("/stations/changes", responses=responses(CursorTooOld))
def list_changes(
    session: ReadSession,
    calendar: Holidays,
    since: Cursor | None = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 500,
) -> ChangesOut:
    """Changes in their order, deletions too; no `since`: from the start. 410: start anew without it."""
    return catalogue.changes(session, calendar, since, limit)


@router.get("/stations/{station_id}", responses=responses(NotFound))
def read_station(
    session: ReadSession, calendar: Holidays, station_id: str, at: Moment | None = None
) -> StationOut:
    """One station, whole; open or closed is judged at `at`, now without it."""
    return catalogue.station(session, calendar, station_id, at)
