"""A single place's opening at a moment, and its week: what details and feeds say."""

from dataclasses import dataclass
from datetime import datetime

from fastapi import Request

from app.kit.hours import Calendar, Schedule, State
from app.stations.models import Station
from app.stations.schemas import OpeningOut, Span
from app.stations.snapshot.keeper import SnapshotKeeper
from app.stations.snapshot.timetable import ZONE, hours_key, schedule


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
    key = hours_key(station.opening_hours, station.unattended_hours, station.lat, station.lon)
    compiled = schedule(key, calendar, at.astimezone(ZONE).date())
    judged = compiled.judge(at)
    return Opening(
        now=OpeningOut(
            state=judged.state.value,
            until=judged.until,
            next_change=judged.next_change,
            text=station.opening_hours,
            staffed=judged.staffed,
            calendar_missing=judged.calendar_missing,
        ),
        open_intervals=_spans(compiled, at, State.OPEN),
        unknown_intervals=_spans(compiled, at, State.UNKNOWN),
    )


def _spans(compiled: Schedule, at: datetime, state: State) -> list[Span]:
    spans: list[Span] = []
    for interval in compiled.intervals(at):
        if interval.state != state:
            continue
        if spans and spans[-1][1] == interval.start:
            spans[-1] = spans[-1][0], interval.end
        else:
            spans.append((interval.start, interval.end))
    return spans
