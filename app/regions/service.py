"""The regions' writing side: load a city's divisions, and tell which region codes exist."""

import csv
from collections.abc import Iterable
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from sqlmodel import Session, col, select

from app.core.revisions import bump
from app.kit.pinyin import initials
from app.regions.models import Level, Region

SUBJECT = "regions"
"""The regions' name in `core.revisions`."""

_DATA = Path(__file__).parent / "data"
# The middle of a city is where its riders are, not the centroid of its fields.
_CITY_CENTRES = {"341300": (33.6479, 116.959)}


class Loaded(NamedTuple):
    """What a load did."""

    created: int
    updated: int
    unchanged: int


class BadDivisions(Exception):
    """A list of divisions that cannot be used; says which line and why."""


def divisions_of(city: str) -> Path | None:
    """The list of divisions that the product carries for a city; None where it carries none."""
    path = _DATA / f"divisions_{city}.csv"
    return path if path.is_file() else None


def known_cities() -> list[str]:
    """The codes of the cities whose divisions the product carries."""
    return sorted(path.stem.removeprefix("divisions_") for path in _DATA.glob("divisions_*.csv"))


def read_divisions(text: str) -> list[Region]:
    """Regions of a CSV `code,name,level,parent_code`, parents before children; raises BadDivisions."""
    from app.regions.outlines import middle_of  # here, since a process that only serves needs no geometry

    reader = csv.DictReader(StringIO(text.removeprefix("\ufeff")))
    if not {"code", "name", "level", "parent_code"} <= set(reader.fieldnames or ()):
        raise BadDivisions("the first line must name code, name, level and parent_code")
    regions: dict[str, Region] = {}
    for row in reader:
        code, name, parent = row["code"] or "", (row["name"] or "").strip(), row["parent_code"] or None
        try:
            level = Level(row["level"])
        except ValueError:
            raise BadDivisions(f"line {reader.line_num}: {row['level']!r} is no level") from None
        if not (code.isascii() and code.isdigit() and len(code) in (6, 9, 12)) or not 0 < len(name) <= 64:
            raise BadDivisions(f"line {reader.line_num}: needs a code of 6, 9 or 12 digits and a name")
        if level is Level.CITY:
            parent = None  # provinces are not kept
        elif parent not in regions:
            raise BadDivisions(f"line {reader.line_num}: its parent {parent} does not come before it")
        middle = _CITY_CENTRES.get(code) or middle_of(code) or (None, None)
        regions[code] = Region(
            code=code,
            name=name,
            level=level,
            parent_code=parent,
            initials=initials(name)[:64],
            lat=middle[0],
            lon=middle[1],
        )
    return list(regions.values())


def save_regions(session: Session, regions: Iterable[Region]) -> Loaded:
    """Create or update regions by their codes; regions that are not named stay."""
    held = {region.code: region for region in session.exec(select(Region))}
    created = updated = unchanged = 0
    for region in regions:
        old = held.get(region.code)
        if old is None:
            session.add(region)
            created += 1
        elif old.model_dump() != region.model_dump():
            old.sqlmodel_update(region.model_dump())
            updated += 1
        else:
            unchanged += 1
    if created or updated:
        bump(session, SUBJECT)
    return Loaded(created, updated, unchanged)


def load_divisions(session: Session, city: str) -> Loaded:
    """Load the divisions that the product carries for a city; the same again changes nothing."""
    path = divisions_of(city)
    return save_regions(session, read_divisions(path.read_text("utf-8")) if path else [])


def has_regions(session: Session) -> bool:
    """Whether any region is there."""
    return session.exec(select(Region.code).limit(1)).first() is not None


def codes(session: Session) -> frozenset[str]:
    """Every region's code."""
    return frozenset(session.exec(select(col(Region.code))))
