"""The outermost layer: body limit, headers, the last catch, logs without personal data, figures, packing."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import BaseModel
from structlog.testing import capture_logs

from app.core.edge import security_headers
from app.core.routing import Router
from app.core.settings import Settings


@pytest.fixture
def database() -> str:
    """One is enough: nothing here depends on the database."""
    return "sqlite"


class Note(BaseModel):
    """A body for the probe route."""

    text: str


@pytest.fixture
def app(app: FastAPI) -> FastAPI:
    """The app with two routes more: one that takes a body, one that fails."""
    router = Router()

    @router.post("/probe/notes")
    def create_note(note: Note) -> Note:
        return note

    @router.get("/probe/failure")
    def read_failure() -> Note:
        raise ValueError("phone 13912345678 at 33.6,116.9")

    app.include_router(router, prefix="/v1")
    app.openapi_schema = None
    return app


def chunks(count: int, size: int) -> Iterator[bytes]:
    """A body without an announced length."""
    for _ in range(count):
        yield b" " * size


def test_an_announced_body_over_the_limit_is_413(client: TestClient) -> None:
    answer = client.post("/v1/probe/notes", content=b" " * (1 << 20) + b"x")
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_a_body_in_chunks_over_the_limit_is_413_too(client: TestClient) -> None:
    answer = client.post(
        "/v1/probe/notes", content=chunks(20, 1 << 16), headers={"content-type": "application/json"}
    )
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_a_body_at_the_limit_is_read(client: TestClient) -> None:
    text = "x" * ((1 << 20) - len('{"text":""}'))
    answer = client.post("/v1/probe/notes", json={"text": text}, headers={"accept-encoding": "identity"})
    assert answer.status_code == 200


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "", "application/jsonx"])
def test_a_body_that_is_not_json_is_415(client: TestClient, kind: str) -> None:
    answer = client.post("/v1/probe/notes", content=b'{"text":"x"}', headers={"content-type": kind})
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media")


def test_json_with_a_charset_is_json(client: TestClient) -> None:
    kind = {"content-type": "application/json; charset=utf-8"}
    assert client.post("/v1/probe/notes", content=b'{"text":"x"}', headers=kind).status_code == 200


def test_a_failure_nobody_foresaw_is_a_500_problem_and_logged_without_its_words(client: TestClient) -> None:
    with capture_logs() as logs:
        answer = client.get("/v1/probe/failure", headers={"accept-language": "en"})
    assert answer.status_code == 500
    assert answer.json()["code"] == "internal" and answer.json()["title"] == "The server failed"
    assert answer.headers["x-content-type-options"] == "nosniff"
    [failure] = [line for line in logs if line["event"] == "failed"]
    assert failure["error"] == "ValueError" and "read_failure" in failure["where"][-1]
    assert "13912345678" not in json.dumps(logs) and answer.headers["x-request-id"] == failure["id"]


def test_the_access_log_names_the_route_and_never_the_position(client: TestClient) -> None:
    with capture_logs() as logs:
        client.get("/v1/stations?bbox=116.9,33.6,117.0,33.7&q=13912345678")
        client.get("/v1/stations/0192b3f0-0000-7000-8000-000000000000")
        client.get("/no/such/13912345678")
        client.get("/v1/13912345678")
    requests = [line for line in logs if line["event"] == "request"]
    assert [(line["method"], line["route"], line["status"]) for line in requests] == [
        ("GET", "/v1/stations", 200),
        ("GET", "/v1/stations/{station_id}", 404),
        ("GET", "other", requests[2]["status"]),
        ("GET", "other", 404),
    ]
    assert all(line["duration_ms"] >= 0 and line["id"] for line in requests)
    text = json.dumps(logs)
    assert "116.9" not in text and "13912345678" not in text and "0192b3f0" not in text


def test_figures_count_requests_by_route_and_tell_of_the_keepers(client: TestClient, app: FastAPI) -> None:
    client.get("/v1/services")
    client.get("/v1/services")
    client.get("/v1/stations/none")
    answer = client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    lines = answer.text.splitlines()
    assert 'nuanfeng_request_seconds_count{method="GET",route="/v1/services",status="200"} 2.0' in lines
    found = 'nuanfeng_request_seconds_count{method="GET",route="/v1/stations/{station_id}",status="404"} 1.0'
    assert found in lines
    assert any(line.startswith("process_resident_memory_bytes ") for line in lines)
    for keeper in app.state.keepers:
        assert f'nuanfeng_keeper_ready{{keeper="{keeper}"}} 1.0' in lines
    assert 'nuanfeng_snapshot_places{keeper="stations"} 0.0' in lines
    assert 'nuanfeng_snapshot_revision{keeper="stations"} 0.0' in lines
    [age] = [line for line in lines if line.startswith("nuanfeng_snapshot_age_seconds{")]
    assert float(age.split()[-1]) < 30


def test_strange_methods_do_not_grow_the_figures(client: TestClient) -> None:
    client.request("BREW", "/v1/services")
    assert 'method="other"' in client.get("/metrics").text
    assert "BREW" not in client.get("/metrics").text


@pytest.mark.parametrize("path", ["/v1/about", "/", "/v1/nope", "/healthz"])
def test_every_answer_carries_the_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy and "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy and "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["permissions-policy"].startswith("geolocation=(self), camera=(self)")
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "strict-transport-security" not in headers
    assert "server" not in headers


@pytest.mark.parametrize(
    ("values", "allowed"),
    [
        (
            {"basemap_kind": "tiles", "basemap_url": "https://{s}.tiles.example/{z}/{x}/{y}"},
            "https://*.tiles.example",
        ),
        (
            {"basemap_kind": "pmtiles", "basemap_url": "https://maps.example:8443/a.pmtiles"},
            "https://maps.example:8443",
        ),
        ({"basemap_kind": "tianditu", "basemap_key": "k"}, "https://*.tianditu.gov.cn"),
        ({"basemap_kind": "pmtiles", "basemap_url": "/maps/a.pmtiles"}, None),
    ],
)
def test_the_policy_opens_for_the_configured_base_map_alone(
    settings: Settings, values: dict[str, Any], allowed: str | None
) -> None:
    policy = dict(security_headers(Settings(**values)))[b"content-security-policy"].decode()
    parts = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    for name in ("img-src", "connect-src"):
        foreign = [source for source in parts[name].split() if "//" in source]
        assert foreign == ([allowed] if allowed else [])
    assert all(
        "//" not in sources for name, sources in parts.items() if name not in ("img-src", "connect-src")
    )


def test_https_is_insisted_on_where_it_is_spoken(settings: Settings) -> None:
    headers = dict(security_headers(Settings(public_url="https://nuanfeng.example")))
    assert headers[b"strict-transport-security"] == b"max-age=31536000"


@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_a_long_answer_is_compressed_when_asked_and_a_short_one_never(
    client: TestClient, encoding: str
) -> None:
    asked = {"accept-encoding": encoding}
    long, short = client.get("/v1/services", headers=asked), client.get("/healthz", headers=asked)
    assert long.headers["content-encoding"] == encoding
    assert int(long.headers["content-length"]) < len(long.content) / 2
    assert long.json() == client.get("/v1/services", headers={"accept-encoding": "identity"}).json()
    assert "content-encoding" not in short.headers


def test_each_request_has_an_id_of_its_own(client: TestClient) -> None:
    ids = {client.get("/healthz").headers["x-request-id"] for _ in range(5)}
    assert len(ids) == 5
