"""找最近: the nearest places that have what is asked and are open then, answered from the snapshot alone."""

from datetime import UTC, datetime

import numpy as np

from app.kit.geo import Floats, unit_vector
from app.stations.nearest_ask import DETOUR_FACTOR, SPEEDS_KMH, Ask
from app.stations.snapshot.index import ALL_MM, Millimetres, nearest
from app.stations.snapshot.places import Rows
from app.stations.snapshot.snapshot import Snapshot
from app.stations.snapshot.timetable import CLOSED, LEAST, Marks, night_of

CLOSES_SOON_S = 15 * 60


def answer(snapshot: Snapshot, ask: Ask) -> bytes:
    """The answer's JSON (NearestOut)."""
    index, timetable, at_s = snapshot.index, snapshot.timetable, ask.at.timestamp()
    u = np.array(unit_vector(ask.lat, ask.lon))
    night = night_of(ask.at) if ask.all_night else None
    on_arrival = ask.travel is not None and ask.openness != "any"
    allowed = timetable.allowed("any" if on_arrival else ask.openness, at_s, night)

    def open_on_arrival(rows: Rows, mm: Millimetres) -> Marks:
        return timetable.states_at(index.places.hours[rows], ask.arrival_s(mm)) >= LEAST[ask.openness]

    keep = open_on_arrival if on_arrival else None
    found = nearest(index.source(ask.services, allowed), u, ask.limit, keep)
    within = [near for near in found if ask.max_mm is None or near[0] <= ask.max_mm]
    items = [_item(snapshot, ask, *near) for near in within]
    beyond = _item(snapshot, ask, *found[0]) if found and not within else b"null"
    as_of = ask.at.strftime("%Y-%m-%dT%H:%M:%SZ")
    frame = (
        f'{{"as_of":"{as_of}","revision":{snapshot.revision},'
        f'"origin":{{"lat":{ask.lat!r},"lon":{ask.lon!r}}},'
        f'"travel":{_travel(ask)},"items":['
    )
    left_out = _left_out(snapshot, ask, u, within) if ask.left_out else b"null"
    return b"".join(
        (frame.encode(), b",".join(items), b'],"beyond":', beyond, b',"left_out":', left_out, b"}")
    )


def _item(snapshot: Snapshot, ask: Ask, mm: int, row: int) -> bytes:
    places, timetable = snapshot.index.places, snapshot.timetable
    hours = int(places.hours[row])
    arrival_s = float(ask.arrival_s(np.array([mm]))[0])
    opening = timetable.opening(hours, arrival_s)
    arrival = b'null,"closes_soon":null'
    if ask.travel is not None:
        soon = timetable.closes_within(hours, arrival_s, CLOSES_SOON_S)
        arrives_at = datetime.fromtimestamp(arrival_s, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        arrival = f'"{arrives_at}","closes_soon":{"true" if soon else "false"}'.encode()
    return b"".join(
        (
            places.head(row),
            b',"distance_m":%r,"opening":' % (mm / 1000),
            opening,
            b',"arrives_at":',
            arrival,
            snapshot.tails[places.tails[row]],
        )
    )


def _travel(ask: Ask) -> str:
    if ask.travel is None:
        return "null"
    speed_kmh = SPEEDS_KMH[ask.travel]
    return f'{{"mode":"{ask.travel}","speed_kmh":{speed_kmh},"detour_factor":{DETOUR_FACTOR}}}'


def _left_out(snapshot: Snapshot, ask: Ask, u: Floats, within: list[tuple[int, int]]) -> bytes:
    """How many are nearer than the last item but hidden; without items, how many within `max_m`."""
    index, timetable, at_s = snapshot.index, snapshot.timetable, ask.at.timestamp()
    places = index.places
    last_mm = within[-1][0] if within else ask.max_mm if ask.max_mm is not None else ALL_MM
    rows, mm = index.source(ask.services, None, broken_too=True).within(u, last_mm)
    if within:
        nearer = (mm < last_mm) | (rows < within[-1][1])
        rows, mm = rows[nearer], mm[nearer]
    works = (places.offered[rows] & ask.services) == ask.services
    hours = places.hours[rows]
    closed = np.zeros(len(rows), bool)
    if ask.openness != "any":
        closed |= timetable.states_at(hours, ask.arrival_s(mm)) == CLOSED
    if ask.all_night and (through := timetable.allowed("any", at_s, night_of(ask.at))) is not None:
        closed |= ~through.marks[hours]
    return b'{"closed":%d,"broken":%d}' % (np.count_nonzero(works & closed), np.count_nonzero(~works))
