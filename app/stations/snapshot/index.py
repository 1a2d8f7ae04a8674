"""For each question lately asked, where to search: among all places, or, if few pass, among those alone."""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

import numpy as np

from app.kit.geo import Floats
from app.stations.snapshot.blocks import BLOCK, Blocks, Found, Keep, Marks, Millimetres, Passes, Rows
from app.stations.snapshot.places import Places
from app.stations.snapshot.timetable import Allowed

FEW_SHARE = 0.02
"""Where fewer pass, a search among all would look at too many in vain."""
LONG_SEARCH_ROWS = 20_000
"""A search that looked at more shows that what passes lies elsewhere: it gets blocks of its own, too."""
KEPT_BYTES = 96 << 20
KEPT_QUESTIONS = 128


@dataclass(frozen=True, slots=True)
class _Source:
    blocks: Blocks
    passes: Passes | None


class Index:
    """Places and what is made from them; safe to ask from several threads."""

    def __init__(
        self,
        places: Places,
        *,
        few_share: float = FEW_SHARE,
        long_search_rows: int = LONG_SEARCH_ROWS,
        block: int = BLOCK,
    ) -> None:
        self.places = places
        self._few_share = few_share
        self._long_search_rows = long_search_rows
        self._block = block
        self._all = Blocks(places.units, block=block)
        self._kept: OrderedDict[tuple[object, ...], _Source] = OrderedDict()
        self._lock = Lock()

    def nearest(
        self,
        u: Floats,
        limit: int,
        services: int,
        allowed: Allowed | None,
        valid: Marks | None = None,
        keep: Keep | None = None,
    ) -> Found:
        """The nearest rows that offer all these services, not known to be broken, and are allowed."""
        key = services, None if allowed is None else allowed.key
        passes = self._offering(services, allowed)
        source = self._source(key, passes)
        found = source.blocks.nearest(u, limit, self.places.ranks, _both(valid, source.passes), keep)
        if found.looked_at > self._long_search_rows and source.passes is not None:
            self._keep(key, self._apart(source.passes))
        return found

    def within(
        self, u: Floats, radius_mm: int, services: int, valid: Marks | None = None
    ) -> tuple[Rows, Millimetres]:
        """Every row not farther than that which has all these services, broken or not."""
        listed = self.places.listed

        def passes(rows: Rows) -> Marks:
            marks: Marks = (listed.take(rows) & services) == services
            return marks

        source = self._source((services, "listed"), passes if services else None)
        return source.blocks.within(u, radius_mm, _both(valid, source.passes))

    def kept_bytes(self) -> int:
        """What the blocks of questions weigh."""
        return sum(source.blocks.nbytes for source in self._kept.values() if source.blocks is not self._all)

    def _offering(self, services: int, allowed: Allowed | None) -> Passes | None:
        offered, hours = self.places.offered, self.places.hours
        if allowed is None:
            return (lambda rows: (offered.take(rows) & services) == services) if services else None
        marks = allowed.marks
        if not services:
            return lambda rows: marks.take(hours.take(rows))
        return lambda rows: ((offered.take(rows) & services) == services) & marks.take(hours.take(rows))

    def _source(self, key: tuple[object, ...], passes: Passes | None) -> _Source:
        if passes is None:
            return _Source(self._all, None)
        with self._lock:
            if (kept := self._kept.get(key)) is not None:
                self._kept.move_to_end(key)
                return kept
        n = len(self.places)
        sample = np.arange(0, n, n // 4096 + 1, dtype=np.int32)
        if n and np.count_nonzero(passes(sample)) < self._few_share * len(sample):
            return self._keep(key, self._apart(passes))
        return self._keep(key, _Source(self._all, passes))

    def _apart(self, passes: Passes) -> _Source:
        rows = np.flatnonzero(passes(np.arange(len(self.places), dtype=np.int32))).astype(np.int32)
        return _Source(Blocks(self.places.units[rows], rows, self._block), None)

    def _keep(self, key: tuple[object, ...], source: _Source) -> _Source:
        with self._lock:
            self._kept[key] = source
            self._kept.move_to_end(key)
            while len(self._kept) > 1 and (
                len(self._kept) > KEPT_QUESTIONS or self.kept_bytes() > KEPT_BYTES
            ):
                self._kept.popitem(last=False)
        return source


def _both(valid: Marks | None, passes: Passes | None) -> Passes | None:
    if valid is None:
        return passes
    if passes is None:
        return lambda rows: valid.take(rows)
    return lambda rows: valid.take(rows) & passes(rows)
