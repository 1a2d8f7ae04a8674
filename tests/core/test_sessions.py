"""Sessions: the commit comes before the answer, readers cannot write, races end without errors."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from app.core.db import ReadSession, WriteSession, read_session, write_session
from app.core.installation import read_fact, write_fact
from app.core.routing import Router


@pytest.fixture
def app(app: FastAPI) -> FastAPI:
    """The app with probe routes: one writes a fact, one reads it first, one writes through a read session."""
    router = Router()

    @router.post("/probe/facts/{name}", status_code=201)
    def create_fact(session: WriteSession, name: str) -> str:
        write_fact(session, name, "stored")
        return "stored"

    @router.post("/probe/counts/{name}")
    def raise_count(session: WriteSession, name: str) -> int:
        count = int(read_fact(session, name) or 0) + 1
        write_fact(session, name, str(count))
        return count

    @router.post("/probe/sneaked/{name}")
    def sneak(session: ReadSession, name: str) -> str:
        write_fact(session, name, "sneaked")
        session.commit()
        return "sneaked"

    app.include_router(router, prefix="/v1")
    return app


@pytest.fixture
def failing_commit(engine: Engine, client: TestClient) -> Iterator[None]:
    """Every commit of a written fact fails, in the way that each database can."""
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            connection.exec_driver_sql(
                "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION 'refused at commit'; END $$"
            )
            connection.exec_driver_sql(
                "CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON installation "
                "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse()"
            )
        yield
        return

    def refuse(session: Session) -> None:
        raise OSError("disk full at commit")

    event.listen(Session, "before_commit", refuse)
    yield
    event.remove(Session, "before_commit", refuse)


def stored(engine: Engine, name: str) -> str | None:
    with read_session(engine) as session:
        return read_fact(session, name)


def test_a_write_that_is_answered_is_stored(client: TestClient, engine: Engine) -> None:
    assert client.post("/v1/probe/facts/a").status_code == 201
    assert stored(engine, "a") == "stored"


@pytest.mark.usefixtures("failing_commit")
def test_a_commit_that_fails_is_answered_with_500_and_stores_nothing(
    client: TestClient, engine: Engine
) -> None:
    answer = client.post("/v1/probe/facts/a")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert stored(engine, "a") is None


def test_a_read_session_refuses_to_write(client: TestClient, engine: Engine) -> None:
    assert client.post("/v1/probe/sneaked/a").status_code == 500
    with pytest.raises(DBAPIError), read_session(engine) as session:
        session.execute(sa.text("DELETE FROM installation"))
    assert stored(engine, "a") is None


def test_a_read_session_before_does_not_forbid_the_write_after_on_the_same_connection(engine: Engine) -> None:
    for turn in range(3):
        assert stored(engine, "a") == (str(turn - 1) if turn else None)
        with write_session(engine) as session:
            write_fact(session, "a", str(turn))


def test_an_error_in_a_write_session_takes_everything_back(engine: Engine) -> None:
    def write_half() -> None:
        with write_session(engine) as session:
            write_fact(session, "a", "half")
            session.flush()
            raise KeyError

    with pytest.raises(KeyError):
        write_half()
    assert stored(engine, "a") is None


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_racing_requests_that_read_before_they_write_all_succeed(client: TestClient, engine: Engine) -> None:
    """A deferred transaction would fail here at once, whatever its busy timeout: both have read already."""
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: client.post("/v1/probe/counts/a"), range(80)))
    assert {answer.status_code for answer in answers} == {200}
    assert sorted(answer.json() for answer in answers) == list(range(1, 81))
    assert stored(engine, "a") == "80"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_sqlite_keeps_what_it_promises(engine: Engine) -> None:
    with engine.connect() as connection:
        said = {
            p: connection.exec_driver_sql(f"PRAGMA {p}").scalar() for p in ("journal_mode", "foreign_keys")
        }
        said["synchronous"] = connection.exec_driver_sql("PRAGMA synchronous").scalar()
    assert said == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2}
