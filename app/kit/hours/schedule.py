"""What a place's opening hours say at a moment: open, closed or unknown, and until when."""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from math import inf
from typing import Final

from app.kit.hours.calendar import Calendar
from app.kit.hours.engine import SHANGHAI, WINDOW_DAYS, Place
from app.kit.hours.reading import read
from app.kit.hours.rules import Level, NotUnderstoodError
from app.kit.hours.timeline import Piece, moments, timeline

_AHEAD_DAYS: Final = 7
_MOST_DAYS: Final = 14
_DAYS_BEFORE: Final = 2  # the first of them is good for the night that runs out of it alone
_DAY_SECONDS: Final = 86_400
_FIRST_YEAR, _LAST_YEAR = 1900, 9990
_END_OF_TIME: Final = datetime.max.replace(tzinfo=UTC, microsecond=0).timestamp()


class State(StrEnum):
    """What is known of a place at a moment."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


_STATES: Final = (State.CLOSED, State.UNKNOWN, State.OPEN)  # by Level
_STAFFED: Final = (False, None, True)  # by Level of the staffed hours


@dataclass(frozen=True, slots=True)
class Judgement:
    """The state at a moment. Times are UTC."""

    state: State
    until: datetime | None
    """Only while open: when it ceases to be certainly open; None if that is more than 7 days off."""
    next_change: datetime | None
    """When the state changes next; None if that is more than 7 days off."""
    calendar_missing: bool
    """The hours name holidays, and the notice that would settle this day is not known."""
    staffed: bool | None
    """Whether the staffed hours hold; None where nobody knows."""


@dataclass(frozen=True, slots=True)
class Interval:
    """An open or unknown time, UTC. Intervals that touch differ in state or in staff."""

    start: datetime
    end: datetime
    state: State
    staffed: bool | None


@dataclass(frozen=True, slots=True)
class _Table:
    """The union over a window: from each of `seconds` (Unix time) on, the level and whether it is staffed."""

    seconds: tuple[int, ...]
    levels: tuple[Level, ...]
    staffed: tuple[bool | None, ...]


_NOTHING_KNOWN: Final = _Table((-(1 << 40),), (Level.UNKNOWN,), (None,))


@dataclass(frozen=True, slots=True)
class Schedule:
    """Compiled hours: staffed and unattended together. Open if either is, else unknown if either is.

    Missing staffed hours are unknown, missing unattended hours add nothing, unreadable ones are unknown.
    """

    staffed_text: str | None
    unattended_text: str | None
    calendar: Calendar
    place: Place | None
    around: date
    problem: str | None
    """Why a text could not be read: `too_long` or `not_understood`; None if all could."""
    names_holidays: bool
    """Whether a text names PH or SH, so that the calendar of holidays matters."""
    _table: _Table = field(repr=False)

    @classmethod
    def parse(
        cls,
        staffed_text: str | None,
        unattended_text: str | None,
        calendar: Calendar,
        around: date,
        place: Place | None = None,
    ) -> "Schedule":
        """Compile for judging from the day before `around` to ten days after; other times cost as much again.

        `place` (latitude, longitude) matters only to hours that follow the sun (`follows_the_sun`);
        without it the sun rises at 7 and sets at 19. Never raises for a text: see `problem`.
        """
        if place is not None:
            place = (round(place[0], 1), round(place[1], 1))
        texts = (staffed_text or "").strip() or None, (unattended_text or "").strip() or None
        found = [read(text) for text in texts if text]
        problem = next((text.problem for text in found if text.problem), None)
        lines = _lines(*texts, calendar, around, place)
        if None in lines:
            problem = problem or "not_understood"
        names_holidays = any(text.names_holidays for text in found)
        return cls(*texts, calendar, place, around, problem, names_holidays, _union(lines, around))

    @property
    def readable(self) -> bool:
        """Whether every text given was understood."""
        return self.problem is None

    def judge(self, at: datetime) -> Judgement:
        """The state at an aware moment; unknown before 1900 and after 9990."""
        if not _FIRST_YEAR <= at.year <= _LAST_YEAR:
            return Judgement(State.UNKNOWN, None, None, self.names_holidays, None)
        day, second = at.astimezone(SHANGHAI).date(), int(at.timestamp() // 1)
        table = self._table_for(day, _AHEAD_DAYS)
        position = bisect_right(table.seconds, second) - 1
        level = table.levels[position]
        change = next(
            (later for later in range(position + 1, len(table.levels)) if table.levels[later] != level), None
        )
        next_change = None
        if change is not None and table.seconds[change] - second <= _AHEAD_DAYS * _DAY_SECONDS:
            next_change = datetime.fromtimestamp(table.seconds[change], UTC)
        return Judgement(
            state=_STATES[level],
            until=next_change if level == Level.OPEN else None,
            next_change=next_change,
            calendar_missing=self.names_holidays and _calendar_missing(self.calendar, day),
            staffed=table.staffed[position],
        )

    def intervals(self, start: datetime, days: int = 7) -> list[Interval]:
        """The open and unknown times of `days` (at most 14) from `start` on, cut at both ends."""
        return [
            Interval(_utc(begin), _utc(end), _STATES[level], staffed)
            for begin, end, level, staffed in self._between(start, days)
            if level != Level.CLOSED
        ]

    def boundaries(self, start: datetime, days: int) -> list[tuple[datetime, State]]:
        """`start` with its state, then every change of state within `days` (at most 14)."""
        changes: list[tuple[datetime, State]] = []
        for begin, _, level, _ in self._between(start, days):
            if not changes or changes[-1][1] != _STATES[level]:
                changes.append((_utc(begin), _STATES[level]))
        return changes

    def open_all_night(self, night_of: date) -> State:
        """Whether it is open from 23:00 of `night_of` to 6:00 without a break: closed if it ever closes."""
        start = datetime.combine(night_of, time(23), SHANGHAI)
        return _STATES[min(level for _, _, level, _ in self._between(start, 7 / 24))]

    def _between(self, start: datetime, days: float) -> list[tuple[float, float, Level, bool | None]]:
        if not 0 < days <= _MOST_DAYS:
            raise ValueError(f"days must be over 0 and at most {_MOST_DAYS}")
        first = start.timestamp()
        last = first + days * _DAY_SECONDS
        table = _NOTHING_KNOWN
        if _FIRST_YEAR <= start.year <= _LAST_YEAR:
            table = self._table_for(start.astimezone(SHANGHAI).date(), days)
        ends = (*table.seconds[1:], inf)
        return [
            (max(begin, first), min(end, last), level, staffed)
            for begin, end, level, staffed in zip(
                table.seconds, ends, table.levels, table.staffed, strict=True
            )
            if begin < last and first < end
        ]

    def _table_for(self, day: date, days: float) -> _Table:
        offset = (day - self.around).days
        if offset > -_DAYS_BEFORE and offset + days + 1 <= WINDOW_DAYS - _DAYS_BEFORE:
            return self._table
        texts = self.staffed_text, self.unattended_text
        return _union(_lines(*texts, self.calendar, day, self.place), day)


_Line = list[Piece] | None
"""None where a text cannot be read."""
_ALWAYS_UNKNOWN: Final[list[Piece]] = [(0, Level.UNKNOWN)]
_NEVER: Final[list[Piece]] = [(0, Level.CLOSED)]


def _lines(
    staffed: str | None, unattended: str | None, calendar: Calendar, around: date, place: Place | None
) -> tuple[_Line, _Line]:
    """Missing staffed hours are unknown throughout, missing unattended hours closed."""
    return (
        _line(staffed, calendar, around, place) if staffed else _ALWAYS_UNKNOWN,
        _line(unattended, calendar, around, place) if unattended else _NEVER,
    )


def _line(text: str, calendar: Calendar, around: date, place: Place | None) -> _Line:
    found = read(text)
    if found.problem is not None:
        return None
    try:
        return timeline(found.rules, calendar, around - timedelta(days=_DAYS_BEFORE), place)
    except (NotUnderstoodError, OverflowError):
        return None


def _union(lines: tuple[_Line, _Line], around: date) -> _Table:
    """Both lines as one; a change of staff without a change of level is a boundary too."""
    staffed, unattended = (_ALWAYS_UNKNOWN if line is None else line for line in lines)
    first = datetime.combine(around - timedelta(days=_DAYS_BEFORE), time(), SHANGHAI)
    origin = int(first.timestamp())
    if unattended == _NEVER:  # by far the commonest, and then the line itself is the union
        return _Table(
            tuple(origin + minute * 60 for minute, _ in staffed),
            tuple(level for _, level in staffed),
            tuple(_STAFFED[level] for _, level in staffed),
        )
    seconds: list[int] = []
    levels: list[Level] = []
    with_staff: list[bool | None] = []
    for minute, (by_staff, alone) in moments((staffed, unattended)):
        level, is_staffed = max(by_staff, alone), _STAFFED[by_staff]
        if not levels or levels[-1] != level or with_staff[-1] != is_staffed:
            seconds.append(origin + minute * 60)
            levels.append(level)
            with_staff.append(is_staffed)
    return _Table(tuple(seconds), tuple(levels), tuple(with_staff))


@lru_cache(maxsize=64)
def _calendar_missing(calendar: Calendar, day: date) -> bool:
    return calendar.missing(day) or calendar.unsettled(day)


def _utc(second: float) -> datetime:
    return datetime.fromtimestamp(min(second, _END_OF_TIME), UTC)
