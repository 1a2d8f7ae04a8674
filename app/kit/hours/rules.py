"""One rule of an expression: which days it names, at which minutes, open, unknown or closed.

`split` takes the canonical form apart, where a rule is `[days] [times] [modifier] ["comment"]`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, Literal

MIDNIGHT: Final = 24 * 60
_MORNING: Final = MIDNIGHT + 6 * 60


class Level(IntEnum):
    """What a span says; where two days' spans meet the higher level counts."""

    CLOSED = 0
    UNKNOWN = 1
    OPEN = 2


@dataclass(frozen=True, slots=True)
class Point:
    """A minute of the day, or an event of the sun with an offset in minutes."""

    minute: int
    event: str | None = None


@dataclass(frozen=True, slots=True)
class Times:
    """From one point to another; `open_end` when nobody says when it ends (`end` None: from the start on)."""

    start: Point
    end: Point | None
    open_end: bool


@dataclass(frozen=True, slots=True)
class Weekdays:
    """The weekday part of a rule of a string that names PH or SH."""

    plain: frozenset[int]
    holidays: tuple[int, ...]
    """Offsets in days of each PH: 0 is the holiday itself, -1 the day before."""
    school: bool
    engine: str
    """What only the engine can judge (`Mo[1]`), as a selector with the dates before it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`dates` is the selector the engine judges; `weekdays` is None where no weekday part was taken out."""

    joined: Literal[";", ",", "||"]
    dates: str
    weekdays: Weekdays | None
    times: tuple[Times, ...]
    level: Level

    @property
    def names_single_days(self) -> bool:
        """Whether it names a year or days of one month (`Dec 24-Dec 26`), not a season or weekdays alone."""
        items = re.sub(r"week[\d,/-]+|\[[^\]]*\]", "", self.dates).split(",")
        return any(
            "easter" in item
            or _YEAR.search(item) is not None
            or (_DIGIT.search(item) is not None and len(set(_MONTH.findall(item))) < 2)
            for item in items
        )


_YEAR: Final = re.compile(r"\d{4}")
_DIGIT: Final = re.compile(r"\d")
_MONTH: Final = re.compile("Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec")
_DAY: Final = {name: index for index, name in enumerate(("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"))}
_WD: Final = "(?:Mo|Tu|We|Th|Fr|Sa|Su)"
_ITEM: Final = rf"(?:PH|SH|{_WD}(?:-{_WD}|\[[\d,-]+\])?)(?: [+-]\d+ days?)?"
_SEASON_END: Final = re.compile(rf"-(?:\d{{4}} )?(?:{_MONTH.pattern})$")
_WEEKDAYS: Final = re.compile(rf"(?:^| )({_ITEM}(?:,{_ITEM})*)$")
_RULE: Final = re.compile(
    r"(?P<body>.*?)(?: ?(?P<modifier>closed|unknown|open))?(?: ?\"(?P<comment>[^\"]*)\")?$", re.DOTALL
)
_EVENT: Final = "(?:dawn|sunrise|sunset|dusk)"
_POINT: Final = rf"(?:\d\d:\d\d|{_EVENT}|\({_EVENT}[+-]\d\d:\d\d\))"
_SPAN: Final = rf"(?:({_POINT})(?:-({_POINT}))?(\+)?(?:/[\d:]+)?)"
_TIMES: Final = re.compile(rf"(?:^| )({_SPAN}(?:,{_SPAN})*)$")
_SEPARATOR: Final = re.compile(r'("[^"]*")|(; | \|\| |, )')


class NotUnderstoodError(ValueError):
    """The canonical form holds something this reader does not know."""


def split(canonical: str) -> list[Rule]:
    """The rules of a canonical expression. Raises NotUnderstoodError."""
    named = re.sub(r'"[^"]*"', "", canonical)
    calendar_bound = re.search(r"\b(PH|SH)\b", named) is not None
    return [_rule(joined, text, calendar_bound) for joined, text in _pieces(canonical)]


