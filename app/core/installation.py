"""Facts about one installation, kept in its database: whether it holds demo or real data, feeds' floors."""

from sqlmodel import Field, Session

from app.core.model import Table


class InstallationFact(Table, table=True):
    """One fact by its name."""

    __tablename__ = "installation"

    name: str = Field(primary_key=True, max_length=64)
    value: str = Field(max_length=200)


def read_fact(session: Session, name: str) -> str | None:
    """The fact's value, None where it was never written."""
    fact = session.get(InstallationFact, name)
    return fact.value if fact else None


def write_fact(session: Session, name: str, value: str) -> None:
    """Write or replace a fact."""
    session.merge(InstallationFact(name=name, value=value))


class WrongInstallation(Exception):
    """A demo was pointed at real data, or real work at a demo's."""


def claim(session: Session, *, demo: bool) -> None:
    """Mark a new database as demo or real; raises WrongInstallation when it carries the other mark."""
    mark, wanted = read_fact(session, "holds"), "demo" if demo else "real"
    if mark is None:
        write_fact(session, "holds", wanted)
    elif mark != wanted:
        raise WrongInstallation(
            "this data folder holds real data: the demo wants a folder of its own (NUANFENG_DATA_DIR)"
            if demo
            else "this data folder holds demo data, and NUANFENG_DEMO is off: "
            "real data want a folder of their own (NUANFENG_DATA_DIR)"
        )
