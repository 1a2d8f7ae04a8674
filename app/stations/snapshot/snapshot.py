"""One state of the catalogue, immutable: what a request is answered from, whole, without a lock."""

from dataclasses import dataclass

from app.stations.snapshot.index import Index
from app.stations.snapshot.timetable import Timetable


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The places as of one revision."""

    revision: int
    index: Index
    timetable: Timetable
    tails: list[bytes]
