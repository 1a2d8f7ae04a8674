"""What the stations do by themselves: forget deleted places once followers had time to hear of it."""

from datetime import timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from app.core.clock import now
from app.core.installation import read_fact, write_fact
from app.core.jobs import Job
from app.stations.models import Station
from app.stations.reading import FEED_FLOOR

_KEPT = timedelta(days=90)


def purge_deleted(session: Session) -> None:
    """Remove rows of places deleted 90 days ago, and raise the feed's floor to the newest of them."""
    old = (col(Station.deleted_at).is_not(None), col(Station.deleted_at) < now() - _KEPT)
    newest = session.scalar(sa.select(sa.func.max(col(Station.change_revision))).where(*old))
    if newest is None:
        return
    floor = max(newest, int(read_fact(session, FEED_FLOOR) or 0))
    write_fact(session, FEED_FLOOR, str(floor))
    session.execute(sa.delete(Station).where(*old))


PURGE = Job("forget deleted stations", period_s=6 * 3600, run=purge_deleted)
