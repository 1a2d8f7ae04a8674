"""A single place's opening at a moment, and its week: for details and feeds (lists of thousands: snapshot)."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from fastapi import Request

from app.kit.hours import Calendar, Schedule, State, follows_the_sun
from app.stations.models import Station
from app.stations.schemas import OpeningOut, Span
from app.stations.snapshot.keeper import SnapshotKeeper
from app.stations.snapshot.timetable import ZONE


@dataclass(frozen=True, slots=True)
class Opening:
    """The state at the moment asked about, and the seven days from it."""

    now: OpeningOut
    open_intervals: list[Span]
    """Certainly open, staffed or not."""
    unknown_intervals: list[Span]


def calendar_of(request: Request) -> Calendar:
    """The holidays by which the running app judges hours."""
    keeper: SnapshotKeeper = request.app.state.keepers["stations"]
    return keeper.calendar


def opening_of(station: Station, at: datetime, calendar: Calendar) -> Opening:
    """Judged at an aware moment; places of equal hours share the reading of them."""
    hours = station.opening_hours, station.unattended_hours
    place = (round(station.lat, 1), round(station.lon, 1)) if any(map(follows_the_sun, hours)) else None
    schedule = _schedule(*hours, calendar, at.astimezone(ZONE).date(), place)
    judged = schedule.judge(at)
    return Opening(
        now=OpeningOut(
            state=judged.state.value,
            until=judged.until,
            next_change=judged.next_change,
            text=station.opening_hours,
            staffed=judged.staffed,
            calendar_missing=judged.calendar_missing,
        ),
        open_intervals=_spans(schedule, at, State.OPEN),
        unknown_intervals=_spans(schedule, at, State.UNKNOWN),
    )


@lru_cache(maxsize=4096)
def _schedule(
    opening: str | None,
    unattended: str | None,
    calendar: Calendar,
    around: date,
    place: tuple[float, float] | None,
) -> Schedule:
    return Schedule.parse(opening, unattended, calendar, around, place)


def _spans(schedule: Schedule, at: datetime, state: State) -> list[Span]:
    spans: list[Span] = []
    for interval in schedule.intervals(at):
        if interval.state != state:
            continue
        if spans and spans[-1][1] == interval.start:
            spans[-1] = spans[-1][0], interval.end
        else:
            spans.append((interval.start, interval.end))
    return spans
