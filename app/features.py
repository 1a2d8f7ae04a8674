"""The one list of features. Adding one is a folder and a line here; main, worker and tests read it."""

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import APIRouter
from sqlalchemy.engine import Engine

from app.about import router as about
from app.core import installation as _installation  # noqa: F401
from app.core import revisions as _revisions  # noqa: F401
from app.core.jobs import Job
from app.core.keepers import Keeper
from app.core.settings import Settings
from app.regions import models as _regions  # noqa: F401
from app.stations import jobs as station_jobs
from app.stations import models as _stations  # noqa: F401
from app.stations import router_catalogue, router_nearest
from app.stations.snapshot.keeper import SnapshotKeeper


@dataclass(frozen=True, slots=True)
class Feature:
    """What a feature hands to the house; a router named earlier is asked first."""

    name: str
    routers: tuple[APIRouter, ...]
    keeper: Callable[[Engine, Settings], Keeper] | None = None
    jobs: tuple[Job, ...] = ()


FEATURES: tuple[Feature, ...] = (
    Feature("about", (about.router,)),
    Feature(
        "stations",
        (router_nearest.router, router_catalogue.router),
        keeper=SnapshotKeeper,
        jobs=(station_jobs.PURGE,),
    ),
)
