"""Leefbaarometer 2 (classes, scores, changes) and 3."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from wijkpeil.domain.complaint import FaultsFound
from wijkpeil.domain.source import Source, Table
from wijkpeil.sources.leefbaarometer import FORMS
from wijkpeil.sources.parsed import ParsedTable

SOURCE = Source(
    id="lbm", label="", publisher="", licence="", attribution="", landing_page="", cadence="", note="", tables=()
)
RowsByHand = Callable[..., list[dict[str, str]]]


def read(form: str, data: bytes) -> ParsedTable:
    table = Table(id="lbm", year=None, vintage=2016, files=(), form=form)
    return FORMS[form](data, source=SOURCE, table=table, file="lbm.xlsx")


def figure(parsed: ParsedTable, area: str, period: int, column: str) -> float | None:
    (row,) = [row for row in parsed.frame.iter_rows(named=True) if (row["area"], row["period"]) == (area, period)]
    value = row[column]
    assert value is None or isinstance(value, int | float)
    return value


@pytest.mark.real
def test_classes_are_those_of_the_raw_file(shared: Path, rows_by_hand: RowsByHand) -> None:
    """Schilderswijk is row 1376: KL02 = 1, KL08 = 2, KL16 = 2, VKL0216 = 4. Rotterdam as a gemeente: KL02 = 4."""
    path = shared / "data/leefbaarometer/lbm2_klasse_wijk_2002-2008-2012-2014-2016.xlsx"
    (by_hand,) = rows_by_hand(path, "WK051829")
    assert [by_hand[name] for name in ("KL02", "KL08", "KL16", "VKL0216", "row")] == ["1", "2", "2", "4", "1376"]
    parsed = read("lbm2_klasse_xlsx", path.read_bytes())
    assert [figure(parsed, "WK051829", year, "KL") for year in (2002, 2008, 2016)] == [1, 2, 2]
    assert figure(parsed, "WK051829", 2016, "VKL2002") == 4
    assert parsed.frame.height == 2981 * 5 and parsed.complaints == ()
    gemeenten = path.with_name(path.name.replace("wijk", "gemeente"))
    (rotterdam,) = rows_by_hand(gemeenten, "GM0599")
    assert rotterdam["KL02"] == "4"
    assert figure(read("lbm2_klasse_xlsx", gemeenten.read_bytes()), "GM0599", 2002, "KL") == 4


@pytest.mark.real
def test_scores_are_those_of_the_raw_file_and_empty_rows_stay_missing(shared: Path, rows_by_hand: RowsByHand) -> None:
    """Schilderswijk 2012 is row 4103: RLBRMTR = -0.678527871730586; WK001809 has no score in any year (row 116)."""
    path = shared / "data/leefbaarometer/lbm2_dimensiescore_wijk_stand_2012-2014-2016.xlsx"
    by_hand = rows_by_hand(path, "WK051829")
    assert [(row["JAAR"], row["row"]) for row in by_hand] == [("2012", "4103"), ("2014", "4104"), ("2016", "4105")]
    parsed = read("lbm2_score_xlsx", path.read_bytes())
    for row in by_hand:
        for column in ("RLBRMTR", "RLBVEI"):
            assert figure(parsed, "WK051829", int(row["JAAR"]), column) == pytest.approx(float(row[column]), abs=1e-14)
    assert figure(parsed, "WK051829", 2012, "RLBRMTR") == pytest.approx(-0.678527871730586, abs=1e-14)
    assert figure(parsed, "WK001809", 2012, "RLBRMTR") is None
    assert parsed.frame.height == 8886 and parsed.frame["RLBRMTR"].null_count() == 403


@pytest.mark.real
def test_changes_stand_at_their_end_year_under_their_start_year(shared: Path, rows_by_hand: RowsByHand) -> None:
    """Schilderswijk: 2012-2016 is row 4104, DLBRMTR = 0.0187286527292212; 2014-2016 is row 4105."""
    path = shared / "data/leefbaarometer/lbm2_dimensiescore_wijk_ontwikkeling_2012-2016.xlsx"
    parsed = read("lbm2_score_xlsx", path.read_bytes())
    for row in rows_by_hand(path, "WK051829"):
        found = figure(parsed, "WK051829", int(row["EINDE"]), f"DLBRMTR{row['BEGIN']}")
        assert found == pytest.approx(float(row["DLBRMTR"]), abs=1e-14)
    assert figure(parsed, "WK051829", 2016, "DLBRMTR2012") == pytest.approx(0.0187286527292212, abs=1e-14)
    assert figure(parsed, "WK051829", 2014, "DLBRMTR2014") is None
    assert sorted(set(parsed.frame["period"])) == [2014, 2016]


@pytest.mark.real
@pytest.mark.parametrize(
    ("file", "code", "year", "column", "value"),
    [
        # line 7795: BU05182811,Kortenbos,'s-Gravenhage,2024,8,7,0.128183,...
        ("lbm3_scores_buurten_2024.csv", "BU05182811", 2024, "afw", 0.128183),
        # line 166: GM0599,Rotterdam,Rotterdam,2024,6,3,-0.0800643,...
        ("lbm3_scores_gemeenten_2024.csv", "GM0599", 2024, "afw", -0.0800643),
        # line 18: 35,WK036205,Uilenstede - Kronenburg,2014,3.732543433486889,...
        ("lbm3_scores_wijken_amstelveen_2014-2022.csv", "WK036205", 2014, "lbm", 3.732543433486889),
    ],
)
def test_version_3_is_read_as_it_stands(
    shared: Path, file: str, code: str, year: int, column: str, value: float
) -> None:
    path = shared / "data/leefbaarometer" / file
    with path.open(newline="") as lines:
        by_hand = [row for row in csv.DictReader(lines) if code in row.values() and str(year) in row.values()]
    assert [float(row[column]) for row in by_hand] == [value]
    parsed = read("lbm3_csv", path.read_bytes())
    assert figure(parsed, code, year, column) == value
    assert parsed.complaints == () and "1" not in parsed.columns


def test_a_change_class_never_stands_at_another_year_than_its_end(workbook: Callable[..., bytes]) -> None:
    data = workbook([["WK_CODE", "KL02", "KL16", "VKL0216"], ["WK059901", 3.0, 4.0, 5.0]])
    assert read("lbm2_klasse_xlsx", data).frame.rows() == [
        ("WK059901", None, 2002, 3.0, None),
        ("WK059901", None, 2016, 4.0, 5.0),
    ]


def test_a_workbook_without_classes_is_refused(workbook: Callable[..., bytes]) -> None:
    with pytest.raises(FaultsFound, match="geen kolom KL02"):
        read("lbm2_klasse_xlsx", workbook([["WK_CODE", "score"], ["WK059901", 3.0]]))
    with pytest.raises(FaultsFound, match="gebiedscodes in rij 1"):
        read("lbm2_score_xlsx", workbook([["wijk", "JAAR"], ["WK059901", 2012.0]]))


def test_without_a_column_for_the_year_the_year_of_the_table_holds() -> None:
    table = Table(id="lbm3", year=2024, vintage=2024, files=(), form="lbm3_csv")
    parsed = FORMS["lbm3_csv"](b"FID,id,afw\nx,GM0599,-0.08\n", source=SOURCE, table=table, file="lbm3.csv")
    assert parsed.frame.rows() == [("GM0599", None, 2024, "x", -0.08)]
    with pytest.raises(FaultsFound, match="year of jaar"):
        read("lbm3_csv", b"id,afw\nGM0599,-0.08\n")


def test_a_csv_of_another_table_is_refused() -> None:
    with pytest.raises(FaultsFound, match="geen tabel van de Leefbaarometer 3"):
        read("lbm3_csv", b"a,b\n1,2\n")
