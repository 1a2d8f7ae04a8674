"""Cells and lists of CSV files go out and come back."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kit.cells import escape_cell, join_list, split_list, unescape_cell


@pytest.mark.parametrize("text", ["=1+1", "+86 557", "-1", "@SUM(A1)", "＝1", "'=1"])
def test_what_a_spreadsheet_would_run_begins_with_a_quote(text: str) -> None:
    assert escape_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["驿站", "3号楼", "", " =x"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert escape_cell(text) == text


@given(st.text())
def test_every_text_comes_back(text: str) -> None:
    assert unescape_cell(escape_cell(text)) == text


@given(st.text(alphabet=st.sampled_from("'=+-@\",;\n\\驿")))
def test_every_text_comes_back_through_a_csv(text: str) -> None:
    out = io.StringIO()
    csv.writer(out).writerow([escape_cell(text), "x"])
    [row] = csv.reader(io.StringIO(out.getvalue(), newline=""))
    assert unescape_cell(row[0]) == text


@given(st.lists(st.text(min_size=1).map(str.strip).filter(bool)))
def test_every_list_comes_back(items: list[str]) -> None:
    assert split_list(join_list(items)) == items


def test_lists_as_people_write_them_are_split() -> None:
    assert split_list("饮水；热饭、 厕所; ") == ["饮水", "热饭", "厕所"]
