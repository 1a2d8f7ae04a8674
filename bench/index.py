"""The index alone: exact, quick against one k-d tree with over-fetch, steady in the worst cases, small."""

import time
from collections.abc import Callable
from functools import partial
from statistics import median
from typing import Any

import numpy as np
from scipy.spatial import cKDTree

from app.kit.geo import distances_mm, unit_vector
from app.stations.snapshot.index import Index
from app.stations.snapshot.snapshot import Part, Snapshot
from app.stations.snapshot.tree import planter
from bench.cases import Case, Point, make_cases
from bench.table import Table
from bench.world import World, make_snapshot, make_world

K = 10
Answer = list[tuple[int, int]]
"""(mm, row), in order."""


class OneTree:
    """The peer: one cKDTree of all places, asked for 64 and again for more until ten pass."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._places = snapshot.parts[0].index.places
        self._tree: Any = cKDTree(self._places.units)

    def ask(self, case: Case, point: Point) -> Answer:
        """The same answer in its own way."""
        u, places, want = np.array(unit_vector(*point)), self._places, 64
        allowed = self._snapshot.timetable.allowed(case.openness, case.at.timestamp(), None)
        while True:
            want = min(want, len(places))
            _, rows = self._tree.query(u, k=want)
            passing = (places.offered[rows] & case.services) == case.services
            if allowed is not None:
                passing &= allowed.marks[places.hours[rows]]
            kept = rows[passing]
            if len(kept) > K or want == len(places):
                mm = distances_mm(u, places.units[kept])
                order = np.lexsort((places.ranks[kept], mm))
                if want == len(places) or mm[order[K - 1]] < mm[order[-1]]:  # no ties beyond what was fetched
                    return _pairs(mm[order[:K]], kept[order[:K]])
            want *= 4


def ask_index(snapshot: Snapshot, case: Case, point: Point) -> Answer:
    """As the endpoint does, without the items."""
    allowed = snapshot.timetable.allowed(case.openness, case.at.timestamp(), None)
    index = snapshot.parts[0].index
    return index.nearest(np.array(unit_vector(*point)), K, case.services, allowed)


def brute_force(snapshot: Snapshot, case: Case, point: Point) -> Answer:
    """By looking at every place."""
    places = snapshot.parts[0].index.places
    passing = (places.offered & case.services) == case.services
    allowed = snapshot.timetable.allowed(case.openness, case.at.timestamp(), None)
    if allowed is not None:
        passing &= allowed.marks[places.hours]
    rows = np.flatnonzero(passing)
    mm = distances_mm(np.array(unit_vector(*point)), places.units[rows])
    order = np.lexsort((places.ranks[rows], mm))[:K]
    return _pairs(mm[order], rows[order])


def _pairs(mm: Any, rows: Any) -> Answer:
    return list(zip(mm.tolist(), rows.tolist(), strict=True))


def microseconds(ask: Callable[[Point], object], points: list[Point], rounds: int = 1) -> list[float]:
    """How long each call takes, in this thread's own time: other processes do not count."""
    taken = []
    for point in points * rounds:
        begin = time.thread_time_ns()
        ask(point)
        taken.append((time.thread_time_ns() - begin) / 1e3)
    return taken


def settled() -> None:
    """Wait for the trees under way."""
    planter.submit(lambda: None).result()


def run(world: World, snapshot: Snapshot, table: Table) -> None:
    """The twelve cases and what they cost in memory."""
    peer, cases = OneTree(snapshot), make_cases(world)
    wrong = 0
    worst, first_worst = 0.0, 0.0
    table.say(f"{'case (us)':38} {'first':>8} {'p50':>8} {'p99':>8}   one tree p50")
    for number, case in enumerate(cases):
        first = microseconds(partial(ask_index, snapshot, case), case.points[:1])[0]
        settled()
        ours = microseconds(partial(ask_index, snapshot, case), case.points, 3)
        theirs = microseconds(partial(peer.ask, case), case.points[: 100 if number < 2 else 5])
        wrong += sum(ask_index(snapshot, case, p) != brute_force(snapshot, case, p) for p in case.points[:10])
        p99 = float(np.percentile(ours, 99))
        worst, first_worst = max(worst, p99), max(first_worst, first)
        table.say(f"{case.name:38} {first:8.0f} {median(ours):8.0f} {p99:8.0f}   {median(theirs):8.0f}")
        if number == 1:
            table.row(
                "index p50 / one k-d tree with over-fetch", median(ours) / median(theirs), "x", at_most=0.8
            )
    table.row("answers unlike brute force", wrong, "", at_most=0)
    table.row("worst warm query of the twelve cases (p99)", worst / 1e3, "ms", at_most=2)
    table.row("worst first use of a question", first_worst / 1e3, "ms", at_most=5)
    index = snapshot.parts[0].index
    table.row("arrays", index.places.arrays_bytes() / len(index.places), "B/place", at_most=64)
    table.row("trees and blocks of all twelve questions", index.kept_bytes() / 1e6, "MB", at_most=128)


def tenfold(world: World, snapshot: Snapshot, table: Table) -> None:
    """Ten times the places against the time of a question."""
    tenth = make_snapshot(make_world(len(world) // 10))
    times = []
    for each in (tenth, snapshot):
        fresh = Snapshot(1, (Part(Index(each.parts[0].index.places)),), each.timetable, each.shared)
        case = make_cases(world)[1]
        ask_index(fresh, case, case.points[0])
        settled()
        times.append(median(microseconds(partial(ask_index, fresh, case), case.points, 5)))
    table.row("ten times the places: time of a question", times[1] / times[0], "x", at_most=1.5)
