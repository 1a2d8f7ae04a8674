"""`nuanfeng serve`, `worker` and `migrate` as real processes: what they print, refuse and leave behind."""

import json
import os
import queue
import re
import signal
import socket
import ssl
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509

from app.core.tls import own_certificate

WAIT_S = 120


class Command:
    """A `nuanfeng` process whose output is read line by line."""

    def __init__(self, *arguments: str, **variables: str) -> None:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("NUANFENG_")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "app.cli", *arguments],
            env={**inherited, **{f"NUANFENG_{name}": value for name, value in variables.items()}},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self.printed: list[str] = []
        self.complained: list[str] = []
        self._readers = [
            threading.Thread(target=self._read, args=("stdout",), daemon=True),
            threading.Thread(target=self._read, args=("stderr",), daemon=True),
        ]
        for reader in self._readers:
            reader.start()

    def _read(self, which: str) -> None:
        stream = getattr(self.process, which)
        for line in stream:
            (self.printed if which == "stdout" else self.complained).append(line.rstrip("\n"))
            if which == "stdout":
                self._lines.put(line.rstrip("\n"))

    def line(self) -> str:
        """The next line of its standard output."""
        return self._lines.get(timeout=WAIT_S)

    def ended(self, by: signal.Signals | None = None) -> int:
        """Its exit status, after a signal or by itself; all that it wrote is read by then."""
        if by is not None:
            self.process.send_signal(by)
        status = self.process.wait(WAIT_S)
        for reader in self._readers:
            reader.join()
        return status


@pytest.fixture
def started() -> Iterator[list[Command]]:
    """Commands that are ended with the test."""
    commands: list[Command] = []
    yield commands
    for command in commands:
        command.process.kill()
        command.process.wait()
        for stream in (command.process.stdout, command.process.stderr):
            assert stream is not None
            stream.close()


@pytest.fixture
def folder(tmp_path: Path) -> str:
    """A data folder."""
    return str(tmp_path / "data")


def get(url: str, context: ssl.SSLContext | None = None) -> str:
    with urllib.request.urlopen(url, timeout=WAIT_S, context=context) as answer:
        return str(answer.read().decode())


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_prints_its_address_alone_when_it_is_ready_and_ends_with_0(
    started: list[Command], folder: str, how: signal.Signals
) -> None:
    command = Command("serve", "--port", "0", DATA_DIR=folder)
    started.append(command)
    address = command.line()
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+", address)
    assert '"ready":true' in get(f"{address}/readyz")
    assert command.ended(how) == 0
    assert command.printed == [address]


def test_a_port_that_is_taken_is_told_in_one_line(started: list[Command], folder: str) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        command = Command("serve", "--port", port, DATA_DIR=folder)
        started.append(command)
        assert command.ended() == 1
    [line] = command.complained
    assert port in line and "--port" in line
    assert not Path(folder, "nuanfeng.sqlite3").exists()


@pytest.mark.parametrize(("first", "second"), [("0", "1"), ("1", "0")])
def test_demo_and_real_data_refuse_each_other(
    started: list[Command], folder: str, first: str, second: str
) -> None:
    one = Command("serve", "--port", "0", DATA_DIR=folder, DEMO=first)
    started.append(one)
    assert f'"demo":{"true" if first == "1" else "false"}' in get(f"{one.line()}/v1/about")
    one.ended(signal.SIGTERM)
    two = Command("serve", "--port", "0", DATA_DIR=folder, DEMO=second)
    started.append(two)
    assert two.ended() == 1
    [line] = two.complained
    assert f"this data folder holds {'demo' if first == '1' else 'real'} data" in line
    assert "folder of " in line and "NUANFENG_DATA_DIR" in line


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
@pytest.mark.parametrize("verb", ["serve", "worker"])
def test_on_postgresql_a_schema_that_is_behind_is_refused_until_migrated(
    started: list[Command], folder: str, empty_database_url: str, verb: str
) -> None:
    arguments = (verb, "--port", "0") if verb == "serve" else (verb,)
    refused = Command(*arguments, DATA_DIR=folder, DATABASE_URL=empty_database_url)
    started.append(refused)
    assert refused.ended() == 1
    assert "nuanfeng migrate" in refused.complained[-1] and len(refused.complained) == 1
    migrated = Command("migrate", DATA_DIR=folder, DATABASE_URL=empty_database_url)
    started.append(migrated)
    assert migrated.ended() == 0
    served = Command("serve", "--port", "0", DATA_DIR=folder, DATABASE_URL=empty_database_url)
    started.append(served)
    assert '"ready":true' in get(f"{served.line()}/readyz")


