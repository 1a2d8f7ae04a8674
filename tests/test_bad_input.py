"""Bad input, at every parameter of every route: refused with 4xx and a problem document, never 500.

Routes and parameters are enumerated from the API's own description: a new one is covered without a line here.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import BaseModel, Field
from sqlalchemy.engine import Engine

from app.core.routing import Router
from app.kit.text import Line
from app.stations.models import ServiceKind
from tests.stations.factories import saved, station

QUERY = {
    "nothing": "",
    "NUL": "%00",
    "a lone surrogate": "%ED%A0%80",
    "bytes that are no UTF-8": "%FF%FE",
    "a cut-off escape": "%E9%A9",
    "a bidi override": "%E2%80%AE1",
    "a control character": "%1B%5B31m",
    "NaN": "NaN",
    "infinity": "Infinity",
    "1e999": "1e999",
    "-1e999": "-1e999",
    "a huge integer": "9" * 400,
    "an integer too long to parse": "9" * 5000,
    "2**70": str(2**70),
    "-2**70": str(-(2**70)),
    "a fraction without end": "0." + "3" * 3000,
    "full-width digits": "%EF%BC%91%EF%BC%92",
    "Arabic digits": "%D9%A1",
    "an underscore in a number": "1_0",
    "deep JSON": "%5B" * 1000,
    "a quote": "'%22%3B--",
    "a pattern": "%25%25_%5C",
    "a very long text": "x" * 20_000,
    "a moment outside time": "9999-12-31T23:59:59-14:00",
    "year zero": "0000-01-01T00:00:00Z",
    "a date of no calendar": "2026-02-30T00:00:00Z",
    "a huge timestamp": "1e18",
    "an emoji of several parts": "%F0%9F%91%A8%E2%80%8D%F0%9F%91%A9",
}
BODIES = {
    "nothing": b"",
    "half": b'{"text":',
    "NaN": b'{"text":"x","number":NaN}',
    "1e999": b'{"text":"x","number":1e999}',
    "a huge integer": b'{"text":"x","number":' + b"9" * 5000 + b"}",
    "2**70": b'{"text":"x","count":' + str(2**70).encode() + b"}",
    "a lone surrogate": b'{"text":"\\ud800"}',
    "a lone surrogate as a key": b'{"text":"x","\\ud800":1}',
    "NUL": b'{"text":"\\u0000"}',
    "a bidi override": b'{"text":"\\u202e"}',
    "a line end": b'{"text":"a\\nb"}',
    "bytes that are no UTF-8": b'{"text":"\xff"}',
    "deep JSON": b'{"text":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "deep JSON, cut off": b"[" * 500_000,
    "a wrong type": b'{"text":1}',
    "a bent type": b'{"text":"x","count":"1"}',
    "a list": b"[]",
    "null": b"null",
    "an unknown field": b'{"text":"x","more":1}',
}


SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""For what is refused before a database is asked."""


class Probe(BaseModel):
    """A body as strict as those of the house."""

    model_config = {"extra": "forbid", "strict": True}

    text: Line
    number: float = Field(0, allow_inf_nan=False)
    count: int = Field(0, ge=-(2**31), lt=2**31)


@pytest.fixture
def app(app: FastAPI) -> FastAPI:
    """The app with a route that takes a body: the product has none of its own yet."""
    router = Router()

    @router.post("/probe")
    def create_probe(probe: Probe) -> Probe:
        return probe

    app.include_router(router, prefix="/v1")
    app.openapi_schema = None
    return app


@pytest.fixture
def client(app: FastAPI, engine: Engine) -> Iterator[TestClient]:
    """A client that reports a failure of the app as the 500 that a caller would see."""
    saved(engine, station((ServiceKind.WATER,), name="驿站", opening_hours="Mo-Su 08:00-20:00"))
    with TestClient(app, raise_server_exceptions=False) as started:
        yield started


def parameters(app: FastAPI) -> Iterator[tuple[str, str, list[dict[str, Any]]]]:
    """Every operation that takes none but query and path parameters."""
    for path, methods in app.openapi()["paths"].items():
        for method, operation in methods.items():
            if "requestBody" not in operation:
                yield method.upper(), path, operation.get("parameters", [])


def example(parameter: dict[str, Any]) -> str:
    """A good value for a required query parameter."""
    return {"lat": "33.64", "lon": "116.96"}[parameter["name"]]


def is_a_problem_or_an_answer(status: int, content_type: str, text: str) -> bool:
    """4xx with a problem document, or an answer that takes the value as it is."""
    if status < 400:
        return True
    if not 400 <= status < 500 or content_type != "application/problem+json":
        return False
    problem = json.loads(text)
    return bool(problem["status"] == status and problem["code"] and problem["title"] and problem["detail"])


@pytest.mark.parametrize("name", QUERY)
def test_a_bad_value_in_any_parameter_is_never_a_500(client: TestClient, app: FastAPI, name: str) -> None:
    tried = 0
    for method, path, taken in parameters(app):
        needed = [f"{p['name']}={example(p)}" for p in taken if p["in"] == "query" and p.get("required")]
        for parameter in taken:
            if parameter["in"] == "path":
                address = path.replace(f"{{{parameter['name']}}}", QUERY[name])
                query = needed
            else:
                address = path.replace("{station_id}", "x").replace("{code}", "not_found")
                others = [pair for pair in needed if not pair.startswith(f"{parameter['name']}=")]
                query = [*others, f"{parameter['name']}={QUERY[name]}"]
            answer = client.request(method, f"{address}?{'&'.join(query)}" if query else address)
            kind = answer.headers.get("content-type", "")
            assert is_a_problem_or_an_answer(answer.status_code, kind, answer.text), (
                f"{method} {path}, {parameter['name']}: {answer.status_code} {answer.text[:300]}"
            )
            tried += 1
    assert tried >= 15


@SQLITE
@pytest.mark.parametrize("name", QUERY)
def test_an_unknown_parameter_is_refused_on_every_route_whatever_it_is_called(
    client: TestClient, app: FastAPI, name: str
) -> None:
    for method, path, _ in parameters(app):
        address = path.replace("{station_id}", "x").replace("{code}", "not_found")
        answer = client.request(method, f"{address}?no{QUERY[name]}pe={QUERY[name]}")
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_input"), (path, answer.text)


@SQLITE
@pytest.mark.parametrize("name", BODIES)
def test_a_bad_body_is_never_a_500(client: TestClient, name: str) -> None:
    answer = client.post("/v1/probe", content=BODIES[name], headers={"content-type": "application/json"})
    assert answer.status_code in (400, 422), (name, answer.status_code, answer.text[:300])
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] in ("bad_request", "invalid_input")


@SQLITE
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("accept-language", "\xff" * 5000),
        ("accept-language", "en;q=nan,zh;q=inf"),
        ("accept-encoding", "gzip;q=x, \xe9"),
        ("if-none-match", '"\xff", W/"'),
        ("content-length", "0"),
        ("x-request-id", "a\x85b"),
    ],
)
def test_strange_headers_are_borne(client: TestClient, name: str, value: str) -> None:
    answer = client.get("/v1/services", headers=[(name.encode(), value.encode("latin-1"))])
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "path", ["/%00", "/%ED%A0%80", "/v1/%FF", "/" + "x" * 30_000, "/v1/stations/%2e%2e/about", "//"]
)
def test_strange_addresses_are_borne(client: TestClient, path: str) -> None:
    assert client.get(path).status_code in (200, 404, 503)
