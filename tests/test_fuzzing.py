"""Schemathesis against the whole API: generated requests, right and wrong, answered as described."""

from contextlib import suppress
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)
from sqlalchemy.engine import Engine
from starlette.types import Receive, Scope, Send

from app.stations.models import ServiceKind
from tests.stations.factories import saved, station

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    unsupported_method,
]


@pytest.fixture
def database() -> str:
    """One is enough: parameters are checked before the database is asked."""
    return "sqlite"


@pytest.fixture
def described(app: FastAPI, client: TestClient, engine: Engine) -> BaseSchema:
    """The API's description over an app that the client has started and that holds a place."""
    saved(engine, station((ServiceKind.WATER,), name="驿站", opening_hours="Mo-Su 08:00-20:00"))

    async def started(scope: Scope, receive: Receive, send: Send) -> None:
        # The app's lifespan is the client's; it is not begun a second time.
        if scope["type"] == "lifespan":
            await send({"type": "lifespan.startup.complete"})
        else:
            await app(scope, receive, send)

    return schemathesis.openapi.from_asgi("/openapi.json", started)


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_schemathesis_finds_nothing(described: BaseSchema, mode: GenerationMode) -> None:
    """The same requests on every run."""
    attacks = 0
    for found in described.get_all_operations():
        assert isinstance(found, Ok)

        @settings(
            max_examples=60,
            derandomize=True,
            deadline=None,
            database=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        )
        @given(found.ok().as_strategy(generation_mode=mode))
        def attack(case: schemathesis.Case[Any]) -> None:
            nonlocal attacks
            attacks += 1
            case.call_and_validate(checks=CHECKS)

        # Where nothing is taken, or any text, no request can be wrong.
        with suppress(Unsatisfiable):
            attack()
    assert attacks > 250
