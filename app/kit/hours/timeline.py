"""From rules to one line of time: what is open, unknown and closed over a window of days.

A night belongs to the day on which it begins: `Fr 22:00-06:00; Sa off` is open until Saturday 06:00,
and `22:00-06:00; PH off` stays closed in the night that follows the holiday. Hours that a rule closes
(`02:00-03:00 off`) are closed by the clock, whichever day's night they fall into. A fallback (`||`)
holds at the moments at which the rules before it leave the place closed.

Holidays, for expressions that name PH or SH:

- A day off by the year's notice is PH. Rules naming its weekday hold as well, in the order written,
  but once a rule naming PH has spoken, only rules that name PH or single days can overrule it:
  `PH off; Mo-Fr 09:00-17:00` is closed on holidays, as its writer meant.
- A make-up Saturday takes the hours of Friday, a make-up Sunday those of Monday.
- A day whose notice is not known yet is judged as each kind of day it could become: what these agree
  on counts, where they differ it is unknown.
- SH (school holidays) has no calendar at all: judged with and without, likewise.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal

from app.kit.hours.calendar import Calendar
from app.kit.hours.engine import WINDOW_DAYS, Place, days_named, sun_minutes
from app.kit.hours.rules import MIDNIGHT, Level, NotUnderstoodError, Rule, Span, spans_of

Piece = tuple[int, Level]
"""A minute counted from the window's first midnight, and the level that begins there."""

_Reading = Literal["ordinary", "off", "worked"]
_FRIDAY: Final = 4


@dataclass(frozen=True, slots=True)
class _Days:
    """One reading of the window's days, as masks: bit i stands for day i."""

    weekdays: tuple[int, ...]
    """By weekday, Monday first; a make-up day counts as the working day beside it."""
    off: tuple[tuple[int, int], ...]
    """(offset, mask): the days that lie so many days after a day off."""
    school: int


@dataclass(frozen=True, slots=True)
class _Placed:
    """A rule within the window: the days its dates name and its spans on each day."""

    rule: Rule
    dates: int
    only_engine: int
    spans: tuple[list[Span], ...]


def timeline(rules: Sequence[Rule], calendar: Calendar, first: date, place: Place | None) -> list[Piece]:
    """Levels from the midnight that begins `first`, over the window; good from its second day on.

    Raises NotUnderstoodError when the engine cannot judge a selector.
    """
    placed = [_place(rule, first, place) for rule in rules]
    bound = [rule.weekdays for rule in rules if rule.weekdays is not None]
    offsets = tuple(sorted({offset for part in bound for offset in part.holidays}))
    readings = _readings(calendar, first, bool(bound), offsets, any(part.school for part in bound))
    return agreed([_flatten(_paint(placed, days)) for days in readings])


def agreed(lines: Sequence[list[Piece]]) -> list[Piece]:
    """What all the lines say; unknown where they differ."""
    if all(line == lines[0] for line in lines):
        return lines[0]
    pieces: list[Piece] = []
    for minute, levels in moments(lines):
        level = levels[0] if len(set(levels)) == 1 else Level.UNKNOWN
        if not pieces or pieces[-1][1] != level:
            pieces.append((minute, level))
    return pieces


def moments(lines: Sequence[list[Piece]]) -> Iterator[tuple[int, list[Level]]]:
    """Every minute at which one of the lines changes, with the level of each from there on."""
    at = [0] * len(lines)
    for minute in sorted({minute for line in lines for minute, _ in line}):
        for which, line in enumerate(lines):
            if at[which] + 1 < len(line) and line[at[which] + 1][0] == minute:
                at[which] += 1
        yield minute, [line[position][1] for line, position in zip(lines, at, strict=True)]


def _place(rule: Rule, first: date, place: Place | None) -> _Placed:
    only_engine = _mask(rule.weekdays.engine, first) if rule.weekdays and rule.weekdays.engine else 0
    events = {point.event for times in rule.times for point in (times.start, times.end) if point} - {None}
    if not events:
        spans: tuple[list[Span], ...] = (spans_of(rule, {}),) * WINDOW_DAYS
    else:
        sun = {event: sun_minutes(event, first, place) for event in events if event}
        spans = tuple(
            spans_of(rule, {event: minutes[day] for event, minutes in sun.items()})
            for day in range(WINDOW_DAYS)
        )
    return _Placed(rule, _mask(rule.dates, first), only_engine, spans)


def _mask(selector: str, first: date) -> int:
    days = days_named(selector, first)
    if days is None:
        raise NotUnderstoodError(selector)
    return days


