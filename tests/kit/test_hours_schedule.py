"""Schedules: nights, open ends, comments, staffed and unattended together; properties against the engine."""

import json
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opening_hours import OpeningHours

from app.kit.hours import Calendar, Schedule, State
from app.kit.hours.engine import SHANGHAI, canonical, days_named

CALENDAR: Final = Calendar.default()
TUESDAY: Final = date(2026, 3, 3)


def parse(text: str | None, unattended: str | None = None, around: date = TUESDAY, **more: Any) -> Schedule:
    return Schedule.parse(text, unattended, CALENDAR, around, **more)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-03-{text}").replace(tzinfo=SHANGHAI)


def state(text: str, moment: str, unattended: str | None = None) -> State:
    return parse(text, unattended).judge(at(moment)).state


def test_a_night_belongs_to_the_day_on_which_it_begins() -> None:
    assert state("Fr 22:00-06:00; Sa off", "07 03:00") == State.OPEN
    assert state("Fr 22:00-06:00; Sa off", "07 23:00") == State.CLOSED
    assert state("Fr,Sa 10:00-02:00; Su 10:00-22:00", "08 01:00") == State.OPEN
    assert state("Mo-Su 22:00-06:00; Sa off", "08 03:00") == State.CLOSED
    assert state("Fr 22:00-06:00", "06 03:00") == State.CLOSED


def test_a_night_is_open_until_its_morning_and_not_past_it() -> None:
    judged = parse("Mo-Su 18:00-05:00").judge(at("04 01:30"))
    assert judged.state == State.OPEN
    assert judged.until == judged.next_change == at("04 05:00").astimezone(UTC)
    assert state("Mo-Su 18:00-05:00", "04 04:59:59.999999") == State.OPEN
    assert state("Mo-Su 18:00-05:00", "04 05:00") == State.CLOSED


def test_hours_that_a_rule_closes_are_closed_by_the_clock_of_every_night() -> None:
    text = "Mo-Su 20:00-04:00; 02:00-03:00 off"
    assert [state(text, f"04 0{hour}:30") for hour in (1, 2, 3, 4)] == ["open", "closed", "open", "closed"]


def test_an_open_end_is_unknown_from_the_last_certain_moment_on() -> None:
    assert state("09:00+", "03 08:59") == State.CLOSED
    assert state("09:00+", "03 09:00") == State.UNKNOWN
    assert [state("12:00-16:00+", f"03 {clock}") for clock in ("12:00", "16:00", "23:59")] == [
        "open",
        "unknown",
        "unknown",
    ]
    assert [state("22:00-02:00+", f"04 0{hour}:00") for hour in (1, 2, 6)] == ["open", "unknown", "closed"]


def test_a_comment_without_a_state_means_unknown() -> None:
    assert state('Mo-Fr 09:00-17:00 "ring the bell"', "03 10:00") == State.UNKNOWN
    assert state('Mo-Fr 09:00-17:00 open "ring the bell"', "03 10:00") == State.OPEN
    assert state('"by appointment"', "03 10:00") == State.UNKNOWN
    assert state('Sa-Su off "closed; for repairs, mostly"', "07 10:00") == State.CLOSED


def test_a_fallback_holds_when_the_rules_before_it_leave_closed() -> None:
    text = 'Mo-Fr 09:00-17:00 || "by appointment"'
    assert [state(text, moment) for moment in ("03 10:00", "03 18:00", "07 12:00")] == [
        "open",
        "unknown",
        "unknown",
    ]


def test_without_a_change_within_seven_days_none_is_foretold() -> None:
    for text in ("24/7", "2026 Mar 1-Mar 20", "2027 10:00-12:00"):
        judged = parse(text).judge(at("03 10:00"))
        assert (judged.until, judged.next_change) == (None, None)
    judged = parse("2026 Mar 1-Mar 9").judge(at("03 10:00"))
    assert judged.until == at("10 00:00").astimezone(UTC)


def test_midnight_between_two_open_days_is_no_change() -> None:
    judged = parse("Mo-Th 00:00-24:00").judge(at("03 10:00"))
    assert judged.until == at("06 00:00").astimezone(UTC)


def test_hours_that_are_missing_or_blank_are_unknown() -> None:
    for text in (None, "", "   ", "\n"):
        judged = parse(text).judge(at("03 10:00"))
        assert (judged.state, judged.staffed, parse(text).readable) == (State.UNKNOWN, None, True)


@pytest.mark.parametrize(
    ("staffed", "unattended", "moment", "expected", "with_staff"),
    [
        ("08:00-18:00", "18:00-08:00", "03 10:00", "open", True),
        ("08:00-18:00", "18:00-08:00", "03 20:00", "open", False),
        ("08:00-18:00", "18:00-22:00", "03 23:00", "closed", False),
        ("08:00-18:00", "18:00-22:00 unknown", "03 20:00", "unknown", False),
        ("08:00-18:00", "whenever", "03 20:00", "unknown", False),
        ("08:00-18:00", "whenever", "03 10:00", "open", True),
        ("whenever", "24/7", "03 10:00", "open", None),
        (None, "24/7", "03 10:00", "open", None),
        (None, "22:00-06:00", "03 10:00", "unknown", None),
        ("08:00-18:00", None, "03 20:00", "closed", False),
    ],
)
def test_a_place_is_open_with_or_without_staff(
    staffed: str | None, unattended: str | None, moment: str, expected: str, with_staff: bool | None
) -> None:
    judged = parse(staffed, unattended).judge(at(moment))
    assert (judged.state, judged.staffed) == (expected, with_staff)


