"""What comes in and goes out: stations, their nearest list, the changes feed, the vocabulary."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

from app.kit.text import Line
from app.stations.models import Access, Answer, Fee, ServiceKind, ServiceState, StationKind, Wheelchair

Moment = Annotated[
    datetime,
    PlainSerializer(lambda at: at.strftime("%Y-%m-%dT%H:%M:%S") + "Z", return_type=str, when_used="json"),
]
"""A moment in UTC, to the second, with Z."""

Lat = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False, description="WGS-84 degrees north")]
Lon = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False, description="WGS-84 degrees east")]
Travel = Literal["foot", "ebike"]
Hours = Annotated[Line, Field(max_length=500)]


class In(BaseModel):
    """The base of what comes in: unknown fields are refused, types are not bent."""

    model_config = ConfigDict(extra="forbid", strict=True)


class ServiceIn(In):
    """One service of a station."""

    kind: ServiceKind
    fee: Fee = Fee.UNKNOWN
    state: ServiceState = ServiceState.UNKNOWN
    as_of: datetime | None = None


class SourceIn(In):
    """Where a station comes from: `name` and `external_id` together are its identity across imports."""

    name: Annotated[Line, Field(min_length=1, max_length=64)]
    external_id: Annotated[Line, Field(min_length=1, max_length=128)]
    licence: Annotated[Line, Field(max_length=64)] | None = None
    url: Line | None = None


class StationIn(In):
    """One station as an importer or an editor hands it over; positions are WGS-84 already."""

    name: Line | None = None
    aliases: Annotated[list[Line], Field(max_length=20)] = []
    kind: StationKind
    operator: Line | None = None
    address: Line | None = None
    region_code: Annotated[str, Field(pattern=r"^\d{6}(\d{3}(\d{3})?)?$")] | None = None
    lat: Lat
    lon: Lon
    opening_hours: Hours | None = None
    unattended_hours: Hours | None = None
    walk_in: Answer = Answer.UNKNOWN
    access: Access = Access.UNKNOWN
    access_note: Line | None = None
    wheelchair: Wheelchair = Wheelchair.UNKNOWN
    phone: Annotated[Line, Field(max_length=64)] | None = None
    how_to_find: Line | None = None
    services: Annotated[list[ServiceIn], Field(max_length=len(ServiceKind))] = []
    source: SourceIn
    sample: bool = False
    verified_at: datetime | None = None


class ServiceOut(BaseModel):
    """One service: free or paid, working or broken; unknown is said."""

    kind: ServiceKind
    fee: Fee
    state: ServiceState
    as_of: Moment | None


class OpeningOut(BaseModel):
    """Whether it is open at the moment asked about, by staffed and unattended hours together."""

    state: Literal["open", "closed", "unknown"]
    until: Annotated[
        Moment | None, Field(description="End of the opening; only while open, null if > 7 days off")
    ]
    next_change: Annotated[Moment | None, Field(description="Next change of state; null if > 7 days off")]
    text: Annotated[str | None, Field(description="Staffed hours as the source wrote them")]
    staffed: Annotated[
        bool | None, Field(description="Whether somebody is there; null while closed or unknown")
    ]
    calendar_missing: Annotated[
        bool, Field(description="The holiday calendar of that year is not published yet")
    ]


class SourceBrief(BaseModel):
    """Where it comes from, short."""

    name: str
    external_id: str


class SourceOut(SourceBrief):
    """Where it comes from, with its licence."""

    licence: str | None
    url: str | None


class _Place(BaseModel):
    id: str
    name: Annotated[str | None, Field(description="null: show the kind instead")]
    kind: StationKind
    lat: float
    lon: float
    address: str | None
    region_code: str | None
    services: list[ServiceOut]
    opening: OpeningOut
    walk_in: Answer
    access: Access
    verified_at: Moment | None
    sample: Annotated[bool, Field(description="Sample data of the demo, not a real place")]


class NearOut(_Place):
    """A station in the nearest list."""

    distance_m: Annotated[
        float, Field(description="Great-circle metres, R = 6,371,008.8 m, to the millimetre")
    ]
    source: SourceBrief
    arrives_at: Annotated[Moment | None, Field(description="With `travel`: when the rider would be there")]
    closes_soon: Annotated[bool | None, Field(description="With `travel`: closes ≤ 15 minutes after")]


class Point(BaseModel):
    """A position, WGS-84 degrees."""

    lat: float
    lon: float


class TravelOut(BaseModel):
    """The assumption behind the arrival times: straight line × `detour_factor` at `speed_kmh`."""

    mode: Travel
    speed_kmh: float
    detour_factor: float


class LeftOut(BaseModel):
    """Places nearer than the last item that were hidden, by reason."""

    closed: int
    broken: int


class NearestOut(BaseModel):
    """The nearest stations, nearest first, ties by id."""

    as_of: Moment
    revision: Annotated[int, Field(description="Revision of the catalogue that answered")]
    origin: Point
    travel: TravelOut | None
    items: list[NearOut]
    beyond: Annotated[NearOut | None, Field(description="Nothing within `max_m`: the nearest outside it")]
    left_out: Annotated[LeftOut | None, Field(description="Only when asked for with `left_out=true`")]


Span = tuple[Moment, Moment]


class StationOut(_Place):
    """A station, whole."""

    aliases: list[str]
    operator: str | None
    unattended_hours: str | None
    access_note: str | None
    wheelchair: Wheelchair
    phone: str | None
    how_to_find: str | None
    source: SourceOut
    revision: int
    updated_at: Moment
    open_intervals: Annotated[
        list[Span], Field(description="Seven days from `opening`'s moment, certainly open")
    ]
    unknown_intervals: Annotated[list[Span], Field(description="Seven days, nobody knows")]


class StationPage(BaseModel):
    """One page of the catalogue."""

    items: list[StationOut]
    next_cursor: str | None


class Upsert(BaseModel):
    """A station that is new or has changed."""

    type: Literal["upsert"]
    station: StationOut


class Deletion(BaseModel):
    """A station that is gone."""

    type: Literal["delete"]
    id: str


class ChangesOut(BaseModel):
    """A page of the ordered feed of changes; hand `next_cursor` back as `since`."""

    items: list[Annotated[Upsert | Deletion, Field(discriminator="type")]]
    next_cursor: str
    more: bool
    revision: int


class ServiceKindOut(BaseModel):
    """One word of the vocabulary of services."""

    kind: ServiceKind
    zh: str
    en: str
    icon: Annotated[str, Field(description="Name of a Lucide icon")]


class ServiceKindsOut(BaseModel):
    """The vocabulary of services, in its order."""

    items: list[ServiceKindOut]
