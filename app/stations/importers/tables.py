"""Reads CSV: UTF-8 (with or without BOM), UTF-16 or GB18030, separated by comma, semicolon or tab."""

import csv
from collections.abc import Iterator

from app.kit.cells import unescape_cell
from app.stations.importers.columns import Implied, meaning_of, read_place
from app.stations.importers.rows import Note, Options, Row, Unreadable

_MOST_LINES_OF_A_ROW = 20
_BINARY = b"\x00"


def decode(content: bytes) -> str:
    """The text of a file, its encoding told from its bytes; raises Unreadable."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    elif _BINARY in content[:4096]:
        raise Unreadable("it is no text file")
    else:
        # Valid UTF-8 is never GB18030 by chance beyond a word or two, so it is tried first.
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("its text is neither UTF-8 nor GB18030")


def read_table(content: bytes, options: Options) -> Iterator[Row | Note]:
    """Rows of a table whose first line names the columns; raises Unreadable when it does not."""
    lines = _physical_lines(decode(content))
    if not lines:
        raise Unreadable("it is empty")
    separator = max(",;\t", key=lines[0].count)
    header = [meaning_of(unescape_cell(name)) for name in _cells(lines[0], separator)]
    if not {"lat", "lon"} <= set(header):
        raise Unreadable("its first line names no latitude and longitude (lat, lon; 纬度, 经度)")
    implied = Implied(_cells(lines[0], separator))
    at = 1
    while at < len(lines):
        start, (cells, used) = at + 1, _row(lines, at, separator, len(header))
        at += used
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(header):
            yield Note(start, "", f"has {len(cells)} cells, the first line {len(header)}", "rejected")
            continue
        named: dict[str, str] = {}
        for column, cell in zip(header, cells, strict=False):
            if column and column not in named:
                named[column] = unescape_cell(cell)
        yield read_place(start, named, options, implied)


def _physical_lines(text: str) -> list[str]:
    # str.splitlines would also split at characters that are no line ends in a CSV.
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n") if text.strip() else []


def _cells(text: str, separator: str) -> list[str]:
    return next(csv.reader([text], delimiter=separator), [])


def _row(lines: list[str], at: int, separator: str, columns: int) -> tuple[list[str], int]:
    """The cells of the row that begins at a line, and its number of lines.

    A cell may hold line ends between quotes; a quote that is never closed spoils its own line, no more.
    """
    text, used = lines[at], 1
    while text.count('"') % 2 and used < _MOST_LINES_OF_A_ROW and at + used < len(lines):
        text += "\n" + lines[at + used]
        used += 1
    if used > 1 and text.count('"') % 2 == 0:
        try:
            cells = next(csv.reader([text], delimiter=separator, strict=True))
        except csv.Error:
            cells = []
        if len(cells) == columns:
            return cells, used
    try:
        return _cells(lines[at], separator), 1
    except csv.Error:  # a cell of more than 128 KiB
        return [lines[at][:100]], 1
