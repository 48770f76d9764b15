"""The untyped StatLine dataset as a workbook: every cell a padded text, one row per area."""

import polars as pl

from wijkpeil.domain.complaint import Complaint, Severity
from wijkpeil.domain.source import Source, Table
from wijkpeil.sources.codes import read_areas, without_duplicates
from wijkpeil.sources.opening import open_workbook, read_sheet, refuse
from wijkpeil.sources.parsed import ParsedTable, parsed_table

_AREA, _PERIOD = "WijkenEnBuurten", "Perioden"
_DIMENSIONS = {"ID", "Leeftijd", "Marges", _AREA, _PERIOD, "Gemeentenaam_1", "SoortRegio_2", "Codering_3"}
_ONE_KIND = {"Leeftijd": "leeftijdsgroep", "Marges": "soort marge"}


def parse(data: bytes, *, source: Source, table: Table, file: str) -> ParsedTable:
    """Read one year of RIVM table 50090NED as StatLine exports it untyped to Excel.

    The cells stay the padded texts that they are (``"    76.1"``, ``"       ."``). A file with more than one age
    group or margin holds several figures per area under one column name and is refused. The year of the rows
    (``2012JJ00``) goes before the year of the policy and a difference is complained of: that is how a file that
    poses as another year is found. Raises ``FaultsFound`` for a workbook that is not this table.
    """
    frame = _with_header(read_sheet(open_workbook(data, file=file), file=file, as_text=True), file)
    for column, what in _ONE_KIND.items():
        kinds = _kinds(frame, column)
        if len(kinds) > 1:
            sentence = f"Dit bestand bevat meer dan een {what}; download het met een tegelijk."
            raise refuse(file, sentence, place=f"kolom {column}", found=", ".join(kinds))
    lines = pl.Series("line", range(2, frame.height + 2), dtype=pl.UInt32)
    figures = [name for name in frame.columns if name not in _DIMENSIONS]
    year = pl.col(_PERIOD).str.extract(r"^\s*(\d{4})").cast(pl.Int16).alias("period")
    areas = read_areas(frame.select(_AREA, year, *figures), column=_AREA, file=file, lines=lines)
    single = without_duplicates(areas.frame, file=file, lines=areas.lines)
    return parsed_table(
        single.frame,
        source=source,
        table=table,
        file=file,
        complaints=(*areas.complaints, *single.complaints, *_another_year(frame, table, file)),
        lines=single.lines,
    )


def _with_header(cells: pl.DataFrame, file: str) -> pl.DataFrame:
    header = cells.row(0) if cells.height else ()
    missing = [name for name in (_AREA, _PERIOD) if name not in header]
    if missing:
        sentence = f"Dit is geen StatLine-tabel van wijken en buurten: de kolom {missing[0]} ontbreekt in rij 1."
        raise refuse(file, sentence, place="rij 1", found=", ".join(str(name) for name in header[:4]))
    named = {f"c{at}": str(name) for at, name in enumerate(header) if name is not None}
    return cells.slice(1).select(list(named)).rename(named)


def _another_year(frame: pl.DataFrame, table: Table, file: str) -> tuple[Complaint, ...]:
    years = sorted({kind[:4] for kind in _kinds(frame, _PERIOD)})
    if table.year is None or years == [str(table.year)]:
        return ()
    sentence = f"Dit bestand gaat niet over {table.year}, zoals bij de bron staat; het jaar van het bestand geldt."
    place = f"kolom {_PERIOD}"
    return (Complaint(file=file, place=place, found=", ".join(years), sentence=sentence, severity=Severity.WARNING),)


def _kinds(frame: pl.DataFrame, column: str) -> list[str]:
    if column not in frame.columns:
        return []
    return frame[column].drop_nulls().str.strip_chars().unique().sort().to_list()
