"""Query parameters of the catalogue's routes, read into types; a wrong one is told by its name."""

import math
import re
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from app.core.problems import invalid
from app.kit.paging import decode_cursor
from app.stations.models import ServiceKind

_REGION_CODE = "^[0-9]{6}(?:[0-9]{3}(?:[0-9]{3})?)?$"


def _region_code(text: str) -> str:
    if not re.fullmatch(_REGION_CODE, text):
        raise PydanticCustomError("region_code_form", "must be a division code of 6, 9 or 12 digits")
    return text


RegionCode = Annotated[
    str, AfterValidator(_region_code), WithJsonSchema({"type": "string", "pattern": _REGION_CODE})
]
"""A division code; told apart from a pattern so that a wrong one hears what it should be."""


@dataclass(frozen=True, slots=True)
class Box:
    """A box of WGS-84 degrees; one whose west lies east of its east crosses the antimeridian."""

    west: float
    south: float
    east: float
    north: float


def read_box(text: str) -> Box:
    """`west,south,east,north`. Raises InvalidInput."""
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        raise invalid("query.bbox", "box_form") from None
    if not all(map(math.isfinite, (west, south, east, north))):
        raise invalid("query.bbox", "finite_number")
    if max(abs(west), abs(east)) > 180 or not -90 <= south <= north <= 90:
        raise invalid("query.bbox", "box_form")
    return Box(west, south, east, north)


def read_services(text: str) -> frozenset[ServiceKind]:
    """`water,toilet`. Raises InvalidInput for a word outside the vocabulary."""
    try:
        return frozenset(ServiceKind(word) for word in text.split(","))
    except ValueError:
        raise invalid("query.services", "enum", expected=", ".join(ServiceKind)) from None


def read_moment(name: str, moment: datetime | None) -> datetime | None:
    """A moment in UTC; one without a zone could mean two, so it is refused. Raises InvalidInput."""
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise invalid(name, "timezone_aware")
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise invalid(name, "datetime_parsing") from None


def read_id(text: str) -> str | None:
    """A station's id in its one form, None for what cannot be one."""
    try:
        return text if str(uuid.UUID(text)) == text else None
    except ValueError:
        return None


def read_cursor(
    kind: str, name: str, cursor: str, shape: tuple[type[str] | type[int], ...]
) -> list[str | int]:
    """The values of a cursor whose text values are ids. Raises InvalidInput."""
    try:
        values = decode_cursor(kind, cursor, shape)
    except ValueError:
        raise invalid(name, "bad_cursor") from None
    if any(isinstance(value, str) and read_id(value) is None for value in values):
        raise invalid(name, "bad_cursor")
    return values
