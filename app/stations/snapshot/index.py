"""Exact search for the nearest rows of some places: a scan of the rows that pass.

A source hands out candidates together with a bound: every row of the source nearer than the bound is among
them. So filters may drop candidates and the order is still exact: who finds too few asks for more.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from app.kit.geo import EARTH_RADIUS_M, HALF_TURN_M, Floats, distances_mm
from app.stations.snapshot.places import Places, Rows
from app.stations.snapshot.timetable import Allowed, Marks

Millimetres = npt.NDArray[np.int64]
Keep = Callable[[Rows, Millimetres], Marks]

ALL_MM = int(HALF_TURN_M * 1000) + 2
_EPSILON = 1e-15  # above the error of a product or a chord of two unit vectors in float64


@dataclass(frozen=True, slots=True)
class Found:
    """Candidates with their distances; every row nearer than `bound_mm` is among them."""

    rows: Rows
    mm: Millimetres
    bound_mm: int


class Source(Protocol):
    """Some rows, searchable."""

    def near(self, u: Floats, want: int) -> Found:
        """At least the `want` nearest rows, or all there are."""

    def within(self, u: Floats, radius_mm: int) -> tuple[Rows, Millimetres]:
        """Every row that is not farther than that."""


@dataclass(frozen=True, slots=True)
class Scan:
    """Few rows, all of them looked at."""

    rows: Rows
    units: Floats

    def near(self, u: Floats, want: int) -> Found:
        """One product with each row, then exact distances for the nearest."""
        if len(self.rows) <= want:
            return Found(self.rows, distances_mm(u, self.units), ALL_MM)
        cosines = self.units @ u
        last = float(np.partition(cosines, -want)[-want])
        # What rounds to the last one's millimetre must come along, or ties would not be settled by id.
        least = last - 4 * _EPSILON - 1e-9 * max(0.0, 1 - last * last) ** 0.5
        near = np.flatnonzero(cosines >= least)
        half = min(1.0, max(0.0, (1 - least - 2 * _EPSILON) / 2)) ** 0.5
        bound_mm = int(2000 * EARTH_RADIUS_M * float(np.arcsin(half))) - 1
        return Found(self.rows[near], distances_mm(u, self.units[near]), bound_mm)

    def within(self, u: Floats, radius_mm: int) -> tuple[Rows, Millimetres]:
        """By the product first; the margin is far above its error."""
        least = math.cos(min(math.pi, (radius_mm + 2) / 1000 / EARTH_RADIUS_M)) - 4 * _EPSILON
        near = np.flatnonzero(self.units @ u >= least)
        mm = distances_mm(u, self.units[near])
        inside = mm <= radius_mm
        return self.rows[near[inside]], mm[inside]


def nearest(source: Source, u: Floats, limit: int, keep: Keep | None) -> list[tuple[int, int]]:
    """The nearest `limit` rows that are kept, as (mm, row), by distance in whole millimetres, then row."""
    want = limit + 6
    while True:
        found = source.near(u, want)
        rows, mm = found.rows, found.mm
        if keep is not None:
            kept = keep(rows, mm)
            rows, mm = rows[kept], mm[kept]
        sure = mm < found.bound_mm
        if found.bound_mm >= ALL_MM or np.count_nonzero(sure) >= limit:
            rows, mm = rows[sure], mm[sure]
            order = np.lexsort((rows, mm))[:limit]
            return list(zip(mm[order].tolist(), rows[order].tolist(), strict=True))
        want *= 4


class Index:
    """The places and the sources made from them, one for each question lately asked."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self._sources: dict[tuple[object, ...], Source] = {}

    def source(self, services: int, allowed: Allowed | None, *, broken_too: bool = False) -> Source:
        """What passes: all these services, and hours that are allowed."""
        key = (services, allowed and allowed.key, broken_too)
        if (source := self._sources.get(key)) is None:
            source = self._sources[key] = self._make(services, allowed, broken_too)
        return source

    def _make(self, services: int, allowed: Allowed | None, broken_too: bool) -> Source:
        places = self.places
        passing = np.ones(len(places), bool)
        if services:
            passing &= ((places.listed if broken_too else places.offered) & services) == services
        if allowed is not None:
            passing &= allowed.marks[places.hours]
        rows = np.flatnonzero(passing)
        return Scan(rows, places.units[rows])
