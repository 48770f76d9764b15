"""A folder of files as a user keeps it."""

from datetime import date
from pathlib import Path

import pytest

from wijkpeil.domain.complaint import FaultsFound, Severity
from wijkpeil.domain.policy import LookAlikes, Policy
from wijkpeil.domain.source import Source, Table
from wijkpeil.sources.folder import FolderFound, look_through


def table(id_: str, *files: str, year: int | None = 2016) -> Table:
    return Table(id=id_, year=year, vintage=2016, files=files, form="kaart_dbf")


def found(folder: Path, *tables: Table) -> FolderFound:
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
    policy = Policy(
        name="",
        fictional=False,
        country="NL00",
        map_year=2020,
        apportioned_limit=0.25,
        default_programme="p",
        themes=(),
        indicators=(),
        sources=(source,),
        programmes=(),
        bases=(),
        groups=(),
        look_alikes=LookAlikes(characteristics=(), number=1, caliper=1.0, minimum_population=1, note=""),
        disclosure=(),
        checked_on=date(2026, 1, 1),
    )
    return look_through(folder, policy)


def keep(folder: Path, **files: bytes) -> None:
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def test_files_are_known_by_their_names_wherever_they_lie(tmp_path: Path) -> None:
    keep(tmp_path, kwb__oud__Wijk_2016_dot_DBF=b"1")
    result = found(tmp_path, table("wijk-2016", "wijk_2016*.dbf"))
    assert [(known.file, known.table.id) for known in result.known] == [("kwb/oud/Wijk_2016.DBF", "wijk-2016")]
    assert (result.unknown, result.without_file, result.complaints) == ((), (), ())


def test_what_is_not_known_and_what_is_not_there_are_both_said(tmp_path: Path) -> None:
    keep(tmp_path, b_dot_pdf=b"1", a_dot_csv=b"2")
    result = found(tmp_path, table("wijk-2016", "wijk*.dbf"))
    assert result.unknown == ("a.csv", "b.pdf")
    assert [lacking.id for _, lacking in result.without_file] == ["wijk-2016"]


def test_hidden_files_and_the_locks_of_a_spreadsheet_are_passed_over(tmp_path: Path) -> None:
    for name in (".wijk.dbf", "~$wijk.dbf", ".git/wijk.dbf", "__MACOSX/wijk.dbf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"1")
    result = found(tmp_path, table("wijk-2016", "*wijk.dbf"))
    assert (result.known, result.unknown) == ((), ())


def test_the_description_beside_a_table_is_no_table(tmp_path: Path) -> None:
    keep(tmp_path, eigen_dot_csv=b"1", eigen_dot_csv_dot_tabel_dot_toml=b"2", los_dot_csv_dot_tabel_dot_toml=b"3")
    result = found(tmp_path, table("eigen", "eigen.csv"))
    assert result.unknown == ("los.csv.tabel.toml",)


def test_two_different_files_for_one_table_are_an_error(tmp_path: Path) -> None:
    keep(tmp_path, wijk_dot_dbf=b"1", oud__wijk_dot_dbf=b"2")
    result = found(tmp_path, table("wijk-2016", "wijk.dbf"))
    assert [known.file for known in result.known] == ["wijk.dbf"]
    (complaint,) = result.complaints
    assert (complaint.severity, "andere inhoud" in complaint.sentence) == (Severity.ERROR, True)


def test_the_same_file_twice_is_only_a_warning(tmp_path: Path) -> None:
    keep(tmp_path, wijk_dot_dbf=b"1", oud__wijk_dot_dbf=b"1")
    result = found(tmp_path, table("wijk-2016", "wijk.dbf"))
    assert [complaint.severity for complaint in result.complaints] == [Severity.WARNING]
    assert len(result.known) == 1


def test_a_file_posing_as_another_year_is_found_out_and_neither_counts(tmp_path: Path) -> None:
    keep(tmp_path, si_2016_dot_csv=b"same", si_2018_dot_csv=b"same", si_2014_dot_csv=b"else")
    years = [table(f"si-{year}", f"si_{year}.csv", year=year) for year in (2014, 2016, 2018)]
    result = found(tmp_path, *years)
    assert [known.file for known in result.known] == ["si_2014.csv"]
    assert [complaint.file for complaint in result.complaints] == ["si_2016.csv", "si_2018.csv"]
    assert "si_2018.csv (2018)" in result.complaints[0].sentence
    assert {lacking.id for _, lacking in result.without_file} == {"si-2016", "si-2018"}


def test_one_file_may_serve_two_tables(tmp_path: Path) -> None:
    keep(tmp_path, alles_dot_xlsx=b"1")
    result = found(tmp_path, table("a", "alles.xlsx", year=2014), table("b", "alles.xlsx", year=2016))
    assert [known.table.id for known in result.known] == ["a", "b"]
    assert result.complaints == ()


def test_a_folder_that_is_not_there_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(FaultsFound, match="bestaat niet"):
        found(tmp_path / "weg", table("a", "a.csv"))


@pytest.mark.real
def test_the_social_index_of_2018_that_is_that_of_2016_is_found_out(shared: Path, tmp_path: Path) -> None:
    """The repository it came from keeps wijkprofiel 2016 under the name of 2018 as well (data README, traps)."""
    content = (shared / "data/rotterdam/wijkprofiel_2016_si.csv").read_bytes()
    keep(tmp_path, wijkprofiel_2016_si_dot_csv=content, wijkprofiel_2018_si_dot_csv=content)
    years = [table(f"si-{year}", f"wijkprofiel_{year}_si.csv", year=year) for year in (2016, 2018)]
    result = found(tmp_path, *years)
    assert result.known == ()
    assert len(result.complaints) == 2
