"""Living and ready: what /healthz and /readyz say when something is missing."""

from pathlib import Path

from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy.engine import Engine

from app.core.migrate import downgrade, head
from app.core.settings import Settings
from app.main import create_app


def test_a_whole_server_lives_and_is_ready(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "alive"}
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "problems": {}})
    assert answer.headers["cache-control"] == "no-store"


def test_a_schema_that_is_behind_is_named(client: TestClient, engine: Engine) -> None:
    downgrade(engine, "base")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert head() in answer.json()["problems"]["schema"]
    assert "nuanfeng migrate" in answer.json()["problems"]["schema"]
    assert client.get("/healthz").status_code == 200


def test_a_keeper_with_a_problem_is_named(client: TestClient, app: FastAPI) -> None:
    class Broken:
        def start(self) -> None: ...

        def stop(self) -> None: ...

        def problem(self) -> str | None:
            return "the snapshot is a day old"

        def figures(self) -> dict[str, float]:
            return {"snapshot_places": 7.0}

    app.state.keepers["broken"] = Broken()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["problems"] == {"broken": "the snapshot is a day old"}
    figures = client.get("/metrics").text.splitlines()
    assert 'nuanfeng_keeper_ready{keeper="broken"} 0.0' in figures
    assert 'nuanfeng_snapshot_places{keeper="broken"} 7.0' in figures


def test_a_database_that_is_gone_is_named_and_the_process_still_lives(tmp_path: Path) -> None:
    url = f"postgresql+psycopg://nobody@/gone?host={tmp_path}"
    with TestClient(create_app(Settings(data_dir=tmp_path, database_url=url))) as client:
        answer = client.get("/readyz")
        assert answer.status_code == 503 and "database" in answer.json()["problems"]
        assert client.get("/healthz").status_code == 200
        assert client.get("/v1/services").status_code == 200
        failed = client.get("/v1/about")
        assert (failed.status_code, failed.json()["code"]) == (503, "not_ready")
        assert failed.headers["retry-after"]
