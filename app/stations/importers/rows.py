"""What readers hand over: a row's fields as far as they can be read, or why it is none."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from app.kit.datum import Crs
from app.stations.models import ServiceKind, StationKind

What = Literal["rejected", "skipped", "duplicate", "field_dropped"]

Unit = Literal["line", "item"]
"""What a row's number counts: a table's lines, or the items of any other file."""

OSM_LICENCE = "ODbL-1.0"
OSM = "OSM"


class Unreadable(Exception):
    """The file as a whole cannot be read: no known format, broken beyond its rows, a wrong datum."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the caller says about a file. `stem` is its name without ending: the source's name by default."""

    stem: str
    source: str | None = None
    licence: str | None = None
    crs: Crs = "wgs84"
    services: tuple[ServiceKind, ...] = ()
    kind: StationKind | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to tell about a row: `line` is its line in a CSV, its number among the items elsewhere."""

    line: int
    field: str
    reason: str
    what: What
    external_id: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: fields of a StationIn as read, position in the file's datum; `dropped` were unreadable."""

    line: int
    values: dict[str, Any]
    dropped: list[Note] = field(default_factory=list)


Reader = Callable[[Path, Options], Iterator[Row | Note]]


def osm_source(external_id: str, options: Options) -> dict[str, Any]:
    """The source of an OSM object `node/1`; --source renames it."""
    return {
        "name": options.source or OSM,
        "external_id": external_id,
        "licence": options.licence or OSM_LICENCE,
        "url": f"https://www.openstreetmap.org/{external_id}",
    }