def test_until_is_when_the_union_closes_not_when_the_staff_leave() -> None:
    schedule = parse("08:00-18:00", "18:00-22:00")
    assert schedule.judge(at("03 10:00")).until == at("03 22:00").astimezone(UTC)
    spans = schedule.intervals(at("03 00:00"), 1)
    assert [(span.start, span.end, span.staffed) for span in spans] == [
        (at("03 08:00"), at("03 18:00"), True),
        (at("03 18:00"), at("03 22:00"), False),
    ]
    assert schedule.boundaries(at("03 00:00"), 1) == [
        (at("03 00:00"), State.CLOSED),
        (at("03 08:00"), State.OPEN),
        (at("03 22:00"), State.CLOSED),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("24/7", "open"),
        ("Mo-Su 18:00-08:00", "open"),
        ("Mo-Su 23:00-06:00", "open"),
        ("Mo-Su 23:01-06:00", "closed"),
        ("Mo-Su 18:00-05:59", "closed"),
        ("Tu 18:00-24:00", "closed"),
        ("Tu 18:00-24:00; We 00:00-08:00", "open"),
        ("22:00-06:00 unknown", "unknown"),
        ("18:00-02:00+", "unknown"),
        ("whenever", "unknown"),
    ],
)
def test_open_all_night_means_from_eleven_to_six_without_a_break(text: str, expected: str) -> None:
    assert parse(text).open_all_night(TUESDAY) == expected


def test_hours_that_follow_the_sun_follow_it_at_the_place() -> None:
    def opens(place: tuple[float, float] | None) -> str:
        schedule = parse("sunrise-sunset", place=place)
        return f"{schedule.intervals(at('03 00:00'), 1)[0].start.astimezone(SHANGHAI):%H:%M}"

    assert opens((33.65, 116.96)) == "06:38"
    assert opens((31.2, 121.5)) == "06:19"
    assert opens(None) == "07:00"
    polar_day = Schedule.parse("sunrise-sunset", None, CALENDAR, date(2026, 6, 20), (78.0, 15.0))
    assert polar_day.readable


def test_more_days_than_a_window_holds_are_refused() -> None:
    for days in (0, 15):
        with pytest.raises(ValueError, match="at most 14"):
            parse("24/7").intervals(at("03 00:00"), days)


HOUR: Final = st.integers(0, 23)
CLOCKS: Final = st.builds(
    lambda a, b, c, d: f"{a:02}:{b:02}-{c:02}:{d:02}", HOUR, st.integers(0, 59), HOUR, st.integers(0, 59)
)
DAYTIMES: Final = st.builds(
    lambda start, length, minute: f"{start:02}:{minute:02}-{min(start + length, 24):02}:00",
    st.integers(0, 20),
    st.integers(1, 4),
    st.integers(0, 59),
)
DAYS: Final = st.sampled_from(
    ["", "Mo-Fr ", "Sa,Su ", "We ", "Fr-Mo ", "Mar Mo-Sa ", "Mar 3-Mar 5 ", "week 10 ", "Tu[1] ", "2026 Mar "]
)
MODIFIERS: Final = st.sampled_from(["", " unknown", " off"])
SELF_CONTAINED: Final = st.lists(
    st.builds(lambda days, times, modifier: f"{days}{times}{modifier}", DAYS, DAYTIMES, MODIFIERS),
    min_size=1,
    max_size=4,
).map("; ".join)
"""Any rules without nights: there the product and the engine have to agree."""
ONE_RULE: Final = st.builds(lambda days, times: f"{days}{times}", DAYS, CLOCKS)
"""One rule with nights: nothing can cut them short."""
HOURS: Final = st.one_of(
    SELF_CONTAINED,
    ONE_RULE,
    st.sampled_from(["24/7", "09:00+", "Mo-Fr 09:00-17:00; PH off", "PH off", "x", "22:00-06:00; PH off"]),
    st.none(),
)
MINUTES: Final = st.lists(st.integers(0, 7 * 1440 - 1), max_size=20)
MOMENTS: Final = st.datetimes(datetime(2026, 2, 20), datetime(2026, 3, 20), timezones=st.just(UTC))  # noqa: DTZ001


