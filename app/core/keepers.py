"""What a keeper is: something that lives as long as the process and must be ready before it serves."""

from collections.abc import Mapping
from typing import Protocol


class Keeper(Protocol):
    """Something kept up to date in the background, e.g. a snapshot of the catalogue."""

    def start(self) -> None:
        """Load once, then keep up to date in the background."""

    def stop(self) -> None:
        """End the background work."""

    def problem(self) -> str | None:
        """Why it is not ready or not up to date; None when all is well."""

    def figures(self) -> Mapping[str, float]:
        """What /metrics tells of it, by name with unit, e.g. `{"snapshot_places": 120.0}`."""
