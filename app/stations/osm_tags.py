"""What OSM tags say about a place: one table of rules, written out for people in docs/osm-tags.md.

A tag that says nothing leaves the fact unknown; `private` is not public: the place is left out.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from app.stations.models import Access, Fee, ServiceKind, ServiceState, StationKind, Wheelchair

Tags = Mapping[str, str]


class Rule(NamedTuple):
    """One row of the table: these tags mean this service; a primary row alone makes a place."""

    tag: str
    unless: str
    service: ServiceKind
    kind: StationKind | None
    primary: bool
    holds: Callable[[Tags], bool]


def _has(key: str, *values: str) -> Callable[[Tags], bool]:
    return lambda tags: tags.get(key) in values


def _both(first: Callable[[Tags], bool], second: Callable[[Tags], bool]) -> Callable[[Tags], bool]:
    return lambda tags: first(tags) and second(tags)


def _not(condition: Callable[[Tags], bool]) -> Callable[[Tags], bool]:
    return lambda tags: not condition(tags)


_S, _K = ServiceKind, StationKind
_CHARGING = _has("amenity", "charging_station")
_WHEELS = ("bicycle", "scooter", "moped", "motorcycle")


def _two_wheels(tags: Tags) -> bool:
    return any(tags.get(key) == "yes" for key in _WHEELS)


def _no_cars(tags: Tags) -> bool:
    return tags.get("motorcar") == "no" or (_two_wheels(tags) and tags.get("motorcar") is None)


RULES: tuple[Rule, ...] = (
    Rule("amenity=toilets", "", _S.TOILET, _K.PUBLIC_TOILET, True, _has("amenity", "toilets")),
    Rule("toilets=yes", "", _S.TOILET, None, True, _has("toilets", "yes")),
    Rule(
        "amenity=drinking_water or water_point",
        "drinking_water=no",
        _S.WATER,
        None,
        True,
        _both(_has("amenity", "drinking_water", "water_point"), _not(_has("drinking_water", "no"))),
    ),
    Rule("drinking_water=yes", "", _S.WATER, None, True, _has("drinking_water", "yes")),
    Rule(
        "hot_water=yes on a place with drinking water",
        "",
        _S.HOT_WATER,
        None,
        False,
        _both(_has("hot_water", "yes"), _has("amenity", "drinking_water", "water_point")),
    ),
    Rule(
        "amenity=charging_station",
        "motorcar=no, or made for two wheels and no word on cars",
        _S.EV_CHARGING,
        _K.CHARGING_SITE,
        True,
        _both(_CHARGING, _not(_no_cars)),
    ),
    Rule(
        "amenity=charging_station with bicycle, scooter, moped or motorcycle=yes",
        "",
        _S.EBIKE_CHARGING,
        _K.CHARGING_SITE,
        True,
        _both(_CHARGING, _two_wheels),
    ),
    Rule(
        "amenity=device_charging_station",
        "",
        _S.PHONE_CHARGING,
        None,
        True,
        _has("amenity", "device_charging_station"),
    ),
    Rule(
        "amenity=shelter",
        "shelter_type=public_transport",
        _S.REST,
        None,
        True,
        _both(_has("amenity", "shelter"), _not(_has("shelter_type", "public_transport"))),
    ),
    Rule("amenity=library", "", _S.READING, None, True, _has("amenity", "library")),
    Rule(
        "amenity=bicycle_repair_station", "", _S.TOOLS, None, True, _has("amenity", "bicycle_repair_station")
    ),
    Rule("emergency=first_aid_kit", "", _S.FIRST_AID, None, True, _has("emergency", "first_aid_kit")),
    Rule("microwave=yes", "", _S.MICROWAVE, None, False, _has("microwave", "yes")),
    Rule("air_conditioning=yes", "", _S.AIR_CONDITIONING, None, False, _has("air_conditioning", "yes")),
    Rule("internet_access=wlan or wifi", "", _S.WIFI, None, False, _has("internet_access", "wlan", "wifi")),
)

_KIND_OF_AMENITY = {"post_office": _K.POSTAL, "bank": _K.BANK}
_BUSINESS = {
    "restaurant",
    "fast_food",
    "cafe",
    "bar",
    "pub",
    "food_court",
    "fuel",
    "ice_cream",
    "marketplace",
}

ACCESS: dict[str, Access | None] = {
    "yes": Access.ANYONE,
    "public": Access.ANYONE,
    "permissive": Access.ANYONE,
    "customers": Access.CUSTOMERS,
    "passengers": Access.CUSTOMERS,
    "private": None,
    "no": None,
    "residents": None,
    "employees": None,
    "staff": None,
    "members": None,
}
"""What `access` (and `toilets:access` where toilets are a part of a place) means; None: not public."""

_FEE_KEYS = {ServiceKind.WIFI: "internet_access:fee"}
_OUT_OF_USE = ("disused", "abandoned", "construction")
_OUT_OF_ORDER = {"closed", "broken", "out_of_order", "non-operational", "needs_maintenance"}
_AMOUNT = re.compile(r"\d")
_ZERO = re.compile(r"0+([.,]0+)?\s*\D*")
_HAN = re.compile(r"[\u3400-\u9fff]")
_ALIAS_KEYS = ("name:zh", "name:en", "official_name", "short_name", "alt_name", "loc_name", "old_name")


class NotPublic(Exception):
    """The tags say that the place is not for the public."""


def services_of(tags: Tags) -> list[Rule]:
    """The rules that hold, each service once; empty where no primary rule holds."""
    held = {rule.service: rule for rule in reversed(RULES) if rule.holds(tags)}
    return list(held.values()) if any(rule.primary for rule in held.values()) else []


def read_tags(tags: Tags) -> dict[str, Any]:
    """The fields of a StationIn that the tags name. Raises NotPublic."""
    rules = services_of(tags)
    access, note = _access(tags, rules)
    state = _state(tags)
    values: dict[str, Any] = {
        "name": tags.get("name"),
        "aliases": _aliases(tags),
        "operator": tags.get("operator") or tags.get("brand"),
        "address": _address(tags),
        "phone": _first(tags.get("phone") or tags.get("contact:phone")),
        "opening_hours": tags.get("opening_hours"),
        "access": access,
        "access_note": note,
        "wheelchair": _wheelchair(tags),
        "verified_at": _checked_at(tags.get("check_date")),
        "services": [
            {"kind": rule.service, "fee": _fee(tags, rule.service), "state": state}
            for rule in sorted(rules, key=lambda rule: list(ServiceKind).index(rule.service))
        ],
    }
    kind = _kind(tags, rules)
    return values | ({"kind": kind} if kind else {})


def _kind(tags: Tags, rules: list[Rule]) -> StationKind | None:
    amenity = tags.get("amenity", "")
    if amenity in _KIND_OF_AMENITY:
        return _KIND_OF_AMENITY[amenity]
    if amenity in _BUSINESS or "shop" in tags:
        return StationKind.MERCHANT
    return next((rule.kind for rule in rules if rule.kind), StationKind.OTHER if rules else None)


def _access(tags: Tags, rules: list[Rule]) -> tuple[Access, str | None]:
    said = tags.get("access")
    if any(rule.tag == "toilets=yes" for rule in rules):
        said = tags.get("toilets:access", said)
    if said is None:
        return Access.UNKNOWN, None
    meant = ACCESS.get(said, Access.UNKNOWN)
    if meant is None:
        raise NotPublic(f"'{said}' is not for the public")
    # A condition that we have no word for (permit, key) is shown as the source wrote it.
    return meant, f"access={said}" if said not in ACCESS else None


def _fee(tags: Tags, service: ServiceKind) -> Fee:
    key = _FEE_KEYS.get(service, "fee")
    if service is ServiceKind.TOILET and tags.get("amenity") != "toilets":
        key = "toilets:fee"
    elif service is ServiceKind.WATER and tags.get("amenity") not in ("drinking_water", "water_point"):
        key = "drinking_water:fee"
    said = tags.get(key) or (tags.get("charge") if key == "fee" else None)
    if said is None or "@" in said:
        return Fee.UNKNOWN
    if said in ("no", "free") or _ZERO.fullmatch(said):
        return Fee.FREE
    return Fee.PAID if said == "yes" or _AMOUNT.search(said) else Fee.UNKNOWN


def _state(tags: Tags) -> ServiceState:
    out = any(tags.get(key) == "yes" for key in _OUT_OF_USE)
    return (
        ServiceState.BROKEN
        if out or tags.get("operational_status") in _OUT_OF_ORDER
        else ServiceState.UNKNOWN
    )


def _wheelchair(tags: Tags) -> Wheelchair:
    said = tags.get("wheelchair") or tags.get("toilets:wheelchair") or ""
    if said == "designated":
        return Wheelchair.YES
    return Wheelchair(said) if said in ("yes", "limited", "no") else Wheelchair.UNKNOWN


def _aliases(tags: Tags) -> list[str]:
    found = [part.strip() for key in _ALIAS_KEYS for part in tags.get(key, "").split(";")]
    return [alias for alias in dict.fromkeys(found) if alias and alias != tags.get("name")][:20]


def _address(tags: Tags) -> str | None:
    if full := tags.get("addr:full"):
        return full
    street, number = tags.get("addr:street"), tags.get("addr:housenumber")
    if not street:
        return None
    if _HAN.search(street):
        area = (tags.get("addr:city", ""), tags.get("addr:district", ""))
        house = f"{number}号" if number and number.isdigit() else number or ""
        return "".join((*area, street, house))
    city = " ".join(part for part in (tags.get("addr:postcode"), tags.get("addr:city")) if part)
    return ", ".join(part for part in (" ".join(filter(None, (street, number))), city) if part)


def _first(said: str | None) -> str | None:
    return said.split(";")[0].strip() or None if said else None


def _checked_at(said: str | None) -> datetime | None:
    try:
        return datetime.strptime(said, "%Y-%m-%d").replace(tzinfo=UTC) if said else None
    except ValueError:
        return None