@settings(max_examples=60, deadline=None, derandomize=True)
@given(text=st.one_of(SELF_CONTAINED, ONE_RULE))
def test_every_quarter_of_an_hour_is_judged_as_the_engine_judges_it(text: str) -> None:
    engine, schedule = OpeningHours(text, timezone=SHANGHAI, max_interval_days=366), parse(text)
    start = at("02 00:00")
    for step in range(4 * 24 * 7):
        moment = start + timedelta(minutes=15 * step)
        assert schedule.judge(moment).state == str(engine.state(moment)[0]), (text, moment)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    staffed=HOURS,
    unattended=HOURS,
    start=MOMENTS,
    minutes=st.lists(st.integers(0, 7 * 1440 - 1), max_size=20),
)
def test_judgements_intervals_and_boundaries_tell_one_story(
    staffed: str | None, unattended: str | None, start: datetime, minutes: list[int]
) -> None:
    schedule = parse(staffed, unattended)
    spans, changes = schedule.intervals(start), schedule.boundaries(start, 7)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(one[0] < other[0] and one[1] != other[1] for one, other in pairwise(changes))
    for minute in minutes:
        moment = start + timedelta(minutes=minute)
        judged = schedule.judge(moment)
        held = [span for span in spans if span.start <= moment < span.end]
        assert judged.state == (held[0].state if held else State.CLOSED)
        assert not held or judged.staffed == held[0].staffed
        assert judged.state == [state for when, state in changes if when <= moment][-1]
        if judged.next_change is not None:
            assert moment < judged.next_change <= moment + timedelta(days=7)
            assert schedule.judge(judged.next_change).state != judged.state
            before = judged.next_change - timedelta(seconds=1)
            assert before < moment or schedule.judge(before).state == judged.state
        assert judged.until == (judged.next_change if judged.state == State.OPEN else None)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(text=HOURS, moment=MOMENTS, days_away=st.integers(-400, 400))
def test_when_it_was_compiled_changes_no_judgement(
    text: str | None, moment: datetime, days_away: int
) -> None:
    near, far = (
        parse(text, around=moment.date()),
        parse(text, around=moment.date() + timedelta(days=days_away)),
    )
    assert near.judge(moment) == far.judge(moment)
    assert near.intervals(moment, 14) == far.intervals(moment, 14)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(staffed=HOURS, unattended=HOURS, moment=MOMENTS)
def test_the_union_is_open_if_either_is_else_unknown_if_either_is(
    staffed: str | None, unattended: str | None, moment: datetime
) -> None:
    alone = [parse(staffed).judge(moment).state]
    if unattended is not None:
        alone.append(parse(unattended).judge(moment).state)
    expected = next((state for state in (State.OPEN, State.UNKNOWN) if state in alone), State.CLOSED)
    assert parse(staffed, unattended).judge(moment).state == expected


SELECTORS: Final = [
    f"{year}{dates}{weekdays}".strip()
    for year in ("", "2026 ", "2025-2027 ", "2026+ ", "2020-2030/2 ")
    for dates in (
        "",
        "Mar",
        "Feb-Apr",
        "Mar 3",
        "Mar 1-Apr 10",
        "Dec-Feb",
        "easter -3 days",
        "Mar Su[1]",
        "week 9-53/2",
    )
    for weekdays in ("", " Mo-Fr", " Sa[1]", " Fr-Mo")
    if year or dates or weekdays
]


def test_dates_survive_being_written_by_the_engine() -> None:
    # The engine writes `2026 Mar` as `2026Mar` and would read that as the first of March.
    readable = [(selector, written) for selector in SELECTORS if (written := canonical(selector))]
    assert len(readable) > 140
    for selector, written in readable:
        for first in (date(2026, 3, 1), date(2026, 12, 20)):
            assert days_named(written, first) == days_named(selector, first), selector


VECTORS: Final[list[dict[str, Any]]] = json.loads(
    (Path(__file__).parents[2] / "vectors/hours.json").read_text(encoding="utf-8")
)["cases"]


@pytest.mark.parametrize("case", VECTORS, ids=lambda case: case["name"])
def test_the_vectors_the_phone_reads_are_what_the_server_says(case: dict[str, Any]) -> None:
    as_of, moment = (datetime.fromisoformat(case[key]) for key in ("as_of", "at"))
    staffed, unattended = case["hours"]
    schedule = parse(staffed, unattended, as_of.date())
    changes = [*schedule.boundaries(as_of, 7), (as_of + timedelta(days=7), State.CLOSED)]
    for key in ("open", "unknown"):
        told = [[when, after[0]] for (when, state), after in pairwise(changes) if state == key]
        assert told == [[datetime.fromisoformat(edge) for edge in span] for span in case[key]]
    if moment >= as_of + timedelta(days=7):
        assert (case["state"], case["until"], case["next_change"]) == ("unknown", None, None)
        return
    judged = schedule.judge(moment)
    reach = as_of + timedelta(days=7)
    change = judged.next_change if judged.next_change and judged.next_change < reach else None
    written = None if change is None else f"{change:%Y-%m-%dT%H:%M:%SZ}"
    assert case["state"] == judged.state
    assert case["next_change"] == written
    assert case["until"] == (written if judged.state == State.OPEN else None)