def _pieces(canonical: str) -> Iterator[tuple[Literal[";", ",", "||"], str]]:
    joined: Literal[";", ",", "||"] = ";"
    begin = 0
    for match in _SEPARATOR.finditer(canonical):
        if match[2] is None:
            continue
        yield joined, canonical[begin : match.start()]
        joined = ";" if match[2] == "; " else "," if match[2] == ", " else "||"
        begin = match.end()
    yield joined, canonical[begin:]


def _rule(joined: Literal[";", ",", "||"], text: str, calendar_bound: bool) -> Rule:
    match = _RULE.match(text)
    if match is None:
        raise NotUnderstoodError(text)
    level = {"closed": Level.CLOSED, "unknown": Level.UNKNOWN}.get(match["modifier"] or "", Level.OPEN)
    dates = match["body"].strip()
    found = _TIMES.search(dates)
    spans: tuple[Times, ...] = ()
    if found is not None:
        spans = tuple(_times(*span.groups()) for span in re.finditer(_SPAN, found[1]))
        dates = dates[: found.start()]
    if ":" in dates:
        raise NotUnderstoodError(text)
    weekdays = None
    if calendar_bound:
        part = _WEEKDAYS.search(dates)
        # In `Apr Fr[1]-Oct Fr[-1]` the last word belongs to the season.
        if part is not None and not (_SEASON_END.search(dates[: part.start()]) and "[" in part[1]):
            dates = dates[: part.start()]
            weekdays = _weekdays(part[1], dates)
    return Rule(joined, "" if dates == "24/7" else dates, weekdays, spans, level)


def _times(start: str, end: str | None, plus: str | None) -> Times:
    if end is None and plus is None:
        raise NotUnderstoodError(start)
    return Times(_point(start), None if end is None else _point(end), plus is not None)


def _point(text: str) -> Point:
    event = re.search(_EVENT, text)
    clock = re.search(r"([+-]?)(\d\d):(\d\d)", text)
    minute = 0
    if clock is not None:
        minute = int(clock[2]) * 60 + int(clock[3])
        minute = -minute if clock[1] == "-" else minute
    return Point(minute, None if event is None else event[0])


def _weekdays(text: str, dates: str) -> Weekdays:
    plain: set[int] = set()
    offsets, engine, school = [], [], False
    for item in re.findall(_ITEM, text):
        name, _, shift = item.partition(" ")
        if name == "PH":
            offsets.append(int(shift.split()[0]) if shift else 0)
        elif name == "SH":
            school = True
        elif shift or "[" in name:
            engine.append(item)
        else:
            first, _, last = name.partition("-")
            start, length = _DAY[first], (_DAY[last or first] - _DAY[first]) % 7
            plain.update((start + step) % 7 for step in range(length + 1))
    rest = f"{dates} {','.join(engine)}".strip() if engine else ""
    return Weekdays(frozenset(plain), tuple(offsets), school, rest)


Span = tuple[int, int, Level]
"""From minute to minute, counted from the midnight that begins the opening day."""


def spans_of(rule: Rule, sun: dict[str, int]) -> list[Span]:
    """The rule's spans on a day it names; `sun` gives the minutes of the sun's events on that day.

    An end not after the start lies on the next day. An open end is unknown until midnight; where
    the stated end is past midnight already, until 6 in the morning.
    """
    if not rule.times:
        return [(0, MIDNIGHT, rule.level)]
    spans: list[Span] = []
    for times in rule.times:
        start = _minute(times.start, sun)
        end = start if times.end is None else _minute(times.end, sun)
        if times.end is not None and end <= start:
            end += MIDNIGHT
        if end > start:
            spans.append((start, end, rule.level))
        if times.open_end:
            until = MIDNIGHT if end < MIDNIGHT else _MORNING
            if end < until:
                spans.append((end, until, min(rule.level, Level.UNKNOWN)))
    return spans


def _minute(point: Point, sun: dict[str, int]) -> int:
    return point.minute if point.event is None else max(0, sun[point.event] + point.minute)
