"""The one text type: NFC, trimmed, and free of what breaks databases, terminals and readers."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from app.kit.text import Line, Paragraph, clean

LINE, PARAGRAPH = TypeAdapter(Line), TypeAdapter(Paragraph)


def kinds(adapter: TypeAdapter[str], value: object) -> list[str]:
    """The kinds of errors that a value meets."""
    try:
        adapter.validate_python(value)
    except ValidationError as error:
        return [each["type"] for each in error.errors()]
    return []


@given(st.text())
def test_clean_text_is_composed_trimmed_and_stays_as_it_is(text: str) -> None:
    try:
        once = clean(text)
    except ValueError:
        return
    assert once == clean(once) == unicodedata.normalize("NFC", once) == once.strip()
    once.encode()
    assert not any(unicodedata.category(char) in ("Cs", "Cc") and char not in "\t\n\r" for char in once)


@pytest.mark.parametrize(
    "char", ["\x00", "\x1b", "\x7f", "\x85", "\ud800", "\u202e", "\u2066", "\u200f", "\ufeff"]
)
def test_characters_that_break_or_disguise_are_refused(char: str) -> None:
    assert kinds(LINE, f"a{char}b") == ["text_characters"]
    assert kinds(PARAGRAPH, f"a{char}b") == ["text_characters"]


@pytest.mark.parametrize("char", ["\n", "\r", "\t", "\u2028", "\u2029"])
def test_a_line_is_one_line_and_a_paragraph_may_be_several(char: str) -> None:
    assert kinds(LINE, f"a{char}b") == ["text_lines"]
    assert kinds(PARAGRAPH, f"a{char}b") == []


def test_length_counts_characters_after_cleaning() -> None:
    assert LINE.validate_python("  " + "蜂" * 200 + "  ") == "蜂" * 200
    assert kinds(LINE, "蜂" * 201) == ["string_too_long"]
    assert kinds(PARAGRAPH, "蜂" * 2001) == ["string_too_long"]


def test_an_emoji_of_several_parts_and_rare_characters_are_kept() -> None:
    for text in ("👨‍👩‍👧", "𠮷野家", "ﷺ", "é"):
        assert LINE.validate_python(text) == text
    assert LINE.validate_python("e\u0301") == "é"


@pytest.mark.parametrize("value", [1, None, b"x", ["x"]])
def test_what_is_no_text_is_refused(value: object) -> None:
    assert kinds(LINE, value) == ["string_type"] or isinstance(value, bytes)
