"""How long the import of Japan's 13,665 toilets takes on SQLite: goal 8 s, everything included."""

import tempfile
import time
from pathlib import Path

from app.core.db import make_engine, write_session
from app.core.migrate import upgrade
from app.core.settings import Settings
from app.stations.importers.rows import Options
from app.stations.importing import import_stations
from bench.table import Table

_FILE = Path(__file__).parents[1] / "tests" / "data" / "poi" / "japan_osm_toilets.json.gz"
_GOAL_S = 8.0


def run(table: Table) -> None:
    """Import into a new database and once more."""
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(Settings(data_dir=Path(folder)))
        upgrade(engine)
        for what in ("new", "again, nothing to change"):
            started = time.perf_counter()
            with write_session(engine) as session:
                report = import_stations(session, _FILE, Options("japan"))
            seconds = time.perf_counter() - started
            table.row(f"import of {report.rows:,} rows, {what}", seconds, "s", at_most=_GOAL_S)
        engine.dispose()
