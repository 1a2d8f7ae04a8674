"""docker-compose.yml and the Dockerfile: valid, safe by default, and their commands really run on PostgreSQL."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.parse
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
    command = [BIN / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"]
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


@pytest.mark.skipif(shutil.which("caddy") is None, reason="caddy is not installed")
def test_caddy_takes_its_file() -> None:
    command = ["caddy", "validate", "--config", "deploy/Caddyfile", "--adapter", "caddyfile"]
    checked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
