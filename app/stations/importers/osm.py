"""Reads OSM: one object's tags to a row, and whole extracts as XML or PBF through pyosmium."""

from collections.abc import Iterator
from pathlib import Path

import osmium
import shapely

from app.stations.importers.geometry import middle, outline
from app.stations.importers.rows import Note, Options, Row, Unreadable, osm_source
from app.stations.osm_tags import NotPublic, Tags, read_tags, services_of

_KEYS = ("amenity", "toilets", "drinking_water", "emergency")
"""Keys without which no rule makes a place: the rest of an extract is not looked at."""


def osm_row(
    line: int, object_id: str, lat: float, lon: float, tags: Tags, options: Options, names_services: bool
) -> Row | Note:
    """A row of one OSM object.

    In a file that names services somewhere, an object that names none is no place (an entrance, a gate);
    a file that names none at all is a list of places, whose services --services may tell.
    """
    try:
        values = read_tags(tags)
    except NotPublic as reason:
        return Note(line, "access", str(reason), "skipped", object_id[:128])
    if not values["services"] and names_services:
        return Note(line, "services", "its tags name no service", "skipped", object_id[:128])
    return Row(line, values | {"lat": lat, "lon": lon, "source": osm_source(object_id, options)})


def read_extract(path: Path, form: str, options: Options) -> Iterator[Row | Note]:
    """Rows of an extract in pyosmium's `form` (osm, osm.gz, pbf): objects that name a service.

    Nodes, ways (their middle) and multipolygon relations; raises Unreadable.
    """
    keys = osmium.filter.KeyFilter(*_KEYS)
    line = 0
    try:
        for found in osmium.FileProcessor(osmium.io.File(str(path), form)).with_areas().with_filter(keys):
            tags = {tag.k: tag.v for tag in found.tags}
            if not services_of(tags):
                continue
            placed = _placed(found)
            if placed is None:
                continue
            line += 1
            object_id, lon, lat = placed
            yield osm_row(line, object_id, lat, lon, tags, options, True)
    except (RuntimeError, OSError) as error:
        raise Unreadable(f"it is no OSM file that can be read: {error}") from None


def _placed(found: object) -> tuple[str, float, float] | None:
    """(`way/1`, lon, lat) of an object; None without a position, or for an area that a way gives already."""
    if isinstance(found, osmium.osm.Node):
        return f"node/{found.id}", round(found.lon, 7), round(found.lat, 7)
    if isinstance(found, osmium.osm.Way):
        pairs = [(node.lon, node.lat) for node in found.nodes if node.location.valid()]
        at = middle(outline(pairs)) if pairs else None
        return (f"way/{found.id}", *at) if at else None
    if isinstance(found, osmium.osm.Area) and not found.from_way():
        rings = [[(n.lon, n.lat) for n in ring] for ring in found.outer_rings()]
        at = middle(shapely.MultiPolygon([(ring, []) for ring in rings if len(ring) > 3]))
        return (f"relation/{found.orig_id()}", *at) if at else None
    return None
