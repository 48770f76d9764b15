"""From a publisher's columns to observations, with a reason for every absence."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkpeil.domain.indicator import (
    Column,
    Direction,
    Form,
    GapScale,
    Indicator,
    Kind,
    Nature,
    Review,
    SourceColumns,
    Unit,
)
from wijkpeil.domain.period import Moment
from wijkpeil.domain.policy import LookAlikes, Policy
from wijkpeil.domain.source import Source, Table
from wijkpeil.sources.cbs import FORMS
from wijkpeil.sources.code_list import code_list, unknown_areas
from wijkpeil.sources.harmonise import changed_meaning, medians_of, observations
from wijkpeil.sources.parsed import ParsedTable, parsed_table

TABLE = Table(id="t", year=2020, vintage=2020, files=(), form="kaart_dbf")
SHARE = Column(name="p", form=Form.PERCENT)


def indicator(spec: Column | dict[int, Column] = SHARE, *, id_: str = "aandeel", **more: object) -> Indicator:
    columns = spec if isinstance(spec, dict) else {2020: spec}
    plain = Indicator(
        id=id_,
        theme="wonen",
        label=id_.capitalize(),
        label_en="",
        unit=Unit.PERCENT,
        direction=Direction.CONTEXT,
        kind=Kind.PROPORTION,
        nature=Nature.MEASURED,
        base="persons",
        moment=Moment.FIRST_OF_JANUARY,
        decimals=1,
        materiality=None,
        gap_scale=GapScale.ABSOLUTE,
        sources=(SourceColumns(source="s", columns=columns),),
        question="",
        not_for="",
        definition="",
        minimum_base=None,
        price_year=None,
        review=Review(author="", checked_by="", review_due=date(2030, 1, 1)),
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def policy(*indicators: Indicator, tables: tuple[Table, ...] = (TABLE,)) -> Policy:
    source = Source(
        id="s",
        label="",
        publisher="",
        licence="",
        attribution="",
        landing_page="",
        cadence="",
        note="",
        tables=tables,
    )
    return Policy(
        name="",
        fictional=False,
        country="NL00",
        map_year=2020,
        apportioned_limit=0.25,
        default_programme="p",
        themes=(),
        indicators=indicators,
        sources=(source,),
        programmes=(),
        bases=(),
        groups=(),
        look_alikes=LookAlikes(characteristics=(), number=1, caliper=1.0, minimum_population=1, note=""),
        disclosure=(),
        checked_on=date(2026, 1, 1),
    )


def parsed(table: Table = TABLE, **columns: list[object]) -> ParsedTable:
    height = len(next(iter(columns.values())))
    areas = [f"WK0599{at:02d}" for at in range(height)]
    frame = pl.DataFrame({"area": areas, **columns}, strict=False)
    lines = pl.Series("line", range(6, 6 + height), dtype=pl.UInt32)
    return parsed_table(frame, source=policy().source["s"], table=table, file="kwb.csv", lines=lines)


def made(table: ParsedTable, *indicators: Indicator) -> list[tuple[float | None, str]]:
    """Give value and status of each observation."""
    found, _ = observations(table, policy(*indicators))
    return found.select("value", "status").rows()


@pytest.mark.parametrize(
    ("form", "written", "value"),
    [
        (Form.VALUE, "2,2", 2.2),
        (Form.PERCENT, "17", 0.17),
        (Form.FRACTION, "0,17", 0.17),
        (Form.PER_1000, "13", 0.013),
        (Form.THOUSANDS, "21,4", 21400.0),
    ],
)
def test_every_way_of_writing_comes_to_the_units_of_a_frame(form: Form, written: str, value: float) -> None:
    (found,) = made(parsed(p=[written]), indicator(Column(name="p", form=form), kind=Kind.MEAN))
    assert found == (pytest.approx(value), "final")


def test_a_number_over_its_base_is_a_share_with_that_base() -> None:
    spec = Column(name="kinderen", form=Form.NUMERATOR, base="inwoners", rounded_to=5)
    found, complaints = observations(parsed(kinderen=["2240"], inwoners=["12310"]), policy(indicator(spec)))
    assert complaints == ()
    assert found.row(0, named=True) == {
        "area": "WK059900",
        "vintage": 2020,
        "indicator": "aandeel",
        "period": 2020,
        "value": pytest.approx(2240 / 12310),
        "base": 12310.0,
        "se": None,
        "rounded_to": 5,
        "status": "final",
        "source": "s:t",
    }


def test_a_share_of_nobody_is_not_applicable_and_of_an_unknown_number_is_missing() -> None:
    spec = Column(name="n", form=Form.NUMERATOR, base="van")
    found = made(parsed(n=["0", "5", "5"], van=["0", ".", "x"]), indicator(spec))
    assert found == [(None, "not_applicable"), (None, "missing"), (None, "suppressed_by_source")]


def test_a_reported_zero_that_was_rounded_is_less_than_half_a_unit() -> None:
    spec = Column(name="n", form=Form.NUMERATOR, base="van", rounded_to=10)
    assert made(parsed(n=["0", "10"], van=["200", "200"]), indicator(spec)) == [
        (0.0, "below_half_unit"),
        (0.05, "final"),
    ]


def test_a_reported_zero_that_was_not_rounded_is_zero() -> None:
    assert made(parsed(p=["0"]), indicator()) == [(0.0, "final")]


def test_absence_is_never_zero_and_keeps_its_reason() -> None:
    found = made(parsed(p=[".", "x", "n.v.t.", "5"]), indicator())
    assert found == [(None, "missing"), (None, "suppressed_by_source"), (None, "not_applicable"), (0.05, "final")]


def test_a_column_that_is_all_empty_is_not_there_yet() -> None:
    assert made(parsed(p=[".", ".", ""]), indicator()) == [(None, "not_yet")] * 3


def test_a_column_that_is_all_secret_is_not_an_early_release() -> None:
    assert made(parsed(p=["x", "."]), indicator()) == [(None, "suppressed_by_source"), (None, "missing")]


def test_a_column_that_cannot_be_read_is_not_an_early_release() -> None:
    assert made(parsed(p=["jan-12", "."]), indicator()) == [(None, "missing")] * 2


def test_a_modelled_figure_says_so_before_it_says_provisional() -> None:
    early = replace(TABLE, provisional=True)
    assert made(parsed(early, p=["5"]), indicator()) == [(0.05, "provisional")]
    assert made(parsed(early, p=["5"]), indicator(nature=Nature.MODELLED)) == [(0.05, "modelled")]


def test_a_standard_error_comes_in_the_unit_of_its_value() -> None:
    spec = Column(name="p", form=Form.PERCENT, error="fout")
    found, _ = observations(parsed(p=["50", "."], fout=["2,5", "1"]), policy(indicator(spec)))
    assert found["se"].to_list() == [0.025, None]


def test_a_percentage_over_100_is_named_with_file_row_and_column_and_the_rest_goes_in() -> None:
    shares = ["50"] * 30 + ["107"]
    found, complaints = observations(parsed(p=shares), policy(indicator()))
    assert [str(complaint) for complaint in complaints] == [
        "kwb.csv, rij 36, WK059930, kolom p: Een aandeel ligt tussen 0 en 100 procent; deze cel is weggelaten."
        " (hier staat: 107)"
    ]
    assert found["value"].null_count() == 1
    assert found.height == 31


def test_a_column_of_percentages_that_holds_counts_is_left_out_as_a_whole() -> None:
    found, (complaint,) = observations(parsed(p=["2240", "560", "35", "103422"]), policy(indicator()))
    assert "betekent iets anders" in complaint.sentence
    assert complaint.place == "kolom p"
    assert found["value"].null_count() == 4


def test_a_share_that_passes_one_by_rounding_is_one() -> None:
    spec = Column(name="n", form=Form.NUMERATOR, base="van", rounded_to=5)
    found, complaints = observations(parsed(n=["15", "400"], van=["10", "500"]), policy(indicator(spec)))
    assert found["value"].to_list() == [1.0, 0.8]
    assert complaints == ()


def test_a_negative_count_cannot_be() -> None:
    counted = indicator(Column(name="n", form=Form.VALUE), kind=Kind.COUNT)
    found, (complaint,) = observations(parsed(n=["-3", "4"]), policy(counted))
    assert found["value"].to_list() == [None, 4.0]
    assert "kleiner dan nul" in complaint.sentence


def test_an_average_may_be_negative() -> None:
    assert made(parsed(n=["-3"]), indicator(Column(name="n", form=Form.VALUE), kind=Kind.MEAN)) == [(-3.0, "final")]


def test_a_number_that_became_a_date_is_a_complaint_and_has_no_value() -> None:
    found, (complaint,) = observations(parsed(p=["jan-12", "5"]), policy(indicator()))
    assert found["status"].to_list() == ["missing", "final"]
    assert "datum" in complaint.sentence
    assert complaint.place == "rij 6, WK059900, kolom p"


def test_many_faults_in_one_column_are_counted_after_the_first_five() -> None:
    _, complaints = observations(parsed(p=["fout"] * 20 + ["5"]), policy(indicator()))
    assert len(complaints) == 6
    assert complaints[-1].sentence == "Hetzelfde geldt voor nog 15 cellen in deze kolom."


def test_an_absent_column_names_its_indicators_and_those_that_look_like_it() -> None:
    spec = Column(name="AantalInwoners_6", form=Form.VALUE)
    found, (complaint,) = observations(parsed(AantalInwoners_5=["3"]), policy(indicator(spec)))
    assert found.is_empty()
    assert complaint.sentence == (
        "De kolom 'AantalInwoners_6' ontbreekt, en daarmee Aandeel. Lijkt op: AantalInwoners_5."
    )


def test_a_column_may_stand_in_another_table_of_the_same_year() -> None:
    other = replace(TABLE, id="u")
    rules = policy(indicator(Column(name="elders", form=Form.VALUE)), tables=(TABLE, other))
    assert observations(parsed(p=["3"]), rules)[1] == ()


def test_a_number_without_its_base_column_is_no_share() -> None:
    spec = Column(name="p", form=Form.NUMERATOR, base="weg")
    found, (complaint,) = observations(parsed(p=["3"]), policy(indicator(spec)))
    assert found.is_empty()
    assert "'weg' ontbreekt" in complaint.sentence


def test_a_column_is_found_by_its_topic_path_or_by_the_end_of_it() -> None:
    for name in ("Wonen|Woningvoorraad", "Wonen | Woningvoorraad", "||Woningvoorraad", "Woningvoorraad"):
        counted = indicator(Column(name=name, form=Form.VALUE), kind=Kind.COUNT)
        assert made(parsed(**{"Wonen | Woningvoorraad": ["3"]}), counted) == [(3.0, "final")]


def test_the_end_of_a_path_that_two_columns_share_finds_neither() -> None:
    counted = indicator(Column(name="Appartement", form=Form.VALUE), kind=Kind.COUNT)
    found, complaints = observations(
        parsed(**{"Gas | Appartement": ["3"], "Stroom | Appartement": ["4"]}), policy(counted)
    )
    assert found.is_empty()
    assert len(complaints) == 1


def test_each_period_has_its_own_column_and_way_of_writing() -> None:
    columns = {2014: SHARE, 2018: Column(name="n", form=Form.NUMERATOR, base="van")}
    table = replace(TABLE, year=None)
    frame = pl.DataFrame(
        {
            "area": ["WK059900"] * 2,
            "period": [2014, 2018],
            "p": ["20", "99"],
            "n": [".", "30"],
            "van": ["100", "100"],
        }
    )
    both = parsed_table(frame, source=policy().source["s"], table=table, file="kwb.csv")
    found, _ = observations(both, policy(indicator(columns), tables=(table,)))
    assert found.select("period", "value").rows() == [(2014, 0.2), (2018, 0.3)]


def test_a_median_fifty_times_that_of_other_years_is_a_change_of_meaning() -> None:
    mean = indicator({year: Column(name="p", form=Form.VALUE) for year in (2019, 2020)}, kind=Kind.MEAN)
    years = [
        observations(parsed(replace(TABLE, year=year), p=[str(figure)] * 12), policy(mean))[0]
        for year, figure in ((2019, 21.4), (2020, 21400))
    ]
    complaints = changed_meaning(map(medians_of, years), policy(mean))
    assert [complaint.place for complaint in complaints] == ["Aandeel, 2019", "Aandeel, 2020"]


def test_counts_of_wide_and_narrow_areas_are_no_change_of_meaning() -> None:
    counted = indicator({year: Column(name="p", form=Form.VALUE) for year in (2019, 2020)}, kind=Kind.COUNT)
    years = [
        observations(parsed(replace(TABLE, year=year), p=[str(figure)] * 12), policy(counted))[0]
        for year, figure in ((2019, 800), (2020, 60000))
    ]
    assert changed_meaning(map(medians_of, years), policy(counted)) == ()


def test_a_code_that_its_map_year_does_not_have_is_named() -> None:
    listed = Table(id="c", year=None, vintage=2020, files=(), form="codes_csv")
    codes = b"statcode,statnaam\nWK059900,Centrum\nWK059901,Delfshaven\n"
    source = policy().source["s"]
    known = code_list(FORMS["codes_csv"](codes, source=source, table=listed, file="c.csv"), listed)
    assert known is not None
    complaints = unknown_areas(parsed(p=["1", "2", "3"]), known)
    assert [complaint.found for complaint in complaints] == ["WK059902"]


def test_a_list_of_one_city_calls_no_other_city_unknown() -> None:
    listed = Table(id="c", year=None, vintage=2020, files=(), form="codes_csv")
    codes = b"statcode,statnaam\nGM0344,Utrecht\nWK034401,West\n"
    source = policy().source["s"]
    known = code_list(FORMS["codes_csv"](codes, source=source, table=listed, file="c.csv"), listed)
    assert known is not None
    assert unknown_areas(parsed(p=["1"]), known) == ()
    city = pl.DataFrame({"area": ["GM0599"]})
    assert unknown_areas(parsed_table(city, source=source, table=TABLE, file="kwb.csv"), known) == ()


@settings(deadline=None, max_examples=50)
@given(
    st.lists(
        st.one_of(st.sampled_from([".", "x", "", "jan-12", "abc", "-", "n.v.t."]), st.integers(-50, 300).map(str)),
        min_size=1,
        max_size=40,
    ),
    st.sampled_from([5, None]),
)
def test_every_cell_becomes_a_good_value_or_a_reason(cells: list[str], rounded: int | None) -> None:
    share = indicator(replace(SHARE, rounded_to=rounded))
    found, _ = observations(parsed(p=list(cells)), policy(share))
    assert found.height == len(cells)
    values = found["value"].drop_nulls()
    assert values.is_between(0, 1).all()
    for cell, value in zip(cells, found["value"], strict=True):
        if value is not None:
            assert value == pytest.approx(float("0" if cell == "-" else cell) / 100)


@pytest.mark.real
def test_children_of_rotterdam_are_one_series_in_two_ways_of_writing(shared: Path) -> None:
    """17 per cent of 618,355 in 2014; 103,422 of 638,712 in 2018 is 16.19 per cent (by hand)."""
    columns = {
        2014: Column(name="0 tot 15 jaar", form=Form.PERCENT, base="Aantal inwoners"),
        2018: Column(name="0 tot 15 jaar", form=Form.NUMERATOR, base="Aantal inwoners", rounded_to=5),
    }
    assert rotterdam(shared, 2014, indicator(columns)) == (0.17, 618355.0, "final")
    value, base, status = rotterdam(shared, 2018, indicator(columns))
    assert (round(value, 4), base, status) == (0.1619, 638712.0, "final")


@pytest.mark.real
def test_counts_taken_for_percentages_are_found_out(shared: Path) -> None:
    """Who reads 2018 as 2014 gets no figure of it, and one complaint about the column."""
    wrong = indicator({2018: Column(name="0 tot 15 jaar", form=Form.PERCENT)})
    read = rotterdam_table(shared, 2018)
    found, (complaint,) = observations(read, policy(wrong, tables=(replace(TABLE, year=2018),)))
    assert found["value"].null_count() == found.height == 115
    assert "betekent iets anders" in complaint.sentence


@pytest.mark.real
def test_income_of_2018_is_not_there_yet(shared: Path) -> None:
    income = indicator({2018: Column(name="Gemiddeld inkomen per inwoner", form=Form.THOUSANDS)}, kind=Kind.MEAN)
    assert rotterdam(shared, 2018, income) == (None, None, "not_yet")


@pytest.mark.real
def test_45_per_cent_of_the_buurten_of_2020_report_no_bijstand_after_rounding(shared: Path) -> None:
    """5,523 of the 12,310 buurten with a figure (domain.md 7.1): less than half a unit, which is not none."""
    path = shared / "data/kwb/kwb2020_84799NED_TypedDataSet.parquet"
    table = replace(TABLE, form="odata_typed_parquet")
    benefit = Column(name="PersonenPerSoortUitkeringBijstand_83", form=Form.VALUE, rounded_to=10)
    read = FORMS[table.form](path.read_bytes(), source=policy().source["s"], table=table, file=path.name)
    found, _ = observations(read, policy(indicator(benefit, kind=Kind.COUNT)))
    buurten = found.filter(pl.col("area").str.starts_with("BU"))
    assert (buurten["status"] == "below_half_unit").sum() == 5523
    assert buurten["value"].is_not_null().sum() == 12310


def rotterdam_table(shared: Path, year: int) -> ParsedTable:
    path = shared / f"data/kwb/kwb{year}_rotterdam_statline.csv"
    table = replace(TABLE, year=year, form="statline_csv")
    parse: Callable[..., ParsedTable] = FORMS[table.form]
    return parse(path.read_bytes(), source=policy().source["s"], table=table, file=path.name)


def rotterdam(shared: Path, year: int, asked: Indicator) -> tuple[float, float, str]:
    """Give value, base and status of the city."""
    found, _ = observations(rotterdam_table(shared, year), policy(asked, tables=(replace(TABLE, year=year),)))
    return found.filter(pl.col("area") == "GM0599").select("value", "base", "status").row(0)
