"""What OSM tags mean, and that the page which says so to people agrees with the code."""

from pathlib import Path

import pytest

from app.stations.importers.columns import COLUMNS, meaning_of
from app.stations.models import Access, Fee, ServiceState, StationKind, Wheelchair
from app.stations.osm_tags import ACCESS, RULES, NotPublic, read_tags
from app.stations.vocabulary import SERVICES

DOCS = Path(__file__).parents[2] / "docs"


def services(**tags: str) -> list[str]:
    return [service["kind"].value for service in read_tags(tags)["services"]]


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"amenity": "toilets"}, ["toilet"]),
        ({"amenity": "toilets", "drinking_water": "yes"}, ["water", "toilet"]),
        ({"amenity": "cafe", "toilets": "yes", "internet_access": "wlan"}, ["toilet", "wifi"]),
        ({"amenity": "cafe", "internet_access": "wlan", "air_conditioning": "yes"}, []),
        ({"amenity": "drinking_water", "hot_water": "yes"}, ["water", "hot_water"]),
        ({"amenity": "drinking_water", "drinking_water": "no"}, []),
        ({"amenity": "charging_station"}, ["ev_charging"]),
        (
            {"amenity": "charging_station", "motorcar": "yes", "bicycle": "yes"},
            ["ebike_charging", "ev_charging"],
        ),
        ({"amenity": "charging_station", "bicycle": "yes"}, ["ebike_charging"]),
        ({"amenity": "charging_station", "motorcar": "no", "scooter": "yes"}, ["ebike_charging"]),
        ({"amenity": "shelter"}, ["rest"]),
        ({"amenity": "shelter", "shelter_type": "public_transport"}, []),
        ({"amenity": "bench"}, []),
        ({"amenity": "bicycle_repair_station"}, ["tools"]),
        ({"emergency": "first_aid_kit"}, ["first_aid"]),
        ({"amenity": "device_charging_station"}, ["phone_charging"]),
        ({"amenity": "library"}, ["reading"]),
        ({}, []),
    ],
)
def test_tags_name_services(tags: dict[str, str], expected: list[str]) -> None:
    assert services(**tags) == expected


@pytest.mark.parametrize("access", ["private", "no", "residents", "employees"])
def test_what_is_private_is_no_public_place(access: str) -> None:
    with pytest.raises(NotPublic):
        read_tags({"amenity": "toilets", "access": access})


def test_the_access_of_the_toilets_goes_before_that_of_the_place() -> None:
    values = read_tags({"amenity": "fuel", "toilets": "yes", "access": "no", "toilets:access": "customers"})
    assert values["access"] is Access.CUSTOMERS


def test_an_access_without_a_word_of_ours_is_unknown_and_shown_as_written() -> None:
    values = read_tags({"amenity": "toilets", "access": "permit"})
    assert (values["access"], values["access_note"]) == (Access.UNKNOWN, "access=permit")


@pytest.mark.parametrize(
    ("tags", "fee"),
    [
        ({"fee": "yes"}, Fee.PAID),
        ({"fee": "no"}, Fee.FREE),
        ({"fee": "5 TRL"}, Fee.PAID),
        ({"fee": "€ 1.0"}, Fee.PAID),
        ({"fee": "0"}, Fee.FREE),
        ({"charge": "0.50 EUR"}, Fee.PAID),
        ({"charge": "0"}, Fee.FREE),
        ({"fee": "no @ (Mo-Fr)"}, Fee.UNKNOWN),
        ({"fee": "donation"}, Fee.UNKNOWN),
        ({"fee": "unknown"}, Fee.UNKNOWN),
        ({}, Fee.UNKNOWN),
    ],
)
def test_a_fee_is_taken_only_from_what_says_so(tags: dict[str, str], fee: Fee) -> None:
    assert read_tags({"amenity": "toilets"} | tags)["services"][0]["fee"] is fee


def test_the_fee_of_a_place_is_not_that_of_its_toilets() -> None:
    values = read_tags({"amenity": "theatre", "toilets": "yes", "fee": "yes"})
    assert values["services"][0]["fee"] is Fee.UNKNOWN


@pytest.mark.parametrize(
    "tags", [{"disused": "yes"}, {"construction": "yes"}, {"operational_status": "broken"}]
)
def test_what_is_out_of_use_is_broken(tags: dict[str, str]) -> None:
    assert read_tags({"amenity": "toilets"} | tags)["services"][0]["state"] is ServiceState.BROKEN


def test_wheelchair_is_that_of_the_place_before_that_of_the_toilets() -> None:
    tags = {"amenity": "toilets", "toilets:wheelchair": "no"}
    assert read_tags(tags)["wheelchair"] is Wheelchair.NO
    assert read_tags(tags | {"wheelchair": "designated"})["wheelchair"] is Wheelchair.YES
    assert read_tags({"amenity": "toilets", "wheelchair": "bad"})["wheelchair"] is Wheelchair.UNKNOWN


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ({"amenity": "toilets"}, StationKind.PUBLIC_TOILET),
        ({"amenity": "post_office", "drinking_water": "yes"}, StationKind.POSTAL),
        ({"amenity": "bank", "toilets": "yes"}, StationKind.BANK),
        ({"shop": "books", "toilets": "yes"}, StationKind.MERCHANT),
        ({"amenity": "charging_station"}, StationKind.CHARGING_SITE),
        ({"amenity": "shelter"}, StationKind.OTHER),
    ],
)
def test_tags_name_the_kind_of_place(tags: dict[str, str], kind: StationKind) -> None:
    assert read_tags(tags)["kind"] is kind


def test_an_address_is_written_as_the_country_writes_it() -> None:
    chinese = {"addr:city": "宿州市", "addr:street": "汴河路", "addr:housenumber": "12"}
    german = {
        "addr:city": "Berlin",
        "addr:postcode": "10115",
        "addr:street": "Torstraße",
        "addr:housenumber": "1",
    }
    assert read_tags(chinese)["address"] == "宿州市汴河路12号"
    assert read_tags(german)["address"] == "Torstraße 1, 10115 Berlin"


def test_the_page_about_tags_says_what_the_code_does() -> None:
    page = (DOCS / "osm-tags.md").read_text()
    for rule in RULES:
        makes = "yes" if rule.primary else "no"
        assert (
            f"| {rule.tag} | {rule.unless} | `{rule.service.value}` {SERVICES[rule.service].zh} | {makes} |"
            in page
        )
    for said, meant in ACCESS.items():
        assert f"| `{said}` | {f'`{meant.value}`' if meant else 'left out'} |" in page


def test_the_page_about_imports_names_every_column() -> None:
    page = (DOCS / "import.md").read_text()
    for column, names in COLUMNS.items():
        assert f"| `{column}` | {'、'.join(names.split())} |" in page


def test_every_column_name_means_one_column() -> None:
    for column, names in COLUMNS.items():
        assert {meaning_of(name) for name in (column, *names.split())} == {column}
