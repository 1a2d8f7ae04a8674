"""The snapshot follows the catalogue in every process, as a whole, and outlives a database that fails."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from app.core.db import make_engine, read_session, write_session
from app.core.errors import NotReady
from app.core.settings import Settings
from app.kit.hours import Calendar
from app.stations.models import ServiceKind, ServiceState, Station
from app.stations.nearest import answer_now
from app.stations.nearest_ask import Ask
from app.stations.schemas import NearestOut
from app.stations.snapshot.keeper import SnapshotKeeper
from app.stations.snapshot.load import load
from app.stations.snapshot.snapshot import Snapshot
from tests.stations.eventually import eventually
from tests.stations.factories import add, delete, saved, service, station, touch

NOON = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
CALENDAR = Calendar.default()


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    made = make_engine(settings)
    yield made
    made.dispose()


@contextmanager
def kept(engine: Engine, settings: Settings) -> Iterator[SnapshotKeeper]:
    keeper = SnapshotKeeper(engine, settings)
    keeper.start()
    try:
        yield keeper
    finally:
        keeper.stop()


def loaded(engine: Engine, old: Snapshot | None = None, at: datetime = NOON) -> Snapshot:
    with read_session(engine) as session:
        return load(session, CALENDAR, old, at.timestamp())


def seen(snapshot: Snapshot, at: datetime = NOON, services: int = 0) -> NearestOut:
    ask = Ask(lat=33.64, lon=116.96, at=at, services=services, limit=100)
    return NearestOut.model_validate_json(answer_now(snapshot, ask))


def test_a_snapshot_made_from_changes_answers_as_one_read_anew(engine: Engine) -> None:
    ids = saved(engine, *(station(name=f"站{i}", lat=33.64 + i / 1e4) for i in range(600)))
    old = loaded(engine)
    touch(engine, ids[0], name="改名", opening_hours="08:00-20:00")
    delete(engine, ids[1])
    saved(engine, station((ServiceKind.WATER,), name="新站", lat=33.6401))
    with write_session(engine) as session:
        changed = session.get_one(Station, ids[2], options=[sa.orm.selectinload(Station.services)])  # type: ignore[arg-type]
        changed.services = [service(ServiceKind.TOILET, state=ServiceState.BROKEN)]
        add(session, changed)
    new = loaded(engine, old)
    assert len(new.parts) == 2, "few changes leave the many at rest"
    assert seen(new) == seen(loaded(engine))
    assert len(new) == 600
    assert [item.name for item in seen(new, services=1).items] == ["新站"]
    assert [item.name for item in seen(old).items[:3]] == ["站0", "站1", "站2"], "the old one is as it was"


def test_many_changes_put_all_in_order_anew(engine: Engine) -> None:
    ids = saved(engine, *(station(name=f"站{i}", lat=33.64 + i / 1e4) for i in range(100)))
    snapshot = loaded(engine)
    for i in range(0, 100, 7):
        touch(engine, ids[i], name=f"新名{i}")
        snapshot = loaded(engine, snapshot)
    assert len(snapshot) == 100
    assert seen(snapshot) == seen(loaded(engine))


def test_a_place_that_comes_back_is_there_again(engine: Engine) -> None:
    (one, _) = saved(engine, station(name="甲"), station(name="乙"))
    first = loaded(engine)
    delete(engine, one)
    second = loaded(engine, first)
    touch(engine, one, deleted_at=None)
    assert [len(each) for each in (first, second, loaded(engine, second))] == [2, 1, 2]


def test_nothing_changed_is_the_same_snapshot_until_the_day_ends(engine: Engine) -> None:
    saved(engine, station(opening_hours="08:00-20:00"))
    first = loaded(engine)
    assert loaded(engine, first) is first
    next_day = datetime(2026, 11, 25, 16, 0, tzinfo=UTC)
    second = loaded(engine, first, next_day)
    assert second is not first
    assert second.timetable.covers(datetime(2026, 12, 4, tzinfo=UTC).timestamp())
    assert seen(second, next_day).items[0].opening.state == "closed"


def test_a_catalogue_put_back_from_a_backup_is_read_anew(engine: Engine) -> None:
    ids = saved(engine, station(name="旧"))
    saved(engine, station(name="后来"))
    later = loaded(engine)
    with write_session(engine) as session:
        session.execute(sa.delete(Station).where(Station.id != ids[0]))  # type: ignore[arg-type]
        session.execute(sa.text("UPDATE revisions SET value = 1 WHERE subject = 'stations'"))
    assert [item.name for item in seen(loaded(engine, later)).items] == ["旧"]


def test_a_write_is_seen_by_two_processes_within_a_second(engine: Engine, settings: Settings) -> None:
    usual = settings.model_copy(update={"snapshot_poll_ms": Settings().snapshot_poll_ms})
    with write_session(engine) as session:
        add(session, *(station(lat=33 + i / 1e4) for i in range(2_000)))
    elsewhere = make_engine(usual)
    with kept(engine, usual) as one, kept(elsewhere, usual) as other:
        saved(engine, station(name="刚开", lat=33.64))
        for keeper in (one, other):
            assert eventually(lambda keeper=keeper: len(keeper.ready()) == 2_001) < 1  # type: ignore[misc]
            assert seen(keeper.ready()).revision == 2
    elsewhere.dispose()


def test_a_failing_load_keeps_the_old_snapshot_and_says_so(engine: Engine, settings: Settings) -> None:
    saved(engine, station(name="在"))
    with kept(engine, settings) as keeper:
        assert keeper.problem() is None
        with engine.begin() as connection:
            connection.execute(sa.text("ALTER TABLE revisions RENAME TO elsewhere"))
        eventually(lambda: keeper.problem() is not None)
        assert [item.name for item in seen(keeper.ready()).items] == ["在"]
        with engine.begin() as connection:
            connection.execute(sa.text("ALTER TABLE elsewhere RENAME TO revisions"))
        eventually(lambda: keeper.problem() is None)


def test_before_the_first_load_it_is_not_ready(engine: Engine, settings: Settings) -> None:
    keeper = SnapshotKeeper(engine, settings)
    assert keeper.problem() is not None
    with pytest.raises(NotReady):
        keeper.ready()


def test_a_database_without_tables_leaves_it_not_ready_until_they_come(
    engine: Engine, settings: Settings
) -> None:
    with engine.begin() as connection:
        connection.execute(sa.text("ALTER TABLE stations RENAME TO elsewhere"))
    with kept(engine, settings) as keeper:
        assert keeper.problem() is not None
        with engine.begin() as connection:
            connection.execute(sa.text("ALTER TABLE elsewhere RENAME TO stations"))
        eventually(lambda: keeper.problem() is None)
        assert len(keeper.ready()) == 0
