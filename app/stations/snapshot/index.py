"""For each question lately asked, where to search: among all places, or, if few pass, among those alone.

A question that very many pass gets a k-d tree, grown in the background.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

import numpy as np

from app.kit.geo import Floats
from app.stations.snapshot.blocks import BLOCK, Blocks, Keep, Marks, Millimetres, Rows
from app.stations.snapshot.places import Places
from app.stations.snapshot.timetable import Allowed
from app.stations.snapshot.tree import TREE_ROWS, Tree, planter

FEW_SHARE = 0.02
"""Where fewer pass, a search among all would look at too many in vain."""
LONG_SEARCH_ROWS = 20_000
"""A search that looked at more shows that what passes lies elsewhere: it gets blocks of its own, too."""
KEPT_BYTES = 96 << 20
KEPT_QUESTIONS = 128


@dataclass(slots=True)
class _Source:
    searched: tuple[Blocks, Marks]
    tree: Tree | None = None

    @property
    def nbytes(self) -> int:
        blocks, marked = self.searched
        own = blocks.nbytes if blocks.everyone is marked else marked.nbytes
        return own + (0 if self.tree is None else self.tree.nbytes)


Submit = Callable[[Callable[[], None]], object]


class Index:
    """Places and what is made from them; safe to ask from several threads."""

    def __init__(
        self,
        places: Places,
        *,
        few_share: float = FEW_SHARE,
        long_search_rows: int = LONG_SEARCH_ROWS,
        block: int = BLOCK,
        tree_rows: int = TREE_ROWS,
        submit: Submit = planter.submit,
    ) -> None:
        self.places = places
        self._few_share = few_share
        self._long_search_rows = long_search_rows
        self._block = block
        self._tree_rows = tree_rows
        self._submit = submit
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
    ) -> list[tuple[int, int]]:
        """The nearest rows that offer all these services, not known to be broken, and are allowed.

        As (mm, row), by whole millimetres, then id.
        """
        key = services, None if allowed is None else allowed.key
        source = self._source(key, lambda: self._offering(services, allowed))
        ranks = self.places.ranks
        if source.tree is not None and keep is None:
            near = source.tree.nearest(u, limit, ranks, valid)
            if near is not None:
                return near
        blocks, marked = source.searched
        found = blocks.nearest(u, limit, ranks, marked, valid, keep)
        if found.looked_at > self._long_search_rows and blocks is self._all:
            source.searched = self._apart(marked.ravel()[: len(self.places)])
        return found.near

    def within(
        self, u: Floats, radius_mm: int, services: int, valid: Marks | None = None
    ) -> tuple[Rows, Millimetres]:
        """Every row not farther than that which has all these services, broken or not."""
        source = self._source((services, "listed"), lambda: (self.places.listed & services) == services)
        blocks, marked = source.searched
        return blocks.within(u, radius_mm, marked, valid)

    def reaches(self, u: Floats, radius_mm: int) -> bool:
        """Whether a place may lie within that."""
        return self._all.holds_within(u, radius_mm)

    def kept_bytes(self) -> int:
        """What was made for questions weighs."""
        return sum(source.nbytes for source in self._kept.values())

    def _offering(self, services: int, allowed: Allowed | None) -> Marks:
        marks: Marks = (self.places.offered & services) == services
        return marks if allowed is None else marks & allowed.marks.take(self.places.hours)

    def _source(self, key: tuple[object, ...], passing: Callable[[], Marks]) -> _Source:
        with self._lock:
            if (kept := self._kept.get(key)) is not None:
                self._kept.move_to_end(key)
                return kept
        marks = passing()
        count = np.count_nonzero(marks)
        if count < self._few_share * len(marks):
            return self._keep(key, _Source(self._apart(marks)))
        source = self._keep(key, _Source((self._all, self._all.padded(marks))))
        if count >= self._tree_rows and "listed" not in key:
            self._submit(lambda: self._plant(source, marks))
        return source

    def _plant(self, source: _Source, marks: Marks) -> None:
        source.tree = Tree(self.places.units, marks)

    def _apart(self, marks: Marks) -> tuple[Blocks, Marks]:
        rows = np.flatnonzero(marks).astype(np.int32)
        blocks = Blocks(self.places.units[rows], rows, self._block)
        return blocks, blocks.everyone

    def _keep(self, key: tuple[object, ...], source: _Source) -> _Source:
        with self._lock:
            self._kept[key] = source
            self._kept.move_to_end(key)
            while len(self._kept) > 1 and (
                len(self._kept) > KEPT_QUESTIONS or self.kept_bytes() > KEPT_BYTES
            ):
                self._kept.popitem(last=False)
        return source