@lru_cache(maxsize=256)
def _readings(
    calendar: Calendar, first: date, bound: bool, offsets: tuple[int, ...], school: bool
) -> tuple[_Days, ...]:
    """Every way to see the window's days: more than one only for unsettled days and for SH."""
    window = [first + timedelta(days=day) for day in range(WINDOW_DAYS)]
    reach = window + [day - timedelta(days=offset) for offset in offsets for day in window]
    unsettled = bound and any(calendar.unsettled(day) for day in reach)
    kinds: tuple[_Reading, ...] = ("ordinary", "off", "worked") if unsettled else ("ordinary",)
    return tuple(
        _read(calendar, window, offsets, kind, (1 << WINDOW_DAYS) - 1 if in_school_holidays else 0)
        for kind in kinds
        for in_school_holidays in ((False, True) if school else (False,))
    )


def _read(
    calendar: Calendar, window: list[date], offsets: tuple[int, ...], unsettled_as: _Reading, school: int
) -> _Days:
    def kind(day: date) -> _Reading:
        if day in calendar.off:
            return "off"
        if day in calendar.work:
            return "worked"
        return unsettled_as if unsettled_as != "ordinary" and calendar.unsettled(day) else "ordinary"

    def weekday(day: date) -> int:
        weekday = day.weekday()
        return weekday if weekday <= _FRIDAY or kind(day) != "worked" else _FRIDAY if weekday == 5 else 0

    weekdays = tuple(_bits(weekday(day) == index for day in window) for index in range(7))
    off = tuple(
        (offset, _bits(kind(day - timedelta(days=offset)) == "off" for day in window)) for offset in offsets
    )
    return _Days(weekdays, off, school)


def _bits(flags: Iterable[bool]) -> int:
    return sum(1 << index for index, flag in enumerate(flags) if flag)


def _paint(placed: Sequence[_Placed], days: _Days) -> list[list[Span]]:
    """The spans that begin on each day, painted rule after rule."""
    painted: list[list[Span]] = [[] for _ in range(WINDOW_DAYS)]
    barred: list[list[Span]] = [[] for _ in range(WINDOW_DAYS)]
    claimed = 0
    for item in placed:
        rule, named = item.rule, item.dates
        by_holiday = 0
        if rule.weekdays is not None:
            part = rule.weekdays
            by_holiday = named & _any(mask for offset, mask in days.off if offset in part.holidays)
            by_weekday = _any(days.weekdays[day] for day in part.plain) | item.only_engine
            named &= by_holiday | by_weekday | (days.school if part.school else 0)
        if not rule.names_single_days:
            named &= ~claimed | by_holiday
        claimed |= by_holiday
        for day in range(WINDOW_DAYS):
            if named >> day & 1:
                _apply(rule, item.spans[day], day, painted, barred)
    return painted


def _any(masks: Iterable[int]) -> int:
    result = 0
    for mask in masks:
        result |= mask
    return result


def _apply(
    rule: Rule, spans: list[Span], day: int, painted: list[list[Span]], barred: list[list[Span]]
) -> None:
    """One rule on one of its days. `barred` holds what a fallback closed, so that no later one opens it."""
    if rule.joined == "||":
        free = spans
        for other in range(max(0, day - 1), min(WINDOW_DAYS, day + 2)):
            for taken in painted[other] + barred[other]:
                free = _without(free, taken, (other - day) * MIDNIGHT)
        (painted if rule.level else barred)[day].extend(free)
        return
    if rule.joined == ";" and (rule.level or not rule.times):
        painted[day] = []
    elif rule.joined == "," or rule.level == Level.CLOSED:
        for other in range(max(0, day - 1), min(WINDOW_DAYS, day + 2)):
            for taken in spans:
                painted[other] = _without(painted[other], taken, (day - other) * MIDNIGHT)
    if rule.level:
        painted[day] = painted[day] + spans


def _without(spans: list[Span], taken: Span, shift: int) -> list[Span]:
    """`spans` less the time of `taken`, whose minutes count from `shift` minutes later."""
    begin, finish = taken[0] + shift, taken[1] + shift
    if not any(start < finish and begin < end for start, end, _ in spans):
        return spans
    left: list[Span] = []
    for start, end, level in spans:
        if start < min(end, begin):
            left.append((start, min(end, begin), level))
        if max(start, finish) < end:
            left.append((max(start, finish), end, level))
    return left


_WEIGHT: Final = {Level.UNKNOWN: 1, Level.OPEN: 1 << 20}
"""So that one number counts both: no text of 500 characters makes a million spans that overlap."""


def _flatten(painted: list[list[Span]]) -> list[Piece]:
    """One level at every moment, the highest where spans meet."""
    changes: dict[int, int] = {0: 0}
    for day, spans in enumerate(painted):
        midnight = day * MIDNIGHT
        for start, end, level in spans:
            weight = _WEIGHT[level]
            changes[midnight + start] = changes.get(midnight + start, 0) + weight
            changes[midnight + end] = changes.get(midnight + end, 0) - weight
    pieces: list[Piece] = []
    covering = 0
    for minute in sorted(changes):
        covering += changes[minute]
        level = Level.OPEN if covering >= _WEIGHT[Level.OPEN] else Level.UNKNOWN if covering else Level.CLOSED
        if not pieces or pieces[-1][1] != level:
            pieces.append((minute, level))
    return pieces
