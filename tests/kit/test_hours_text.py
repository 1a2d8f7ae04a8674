"""Hours as people write them, and texts that want to do harm."""

from datetime import UTC, date, datetime
from time import perf_counter
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.kit.hours import LONGEST_TEXT, Calendar, Schedule, State, follows_the_sun, normalise
from app.kit.hours.engine import canonical

DAY: Final = date(2026, 3, 2)


def readable(text: str) -> bool:
    return Schedule.parse(text, None, Calendar.default(), DAY).readable


@pytest.mark.parametrize(
    ("written", "grammar"),
    [
        ("9:00~17:00", "09:00-17:00"),
        ("09:00—17:00", "09:00-17:00"),
        ("09:00–17:00", "09:00-17:00"),
        ("06：00 - 22：00", "06:00-22:00"),
        ("０６：００～２２：００", "06:00-22:00"),
        ("每天 8:00-20:00", "Mo-Su 08:00-20:00"),
        ("全年无休 8:00-20:00", "Mo-Su 08:00-20:00"),
        ("周一至周五 8:30-17:30", "Mo-Fr 08:30-17:30"),
        ("星期一到星期五 8:30-17:30", "Mo-Fr 08:30-17:30"),
        ("周一-周五：8:30-17:30", "Mo-Fr 08:30-17:30"),
        ("周一至周五8:00-18:00，周六、周日9:00-17:00", "Mo-Fr 08:00-18:00; Sa,Su 09:00-17:00"),
        ("周一、三、五 9:00-11:00", "Mo,We,Fr 09:00-11:00"),
        ("周六日 9:00-12:00", "Sa,Su 09:00-12:00"),
        ("三~日 08:00~17:00", "We-Su 08:00-17:00"),
        ("周二至周日9:00-17:00（周一闭馆）", "Tu-Su 09:00-17:00; Mo off"),
        ("周二至周日9:00-17:00，每周一闭馆", "Tu-Su 09:00-17:00; Mo off"),
        ("周一至周五 8:30-17:30，周末休息", "Mo-Fr 08:30-17:30; Sa-Su off"),
        ("周一至周五 8:30-17:30（节假日除外）", "Mo-Fr 08:30-17:30; PH off"),
        ("周末及节假日 9:00-12:00", "Sa-Su,PH 09:00-12:00"),
        ("工作日 8:30-12:00 14:30-18:00", "Mo-Fr 08:30-12:00,14:30-18:00; PH off"),
        ("工作日 8:00-17:00，法定节假日 9:00-12:00", "Mo-Fr 08:00-17:00; PH 09:00-12:00"),
        ("全天", "00:00-24:00"),
        ("24小时", "00:00-24:00"),
        ("24小时营业", "00:00-24:00"),
        ("全天24小时开放", "00:00-24:00"),
        ("7×24小时", "00:00-24:00"),
        ("周一至周日 全天", "Mo-Su 00:00-24:00"),
        ("营业时间：8:00-20:00", "08:00-20:00"),
        ("8点-20点", "08:00-20:00"),
        ("8点半至17点30分", "08:30-17:30"),
        ("8-20点", "08:00-20:00"),
        ("上午8:30-12:00 下午2:00-5:30", "08:30-12:00,14:00-17:30"),
        ("早8:00-晚8:00", "08:00-20:00"),
        ("下午2:00-晚上10:00", "14:00-22:00"),
        ("6:00-晚上10:00", "06:00-22:00"),
        ("22:00-次日6:00", "22:00-06:00"),
        ("Mo-Fr 8:00~17:30", "Mo-Fr 08:00-17:30"),
        ("Mo-Fr 08:30-20:00,Sa-Su 09:00-17:00", "Mo-Fr 08:30-20:00; Sa-Su 09:00-17:00"),
        ("Sa,PH,Su 10:00-12:00", "Sa,Su,PH 10:00-12:00"),
        ("Mo - Fr 08:00 - 20:00", "Mo-Fr 08:00-20:00"),
        ("08:00-12:00 14:00-18:00", "08:00-12:00,14:00-18:00"),
        ("Apr-Oct  8:00～17:00", "Apr-Oct 8:00-17:00"),
        ("Mo-Sa 08:00-20:00;", "Mo-Sa 08:00-20:00"),
    ],
)
def test_what_is_certain_is_put_into_the_grammar(written: str, grammar: str) -> None:
    assert normalise(written) == grammar
    assert readable(written)


