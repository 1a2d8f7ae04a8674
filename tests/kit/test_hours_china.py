"""Chinese holidays, 调休 make-up days, years whose notice is not published, operators' year files."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

import holidays
import pytest

from app.kit.hours import Calendar, CalendarFileError, Schedule, State
from app.kit.hours.calendar import parse_year
from app.kit.hours.engine import SHANGHAI

OFFICE: Final = "Mo-Fr 08:30-17:30; Sa 09:00-12:00; PH off"


def judge(text: str, at: str, calendar: Calendar | None = None) -> State:
    moment = datetime.fromisoformat(at).replace(tzinfo=SHANGHAI)
    return Schedule.parse(text, None, calendar or Calendar.default(), moment.date()).judge(moment).state


def open_hours(text: str, day: date, calendar: Calendar | None = None) -> str:
    """What begins on that day, as `08:30-17:30`, with a ? where unknown."""
    start = datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
    spans = Schedule.parse(text, None, calendar or Calendar.default(), day).intervals(start, 1)
    return " ".join(
        f"{span.start.astimezone(SHANGHAI):%H:%M}-{span.end.astimezone(SHANGHAI):%H:%M}"
        + ("?" if span.state == State.UNKNOWN else "")
        for span in spans
    )


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        ("2026-02-13", "08:30-17:30"),
        ("2026-02-14", "08:30-17:30"),  # Saturday, worked
        ("2026-02-15", ""),
        ("2026-02-16", ""),
        ("2026-02-20", ""),
        ("2026-02-21", ""),  # Saturday within the holiday
        ("2026-02-23", ""),
        ("2026-02-24", "08:30-17:30"),
        ("2026-02-28", "08:30-17:30"),  # Saturday, worked
        ("2026-03-01", ""),
        ("2026-03-07", "09:00-12:00"),  # a plain Saturday
        ("2026-09-20", "08:30-17:30"),  # Sunday, worked
        ("2026-10-10", "08:30-17:30"),
    ],
)
def test_an_office_keeps_the_days_of_the_notice_of_2026(day: str, hours: str) -> None:
    assert open_hours(OFFICE, date.fromisoformat(day)) == hours


@pytest.mark.parametrize("day", ["2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"])
def test_the_make_up_days_of_2025_are_worked(day: str) -> None:
    assert open_hours(OFFICE, date.fromisoformat(day)) == "08:30-17:30"


@pytest.mark.parametrize("day", ["2025-01-28", "2025-02-04", "2025-04-04", "2025-05-05", "2025-10-08"])
def test_the_days_off_of_2025_are_off(day: str) -> None:
    assert open_hours(OFFICE, date.fromisoformat(day)) == ""


def test_hours_that_name_no_holiday_are_taken_as_written() -> None:
    assert open_hours("Mo-Fr 08:30-17:30", date(2026, 2, 17)) == "08:30-17:30"
    assert open_hours("Mo-Fr 08:30-17:30", date(2026, 2, 14)) == ""


@pytest.mark.parametrize(
    ("text", "holiday", "plain_tuesday", "make_up_saturday"),
    [
        ("Sa,Su,PH 10:00-16:00", "10:00-16:00", "", ""),
        ("PH,Su off", "", "", ""),
        ("Mo-Fr 09:00-17:00; PH,Su off", "", "09:00-17:00", "09:00-17:00"),
        ("PH off; Mo-Fr 09:00-17:00", "", "09:00-17:00", "09:00-17:00"),
        ("PH off; 09:00-17:00", "", "09:00-17:00", "09:00-17:00"),
        ("PH off; Feb-Mar Mo-Fr 09:00-17:00", "", "09:00-17:00", "09:00-17:00"),
        ("PH off; Mo-Fr 09:00-17:00; 2026 Feb 17 10:00-11:00", "10:00-11:00", "09:00-17:00", "09:00-17:00"),
        ("PH off; Mo-Fr 09:00-17:00; Feb 16-18 10:00-11:00", "10:00-11:00", "09:00-17:00", "09:00-17:00"),
        ("Mo-Su,PH 00:00-24:00", "00:00-00:00", "00:00-00:00", "00:00-00:00"),
        ("24/7; PH off", "", "00:00-00:00", "00:00-00:00"),
        ("Mo-Fr 09:00-17:00; PH 10:00-12:00", "10:00-12:00", "09:00-17:00", "09:00-17:00"),
        ("Mo-Fr 09:00-12:00, PH 14:00-16:00", "09:00-12:00 14:00-16:00", "09:00-12:00", "09:00-12:00"),
        ("Mo-Th 09:00-17:00; Fr 09:00-15:00; PH off", "", "09:00-17:00", "09:00-15:00"),
        ("Mo-Fr 09:00-17:00; PH unknown", "00:00-00:00?", "09:00-17:00", "09:00-17:00"),
        ('Mo-Fr 09:00-17:00; PH "ring"', "00:00-00:00?", "09:00-17:00", "09:00-17:00"),
        ("Jul-Aug PH off; Mo-Su 09:00-17:00", "09:00-17:00", "09:00-17:00", "09:00-17:00"),
        ("PH -1 day 10:00-12:00; PH off", "", "", "10:00-12:00"),
        ("工作日 9:00-17:00", "", "09:00-17:00", "09:00-17:00"),
        ("周一至周五 9:00-17:00，法定节假日 10:00-12:00", "10:00-12:00", "09:00-17:00", "09:00-17:00"),
    ],
)
def test_each_way_to_name_holidays_is_understood(
    text: str, holiday: str, plain_tuesday: str, make_up_saturday: str
) -> None:
    days = (date(2026, 2, 17), date(2026, 3, 3), date(2026, 2, 14))
    assert tuple(open_hours(text, day) for day in days) == (holiday, plain_tuesday, make_up_saturday)


def test_a_season_with_counted_weekdays_is_read_beside_holidays() -> None:
    text = "Apr Fr[1]-Oct Fr[-1] Mo-Th 07:30-14:00; Apr Fr[1]-Oct Fr[-1] PH,Fr-Su 10:00-18:00"
    assert open_hours(text, date(2026, 4, 29)) == "07:30-14:00"
    assert open_hours(text, date(2026, 5, 4)) == "10:00-18:00"
    assert open_hours(text, date(2026, 3, 31)) == ""
    assert open_hours("Apr Fr[1]-Oct Fr[-1] 10:00-18:00; PH off", date(2026, 4, 29)) == "10:00-18:00"


def test_the_night_that_begins_on_a_holiday_is_off_and_the_one_before_runs_out() -> None:
    text = "22:00-06:00; PH off"
    assert judge(text, "2026-02-15 03:00") == State.OPEN  # the night of Saturday the 14th
    assert judge(text, "2026-02-15 23:00") == State.CLOSED
    assert judge(text, "2026-02-16 03:00") == State.CLOSED
    assert judge(text, "2026-02-24 03:00") == State.CLOSED
    assert judge(text, "2026-02-24 23:00") == State.OPEN


def test_school_holidays_are_judged_both_ways_since_no_calendar_of_them_exists() -> None:
    assert open_hours("Mo-Fr 09:00-17:00; SH off", date(2026, 3, 3)) == "09:00-17:00?"
    assert open_hours("Mo-Fr 09:00-17:00; SH 09:00-12:00", date(2026, 3, 3)) == "09:00-12:00 12:00-17:00?"


def test_before_the_notice_only_days_near_a_statutory_holiday_are_unknown() -> None:
    # In 2027 New Year's Eve is on 5 February, 清明 on 5 April.
    assert judge(OFFICE, "2027-01-26 12:00") == State.OPEN
    assert judge(OFFICE, "2027-01-27 12:00") == State.UNKNOWN
    assert judge(OFFICE, "2027-02-08 12:00") == State.UNKNOWN
    assert judge(OFFICE, "2027-03-03 12:00") == State.OPEN
    assert judge(OFFICE, "2027-03-03 20:00") == State.CLOSED
    assert judge(OFFICE, "2027-02-08 03:00") == State.CLOSED  # whatever the notice will say


def test_the_end_of_a_published_year_waits_for_the_notice_of_the_next() -> None:
    assert judge(OFFICE, "2026-12-22 12:00") == State.OPEN
    assert judge(OFFICE, "2026-12-24 12:00") == State.UNKNOWN


def test_a_missing_calendar_is_said_only_where_it_matters() -> None:
    def missing(text: str, at: str) -> bool:
        moment = datetime.fromisoformat(at).replace(tzinfo=SHANGHAI)
        return Schedule.parse(text, None, Calendar.default(), moment.date()).judge(moment).calendar_missing

    assert missing(OFFICE, "2027-03-03 12:00")
    assert missing(OFFICE, "2026-12-28 12:00")
    assert not missing(OFFICE, "2026-11-24 12:00")
    assert not missing("Mo-Fr 08:30-17:30", "2027-03-03 12:00")


def test_what_no_notice_can_change_is_known_before_it() -> None:
    for day in (date(2027, 2, 6), date(2027, 2, 8), date(2027, 5, 1)):
        assert open_hours("Mo-Su,PH 00:00-24:00", day) == "00:00-00:00"
        assert open_hours("Mo-Sa 09:00-18:00; Su,PH 09:00-18:00", day) == "09:00-18:00"


YEAR_2027: Final = {"year": 2027, "off": ["2027-01-01", "2027-02-05", "2027-02-06"], "work": ["2027-01-30"]}


def test_an_operators_year_file_settles_the_year(tmp_path: Path) -> None:
    (tmp_path / "2027.json").write_text(json.dumps(YEAR_2027), encoding="utf-8")
    calendar = Calendar.load(tmp_path)
    assert 2027 in calendar.published
    assert judge(OFFICE, "2027-02-05 12:00", calendar) == State.CLOSED
    assert judge(OFFICE, "2027-01-30 15:00", calendar) == State.OPEN
    assert judge(OFFICE, "2027-02-08 12:00", calendar) == State.OPEN
    assert judge(OFFICE, "2026-12-28 12:00", calendar) == State.OPEN


def test_an_operators_year_replaces_the_packages() -> None:
    calendar = Calendar.default().with_years([parse_year({"year": 2026, "off": ["2026-01-01"], "work": []})])
    assert judge(OFFICE, "2026-02-17 12:00", calendar) == State.OPEN
    assert date(2025, 10, 1) in calendar.off


def test_a_folder_that_is_not_there_is_no_files(tmp_path: Path) -> None:
    assert Calendar.load(tmp_path / "none") == Calendar.default()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", "2027.json: Expecting"),
        ("[]", "must be an object"),
        ('{"off": [], "work": []}', "'year' is missing"),
        ('{"year": "2027", "off": ["2027-01-01"], "work": []}', "whole number"),
        ('{"year": true, "off": ["2027-01-01"], "work": []}', "whole number"),
        ('{"year": 2027, "off": [], "work": []}', "off must name"),
        ('{"year": 2027, "off": ["2027-13-01"], "work": []}', "month must be in"),
        ('{"year": 2027, "off": [20270101], "work": []}', "list of dates"),
        ('{"year": 2027, "off": ["2026-10-01"], "work": []}', "does not belong to 2027"),
        ('{"year": 2027, "off": ["2027-01-01", "2027-01-01"], "work": []}', "names a date twice"),
        ('{"year": 2027, "off": ["2027-01-02"], "work": ["2027-01-02"]}', "both off and work"),
        ('{"year": 2027, "off": ["2027-01-01"], "work": ["2027-01-04"]}', "no Saturday or Sunday"),
        ('{"year": 2027, "off": ["2027-01-01"], "work": [], "offf": []}', "year, off and work alone"),
    ],
)
def test_a_bad_year_file_is_refused_with_its_name_and_reason(
    tmp_path: Path, content: str, reason: str
) -> None:
    (tmp_path / "2027.json").write_text(content, encoding="utf-8")
    with pytest.raises(CalendarFileError, match=r"2027\.json") as refused:
        Calendar.load(tmp_path)
    assert reason in str(refused.value)


@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026])
def test_two_independent_packages_agree_on_days_off_and_make_up_days(year: int) -> None:
    ours, theirs = Calendar.default(), holidays.country_holidays("CN", years=year)
    work = {day for day in ours.work if day.year == year}
    assert work == {day for day in theirs.weekend_workdays if day.year == year}
    off = {day for day in ours.off if day.year == year}
    # `holidays` names no weekend day that is off as a mere part of a holiday's span.
    assert {day for day in off if day.weekday() < 5} == {day for day in theirs if day.weekday() < 5}
    assert {day for day in theirs if day.year == year} <= off


def test_judgements_are_utc() -> None:
    at = datetime(2026, 3, 3, 10, tzinfo=SHANGHAI)
    judged = Schedule.parse(OFFICE, None, Calendar.default(), at.date()).judge(at)
    assert judged.until == datetime(2026, 3, 3, 9, 30, tzinfo=UTC) == judged.next_change
    assert judged.until is not None and judged.until.utcoffset() == timedelta(0)
