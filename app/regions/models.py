"""The table of regions, a tree by `parent_code`."""

from enum import StrEnum

from sqlmodel import Field

from app.core.model import Table, enum_type


class Level(StrEnum):
    """A region's level; a community is 社区 (urban), a village 村 (rural), both at the fourth level."""

    CITY = "city"
    DISTRICT = "district"
    STREET = "street"
    COMMUNITY = "community"
    VILLAGE = "village"


class Region(Table, table=True):
    """One region by its statistical division code (6, 9 or 12 digits)."""

    __tablename__ = "regions"

    code: str = Field(primary_key=True, max_length=12)
    name: str = Field(max_length=64)
    level: Level = Field(sa_type=enum_type(Level))
    parent_code: str | None = Field(default=None, foreign_key="regions.code", max_length=12, index=True)
    initials: str = Field(default="", max_length=64)
    """Pinyin initials of the name, lower case, e.g. `xgjd` for 西关街道."""
    lat: float | None = None
    lon: float | None = None
    """Middle of the region's outline (WGS-84); None where no outline is known."""
