"""Makes the smallest valid station rows; each call is one change of the catalogue, as an edit is."""

import itertools
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Engine
from sqlmodel import Session

from app.core.clock import now
from app.core.db import write_session
from app.core.revisions import bump
from app.stations.models import (
    SUBJECT,
    Fee,
    ServiceKind,
    ServiceState,
    Station,
    StationKind,
    StationService,
)

_numbers = itertools.count(1)


def service(
    kind: ServiceKind, fee: Fee = Fee.UNKNOWN, state: ServiceState = ServiceState.UNKNOWN
) -> StationService:
    """One service, at its place in the vocabulary."""
    values: dict[str, Any] = {
        "kind": kind,
        "position": list(ServiceKind).index(kind),
        "fee": fee,
        "state": state,
    }
    return StationService(**values)


def station(services: tuple[StationService | ServiceKind, ...] = (), **values: Any) -> Station:
    """An unsaved place in 宿州 with these values; services by kind, or whole."""
    moment = now()
    number = next(_numbers)
    filled: dict[str, Any] = {
        "kind": StationKind.OTHER,
        "lat": 33.64,
        "lon": 116.96,
        "source_name": "test",
        "external_id": f"test/{number}",
        "created_at": moment,
        "updated_at": moment,
    } | values
    built = Station(**filled)
    built.services = [each if isinstance(each, StationService) else service(each) for each in services]
    return built


def add(session: Session, *stations: Station) -> int:
    """Store places as one change; returns the catalogue's revision."""
    revision = bump(session, SUBJECT)
    for each in stations:
        each.change_revision = revision
        session.add(each)
    session.flush()
    return revision


def saved(engine: Engine, *stations: Station) -> list[str]:
    """Store places in one transaction; returns their ids."""
    with write_session(engine) as session:
        add(session, *stations)
        return [each.id for each in stations]


def delete(engine: Engine, station_id: str, at: datetime | None = None) -> int:
    """Mark a place as deleted, as one change; returns the catalogue's revision."""
    with write_session(engine) as session:
        row = session.get_one(Station, station_id)
        row.deleted_at = at or now()
        row.change_revision = bump(session, SUBJECT)
        return row.change_revision


def touch(engine: Engine, station_id: str, **values: Any) -> int:
    """Change a place; returns the catalogue's revision."""
    with write_session(engine) as session:
        row = session.get_one(Station, station_id)
        for name, value in values.items():
            setattr(row, name, value)
        row.revision += 1
        row.updated_at = now()
        row.change_revision = bump(session, SUBJECT)
        return row.change_revision
