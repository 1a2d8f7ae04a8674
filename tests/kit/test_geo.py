"""Distances: the shared vectors, a millimetre, antipodes, and one formula for one and for many."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kit.geo import HALF_TURN_M, distance_m, distances_mm, unit_vector, unit_vectors

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "distance.json").read_text("utf-8"))
lats, lons = st.floats(-90, 90), st.floats(-180, 180)


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: str(case["name"]))
def test_distances_are_those_of_the_shared_vectors(case: dict[str, dict[str, float]]) -> None:
    here, there = case["from"], case["to"]
    found = distance_m(here["lat"], here["lon"], there["lat"], there["lon"])
    assert found == pytest.approx(case["distance_m"], abs=0.001)


def test_a_millimetre_is_a_millimetre_and_an_antipode_half_a_turn() -> None:
    millimetre = math.degrees(0.001 / 6_371_008.8)
    assert distance_m(33.6, 116.9, 33.6 + millimetre, 116.9) == 0.001
    assert distance_m(33.6, 116.9, -33.6, 116.9 - 180) == round(HALF_TURN_M, 3)
    assert distance_m(90, 0, 90, 77) == 0


@given(lats, lons, st.lists(st.tuples(lats, lons), min_size=1, max_size=5))
def test_many_at_once_are_as_one_by_one(lat: float, lon: float, others: list[tuple[float, float]]) -> None:
    vectors = unit_vectors(*np.array(others).T)
    many = distances_mm(np.array(unit_vector(lat, lon)), vectors)
    for (other_lat, other_lon), mm in zip(others, many, strict=True):
        # Rounding to the millimetre may fall either way where the two sines differ in their last bit.
        assert abs(distance_m(lat, lon, other_lat, other_lon) * 1000 - mm) <= 1.001
