"""The city's divisions: loaded whole, the same again changes nothing, bad lists are refused."""

from collections import Counter
from collections.abc import Iterator

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import col, select

from app.core.db import make_engine, read_session, write_session
from app.core.revisions import current
from app.core.settings import Settings
from app.regions.models import Level, Region
from app.regions.service import (
    SUBJECT,
    BadDivisions,
    codes,
    has_regions,
    load_divisions,
    read_divisions,
    save_regions,
)


@pytest.fixture
def store(settings: Settings) -> Iterator[Engine]:
    engine = make_engine(settings)
    yield engine
    engine.dispose()


def test_every_division_of_the_city_is_loaded_once(store: Engine) -> None:
    with write_session(store) as session:
        assert not has_regions(session)
        assert load_divisions(session, "341300") == (1488, 0, 0)
    with write_session(store) as session:
        assert load_divisions(session, "341300") == (0, 0, 1488)
    with read_session(store) as session:
        assert current(session, SUBJECT) == 1
        assert has_regions(session)
        assert len(codes(session)) == 1488
        levels = Counter(session.exec(select(Region.level)))
    assert levels == {
        Level.CITY: 1,
        Level.DISTRICT: 7,
        Level.STREET: 122,
        Level.COMMUNITY: 230,
        Level.VILLAGE: 1128,
    }


def test_regions_know_their_parent_their_initials_and_where_outlined_their_middle(store: Engine) -> None:
    with write_session(store) as session:
        load_divisions(session, "341300")
    with read_session(store) as session:
        found = {code: session.get_one(Region, code) for code in ("341300", "341302", "341302007", "341371")}
        outlined = session.exec(select(Region.code).where(col(Region.lat).is_not(None))).all()
    assert [region.initials for region in found.values()][:3] == ["szs", "yqq", "xgjd"]
    assert found["341302007"].parent_code == "341302"
    assert found["341300"].parent_code is None
    assert (found["341300"].lat, found["341300"].lon) == (33.6479, 116.959)
    assert sorted(outlined) == ["341300", "341302", "341321", "341322", "341323", "341324"]


def test_a_renamed_region_is_updated(store: Engine) -> None:
    with write_session(store) as session:
        load_divisions(session, "341300")
        text = "code,name,level,parent_code\n341300,宿州市,city,340000\n341302,新区,district,341300\n"
        assert save_regions(session, read_divisions(text)) == (0, 1, 1)
        assert session.get_one(Region, "341302").initials == "xq"


def test_a_city_without_a_list_gets_none(store: Engine) -> None:
    with write_session(store) as session:
        assert load_divisions(session, "110000") == (0, 0, 0)
        assert not has_regions(session)


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ("341302,埇桥区,district,341300", "does not come before"),
        ("341300,宿州市,planet,", "is no level"),
        ("3413,宿州市,city,", "line 2"),
        ("３４１３００,宿州市,city,", "line 2"),
        ("341300,,city,", "line 2"),
    ],
)
def test_a_bad_list_is_refused_with_its_line(rows: str, why: str) -> None:
    with pytest.raises(BadDivisions, match=why):
        read_divisions(f"code,name,level,parent_code\n{rows}\n")


def test_a_list_without_its_columns_is_refused() -> None:
    with pytest.raises(BadDivisions, match="first line"):
        read_divisions("code,name\n1,2\n")
