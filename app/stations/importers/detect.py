"""Tells a file's format by its content, never by its name, and reads it."""

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path

from app.stations.importers.documents import read_json
from app.stations.importers.osm import read_extract
from app.stations.importers.rows import Note, Options, Row, Unit, Unreadable
from app.stations.importers.tables import read_table

_GZIP = b"\x1f\x8b"
_HEAD_BYTES = 512


def read_rows(path: Path, options: Options) -> tuple[Unit, Iterator[Row | Note]]:
    """Rows of a file of any format that is known, and what numbers them; raises Unreadable, OSError."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    packed = head.startswith(_GZIP)
    if packed:
        head = _unpack_head(path)
    if b"OSMHeader" in head[:32]:
        return "item", read_extract(path, "pbf", options)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"<"):
        if b"<osm" not in head:
            raise Unreadable("it is XML, but not of OpenStreetMap")
        return "item", read_extract(path, "osm.gz" if packed else "osm", options)
    content = _unpack(path) if packed else path.read_bytes()
    if start.startswith((b"{", b"[")):
        return "item", read_json(content.removeprefix(b"\xef\xbb\xbf"), options)
    return "line", read_table(content, options)


def _unpack_head(path: Path) -> bytes:
    try:
        with gzip.open(path) as file:
            return file.read(_HEAD_BYTES)
    except (OSError, EOFError, zlib.error):
        raise Unreadable("its compression is broken") from None


def _unpack(path: Path) -> bytes:
    try:
        return gzip.decompress(path.read_bytes())
    except (OSError, EOFError, zlib.error):
        raise Unreadable("its compression is broken") from None
