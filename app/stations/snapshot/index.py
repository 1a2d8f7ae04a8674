"""For each question lately asked, the rows that pass, in the structure that finds the nearest soonest.

Few rows are scanned; many get a k-d tree of their own, built in the background while the tree of all rows,
filtered, answers.
"""

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

import numpy as np

from app.stations.snapshot.places import Places, Rows
from app.stations.snapshot.sources import Filtered, Scan, Source, Tree
from app.stations.snapshot.timetable import Allowed, Marks

SCAN_ROWS = 20_000
"""Up to so many rows a scan is about as quick as a tree, and a city needs no scipy."""
KEPT_BYTES = 96 << 20
"""What the structures of questions may weigh; the tree of all rows comes on top."""
KEPT_QUESTIONS = 128

Submit = Callable[[Callable[[], None]], object]
_builder = ThreadPoolExecutor(max_workers=1, thread_name_prefix="trees")  # its thread starts when needed


class Index:
    """Places and what is made from them; safe to ask from several threads."""

    def __init__(
        self, places: Places, *, scan_rows: int = SCAN_ROWS, submit: Submit = _builder.submit
    ) -> None:
        self.places = places
        self._scan_rows = scan_rows
        self._submit = submit
        self._lock = Lock()
        self._kept: OrderedDict[tuple[object, ...], Source] = OrderedDict()
        rows, units = np.arange(len(places), dtype=np.int32), places.units
        self._all = Tree(rows, units) if len(rows) > scan_rows else Scan(rows, units)

    def offering(self, services: int, allowed: Allowed | None) -> Source:
        """The rows that have all these services, none known to be broken, and whose hours are allowed."""
        if not services and allowed is None:
            return self._all
        key = (services, None if allowed is None else allowed.key)

        def passing() -> Marks:
            marks: Marks = (self.places.offered & services) == services
            return marks if allowed is None else marks & allowed.marks[self.places.hours]

        return self._kept_source(key) or self._make(key, passing(), often=True)

    def listing(self, services: int) -> Source:
        """The rows that have all these services, known to be broken or not."""
        if not services:
            return self._all
        key = (services, "listing")
        return self._kept_source(key) or self._make(
            key, (self.places.listed & services) == services, often=False
        )

    def _kept_source(self, key: tuple[object, ...]) -> Source | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def _make(self, key: tuple[object, ...], passing: Marks, *, often: bool) -> Source:
        rows = np.flatnonzero(passing).astype(np.int32)
        if isinstance(self._all, Scan) or len(rows) <= self._scan_rows:
            return self._keep(key, Scan(rows, self.places.units[rows]))
        source = self._keep(key, Filtered(self._all, passing))
        if often:
            self._submit(lambda: self._plant(key, rows))
        return source

    def _plant(self, key: tuple[object, ...], rows: Rows) -> None:
        self._keep(key, Tree(rows, self.places.units[rows]))

    def _keep(self, key: tuple[object, ...], source: Source) -> Source:
        with self._lock:
            self._kept[key] = source
            self._kept.move_to_end(key)
            while len(self._kept) > 1 and self._too_much():
                self._kept.popitem(last=False)
        return source

    def _too_much(self) -> bool:
        return len(self._kept) > KEPT_QUESTIONS or self.kept_bytes() > KEPT_BYTES

    def kept_bytes(self) -> int:
        """What the structures of questions weigh."""
        return sum(source.nbytes for source in self._kept.values())
