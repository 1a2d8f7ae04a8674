"""The demo's places: 120 made-up stations all over 宿州, each labelled a sample, and real ones of Beijing.

The same seed makes the same stations; only their ages count back from the moment of loading.
"""

import json
import math
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlmodel import Session

from app.regions.outlines import district_of
from app.stations.importers.rows import Options
from app.stations.importing import import_stations
from app.stations.models import Answer, Fee, ServiceKind, ServiceState, StationKind, Wheelchair
from app.stations.sample_kinds import KINDS, SHAPES, UNREADABLE_HOURS, Shape
from app.stations.schemas import StationIn
from app.stations.writing import save_stations

SOURCE = "暖蜂样例"
LICENCE = "CC0-1.0"

_SEED = 341300
_DATA = Path(__file__).parent / "data"
BEIJING = _DATA / "beijing_tsinghua_langqiying.osm.gz"
_DEGREE_M = 111_195.0  # a degree of latitude on the sphere


def load(session: Session, at: datetime) -> None:
    """Load the demo's places; ages count back from `at`."""
    save_stations(session, sample_stations(at), at=at)
    import_stations(session, BEIJING, Options(BEIJING.stem))


def sample_stations(at: datetime) -> list[StationIn]:
    """The sample stations as they are known at a moment."""
    random = Random(_SEED)
    moment = at.replace(second=0, microsecond=0)
    areas = json.loads((_DATA / "sample_areas.json").read_text("utf-8"))["areas"]
    stations: list[StationIn] = []
    names: set[str] = set()
    for area in areas:
        kinds = random.sample(KINDS, min(area["count"], len(KINDS)))
        for kind in kinds:
            stations.append(_station(random, area, kind, len(stations) + 1, names, moment))
    return stations


def _station(
    random: Random, area: dict[str, Any], kind: StationKind, number: int, names: set[str], at: datetime
) -> StationIn:
    shape = SHAPES[kind]
    lat, lon = _position(random, area)
    road, house = random.choice(area["roads"]), random.randrange(2, 398)
    region, community = area["region"], None
    if area["communities"] and kind in (StationKind.PARTY_CENTRE, StationKind.UNION_POST):
        region, community = random.choice(sorted(area["communities"].items()))
    name = _name(random, shape, road, community or area["place"], names)
    staffed, unattended = random.choice(shape.hours)
    if number % 41 == 0:
        staffed, unattended = UNREADABLE_HOURS, None
    access, note = random.choice(shape.access)
    return StationIn.model_validate(
        {
            "name": name,
            "aliases": [f"{road}{shape.short}"] if random.random() < 0.2 else [],
            "kind": kind,
            "operator": random.choice(shape.operators),
            "address": f"{area['where']}{road}{house}号",
            "region_code": region,
            "lat": lat,
            "lon": lon,
            "opening_hours": staffed,
            "unattended_hours": unattended,
            "walk_in": random.choices((Answer.YES, Answer.NO, Answer.UNKNOWN), (70, 12, 18))[0],
            "access": access,
            "access_note": note,
            "wheelchair": random.choice(list(Wheelchair)),
            # 0557-000…: no such numbers are given out.
            "phone": f"0557-000{number:04d}" if shape.has_phone else None,
            "how_to_find": random.choice(shape.how_to_find),
            "services": _services(random, shape, at),
            "source": {"name": SOURCE, "external_id": f"sample-{number:03d}", "licence": LICENCE},
            "sample": True,
            "verified_at": _ago(random, at, 60 * 24 * 45) if random.random() < 0.85 else None,
        }
    )


def _position(random: Random, area: dict[str, Any]) -> tuple[float, float]:
    """A position around the area's middle, inside its district's outline."""
    district = area["region"][:6]
    while True:
        north_m, east_m = random.gauss(0, area["spread_m"]), random.gauss(0, area["spread_m"])
        lat = area["lat"] + north_m / _DEGREE_M
        lon = area["lon"] + east_m / (_DEGREE_M * math.cos(math.radians(lat)))
        if district_of(lat, lon) == district:
            return round(lat, 6), round(lon, 6)


def _name(random: Random, shape: Shape, road: str, place: str, names: set[str]) -> str:
    """A name of the kind's pattern that no other sample has."""
    patterns = random.sample(shape.names, len(shape.names))
    tries = [pattern.format(road=road, place=place) for pattern in patterns]
    tries += [f"{tries[0]}（{side}）" for side in ("东", "西", "南", "北", "二", "三", "四", "五")]
    name = next(each for each in tries if each not in names)
    names.add(name)
    return name


def _services(random: Random, shape: Shape, at: datetime) -> list[dict[str, Any]]:
    chosen = [*shape.always, *(kind for kind in shape.often if random.random() < 0.55)]
    return [_service(random, kind, at) for kind in chosen]


def _service(random: Random, kind: ServiceKind, at: datetime) -> dict[str, Any]:
    states = (ServiceState.WORKING, ServiceState.BROKEN, ServiceState.UNKNOWN)
    state = random.choices(states, (80, 7, 13))[0]
    # What is broken was seen lately; what works may have been seen long ago.
    longest = {ServiceState.WORKING: 60 * 24 * 20, ServiceState.BROKEN: 60 * 24 * 4}.get(state)
    paid = kind in (
        ServiceKind.EBIKE_CHARGING,
        ServiceKind.EV_CHARGING,
        ServiceKind.BATTERY_SWAP,
        ServiceKind.MEALS,
    )
    fee = Fee.PAID if paid else Fee.FREE
    return {
        "kind": kind,
        "fee": fee if random.random() < 0.88 else Fee.UNKNOWN,
        "state": state,
        "as_of": _ago(random, at, longest) if longest else None,
    }


def _ago(random: Random, at: datetime, longest_min: int) -> datetime:
    """A moment before `at`, likelier a short time before it."""
    return at - timedelta(minutes=30 + int(random.random() ** 2 * longest_min))
