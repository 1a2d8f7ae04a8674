"""One place's JSON, in the two parts that the nearest answer is put together from.

A place is a `Station` or a row of its columns.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import orjson

from app.stations.models import ServiceKind, ServiceState
from app.stations.snapshot.places import PlacesBuilder
from app.stations.snapshot.timetable import HoursKey, hours_key

_OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS
_BITS = {kind.value: 1 << bit for bit, kind in enumerate(ServiceKind)}


class Service(NamedTuple):
    """A row of `station_services`, in the vocabulary's order."""

    kind: str
    fee: str
    state: str
    as_of: datetime | None


def service_bit(kind: ServiceKind) -> int:
    """The service's bit: its place in the vocabulary."""
    return _BITS[kind]


def head_of(place: Any) -> bytes:
    """What is each place's own: an object without its closing brace, its id first (`Places.id_at`)."""
    own = {
        "id": place.id,
        "name": place.name,
        "lat": place.lat,
        "lon": place.lon,
        "address": place.address,
        "region_code": place.region_code,
        "source": {"name": place.source_name, "external_id": place.external_id},
        "verified_at": place.verified_at,
    }
    return orjson.dumps(own, option=_OPTIONS)[:-1]


def tail_of(place: Any, services: Sequence[Service]) -> bytes:
    """What many places share: further members and the closing brace."""
    shared = {
        "kind": place.kind,
        "services": [service._asdict() for service in services],
        "walk_in": place.walk_in,
        "access": place.access,
        "sample": place.sample,
    }
    return b"," + orjson.dumps(shared, option=_OPTIONS)[1:]


def bits(services: Sequence[Service]) -> tuple[int, int]:
    """(offered, listed): the bits of the services not known to be broken, and of all."""
    offered = listed = 0
    for service in services:
        bit = _BITS[service.kind]
        listed |= bit
        if service.state != ServiceState.BROKEN:
            offered |= bit
    return offered, listed


class Shared:
    """What the places of one snapshot and the next share: tails and hours, each kept once, only added to."""

    def __init__(self) -> None:
        self.tails: list[bytes] = []
        self._tail_numbers: dict[bytes, int] = {}
        self._hours_numbers: dict[HoursKey, int] = {}

    @property
    def hours(self) -> tuple[HoursKey, ...]:
        """The distinct hours, in the order of their numbers."""
        return tuple(self._hours_numbers)

    def add(self, builder: PlacesBuilder, place: Any, services: Sequence[Service]) -> None:
        """One more place, a `Station` or a row of its columns."""
        tail = tail_of(place, services)
        number = self._tail_numbers.setdefault(tail, len(self.tails))
        if number == len(self.tails):
            self.tails.append(tail)
        hours = hours_key(place.opening_hours, place.unattended_hours, place.lat, place.lon)
        offered, listed = bits(services)
        builder.add(
            head_of(place),
            lat=place.lat,
            lon=place.lon,
            offered=offered,
            listed=listed,
            hours=self._hours_numbers.setdefault(hours, len(self._hours_numbers)),
            tail=number,
        )
