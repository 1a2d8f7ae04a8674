"""Bring a database's schema to the newest migration, and tell whether it is there."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Engine

_FOLDER = Path(__file__).parents[2] / "migrations"
_ADVISORY_LOCK = 0x6E75616E  # "nuan": one migration at a time on PostgreSQL


def config() -> Config:
    """Alembic's configuration without a file; the connection is handed over in `attributes`."""
    alembic = Config()
    alembic.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    alembic.set_main_option("path_separator", "os")
    alembic.set_main_option(
        "file_template", "%%(year)d_%%(month).2d_%%(day).2d_%%(hour).2d%%(minute).2d_%%(slug)s"
    )
    return alembic


def head() -> str:
    """The newest migration's id."""
    return ScriptDirectory.from_config(config()).get_current_head() or ""


def schema_revision(engine: Engine) -> str:
    """The migration that the database is at, empty for a new one."""
    with engine.execution_options(sqlite_begin="BEGIN").connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() or ""


def upgrade(engine: Engine, to: str = "head") -> None:
    """Migrate, all or nothing. On SQLite foreign keys are off meanwhile and checked before the commit:

    a batch ALTER of a parent with CASCADE would otherwise empty its children.
    """
    _run(engine, lambda alembic: command.upgrade(alembic, to))


def downgrade(engine: Engine, to: str) -> None:
    """Take migrations back, all or nothing."""
    _run(engine, lambda alembic: command.downgrade(alembic, to))


def _run(engine: Engine, step: Callable[[Config], None]) -> None:
    alembic = config()
    with engine.connect() as connection:
        alembic.attributes["connection"] = connection
        if engine.dialect.name == "sqlite":
            _run_on_sqlite(connection, lambda: step(alembic))
        else:
            with connection.begin():
                connection.execute(sa.text("SET LOCAL lock_timeout = '5s'"))
                connection.execute(sa.text("SET LOCAL statement_timeout = '15min'"))
                connection.execute(sa.text(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})"))
                step(alembic)


def _run_on_sqlite(connection: sa.Connection, step: Callable[[], None]) -> None:
    raw: Any = connection.connection.dbapi_connection
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        with connection.begin():
            step()
            if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
                raise RuntimeError(
                    f"the migration leaves {len(broken)} rows without their parent: {broken[:3]}"
                )
    finally:
        raw.execute("PRAGMA foreign_keys=ON")
