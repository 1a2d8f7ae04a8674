"""Places as arrays: what the nearest index asks of each, and their JSON, encoded once.

A row costs 52 bytes of arrays besides its JSON. Of that, what is each place's own (`head`) lies in one blob;
what many share (`tail`: kind, services, access …) is kept once.
"""

from array import array
from bisect import bisect_left
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.kit.geo import Floats, unit_vectors

Rows = npt.NDArray[np.int64]
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
    """Where each head lies in the blob."""
    blob: npt.NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.starts)

    def head(self, row: int) -> bytes:
        """`{"id":…` up to the last of the place's own members, not closed."""
        start = int(self.starts[row])
        return self.blob[start : start + int(self.sizes[row])].tobytes()

    def id_at(self, row: int) -> bytes:
        """The id's text."""
        start = int(self.starts[row])
        return self.blob[start + _ID.start : start + _ID.stop].tobytes()

    def first_at_or_after(self, id_: bytes) -> int:
        """The row of the least id that is not before this one; n when all are."""
        return bisect_left(range(len(self)), id_, key=self.id_at)

    def arrays_bytes(self) -> int:
        """What the arrays weigh, without the blob."""
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
            blob=np.frombuffer(self._blob, np.uint8),
        )
