"""What a new database is given before it serves: its mark, the city's regions and, if asked, the demo."""

from sqlmodel import Session

from app.core.clock import now
from app.core.installation import claim
from app.core.revisions import lock
from app.core.settings import Settings
from app.regions import service as regions
from app.stations import demo


def seed(session: Session, settings: Settings) -> None:
    """Seed what is missing; on a seeded database it changes nothing. Raises WrongInstallation.

    Processes that start side by side wait for each other, so that only the first one seeds.
    """
    lock(session, regions.SUBJECT)
    claim(session, demo=settings.demo)
    if not regions.has_regions(session):
        regions.load_divisions(session, settings.city)
    if settings.demo:
        demo.load(session, now())