def test_a_database_out_of_reach_is_told_without_its_password(started: list[Command], folder: str) -> None:
    url = "postgresql+psycopg://someone:s3cret@127.0.0.1:1/nuanfeng"
    command = Command("serve", "--port", "0", DATA_DIR=folder, DATABASE_URL=url)
    started.append(command)
    assert command.ended() == 1
    assert command.complained[0].startswith("the database refuses: ")
    assert "s3cret" not in "\n".join(command.complained) and "Traceback" not in command.complained[0]


def test_a_worker_on_sqlite_says_that_serve_does_its_work(started: list[Command], folder: str) -> None:
    command = Command("worker", DATA_DIR=folder)
    started.append(command)
    assert command.ended() == 1
    assert "nuanfeng serve" in command.complained[-1]


def test_tls_serves_https_for_the_network_with_a_certificate_of_its_own(
    started: list[Command], folder: str
) -> None:
    command = Command("serve", "--port", "0", "--tls", DATA_DIR=folder, DEMO="1")
    started.append(command)
    address = command.line()
    assert re.fullmatch(r"https://[\d.]+:\d+", address)
    trusting = ssl.create_default_context(cafile=str(Path(folder, "tls", "certificate.pem")))
    port = address.rpartition(":")[2]
    assert '"demo":true' in get(f"https://localhost:{port}/v1/about", trusting)
    assert '"demo":true' in get(f"{address}/v1/about", trusting)
    assert "█" in command.line()
    assert command.ended(signal.SIGTERM) == 0
    hints = command.printed[-4:]
    assert "同一个网络" in hints[0] and "高级" in hints[0]
    assert "same network" in hints[2] and "trusted certificate" in hints[3]


def test_the_key_of_that_certificate_is_its_owners_alone_and_both_are_kept(tmp_path: Path) -> None:
    certificate, key = own_certificate(tmp_path / "tls")
    assert key.stat().st_mode & 0o077 == 0
    before = certificate.read_bytes(), key.read_bytes()
    assert own_certificate(tmp_path / "tls") == (certificate, key)
    assert (certificate.read_bytes(), key.read_bytes()) == before
    names = x509.load_pem_x509_certificate(before[0]).extensions.get_extension_for_class(
        x509.SubjectAlternativeName
    )
    assert names.value.get_values_for_type(x509.DNSName) == ["localhost"]
    assert "127.0.0.1" in map(str, names.value.get_values_for_type(x509.IPAddress))
    certificate.write_text("broken")
    own_certificate(tmp_path / "tls")
    assert b"BEGIN CERTIFICATE" in certificate.read_bytes()


def test_logs_are_json_lines_on_standard_error_and_say_nothing_of_the_caller(
    started: list[Command], folder: str
) -> None:
    command = Command("serve", "--port", "0", DATA_DIR=folder)
    started.append(command)
    address = command.line()
    get(f"{address}/v1/stations/nearest?lat=33.64791&lon=116.95912")
    assert command.ended(signal.SIGTERM) == 0
    log = "\n".join(command.complained)
    [line] = [each for each in command.complained if "/v1/stations/nearest" in each]
    told = json.loads(line)
    assert (told["event"], told["method"], told["status"]) == ("request", "GET", 200)
    assert told["duration_ms"] > 0 and told["timestamp"].endswith("Z")
    assert "33.64791" not in log and "116.95912" not in log and "lat=" not in log
