"""Draws the launcher icons in pwa/public from the mark (hexagon, house) with the standard library alone.

Run `python -m tools.app_icons` after a change of the mark; the results are committed.
"""

import struct
import zlib
from collections.abc import Callable
from itertools import pairwise
from math import hypot
from pathlib import Path

PUBLIC = Path(__file__).parents[1] / "pwa" / "public"

Colour = tuple[int, int, int, int]
XY = tuple[float, float]

AMBER: Colour = (0xFF, 0xB3, 0x1F, 255)
INK: Colour = (0x1A, 0x18, 0x13, 255)
GROUND: Colour = (0xF5, 0xF3, 0xEE, 255)
CLEAR: Colour = (0xFF, 0xB3, 0x1F, 0)

CELL: list[XY] = [(12, 1), (21.5, 6.5), (21.5, 17.5), (12, 23), (2.5, 17.5), (2.5, 6.5)]
"""The hexagon on the icons' grid of 24."""
HOUSE: list[XY] = [(8, 16.5), (8, 11.5), (12, 8.3), (16, 11.5), (16, 16.5)]
STROKE = 2.0
SAMPLES = 4
"""Points looked at a pixel and direction: 16 shades at an edge."""

SVG = f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">
<title>暖蜂</title>
<path d="M{" ".join(f"{x:g} {y:g}" for x, y in CELL)}Z" fill="#ffb31f"/>
<path d="M{" ".join(f"{x:g} {y:g}" for x, y in HOUSE)}" fill="none" stroke="#1a1813" \
stroke-width="{STROKE:g}" stroke-linecap="round" stroke-linejoin="round"/>
</svg>
"""


def colour_at(x: float, y: float, behind: Colour) -> Colour:
    """The mark's colour at a point of the grid."""
    if min(_from_segment((x, y), a, b) for a, b in pairwise(HOUSE)) <= STROKE / 2:
        return INK
    sides = zip(CELL, CELL[1:] + CELL[:1], strict=True)
    inside = all((b[0] - a[0]) * (y - a[1]) >= (b[1] - a[1]) * (x - a[0]) for a, b in sides)
    return AMBER if inside else behind


def png(size_px: int, scale: float, behind: Colour) -> bytes:
    """A square PNG with the mark in its middle, `scale` of the width high."""

    def grid(px: float) -> float:
        return 12 + (px / size_px - 0.5) * 24 / scale

    rows = (b"\0" + b"".join(_pixel(grid, px, py, behind) for px in range(size_px)) for py in range(size_px))
    header = struct.pack(">IIBBBBB", size_px, size_px, 8, 6, 0, 0, 0)
    chunks = (b"IHDR", header), (b"IDAT", zlib.compress(b"".join(rows), 9)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def main() -> None:
    """Write all icons."""
    (PUBLIC / "icon.svg").write_text(SVG)
    for name, size_px, scale, behind in (
        ("icon-192.png", 192, 1.0, CLEAR),
        ("icon-512.png", 512, 1.0, CLEAR),
        ("icon-maskable-512.png", 512, 0.62, GROUND),
        ("icon-180.png", 180, 0.72, GROUND),
    ):
        (PUBLIC / name).write_bytes(png(size_px, scale, behind))


def _from_segment(p: XY, a: XY, b: XY) -> float:
    (ax, ay), (dx, dy) = a, (b[0] - a[0], b[1] - a[1])
    along = max(0.0, min(1.0, ((p[0] - ax) * dx + (p[1] - ay) * dy) / (dx * dx + dy * dy)))
    return hypot(p[0] - ax - along * dx, p[1] - ay - along * dy)


def _pixel(grid: Callable[[float], float], px: int, py: int, behind: Colour) -> bytes:
    offsets = [(i + 0.5) / SAMPLES for i in range(SAMPLES)]
    seen = [colour_at(grid(px + dx), grid(py + dy), behind) for dy in offsets for dx in offsets]
    return bytes(sum(channel) // len(seen) for channel in zip(*seen, strict=True))


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


if __name__ == "__main__":
    main()
