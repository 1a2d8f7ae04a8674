"""What goes out: regions with the number of their stations."""

from pydantic import BaseModel, Field

from app.regions.models import Level


class RegionOut(BaseModel):
    """One region; a middle is known by its outline, else by its stations."""

    code: str
    name: str
    level: Level
    parent_code: str | None
    initials: str = Field(description="Pinyin initials of the name, lower case, e.g. xgjd for 西关街道")
    lat: float | None
    lon: float | None
    stations: int = Field(description="Stations inside, those of lower regions included")


class RegionsOut(BaseModel):
    """Regions by code."""

    items: list[RegionOut]
