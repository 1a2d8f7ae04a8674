"""The database: one engine, read and write sessions, and the commit that happens before the answer.

A route names `ReadSession` or `WriteSession`: SQLite must know at BEGIN which it will be (a deferred
transaction that turns from reading to writing ignores `busy_timeout`), PostgreSQL may read from a replica,
and a reviewer sees it at a glance. Both end before the answer is sent (`scope="function"`).
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import Depends, Request
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session

from app.core.settings import Settings, WrongSetting

_SQLITE_PRAGMAS = ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=10000", "synchronous=FULL")
_READ = {"sqlite_begin": "BEGIN", "postgresql_readonly": True}
_WRITE = {"sqlite_begin": "BEGIN IMMEDIATE", "postgresql_readonly": False}


def make_engine(settings: Settings) -> Engine:
    """The engine of the configured database; creates the data folder of the embedded one.

    Raises WrongSetting where that folder cannot be made.
    """
    if settings.is_sqlite:
        try:
            settings.data_dir.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WrongSetting("NUANFENG_DATA_DIR", f"{settings.data_dir}: {error.strerror}") from None
        engine = sa.create_engine(settings.sqlalchemy_url, hide_parameters=True)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return sa.create_engine(
        settings.sqlalchemy_url,
        hide_parameters=True,  # values may be personal, and errors are logged
        pool_pre_ping=True,
        pool_size=10,
        max_overflow=10,
        pool_timeout=5,
        # Behind a pooler in transaction mode a prepared statement may meet another server connection.
        connect_args={"prepare_threshold": None, "connect_timeout": 5},
    )


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    raw: Any = connection
    raw.isolation_level = None  # the driver must not begin transactions of its own
    for pragma in _SQLITE_PRAGMAS:
        raw.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    begin = connection.get_execution_options().get("sqlite_begin", "BEGIN IMMEDIATE")
    connection.exec_driver_sql(f"PRAGMA query_only={'ON' if begin == 'BEGIN' else 'OFF'}")
    connection.exec_driver_sql(begin)


@contextmanager
def read_session(engine: Engine) -> Iterator[Session]:
    """A session that can only read, on both databases."""
    with Session(engine.execution_options(**_READ)) as session:
        yield session


@contextmanager
def write_session(engine: Engine) -> Iterator[Session]:
    """A session whose block is one transaction: committed at its end, rolled back on any error."""
    with Session(engine.execution_options(**_WRITE)) as session, session.begin():
        yield session


def is_out_of_reach(error: BaseException) -> bool:
    """Whether an error means that the database cannot be had just now: gone, starting, crowded, locked."""
    if isinstance(error, sa.exc.TimeoutError):
        return True
    if not isinstance(error, sa.exc.DBAPIError):
        return False
    if isinstance(error.orig, sqlite3.Error):
        return error.orig.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_CANTOPEN)
    state: str | None = getattr(error.orig, "sqlstate", None)
    return error.connection_invalidated or state is None or state.startswith(("08", "53", "57P"))


def is_unusable(error: sa.exc.DBAPIError) -> bool:
    """Whether an error means that the SQLite file is not to be opened or written, or is none."""
    return isinstance(error.orig, sqlite3.Error) and error.orig.sqlite_errorcode & 0xFF in (
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_NOTADB,
    )


def engine_of(request: Request) -> Engine:
    """The running app's engine."""
    engine: Engine = request.app.state.engine
    return engine


def _read(engine: Annotated[Engine, Depends(engine_of)]) -> Iterator[Session]:
    with read_session(engine) as session:
        yield session


def _write(engine: Annotated[Engine, Depends(engine_of)]) -> Iterator[Session]:
    with write_session(engine) as session:
        yield session


ReadSession = Annotated[Session, Depends(_read, scope="function")]
WriteSession = Annotated[Session, Depends(_write, scope="function")]
