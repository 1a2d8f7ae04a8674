"""The one list of features. Adding one is a folder and a line here; main, worker and tests read it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from fastapi import APIRouter
from sqlalchemy.engine import Engine

from app.core import installation as _installation  # noqa: F401
from app.core import revisions as _revisions  # noqa: F401
from app.core.settings import Settings
from app.regions import models as _regions  # noqa: F401
from app.stations import models as _stations  # noqa: F401


class Keeper(Protocol):
    """Something that lives as long as the process and must be ready before it serves, e.g. a snapshot."""

    def start(self) -> None:
        """Load once, then keep up to date in the background."""

    def stop(self) -> None:
        """End the background work."""

    def problem(self) -> str | None:
        """Why it is not ready or not up to date; None when all is well."""


@dataclass(frozen=True, slots=True)
class Feature:
    """What a feature hands to the house."""

    name: str
    router: APIRouter
    keeper: Callable[[Engine, Settings], Keeper] | None = None


FEATURES: tuple[Feature, ...] = ()
