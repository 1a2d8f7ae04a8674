"""PostGIS and Redis with the same places and the same question, where they are installed."""

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import psycopg

from app.kit.geo import distances_mm, unit_vector
from app.stations.snapshot.snapshot import Snapshot
from bench.cases import Case, Point, make_cases
from bench.index import Answer, K, ask_index, microseconds, settled
from bench.table import Table
from bench.world import World

ASKED = 100
_FETCH = 64


def run(world: World, snapshot: Snapshot, table: Table) -> None:
    """Each peer's p50, its round trip included, against the index."""
    case = make_cases(world, ASKED)[1]
    ask_index(snapshot, case, case.points[0])  # the question's tree grows; the peers' indexes are built too
    settled()
    ours = median(microseconds(lambda point: ask_index(snapshot, case, point), case.points, 3))
    passing = _passing(snapshot, case)
    for name, peer in (("PostGIS KNN", _postgis), ("Redis GEOSEARCH", _redis)):
        with peer(snapshot, passing) as ask:
            if ask is None:
                table.say(f"{name}: not installed, skipped")
                continue
            taken, same = [], 0
            for point in case.points:
                begin = time.perf_counter()
                rows = ask(point)
                taken.append((time.perf_counter() - begin) * 1e6)
                same += _ranked(snapshot, point, rows) == ask_index(snapshot, case, point)
            table.row(f"{name}: index p50 / its p50", ours / median(taken), "x", at_most=0.05)
            table.row(f"{name}: answers alike (Redis rounds to 0.6 m)", same / ASKED, "", at_least=0.98)


def _passing(snapshot: Snapshot, case: Case) -> Any:
    places = snapshot.parts[0].index.places
    allowed = snapshot.timetable.allowed(case.openness, case.at.timestamp(), None)
    marks = (places.offered & case.services) == case.services
    return marks if allowed is None else marks & allowed.marks[places.hours]


def _ranked(snapshot: Snapshot, point: Point, rows: list[int]) -> Answer:
    """The peer's rows by our distance: its sphere or ellipsoid is another."""
    places, found = snapshot.parts[0].index.places, np.array(rows)
    mm = distances_mm(np.array(unit_vector(*point)), places.units[found])
    order = np.lexsort((places.ranks[found], mm))[:K]
    return list(zip(mm[order].tolist(), found[order].tolist(), strict=True))


def _degrees(snapshot: Snapshot) -> tuple[list[float], list[float]]:
    units = snapshot.parts[0].index.places.units
    lat = np.degrees(np.arcsin(units[:, 2]))
    return lat.tolist(), np.degrees(np.arctan2(units[:, 1], units[:, 0])).tolist()


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _postgis(snapshot: Snapshot, passing: Any) -> Iterator[Any]:
    """A throw-away server of Debian's PostgreSQL with PostGIS; needs root or to be an ordinary user."""
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    extension = list(Path("/usr/share/postgresql").glob("*/extension/postgis.control"))
    if not binaries or not extension:
        yield None
        return
    as_user = ["runuser", "-u", "postgres", "--"] if shutil.which("runuser") and Path("/root").owner() else []
    folder = Path(tempfile.mkdtemp(prefix="nuanfeng-bench-"))
    folder.chmod(0o777)
    data, port = folder / "data", free_port()
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
    control = [*as_user, str(binaries[-1] / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log")]
    subprocess.run(
        [*as_user, str(binaries[-1] / "initdb"), "-D", str(data), "-A", "trust", "-U", "bench", "--no-sync"],
        check=True, capture_output=True, cwd="/",
    )  # fmt: skip
    subprocess.run([*control, "-o", options, "start"], check=True, capture_output=True, cwd="/")
    try:
        with psycopg.connect(
            f"host=127.0.0.1 port={port} user=bench dbname=postgres", autocommit=True
        ) as link:
            _fill_postgis(link, snapshot, passing)
            query = (
                "SELECT row FROM places WHERE passes ORDER BY at <-> "
                "ST_SetSRID(ST_MakePoint(%s, %s), 4326)::geography LIMIT 16"
            )

            def ask(point: Point) -> list[int]:
                return [row for (row,) in link.execute(query, (point[1], point[0])).fetchall()]

            ask((33, 117))
            yield ask
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=False, capture_output=True, cwd="/")
        shutil.rmtree(folder, ignore_errors=True)


def _fill_postgis(link: Any, snapshot: Snapshot, passing: Any) -> None:
    link.execute("CREATE EXTENSION postgis")
    link.execute("CREATE TABLE places (row int, passes bool, at geography(Point))")
    with link.cursor().copy("COPY places FROM STDIN") as copy:
        for row, (lat, lon, passes) in enumerate(zip(*_degrees(snapshot), passing.tolist(), strict=True)):
            copy.write_row((row, passes, f"POINT({lon!r} {lat!r})"))
    link.execute("CREATE INDEX ON places USING gist (at)")
    link.execute("VACUUM ANALYZE places")


@contextmanager
def _redis(snapshot: Snapshot, passing: Any) -> Iterator[Any]:
    """A throw-away server; the client filters, since Redis knows positions alone."""
    binary = shutil.which("redis-server")
    if binary is None:
        yield None
        return
    port = free_port()
    command = [binary, "--port", str(port), "--save", "", "--appendonly", "no"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        link = _Redis(port)
        lat, lon = _degrees(snapshot)
        for begin in range(0, len(lat), 1000):
            parts: list[object] = ["GEOADD", "places"]
            for row in range(begin, min(begin + 1000, len(lat))):
                parts += [f"{lon[row]:.10f}", f"{lat[row]:.10f}", row]
            link.call(*parts)

        def ask(point: Point) -> list[int]:
            count, radius_km = _FETCH, 5.0
            while True:
                where = ("FROMLONLAT", point[1], point[0], "BYRADIUS", radius_km, "km", "ASC", "COUNT", count)
                found = [int(row) for row in link.call("GEOSEARCH", "places", *where)]
                kept = [row for row in found if passing[row]]
                if len(kept) >= K + 6:
                    return kept
                count, radius_km = (count * 4, radius_km) if len(found) == count else (count, radius_km * 4)

        yield ask
    finally:
        server.terminate()
        server.wait()


class _Redis:
    """As much of the protocol (RESP) as the bench needs."""

    def __init__(self, port: int) -> None:
        for _ in range(100):
            try:
                self._file = socket.create_connection(("127.0.0.1", port)).makefile("rwb")
                return
            except ConnectionRefusedError:
                time.sleep(0.05)
        raise RuntimeError("redis-server does not answer")

    def call(self, *parts: object) -> Any:
        """One command and its answer."""
        words = [str(part).encode() for part in parts]
        self._file.write(b"*%d\r\n" % len(words) + b"".join(b"$%d\r\n%s\r\n" % (len(w), w) for w in words))
        self._file.flush()
        return self._read()

    def _read(self) -> Any:
        line = self._file.readline()
        if line[:1] == b"*":
            return [self._read() for _ in range(int(line[1:]))]
        if line[:1] == b"$":
            return self._file.read(int(line[1:]) + 2)[:-2]
        if line[:1] == b"-":
            raise RuntimeError(line.decode())
        return line[1:-2]
