"""Sets of rows that can be searched from a point: a scan, a k-d tree, a tree filtered.

A source hands out candidates together with a bound: every row of the source nearer than the bound is among
them. So filters may drop candidates and the order is still exact: who finds too few asks for more.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from app.kit.geo import EARTH_RADIUS_M, HALF_TURN_M, Floats, distances_mm
from app.stations.snapshot.places import Rows
from app.stations.snapshot.timetable import Marks

Millimetres = npt.NDArray[np.int64]
Keep = Callable[[Rows, Millimetres], Marks]

ALL_MM = int(HALF_TURN_M * 1000) + 2
"""Above every distance."""
_EPSILON = 1e-15  # above the error of a product or a chord of two unit vectors in float64
_TREE_ROW_BYTES = 20  # indices and nodes, measured
_FETCH_AT_MOST = 8192


@dataclass(frozen=True, slots=True)
class Found:
    """Candidates with their distances; every row nearer than `bound_mm` is among them."""

    rows: Rows
    mm: Millimetres
    bound_mm: int


class Source(Protocol):
    """Some rows, searchable."""

    @property
    def nbytes(self) -> int:
        """What it weighs beyond the places' own arrays."""

    def near(self, u: Floats, want: int) -> Found:
        """At least the `want` nearest rows, or all there are."""

    def within(self, u: Floats, radius_mm: int) -> tuple[Rows, Millimetres]:
        """Every row that is not farther than that."""


@dataclass(frozen=True, slots=True)
class Scan:
    """Few rows, all of them looked at."""

    rows: Rows
    units: Floats

    @property
    def nbytes(self) -> int:
        """Both arrays are copies."""
        return self.rows.nbytes + self.units.nbytes

    def near(self, u: Floats, want: int) -> Found:
        """One product with each row, then exact distances for the nearest."""
        if len(self.rows) <= want:
            return Found(self.rows, distances_mm(u, self.units), ALL_MM)
        cosines = self.units @ u
        last = float(np.partition(cosines, -want)[-want])
        # What rounds to the last one's millimetre must come along, or ties would not be settled by id.
        least = last - 4 * _EPSILON - 1e-9 * math.sqrt(max(0.0, 1 - last * last))
        near = np.flatnonzero(cosines >= least)
        half = math.sqrt(min(1.0, max(0.0, (1 - least) / 2 - _EPSILON)))
        return Found(self.rows[near], distances_mm(u, self.units[near]), _floor_mm(half))

    def within(self, u: Floats, radius_mm: int) -> tuple[Rows, Millimetres]:
        """By the product first; the margin is far above its error."""
        angle = min(math.pi, (radius_mm + 2) / 1000 / EARTH_RADIUS_M)
        near = np.flatnonzero(self.units @ u >= math.cos(angle) - 4 * _EPSILON)
        return _inside(self.rows[near], distances_mm(u, self.units[near]), radius_mm)


class Tree:
    """Many rows in a k-d tree over the unit vectors: chords are in the order of distances."""

    def __init__(self, rows: Rows, units: Floats) -> None:
        # Imported late: 40 MB and 0.2 s that a city, whose rows are few, never needs.
        from scipy.spatial import cKDTree

        self.rows = rows
        self.units = units
        self._tree: Any = cKDTree(units)

    @property
    def nbytes(self) -> int:
        """The copies of the rows and the tree itself."""
        return self.rows.nbytes + self.units.nbytes + _TREE_ROW_BYTES * len(self.rows)

    def near(self, u: Floats, want: int) -> Found:
        """Chords from the tree, then exact distances."""
        want = min(want, len(self.rows))
        chords, near = map(np.atleast_1d, self._tree.query(u, k=want))  # of one row it gives bare numbers
        bound_mm = ALL_MM if want == len(self.rows) else _floor_mm(min(1.0, float(chords[-1]) / 2 - _EPSILON))
        return Found(self.rows[near], distances_mm(u, self.units[near]), bound_mm)

    def within(self, u: Floats, radius_mm: int) -> tuple[Rows, Millimetres]:
        """By chords first; the margin is far above their error."""
        chord = 2 * math.sin(min(math.pi, (radius_mm + 2) / 1000 / EARTH_RADIUS_M) / 2) + 4 * _EPSILON
        near = np.asarray(self._tree.query_ball_point(u, chord), np.int64)
        return _inside(self.rows[near], distances_mm(u, self.units[near]), radius_mm)


class Filtered:
    """Those rows of a tree that pass."""

    def __init__(self, tree: Tree, passing: Marks) -> None:
        self._tree = tree
        self._passing = passing
        self._share = max(1, int(np.count_nonzero(passing))) / len(passing)

    @property
    def nbytes(self) -> int:
        """The marks alone."""
        return self._passing.nbytes

    def near(self, u: Floats, want: int) -> Found:
        """So many of the tree as should hold enough that pass; a scan of all that pass where too many."""
        fetch = int(want / self._share * 1.5)
        if fetch > _FETCH_AT_MOST:
            rows = np.flatnonzero(self._passing).astype(np.int32)
            found = Scan(rows, self._tree.units[rows]).near(u, want)
            return Found(self._tree.rows[found.rows], found.mm, found.bound_mm)
        found = self._tree.near(u, fetch)
        passing = self._passing[found.rows]
        return Found(found.rows[passing], found.mm[passing], found.bound_mm)

    def within(self, u: Floats, radius_mm: int) -> tuple[Rows, Millimetres]:
        """Those of the tree's that pass."""
        rows, mm = self._tree.within(u, radius_mm)
        passing = self._passing[rows]
        return rows[passing], mm[passing]


def nearest(source: Source, u: Floats, limit: int, keep: Keep | None) -> tuple[Rows, Millimetres]:
    """The nearest `limit` rows that are kept, by distance in whole millimetres, then row."""
    want = limit + 6  # a few more, so that the last one's ties seldom need a second search
    while True:
        found = source.near(u, want)
        rows, mm = _kept(found.rows, found.mm, keep)
        if found.bound_mm >= ALL_MM:
            break
        if len(rows) >= limit:
            last_mm = int(np.partition(mm, limit - 1)[limit - 1])
            if last_mm >= found.bound_mm:  # many at one distance
                rows, mm = _kept(*source.within(u, last_mm), keep)
            break
        want *= 4
    order = np.lexsort((rows, mm))[:limit]
    return rows[order], mm[order]


def _kept(rows: Rows, mm: Millimetres, keep: Keep | None) -> tuple[Rows, Millimetres]:
    if keep is None:
        return rows, mm
    kept = keep(rows, mm)
    return rows[kept], mm[kept]


def _floor_mm(half_chord: float) -> int:
    """A whole millimetre at or below the distance of that chord, the error of its rounding allowed for."""
    return int(2000 * EARTH_RADIUS_M * math.asin(half_chord)) - 1 if half_chord > 0 else 0


def _inside(rows: Rows, mm: Millimetres, radius_mm: int) -> tuple[Rows, Millimetres]:
    inside = mm <= radius_mm
    return rows[inside], mm[inside]
