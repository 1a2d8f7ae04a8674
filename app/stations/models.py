"""Tables of the stations' catalogue: places, their services, and the words they are found by."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, Relationship

from app.core.model import Table, UtcDateTime, enum_type, id_type, new_id

SUBJECT = "stations"
"""The catalogue's name in `core.revisions`."""


class StationKind(StrEnum):
    """What kind of place it is."""

    PARTY_CENTRE = "party_centre"
    UNION_POST = "union_post"
    POSTAL = "postal"
    BANK = "bank"
    MERCHANT = "merchant"
    PUBLIC_TOILET = "public_toilet"
    CHARGING_SITE = "charging_site"
    OTHER = "other"


class ServiceKind(StrEnum):
    """What one can get there; the order is that of the vocabulary and of the bits in the nearest index."""

    WATER = "water"
    HOT_WATER = "hot_water"
    PHONE_CHARGING = "phone_charging"
    EBIKE_CHARGING = "ebike_charging"
    EV_CHARGING = "ev_charging"
    BATTERY_SWAP = "battery_swap"
    REST = "rest"
    TOILET = "toilet"
    MEALS = "meals"
    MICROWAVE = "microwave"
    FRIDGE = "fridge"
    FIRST_AID = "first_aid"
    RAIN_GEAR = "rain_gear"
    TOOLS = "tools"
    AIR_CONDITIONING = "air_conditioning"
    WIFI = "wifi"
    READING = "reading"
    NURSING = "nursing"
    COUNSEL = "counsel"


class Fee(StrEnum):
    """Whether it costs money."""

    FREE = "free"
    PAID = "paid"
    UNKNOWN = "unknown"


class ServiceState(StrEnum):
    """Whether it works."""

    WORKING = "working"
    BROKEN = "broken"
    UNKNOWN = "unknown"


class Answer(StrEnum):
    """Yes, no, or nobody knows: unknown is never shown as either."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Access(StrEnum):
    """Who may use the place."""

    ANYONE = "anyone"
    RIDERS = "riders"
    CUSTOMERS = "customers"
    UNKNOWN = "unknown"


class Wheelchair(StrEnum):
    """Whether a wheelchair gets in (OSM `wheelchair`)."""

    YES = "yes"
    LIMITED = "limited"
    NO = "no"
    UNKNOWN = "unknown"


class Station(Table, table=True):
    """One place. Positions are WGS-84 degrees. A deleted place stays: feeds must say that it is gone."""

    __tablename__ = "stations"
    __table_args__ = (
        sa.UniqueConstraint("source_name", "external_id"),
        sa.Index("ix_stations_change_revision_id", "change_revision", "id"),
        sa.CheckConstraint("lat BETWEEN -90 AND 90", name="lat"),
        sa.CheckConstraint("lon BETWEEN -180 AND 180", name="lon"),
    )

    id: str = Field(default_factory=new_id, primary_key=True, sa_type=id_type())
    name: str | None = Field(default=None, max_length=200)
    aliases: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    kind: StationKind = Field(sa_type=enum_type(StationKind))
    operator: str | None = Field(default=None, max_length=200)
    address: str | None = Field(default=None, max_length=200)
    region_code: str | None = Field(default=None, max_length=12, index=True)
    """The finest region known: a district by the point, a street or community by import or staff."""
    lat: float
    lon: float
    opening_hours: str | None = Field(default=None, max_length=500)
    """Hours with staff, OSM grammar, as written by the source."""
    unattended_hours: str | None = Field(default=None, max_length=500)
    """Hours in which the place can be used with nobody there, OSM grammar."""
    walk_in: Answer = Field(default=Answer.UNKNOWN, sa_type=enum_type(Answer))
    """Whether one may enter without an app or a registration."""
    access: Access = Field(default=Access.UNKNOWN, sa_type=enum_type(Access))
    access_note: str | None = Field(default=None, max_length=200)
    wheelchair: Wheelchair = Field(default=Wheelchair.UNKNOWN, sa_type=enum_type(Wheelchair))
    phone: str | None = Field(default=None, max_length=64)
    how_to_find: str | None = Field(default=None, max_length=200)
    source_name: str = Field(max_length=64)
    source_licence: str | None = Field(default=None, max_length=64)
    source_url: str | None = Field(default=None, max_length=200)
    external_id: str = Field(max_length=128)
    sample: bool = False
    search_text: str = Field(default="", max_length=2000)
    """Name, aliases and pinyin initials, folded, one a line: what a search must hold in one piece."""
    verified_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    revision: int = 1
    """Raised by one with each change of this place."""
    change_revision: int = Field(default=0, sa_type=sa.BigInteger)
    """The catalogue's revision that last changed it."""
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime, index=True)
    deleted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    services: list["StationService"] = Relationship(
        sa_relationship_kwargs={
            "cascade": "all, delete-orphan",
            "lazy": "raise",
            "order_by": "StationService.position",
        }
    )


class StationService(Table, table=True):
    """One service of a place. `position` is its place in the vocabulary, so that lists come in one order."""

    __tablename__ = "station_services"

    station_id: str = Field(
        foreign_key="stations.id", primary_key=True, sa_type=id_type(), ondelete="CASCADE"
    )
    kind: ServiceKind = Field(primary_key=True, sa_type=enum_type(ServiceKind))
    position: int = Field(sa_type=sa.SmallInteger)
    fee: Fee = Field(default=Fee.UNKNOWN, sa_type=enum_type(Fee))
    state: ServiceState = Field(default=ServiceState.UNKNOWN, sa_type=enum_type(ServiceState))
    as_of: datetime | None = Field(default=None, sa_type=UtcDateTime)


class StationTerm(Table, table=True):
    """One or two characters of a place's name, aliases or pinyin initials: the search index.

    Neither SQLite's trigrams nor PostgreSQL's find a word of two characters, the commonest length in Chinese.
    """

    __tablename__ = "station_terms"

    term: str = Field(primary_key=True, max_length=2)
    station_id: str = Field(
        foreign_key="stations.id", primary_key=True, sa_type=id_type(), ondelete="CASCADE", index=True
    )
