"""Migrations: from nothing, over rows, back and forth, and equal to the models, on both databases."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Engine
from sqlmodel import Session, SQLModel, select

import app.features  # noqa: F401  (registers every table)
from app.core.db import make_engine, read_session, write_session
from app.core.migrate import config, downgrade, head, schema_revision, upgrade
from app.core.settings import Settings
from app.regions.models import Level, Region
from app.stations.models import ServiceKind, Station, StationTerm
from tests.stations.factories import add, station

HEAD_FILE = Path(__file__).parents[1] / "migrations" / ".head"


@pytest.fixture
def fresh(empty_database_url: str, tmp_path: Path) -> Iterator[Engine]:
    """A database without any table."""
    engine = make_engine(Settings(data_dir=tmp_path / "data", database_url=empty_database_url))
    yield engine
    engine.dispose()


def fill(engine: Engine) -> None:
    """A row or two in every table that the app fills."""
    with write_session(engine) as session:
        session.add(Region(code="341300", name="宿州市", level=Level.CITY))
        session.flush()
        session.add(Region(code="341302", name="埇桥区", level=Level.DISTRICT, parent_code="341300"))
        made = station(
            (ServiceKind.WATER, ServiceKind.TOILET), name="驿站", updated_at=datetime(2026, 1, 2, tzinfo=UTC)
        )
        add(session, made)
        session.add(StationTerm(term="驿站", station_id=made.id))


def counts(session: Session) -> dict[str, int]:
    """Rows by table."""
    tables = SQLModel.metadata.sorted_tables
    return {t.name: session.scalar(sa.select(sa.func.count()).select_from(t)) or 0 for t in tables}


def test_a_new_database_reaches_the_newest_schema(fresh: Engine) -> None:
    assert schema_revision(fresh) == ""
    upgrade(fresh)
    assert schema_revision(fresh) == head()
    upgrade(fresh)
    assert schema_revision(fresh) == head()


def test_the_migrated_schema_is_the_models_schema(fresh: Engine) -> None:
    upgrade(fresh)
    with fresh.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_names_of_constraints_are_those_of_the_models(fresh: Engine) -> None:
    """`compare_metadata` does not look at CHECKs and at the names of keys."""
    upgrade(fresh)
    found = sa.inspect(fresh)
    for table in SQLModel.metadata.sorted_tables:
        checks = {c["name"] for c in found.get_check_constraints(table.name)}
        assert checks == {c.name for c in table.constraints if isinstance(c, sa.CheckConstraint) and c.name}
        assert found.get_pk_constraint(table.name)["name"] == f"pk_{table.name}"


def test_every_step_forward_keeps_rows_and_every_step_back_can_be_taken(fresh: Engine) -> None:
    upgrade(fresh)
    fill(fresh)
    with read_session(fresh) as session:
        before = counts(session)
        assert before["stations"] == 1 and before["station_services"] == 2
    for script in ScriptDirectory.from_config(config()).walk_revisions():
        if script.down_revision is None:
            break
        downgrade(fresh, str(script.down_revision))
        upgrade(fresh)
        with read_session(fresh) as session:
            assert counts(session) == before
    downgrade(fresh, "base")
    left = set(sa.inspect(fresh).get_table_names()) - {"alembic_version"}
    assert left == set()
    upgrade(fresh)
    fill(fresh)
    with read_session(fresh) as session:
        assert counts(session) == before
        assert session.exec(select(Station.name)).one() == "驿站"


def test_the_head_file_names_the_newest_migration() -> None:
    assert HEAD_FILE.read_text().strip() == head()
    assert len(ScriptDirectory.from_config(config()).get_heads()) == 1


def test_each_subject_of_revisions_is_born_in_a_migration(fresh: Engine) -> None:
    upgrade(fresh)
    with fresh.connect() as connection:
        subjects = set(connection.execute(sa.text("SELECT subject FROM revisions")).scalars())
    assert subjects == {"stations", "regions"}
