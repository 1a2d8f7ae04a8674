"""The verbs that move data, run as a person runs them: what they print, write and return."""

import csv
import json
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
    assert "duplicates, of which the first counts: 1; --rejects FILE lists them" in again.stderr


def test_what_a_file_holds_does_not_steer_the_terminal(nuanfeng: Command) -> None:
    file, rejects = nuanfeng.folder / "list.json", nuanfeng.folder / "rejects.csv"
    file.write_text(
        '[{"id": "\\ud800", "lat": 1, "lon": 1}, {"id": "a", "lat": 1, "lon": 1, "kind": "\\u001b[2J"}]'
    )
    shown = nuanfeng("import", "stations", file)
    assert "\x1b" not in shown.stderr
    assert "item 2: kind: no such kind of place: \ufffd[2J" in shown.stderr
    assert nuanfeng("import", "stations", file, "--rejects", rejects).returncode == 1
    assert "\x1b" not in rejects.read_text("utf-8-sig")


def test_what_is_told_of_a_row_reads_as_a_sentence(nuanfeng: Command) -> None:
    table, overpass = nuanfeng.folder / "list.csv", nuanfeng.folder / "osm.json"
    table.write_text("id,lat,lon,services\na,x,1,\nb,1,1,飞船\n", "utf-8")
    tags = {"amenity": "toilets", "access": "no"}
    overpass.write_text(
        json.dumps({"elements": [{"type": "node", "id": 1, "lat": 1, "lon": 1, "tags": tags}]})
    )
    shown = nuanfeng("import", "stations", table).stderr
    assert "line 2: lat is not a number (rejected)" in shown
    assert "line 3: services: no such service: 飞船 (field_dropped)" in shown
    shown = nuanfeng("import", "stations", overpass).stderr
    assert "item 1: access: 'no' is not for the public (skipped)" in shown


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
    without = nuanfeng("demo")
    assert (without.returncode, "NUANFENG_DEMO=1" in without.stderr) == (2, True)
    assert nuanfeng("demo", NUANFENG_DEMO="1").returncode == 0
    refused = nuanfeng("import", "regions")
    assert refused.returncode == 1
    assert "holds demo data" in refused.stderr
    allowed = nuanfeng("import", "regions", NUANFENG_DEMO="1")
    assert (allowed.returncode, "unchanged 1488" in allowed.stdout) == (0, True)


@pytest.mark.parametrize("verb", [("demo",), ("serve", "--port", "0")])
def test_a_demo_on_real_data_says_that_it_wants_a_folder_of_its_own(
    nuanfeng: Command, verb: tuple[str, ...]
) -> None:
    assert nuanfeng("import", "regions").returncode == 0
    refused = nuanfeng(*verb, NUANFENG_DEMO="1")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == (
        "this data folder holds real data: the demo wants a folder of its own (NUANFENG_DATA_DIR)\n"
    )


@pytest.mark.parametrize("verb", [("serve", "--tls"), ("serve",), ("migrate",), ("import", "regions")])
def test_a_data_folder_that_cannot_be_made_is_told_by_its_variable(
    nuanfeng: Command, verb: tuple[str, ...]
) -> None:
    (nuanfeng.folder / "file").touch()
    folder = str(nuanfeng.folder / "file" / "data")
    port = ("--port", "0") if verb[0] == "serve" else ()
    refused = nuanfeng(*verb, *port, NUANFENG_DATA_DIR=folder)
    [line] = refused.stderr.splitlines()
    assert refused.returncode == 2
    assert line.startswith(f"NUANFENG_DATA_DIR: {nuanfeng.folder}/file/") and line.endswith(
        ": Not a directory"
    )


@pytest.mark.parametrize("verb", [("migrate",), ("export", "stations"), ("serve", "--port", "0")])
def test_a_database_file_that_cannot_be_opened_or_is_none_is_told_by_its_variable(
    nuanfeng: Command, verb: tuple[str, ...]
) -> None:
    file = nuanfeng.folder / "data" / "nuanfeng.sqlite3"
    file.mkdir(parents=True)
    refused = nuanfeng(*verb)
    assert (refused.returncode, refused.stderr) == (
        2,
        f"NUANFENG_DATA_DIR: {file}: unable to open database file\n",
    )
    file.rmdir()
    file.write_text("a text that is no database, long enough to have a header " * 40)
    refused = nuanfeng(*verb)
    assert (refused.returncode, refused.stderr) == (
        2,
        f"NUANFENG_DATA_DIR: {file}: file is not a database\n",
    )


def test_a_city_without_divisions_is_refused_until_they_are_imported(nuanfeng: Command) -> None:
    table = nuanfeng.folder / "regions.csv"
    table.write_text("code,name,level,parent_code\n320500,苏州市,city,\n", "utf-8")
    for verb in (("serve", "--port", "0"), ("import", "regions"), ("import", "stations", CHARGING)):
        refused = nuanfeng(*verb, NUANFENG_CITY="320500")
        [line] = refused.stderr.splitlines()
        assert refused.returncode == 2
        assert line.startswith("NUANFENG_CITY: no divisions are known of 320500, only of 341300")
    assert nuanfeng("import", "regions", table, NUANFENG_CITY="320500").returncode == 0
    assert nuanfeng("import", "stations", CHARGING, NUANFENG_CITY="320500").returncode == 0
