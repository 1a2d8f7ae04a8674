"""The base of every table: naming convention, column types, ids."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

import sqlalchemy as sa
import uuid_utils
from sqlmodel import SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING

E = TypeVar("E", bound=StrEnum)


class Table(SQLModel):
    """The base of every table; input is validated by schemas, never by a table."""


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """An aware moment in UTC, on both databases; a naive one is a programming error."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """To the database: UTC, refusing naive values."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> datetime | None:
        """From the database: always aware (SQLite forgets the zone)."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def id_type() -> sa.Uuid[str]:
    """Ids are UUIDs, in Python their text: their order as text is their order in the database."""
    return sa.Uuid(as_uuid=False)


def new_id() -> str:
    """A new UUIDv7 (RFC 9562): later ids sort after earlier ones."""
    return str(uuid_utils.uuid7())


def enum_type(kind: type[E]) -> sa.Enum:
    """A column that stores a code's value as text; a new code needs no migration."""
    return sa.Enum(kind, native_enum=False, length=32, values_callable=lambda codes: [c.value for c in codes])


def table_of(model: type[SQLModel]) -> sa.Table:
    """The table behind a model, for statements over many rows that need no objects."""
    table: sa.Table = SQLModel.metadata.tables[str(model.__tablename__)]
    return table
