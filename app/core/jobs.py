"""Work that recurs by itself: in a thread of `serve` on SQLite, in `nuanfeng worker` on PostgreSQL."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog
from sqlalchemy.engine import Engine
from sqlmodel import Session

from app.core.db import write_session
from app.core.logs import where

_log = structlog.get_logger("jobs")


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work: done in one transaction, and safe to do twice (two workers may run)."""

    name: str
    period_s: float
    run: Callable[[Session], None]


class Jobs:
    """A thread that runs each job when its period has passed; the first time at the start."""

    def __init__(self, engine: Engine, jobs: Sequence[Job]) -> None:
        self._engine = engine
        self._jobs = jobs
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Begin: one thread a job, so that a slow one keeps no other waiting."""
        for job in self._jobs:
            thread = threading.Thread(target=self._repeat, args=(job,), name=f"job {job.name}", daemon=True)
            thread.start()
            self._threads.append(thread)

    def stop(self) -> None:
        """End, after what is running now."""
        self._stopping.set()
        for thread in self._threads:
            thread.join(timeout=10)

    def _repeat(self, job: Job) -> None:
        while True:
            try:
                with write_session(self._engine) as session:
                    job.run(session)
            except Exception as error:  # a job that fails is tried again after its period
                _log.error(
                    "job failed", job=job.name, error=type(error).__name__, where=where(error.__traceback__)
                )
            if self._stopping.wait(job.period_s):
                return
