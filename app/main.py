"""create_app(settings): engine, errors, keepers, the routers of every feature; nothing else."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from app import __version__
from app.core.db import make_engine
from app.core.settings import Settings
from app.features import FEATURES


def create_app(settings: Settings) -> FastAPI:
    """The application over one database; its keepers start with its lifespan."""
    engine = make_engine(settings)
    keepers = {f.name: f.keeper(engine, settings) for f in FEATURES if f.keeper}

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        for keeper in keepers.values():
            keeper.start()
        yield
        for keeper in keepers.values():
            keeper.stop()
        engine.dispose()

    app = FastAPI(
        title="暖蜂 Nuanfeng", version=__version__, lifespan=lifespan, docs_url=None, redoc_url=None
    )
    app.state.settings = settings
    app.state.engine = engine
    app.state.keepers = keepers
    for feature in FEATURES:
        app.include_router(feature.router, prefix="/v1")
    return app
