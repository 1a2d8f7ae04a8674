"""Reads JSON documents: GeoJSON (of OSM or our own), Overpass answers, and flat lists of objects."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import orjson
import shapely
from shapely.geometry import shape

from app.stations.importers.columns import Implied, meaning_of, read_place
from app.stations.importers.geometry import middle, outline
from app.stations.importers.osm import osm_row
from app.stations.importers.rows import Note, Options, Row, Unreadable
from app.stations.osm_tags import services_of

_WGS84_NAMES = ("CRS84", "EPSG::4326", "EPSG:4326", "EPSG::4490", "EPSG:4490")
"""Names that GeoJSON writers give to what is, for our purpose, WGS-84 (4490 is China's CGCS2000)."""


def read_json(content: bytes, options: Options) -> Iterator[Row | Note]:
    """Rows of a JSON document; raises Unreadable."""
    try:
        document = _parse(content)
    except (ValueError, RecursionError):
        raise Unreadable("it is not JSON") from None
    if isinstance(document, list):
        yield from _flat(document, options)
    elif isinstance(document, dict) and document.get("type") == "FeatureCollection":
        yield from _features(document, options)
    elif isinstance(document, dict) and isinstance(document.get("elements"), list):
        yield from _elements(document["elements"], options)
    else:
        raise Unreadable("it is JSON, but no GeoJSON FeatureCollection, Overpass answer or list of places")


def _parse(content: bytes) -> Any:
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError:
        # The slow parser also reads NaN and lone surrogates: one such value spoils its row, not the file.
        return json.loads(content)


def _flat(items: list[Any], options: Options) -> Iterator[Row | Note]:
    meanings: dict[str, str | None] = {}
    for line, item in enumerate(items, 1):
        if not isinstance(item, dict):
            yield Note(line, "", "is not an object", "rejected")
            continue
        for name in item.keys() - meanings.keys():
            meanings[name] = meaning_of(name)
        cells = {column: value for name, value in item.items() if (column := meanings[name])}
        yield read_place(line, cells, options, Implied(item))


def _features(document: dict[str, Any], options: Options) -> Iterator[Row | Note]:
    _refuse_other_datums(document)
    features = document.get("features")
    if not isinstance(features, list):
        raise Unreadable("its `features` are no list")
    names_services = any(services_of(_tags(f["properties"])) for f in features if _has_properties(f))
    for line, feature in enumerate(features, 1):
        if not isinstance(feature, dict):
            yield Note(line, "", "is not a feature", "rejected")
            continue
        position = _middle(feature.get("geometry"))
        if position is None:
            yield Note(
                line, "geometry", "is missing or broken", "rejected", str(feature.get("id") or "")[:128]
            )
            continue
        properties = feature["properties"] if _has_properties(feature) else {}
        lon, lat = position
        if "source_name" in properties or "services" in properties:
            cells = {column: v for name, v in properties.items() if (column := meaning_of(name))}
            yield read_place(line, {"id": feature.get("id")} | cells | {"lat": lat, "lon": lon}, options)
            continue
        object_id = _object_id(feature, properties)
        if object_id is None:
            yield Note(line, "id", "is missing: neither id nor @id nor osm_id", "rejected")
            continue
        yield osm_row(line, object_id, lat, lon, _tags(properties), options, names_services)


def _has_properties(feature: Any) -> bool:
    return isinstance(feature, dict) and isinstance(feature.get("properties"), dict)


def _tags(properties: Mapping[str, Any]) -> dict[str, str]:
    tags = properties.get("tags")
    found = tags if isinstance(tags, dict) else properties
    return {key: str(value) for key, value in found.items() if isinstance(value, str | int | float)}


def _object_id(feature: dict[str, Any], properties: Mapping[str, Any]) -> str | None:
    """`node/1` from the feature's id, @id, or osm_type with osm_id; a bare number of a point is a node's."""
    for said in (feature.get("id"), properties.get("@id"), properties.get("osm_id")):
        if isinstance(said, bool) or not isinstance(said, int | str) or said == "":
            continue
        if str(said).isdigit():
            is_point = feature["geometry"].get("type") == "Point"
            kind = properties.get("osm_type") or properties.get("@type") or ("node" if is_point else "way")
            return f"{kind}/{said}"
        return str(said)
    return None


def _middle(geometry: Any) -> tuple[float, float] | None:
    """(lon, lat) of a point, of the middle of an area, or of a point inside where the middle lies outside."""
    if not isinstance(geometry, dict):
        return None
    if geometry.get("type") == "Point":
        return _pair(geometry.get("coordinates"))
    try:
        return middle(shape(geometry))
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, shapely.errors.ShapelyError):
        return None


def _pair(coordinates: Any) -> tuple[float, float] | None:
    if isinstance(coordinates, list) and len(coordinates) >= 2:
        return coordinates[0], coordinates[1]
    return None


def _refuse_other_datums(document: dict[str, Any]) -> None:
    crs = document.get("crs")
    name = str(crs.get("properties", {}).get("name", "")) if isinstance(crs, dict) else ""
    if name and not name.endswith(_WGS84_NAMES):
        raise Unreadable(f"its coordinates are {name}, not longitude and latitude")


def _elements(elements: list[Any], options: Options) -> Iterator[Row | Note]:
    known = [element for element in elements if isinstance(element, dict)]
    places = {e.get("id"): e for e in known if e.get("type") == "node"}
    names_services = any(services_of(_tags(e["tags"])) for e in known if isinstance(e.get("tags"), dict))
    for line, element in enumerate(elements, 1):
        if not isinstance(element, dict):
            yield Note(line, "", "is not an element", "rejected")
        elif element.get("tags") and isinstance(element["tags"], dict):  # without tags: a corner of a way
            object_id = f"{element.get('type')}/{element.get('id')}"
            position = _element_middle(element, places)
            if position is None:
                yield Note(line, "geometry", "is missing or broken", "rejected", object_id[:128])
            else:
                lon, lat = position
                yield osm_row(line, object_id, lat, lon, _tags(element["tags"]), options, names_services)


def _element_middle(element: dict[str, Any], places: dict[Any, dict[str, Any]]) -> tuple[Any, Any] | None:
    """(lon, lat) of a node, a centre (`out center`), a box (`out bb`) or the corners of a way."""
    if "lat" in element or "lon" in element:
        return element.get("lon"), element.get("lat")
    if isinstance(center := element.get("center"), dict):
        return center.get("lon"), center.get("lat")
    corners = element.get("geometry") or [places.get(node) for node in element.get("nodes") or []]
    if not corners and isinstance(box := element.get("bounds"), dict):
        corners = [{"lon": box.get(f"{end}lon"), "lat": box.get(f"{end}lat")} for end in ("min", "max")]
    try:
        pairs = [(corner["lon"], corner["lat"]) for corner in corners if corner]
        return middle(outline(pairs))
    except (ValueError, TypeError, KeyError, AttributeError, shapely.errors.ShapelyError):
        return None
