"""Alembic's entry: runs on the connection that `app.core.migrate` hands over."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel import SQLModel

import app.features  # noqa: F401  (registers every table)


def _render_item(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write the plain SQLAlchemy type of our own types, so that migrations import nothing of the app."""
    if kind == "type" and isinstance(item, sa.types.TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


connection: sa.Connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    compare_type=True,
    render_item=_render_item,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
