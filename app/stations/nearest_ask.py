"""The question behind `GET /v1/stations/nearest`, checked and converted once."""

from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from app.core.clock import now
from app.core.errors import FieldError, InvalidInput, Words
from app.kit.datum import Crs, to_wgs84
from app.kit.geo import Floats
from app.stations.queries import read_moment, read_services
from app.stations.schemas import Travel
from app.stations.snapshot.blocks import Millimetres
from app.stations.snapshot.encode import service_bit
from app.stations.snapshot.timetable import Openness

SPEEDS_KMH: dict[Travel, float] = {"foot": 5.0, "ebike": 18.0}
DETOUR_FACTOR = 1.4
"""Streets against the straight line."""


class Ask(NamedTuple):
    """A question: position in WGS-84 degrees, services as bits, all checked already."""

    lat: float
    lon: float
    at: datetime
    services: int = 0
    openness: Openness = "any"
    travel: Travel | None = None
    all_night: bool = False
    limit: int = 10
    max_mm: int | None = None
    left_out: bool = False

    def arrival_s(self, mm: Millimetres) -> Floats:
        """When the rider is that far away, seconds since 1970; `at` itself without travel."""
        s_per_mm = 0.0 if self.travel is None else DETOUR_FACTOR * 3.6e-3 / SPEEDS_KMH[self.travel]
        return np.asarray(self.at.timestamp() + mm * s_per_mm, np.float64)


def read_ask(
    crs: Crs,
    lat: float,
    lon: float,
    services: str | None,
    openness: Openness,
    at: datetime | None,
    travel: Travel | None,
    all_night: bool,
    limit: int,
    max_m: float | None,
    left_out: bool,
) -> Ask:
    """The question from its query parameters. Raises InvalidInput."""
    lat, lon = to_wgs84(crs, lat, lon)
    return Ask(
        lat=lat,
        lon=lon,
        at=now() if at is None else _checked_at(at, travel),
        services=0 if services is None else _service_bits(services),
        openness=openness,
        travel=travel,
        all_night=all_night,
        limit=limit,
        max_mm=None if max_m is None else int(max_m * 1000),
        left_out=left_out,
    )


def _checked_at(at: datetime, travel: Travel | None) -> datetime:
    moment = read_moment("query.at", at)
    assert moment is not None
    if travel is not None:
        raise _wrong("query.at", "at 和 travel 只能给一个", "at and travel exclude each other")
    if not 2000 <= moment.year < 2100:
        raise _wrong("query.at", "要在 2000 到 2099 年之间", "must lie in the years 2000 to 2099")
    return moment


def _wrong(field: str, zh: str, en: str) -> InvalidInput:
    return InvalidInput(errors=(FieldError(field, Words(zh, en)),))


@lru_cache(maxsize=1024)
def _service_bits(codes: str) -> int:
    bits = 0
    for kind in read_services(codes):
        bits |= service_bit(kind)
    return bits
