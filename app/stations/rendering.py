"""Turns a place's row into what the API says of it at one moment."""

from datetime import datetime

from app.kit.hours import Calendar
from app.stations.models import Station
from app.stations.opening import opening_of
from app.stations.schemas import ServiceOut, SourceOut, StationOut


def station_out(station: Station, at: datetime, calendar: Calendar) -> StationOut:
    """The place as judged at `at`; its services must be loaded."""
    opening = opening_of(station, at, calendar)
    return StationOut(
        id=station.id,
        name=station.name,
        kind=station.kind,
        lat=station.lat,
        lon=station.lon,
        address=station.address,
        region_code=station.region_code,
        services=[
            ServiceOut(kind=each.kind, fee=each.fee, state=each.state, as_of=each.as_of)
            for each in station.services
        ],
        opening=opening.now,
        walk_in=station.walk_in,
        access=station.access,
        verified_at=station.verified_at,
        sample=station.sample,
        aliases=station.aliases,
        operator=station.operator,
        unattended_hours=station.unattended_hours,
        access_note=station.access_note,
        wheelchair=station.wheelchair,
        phone=station.phone,
        how_to_find=station.how_to_find,
        source=SourceOut(
            name=station.source_name,
            external_id=station.external_id,
            licence=station.source_licence,
            url=station.source_url,
        ),
        revision=station.revision,
        updated_at=station.updated_at,
        open_intervals=opening.open_intervals,
        unknown_intervals=opening.unknown_intervals,
    )
