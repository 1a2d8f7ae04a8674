"""docker-compose.yml and the Dockerfile: valid, safe by default, and their commands run on PostgreSQL."""

import json
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.core.settings import Settings
from tests.fixtures.servers import Server, StartServer

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, Any] = COMPOSE["services"]
OURS = ("migrate", "app", "worker")
DOCKERFILE = (ROOT / "Dockerfile").read_text()


def test_the_compose_file_holds_to_the_compose_specification() -> None:
    command = [str(BIN / "check-jsonschema"), "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"]
    checked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


def test_every_setting_in_the_compose_file_is_one_that_the_product_knows() -> None:
    known = {f"NUANFENG_{name.upper()}" for name in Settings.model_fields}
    for name in OURS:
        assert set(SERVICES[name]["environment"]) <= known


@pytest.mark.parametrize("name", OURS)
def test_our_containers_hold_no_demo_and_cannot_write_their_own_files(name: str) -> None:
    service = SERVICES[name]
    assert service["environment"]["NUANFENG_DEMO"] == "0"
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "ports" not in service


def test_the_image_does_not_run_as_root() -> None:
    last_stage = DOCKERFILE.rpartition("\nFROM ")[2]
    assert re.findall(r"^USER (\S+)", last_stage, re.MULTILINE) == ["nuanfeng"]


def test_what_the_dockerfile_copies_exists_and_is_not_ignored() -> None:
    kept = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    sources = [
        word
        for line in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
        for word in line.split()
    ]
    assert sources
    for source in sources:
        assert (ROOT / source).exists(), source
        assert source.partition("/")[0] in kept, source


def test_the_health_check_tells_a_ready_server_from_none(start_server: StartServer) -> None:
    found = re.search(r"HEALTHCHECK[^\[]*CMD (\[.+\])", DOCKERFILE)
    assert found
    program, *words = json.loads(found[1])
    assert program == "python"
    server = start_server()
    command = [sys.executable, *(word.replace(":8000", f":{server.port}") for word in words)]
    assert subprocess.run(command, check=False).returncode == 0
    server.stop()
    assert subprocess.run(command, check=False, capture_output=True).returncode == 1


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_two_app_processes_side_by_side_see_each_others_writes(
    empty_database_url: str, start_server: StartServer, tmp_path: Path
) -> None:
    env = {"NUANFENG_DATABASE_URL": empty_database_url, "NUANFENG_DATA_DIR": str(tmp_path)}

    def nuanfeng(program: str, *words: str) -> int:
        return subprocess.run(
            [BIN / program, *words], env=env, stdin=subprocess.DEVNULL, timeout=60
        ).returncode

    assert nuanfeng(*SERVICES["migrate"]["command"]) == 0
    assert SERVICES["app"]["command"] == ["nuanfeng", "serve"]
    apps = [start_server(database_url=empty_database_url) for _ in range(2)]
    assert [nearest_names(app) for app in apps] == [[], []]

    places = tmp_path / "places.csv"
    places.write_text("id,name,lat,lon,services\n1,新驿站,33.6479,116.959,water\n", "utf-8")
    assert nuanfeng("nuanfeng", "import", "stations", str(places)) == 0
    deadline = time.monotonic() + 1
    while time.monotonic() < deadline and any(nearest_names(app) == [] for app in apps):
        time.sleep(0.02)
    assert [nearest_names(app) for app in apps] == [["新驿站"], ["新驿站"]]


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_the_worker_works_until_it_is_asked_to_end(database_url: str, tmp_path: Path) -> None:
    program, *words = SERVICES["worker"]["command"]
    env = {"NUANFENG_DATABASE_URL": database_url, "NUANFENG_DATA_DIR": str(tmp_path)}
    with subprocess.Popen(
        [BIN / program, *words], env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
    ) as worker:
        assert worker.stdout
        assert "the worker has started\n" in worker.stdout
        worker.terminate()
        assert worker.wait(20) == 0


def nearest_names(app: Server) -> list[str]:
    """The names of the places nearest to the city's centre, as that process answers."""
    with urllib.request.urlopen(f"{app.url}/v1/stations/nearest?lat=33.6479&lon=116.959") as answer:
        return [item["name"] for item in json.load(answer)["items"]]


@pytest.mark.skipif(shutil.which("caddy") is None, reason="caddy is not installed")
def test_caddy_takes_its_file() -> None:
    command = ["caddy", "validate", "--config", "deploy/Caddyfile", "--adapter", "caddyfile"]
    checked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
