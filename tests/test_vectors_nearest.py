"""The server answers vectors/nearest.json as written; the phone is held to the same file by vitest."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import time_machine
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.stations.models import ServiceKind, ServiceState
from tests.stations.factories import saved, service, station

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "vectors" / "nearest.json").read_text(encoding="utf-8")
)


def _said(near: dict[str, Any] | None) -> dict[str, Any] | None:
    if near is None:
        return None
    opening = {member: near["opening"][member] for member in ("state", "until", "next_change")}
    return {member: near[member] for member in ("name", "distance_m", "arrives_at", "closes_soon")} | opening


def test_the_server_answers_the_nearest_vectors_and_sends_their_hours(app: FastAPI) -> None:
    with time_machine.travel(datetime.fromisoformat(VECTORS["now"]), tick=False):
        for given in VECTORS["stations"]:
            services = tuple(
                service(ServiceKind(kind), state=ServiceState(state))
                for kind, state in given["services"].items()
            )
            own = {name: given[name] for name in ("id", "name", "lat", "lon", "opening_hours")}
            saved(app.state.engine, station(services, **own))
        with TestClient(app) as client:
            for given in VECTORS["stations"]:
                detail = client.get(f"/v1/stations/{given['id']}").json()
                assert detail["open_intervals"] == given["open_intervals"]
                assert detail["unknown_intervals"] == given["unknown_intervals"]
            for case in VECTORS["cases"]:
                query = case["query"] | {"services": ",".join(case["query"].get("services", [])) or None}
                asked = {name: value for name, value in query.items() if value is not None}
                answer = client.get("/v1/stations/nearest", params=asked).json()
                assert [_said(near) for near in answer["items"]] == case["items"], case["name"]
                assert _said(answer["beyond"]) == case["beyond"], case["name"]
                assert answer["left_out"] == case["left_out"], case["name"]
