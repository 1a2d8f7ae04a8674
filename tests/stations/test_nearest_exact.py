"""Nearest equals looking at every place: anywhere, with any filter, by scan, by tree, after changes."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.stations.models import ServiceKind, ServiceState
from app.stations.nearest import answer_now
from app.stations.nearest_ask import Ask
from app.stations.schemas import NearestOut
from app.stations.snapshot.encode import service_bit
from app.stations.snapshot.index import Index
from app.stations.snapshot.places import Places
from app.stations.snapshot.snapshot import Snapshot
from tests.stations.nearest_reference import NOON, Place, expected, hidden, snapshot_of

SERVICES = (ServiceKind.WATER, ServiceKind.TOILET, ServiceKind.REST)
HOURS = (
    None,
    "24/7",
    "08:00-20:00",
    "Mo-Fr 08:30-17:30; Sa 09:00-12:00; PH off",
    "22:00-06:00",
    "18:00-07:00 unknown",
    "sunrise-sunset",
    "谁也读不懂",
    "off",
)


def among_all(places: Places) -> Index:
    """Every question is answered from the blocks of all places."""
    return Index(places, few_share=0, long_search_rows=len(places), block=2)


def apart(places: Places) -> Index:
    """Every question gets blocks of its own."""
    return Index(places, few_share=2, block=3)


def apart_after_a_long_search(places: Places) -> Index:
    """A question gets blocks of its own when it is asked a second time."""
    return Index(places, few_share=0, long_search_rows=0)


def by_trees(places: Places) -> Index:
    """Every question gets a tree before it is asked a second time."""
    return Index(places, few_share=0, tree_rows=0, submit=lambda grow: grow())


INDEXES = (by_trees, among_all, apart, apart_after_a_long_search)

# Poles, both sides of the antimeridian, and corners, so that ties and antipodes are common.
spots = st.one_of(
    st.tuples(
        st.sampled_from([-90.0, -33.64, 0.0, 33.64, 33.64000001, 90.0]),
        st.sampled_from([-180.0, -179.9999999, -63.04, 0.0, 116.96, 116.96000001, 180.0]),
    ),
    st.tuples(st.floats(33.6, 33.7), st.floats(116.9, 117.0)),
    st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
)
service_states = st.dictionaries(st.sampled_from(SERVICES), st.sampled_from(list(ServiceState)))


def place_of(
    number: int, at: tuple[float, float], services: dict[ServiceKind, ServiceState], hours: int
) -> Place:
    return Place(number, *at, services, HOURS[hours], HOURS[hours // 3] if hours % 3 == 0 else None)


places = st.lists(
    st.builds(place_of, st.integers(0, 60), spots, service_states, st.integers(0, len(HOURS) - 1)),
    max_size=40,
    unique_by=lambda place: place.number,
)
moments = st.one_of(
    st.just(NOON),
    st.integers(-30 * 60, 8 * 24 * 60).map(lambda minutes: NOON + timedelta(minutes=minutes)),
    st.integers(-600, 600).map(lambda days: NOON + timedelta(days=days, hours=7)),
)
asks = st.builds(
    lambda spot, **rest: Ask(*spot, **rest),
    spot=spots,
    at=moments,
    services=st.integers(0, 7).map(
        lambda bits: sum(service_bit(kind) for i, kind in enumerate(SERVICES) if bits >> i & 1)
    ),
    openness=st.sampled_from(["any", "possible", "certain"]),
    travel=st.sampled_from([None, None, "foot", "ebike"]),
    all_night=st.booleans(),
    limit=st.integers(1, 12),
    max_mm=st.none() | st.integers(1, 20_100_000_000),
    left_out=st.booleans(),
)


def check(snapshot: Snapshot, all_places: list[Place], ask: Ask) -> None:
    body = answer_now(snapshot, ask)
    answer = NearestOut.model_validate_json(body)
    wanted = expected(all_places, ask)
    within = [(id_, mm) for id_, mm in wanted if ask.max_mm is None or mm <= ask.max_mm]
    assert [(item.id, round(item.distance_m * 1000)) for item in answer.items] == within
    assert (answer.beyond and answer.beyond.id) == (wanted[0][0] if wanted and not within else None)
    for item in json.loads(body)["items"]:
        assert (item["arrives_at"] is None) == (ask.travel is None)


@settings(max_examples=80, deadline=None)
@pytest.mark.parametrize("make_index", INDEXES)
@given(places=places, ask=asks)
def test_the_answer_is_that_of_looking_at_every_place(
    make_index: Callable[[Places], Index], places: list[Place], ask: Ask
) -> None:
    snapshot = snapshot_of(places, make_index=make_index)
    check(snapshot, places, ask)
    check(snapshot, places, ask)  # the second time the question has a structure of its own


@settings(max_examples=50, deadline=None)
@pytest.mark.parametrize("make_index", INDEXES)
@given(old=places, changed=places, gone=st.sets(st.integers(0, 60)), ask=asks)
def test_changed_places_count_as_they_are_now_and_gone_ones_not_at_all(
    make_index: Callable[[Places], Index], old: list[Place], changed: list[Place], gone: set[int], ask: Ask
) -> None:
    # Far places keep the changed ones few in proportion, so that both parts answer.
    far = [Place(100 + number, -80, -100 + number / 100) for number in range(600)] if len(old) % 2 else []
    gone -= {place.number for place in changed}
    overruled = gone | {place.number for place in changed}
    now_there = [place for place in old if place.number not in overruled] + changed + far
    snapshot = snapshot_of([*old, *far], changed, sorted(gone), make_index=make_index)
    assert len(snapshot) == len(now_there)
    check(snapshot, now_there, ask)


@pytest.mark.parametrize("make_index", INDEXES)
@pytest.mark.parametrize("where", [(33.64, 116.96), (33.66, 116.96), (-33.64, -63.04), (90.0, 0.0)])
def test_of_ten_thousand_places_at_one_point_the_first_ids_come_first(
    make_index: Callable[[Places], Index], where: tuple[float, float]
) -> None:
    heap = [
        Place(number, 33.64, 116.96, {ServiceKind.WATER: ServiceState.WORKING}) for number in range(10_000)
    ]
    snapshot = snapshot_of(heap, make_index=make_index)
    for services in (0, 1):
        check(snapshot, heap, Ask(*where, at=NOON, services=services))


@pytest.mark.parametrize("make_index", INDEXES)
def test_two_places_in_twenty_thousand_are_found_when_only_they_pass(
    make_index: Callable[[Places], Index],
) -> None:
    crowd = [Place(number, 33 + number / 20_000, 117, hours="08:00-20:00") for number in range(20_000)]
    rare = [Place(30_001, 33.9, 117, {ServiceKind.NURSING: ServiceState.UNKNOWN}), Place(30_002, -45, 1)]
    snapshot = snapshot_of([*crowd, *rare], make_index=make_index)
    night = NOON + timedelta(hours=14)
    check(snapshot, [*crowd, *rare], Ask(33.1, 117, at=night, openness="certain"))
    check(snapshot, [*crowd, *rare], Ask(33.1, 117, at=night, openness="certain", travel="ebike"))
    check(
        snapshot,
        [*crowd, *rare],
        Ask(33.1, 117, at=NOON, services=1 << list(ServiceKind).index(ServiceKind.NURSING)),
    )


@settings(max_examples=40, deadline=None)
@pytest.mark.parametrize("make_index", INDEXES)
@given(places=places, ask=asks)
def test_left_out_counts_what_is_hidden_before_the_last_item(
    make_index: Callable[[Places], Index], places: list[Place], ask: Ask
) -> None:
    ask = ask._replace(left_out=True)
    answer = NearestOut.model_validate_json(answer_now(snapshot_of(places, make_index=make_index), ask))
    assert answer.left_out is not None
    assert (answer.left_out.closed, answer.left_out.broken) == hidden(places, ask)
