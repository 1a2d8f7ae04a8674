"""One state of the catalogue, immutable: what a request is answered from, whole, without a lock."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from app.kit.geo import Floats
from app.stations.snapshot.blocks import Keep, Marks, Millimetres, Rows
from app.stations.snapshot.encode import Shared
from app.stations.snapshot.index import Index
from app.stations.snapshot.places import Places
from app.stations.snapshot.timetable import Allowed, Timetable


@dataclass(frozen=True, slots=True)
class Part:
    """Places of which some may be overruled by a later part or gone."""

    index: Index
    valid: Marks | None = None
    """By row; None when all are."""


class Near(NamedTuple):
    """A place found."""

    mm: int
    start: int
    size: int
    tail: int
    hours: int
    places: Places

    def order(self) -> tuple[int, bytes | bytearray]:
        """What the answer is sorted by: the distance, then the id."""
        return self.mm, self.places.id_of(self.start)


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
        nearest: list[Near] = []
        for part in self.parts:
            if len(nearest) == limit and not part.index.reaches(u, nearest[-1].mm):
                continue
            places, keep = part.index.places, None
            if keep_of is not None:
                keep = keep_of(places)
            found = part.index.nearest(u, limit, services, allowed, part.valid, keep)
            rows = np.array([row for _, row in found], np.int32)
            hours, texts = places.hours.take(rows).tolist(), places.texts.take(rows).tolist()
            nearest += [
                Near(mm, start, size, tail, row_hours, places)
                for (mm, _), (start, size, tail), row_hours in zip(found, texts, hours, strict=True)
            ]
        if len(self.parts) > 1:
            nearest.sort(key=Near.order)
        return nearest[:limit]

    def listing_within(
        self, u: Floats, services: int, last: Near | int
    ) -> list[tuple[Places, Rows, Millimetres]]:
        """By part, the rows that have the services, broken or not, and come before `last`, a place or mm."""
        radius_mm = last if isinstance(last, int) else last.mm
        listed = []
        for part in self.parts:
            places = part.index.places
            rows, mm = part.index.within(u, radius_mm, services, part.valid)
            if not isinstance(last, int):
                tied = [places.id_at(row) < last.order()[1] for row in rows[mm == radius_mm]]
                before = mm < radius_mm
                before[mm == radius_mm] = tied
                rows, mm = rows[before], mm[before]
            listed.append((places, rows, mm))
        return listed
