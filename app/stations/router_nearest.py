"""GET /v1/stations/nearest: checked parameters in, the snapshot's bytes out; no database, no thread."""

from datetime import datetime
from typing import Annotated

from fastapi import Query, Request, Response

from app.core.errors import NotReady
from app.core.problems import responses
from app.core.routing import Router
from app.kit.datum import Crs
from app.stations.nearest import answer
from app.stations.nearest_ask import read_ask
from app.stations.schemas import NearestOut, Travel
from app.stations.snapshot.keeper import SnapshotKeeper
from app.stations.snapshot.timetable import Openness

router = Router(tags=["stations"])
_UNSTORED = {"cache-control": "no-store"}  # it names the moment and answers a position


@router.get("/stations/nearest", response_model=NearestOut, responses=responses(NotReady))
async def nearest_stations(
    request: Request,
    lat: Annotated[float, Query(ge=-90, le=90, allow_inf_nan=False, description="Degrees north")],
    lon: Annotated[float, Query(ge=-180, le=180, allow_inf_nan=False, description="Degrees east")],
    crs: Annotated[Crs, Query(description="Datum of lat and lon")] = "wgs84",
    services: Annotated[
        str | None, Query(max_length=400, description="All of these, e.g. water,toilet")
    ] = None,
    openness: Annotated[
        Openness, Query(alias="open", description="possible: open or unknown; certain: open alone")
    ] = "any",
    at: Annotated[datetime | None, Query(description="Judge opening then instead of now")] = None,
    travel: Annotated[Travel | None, Query(description="Judge each place on arrival")] = None,
    all_night: Annotated[bool, Query(description="Only what is open from 23:00 to 06:00")] = False,
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
    max_m: Annotated[float | None, Query(gt=0, le=20_100_000, allow_inf_nan=False)] = None,
    left_out: Annotated[bool, Query(description="Count what was hidden")] = False,
) -> Response:
    """The nearest places with all these services, open or not as asked, nearest first.

    A service known to be broken does not count, one of unknown state does. With `max_m` and nothing inside,
    `beyond` is the nearest outside.
    """
    ask = read_ask(crs, lat, lon, services, openness, at, travel, all_night, limit, max_m, left_out)
    keeper: SnapshotKeeper = request.app.state.keepers["stations"]
    return Response(await answer(keeper.ready(), ask), media_type="application/json", headers=_UNSTORED)
