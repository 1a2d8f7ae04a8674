"""create_app(settings): engine, errors, keepers, the routers of every feature; nothing else."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from app import __version__
from app.core import health, problems
from app.core.db import make_engine
from app.core.edge import Edge
from app.core.jobs import Jobs
from app.core.metrics import Metrics
from app.core.page import Page
from app.core.settings import Settings
from app.features import FEATURES
from app.openapi import describe


def create_app(settings: Settings) -> FastAPI:
    """The application over one database; its keepers start with its lifespan."""
    engine = make_engine(settings)
    keepers = {f.name: f.keeper(engine, settings) for f in FEATURES if f.keeper}
    jobs = Jobs(engine, [job for f in FEATURES for job in f.jobs] if settings.is_sqlite else [])

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        for keeper in keepers.values():
            keeper.start()
        jobs.start()
        yield
        jobs.stop()
        for keeper in keepers.values():
            keeper.stop()
        engine.dispose()

    app = FastAPI(
        title="暖蜂 Nuanfeng",
        version=__version__,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.settings = settings
    app.state.engine = engine
    app.state.keepers = keepers
    app.state.metrics = Metrics(keepers)
    for feature in FEATURES:
        for router in feature.routers:
            app.include_router(router, prefix="/v1")
    app.include_router(health.router)
    app.router.default = Page()
    problems.install(app)
    describe(app)
    templates = {r.endpoint: r.path for r in iter_route_contexts(app.routes) if r.endpoint and r.path}
    app.add_middleware(Edge, settings=settings, metrics=app.state.metrics, templates=templates)
    return app
