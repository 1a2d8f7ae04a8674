"""Cells of CSV files: what a spreadsheet would run as a formula is escaped, and taken back when read."""

import re

_FORMULA = "=+-@＝＋－＠"
_ESCAPED = re.compile(f"'(?=['{re.escape(_FORMULA)}])")


def escape_cell(text: str) -> str:
    """A text cell that no spreadsheet runs: a quote before = + - @ (and before a quote, to be undone)."""
    return f"'{text}" if text[:1] and text[0] in _FORMULA + "'" else text


def unescape_cell(cell: str) -> str:
    """The text of a cell that `escape_cell` wrote; other cells as they are."""
    return cell[1:] if _ESCAPED.match(cell) else cell


def join_list(items: list[str]) -> str:
    """Items with `;` between; separators and backslashes inside an item are escaped by a backslash."""
    return ";".join(re.sub(r"([;；、\\\\])", r"\\\1", item) for item in items)


def split_list(cell: str) -> list[str]:
    """The items that `join_list` joined; `；` and `、` separate too, as people write them."""
    items = re.findall(r"(?:[^;；、\\]|\\.|\\$)+", cell)
    return [text for item in items if (text := re.sub(r"\\(.)", r"\1", item).strip())]
