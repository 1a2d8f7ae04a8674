"""A made-up country of places, clustered like cities, the same for every run: arrays, SQLite, snapshot."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import numpy.typing as npt

from app.core.db import make_engine
from app.core.migrate import upgrade
from app.core.settings import Settings
from app.kit.hours import Calendar
from app.stations.models import ServiceKind, StationKind
from app.stations.snapshot.encode import Service, Shared
from app.stations.snapshot.index import Index
from app.stations.snapshot.places import PlacesBuilder
from app.stations.snapshot.snapshot import Part, Snapshot
from app.stations.snapshot.timetable import make_timetable

WATER, TOILET = ServiceKind.WATER, ServiceKind.TOILET
READING, NURSING = ServiceKind.READING, ServiceKind.NURSING
"""Each common, together at one place in ten thousand."""
RARE = ServiceKind.COUNSEL
"""A service that one place in ten thousand has."""
NOON = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 25, 18, 30, tzinfo=UTC)
CENTRE = (33.6479, 116.959)

DUPLICATES = (33.7, 117.05)
"""Where ten thousand places of a million lie at one point."""
NOON = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
"""12:00 in China: about half of the places are open or unknown."""
NIGHT = datetime(2026, 11, 25, 18, 30, tzinfo=UTC)
"""02:30: a tenth is open, and nearly none of those has water and a toilet."""
EARLY = datetime(2026, 11, 25, 20, 30, tzinfo=UTC)
"""04:30: besides those, a twentieth is open, all by one text."""

_KINDS = list(ServiceKind)
_SHARES = {WATER: 0.6, TOILET: 0.43, ServiceKind.REST: 0.5, ServiceKind.PHONE_CHARGING: 0.5, RARE: 0.0001}


@dataclass(frozen=True)
class World:
    """n places: positions in degrees, services and their states as bits by the vocabulary's order, hours."""

    lat: npt.NDArray[np.float64]
    lon: npt.NDArray[np.float64]
    listed: npt.NDArray[np.int64]
    broken: npt.NDArray[np.int64]
    hours: npt.NDArray[np.int64]
    texts: tuple[str | None, ...]

    def __len__(self) -> int:
        return len(self.lat)

    def id(self, row: int) -> str:
        """UUIDv7-like, in the order of the rows."""
        return f"019acc00-0000-7000-8000-{row:012x}"


def make_world(n: int, seed: int = 1) -> World:
    """Places in 300 clusters, some services and hours that are each common and seldom together."""
    chance = np.random.default_rng(seed)
    centres = np.stack((chance.uniform(22, 45, 300), chance.uniform(98, 125, 300)), axis=1)
    centres[0] = CENTRE
    weights = chance.pareto(1.1, 300) + 0.2
    cluster = chance.choice(300, n, p=weights / weights.sum())
    spread = chance.uniform(0.02, 0.15, 300)[cluster]
    lat, lon = (centres[cluster] + chance.normal(size=(n, 2)) * spread[:, None]).round(7).T
    heap = chance.choice(n, n // 100, replace=False)
    lat[heap], lon[heap] = DUPLICATES
    texts, weights = _texts()
    hours = chance.choice(len(texts), n, p=weights / weights.sum())
    has = {kind: chance.random(n) < share for kind, share in _SHARES.items()}
    odd, both = np.arange(n) % 2 == 1, chance.random(n) < 0.0001
    has[READING] = odd & (chance.random(n) < 0.4) | both
    has[NURSING] = ~odd & (chance.random(n) < 0.4) | both
    has[TOILET] &= (hours != texts.index("24/7")) | (chance.random(n) < 0.0005)
    listed, broken = np.zeros(n, np.int64), np.zeros(n, np.int64)
    for kind, marks in has.items():
        listed |= marks * (1 << _KINDS.index(kind))
        broken |= (marks & (chance.random(n) < 0.01)) * (1 << _KINDS.index(kind))
    return World(lat, lon, listed, broken, hours, texts)


def _texts() -> tuple[tuple[str | None, ...], npt.NDArray[np.float64]]:
    """Distinct hours, and how common each is."""
    days = ("Mo-Su", "Mo-Fr", "Mo-Sa")
    by_day = [f"{days[i % 3]} {7 + i % 4:02d}:{i % 6}0-{17 + i % 5:02d}:{i // 40}0" for i in range(190)]
    texts = (None, *by_day, "Mo-Su 18:00-23:00", "24/7", "Mo-Su 04:00-05:00")
    return texts, np.array([10.0] + [30 / 190] * 190 + [45, 10, 5])


def services_of(world: World, row: int) -> list[Service]:
    """The place's services in the vocabulary's order."""
    listed, broken = int(world.listed[row]), int(world.broken[row])
    return [
        Service(
            kind.value, "free" if row % 2 else "unknown", "broken" if broken >> bit & 1 else "working", None
        )
        for bit, kind in enumerate(_KINDS)
        if listed >> bit & 1
    ]


def make_snapshot(world: World, at: datetime = NOON) -> Snapshot:
    """The snapshot that the loader would make of it, without a database."""
    shared, builder = Shared(), PlacesBuilder()
    for row in range(len(world)):
        columns = dict(zip(_COLUMNS, _station(world, row), strict=True))
        shared.add(builder, SimpleNamespace(**{**columns, "id": world.id(row)}), services_of(world, row))
    timetable = make_timetable(shared.hours, Calendar.default(), at.timestamp())
    return Snapshot(1, (Part(Index(builder.build())),), timetable, shared)


_COLUMNS = (
    "id", "name", "aliases", "kind", "address", "region_code", "lat", "lon", "opening_hours",
    "unattended_hours", "walk_in", "access", "wheelchair", "source_name", "external_id", "sample",
    "search_text", "verified_at", "revision", "change_revision", "created_at", "updated_at",
)  # fmt: skip


def _station(world: World, row: int) -> tuple[object, ...]:
    moment = "2026-11-01 00:00:00.000000"
    return (
        world.id(row).replace("-", ""), f"暖蜂驿站{row}号", "[]", _STATION_KINDS[row % len(_STATION_KINDS)],
        f"某市某区某某路{row % 999}号", "341302", float(world.lat[row]), float(world.lon[row]),
        world.texts[world.hours[row]], None, "yes", "anyone", "unknown", "bench", f"node/{row}", 0,
        "", None, 1, 1, moment, moment,
    )  # fmt: skip


_STATION_KINDS = [kind.value for kind in StationKind]


def write_sqlite(world: World, folder: Path) -> Settings:
    """A migrated database of these places in the folder; returns the settings that serve it."""
    settings = Settings(data_dir=folder)
    engine = make_engine(settings)
    upgrade(engine)
    engine.dispose()
    with sqlite3.connect(folder / "nuanfeng.sqlite3") as connection:
        connection.execute("PRAGMA synchronous=OFF")
        marks = ",".join("?" * len(_COLUMNS))
        connection.executemany(
            f"INSERT INTO stations ({','.join(_COLUMNS)}) VALUES ({marks})",
            (_station(world, row) for row in range(len(world))),
        )
        connection.executemany("INSERT INTO station_services VALUES (?,?,?,?,?,?)", _service_rows(world))
        connection.execute("UPDATE revisions SET value = 1 WHERE subject = 'stations'")
    connection.close()
    return settings


def _service_rows(world: World) -> Iterator[tuple[object, ...]]:
    for row in range(len(world)):
        id_ = world.id(row).replace("-", "")
        for each in services_of(world, row):
            yield id_, each.kind, _KINDS.index(ServiceKind(each.kind)), each.fee, each.state, each.as_of
