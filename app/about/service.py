"""Gathers what this installation says of itself."""

from sqlmodel import Session

from app import __version__
from app.about.schemas import AboutOut, BasemapOut, CityOut, LicenceOut, ProblemHelpOut, TextsOut
from app.core.errors import NotFound
from app.core.problems import all_errors
from app.core.settings import Settings
from app.regions.reading import find_region
from app.stations.reading import any_station, licences

_CITIES = {"341300": ("宿州市", "Suzhou, Anhui", 33.6479, 116.959)}
"""Chinese and English name and centre of the cities that the product knows by itself."""

_LICENCES = {
    "ODbL-1.0": "https://www.openstreetmap.org/copyright",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "MIT": "https://opensource.org/license/mit",
}
"""Where the licences that our importers name can be read; OpenStreetMap asks for its own page."""


def describe(session: Session, settings: Settings) -> AboutOut:
    """The installation's facts."""
    name, name_en, lat, lon = _CITIES.get(settings.city, (settings.city, settings.city, 35.0, 105.0))
    if region := find_region(session, settings.city):
        name = region.name
        lat, lon = (region.lat or lat), (region.lon or lon)
    return AboutOut(
        name="暖蜂",
        version=__version__,
        city=CityOut(code=settings.city, name=name, name_en=name_en, lat=lat, lon=lon),
        demo=settings.demo,
        empty=not any_station(session),
        icp=settings.icp or None,
        hotline=settings.hotline or None,
        basemap=BasemapOut(
            kind=settings.basemap_kind,
            url=settings.basemap_url or None,
            attribution=settings.basemap_attribution or None,
            key=settings.basemap_key.get_secret_value() or None,
        ),
        licences=[
            LicenceOut(source=source, licence=licence, url=_LICENCES.get(licence))
            for source, licence in licences(session)
        ],
    )


def explain(code: str) -> ProblemHelpOut:
    """What a problem code means; raises NotFound for one that was never given out."""
    error = all_errors().get(code)
    if error is None:
        raise NotFound
    return ProblemHelpOut(
        code=code,
        status=error.status,
        title=TextsOut(zh=error.title.zh, en=error.title.en),
        detail=TextsOut(zh=error.detail.zh, en=error.detail.en),
    )
