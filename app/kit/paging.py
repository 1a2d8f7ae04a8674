"""Opaque cursors of lists: what the next page starts after, with the list's own name inside."""

import base64
import json

_MAX_LENGTH = 200
_MAX_INT = (1 << 63) - 1


def encode_cursor(kind: str, *values: str | int) -> str:
    """The cursor of a list `kind` that goes on after `values`."""
    packed = json.dumps([kind, *values], separators=(",", ":"), ensure_ascii=True)
    return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def decode_cursor(kind: str, cursor: str, shape: tuple[type[str] | type[int], ...]) -> list[str | int]:
    """The values inside; `shape` tells their types. Raises ValueError for what `kind` never gave."""
    if len(cursor) > _MAX_LENGTH or not cursor.isascii():
        raise ValueError("not a cursor")
    try:
        packed = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        values = json.loads(packed)
    except (ValueError, RecursionError):
        raise ValueError("not a cursor") from None
    if (
        not isinstance(values, list)
        or [type(value) for value in values] != [str, *shape]
        or values[0] != kind
    ):
        raise ValueError("not a cursor of this list")
    if any(isinstance(value, int) and not 0 <= value <= _MAX_INT for value in values):
        raise ValueError("not a cursor of this list")
    if encode_cursor(*values) != cursor:
        raise ValueError("not a cursor of this list")
    return values[1:]
