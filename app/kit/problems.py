"""Words of problem documents: the language that the caller reads, and why a value is wrong, in both."""

import re
from collections.abc import Mapping
from typing import Any, Literal

Language = Literal["zh", "en"]

_REASONS: dict[str, tuple[str, str]] = {
    "missing": ("必填", "is required"),
    "extra_forbidden": ("没有这一项", "is not known here"),
    "unknown_parameter": ("没有这个参数", "is not a parameter of this address"),
    "repeated_parameter": ("只能给一次", "may be given only once"),
    "json_invalid": ("不是有效的 JSON", "is not valid JSON"),
    "finite_number": ("必须是有限的数", "must be a finite number"),
    "bool_type": ("必须是 true 或 false", "must be true or false"),
    "bool_parsing": ("必须是 true 或 false", "must be true or false"),
    "string_type": ("必须是文字", "must be text"),
    "string_unicode": ("含有不能用的字符", "holds characters that text may not hold"),
    "text_characters": ("含有不能用的字符", "holds characters that text may not hold"),
    "text_lines": ("必须写在一行里", "must be one line"),
    "string_pattern_mismatch": ("格式不对", "does not have the right form"),
    "string_too_long": ("最多 {max_length} 个字符", "must have at most {max_length} characters"),
    "string_too_short": ("至少 {min_length} 个字符", "must have at least {min_length} characters"),
    "too_long": ("长度最多 {max_length}", "must be at most {max_length} long"),
    "too_short": ("长度至少 {min_length}", "must be at least {min_length} long"),
    "greater_than": ("必须大于 {gt}", "must be greater than {gt}"),
    "greater_than_equal": ("不能小于 {ge}", "must be at least {ge}"),
    "less_than": ("必须小于 {lt}", "must be less than {lt}"),
    "less_than_equal": ("不能大于 {le}", "must be at most {le}"),
    "literal_error": ("只能是 {expected_zh} 之一", "must be one of {expected}"),
    "enum": ("只能是 {expected_zh} 之一", "must be one of {expected}"),
    "box_form": ("要写成 西,南,东,北，单位是度", "must be west,south,east,north in degrees"),
    "region_code_form": ("要是 6、9 或 12 位区划代码", "must be a division code of 6, 9 or 12 digits"),
    "timezone_aware": ("时间要带时区，例如 Z 或 +08:00", "needs a time zone, such as Z or +08:00"),
    "bad_cursor": ("不是这个列表给出的游标", "is not a cursor that this list gave out"),
}
_NUMBER = ("必须是数字", "must be a number")
_WHOLE = ("必须是整数", "must be a whole number")
_MOMENT = (
    "必须是 ISO 8601 时间，例如 2026-11-24T08:00:00Z",
    "must be an ISO 8601 time: 2026-11-24T08:00:00Z",
)
_FAMILIES = {"float": _NUMBER, "int": _WHOLE, "datetime": _MOMENT, "time": _MOMENT, "date": _MOMENT}
_OTHERWISE = ("值不对", "is not a right value")


def language_of(accept_language: str | None) -> Language:
    """The language to answer in: English where the header prefers it, Chinese otherwise."""
    best: dict[Language, float] = {"zh": 0.0, "en": 0.0}
    for choice in (accept_language or "")[:200].split(","):
        tag, _, weight = choice.partition(";")
        try:
            quality = float(weight.strip().removeprefix("q=")) if weight.strip() else 1.0
        except ValueError:
            continue
        for language in best:
            if tag.strip().lower().split("-")[0] == language:
                best[language] = max(best[language], quality)
    return "en" if best["en"] > best["zh"] else "zh"


def reason(kind: str, context: Mapping[str, Any]) -> tuple[str, str]:
    """Why a value of one kind of error (Pydantic's `type`) is wrong, (Chinese, English); never quotes it."""
    zh, en = _REASONS.get(kind) or _FAMILIES.get(kind.split("_")[0], _OTHERWISE)
    limits = {name: _plain(value) for name, value in context.items() if isinstance(value, str | int | float)}
    if "expected" in limits:  # Pydantic says: 'a', 'b' or 'c'
        choices = re.split(", | or ", str(limits["expected"]).replace("'", ""))
        limits |= {"expected": ", ".join(choices), "expected_zh": "、".join(choices)}
    return zh.format_map(limits), en.format_map(limits)


def _plain(value: str | int | float) -> str | int | float:
    """A whole number without its `.0`."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def field_name(place: tuple[int | str, ...]) -> str:
    """`("query", "lat")` as `query.lat`; what a caller invented comes back short and printable."""
    name = ".".join(str(part) for part in place)
    return "".join(char if char.isprintable() else "?" for char in name[:100])
