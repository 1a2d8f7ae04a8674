"""The server agrees with the vectors that the phone's code is tested on as well (vectors/*.json)."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from app.kit.datum import to_wgs84, wgs84_to_bd09, wgs84_to_gcj02
from app.kit.geo import distance_m

_VECTORS = Path(__file__).parents[1] / "vectors"


def _load(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((_VECTORS / f"{name}.json").read_text(encoding="utf-8"))
    return loaded


DISTANCES, DATUMS, LINKS = _load("distance"), _load("datum"), _load("map_links")


def _pair(position: dict[str, float]) -> tuple[float, float]:
    return position["lat"], position["lon"]


@pytest.mark.parametrize("case", DISTANCES["cases"], ids=lambda case: case["name"])
def test_the_distance_is_that_of_the_vector_both_ways(case: dict[str, Any]) -> None:
    there, here = _pair(case["from"]), _pair(case["to"])
    assert distance_m(*there, *here) == pytest.approx(case["distance_m"], abs=DISTANCES["tolerance_m"])
    assert distance_m(*here, *there) == distance_m(*there, *here)


@pytest.mark.parametrize("case", DATUMS["cases"], ids=lambda case: case["name"])
def test_the_three_datums_are_those_of_the_vector_and_lead_back(case: dict[str, Any]) -> None:
    wgs84, gcj02, bd09 = _pair(case["wgs84"]), _pair(case["gcj02"]), _pair(case["bd09"])
    near = DATUMS["tolerance_degrees"]
    assert wgs84_to_gcj02(*wgs84) == pytest.approx(gcj02, abs=near)
    assert wgs84_to_bd09(*wgs84) == pytest.approx(bd09, abs=near)
    assert to_wgs84("gcj02", *gcj02) == pytest.approx(wgs84, abs=near)
    assert to_wgs84("bd09", *bd09) == pytest.approx(wgs84, abs=near)


@pytest.mark.parametrize("case", DATUMS["bd09_seen"], ids=lambda case: f"{case['name'][:24]} {case['bd09']}")
def test_bd09_is_near_what_others_answer(case: dict[str, Any]) -> None:
    near = case["tolerance_degrees"]
    assert wgs84_to_bd09(*_pair(case["wgs84"])) == pytest.approx(_pair(case["bd09"]), abs=near)


@pytest.mark.parametrize("case", LINKS["cases"], ids=lambda case: f"{case['app']} {case['mode']}")
def test_a_map_link_names_its_datum_and_holds_the_place_in_it(case: dict[str, Any]) -> None:
    asked = {name: values[0] for name, values in parse_qs(urlsplit(case["link"]).query).items()}
    named = {
        "amap": ("coordinate", "gaode", "gcj02"),
        "baidu": ("coord_type", "bd09ll", "bd09"),
        "tencent": ("coord_type", "2", "gcj02"),
    }
    parameter, value, datum = named[case["app"]]
    assert (asked[parameter], case["datum"]) == (value, datum)
    numbers = asked.get("to" if case["app"] == "amap" else "tocoord", asked.get("location", "")).split(",")
    lat, lon = map(float, numbers[:2] if case["app"] != "amap" else numbers[1::-1])
    assert to_wgs84(datum, lat, lon) == pytest.approx(_pair(case["to"]), abs=1e-6)  # type: ignore[arg-type]
