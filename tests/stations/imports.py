"""Short ways to import a file and to look at what is stored."""

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.orm import selectinload
from sqlmodel import col, select

from app.core.db import read_session, write_session
from app.core.revisions import current
from app.stations.importers.rows import Note, Options
from app.stations.importing import Report, import_stations
from app.stations.models import SUBJECT, Station

DATA = Path(__file__).parents[1] / "data"
ONLY_SQLITE = ("database", ["sqlite"])


def bring(engine: Engine, path: Path, *, prune: bool = False, **options: Any) -> Report:
    """Import a file in a transaction of its own."""
    with write_session(engine) as session:
        return import_stations(session, path, Options(path.name.split(".")[0], **options), prune=prune)


def bring_text(engine: Engine, folder: Path, text: str | bytes, **options: Any) -> Report:
    """Import what a file would hold."""
    file = folder / "list.txt"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return bring(engine, file, **options)


def counts(report: Report) -> dict[str, int]:
    """What an import did, without the zeros."""
    written = report.written
    told = {
        "created": written.created,
        "updated": written.updated,
        "unchanged": written.unchanged,
        "deleted": written.deleted,
    } | {what: report.count(what) for what in ("rejected", "skipped", "duplicate", "field_dropped")}
    return {name: number for name, number in told.items() if number}


def told(report: Report) -> list[tuple[int, str, str]]:
    """Each note as (line, field, what)."""
    return [(note.line, note.field, note.what) for note in report.notes]


def stations(engine: Engine) -> list[Station]:
    """Every station that is not deleted, with its services, by source and id."""
    asked = (
        select(Station)
        .where(col(Station.deleted_at).is_(None))
        .order_by(col(Station.source_name), col(Station.external_id))
        .options(selectinload(sa.inspect(Station).attrs["services"].class_attribute))
    )
    with read_session(engine) as session:
        return list(session.exec(asked))


def one(engine: Engine, external_id: str) -> Station:
    """The station of an id in its source."""
    [found] = [station for station in stations(engine) if station.external_id == external_id]
    return found


def revision(engine: Engine) -> int:
    """The catalogue's revision."""
    with read_session(engine) as session:
        return current(session, SUBJECT)


def notes_of(report: Report, what: str) -> list[Note]:
    """The notes of one sort."""
    return [note for note in report.notes if note.what == what]
