"""Whether the process lives, whether it is ready to serve, and its figures."""

from functools import lru_cache

from fastapi import Request
from pydantic import BaseModel, Field
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import JSONResponse, PlainTextResponse, Response

from app.core.keepers import Keeper
from app.core.migrate import head, schema_revision
from app.core.routing import Router

router = Router(tags=["operation"])
_expected_schema = lru_cache(maxsize=1)(head)


class Alive(BaseModel):
    """The process answers."""

    status: str = "alive"


class Readiness(BaseModel):
    """Whether it can serve; `problems` says what is not ready, by part."""

    ready: bool
    problems: dict[str, str] = Field(description="Part (database, schema, or a keeper) and what is wrong")


def not_ready(engine: Engine, keepers: dict[str, Keeper]) -> dict[str, str]:
    """What is not ready, by part; empty when all is."""
    problems = {name: why for name, keeper in keepers.items() if (why := keeper.problem())}
    try:
        found, wanted = schema_revision(engine), _expected_schema()
    except SQLAlchemyError as error:
        return {"database": type(error).__name__, **problems}
    if found != wanted:
        problems["schema"] = f"is at {found or 'nothing'}, must be at {wanted}: run `nuanfeng migrate`"
    return problems


@router.get("/healthz", response_model=Alive)
async def read_health() -> Response:
    """Whether the process lives."""
    return JSONResponse({"status": "alive"}, headers={"cache-control": "no-store"})


@router.get(
    "/readyz",
    response_model=Readiness,
    responses={503: {"model": Readiness, "description": "Not ready: `problems` says why"}},
)
def read_readiness(request: Request) -> Response:
    """Whether database, schema and snapshots are ready."""
    state = request.app.state
    problems = not_ready(state.engine, state.keepers)
    document = {"ready": not problems, "problems": problems}
    return JSONResponse(document, 503 if problems else 200, {"cache-control": "no-store"})


@router.get("/metrics", response_class=PlainTextResponse)
def read_metrics(request: Request) -> Response:
    """Figures for Prometheus."""
    return Response(
        request.app.state.metrics.text(),
        media_type="text/plain; version=0.0.4",
        headers={"cache-control": "no-store"},
    )
