"""A database of its own for what needs no HTTP: importing, exporting, searching, the demo."""

from collections.abc import Iterator

import pytest
from sqlalchemy.engine import Engine

from app.core.db import make_engine
from app.core.settings import Settings


@pytest.fixture
def store(settings: Settings) -> Iterator[Engine]:
    """The engine of a migrated, empty database."""
    engine = make_engine(settings)
    yield engine
    engine.dispose()
