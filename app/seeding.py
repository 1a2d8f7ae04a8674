"""What a new database is given before it serves: its mark, the city's regions and, if asked, the demo."""

from sqlmodel import Session

from app.core.clock import now
from app.core.installation import claim, read_fact, write_fact
from app.core.revisions import lock
from app.core.settings import Settings, WrongSetting
from app.regions import service as regions

_EDITION_FACT = "demo_edition"
_DEMO_EDITION = "1"
"""Raised when the demo's places change, so that a demo that holds the older ones gets the new."""


def seed(session: Session, settings: Settings, *, brings_regions: bool = False) -> None:
    """Seed what is missing; on a seeded database it changes nothing.

    Raises WrongInstallation; WrongSetting for a city whose divisions are neither carried nor loaded, unless
    the caller brings them.

    Processes that start side by side wait for each other, so that only the first one seeds.
    """
    lock(session, regions.SUBJECT)
    claim(session, demo=settings.demo)
    if not regions.has_regions(session):
        if regions.divisions_of(settings.city) is None and not brings_regions:
            raise WrongSetting(
                "NUANFENG_CITY",
                f"no divisions are known of {settings.city}, only of {', '.join(regions.known_cities())}; "
                "`nuanfeng import regions FILE` loads those of another city",
            )
        regions.load_divisions(session, settings.city)
    if settings.demo and read_fact(session, _EDITION_FACT) != _DEMO_EDITION:
        from app.stations import demo  # here, since only loading the demo needs the importers

        demo.load(session, now())
        write_fact(session, _EDITION_FACT, _DEMO_EDITION)
