"""One state of the catalogue, immutable: what a request is answered from, whole, without a lock."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from app.kit.geo import Floats
from app.stations.snapshot.encode import Shared
from app.stations.snapshot.index import Index
from app.stations.snapshot.places import Places, Rows
from app.stations.snapshot.sources import Keep, Millimetres, nearest
from app.stations.snapshot.timetable import Allowed, Marks, Timetable


@dataclass(frozen=True, slots=True)
class Part:
    """Places of which some may be overruled by a later part or gone."""

    index: Index
    valid: Marks | None = None
    """By row; None when all are."""

    def both(self, keep: Keep | None) -> Keep | None:
        """The condition together with that of being valid."""
        valid = self.valid
        if valid is None:
            return keep
        if keep is None:
            return lambda rows, mm: valid[rows]
        return lambda rows, mm: valid[rows] & keep(rows, mm)


class Near(NamedTuple):
    """A place found; the order of these tuples is that of the answer."""

    mm: int
    id: bytes | bytearray
    places: Places
    row: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The places as of one revision: the many at rest, and the few that changed since."""

    revision: int
    parts: tuple[Part, ...]
    timetable: Timetable
    shared: Shared
    """Only ever added to: later snapshots use it too."""

    def __len__(self) -> int:
        return sum(
            len(part.index.places) if part.valid is None else int(np.count_nonzero(part.valid))
            for part in self.parts
        )

    def nearest(
        self,
        u: Floats,
        limit: int,
        services: int,
        allowed: Allowed | None,
        keep_of: Callable[[Places], Keep] | None = None,
    ) -> list[Near]:
        """The nearest places that offer the services, whose hours are allowed and that are kept, in order."""
        found: list[Near] = []
        for index, both in ((part.index, part.both) for part in self.parts):
            places = index.places
            keep = both(None if keep_of is None else keep_of(places))
            rows, mm = nearest(index.offering(services, allowed), u, limit, keep)
            found += [
                Near(mm_, places.id_at(row), places, row)
                for mm_, row in zip(mm.tolist(), rows.tolist(), strict=True)
            ]
        if len(self.parts) > 1:
            found.sort(key=lambda near: near[:2])
        return found[:limit]

    def listing_within(
        self, u: Floats, services: int, last: Near | int
    ) -> list[tuple[Places, Rows, Millimetres]]:
        """By part, the rows that have the services, broken or not, and come before `last`, a place or mm."""
        radius_mm = last if isinstance(last, int) else last.mm
        listed = []
        for part in self.parts:
            places = part.index.places
            rows, mm = part.index.listing(services).within(u, radius_mm)
            before = np.ones(len(rows), bool) if part.valid is None else part.valid[rows]
            if not isinstance(last, int):
                for i in np.flatnonzero(mm == radius_mm):
                    before[i] &= places.id_at(rows[i]) < last.id
            listed.append((places, rows[before], mm[before]))
        return listed
