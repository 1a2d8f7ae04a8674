"""The cases of opening-hours-rs (tests/data/opening_hours), as the product judges them."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from app.kit.hours import Calendar, Schedule
from app.kit.hours.engine import SHANGHAI

CASES: Final[dict[str, list[dict[str, str]]]] = json.loads(
    (Path(__file__).parents[1] / "data/opening_hours/opening-hours-rs_cases.json").read_text(encoding="utf-8")
)
DEVIATIONS: Final = {
    ("1789-07-14 12:00", "24/7"): "before 1900 nothing is known: unknown, where the engine says closed",
    ("+10000-01-01 12:00", "24/7"): "Python's dates end with the year 9999",
    ("2020-06-01", "Jun:10:00-12:00 open || unknown"): (
        "a fallback holds at the moments the rules before leave closed, as OSM's page on the grammar says; "
        "the engine drops it on every day that a rule before names"
    ),
}


def cases(kind: str, moment: str) -> list[Any]:
    return [
        pytest.param(case, id=f"{case['expr']} at {case[moment]}")
        for case in CASES[kind]
        if (case[moment], case["expr"]) not in DEVIATIONS
    ]


def shanghai(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def schedule(text: str, at: datetime) -> Schedule:
    return Schedule.parse(text, None, Calendar.default(), at.date())


def spans(text: str, day: datetime) -> str:
    def clock(moment: datetime) -> str:
        minutes = round((moment - day).total_seconds() / 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"

    found = schedule(text, day).intervals(day, 1)
    return " | ".join(f"{clock(span.start)} {span.state} {clock(span.end)}" for span in found)


@pytest.mark.parametrize("case", cases("state", "at"))
def test_the_state_at_a_moment_is_as_the_case_says(case: dict[str, str]) -> None:
    at = shanghai(case["at"])
    assert schedule(case["expr"], at).judge(at).state == case["expected"]


@pytest.mark.parametrize("case", cases("next_change", "at"))
def test_the_next_change_is_as_the_case_says_or_none_beyond_seven_days(case: dict[str, str]) -> None:
    at, change = shanghai(case["at"]), shanghai(case["next_change"])
    within = change - at <= timedelta(days=7)
    assert schedule(case["expr"], at).judge(at).next_change == (change.astimezone(UTC) if within else None)


@pytest.mark.parametrize("case", cases("day_schedule", "date"))
def test_a_day_is_open_and_unknown_as_the_case_says(case: dict[str, str]) -> None:
    assert spans(case["expr"], shanghai(case["date"])) == case["schedule"]


def test_the_deviations_are_what_their_reasons_say() -> None:
    day = shanghai("2020-06-01")
    assert spans("Jun:10:00-12:00 open || unknown", day) == (
        "00:00 unknown 10:00 | 10:00 open 12:00 | 12:00 unknown 24:00"
    )
    early = shanghai("1789-07-14 12:00")
    assert schedule("24/7", early).judge(early).state == "unknown"
    given = {(case.get("at") or case["date"], case["expr"]) for kind in CASES.values() for case in kind}
    assert set(DEVIATIONS) <= given
