"""Writes the page's API types from the OpenAPI document. Usage: .venv/bin/python -m tools.api_types"""

import subprocess
import tempfile
from pathlib import Path

import orjson

from app.core.settings import Settings
from app.main import create_app
from tools.steps import NODE, PWA

TYPES = PWA / "src" / "shared" / "api" / "schema.gen.ts"
_GENERATOR = PWA / "node_modules" / "openapi-typescript" / "bin" / "cli.js"


def generate() -> str:
    """The types that the API as it stands needs. Raises CalledProcessError when a step fails."""
    app = create_app(Settings(database_url="sqlite:///:memory:", log_level="error"))
    # Keys sorted, so that the types differ only where the API does.
    document = orjson.dumps(app.openapi(), option=orjson.OPT_SORT_KEYS)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "openapi.json"
        source.write_bytes(document)
        words: list[str | Path] = [NODE, _GENERATOR, source]
        return subprocess.run(words, cwd=PWA, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    TYPES.write_text(generate())
