"""When places are open, as arrays: one row for each distinct pair of opening hours in the catalogue.

A request compares numbers; texts are read when the snapshot is made, off the event loop. The table covers ten
days; moments outside it (a far `at`, a very long way) are judged text by text.
"""

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import orjson

from app.kit.hours import Calendar, Schedule, State, follows_the_sun
from app.stations.snapshot.blocks import Marks

Openness = Literal["any", "possible", "certain"]
Seconds = npt.NDArray[np.int64]

ZONE = ZoneInfo("Asia/Shanghai")
ZONE_S = 8 * 3600
DAYS = 10
_NEVER = np.iinfo(np.int64).max
CLOSED, UNKNOWN, OPEN = range(3)
_CODES = {State.CLOSED: CLOSED, State.UNKNOWN: UNKNOWN, State.OPEN: OPEN}
LEAST: dict[Openness, int] = {"any": CLOSED, "possible": UNKNOWN, "certain": OPEN}


HoursKey = tuple[str | None, str | None, tuple[float, float] | None]
"""Opening hours, unattended hours, and the place where the sun rises if they name the sun."""


def hours_key(opening: str | None, unattended: str | None, lat: float, lon: float) -> HoursKey:
    """What two places must share to be open alike; for the sun 0.1° (24 seconds) is near enough."""
    sunny = follows_the_sun(opening) or follows_the_sun(unattended)
    return opening, unattended, (round(lat, 1), round(lon, 1)) if sunny else None


@dataclass(frozen=True, slots=True)
class Allowed:
    """Which rows of the timetable pass; equal keys mean equal marks."""

    key: tuple[object, ...]
    marks: Marks


