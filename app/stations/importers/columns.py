"""Named values of one place, as tables and flat lists carry them: many names for a column, one meaning.

docs/import.md lists them. A value that cannot be read is dropped and told; the place itself stays.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from enum import Enum
from hashlib import blake2b
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from app.kit.cells import split_list
from app.stations.importers.rows import Note, Options, Row, osm_source
from app.stations.models import Access, Answer, Fee, ServiceKind, ServiceState, StationKind, Wheelchair
from app.stations.vocabulary import kind_of, service_of

E = TypeVar("E", bound=Enum)

COLUMNS: dict[str, str] = {
    "id": "external_id station_id osm_id 编号 序号 站点编号",
    "name": "title 名称 站点名称 驿站名称",
    "aliases": "alias 别名 简称 曾用名",
    "kind": "type category 类型 类别 站点类型",
    "operator": "运营单位 运营方 建设单位 主管单位",
    "address": "地址 详细地址",
    "region_code": "adcode 区划代码 区划",
    "lat": "latitude 纬度 北纬",
    "lon": "lng long longitude 经度 东经",
    "opening_hours": "openinghours hours 营业时间 开放时间 服务时间",
    "unattended_hours": "无人时段 自助时间 无人值守时间",
    "walk_in": "直接进 免登记",
    "access": "开放对象 服务对象",
    "access_note": "开放说明 使用条件",
    "wheelchair": "无障碍",
    "phone": "tel telephone 电话 联系电话 联系方式",
    "how_to_find": "location 怎么找 位置说明",
    "services": "service 服务 服务项目 服务内容 设施",
    "fee": "费用 是否收费",
    "source_name": "source 来源 数据来源",
    "source_licence": "licence license 许可",
    "source_url": "url 来源网址",
    "sample": "样例",
    "verified_at": "check_date 核实时间 核实日期",
}
"""Each column and the other names it goes by; case, spaces and underscores do not matter."""

_LINES = (
    "name",
    "operator",
    "address",
    "opening_hours",
    "unattended_hours",
    "access_note",
    "phone",
    "how_to_find",
)
_LOCAL = ZoneInfo("Asia/Shanghai")  # rules and lists of this product are in Chinese time
_OSM_ID = re.compile(r"(?:osm[-_/ ])?(node|way|relation)[-_/ ](\d+)")
_YES = {"yes", "true", "1", "y", "是", "有", "可", "√"}
_NO = {"no", "false", "0", "n", "否", "无", "不可"}
_WORDS: dict[type[Enum], dict[str, Enum]] = {
    Fee: {"免费": Fee.FREE, "收费": Fee.PAID, "付费": Fee.PAID, "no": Fee.FREE, "yes": Fee.PAID},
    ServiceState: {
        "可用": ServiceState.WORKING,
        "正常": ServiceState.WORKING,
        "坏了": ServiceState.BROKEN,
        "故障": ServiceState.BROKEN,
        "停用": ServiceState.BROKEN,
    },
    Access: {
        "所有人": Access.ANYONE,
        "公众": Access.ANYONE,
        "骑手": Access.RIDERS,
        "新就业群体": Access.RIDERS,
        "户外劳动者": Access.RIDERS,
        "顾客": Access.CUSTOMERS,
    },
    Wheelchair: {"部分": Wheelchair.LIMITED},
    Answer: {},
}
_TWO_WAY = {Answer: (Answer.YES, Answer.NO), Wheelchair: (Wheelchair.YES, Wheelchair.NO)}


def fold_column(name: str) -> str:
    """A column's name without what does not matter in it."""
    return re.sub(r"[\s_]+", "", name.casefold().strip("\ufeff"))


_MEANING = {
    fold_column(said): column for column, names in COLUMNS.items() for said in (column, *names.split())
}


def meaning_of(name: str) -> str | None:
    """The column that a name stands for, None for an unknown one."""
    return _MEANING.get(fold_column(name))


def read_enum(kind: type[E], said: object) -> E:
    """A code of one of the vocabularies, in code or Chinese; raises ValueError."""
    word = str(said).strip().casefold()
    if kind in _TWO_WAY and (said is True or word in _YES):
        return _TWO_WAY[kind][0]  # type: ignore[index, return-value]
    if kind in _TWO_WAY and word in _NO:
        return _TWO_WAY[kind][1]  # type: ignore[index, return-value]
    found = _WORDS.get(kind, {}).get(word)
    return found if found else kind(word)  # type: ignore[return-value]


def read_moment(said: object) -> datetime:
    """A moment (or a day) in UTC; without a zone it is Chinese time. Raises ValueError, OverflowError."""
    moment = datetime.fromisoformat(str(said).strip().replace("/", "-"))
    return (moment if moment.tzinfo else moment.replace(tzinfo=_LOCAL)).astimezone(UTC)


def read_service(said: object) -> dict[str, Any]:
    """One service, `kind[:fee[:state]][@as_of]` or an object of these names; raises ValueError."""
    if isinstance(said, Mapping):
        parts = {name: said.get(name) for name in ("kind", "fee", "state", "as_of")}
    else:
        words, _, as_of = str(said).partition("@")
        kind, fee, state = [*words.replace("：", ":").split(":"), "", ""][:3]
        parts = {"kind": kind, "fee": fee, "state": state, "as_of": as_of}
    found = service_of(str(parts["kind"]))
    if found is None:
        raise ValueError(f"no such service: {parts['kind']}")
    return {
        "kind": found,
        "fee": read_enum(Fee, parts["fee"]) if parts["fee"] else Fee.UNKNOWN,
        "state": read_enum(ServiceState, parts["state"]) if parts["state"] else ServiceState.UNKNOWN,
        "as_of": read_moment(parts["as_of"]) if parts["as_of"] else None,
    }


