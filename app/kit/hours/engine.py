"""The only door to opening-hours-py: days a selector names, sun times, the canonical form; never raises.

The engine reads the grammar; what follows from rules (overnight, holidays, open ends, fallbacks) is
put together in `rules`, because the engine cuts a night short when the next day has a rule of its own,
knows no Chinese make-up days and takes open ends and `||` for closed.
"""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours
from opening_hours import State as EngineState

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
WINDOW_DAYS: Final = 20
# Without it a search for a change runs to the year 9999: 0.6 s for one string.
_LONGEST_SEARCH_DAYS: Final = 366
_GLUED_YEAR: Final = re.compile(r"(\d{4})([A-Z])")
_NOMINAL_MINUTE: Final = {"dawn": 360, "sunrise": 420, "sunset": 1140, "dusk": 1200}

Place = tuple[float, float]
"""(latitude, longitude) in degrees."""


def canonical(text: str) -> str | None:
    """The expression as the engine writes it, or None when it is not in the grammar."""
    compiled = _compile(text, None)
    # It writes `2026Mar` for the month and reads that as its first day.
    return None if compiled is None else _GLUED_YEAR.sub(r"\1 \2", str(compiled))


@lru_cache(maxsize=8192)
def days_named(selector: str, first: date) -> int | None:
    """Bit i is set when `selector` (no times) names day `first` + i of the window; None if unreadable."""
    if selector in ("", "24/7"):
        return (1 << WINDOW_DAYS) - 1
    days = 0
    spans = _open_spans(selector, first, None)
    if spans is None:
        return None
    origin = datetime.combine(first, datetime.min.time())
    for start, end in spans:
        days |= ((1 << (end - origin).days) - 1) & ~((1 << (start - origin).days) - 1)
    return days


@lru_cache(maxsize=8192)
def sun_minutes(event: str, first: date, place: Place | None) -> tuple[int, ...]:
    """Minute of the day of dawn, sunrise, sunset or dusk on each day of the window.

    Without a place, and where the sun does not rise or set, the nominal 6, 7, 19 and 20 o'clock.
    """
    minutes = [_NOMINAL_MINUTE[event]] * WINDOW_DAYS
    if place is not None:
        origin = datetime.combine(first, datetime.min.time())
        for start, _ in _open_spans(f"{event}-24:00", first, place) or ():
            minutes[(start - origin).days] = start.hour * 60 + start.minute
    return tuple(minutes)


def _compile(text: str, place: Place | None) -> OpeningHours | None:
    try:
        return OpeningHours(
            text,
            timezone=SHANGHAI,
            coords=place,
            auto_country=False,
            max_interval_days=_LONGEST_SEARCH_DAYS,
        )
    except BaseException as error:
        _reraise_if_ours(error)
        return None


def _open_spans(text: str, first: date, place: Place | None) -> list[tuple[datetime, datetime]] | None:
    """Open spans in local time within the window, or None when the engine fails."""
    compiled = _compile(text, place)
    if compiled is None:
        return None
    try:
        start = datetime.combine(first, datetime.min.time())
        spans = compiled.intervals(start, start + timedelta(days=WINDOW_DAYS))
        return [
            (begin.replace(tzinfo=None), end.replace(tzinfo=None))
            for begin, end, state, _ in spans
            if state == EngineState.OPEN and end is not None
        ]
    except BaseException as error:
        _reraise_if_ours(error)
        return None


def _reraise_if_ours(error: BaseException) -> None:
    """A Rust panic is a BaseException: whatever is not the interpreter's own wish to stop is a bad string."""
    if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit | MemoryError):
        raise error
