"""Places made up for tests, a snapshot of them, and the slow, plain answer that the quick one must equal."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from app.kit.geo import distances_mm, unit_vector, unit_vectors
from app.kit.hours import Calendar, Schedule, State
from app.stations.models import Access, Answer, ServiceKind, ServiceState, StationKind
from app.stations.nearest_ask import SPEEDS_KMH, Ask
from app.stations.snapshot.encode import Service, Shared, service_bit
from app.stations.snapshot.index import Index
from app.stations.snapshot.load import with_changes
from app.stations.snapshot.places import Places, PlacesBuilder
from app.stations.snapshot.snapshot import Part, Snapshot
from app.stations.snapshot.timetable import make_timetable

SHANGHAI = ZoneInfo("Asia/Shanghai")
CALENDAR = Calendar.default()
NOON = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
"""Wednesday 12:00 in 宿州."""


@dataclass(frozen=True)
class Place:
    """A place by what matters to nearest; `number` gives its id and so its rank in ties."""

    number: int
    lat: float
    lon: float
    services: dict[ServiceKind, ServiceState] = field(default_factory=dict)
    hours: str | None = "24/7"
    unattended: str | None = None

    @property
    def id(self) -> str:
        """A UUID in the order of the numbers."""
        return f"00000000-0000-7000-8000-{self.number:012x}"

    def row(self) -> Any:
        """The columns that the snapshot reads."""
        columns: dict[str, Any] = {
            "id": self.id,
            "name": f"站{self.number}",
            "kind": StationKind.OTHER,
            "lat": self.lat,
            "lon": self.lon,
            "address": None,
            "region_code": None,
            "opening_hours": self.hours,
            "unattended_hours": self.unattended,
            "walk_in": Answer.UNKNOWN,
            "access": Access.ANYONE,
            "source_name": "test",
            "external_id": str(self.number),
            "verified_at": None,
            "sample": False,
        }
        return type("Row", (), columns)


def arrays(shared: Shared, places: Sequence[Place]) -> Places:
    """The places as arrays, in the order of their ids."""
    builder = PlacesBuilder()
    for place in sorted(places, key=lambda each: each.number):
        services = [Service(kind, "unknown", state, None) for kind, state in sorted(place.services.items())]
        shared.add(builder, place.row(), services)
    return builder.build()


def snapshot_of(
    places: Sequence[Place],
    changed: Sequence[Place] = (),
    gone: Sequence[int] = (),
    at: datetime = NOON,
    make_index: Callable[[Places], Index] = Index,
) -> Snapshot:
    """A snapshot of `places` after some changed or went, not put in order anew where few did."""
    shared = Shared()
    parts: tuple[Part, ...] = (Part(make_index(arrays(shared, places))),)
    if changed or gone:
        more = arrays(shared, changed)
        ids = [Place(number, 0, 0).id.encode() for number in gone] + [each.id.encode() for each in changed]
        parts = with_changes(parts, more, ids)
    return Snapshot(1, parts, make_timetable(shared.hours, CALENDAR, at.timestamp()), shared)


def expected(places: Sequence[Place], ask: Ask) -> list[tuple[str, int]]:
    """(id, mm) of the answer's items by looking at every place, without arrays of hours or trees."""
    if not places:
        return []
    vectors = unit_vectors(*np.array([(place.lat, place.lon) for place in places]).T)
    mm = distances_mm(np.array(unit_vector(ask.lat, ask.lon)), vectors).tolist()
    kept = [
        (distance, place.id)
        for place, distance in zip(places, mm, strict=True)
        if _offers(place, ask) and _is_open(place, ask, distance)
    ]
    return [(id_, distance) for distance, id_ in sorted(kept)[: ask.limit]]


def _offers(place: Place, ask: Ask) -> bool:
    works = [kind for kind, state in place.services.items() if state != ServiceState.BROKEN]
    return ask.services & ~sum(service_bit(kind) for kind in works) == 0


def _is_open(place: Place, ask: Ask, mm: int) -> bool:
    arrival = ask.at
    if ask.travel is not None:
        arrival += timedelta(seconds=mm / 1000 * 1.4 / (SPEEDS_KMH[ask.travel] / 3.6))
    wanted = {"any": set(State), "possible": {State.OPEN, State.UNKNOWN}, "certain": {State.OPEN}}
    judged = _schedule(place, arrival).judge(arrival)
    if judged.state not in wanted[ask.openness]:
        return False
    local = ask.at.astimezone(SHANGHAI)
    night = (local - timedelta(days=1) if local.hour < 6 else local).date()
    return not ask.all_night or _schedule(place, ask.at).open_all_night(night) == State.OPEN


def _schedule(place: Place, around: datetime) -> Schedule:
    where = (round(place.lat, 1), round(place.lon, 1))
    return _compiled(place.hours, place.unattended, around.astimezone(SHANGHAI).date(), where)


@lru_cache(maxsize=10_000)
def _compiled(
    hours: str | None, unattended: str | None, around: date, where: tuple[float, float]
) -> Schedule:
    return Schedule.parse(hours, unattended, CALENDAR, around, where)


def hidden(places: Sequence[Place], ask: Ask) -> tuple[int, int]:
    """(closed, broken): how many come before the last item but are hidden; without items, within `max_m`."""
    everything = ask._replace(services=0, openness="any", all_night=False, limit=len(places) + 1)
    items = [each for each in expected(places, ask) if ask.max_mm is None or each[1] <= ask.max_mm]
    by_id = {place.id: place for place in places}
    closed = broken = 0
    for id_, mm in expected(places, everything):
        before = (mm, id_) < items[-1][::-1] if items else ask.max_mm is None or mm <= ask.max_mm
        place = by_id[id_]
        listed = sum(service_bit(kind) for kind in place.services)
        if not before or ask.services & ~listed:
            continue
        if not _offers(place, ask):
            broken += 1
        elif _is_shut(place, ask, mm):
            closed += 1
    return closed, broken


def _is_shut(place: Place, ask: Ask, mm: int) -> bool:
    at_night = ask._replace(openness="any", travel=None)
    at_once = ask._replace(openness="possible", all_night=False)
    shut = ask.openness != "any" and not _is_open(place, at_once, mm)
    return shut or not _is_open(place, at_night, mm)
