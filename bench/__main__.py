"""`python -m bench [--places N] [part …]`: parts are index, peers, endpoint, city, import, page; else all."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from app.core.db import make_engine, read_session
from app.core.settings import Settings
from app.kit.hours import Calendar
from app.stations.snapshot.load import load
from app.stations.snapshot.snapshot import Snapshot
from bench import endpoint, import_japan, index, page, peers
from bench.table import Table
from bench.world import NOON, World, make_world, write_sqlite

PARTS = ("index", "peers", "endpoint", "city", "import", "page")


def main() -> int:
    """Run and print; 1 when a goal is missed."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--places", type=int, default=1_000_000)
    parser.add_argument("parts", nargs="*", metavar="part", help=", ".join(PARTS))
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    parts = options.parts or list(PARTS)
    table = Table()
    with tempfile.TemporaryDirectory(prefix="nuanfeng-bench-") as name:
        folder = Path(name)
        if set(parts) & {"index", "peers", "endpoint"}:
            _country(make_world(options.places), folder / "country", parts, table)
        if "city" in parts:
            endpoint.city(folder / "city", table)
    if "import" in parts:
        import_japan.run(table)
    if "page" in parts:
        page.run(table)
    table.say(f"{len(table.missed)} missed" + "".join(f"\n  {name}" for name in table.missed))
    return 1 if table.missed else 0


def _country(world: World, folder: Path, parts: list[str], table: Table) -> None:
    folder.mkdir()
    settings = write_sqlite(world, folder)
    if "endpoint" in parts:
        endpoint.run(world, folder, table)
    if "index" in parts or "peers" in parts:
        snapshot = _loaded(settings, table)
        if "index" in parts:
            index.run(world, snapshot, table)
            index.tenfold(world, snapshot, table)
        if "peers" in parts:
            peers.run(world, snapshot, table)


def _loaded(settings: Settings, table: Table) -> Snapshot:
    engine = make_engine(settings)
    begin = time.perf_counter()
    with read_session(engine) as session:
        snapshot = load(session, Calendar.default(), None, NOON.timestamp())
    table.note("snapshot from the database", time.perf_counter() - begin, "s")
    engine.dispose()
    return snapshot


if __name__ == "__main__":
    sys.exit(main())
