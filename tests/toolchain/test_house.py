"""Rules of the house that no linter knows: lengths, first lines, layers, commands that documents name."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = (".py", ".ts", ".tsx", ".css", ".js")
DOCUMENTS = ("README.md", "README.zh-CN.md", "CONTRIBUTING.md", "ARCHITECTURE.md")
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def committed(*endings: str) -> list[Path]:
    """Files of the project, generated ones left out."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    files = [ROOT / name for name in listed.stdout.split("\0") if name.endswith(endings)]
    return [file for file in files if file.exists() and ".gen." not in file.name]


def test_every_file_says_first_what_it_is_for() -> None:
    files = {file: file.read_text().lstrip() for file in committed(*CODE)}
    silent = [str(file) for file, text in files.items() if not text.startswith(('"""', "//", "/*"))]
    assert silent == []


def test_no_file_is_longer_than_400_lines() -> None:
    lengths = {str(file): len(file.read_text().splitlines()) for file in committed(*CODE)}
    assert {file: length for file, length in lengths.items() if length > 400} == {}, "split by verb or noun"


def test_nobody_imports_upwards() -> None:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if (ROOT / name).exists()])
def test_every_command_that_a_document_names_exists(name: str) -> None:
    named = set(re.findall(r"(?:`|^)make ([a-z]+)", (ROOT / name).read_text(), re.MULTILINE))
    assert named
    assert named <= TARGETS


def test_ci_runs_the_same_command_as_everyone() -> None:
    assert (ROOT / ".ci" / "run").read_text().rstrip().endswith("make test")
