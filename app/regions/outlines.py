"""Which district a position lies in, by the districts' real outlines (WGS-84); streets have no outlines."""

import json
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

DATA = Path(__file__).parent / "data"

_TOLERANCE_DEGREES = 0.01
"""About 1 km: the outlines have a point every few kilometres, so a row near a border may know better."""


class Outline(NamedTuple):
    """One district's outline, prepared for many questions."""

    code: str
    shape: BaseGeometry
    bounds: tuple[float, float, float, float]


@lru_cache(1)
def outlines() -> tuple[Outline, ...]:
    """Every outline that the product carries, by code."""
    found = []
    for path in sorted(DATA.glob("districts_*.geojson")):
        for feature in json.loads(path.read_text("utf-8"))["features"]:
            polygon = shape(feature["geometry"])
            shapely.prepare(polygon)
            found.append(Outline(feature["properties"]["adcode"], polygon, polygon.bounds))
    return tuple(sorted(found))


def district_of(lat: float, lon: float) -> str | None:
    """The code of the district that holds the position; None outside every outline.

    A point on a common border belongs to the district of the lower code.
    """
    for code, polygon, (west, south, east, north) in outlines():
        if west <= lon <= east and south <= lat <= north and shapely.intersects_xy(polygon, lon, lat):
            return code
    return None


def may_lie_in(code: str, lat: float, lon: float) -> bool:
    """Whether a region named by hand fits the position: its district's outline, give or take 1 km.

    A district without an outline (a development zone) is held against the outlines of its whole city;
    a city without outlines can be held against nothing and fits.
    """
    city = [each for each in outlines() if each.code[:4] == code[:4]]
    near = [each for each in city if each.code == code[:6]] or city
    point = shapely.Point(lon, lat)
    return not near or any(each.shape.dwithin(point, _TOLERANCE_DEGREES) for each in near)


def middle_of(code: str) -> tuple[float, float] | None:
    """The middle (lat, lon) of a district's outline; None where none is known."""
    for each in outlines():
        if each.code == code:
            middle = each.shape.centroid
            return (round(middle.y, 6), round(middle.x, 6))
    return None
