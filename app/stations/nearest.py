"""找最近: the nearest places that have what is asked and are open then, answered from the snapshot alone."""

from datetime import UTC, datetime

import numpy as np
from starlette.concurrency import run_in_threadpool

from app.kit.geo import HALF_TURN_M, Floats, unit_vector
from app.stations.nearest_ask import DETOUR_FACTOR, SPEEDS_KMH, Ask
from app.stations.snapshot.blocks import Keep, Marks, Millimetres, Rows
from app.stations.snapshot.places import Places
from app.stations.snapshot.snapshot import Near, Snapshot
from app.stations.snapshot.timetable import CLOSED, LEAST, Timetable, night_of

CLOSES_SOON_S = 15 * 60
_EVERYWHERE_MM = int(HALF_TURN_M * 1000) + 1
_MANY = 20_000
_NO_ARRIVAL = b',"arrives_at":null,"closes_soon":null'


async def answer(snapshot: Snapshot, ask: Ask) -> bytes:
    """The answer's JSON (NearestOut), at once; what may take long goes to a thread."""
    if _may_take_long(snapshot, ask):
        return await run_in_threadpool(answer_now, snapshot, ask)
    return answer_now(snapshot, ask)


def _may_take_long(snapshot: Snapshot, ask: Ask) -> bool:
    """Texts are read for moments outside the table; arrivals and hidden places of a country are many."""
    if not snapshot.timetable.covers(ask.at.timestamp()):
        return True
    many = len(snapshot.parts[0].index.places) > _MANY
    return (ask.travel is not None and (many or ask.openness != "any")) or (many and ask.left_out)


def answer_now(snapshot: Snapshot, ask: Ask) -> bytes:
    """The answer's JSON (NearestOut)."""
    u = np.array(unit_vector(ask.lat, ask.lon))
    found = _find(snapshot, ask, u)
    within = [near for near in found if ask.max_mm is None or near.mm <= ask.max_mm]
    beyond = _items(snapshot, ask, found[:1])[0] if found and not within else b"null"
    frame = (
        f'{{"as_of":"{_iso(ask.at)}","revision":{snapshot.revision},'
        f'"origin":{{"lat":{ask.lat!r},"lon":{ask.lon!r}}},"travel":{_travel(ask)},"items":['
    )
    return b"".join(
        (
            frame.encode(),
            b",".join(_items(snapshot, ask, within)),
            b'],"beyond":',
            beyond,
            b',"left_out":',
            _left_out(snapshot, ask, u, within) if ask.left_out else b"null",
            b"}",
        )
    )


def _find(snapshot: Snapshot, ask: Ask, u: Floats) -> list[Near]:
    timetable = snapshot.timetable
    night = night_of(ask.at) if ask.all_night else None
    if ask.travel is None or ask.openness == "any":
        allowed = timetable.allowed(ask.openness, ask.at.timestamp(), night)
        return snapshot.nearest(u, ask.limit, ask.services, allowed)

    def open_on_arrival(places: Places) -> Keep:
        def keep(rows: Rows, mm: Millimetres) -> Marks:
            return timetable.states_at(places.hours[rows], ask.arrival_s(mm)) >= LEAST[ask.openness]

        return keep

    allowed = timetable.allowed("any", ask.at.timestamp(), night)
    return snapshot.nearest(u, ask.limit, ask.services, allowed, open_on_arrival)


def _items(snapshot: Snapshot, ask: Ask, found: list[Near]) -> list[bytes]:
    timetable, tails = snapshot.timetable, snapshot.shared.tails
    if ask.travel is None:
        at_s, arrivals = ask.at.timestamp(), [_NO_ARRIVAL] * len(found)
        openings = timetable.openings([near.hours for near in found], at_s)
    else:
        times = ask.arrival_s(np.array([near.mm for near in found])).tolist()
        pairs = [(near.hours, time_s) for near, time_s in zip(found, times, strict=True)]
        openings = [timetable.openings([hours], time_s)[0] for hours, time_s in pairs]
        arrivals = [_arrival(timetable, *pair) for pair in pairs]
    return [
        b'%s,"distance_m":%r,"opening":%s%s%s'
        % (places.head_at(start, size), mm / 1000, opening, arrival, tails[tail])
        for (mm, start, size, tail, _, places), opening, arrival in zip(
            found, openings, arrivals, strict=True
        )
    ]


def _arrival(timetable: Timetable, hours: int, at_s: float) -> bytes:
    soon = "true" if timetable.closes_within(hours, at_s, CLOSES_SOON_S) else "false"
    return f',"arrives_at":"{_iso(datetime.fromtimestamp(at_s, UTC))}","closes_soon":{soon}'.encode()


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")[:19] + "Z"


def _travel(ask: Ask) -> str:
    if ask.travel is None:
        return "null"
    speed_kmh = SPEEDS_KMH[ask.travel]
    return f'{{"mode":"{ask.travel}","speed_kmh":{speed_kmh},"detour_factor":{DETOUR_FACTOR}}}'


def _left_out(snapshot: Snapshot, ask: Ask, u: Floats, within: list[Near]) -> bytes:
    """How many come before the last item but are hidden; without items, how many within `max_m`."""
    closed = broken = 0
    last = within[-1] if within else _EVERYWHERE_MM if ask.max_mm is None else ask.max_mm
    for places, rows, mm in snapshot.listing_within(u, ask.services, last):
        works = (places.offered[rows] & ask.services) == ask.services
        broken += int(np.count_nonzero(~works))
        closed += int(np.count_nonzero(works & _shut(snapshot, ask, places.hours[rows], mm)))
    return b'{"closed":%d,"broken":%d}' % (closed, broken)


def _shut(snapshot: Snapshot, ask: Ask, hours: Rows, mm: Millimetres) -> Marks:
    shut = np.zeros(len(hours), bool)
    if ask.openness != "any":
        shut |= snapshot.timetable.states_at(hours, ask.arrival_s(mm)) == CLOSED
    if ask.all_night:
        through = snapshot.timetable.allowed("any", ask.at.timestamp(), night_of(ask.at))
        shut |= ~through.marks[hours] if through is not None else False
    return shut