@dataclass(slots=True)
class Timetable:
    """States of n distinct hours: `states[h, j]` holds from `times[h, j]` until `times[h, j + 1]`."""

    calendar: Calendar
    keys: tuple[HoursKey, ...]
    schedules: tuple[Schedule, ...]
    begin_s: int
    times: Seconds
    states: npt.NDArray[np.uint8]
    moments: Sequence[int]
    """Every time of the table, once, rising."""
    _allowed: dict[tuple[object, ...], Allowed] = field(default_factory=dict)
    _spoken: dict[int, tuple[int, bytes]] = field(default_factory=dict)

    @property
    def end_s(self) -> int:
        """The first second that the table does not cover."""
        return self.begin_s + DAYS * 86400

    def covers(self, at_s: float) -> bool:
        """Whether the table tells about that moment."""
        return self.begin_s <= at_s < self.end_s

    def is_of_day(self, at_s: float) -> bool:
        """Whether it was made for the day of that moment."""
        return self.begin_s + 86400 <= at_s < self.begin_s + 2 * 86400

    def states_at(self, hours: npt.NDArray[np.int32], at_s: npt.NDArray[np.float64]) -> npt.NDArray[np.uint8]:
        """The state of each of m rows at its own moment, 0 closed, 1 unknown, 2 open."""
        spell = (self.times[hours] <= at_s[:, None]).sum(axis=1) - 1
        found: npt.NDArray[np.uint8] = self.states[hours, np.maximum(spell, 0)]
        far = np.flatnonzero((at_s < self.begin_s) | (at_s >= self.end_s))
        if len(far):
            found[far] = self._far_states(hours[far], at_s[far])
        return found

    def _far_states(
        self, hours: npt.NDArray[np.int32], at_s: npt.NDArray[np.float64]
    ) -> npt.NDArray[np.uint8]:
        """Outside the table each text is read once for each day that is asked about."""
        found = np.empty(len(hours), np.uint8)
        day = ((at_s + ZONE_S) // 86400).astype(np.int64)
        groups, members = np.unique(np.stack((hours, day)), axis=1, return_inverse=True)
        in_group = np.argsort(members, kind="stable")
        ends = np.cumsum(np.bincount(members))
        for (row, day_), inside in zip(groups.T.tolist(), np.split(in_group, ends[:-1]), strict=True):
            begin = _moment(day_ * 86400 - ZONE_S)
            spells = self._schedule(row, begin.timestamp()).boundaries(begin, 1)
            times = [moment.timestamp() for moment, _ in spells]
            states = np.array([_CODES[state] for _, state in spells], np.uint8)
            found[inside] = states[np.searchsorted(times, at_s[inside], side="right") - 1]
        return found

    def _schedule(self, row: int, at_s: float) -> Schedule:
        """The row's hours, compiled for that moment."""
        if self.covers(at_s):
            return self.schedules[row]
        return schedule(self.keys[row], self.calendar, _moment(at_s).astimezone(ZONE).date())

    def allowed(self, openness: Openness, at_s: float, night: date | None) -> Allowed | None:
        """Which hours pass at that moment (and through that night); None when all do."""
        if openness == "any" and night is None:
            return None
        key = (openness, self._epoch(at_s), night)
        if (known := self._allowed.get(key)) is None:
            marks = self._marks(at_s) >= LEAST[openness]
            if night is not None:
                marks &= self._through(night)
            if len(self._allowed) > 32:
                self._allowed.clear()
            known = self._allowed[key] = Allowed(key, marks)
        return known

    def _epoch(self, at_s: float) -> tuple[str, int]:
        if not self.covers(at_s):
            return "minute", int(at_s // 60)
        return "since", self.moments[bisect_right(self.moments, at_s) - 1]

    def _marks(self, at_s: float) -> npt.NDArray[np.uint8]:
        everyone = np.arange(len(self.schedules), dtype=np.int32)
        return self.states_at(everyone, np.full(len(everyone), at_s))

    def _through(self, night: date) -> Marks:
        """Whether each is certainly open from 23:00 of that date until 06:00."""
        begin = datetime(night.year, night.month, night.day, 23, tzinfo=ZONE).timestamp()
        end = begin + 7 * 3600
        if not (self.covers(begin) and self.covers(end)):
            compiled = (schedule(key, self.calendar, night) for key in self.keys)
            return np.array([each.open_all_night(night) == State.OPEN for each in compiled], bool)
        inside = (self.times > begin) & (self.times < end) & (self.states != OPEN)
        through: Marks = (self._marks(begin) == OPEN) & ~inside.any(axis=1)
        return through

    def openings(self, rows: Sequence[int], at_s: float) -> list[bytes]:
        """The JSON of `opening` (OpeningOut) of each row at that moment; nothing changes inside a minute."""
        minute, spoken, openings = int(at_s // 60), self._spoken, []
        for row in rows:
            kept = spoken.get(row)
            if kept is None or kept[0] != minute:
                kept = spoken[row] = minute, self._say(row, at_s)
            openings.append(kept[1])
        return openings

    def closes_within(self, row: int, at_s: float, seconds: float) -> bool:
        """Whether it is open at that moment and closes so soon after."""
        until = self._schedule(row, at_s).judge(_moment(at_s)).until
        return until is not None and until.timestamp() <= at_s + seconds

    def _say(self, row: int, at_s: float) -> bytes:
        judged = self._schedule(row, at_s).judge(_moment(at_s))
        opening = {
            "state": judged.state,
            "until": judged.until,
            "next_change": judged.next_change,
            "text": self.keys[row][0],
            "staffed": judged.staffed,
            "calendar_missing": judged.calendar_missing,
        }
        return orjson.dumps(opening, option=orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS)


def make_timetable(
    keys: Sequence[HoursKey], calendar: Calendar, at_s: float, older: Timetable | None = None
) -> Timetable:
    """The table for ten days from the one before `at_s`.

    What `older` holds is taken over where it is of the same days; its keys must be the first of `keys`.
    """
    today = _moment(at_s).astimezone(ZONE).date()
    yesterday = today - timedelta(days=1)
    begin = datetime(yesterday.year, yesterday.month, yesterday.day, tzinfo=ZONE)
    known = older.schedules if older is not None and older.begin_s == begin.timestamp() else ()
    schedules = known + tuple(schedule(key, calendar, today) for key in keys[len(known) :])
    spells = [compiled.boundaries(begin, DAYS) for compiled in schedules]
    times = np.full((len(spells), max(map(len, spells), default=1)), _NEVER)
    states = np.zeros(times.shape, np.uint8)
    for row, spell in enumerate(spells):
        times[row, : len(spell)] = [int(moment.timestamp()) for moment, _ in spell]
        states[row, : len(spell)] = [_CODES[state] for _, state in spell]
    begin_s = int(begin.timestamp())
    moments = array("q", np.unique(np.append(times, begin_s)).tobytes())
    return Timetable(calendar, tuple(keys), schedules, begin_s, times, states, moments)


@lru_cache(maxsize=4096)
def schedule(key: HoursKey, calendar: Calendar, around: date) -> Schedule:
    """The hours compiled for the days around that date; places of equal hours share the work."""
    opening, unattended, place = key
    return Schedule.parse(opening, unattended, calendar, around, place)


def night_of(at: datetime) -> date:
    """The date on which the night begins that `at` lies in, or the coming one."""
    local = at.astimezone(ZONE)
    return (local - timedelta(days=1)).date() if local.hour < 6 else local.date()


def _moment(at_s: float) -> datetime:
    return datetime.fromtimestamp(at_s, UTC)
