"""Keeps one process's snapshot up to date: loads at start, then polls the catalogue's revision."""

import logging
import threading
from collections.abc import Mapping
from time import monotonic

from sqlalchemy.engine import Engine

from app.core.clock import now
from app.core.db import read_session
from app.core.errors import NotReady
from app.core.settings import Settings
from app.kit.hours import Calendar
from app.stations.snapshot.load import load
from app.stations.snapshot.snapshot import Snapshot

_log = logging.getLogger(__name__)


class SnapshotKeeper:
    """`snapshot` is replaced as a whole; a request takes it once and uses nothing else."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self._engine = engine
        self._poll_s = settings.snapshot_poll_ms / 1000
        self.calendar = Calendar.load(settings.calendar_dir) if settings.calendar_dir else Calendar.default()
        """The holidays by which this installation judges hours."""
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="snapshot", daemon=True)
        self._problem: str | None = "the catalogue is not loaded yet"
        self.snapshot: Snapshot | None = None
        self._current_at = monotonic()
        """When it was last seen to be the catalogue's newest, on the monotonic clock."""

    def ready(self) -> Snapshot:
        """The snapshot to answer from. Raises NotReady before the first one."""
        if self.snapshot is None:
            raise NotReady
        return self.snapshot

    def start(self) -> None:
        """Load and begin to watch; a catalogue that cannot be read is tried again by the watcher."""
        self._refresh()
        self._thread.start()

    def stop(self) -> None:
        """End the watcher."""
        self._stopping.set()
        self._thread.join()

    def problem(self) -> str | None:
        """Why the snapshot is missing or old."""
        return self._problem

    def figures(self) -> Mapping[str, float]:
        """The catalogue as this process sees it."""
        if self.snapshot is None:
            return {}
        return {
            "snapshot_places": len(self.snapshot),
            "snapshot_revision": self.snapshot.revision,
            "snapshot_age_seconds": monotonic() - self._current_at,
        }

    def _run(self) -> None:
        while not self._stopping.wait(self._poll_s):
            self._refresh()

    def _refresh(self) -> None:
        try:
            with read_session(self._engine) as session:
                self.snapshot = load(session, self.calendar, self.snapshot, now().timestamp())
            self._problem = None
            self._current_at = monotonic()
        except Exception as error:  # whatever it is, the old snapshot goes on answering
            problem = f"the catalogue's snapshot cannot be renewed: {type(error).__name__}"
            if problem != self._problem:  # told once, not at every look
                _log.exception("the catalogue's snapshot cannot be renewed")
            self._problem = problem
