"""The oldest engine promised is Chromium 87: no script of the built page may hold newer grammar."""

import subprocess
import sys
from pathlib import Path

from tools.steps import PWA

NODE = Path(sys.executable).parent / "node"
READER = Path(__file__).parent / "oldest.mjs"


def read_by_the_oldest(scripts: list[Path]) -> str:
    """What the old grammar refuses; empty when it reads all."""
    # Handed over as text: node finds acorn from where it runs, not from where the reader lies.
    command: list[str | Path] = [
        NODE,
        "--input-type=module",
        "-e",
        READER.read_text(encoding="utf-8"),
        *scripts,
    ]
    return subprocess.run(command, cwd=PWA, capture_output=True, text=True, check=False).stdout


def test_every_script_of_the_page_is_read_by_the_oldest_engine(built_page: Path) -> None:
    scripts = sorted(built_page.rglob("*.js"))
    assert {script.name for script in scripts} >= {"sw.js", "boot.js"}
    assert read_by_the_oldest(scripts) == ""


def test_a_script_with_newer_grammar_would_be_found(tmp_path: Path) -> None:
    newer = tmp_path / "newer.js"
    newer.write_text("class Counter { #n = 0; static { Counter.first = new Counter(); } }")
    assert "newer.js" in read_by_the_oldest([newer])