def read_place(
    line: int, cells: Mapping[str, Any], options: Options, implied: "Implied | None" = None
) -> Row:
    """A row from its cells by column; empty ones (None, blank) say nothing."""
    reader = _Cells(line, {name: value for name, value in cells.items() if not _is_blank(value)})
    values = {name: text for name in _LINES if (text := reader.read(name, _line)) is not None}
    values |= {
        "lat": cells.get("lat"),
        "lon": cells.get("lon"),
        "region_code": reader.read("region_code", _line),
        "aliases": reader.read("aliases", _texts) or [],
        "kind": reader.read("kind", _kind),
        "walk_in": reader.read("walk_in", lambda said: read_enum(Answer, said)) or Answer.UNKNOWN,
        "access": reader.read("access", lambda said: read_enum(Access, said)) or Access.UNKNOWN,
        "wheelchair": reader.read("wheelchair", _wheelchair) or Wheelchair.UNKNOWN,
        "services": reader.services(implied or Implied()),
        "sample": reader.read("sample", _flag) or False,
        "verified_at": reader.read("verified_at", read_moment),
    }
    values["source"] = _source(reader, cells, options)
    return Row(line, values, reader.dropped)


class Implied:
    """What the columns of a file say without words: the services that its kind of list is about."""

    def __init__(self, names: "Mapping[str, Any] | list[str] | tuple[str, ...]" = ()) -> None:
        folded = {fold_column(name) for name in names}
        self.services: tuple[ServiceKind, ...] = ()
        if "changingtable" in folded:  # only lists of toilets have it
            self.services = (ServiceKind.TOILET,)
        elif {"fast", "slow"} <= folded:  # numbers of fast and slow chargers
            self.services = (ServiceKind.EV_CHARGING,)


class _Cells:
    """Reads cells one by one and keeps what could not be read."""

    def __init__(self, line: int, cells: Mapping[str, Any]) -> None:
        self.line, self.cells = line, cells
        self.dropped: list[Note] = []

    def read(self, name: str, read: Callable[[Any], Any]) -> Any:
        if (said := self.cells.get(name)) is None:
            return None
        try:
            return read(said)
        except (ValueError, TypeError, OverflowError) as error:
            self.drop(name, f"{error}")
            return None

    def drop(self, name: str, reason: str) -> None:
        self.dropped.append(Note(self.line, name, reason[:200], "field_dropped"))

    def services(self, implied: Implied) -> list[dict[str, Any]]:
        found: dict[ServiceKind, dict[str, Any]] = {}
        for said in self.read("services", _items) or []:
            try:
                service = read_service(said)
            except (ValueError, TypeError, OverflowError) as error:
                self.drop("services", str(error))
                continue
            found.setdefault(service["kind"], service)
        for kind in () if found else implied.services:
            found[kind] = {"kind": kind}
        fee = self.read("fee", _fee) if "fee" in self.cells else None
        if fee:
            for service in found.values():
                if service.get("fee", Fee.UNKNOWN) is Fee.UNKNOWN:
                    service["fee"] = fee
        return list(found.values())


def _is_blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _line(said: Any) -> str:
    if isinstance(said, bool) or not isinstance(said, str | int | float):
        raise ValueError("is not text")
    return re.sub(r"[\t\r\n\u2028\u2029]+", " ", str(said)).strip()


def _texts(said: Any) -> list[str]:
    return [_line(item) for item in said] if isinstance(said, list) else split_list(_line(said))


def _items(said: Any) -> list[Any]:
    return (
        said
        if isinstance(said, list)
        else [item for item in re.split("[;；、，,]", _line(said)) if item.strip()]
    )


def _kind(said: Any) -> StationKind:
    found = kind_of(str(said))
    if found is None:
        raise ValueError(f"no such kind of place: {said}")
    return found


def _flag(said: Any) -> bool:
    word = str(said).strip().casefold()
    if word not in _YES | _NO:
        raise ValueError("is neither yes nor no")
    return word in _YES


def _fee(said: Any) -> Fee:
    # A list flattened to true and false writes false for both "free" and "nobody knows".
    if isinstance(said, bool):
        return Fee.PAID if said else Fee.UNKNOWN
    return read_enum(Fee, said)


def _wheelchair(said: Any) -> Wheelchair:
    if isinstance(said, bool):
        return Wheelchair.YES if said else Wheelchair.UNKNOWN
    return read_enum(Wheelchair, said)


def _source(reader: _Cells, cells: Mapping[str, Any], options: Options) -> dict[str, Any]:
    said = reader.read("id", _line)
    name = reader.read("source_name", _line)
    osm = _OSM_ID.fullmatch(said) if said else None
    if osm and (name is None or name.casefold() in ("osm", "openstreetmap")):
        source = osm_source(f"{osm[1]}/{osm[2]}", options)
    else:
        source = {
            "name": options.source or name or options.stem,
            # An id that cannot be read is no reason to make one up.
            "external_id": said if "id" in reader.cells else made_id(cells),
            "licence": options.licence,
            "url": None,
        }
    licence, url = reader.read("source_licence", _line), reader.read("source_url", _line)
    return source | ({"licence": licence} if licence else {}) | ({"url": url} if url else {})


def made_id(cells: Mapping[str, Any]) -> str:
    """An identity for a row without one: the same name at the same position is the same place."""
    what = "|".join(str(cells.get(name)) for name in ("name", "lat", "lon"))
    return f"made-{blake2b(what.encode('utf-8', 'replace'), digest_size=8).hexdigest()}"
