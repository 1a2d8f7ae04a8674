"""Places are found by names, aliases and initials, by one character or many, on both databases."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.engine import Engine

from app.core.db import read_session, write_session
from app.kit.pinyin import initials
from app.stations.models import Station, StationKind
from app.stations.schemas import SourceIn, StationIn
from app.stations.terms import fold, grams, matching, search_text
from app.stations.writing import save_stations

NAMES = {
    "西关街道工会驿站": ["西关"],
    "东关党群服务中心": [],
    "Café 100% Eco_Friendly": ["ＡＢＣ咖啡"],
    "银河二路换电站": [],
    "砀山梨花公厕": [],
}


@pytest.fixture
def filled(store: Engine) -> Engine:
    places = [
        StationIn(
            name=name,
            aliases=aliases,
            kind=StationKind.OTHER,
            lat=1,
            lon=1,
            source=SourceIn(name="t", external_id=name),
        )
        for name, aliases in NAMES.items()
    ]
    with write_session(store) as session:
        save_stations(session, places, at=datetime(2026, 11, 24, tzinfo=UTC))
    return store


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("西关", {"西关街道工会驿站"}),
        ("关", {"西关街道工会驿站", "东关党群服务中心"}),
        ("工会驿站", {"西关街道工会驿站"}),
        ("驿站 西关", {"西关街道工会驿站"}),
        ("西会", set()),
        ("xgjd", {"西关街道工会驿站"}),
        ("dq", {"东关党群服务中心"}),
        ("DSLH", {"砀山梨花公厕"}),
        ("abc", {"Café 100% Eco_Friendly"}),
        ("CAFÉ", {"Café 100% Eco_Friendly"}),
        ("0%", {"Café 100% Eco_Friendly"}),
        ("1%", set()),
        ("o_f", {"Café 100% Eco_Friendly"}),
        ("o.f", set()),
        ("银河二路换电站银河二路换电站", set()),
        ("银河二路换电站", {"银河二路换电站"}),
        ("没有这样的地方", set()),
        ("   ", set()),
        ("\\", set()),
    ],
)
def test_a_place_is_found_by_every_word_of_the_question(
    filled: Engine, question: str, found: set[str]
) -> None:
    with read_session(filled) as session:
        ids = session.scalars(matching(question)).all()
        names = {session.get_one(Station, station_id).name for station_id in ids}
    assert names == found


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("西关街道", "xgjd"),
        ("埇桥区", "yqq"),
        ("砀山县", "dsx"),
        ("萧县", "xx"),
        ("灵璧县", "lbx"),
        ("泗县", "sx"),
        ("宿州", "sz"),
        ("大泽乡", "dzx"),
        ("蕲县镇", "qxz"),
        ("银行", "yh"),
        ("朝阳路", "cyl"),
        ("Ａ座３号楼", "az3hl"),
        ("Monaco", ""),
    ],
)
def test_initials_follow_local_readings(name: str, expected: str) -> None:
    assert initials(name) == expected


@given(st.text(max_size=40))
def test_every_piece_of_a_name_is_among_its_grams(name: str) -> None:
    text = search_text(name, [])
    assert all(len(gram) in (1, 2) and gram in text for gram in grams(text))
    assert not name or not fold(name) or fold(name) in text


def test_the_search_text_stays_within_its_column() -> None:
    assert len(search_text("长" * 200, ["很长的名字" * 40 + str(i) for i in range(20)])) <= 2000
