"""Cursors: what goes in comes out, and nothing that a list did not give out is taken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kit.paging import decode_cursor, encode_cursor

VALUES = st.lists(st.one_of(st.integers(0, 2**63 - 1), st.text(max_size=10)), max_size=3)


@given(VALUES)
def test_the_values_come_back(values: list[str | int]) -> None:
    cursor = encode_cursor("list", *values)
    assert cursor.isascii() and "=" not in cursor and "/" not in cursor and "+" not in cursor
    if len(cursor) <= 200:
        assert decode_cursor("list", cursor, tuple(type(value) for value in values)) == values


@given(st.text(max_size=60))
def test_text_that_was_made_up_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a cursor"):
        decode_cursor("list", text, (str, int))


@given(VALUES, st.integers(0, 300))
def test_a_cursor_that_was_changed_is_never_taken_for_another_form_of_the_same(
    values: list[str | int], place: int
) -> None:
    cursor = encode_cursor("list", *values)
    changed = cursor[: place % len(cursor)] + "A" + cursor[place % len(cursor) + 1 :]
    shape = tuple(type(value) for value in values)
    if changed != cursor and len(changed) <= 200:
        try:
            taken = decode_cursor("list", changed, shape)
        except ValueError:
            return
        assert taken != values


@pytest.mark.parametrize(
    ("cursor", "why"),
    [
        (encode_cursor("other", 1), "another list's"),
        (encode_cursor("list", "1"), "a text for a number"),
        (encode_cursor("list", -1), "below nothing"),
        (encode_cursor("list", 2**63), "more than a database holds"),
        (encode_cursor("list", 1, 2), "one value too many"),
        (encode_cursor("list"), "one too few"),
        ("W" * 201, "too long"),
    ],
)
def test_a_cursor_of_the_wrong_form_is_refused(cursor: str, why: str) -> None:
    with pytest.raises(ValueError, match="not a cursor"):
        decode_cursor("list", cursor, (int,))


def test_true_is_no_number() -> None:
    cursor = encode_cursor("list", True)
    with pytest.raises(ValueError, match="not a cursor"):
        decode_cursor("list", cursor, (int,))
