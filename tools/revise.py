"""Draft a migration from the models: `.venv/bin/python tools/revise.py "why in a few words"`."""

import sys
import tempfile
from pathlib import Path

from alembic import command

sys.path.insert(0, str(Path(__file__).parents[1]))

from app.core.db import make_engine
from app.core.migrate import config, upgrade
from app.core.settings import Settings


def main() -> None:
    """Bring an empty database to the newest migration, compare it with the models, write the difference."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(Settings(data_dir=Path(folder), database_url=""))
        upgrade(engine)
        with engine.connect() as connection:
            alembic = config()
            alembic.attributes["connection"] = connection
            command.revision(alembic, sys.argv[1], autogenerate=True)


if __name__ == "__main__":
    main()
