"""Every column that the policy names stands in the real file, under exactly that name."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from wijkpeil.domain.indicator import Column, Kind
from wijkpeil.domain.policy import Policy
from wijkpeil.sources.folder import look_through
from wijkpeil.sources.harmonise import changed_meaning, medians_of
from wijkpeil.sources.parsed import ParsedTable

pytestmark = pytest.mark.real


def asked_of(table: ParsedTable, country: Policy) -> Iterator[Column]:
    """Give the columns of every indicator for the periods that this table holds."""
    periods = set(table.frame["period"].unique())
    for indicator in country.indicators:
        for source in indicator.sources:
            if source.source == table.source:
                yield from (column for year, column in source.columns.items() if year in periods)


def test_every_named_column_stands_in_the_real_file(files: list[Any], country: Policy) -> None:
    absent = {
        (file.table.file, name)
        for file in files
        for column in asked_of(file.table, country)
        for name in (column.name, column.base, column.error)
        if name is not None and name not in file.table.columns
    }
    assert absent == set()


def test_every_column_that_describes_areas_stands_in_the_real_file(files: list[Any]) -> None:
    described = {(file.table.file, name) for file in files for name in file.declared.code_list.values()}
    there = {(file.table.file, name) for file in files for name in file.table.columns}
    assert described - there == set()


def test_every_year_that_an_indicator_promises_has_a_figure_in_some_file(
    observed: pl.DataFrame, country: Policy
) -> None:
    """An early release has empty columns; there another source of that year must keep the promise."""
    filled = set(observed.drop_nulls("value").select("indicator", "period").unique().iter_rows())
    promised = {(i.id, year) for i in country.indicators for source in i.sources for year in source.columns}
    assert promised - filled == set()


def test_no_file_gives_a_complaint_about_its_columns_or_shares(files: list[Any]) -> None:
    assert [str(complaint) for file in files for complaint in file.complaints] == []


def test_no_column_means_something_else_in_another_year(observed: pl.DataFrame, country: Policy) -> None:
    assert [str(complaint) for complaint in changed_meaning([medians_of(observed)], country)] == []


def test_every_table_without_an_address_has_its_file(shared: Path, country: Policy) -> None:
    found = look_through(shared / "data", country)
    assert {(source.id, table.id) for source, table in found.without_file if table.address is None} == set()
    assert [str(complaint) for complaint in found.complaints] == []


def test_shares_lie_between_nothing_and_all(observed: pl.DataFrame, country: Policy) -> None:
    shares = [indicator.id for indicator in country.indicators if indicator.kind is Kind.PROPORTION]
    values = observed.filter(pl.col("indicator").is_in(shares))["value"].drop_nulls()
    assert values.len() > 1_000_000
    assert values.is_between(0, 1).all()


def test_the_score_of_leefbaarometer_3_is_the_sum_of_its_dimensions(observed: pl.DataFrame) -> None:
    """``afw = won + fys + vrz + soc + onv``: so a higher ``onv`` is better, whatever its name says."""
    parts = ["woningvoorraad", "fysieke_omgeving", "voorzieningen", "sociale_samenhang", "overlast_onveiligheid"]
    scores = (
        observed.filter(pl.col("source") == "leefbaarometer3:lbm3-buurt-2024")
        .pivot("indicator", index="area", values="value")
        .with_columns(summed=pl.sum_horizontal(f"leefbaarometer3_{part}" for part in parts))
    )
    assert scores.height == 12147
    assert (scores["leefbaarometer3_score"] - scores["summed"]).abs().max() < 1e-5


def test_every_column_of_the_table_of_2017_is_the_subject_that_it_is_taken_for(shared: Path, country: Policy) -> None:
    """Version 4 names columns by code: each is held against the list of subjects of the real table.

    The export of Rotterdam of the same year names the same subject in words.
    """
    listed = pl.read_parquet(shared / "data/odata_samples/v4_83765NED/cbs.v4.83765NED_MeasureCodes.parquet")
    titles = {code: " ".join(title.split()) for code, title in listed.select("Identifier", "Title").iter_rows()}
    checked = 0
    for indicator in country.indicators:
        columns = {source.source: source.columns.get(2017) for source in indicator.sources}
        by_code, in_words = columns.get("cbs_kwb_odata_v4"), columns.get("cbs_kwb_statline")
        if by_code is not None:
            assert in_words is not None, indicator.id
            assert titles[by_code.name] == in_words.name, indicator.id
            assert by_code.form == in_words.form, indicator.id
            assert (titles.get(by_code.base or "")) == in_words.base, indicator.id
            checked += 1
    assert checked >= 35
