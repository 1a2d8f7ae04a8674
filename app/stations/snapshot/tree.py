"""The quick way for a question that many places pass: one call into a k-d tree of those places.

It answers only what it is sure of, near places without too many ties; blocks answer the rest.
"""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from app.kit.geo import EARTH_RADIUS_M, Floats
from app.stations.snapshot.blocks import Marks, Rows

TREE_ROWS = 20_000
"""Fewer places get no tree: blocks are about as quick, and a city needs no scipy."""
_FARTHEST_CHORD = 0.05
"""About 320 km. The tree's boxes hold next to nothing back far away, where chords hardly differ."""
_TREE_ROW_BYTES = 20  # indices and nodes, measured

planter = ThreadPoolExecutor(max_workers=1, thread_name_prefix="trees")  # its thread starts when needed


class Tree:
    """The marked rows of some places."""

    def __init__(self, units: Floats, marked: Marks) -> None:
        # Imported late: 40 MB and 0.2 s.
        from scipy.spatial import cKDTree

        self._rows = np.flatnonzero(marked).astype(np.int32)
        self._tree: Any = cKDTree(units[self._rows])

    @property
    def nbytes(self) -> int:
        """The copy of the unit vectors, the rows and the tree itself."""
        return (24 + 4 + _TREE_ROW_BYTES) * len(self._rows)

    def nearest(
        self, u: Floats, limit: int, ranks: Rows, valid: Marks | None
    ) -> list[tuple[int, int]] | None:
        """The nearest rows as (mm, row), by whole millimetres, then rank; None where it cannot be sure."""
        chords, near = self._tree.query(u, k=limit + 6, distance_upper_bound=_FARTHEST_CHORD)
        if near[-1] == len(self._rows):  # fewer than wanted
            return None
        # 2R·asin(chord / 2) is the distance of `kit.geo` where the chord is short.
        mm = np.rint(2000 * EARTH_RADIUS_M * np.arcsin(chords * 0.5)).astype(np.int64).tolist()
        rows = self._rows.take(near)
        found = sorted(zip(mm, ranks.take(rows).tolist(), rows.tolist(), strict=True))
        if valid is not None:
            found = [each for each in found if valid[each[2]]]
        if len(found) < limit or found[limit - 1][0] >= mm[-1]:  # what was not fetched may be as near
            return None
        return [(distance, row) for distance, _, row in found[:limit]]
