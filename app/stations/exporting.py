"""Export places as GeoJSON or CSV, row by row; importing the file again changes nothing."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from app.core.model import table_of
from app.kit.cells import escape_cell, join_list
from app.stations.models import Fee, ServiceState, Station, StationService

_BATCH = 500
FIELDS = (
    *("id", "name", "aliases", "kind", "operator", "address", "region_code", "lat", "lon"),
    *("opening_hours", "unattended_hours", "walk_in", "access", "access_note", "wheelchair", "phone"),
    *("how_to_find", "services", "source_name", "source_licence", "source_url", "sample", "verified_at"),
)
"""Columns of the CSV, properties of the GeoJSON (whose geometry holds lat and lon); `id` is the source's."""


def geojson_lines(session: Session) -> Iterator[str]:
    """The lines of a GeoJSON FeatureCollection (RFC 7946), one feature a line."""
    yield '{"type":"FeatureCollection","features":[\n'
    comma = ""
    for facts in _places(session):
        point = {"type": "Point", "coordinates": [facts.pop("lon"), facts.pop("lat")]}
        feature = {"type": "Feature", "id": facts.pop("id"), "geometry": point, "properties": facts}
        yield comma + json.dumps(feature, ensure_ascii=False, separators=(",", ":"), default=_text)
        comma = ",\n"
    yield "\n]}\n"


def csv_lines(session: Session) -> Iterator[str]:
    """The lines of a CSV with BOM, as spreadsheets want it; text that looks like a formula is escaped."""
    yield "\ufeff" + _line(FIELDS)
    for facts in _places(session):
        facts["aliases"] = join_list(facts["aliases"])
        facts["services"] = ";".join(map(_service_word, facts["services"]))
        yield _line([_cell(facts[name]) for name in FIELDS])


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return escape_cell(value) if type(value) is str else _text(value)


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return str(value).lower() if isinstance(value, bool) else str(value)


def _service_word(service: dict[str, Any]) -> str:
    """`water`, `water:free`, `water:unknown:broken@2026-11-24T08:00:00Z`: no more than is known."""
    fee, state = service["fee"], service["state"]
    words = [service["kind"]]
    if fee is not Fee.UNKNOWN or state is not ServiceState.UNKNOWN:
        words.append(fee)
    if state is not ServiceState.UNKNOWN:
        words.append(state)
    as_of = service["as_of"]
    return ":".join(words) + (f"@{_text(as_of)}" if as_of else "")


def _places(session: Session) -> Iterator[dict[str, Any]]:
    """Every place that is not deleted, by source and id, read in pages so that memory stays small."""
    stations = table_of(Station)
    names = [name for name in FIELDS if name not in ("id", "services")]
    after: tuple[str, str] | None = None
    while True:
        page = (
            sa.select(stations.c.id.label("key"), stations.c.external_id, *(stations.c[n] for n in names))
            .where(stations.c.deleted_at.is_(None))
            .order_by(stations.c.source_name, stations.c.external_id)
            .limit(_BATCH)
        )
        if after:
            page = page.where(sa.tuple_(stations.c.source_name, stations.c.external_id) > sa.tuple_(*after))
        rows = session.execute(page).mappings().all()
        if not rows:
            return
        services = _services(session, [row["key"] for row in rows])
        for row in rows:
            facts = {"id": row["external_id"], **{name: row[name] for name in names}}
            yield facts | {"services": services.get(row["key"], [])}
        after = (rows[-1]["source_name"], rows[-1]["external_id"])


def _services(session: Session, ids: list[str]) -> dict[str, list[dict[str, Any]]]:
    asked = (
        sa.select(StationService)
        .where(col(StationService.station_id).in_(ids))
        .order_by(col(StationService.station_id), col(StationService.position))
    )
    found: dict[str, list[dict[str, Any]]] = {}
    for service in session.execute(asked).scalars():
        facts = {"kind": service.kind, "fee": service.fee, "state": service.state, "as_of": service.as_of}
        found.setdefault(service.station_id, []).append(facts)
    return found
