"""Tidies hours as people write them into the grammar of OSM, where the meaning is certain.

`周一至周五 8:30~17:30，周末休息` becomes `Mo-Fr 08:30-17:30; Sa-Su off`. What stays uncertain is left as
it is, so that the reader finds it unreadable and the place unknown: `上午9:00-5:00` (5 or 17 o'clock?),
`节假日 9:00-12:00` (holidays, weekends or both?). People are shown what was written, never this.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Final

_CHINESE_DAY: Final = dict(
    zip("一二三四五六日天", ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "Su"), strict=True)
)
_WEEK: Final = "(?:周|星期|礼拜)"
_NAME: Final = "(?:Mo|Tu|We|Th|Fr|Sa|Su)"
_ITEM: Final = rf"(?:{_NAME}(?:-{_NAME})?|PH)"
_MARK: Final = "(?:凌晨|早上|早晨|清晨|早|上午|中午|下午|傍晚|晚上|晚间|晚)?"
_CLOCK: Final = rf"({_MARK})(\d{{1,2}}):(\d{{2}})"

_WORDS: Final = (
    (r"(?:周末|双休日)[、,和及与]*(?:法定)?节假日", "Sa-Su,PH "),
    (r"法定节?假日|公[众共]假[期日]", "PH "),
    (r"全年无休|天天|每天|每日", "Mo-Su "),
    (r"双休日|周末", "Sa-Su "),
    (r"工作日", "WORK "),
    (r"节假日", "FREE "),
    (r"(?:全天)?24小时|24/7|7[x×*]24(?:小时)?|全天候?", " 0:00-24:00 "),
    (r"不(?:营业|开放|开门|上班|办公)|休息|除外|闭[馆店]|关[门闭]|休馆|停业", " off "),
    (r"(?:营业|开放|服务|办公|工作)时间:?|(?<=:\d\d)\s*(?:营业|开放|服务)", " "),
    (r"(\d{1,2})-(\d{1,2})[点时]", r"\1:00-\2:00"),
    (r"(\d{1,2})[点时]半", r"\1:30"),
    (r"(\d{1,2})[点时](\d{2})分?", r"\1:\2"),
    (r"(\d{1,2})[点时]整?", r"\1:00"),
    (r"(?<=\d|[日天一二三四五六])[至到](?=\D*\d|[周星礼一二三四五六日天])", "-"),
    (r"次日|翌日|第二天|每(?=周|星期|礼拜)", ""),
)
_CHINESE_DAYS: Final = re.compile(
    rf"{_WEEK}[一二三四五六日天](?:[-至到、,和及]?{_WEEK}?[一二三四五六日天])*"
    r"|(?<!\S)[一二三四五六日天]-[一二三四五六日天](?=\s*\d)"
)
_TOKEN: Final = re.compile(
    rf"\s*(?:(?P<days>(?:{_ITEM}|WORK|FREE)(?:,(?:{_ITEM}|WORK|FREE))*)(?![A-Za-z])\s*:?"
    rf"|(?P<time>{_CLOCK}-{_CLOCK})|(?P<off>off|closed)\b|(?P<gap>[,;、。()和及]))\s*"
)


@dataclass(slots=True)
class _Part:
    days: list[str] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    off: bool = False

    @property
    def complete(self) -> bool:
        return bool(self.times) != self.off


def normalise(text: str) -> str:
    """The text in the grammar of OSM if its meaning is certain, else with widths and dashes mended only."""
    tidy = _tidy(text)
    parts = _parts(_in_words_of_the_grammar(tidy))
    return tidy if parts is None else parts


def _tidy(text: str) -> str:
    """Full-width signs, exotic dashes and stray spaces made plain; comments in quotes are kept."""
    pieces = re.split(r'("[^"]*")', unicodedata.normalize("NFKC", text).strip(" ;,\n\t"))
    return "".join(piece if piece.startswith('"') else _plain_signs(piece) for piece in pieces)


def _plain_signs(text: str) -> str:
    text = re.sub(r"\s*[~〜‐‑‒–—―−]+\s*", "-", text)
    text = re.sub(r"(?<=[a-z\d])\s*--?\s+(?=[A-Z\d])|(?<=[a-z\d])\s+--?(?=[A-Z])", "-", text)
    text = re.sub(r"\s*\|\|\s*", " || ", re.sub(r"\s*,\s*(?=\d)", ",", text))
    return re.sub(r"\s+", " ", text)


def _in_words_of_the_grammar(text: str) -> str:
    # Weekdays last of all but their dashes first: 日 ends other words too (每日, 工作日).
    for pattern, word in _WORDS:
        text = re.sub(pattern, word, text)
    return _CHINESE_DAYS.sub(_weekdays, text)


def _weekdays(match: re.Match[str]) -> str:
    names = re.sub(_WEEK, "", match[0])
    names = re.sub("[至到]", "-", re.sub("[、和及]", ",", names))
    names = re.sub(r"(?<=[^-,])(?=[^-,])", ",", names)  # 周六日 is two days
    return "".join(_CHINESE_DAY.get(sign, sign) for sign in names) + " "


def _parts(text: str) -> str | None:
    """The rules of a text that is nothing but days, times and `off`; None for any other."""
    parts = [_Part()]
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            return None
        position = match.end()
        part = parts[-1]
        if match["days"]:
            if part.times or part.off:
                parts.append(part := _Part())
            part.days += match["days"].split(",")
        elif match["time"]:
            span = _span(*match.groups()[2:8])
            if span is None or part.off:
                return None
            part.times.append(span)
        elif match["off"]:
            part.off = True
    if not all(part.complete for part in parts):
        return None
    return _written(parts)


def _written(parts: list[_Part]) -> str | None:
    named = {day for part in parts for day in part.days}
    if "FREE" in named:
        # Who opens on working days alone means holidays; else 节假日 may mean weekends too.
        others = named - {"FREE"}
        weekend = any(re.search(r"Sa|Su|-(?:Mo|Tu|We|Th)|PH", day) for day in others) or not others
        closed = all(part.off for part in parts if "FREE" in part.days)
        if weekend or not closed or any(not part.days for part in parts):
            return None
    if any(part.off and "WORK" in part.days for part in parts):
        return None  # what then of holidays?
    rules = []
    for part in parts:
        days = [{"WORK": "Mo-Fr", "FREE": "PH"}.get(day, day) for day in part.days]
        days.sort(key=lambda day: day == "PH")  # the engine wants PH at an end of the list
        rules.append(f"{','.join(days)} {'off' if part.off else ','.join(part.times)}".strip())
    if "WORK" in named and not named & {"PH", "FREE"}:
        rules.append("PH off")
    return "; ".join(rules)


def _span(mark: str, hour: str, minute: str, end_mark: str, end_hour: str, end_minute: str) -> str | None:
    start, end = _hour(mark, int(hour)), _hour(end_mark, int(end_hour))
    if start is None or end is None:
        return None
    if not mark and end_mark and start < 6 and start + 12 < end:
        return None  # 2:00-下午5:00 could begin at 2 or at 14
    if mark and not end_mark and (end, end_minute) <= (start, minute):
        # 下午2:00-5:00 ends in the afternoon; 上午9:00-5:00 could end at 5 or at 17.
        if start < 12 or end + 12 <= start:
            return None
        end += 12
    return f"{start:02}:{minute}-{end:02}:{end_minute}"


def _hour(mark: str, hour: int) -> int | None:
    """The hour of 24; None where the word and the number do not go together."""
    if mark in ("下午", "傍晚") or (mark == "中午" and hour < 11):
        return hour + 12 if 1 <= hour <= 11 else hour if hour >= 12 else None
    if mark.startswith("晚"):
        return hour + 12 if 5 <= hour <= 12 else hour if hour >= 17 else None
    if mark and mark != "中午" and hour > 12:
        return None
    return hour
