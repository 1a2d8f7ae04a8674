"""Chinese public holidays and 调休 make-up work days, by year; operators add a year by a file."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

import chinese_calendar

NEAR: Final = timedelta(days=9)
"""How far from a statutory holiday days off and make-up days may lie."""


class CalendarFileError(ValueError):
    """A year file cannot be used; the message names the file and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class YearNotice:
    """What the State Council's yearly notice (放假安排) says: days off, weekend days that are worked."""

    year: int
    off: frozenset[date]
    work: frozenset[date]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The published years put together. `off` holds every day of a holiday's span, weekends included."""

    published: frozenset[int]
    off: frozenset[date]
    work: frozenset[date]

    @staticmethod
    def default() -> "Calendar":
        """The years the `chinesecalendar` package knows (2004 to the last one published)."""
        return _packaged()

    @classmethod
    def load(cls, folder: Path) -> "Calendar":
        """The default with every `*.json` year file of `folder` laid over it; no folder is no files.

        Raises CalendarFileError for a file that is not as `read_year_file` wants it.
        """
        return cls.default().with_years(read_year_file(path) for path in sorted(folder.glob("*.json")))

    def with_years(self, notices: Iterable[YearNotice]) -> "Calendar":
        """A calendar in which each notice replaces what was known of its year."""
        published, off, work = set(self.published), set(self.off), set(self.work)
        for notice in notices:
            published.add(notice.year)
            off = {day for day in off if day.year != notice.year} | notice.off
            work = {day for day in work if day.year != notice.year} | notice.work
        return Calendar(frozenset(published), frozenset(off), frozenset(work - off))

    def missing(self, day: date) -> bool:
        """Whether `day` lies in a year whose notice is not known."""
        return day.year not in self.published

    def unsettled(self, day: date) -> bool:
        """Whether `day` may be off or worked by a notice not known yet.

        So it is within nine days of a statutory holiday of an unpublished year: the last days of
        a published December belong to it too, since New Year's notice may move them.
        """
        if day in self.off or day in self.work:
            return False
        return any(
            abs(holiday - day) <= NEAR
            for year in {(day - NEAR).year, (day + NEAR).year} - self.published
            for holiday in statutory(year)
        )


def read_year_file(path: Path) -> YearNotice:
    """Read `{"year": 2027, "off": ["2027-01-01", …], "work": ["2027-02-14", …]}`.

    A day may lie in the year before when it is within nine days of the year's start. Raises
    CalendarFileError.
    """
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        return parse_year(raw)
    except (OSError, ValueError, TypeError, KeyError) as error:
        reason = f"{error} is missing" if isinstance(error, KeyError) else str(error)
        raise CalendarFileError(f"{path.name}: {reason}") from error


def parse_year(raw: Any) -> YearNotice:
    """The same from decoded JSON. Raises ValueError, TypeError or KeyError saying what is wrong."""
    if not isinstance(raw, Mapping) or set(raw) - {"year", "off", "work"}:
        raise ValueError("must be an object with year, off and work alone")
    year = raw["year"]
    if type(year) is not int or not 1949 <= year <= 2200:
        raise ValueError("year must be a whole number from 1949 to 2200")
    off, work = (_days(raw[key], key, year) for key in ("off", "work"))
    if off & work:
        raise ValueError(f"{min(off & work)} stands in both off and work")
    if not off:
        raise ValueError("off must name the year's days off")
    for day in work:
        if day.weekday() < 5:
            raise ValueError(f"work: {day} is no Saturday or Sunday")
    return YearNotice(year, off, work)


def _days(raw: Any, key: str, year: int) -> frozenset[date]:
    if not isinstance(raw, list) or not all(isinstance(item, str) for item in raw):
        raise ValueError(f"{key} must be a list of dates like 2027-01-01")
    days = [date.fromisoformat(item) for item in raw]
    for day in days:
        if not date(year, 1, 1) - NEAR <= day <= date(year, 12, 31):
            raise ValueError(f"{key}: {day} does not belong to {year}")
    if len(set(days)) < len(days):
        raise ValueError(f"{key} names a date twice")
    return frozenset(days)


@cache
def _packaged() -> Calendar:
    off, work = frozenset(chinese_calendar.holidays), frozenset(chinese_calendar.workdays)
    return Calendar(frozenset(day.year for day in off), off, work)


@cache
def statutory(year: int) -> frozenset[date]:
    """The statutory holidays of a year, known by law long before its notice; empty where unknown."""
    # Imported late: 0.3 s and some megabytes that a published year never needs.
    from holidays import country_holidays

    return frozenset(country_holidays("CN", years=year, observed=False))
