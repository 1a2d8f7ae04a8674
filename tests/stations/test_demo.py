"""The demo's places: as many as promised, in every district, labelled, plausible, and loaded once."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from sqlalchemy.engine import Engine

from app.core.db import read_session, write_session
from app.core.settings import Settings
from app.kit.geo import distance_m
from app.kit.hours import Calendar, Schedule
from app.regions.outlines import district_of
from app.regions.service import codes
from app.seeding import seed
from app.stations.demo import LICENCE, SOURCE, sample_stations
from app.stations.models import ServiceState, StationKind
from app.stations.sample_kinds import UNREADABLE_HOURS
from tests.stations.imports import revision, stations

AT = datetime(2026, 11, 24, 8, 30, 15, tzinfo=UTC)
CENTRE = (33.6479, 116.959)


def test_samples_are_spread_over_all_five_districts_and_mostly_in_the_city() -> None:
    districts = Counter(district_of(place.lat, place.lon) for place in sample_stations(AT))
    assert districts.total() == 120
    assert set(districts) == {"341302", "341321", "341322", "341323", "341324"}
    assert districts["341302"] > 60
    assert min(districts.values()) >= 10


def test_every_sample_says_that_it_is_one() -> None:
    for place in sample_stations(AT):
        assert (place.sample, place.source.name, place.source.licence) == (True, SOURCE, LICENCE)


def test_the_first_screen_has_enough_places_in_every_state() -> None:
    near = [p for p in sample_stations(AT) if distance_m(*CENTRE, p.lat, p.lon) < 3000]
    assert len(near) >= 30
    assert {service.state for place in near for service in place.services} == set(ServiceState)
    assert any(place.opening_hours is None and place.unattended_hours is None for place in near)
    assert sum("24/7" in (place.opening_hours, place.unattended_hours) for place in near) >= 8


def test_all_kinds_are_there_and_no_name_twice() -> None:
    places = sample_stations(AT)
    assert {place.kind for place in places} == set(StationKind)
    assert max(Counter(place.name for place in places).values()) == 1
    assert max(Counter(place.source.external_id for place in places).values()) == 1


def test_hours_are_readable_but_for_those_that_are_meant_not_to_be() -> None:
    hours = {(place.opening_hours, place.unattended_hours) for place in sample_stations(AT)}
    parsed = [Schedule.parse(*pair, Calendar.default(), AT.date()) for pair in hours]
    assert {each.staffed_text for each in parsed if not each.readable} == {UNREADABLE_HOURS}


def test_nothing_was_seen_in_the_future_and_ages_count_from_the_start() -> None:
    now, later = sample_stations(AT), sample_stations(AT + timedelta(days=3))
    seen = [service.as_of for place in now for service in place.services if service.as_of]
    seen += [place.verified_at for place in now if place.verified_at]
    assert seen
    assert max(seen) < AT
    shifted = [
        (p.verified_at + timedelta(days=3) if p.verified_at else None, p.name, p.lat, p.lon) for p in now
    ]
    assert shifted == [(p.verified_at, p.name, p.lat, p.lon) for p in later], (
        "the same seed, three days later"
    )


def test_the_demo_is_loaded_once_with_regions_and_real_places(store: Engine, settings: Settings) -> None:
    demo = settings.model_copy(update={"demo": True})
    with write_session(store) as session:
        seed(session, demo)
    first = {station.id for station in stations(store)}
    before = revision(store)
    with write_session(store) as session:
        seed(session, demo)
    with read_session(store) as session:
        known = codes(session)
    found = stations(store)
    assert {station.id for station in found} == first
    assert revision(store) == before
    assert Counter(station.sample for station in found) == {True: 120, False: 10}
    assert {station.source_name for station in found if not station.sample} == {"OSM"}
    toilets = [s for s in found if not s.sample and s.kind is StationKind.PUBLIC_TOILET]
    assert len(toilets) == 6
    assert {s.region_code for s in found if s.sample} <= known
    assert {s.region_code for s in found if not s.sample} == {None}


def test_without_the_demo_a_database_gets_regions_and_no_place(store: Engine, settings: Settings) -> None:
    with write_session(store) as session:
        seed(session, settings)
        assert len(codes(session)) == 1488
    assert stations(store) == []
