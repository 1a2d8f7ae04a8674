"""Steps that are done once: a fingerprint of what a step depends on is written when the step is complete.

A step that was interrupted has no fingerprint and is done again; one whose inputs changed has another.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ROOT / ".tools"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
NODE = VENV / "bin" / "node"
PWA = ROOT / "pwa"


def say(text: str) -> None:
    """One line of progress."""
    print(f"· {text}", flush=True)


def run(
    command: Iterable[str | Path], *, cwd: Path = ROOT, env: Mapping[str, str | Path] | None = None
) -> None:
    """Run a command with nothing to read from; leaves with its status when it fails."""
    words = [str(word) for word in command]
    environment = os.environ | {name: str(value) for name, value in (env or {}).items()}
    status = subprocess.run(words, cwd=cwd, env=environment, stdin=subprocess.DEVNULL, check=False).returncode
    if status:
        sys.exit(f"failed with status {status}: {' '.join(words)}")


def digest(*parts: str | Path) -> str:
    """A fingerprint of texts and of the contents of files; folders count with all that is in them."""
    sha = hashlib.sha256()
    for part in parts:
        if isinstance(part, str):
            sha.update(part.encode() + b"\0")
            continue
        files = sorted(p for p in part.rglob("*") if p.is_file()) if part.is_dir() else [part]
        for file in files:
            sha.update(str(file).encode() + b"\0" + file.read_bytes() + b"\0")
    return sha.hexdigest()


def is_done(stamp: Path, *fingerprints: str) -> bool:
    """Whether the step that writes `stamp` was completed with one of these fingerprints."""
    return stamp.is_file() and stamp.read_text() in fingerprints


@contextmanager
def lock(name: str) -> Iterator[None]:
    """Let one process at a time do a step; the others wait and then find it done."""
    TOOLS.mkdir(exist_ok=True)
    with (TOOLS / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
