"""Districts by their real outlines: every place of 宿州 in one, nothing of 苏州 in any."""

import json
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point, shape

from app.regions.outlines import DATA, district_of, may_lie_in, middle_of

ELSEWHERE = Path(__file__).parents[1] / "data" / "admin" / "confusable_suzhou_jiangsu_districts_wgs84.geojson"
DISTRICTS = {
    feature["properties"]["adcode"]: shape(feature["geometry"])
    for feature in json.loads((DATA / "districts_341300.geojson").read_text())["features"]
}


@pytest.mark.parametrize(
    ("lat", "lon", "code"),
    [
        (33.6479, 116.9590, "341302"),
        (34.4424, 116.3671, "341321"),
        (34.1884, 116.9473, "341322"),
        (33.5402, 117.5586, "341323"),
        (33.4829, 117.9106, "341324"),
    ],
)
def test_the_seat_of_each_district_lies_in_it(lat: float, lon: float, code: str) -> None:
    assert district_of(lat, lon) == code


@pytest.mark.parametrize(
    ("lat", "lon"),
    [
        (31.2990, 120.5853),
        (33.9560, 116.7980),
        (32.9200, 117.3900),
        (39.9, 116.4),
        (0, 0),
        (90, 180),
        (-90, -180),
    ],
)
def test_other_cities_lie_in_no_district(lat: float, lon: float) -> None:
    assert district_of(lat, lon) is None


def test_nothing_of_suzhou_in_jiangsu_is_taken_for_suzhou_in_anhui() -> None:
    features = json.loads(ELSEWHERE.read_text())["features"]
    assert len(features) == 9
    for feature in features:
        outline = shape(feature["geometry"])
        west, south, east, north = outline.bounds
        grid = [(lat, lon) for lat in np.linspace(south, north, 15) for lon in np.linspace(west, east, 15)]
        inside = [(lat, lon) for lat, lon in grid if outline.covers(Point(lon, lat))]
        assert inside
        assert {district_of(lat, lon) for lat, lon in inside} == {None}
        assert not any(may_lie_in("341302", lat, lon) for lat, lon in inside)


@given(st.floats(33.0, 34.8), st.floats(115.9, 118.4))
def test_a_point_belongs_to_the_district_whose_outline_holds_it(lat: float, lon: float) -> None:
    holding = sorted(code for code, outline in DISTRICTS.items() if outline.intersects(Point(lon, lat)))
    assert district_of(lat, lon) == (holding[0] if holding else None)


def test_a_named_region_may_lie_a_little_over_the_coarse_outline() -> None:
    outline = DISTRICTS["341302"]
    east = max(shapely.get_coordinates(outline).tolist())
    lon, lat = east[0] + 0.005, east[1]
    assert district_of(lat, lon) != "341302"
    assert may_lie_in("341302007", lat, lon)
    assert not may_lie_in("341302007", lat, lon + 1)


def test_a_district_without_an_outline_is_held_against_its_city() -> None:
    assert may_lie_in("341371", 33.6479, 116.959)
    assert not may_lie_in("341371", 31.2990, 120.5853)


def test_a_city_without_outlines_fits_anywhere() -> None:
    assert may_lie_in("110108", 39.98, 116.31)


def test_the_middle_of_a_district_lies_in_it() -> None:
    assert {code: district_of(*(middle_of(code) or (0, 0))) for code in DISTRICTS} == {
        c: c for c in DISTRICTS
    }
    assert middle_of("341302007") is None
