"""Exact nearest search over places put in blocks of neighbours, each block inside a cap of the sphere.

A cap tells how near its places can be at best, so only the blocks that may matter are looked at: the nearest
few at first, then all that could hold something nearer than what was found. Everything is a handful of numpy
calls; angles, unlike the chords of a k-d tree, stay sharp as far as the antipode.
"""

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from app.kit.geo import EARTH_RADIUS_M, Floats, distances_mm

Rows = npt.NDArray[np.int32]
Marks = npt.NDArray[np.bool_]
Millimetres = npt.NDArray[np.int64]
Keep = Callable[[Rows, Millimetres], Marks]
"""Which of these rows count, by their distances."""

BLOCK = 256
_EPSILON = 4e-15  # above the error of a product of two unit vectors in float64


class Found(NamedTuple):
    """(mm, row) in the order of the answer, and how many rows were looked at for them."""

    near: list[tuple[int, int]]
    looked_at: int


class Blocks:
    """m places in spatial order; `rows` numbers them (None: 0 to m − 1)."""

    def __init__(self, units: Floats, rows: Rows | None = None, block: int = BLOCK) -> None:
        self._units = units
        self._rows = rows
        self._block = block
        self.everyone = self.padded(np.ones(len(units), bool))
        starts = np.arange(0, len(units), block)
        sums = np.add.reduceat(units, starts, axis=0) if len(units) else units
        lengths = np.sqrt(np.einsum("ij,ij->i", sums, sums))
        # A sum of nothing has no direction: any place of the block is a centre, if a poor one.
        self._centres = np.where(
            lengths[:, None] > 1e-6, sums / np.maximum(lengths, 1e-6)[:, None], units[starts]
        )
        own = np.repeat(self._centres, BLOCK, axis=0)[: len(units)]
        cosines = np.einsum("ij,ij->i", own, units)
        self._cos_radius = (np.minimum.reduceat(cosines, starts) if len(units) else cosines) - _EPSILON
        self._sin_radius = np.sqrt(np.maximum(0, 1 - self._cos_radius**2))
        self._widest = math.acos(max(-1.0, self._cos_radius.min(initial=1.0)))

    def __len__(self) -> int:
        return len(self._units)

    @property
    def nbytes(self) -> int:
        """What it holds besides the places' own arrays."""
        copies = 0 if self._rows is None else self._units.nbytes + self._rows.nbytes
        return copies + self.everyone.nbytes + 40 * len(self._centres)

    def padded(self, marks: Marks) -> Marks:
        """Marks of the places, by block and place of the block: what `nearest` and `within` take."""
        blocks = -(-len(self._units) // self._block)
        filled = np.zeros((blocks, self._block), bool)
        filled.ravel()[: len(marks)] = marks
        return filled

    def nearest(
        self,
        u: Floats,
        limit: int,
        ranks: Rows,
        marked: Marks,
        valid: Marks | None = None,
        keep: Keep | None = None,
    ) -> Found:
        """The nearest `limit` marked places, by whole millimetres, then rank; `ranks` and `valid` by row."""
        to_centres = self._centres @ u
        count = 1
        while True:  # what lies about, more and more of it, until there is enough
            chosen = _largest(to_centres, count)
            positions, cosines = self._look(chosen, u, marked, valid, keep)
            if len(cosines) >= limit or len(chosen) == len(to_centres):
                break
            count *= 4
        if len(chosen) < len(to_centres):  # what may hold something nearer
            chosen = np.flatnonzero(self._reach(to_centres, _least_cosine(cosines, limit)))
            positions, cosines = self._look(chosen, u, marked, valid, keep)
        if len(cosines) > limit:
            positions = positions[cosines >= _least_cosine(cosines, limit)]
        rows, mm = self._named(positions), distances_mm(u, self._units.take(positions, axis=0))
        order = np.lexsort((ranks.take(rows), mm))[:limit]
        near = zip(mm.take(order).tolist(), rows.take(order).tolist(), strict=True)
        return Found(list(near), len(chosen) * self._block)

    def within(
        self, u: Floats, radius_mm: int, marked: Marks, valid: Marks | None
    ) -> tuple[Rows, Millimetres]:
        """Every marked place that is not farther than that, in no order."""
        chosen = np.flatnonzero(self._reach(self._centres @ u, _least_within(radius_mm)))
        positions, _ = self._look(chosen, u, marked, valid, None)
        mm = distances_mm(u, self._units[positions])
        inside = mm <= radius_mm
        return self._named(positions[inside]), mm[inside]

    def holds_within(self, u: Floats, radius_mm: int) -> bool:
        """Whether a place, marked or not, may lie within that: one look at all, meant for few."""
        return bool((self._units @ u >= _least_within(radius_mm)).any())

    def _reach(self, to_centres: Floats, cosine: float) -> Marks:
        """Which blocks may hold a place of at least that cosine, by the cosines to their centres."""
        angle = math.acos(max(-1.0, cosine))
        if angle + self._widest >= 3.14:  # beyond the antipode, where cosines rise again
            return np.ones(len(to_centres), bool)
        # Cosine of angle + radius; a sine had from a cosine is off by 1e-8 at worst.
        least = self._cos_radius * cosine - self._sin_radius * (math.sin(angle) + 2e-8)
        reached: Marks = to_centres >= least - _EPSILON
        return reached

    def _look(
        self,
        blocks: npt.NDArray[np.int64],
        u: Floats,
        marked: Marks,
        valid: Marks | None,
        keep: Keep | None,
    ) -> tuple[npt.NDArray[np.int64], Floats]:
        """Positions and cosines of the places of these blocks that count."""
        at = marked.take(blocks, axis=0).ravel().nonzero()[0]
        positions = blocks.take(at // self._block) * self._block + at % self._block
        if valid is not None:
            positions = positions[valid.take(self._named(positions))]
        units = self._units.take(positions, axis=0)
        if keep is not None:
            kept = keep(self._named(positions), distances_mm(u, units))
            positions, units = positions[kept], units[kept]
        return positions, units @ u

    def _named(self, positions: npt.NDArray[np.int64]) -> Rows:
        return positions.astype(np.int32) if self._rows is None else self._rows.take(positions)


def spatial_order(units: Floats) -> npt.NDArray[np.int64]:
    """An order in which each `BLOCK` rows are neighbours: halves along the longer axis, again and again."""
    order = np.arange(len(units))
    parts = [(0, len(units))]
    while parts:
        begin, end = parts.pop()
        if end - begin <= BLOCK:
            continue
        rows = order[begin:end]
        mine = units[rows]
        axis = int(np.argmax(np.ptp(mine, axis=0)))
        blocks = -(-(end - begin) // BLOCK)
        middle = blocks // 2 * BLOCK  # all blocks but the last are full
        order[begin:end] = rows[np.argpartition(mine[:, axis], middle)]
        parts += [(begin, begin + middle), (begin + middle, end)]
    return order


def _largest(values: Floats, count: int) -> npt.NDArray[np.int64]:
    """Where the `count` largest stand, with all that equal the last of them."""
    if count == 1 and len(values):
        return np.array([values.argmax()])
    if count >= len(values):
        return np.arange(len(values))
    return np.flatnonzero(values >= np.partition(values, -count)[-count])


def _least_cosine(cosines: Floats, limit: int) -> float:
    """What rounds to the millimetre of the `limit`-th nearest lies above it: ties are settled by rank."""
    last = float(np.partition(cosines, -limit)[-limit])
    return last - _EPSILON - 1e-9 * math.sqrt(max(0.0, 1 - last * last))


def _least_within(radius_mm: int) -> float:
    return math.cos(min(math.pi, (radius_mm + 2) / 1000 / EARTH_RADIUS_M)) - _EPSILON
