"""Where a shape is: one point for an area or a line."""

import shapely
from shapely.geometry.base import BaseGeometry


def middle(geometry: BaseGeometry) -> tuple[float, float] | None:
    """(lon, lat) of the centroid, or of a point inside where the centroid lies outside; None if empty."""
    if geometry.is_empty:
        return None
    point = geometry.centroid
    if geometry.geom_type.endswith("Polygon") and geometry.is_valid and not geometry.covers(point):
        point = geometry.representative_point()
    return (round(point.x, 7), round(point.y, 7))


def outline(pairs: list[tuple[float, float]]) -> BaseGeometry:
    """The area of a closed way, else its line, from (lon, lat) pairs."""
    if len(pairs) > 3 and pairs[0] == pairs[-1]:
        return shapely.Polygon(pairs)
    return shapely.LineString(pairs) if len(pairs) > 1 else shapely.MultiPoint(pairs)
