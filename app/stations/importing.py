"""Import places from a file: read, judge each row by itself, write all good ones in one transaction.

A row is rejected when its position or its identity is bad; any other bad value is dropped and told.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from sqlmodel import Session

from app.core.clock import now
from app.kit.datum import to_wgs84
from app.regions import service as regions
from app.regions.outlines import may_lie_in
from app.stations.importers.detect import read_rows
from app.stations.importers.rows import Note, Options, Row, Unit
from app.stations.models import ServiceKind, StationKind
from app.stations.schemas import StationIn
from app.stations.writing import Identity, Written, identities_of, save_stations

_ESSENTIAL = {"lat", "lon", "id"}
_OF_THE_SOURCE = {"source_licence", "source_url"}
_CHARGING = {ServiceKind.EV_CHARGING, ServiceKind.EBIKE_CHARGING, ServiceKind.BATTERY_SWAP}


@dataclass(slots=True)
class Report:
    """What an import did, and everything to tell about single rows, in the file's order."""

    rows: int = 0
    unit: Unit = "item"
    written: Written = field(default_factory=Written)
    notes: list[Note] = field(default_factory=list)
    without_services: int = 0
    seconds: float = 0.0

    def count(self, what: str) -> int:
        """How many notes are of one sort: rejected, skipped, duplicate, field_dropped."""
        return sum(note.what == what for note in self.notes)


def import_stations(
    session: Session,
    path: Path,
    options: Options,
    *,
    prune: bool = False,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
) -> Report:
    """Import a file; `prune` deletes what its sources had before and the file no longer has.

    Raises Unreadable or OSError before anything is written. `progress` hears (done, of) in rows.
    """
    started, report = time.monotonic(), Report()
    places, gone = _read(path, options, report, regions.codes(session))
    if prune:
        held = {source: identities_of(session, source) for source in {name for name, _ in places}}
        gone |= set().union(*held.values()) - places.keys()
    report.written = save_stations(
        session,
        list(places.values()),
        at=now(),
        gone=gone,
        progress=lambda done: progress(done, len(places)),
    )
    report.notes.sort(key=lambda note: note.line)
    report.without_services = sum(not place.services for place in places.values())
    report.seconds = time.monotonic() - started
    return report


def _read(
    path: Path, options: Options, report: Report, codes: frozenset[str]
) -> tuple[dict[Identity, StationIn], set[Identity]]:
    """The good places by identity, and the identities that the file says are no public places."""
    places: dict[Identity, StationIn] = {}
    lines: dict[Identity, int] = {}
    gone: set[Identity] = set()
    report.unit, rows = read_rows(path, options)
    for row in rows:
        report.rows += 1
        if isinstance(row, Note):
            report.notes.append(row)
            if row.what == "skipped":
                gone.add((options.source or "OSM", row.external_id))
            continue
        place = _judge(row, options, report.notes, codes)
        if place is None:
            continue
        identity = (place.source.name, place.source.external_id)
        if identity in places:
            reason = f"the same id as {report.unit} {lines[identity]}"
            report.notes.append(Note(row.line, "id", reason, "duplicate", identity[1]))
            continue
        places[identity], lines[identity] = place, row.line
    return places, gone - places.keys()


def _judge(row: Row, options: Options, notes: list[Note], codes: frozenset[str]) -> StationIn | None:
    """The place of a row, None for a rejected one; what was dropped or refused goes into `notes`."""
    values = row.values
    external_id = str(values["source"].get("external_id") or "")[:128]
    position = _position(values, options)
    if isinstance(position, str):
        field_name, _, reason = position.partition(":")
        notes.append(Note(row.line, field_name, reason, "rejected", external_id))
        return None
    values["lat"], values["lon"] = position
    values["services"] = values.get("services") or [{"kind": kind} for kind in options.services]
    values["kind"] = values.get("kind") or options.kind or _kind_by_services(values["services"])
    dropped = [Note(row.line, n.field, n.reason, n.what, external_id) for n in row.dropped]
    for _round in range(3):  # a second look finds what the first one's errors hid
        try:
            place = StationIn.model_validate(values)
            break
        except ValidationError as error:
            wrong = {_place_of(each["loc"]): each["msg"] for each in error.errors(include_input=False)}
        if bad := _ESSENTIAL & wrong.keys():
            notes.append(Note(row.line, min(bad), wrong[min(bad)], "rejected", external_id))
            return None
        for name, reason in wrong.items():
            dropped.append(Note(row.line, name, reason, "field_dropped", external_id))
            (values["source"] if name in _OF_THE_SOURCE else values).pop(name.removeprefix("source_"), None)
    else:
        notes.append(Note(row.line, "", "cannot be read", "rejected", external_id))
        return None
    notes += dropped
    return _settled(place, row.line, notes, codes)


def _place_of(loc: tuple[int | str, ...]) -> str:
    """The column that an error is about; a source's name and id are the row's identity."""
    if loc[0] == "source":
        return f"source_{loc[1]}" if loc[1:] and f"source_{loc[1]}" in _OF_THE_SOURCE else "id"
    return str(loc[0])


def _position(values: dict[str, Any], options: Options) -> tuple[float, float] | str:
    """(lat, lon) in WGS-84, or `field:reason` why there is none."""
    numbers = []
    for name, most in (("lat", 90), ("lon", 180)):
        said = values.get(name)
        if said is None or said == "":
            return f"{name}:is missing"
        try:
            number = float("nan") if isinstance(said, bool) else float(said)
        except (ValueError, TypeError, OverflowError):
            return f"{name}:is not a number"
        if not -most <= number <= most:
            return f"{name}:is not between -{most} and {most}"
        numbers.append(number)
    return to_wgs84(options.crs, *numbers)


def _kind_by_services(services: list[dict[str, Any]]) -> StationKind:
    """The kind of a place that nobody named one for."""
    kinds = {service["kind"] for service in services}
    if kinds == {ServiceKind.TOILET}:
        return StationKind.PUBLIC_TOILET
    return StationKind.CHARGING_SITE if kinds and kinds <= _CHARGING else StationKind.OTHER


def _settled(place: StationIn, line: int, notes: list[Note], codes: frozenset[str]) -> StationIn:
    """The place with its region: the one named, if it exists and the position agrees; else by the point."""
    code = place.region_code
    if code is None:
        return place
    if code not in codes:
        reason = f"{code} is no region here"
    elif not may_lie_in(code, place.lat, place.lon):
        reason = f"the position does not lie in {code}"
    else:
        return place
    notes.append(Note(line, "region_code", reason, "field_dropped", place.source.external_id))
    return place.model_copy(update={"region_code": None})