@pytest.mark.parametrize(
    "text",
    [
        "上午9:00-5:00",
        "节假日 9:00-12:00",
        "每天 8:00-20:00，节假日休息",
        "8:00-20:00 (中午休息)",
        "晚上2点-晚上5点",
        "2:00-下午5:00",
        "8:00-17:00 工作日除外",
        "24小时自助，人工 8:00-17:00",
        "夏季 8:00-20:00",
        "下午14点半到",
        "周一至周五",
        "周五 9:00-12:00 休息",
        "10月1日休息",
        "以门店公告为准",
        "八点到五点",
        "Permanently Closed",
        "9am-5pm",
        "08:00",
        "25:00-27:00",
    ],
)
def test_what_is_uncertain_stays_unknown_instead_of_being_guessed(text: str) -> None:
    schedule = Schedule.parse(text, None, Calendar.default(), DAY)
    assert schedule.problem == "not_understood"
    at = datetime(2026, 3, 3, 2, tzinfo=UTC)
    judged = schedule.judge(at)
    assert (judged.state, judged.until, judged.next_change, judged.staffed) == (
        State.UNKNOWN,
        None,
        None,
        None,
    )


@pytest.mark.parametrize(
    "text", ["Mo-Fr 09:00-17:00; PH off", "24/7", "Feb 29 10:00-12:00", "sunrise-sunset"]
)
def test_what_is_in_the_grammar_keeps_its_meaning(text: str) -> None:
    assert canonical(normalise(text)) in (canonical(text), "24/7")


def test_hours_that_follow_the_sun_say_so() -> None:
    assert follows_the_sun("Mo-Su (sunrise-00:30)-20:00")
    assert not follows_the_sun("Mo-Su 06:00-20:00")
    assert not follows_the_sun(None)


def test_a_text_longer_than_the_limit_is_not_read() -> None:
    text = "; ".join(["Mo-Fr 09:00-17:00"] * 30)
    assert len(text) > LONGEST_TEXT
    assert Schedule.parse(text, None, Calendar.default(), DAY).problem == "too_long"


HOSTILE: Final = [
    ";" * 500,
    "(" * 250 + ")" * 250,
    "周一" * 250,
    "8:00-" * 100,
    "~" * 500,
    "1" * 500,
    " " * 400 + "x",
    "\x00",
    "\ud800",
    "\u202e10:00-12:00",
    "24/7;" * 100,
    "24小时" * 100,
    "00:00-48:00/00:01;" * 27,
    ", ".join(["00:00-01:00"] * 38),
    " || ".join(["00:00-01:00"] * 33),
    "Mo-Su 00:00-48:00," * 25 + "24/7",
    "9:00-5:00 9:00-5:00" * 20,
    "2026-9999/7 week 53 Mo[5] 10:00-10:01",
    "1900-9999 Feb 30",
    "9999 Dec 31 23:00-48:00",
    "easter +99999999999 days",
    "PH +99999999 days",
    "PH -9999999 days off",
    "Mo[1-5] +999999999 days",
    "(sunrise+99:00)-(sunset-99:00)",
    "(dawn-24:00)-(dusk+24:00)",
    "sunset-sunrise",
    "10:00-16:00/00:00",
    "2000-3000/42 PH off || PH || SH unknown",
    '"' * 500,
    'open "' * 80,
    "%s%n{}",
]
MOMENTS: Final = [
    datetime.min.replace(tzinfo=UTC),
    datetime(1900, 1, 1, tzinfo=UTC),
    datetime(2026, 2, 14, tzinfo=UTC),
    datetime(9990, 12, 31, 23, 59, tzinfo=UTC),
    datetime.max.replace(tzinfo=UTC),
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:20]))
def test_a_hostile_text_neither_raises_nor_takes_long(text: str) -> None:
    Schedule.parse("PH off", None, Calendar.default(), date(2027, 2, 6))  # loads what is loaded once
    begin = perf_counter()
    for place in ((33.6, 117.0), (90.0, 0.0), (-90.0, 180.0)):
        schedule = Schedule.parse(text, text, Calendar.default(), DAY, place)
        for at in MOMENTS:
            assert schedule.judge(at).state in State
            assert schedule.boundaries(at, 8)
            schedule.intervals(at)
    # 0.1 s at most when alone; the bound leaves room for a machine that is shared.
    assert perf_counter() - begin < 5


WORDS: Final = (
    *("Mo", "Fr", "SU", "PH", "SH", "Feb", "29", "2026", "week", "[1]", "easter", "sunrise", "24/7"),
    *("08:00-17:00", "22:00-06:00", "2:00", "-", ",", ";", "||", "+", "/", "~", "(", ")", '"x"'),
    *("off", "unknown", "周一", "至", "日", "节假日", "下午", "点", "休息", "24小时"),
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join),
        st.lists(st.sampled_from("MoFr-,;|PH0123456789:+/周一至五日点半~ "), max_size=40).map("".join),
    )
)
def test_any_text_is_judged_or_called_unreadable(text: str) -> None:
    schedule = Schedule.parse(text, None, Calendar.default(), DAY)
    judged = schedule.judge(datetime(2026, 3, 3, 4, tzinfo=UTC))
    assert schedule.readable or judged.state == State.UNKNOWN
