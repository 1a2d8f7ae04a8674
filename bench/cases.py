"""The questions of the index bench, the worst ones of `nearest`, each asked from many points."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from app.stations.models import ServiceKind
from app.stations.snapshot.encode import service_bit
from app.stations.snapshot.timetable import Openness
from bench.world import DUPLICATES, EARLY, NIGHT, NOON, NURSING, RARE, READING, TOILET, WATER, World

Point = tuple[float, float]


@dataclass(frozen=True)
class Case:
    """One question from several points."""

    name: str
    points: list[Point]
    services: int
    openness: Openness = "any"
    at: datetime = NOON


def make_cases(world: World, points: int = 100) -> list[Case]:
    """The twelve cases; the first is the usual question."""
    chance = np.random.default_rng(7)
    rows = chance.integers(0, len(world), points)
    near = (np.stack((world.lat[rows], world.lon[rows]), 1) + chance.normal(size=(points, 2)) * 0.01).tolist()
    cities = [(lat, lon) for lat, lon in near]
    there = [DUPLICATES] * (points // 4)
    aside = [(DUPLICATES[0] + 0.027, DUPLICATES[1])] * (points // 4)
    edges = [
        (90.0, 0.0),
        (-90.0, 0.0),
        *((lat, lon) for lat in (-40.0, 0, 35) for lon in (180.0, -180, 179.99)),
    ]
    far = [(-34.6 + i / 100, -58.4) for i in range(points // 4)]
    usual = _bits(WATER, TOILET)
    return [
        Case("usual: two services", cities, usual),
        Case("+ open=possible by day", cities, usual, "possible"),
        Case("+ open by one text (5 %)", cities, usual, "certain", EARLY),
        Case("rare service (0.01 %)", cities, _bits(RARE)),
        Case("two services rare together", cities, _bits(READING, NURSING)),
        Case("rare service + open 5 %", cities, _bits(RARE), "certain", EARLY),
        Case("10,000 at one point, asked there", there, usual),
        Case("10,000 at one point, 3 km off", aside, usual),
        Case("antimeridian and poles", edges, usual),
        Case("from Buenos Aires", far, usual),
        Case("from Buenos Aires, rare together", far, _bits(READING, NURSING)),
        Case("services and open rare together", cities, usual, "certain", NIGHT),
    ]


def _bits(*kinds: ServiceKind) -> int:
    return sum(map(service_bit, kinds))
