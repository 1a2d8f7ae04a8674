"""Recurring work: done at once and again after its period, whatever one turn does."""

import threading

from sqlalchemy.engine import Engine
from sqlmodel import Session
from structlog.testing import capture_logs

from app.core.db import read_session
from app.core.installation import read_fact, write_fact
from app.core.jobs import Job, Jobs


def test_a_job_is_done_at_the_start_and_again_and_each_turn_is_stored(engine: Engine) -> None:
    third = threading.Event()

    def count(session: Session) -> None:
        turns = int(read_fact(session, "turns") or 0) + 1
        write_fact(session, "turns", str(turns))
        if turns >= 3:
            third.set()

    jobs = Jobs(engine, [Job("count", period_s=0.01, run=count)])
    jobs.start()
    assert third.wait(30)
    jobs.stop()
    with read_session(engine) as session:
        stored = int(read_fact(session, "turns") or 0)
    assert stored >= 3


def test_a_turn_that_fails_is_taken_back_logged_without_its_words_and_tried_again(engine: Engine) -> None:
    turns = 0
    second = threading.Event()

    def fail_first(session: Session) -> None:
        nonlocal turns
        turns += 1
        write_fact(session, f"turn {turns}", "done")
        if turns == 1:
            raise ValueError("13912345678")
        second.set()

    with capture_logs() as logs:
        jobs = Jobs(engine, [Job("fail first", period_s=0.01, run=fail_first)])
        jobs.start()
        assert second.wait(30)
        jobs.stop()
    with read_session(engine) as session:
        assert read_fact(session, "turn 1") is None
        assert read_fact(session, "turn 2") == "done"
    assert logs[0]["job"] == "fail first" and logs[0]["error"] == "ValueError"
    assert "13912345678" not in str(logs)


def test_stopping_does_not_wait_for_the_period(engine: Engine) -> None:
    done = threading.Event()
    jobs = Jobs(engine, [Job("once", period_s=3600, run=lambda _: done.set())])
    jobs.start()
    assert done.wait(30)
    jobs.stop()
    assert not [thread for thread in threading.enumerate() if thread.name == "job once"]
