"""Datums: the shared vectors both ways, round trips under a centimetre, identity outside China."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kit.datum import (
    Crs,
    bd09_to_gcj02,
    gcj02_to_bd09,
    gcj02_to_wgs84,
    is_shifted,
    to_wgs84,
    wgs84_to_bd09,
    wgs84_to_gcj02,
)
from app.kit.geo import distance_m

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "datum.json").read_text("utf-8"))
# A degree inside the box: at its very edge the shift begins with a jump, and positions there have no inverse.
lats, lons = st.floats(2, 54.8), st.floats(73.1, 136.8)

DATUMS: tuple[Crs, ...] = ("wgs84", "gcj02", "bd09")


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: str(case["name"]))
def test_conversions_are_those_of_the_shared_vectors(case: dict[str, dict[str, float]]) -> None:
    wgs84, gcj02, bd09 = ((case[crs]["lat"], case[crs]["lon"]) for crs in DATUMS)
    tolerance = VECTORS["tolerance_degrees"]
    assert wgs84_to_gcj02(*wgs84) == pytest.approx(gcj02, abs=tolerance)
    assert wgs84_to_bd09(*wgs84) == pytest.approx(bd09, abs=tolerance)
    for crs, seen in zip(DATUMS, (wgs84, gcj02, bd09), strict=True):
        assert to_wgs84(crs, *seen) == pytest.approx(wgs84, abs=tolerance)


@given(lats, lons)
def test_there_and_back_is_the_same_place_within_a_centimetre(lat: float, lon: float) -> None:
    assert distance_m(*gcj02_to_wgs84(*wgs84_to_gcj02(lat, lon)), lat, lon) < 0.01
    assert distance_m(*bd09_to_gcj02(*gcj02_to_bd09(lat, lon)), lat, lon) < 0.01
    assert distance_m(*to_wgs84("bd09", *wgs84_to_bd09(lat, lon)), lat, lon) < 0.01


@given(st.floats(-90, 90), st.floats(-180, 180), st.sampled_from(DATUMS))
def test_outside_china_all_datums_are_one(lat: float, lon: float, crs: Crs) -> None:
    if not is_shifted(lat, lon):
        assert to_wgs84(crs, lat, lon) == wgs84_to_gcj02(lat, lon) == wgs84_to_bd09(lat, lon) == (lat, lon)


@pytest.mark.parametrize(
    ("bd09", "wgs84"),
    [
        ((29.199786, 120.019809), (29.196131605295484, 120.00877901149691)),
        ((29.210504, 120.036455), (29.206795749156136, 120.0253853970846)),
    ],
)
def test_baidu_agrees_with_eviltransform_but_for_its_slower_wave(
    bd09: tuple[float, float], wgs84: tuple[float, float]
) -> None:
    # googollee/eviltransform (MIT) takes π where the published formula has π·3000/180: up to 42 m apart.
    assert distance_m(*to_wgs84("bd09", *bd09), *wgs84) < 42
