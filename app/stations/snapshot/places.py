"""Places as arrays: what the nearest index asks of each, and their JSON, encoded once.

A row costs 52 bytes of arrays besides its JSON. Of that, what is each place's own (`head`) lies in a blob;
what many share (`tail`: kind, services, access …) is kept once.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from app.kit.geo import Floats, unit_vectors

Rows = npt.NDArray[np.int32]
_BLOB = 1 << 40
_ID = slice(7, 43)  # where the id stands in a head: {"id":"…36 characters…"


@dataclass(frozen=True, slots=True)
class Places:
    """n places in the order of their ids, so that the order of rows settles ties."""

    units: Floats
    """Unit vectors, shape (n, 3)."""
    offered: npt.NDArray[np.uint32]
    """Bit i: service i of the vocabulary is there and not known to be broken."""
    listed: npt.NDArray[np.uint32]
    """The same with the broken ones."""
    hours: npt.NDArray[np.int32]
    """Row in the timetable."""
    tails: npt.NDArray[np.int32]
    """Index into the shared tails."""
    starts: npt.NDArray[np.int64]
    sizes: npt.NDArray[np.int32]
    """Where each head lies: the number of its blob, times 2^40, and its offset there."""
    blobs: tuple[bytes | bytearray, ...]

    def __len__(self) -> int:
        return len(self.starts)

    def head(self, row: int) -> bytes | bytearray:
        """`{"id":…` up to the last of the place's own members, not closed."""
        blob, offset = divmod(int(self.starts[row]), _BLOB)
        return self.blobs[blob][offset : offset + int(self.sizes[row])]

    def id_at(self, row: int) -> bytes | bytearray:
        """The id's text."""
        blob, offset = divmod(int(self.starts[row]), _BLOB)
        return self.blobs[blob][offset + _ID.start : offset + _ID.stop]

    def first_at_or_after(self, id_: bytes | bytearray) -> int:
        """The row of the least id that is not before this one; n when all are."""
        return bisect_left(range(len(self)), id_, key=self.id_at)

    def rows_of(self, ids: Iterable[bytes]) -> Rows:
        """The rows of those places that are here."""
        rows = ((self.first_at_or_after(id_), id_) for id_ in ids)
        here = [row for row, id_ in rows if row < len(self) and self.id_at(row) == id_]
        return np.array(here, np.int32)

    def merged(self, without: Rows, more: "Places") -> "Places":
        """These rows but for some, with `more` at their places in the order; heads are not copied."""
        before = [self.first_at_or_after(more.id_at(row)) for row in range(len(more))]
        own = np.arange(len(self), dtype=np.int32)
        order = np.insert(own, before, np.arange(len(more), dtype=np.int32) + len(self))
        order = order[~np.isin(order, without)]
        return Places(
            units=np.concatenate((self.units, more.units))[order],
            offered=np.concatenate((self.offered, more.offered))[order],
            listed=np.concatenate((self.listed, more.listed))[order],
            hours=np.concatenate((self.hours, more.hours))[order],
            tails=np.concatenate((self.tails, more.tails))[order],
            starts=np.concatenate((self.starts, more.starts + len(self.blobs) * _BLOB))[order],
            sizes=np.concatenate((self.sizes, more.sizes))[order],
            blobs=self.blobs + more.blobs,
        ).repacked_if_wasteful()

    def repacked_if_wasteful(self) -> "Places":
        """The same in one blob, when half of what is held is not used any more or lies in many pieces."""
        held, used = sum(map(len, self.blobs)), int(self.sizes.sum())
        if len(self.blobs) <= 64 and held <= 2 * used + (1 << 20):
            return self
        blob = b"".join(map(self.head, range(len(self))))
        starts = np.cumsum(self.sizes, dtype=np.int64) - self.sizes
        return replace(self, starts=starts, blobs=(blob,))

    def arrays_bytes(self) -> int:
        """What the arrays weigh, without the heads."""
        own = (self.units, self.offered, self.listed, self.hours, self.tails, self.starts, self.sizes)
        return sum(array.nbytes for array in own)


class PlacesBuilder:
    """Collects places in the order of their ids; compact, since there may be a million."""

    def __init__(self) -> None:
        self._lat, self._lon = array("d"), array("d")
        self._offered, self._listed = array("I"), array("I")
        self._hours, self._tails, self._sizes = array("i"), array("i"), array("i")
        self._blob = bytearray()

    def add(
        self, head: bytes, *, lat: float, lon: float, offered: int, listed: int, hours: int, tail: int
    ) -> None:
        """One more place; its id must come after the last one's."""
        self._lat.append(lat)
        self._lon.append(lon)
        self._offered.append(offered)
        self._listed.append(listed)
        self._hours.append(hours)
        self._tails.append(tail)
        self._sizes.append(len(head))
        self._blob += head

    def build(self) -> Places:
        """The arrays of what was added."""
        sizes = np.array(self._sizes, np.int32)
        return Places(
            units=unit_vectors(np.array(self._lat), np.array(self._lon)),
            offered=np.array(self._offered, np.uint32),
            listed=np.array(self._listed, np.uint32),
            hours=np.array(self._hours, np.int32),
            tails=np.array(self._tails, np.int32),
            starts=np.cumsum(sizes, dtype=np.int64) - sizes,
            sizes=sizes,
            blobs=(self._blob,),
        )
