"""Places as arrays: what the nearest index asks of each, and their JSON, encoded once.

A row costs 60 bytes of arrays besides its JSON. Of that, what is each place's own (`head`) lies in a blob;
what many share (`tail`: kind, services, access …) is kept once.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from app.kit.geo import Floats, unit_vectors
from app.stations.snapshot.blocks import Rows, spatial_order

_BLOB_BITS = 40
_OFFSET = (1 << _BLOB_BITS) - 1
_ID_AT, _ID_LENGTH = 7, 36  # in a head: {"id":"…"

TEXTS = np.dtype([("start", np.int64), ("size", np.int32), ("tail", np.int32)])
"""A head's offset, the number of its blob times 2^40 added; its length; the number of the shared tail."""


@dataclass(frozen=True, slots=True)
class Places:
    """n places in spatial order (`blocks.spatial_order`)."""

    units: Floats
    """Unit vectors, shape (n, 3)."""
    offered: npt.NDArray[np.uint32]
    """Bit i: service i of the vocabulary is there and not known to be broken."""
    listed: npt.NDArray[np.uint32]
    """The same with the broken ones."""
    hours: npt.NDArray[np.int32]
    """Row in the timetable."""
    texts: npt.NDArray[np.void]
    """`TEXTS`: where the place's JSON lies."""
    ranks: Rows
    """By row, its place in the order of ids, which settles ties."""
    by_id: Rows
    """The rows in the order of their ids."""
    blobs: tuple[bytes | bytearray, ...]

    def __len__(self) -> int:
        return len(self.texts)

    def head_at(self, start: int, size: int) -> bytes | bytearray:
        """`{"id":…` up to the last of a place's own members, not closed."""
        offset = start & _OFFSET
        return self.blobs[start >> _BLOB_BITS][offset : offset + size]

    def id_of(self, start: int) -> bytes | bytearray:
        """The id's text, of the place whose head starts there."""
        return self.head_at(start + _ID_AT, _ID_LENGTH)

    def id_at(self, row: int) -> bytes | bytearray:
        """The id's text."""
        return self.id_of(int(self.texts["start"][row]))

    def _ids_before(self, id_: bytes | bytearray) -> int:
        return bisect_left(self.by_id, id_, key=self.id_at)

    def rows_of(self, ids: Iterable[bytes]) -> Rows:
        """The rows of those places that are here."""
        ranks = ((self._ids_before(id_), id_) for id_ in ids)
        rows = ((int(self.by_id[rank]), id_) for rank, id_ in ranks if rank < len(self))
        return np.array([row for row, id_ in rows if self.id_at(row) == id_], np.int32)

    def merged(self, without: Rows, more: "Places") -> "Places":
        """These rows but for some, with `more`; heads are not copied."""
        before = [self._ids_before(more.id_at(row)) for row in more.by_id]
        order = np.insert(self.by_id, before, more.by_id + len(self))
        order = order[~np.isin(order, without)]

        texts = more.texts.copy()
        texts["start"] += len(self.blobs) << _BLOB_BITS

        def both(own: npt.NDArray[Any], others: npt.NDArray[Any]) -> npt.NDArray[Any]:
            return np.concatenate((own, others))[order]

        return Places.of_sorted(
            units=both(self.units, more.units),
            offered=both(self.offered, more.offered),
            listed=both(self.listed, more.listed),
            hours=both(self.hours, more.hours),
            texts=both(self.texts, texts),
            blobs=self.blobs + more.blobs,
        ).repacked_if_wasteful()

    @classmethod
    def of_sorted(cls, units: Floats, blobs: tuple[bytes | bytearray, ...], **columns: Any) -> "Places":
        """From columns in the order of ids."""
        ranks = spatial_order(units).astype(np.int32)
        by_id = np.empty_like(ranks)
        by_id[ranks] = np.arange(len(ranks), dtype=np.int32)
        in_order = {name: column[ranks] for name, column in columns.items()}
        return cls(units=units[ranks], ranks=ranks, by_id=by_id, blobs=blobs, **in_order)

    def repacked_if_wasteful(self) -> "Places":
        """The same in one blob, when half of what is held is not used any more or lies in many pieces."""
        held, used = sum(map(len, self.blobs)), int(self.texts["size"].sum())
        if len(self.blobs) <= 64 and held <= 2 * used + (1 << 20):
            return self
        blob = b"".join(self.head_at(start, size) for start, size, _ in self.texts.tolist())
        return replace(self, texts=_in_one_blob(self.texts["size"], self.texts["tail"]), blobs=(blob,))

    def arrays_bytes(self) -> int:
        """What the arrays weigh, without the heads."""
        arrays = (getattr(self, each.name) for each in fields(self))
        return sum(each.nbytes for each in arrays if isinstance(each, np.ndarray))


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
        return Places.of_sorted(
            units=unit_vectors(np.array(self._lat), np.array(self._lon)),
            offered=np.array(self._offered, np.uint32),
            listed=np.array(self._listed, np.uint32),
            hours=np.array(self._hours, np.int32),
            texts=_in_one_blob(np.array(self._sizes, np.int32), np.array(self._tails, np.int32)),
            blobs=(self._blob,),
        )


def _in_one_blob(sizes: npt.NDArray[np.int32], tails: npt.NDArray[np.int32]) -> npt.NDArray[np.void]:
    texts = np.empty(len(sizes), TEXTS)
    texts["start"] = np.cumsum(sizes, dtype=np.int64) - sizes
    texts["size"], texts["tail"] = sizes, tails
    return texts
