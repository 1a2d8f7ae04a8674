"""Reads regions: one by its code, or those of a level or below a parent."""

from sqlmodel import Session, col, select

from app.regions.models import Level, Region


def find_region(session: Session, code: str) -> Region | None:
    """The region of a division code, None where it is not known."""
    return session.get(Region, code)


def list_regions(session: Session, *, level: Level | None = None, parent: str | None = None) -> list[Region]:
    """Regions by code, of one level or directly below one parent where asked."""
    asked = select(Region).order_by(col(Region.code))
    if level is not None:
        asked = asked.where(col(Region.level) == level)
    if parent is not None:
        asked = asked.where(col(Region.parent_code) == parent)
    return list(session.exec(asked))


def subtree_prefix(code: str) -> str:
    """What the codes of a region and of all below it begin with: `341300` → `3413`."""
    if len(code) == 6 and code.endswith("0000"):
        return code[:2]
    if len(code) == 6 and code.endswith("00"):
        return code[:4]
    return code


def with_ancestors(code: str) -> set[str]:
    """A code and those of all regions above it, from the digits alone."""
    return {code, code[:9], code[:6], f"{code[:4]}00"}
