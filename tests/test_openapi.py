"""The API's description: the same every time, problems told for every route, nothing left out."""

import urllib.request
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts

from app.core.problems import MEDIA_TYPE, all_errors
from app.core.routing import Route
from tests.fixtures.servers import Server


@pytest.fixture
def database() -> str:
    """One is enough: the description does not depend on it."""
    return "sqlite"


def operations(app: FastAPI) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every operation with a name for messages."""
    for path, methods in app.openapi()["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def test_every_route_is_of_the_house_s_own_kind(app: FastAPI) -> None:
    """Only those refuse unknown parameters and document their problems."""
    routes = [context.original_route for context in iter_route_contexts(app.routes)]
    strangers = [r.path for r in routes if isinstance(r, APIRoute) and not isinstance(r, Route)]
    assert strangers == []


def test_every_operation_documents_its_problems_as_problem_documents(app: FastAPI) -> None:
    for name, operation in operations(app):
        assert "422" in operation["responses"], name
        for status, told in operation["responses"].items():
            if status[0] not in "45" or name == "GET /readyz":
                continue
            reference = {"$ref": "#/components/schemas/Problem"}
            assert told["content"] == {MEDIA_TYPE: {"schema": reference}}, (name, status)
    assert "HTTPValidationError" not in app.openapi()["components"]["schemas"]
    assert "Problem" in app.openapi()["components"]["schemas"]


def test_every_problem_told_has_a_code_that_exists(app: FastAPI) -> None:
    known = all_errors()
    for name, operation in operations(app):
        for status, told in operation["responses"].items():
            if MEDIA_TYPE in told.get("content", {}):
                for code in told["description"].partition(": ")[2].split(" | "):
                    assert str(known[code].status) == status, name


def test_every_operation_and_parameter_says_what_it_is(app: FastAPI) -> None:
    for name, operation in operations(app):
        assert operation["summary"] and operation["description"], name
        success = operation["responses"]["200"]["content"]
        assert success, name
        for parameter in operation.get("parameters", []):
            assert parameter["schema"], (name, parameter["name"])


def test_the_description_of_another_process_is_the_same_to_the_byte(app: FastAPI, server: Server) -> None:
    """Two processes with two hash seeds: nothing in it comes in an order of chance."""
    with urllib.request.urlopen(f"{server.url}/openapi.json", timeout=30) as answer:
        theirs = orjson.loads(answer.read())
    assert orjson.dumps(theirs) == orjson.dumps(app.openapi())
