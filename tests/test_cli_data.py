"""The verbs that move data, run as a person runs them: what they print, write and return."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli_data import imports

DATA = Path(__file__).parent / "data" / "poi"
CHARGING = str(DATA / "shenzhen_stevcdp_charging.csv")
LIST = "id,name,lat,lon\na,=good,33.6,116.9\nb,bad,99,116.9\na,again,1,1\n"


class Command:
    """Runs `nuanfeng` over a data folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        kept = {name: value for name, value in os.environ.items() if not name.startswith("NUANFENG_")}
        self.env = kept | {"NUANFENG_DATA_DIR": str(folder / "data")}

    def __call__(self, *arguments: object, **env: str) -> subprocess.CompletedProcess[str]:
        """One run to its end, with these settings besides."""
        return subprocess.run(
            [sys.executable, "-m", "app.cli", *map(str, arguments)],
            env=self.env | env,
            cwd=Path(__file__).parents[1],
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )


@pytest.fixture
def nuanfeng(tmp_path: Path) -> Command:
    return Command(tmp_path)


def test_an_import_tells_what_it_did_and_lists_what_it_refused(nuanfeng: Command) -> None:
    file, rejects = nuanfeng.folder / "list.csv", nuanfeng.folder / "rejects.csv"
    file.write_text(LIST)
    done = nuanfeng("import", "stations", file, "--rejects", rejects)
    assert done.returncode == 1, "partly rejected"
    assert "created 1, updated 0, unchanged 0, rejected 1, duplicate 1" in done.stdout
    assert "1 places name no service" in done.stderr
    assert "\r" not in done.stderr, "no progress where nobody watches"
    with rejects.open(encoding="utf-8-sig", newline="") as told:
        rows = [(row["line"], row["field"], row["what"]) for row in csv.DictReader(told)]
    assert rows == [("3", "lat", "rejected"), ("4", "id", "duplicate")]
    again = nuanfeng("import", "stations", file, "--services", "water;厕所")
    assert "updated 1" in again.stdout
    assert "line 3: lat is not between -90 and 90 (rejected)" in again.stderr


def test_what_a_file_holds_does_not_steer_the_terminal(nuanfeng: Command) -> None:
    file, rejects = nuanfeng.folder / "list.json", nuanfeng.folder / "rejects.csv"
    file.write_text(
        '[{"id": "\\ud800", "lat": 1, "lon": 1}, {"id": "a", "lat": 1, "lon": 1, "kind": "\\u001b[2J"}]'
    )
    shown = nuanfeng("import", "stations", file)
    assert "\x1b" not in shown.stderr
    assert "line 2: kind no such kind of place: \ufffd[2J" in shown.stderr
    assert nuanfeng("import", "stations", file, "--rejects", rejects).returncode == 1
    assert "\x1b" not in rejects.read_text("utf-8-sig")


def test_an_export_imported_again_changes_nothing(nuanfeng: Command) -> None:
    file, out = nuanfeng.folder / "list.csv", nuanfeng.folder / "out.csv"
    file.write_text(LIST.replace("99", "33.7"))
    assert nuanfeng("import", "stations", file).returncode == 0
    assert nuanfeng("export", "stations", "--format", "csv", "-o", out).returncode == 0
    assert "'=good" in out.read_text("utf-8-sig")
    done = nuanfeng("import", "stations", out)
    assert (done.returncode, "nothing changed" in done.stdout) == (0, True)
    shown = nuanfeng("export", "stations")
    assert shown.stdout.startswith('{"type":"FeatureCollection"')


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("nowhere.csv",), "does not exist"),
        ((CHARGING, "--services", "flying"), "no such service: flying"),
        ((CHARGING, "--kind", "castle"), "no such kind: castle"),
        ((CHARGING, "--crs", "mars"), "mars"),
    ],
)
def test_wrong_use_is_refused_with_2(arguments: tuple[str, ...], why: str) -> None:
    done = CliRunner().invoke(imports, ["stations", *arguments], env={"TERMINAL_WIDTH": "200"})
    assert done.exit_code == 2
    assert why in done.stderr


def test_a_file_of_no_known_format_is_refused_with_2(nuanfeng: Command) -> None:
    done = nuanfeng("import", "stations", DATA / "LICENSE.st-evcdp.txt")
    assert (done.returncode, "latitude" in done.stderr) == (2, True)


def test_demo_and_real_data_refuse_each_other(nuanfeng: Command) -> None:
    assert nuanfeng("demo").returncode == 2
    assert nuanfeng("demo", NUANFENG_DEMO="1").returncode == 0
    refused = nuanfeng("import", "regions")
    assert refused.returncode == 1
    assert "holds demo data" in refused.stderr
    allowed = nuanfeng("import", "regions", NUANFENG_DEMO="1")
    assert (allowed.returncode, "unchanged 1488" in allowed.stdout) == (0, True)
