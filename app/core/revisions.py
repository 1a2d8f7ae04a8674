"""Revisions: one counter a subject, raised in the transaction that changes the subject.

The counter's row is locked from the raise to the commit, so revisions become visible in their own order:
who has read up to revision n never misses a row of a revision ≤ n. Snapshots, feeds and ETags rest on it.
"""

import sqlalchemy as sa
from sqlmodel import Field, Session, col, select

from app.core.model import Table


class Revision(Table, table=True):
    """The newest revision of one subject, e.g. `stations`."""

    __tablename__ = "revisions"

    subject: str = Field(primary_key=True, max_length=64)
    value: int = Field(default=0, sa_type=sa.BigInteger)


def bump(session: Session, subject: str) -> int:
    """Raise the subject's revision by one and return it; holds the row's lock until the transaction ends.

    Each subject's row is born in the migration that brings its table.
    """
    raised = (
        sa.update(Revision)
        .where(col(Revision.subject) == subject)
        .values(value=col(Revision.value) + 1)
        .returning(col(Revision.value))
    )
    return int(session.execute(raised).scalar_one())


def lock(session: Session, subject: str) -> None:
    """Hold the subject's row until the transaction ends, without raising its revision."""
    session.exec(select(Revision).where(col(Revision.subject) == subject).with_for_update()).one()


def current(session: Session, subject: str) -> int:
    """The subject's newest committed revision, 0 before the first change."""
    return session.exec(select(Revision.value).where(col(Revision.subject) == subject)).one()
