"""What goes out: the installation's facts, and the explanation of a problem code."""

from typing import Literal

from pydantic import BaseModel, Field


class CityOut(BaseModel):
    """The city served; its centre is where lists start before a position is known."""

    code: str
    name: str
    name_en: str
    lat: float
    lon: float


class BasemapOut(BaseModel):
    """The base map that the page may draw, if any."""

    kind: Literal["none", "pmtiles", "tianditu", "tiles"]
    url: str | None
    attribution: str | None
    key: str | None = Field(description="Browser key of 天地图")


class LicenceOut(BaseModel):
    """A source of places and the licence that its data came under."""

    source: str
    licence: str
    url: str | None


class AboutOut(BaseModel):
    """What this installation is."""

    name: str
    version: str
    city: CityOut
    demo: bool
    empty: bool = Field(description="There are no stations at all yet")
    icp: str | None = Field(description="ICP 备案号")
    hotline: str | None
    basemap: BasemapOut
    licences: list[LicenceOut]


class TextsOut(BaseModel):
    """One text in both languages."""

    zh: str
    en: str


class ProblemHelpOut(BaseModel):
    """What a problem code means and what to do next."""

    code: str
    status: int
    title: TextsOut
    detail: TextsOut
