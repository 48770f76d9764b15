"""The Wijkprofiel of Rotterdam: four files a year, of buurten by name and number, without CBS codes."""

import io

import polars as pl

from wijkpeil.domain.complaint import Complaint, Severity
from wijkpeil.domain.source import Source, Table
from wijkpeil.sources.codes import without_duplicates
from wijkpeil.sources.headers import unique_names
from wijkpeil.sources.opening import open_text, refuse
from wijkpeil.sources.parsed import ParsedTable, parsed_table
from wijkpeil.sources.rotterdam.gebieden import CODES, WITHOUT_CODE

_NUMBER, _NAME, _GEBIED = "wijknr", "BUURT", "naam gebied (voormalig deelgemeente)"

INDICES = {
    "fi_subj": ("Woonbeleving", "de subjectieve Fysieke Index"),
    "fi_obj": ("Vastgoed objectief", "de objectieve Fysieke Index"),
    "si": ("Sociale Index", "de Sociale Index"),
    "vi": ("Veiligheidsindex", "de Veiligheidsindex"),
}
"""The four indices by the end of a table's id: a column that only that index has, and its name in a sentence."""


def parse(data: bytes, *, source: Source, table: Table, file: str) -> ParsedTable:
    """Read one index of one year: texts such as ``"67%"`` and ``"1,2"``, for buurten, gebieden and the city.

    The encoding is found in the bytes: the social and the objective physical index are Windows-1252, the other two
    are not. Numbers of the Wijkprofiel become CBS codes where one CBS area corresponds in number and name; rows of
    several CBS buurten together, or of half a one, are left out with a warning, because no counts are given to
    divide or join them by. Raises ``FaultsFound`` where the file holds another index than ``table.id`` ends in.
    """
    opened = open_text(data, file=file)
    sheet, odd = _sheet(opened.text, file)
    _refuse_another_index(sheet.columns, table, file)
    lines = pl.Series("line", range(2, sheet.height + 2), dtype=pl.UInt32)
    numbers = sheet[_NUMBER].str.strip_chars().cast(pl.Int32, strict=False)
    named = sheet.drop(_GEBIED, _NUMBER, strict=False).rename({_NAME: "name"})
    codes = pl.Series("area", list(CODES)), pl.Series("area", [code for _, code in CODES.values()])
    area = numbers.replace_strict(*codes, default=None, return_dtype=pl.String).alias("area")
    agrees = _agree(numbers, sheet[_NAME])
    kept = area.is_not_null() & agrees
    left_out = _left_out(sheet.with_columns(numbers.alias("number"), lines.alias("line")).filter(~kept), file)
    single = without_duplicates(
        named.select(area, pl.all()).filter(kept), file=file, lines=lines.filter(kept), severity=Severity.WARNING
    )
    complaints = (*opened.complaints, *odd, *left_out, *single.complaints, *_mixed_marks(single.frame, file))
    return parsed_table(single.frame, source=source, table=table, file=file, complaints=complaints, lines=single.lines)


def _sheet(text: str, file: str) -> tuple[pl.DataFrame, tuple[Complaint, ...]]:
    try:
        cells = pl.read_csv(io.BytesIO(text.encode()), separator=";", has_header=False, infer_schema=False)
    except pl.exceptions.PolarsError as fault:
        raise refuse(file, "Dit bestand is niet als CSV met puntkomma's te lezen.") from fault
    names, complaints = unique_names(cells.row(0), file=file, row=1)
    missing = [name for name in (_NUMBER, _NAME) if name not in names]
    if missing:
        sentence = f"Dit is geen bestand van het Wijkprofiel: de kolom '{missing[0]}' ontbreekt in rij 1."
        raise refuse(file, sentence, place="rij 1", found="; ".join(names[:3]))
    sheet = cells.slice(1).rename(dict(zip(cells.columns, names, strict=True)))
    return sheet.filter(pl.any_horizontal(pl.all().is_not_null())), complaints


def _refuse_another_index(names: list[str], table: Table, file: str) -> None:
    ends = table.id.replace("-", "_").lower()
    declared = next((index for index in INDICES if ends.endswith(f"_{index}")), None)
    found = next((index for index, (column, _) in INDICES.items() if column in names), None)
    if declared is not None and found != declared:
        holds = f"de kolommen van {INDICES[found][1]}" if found else "de kolommen van geen van de indexen"
        sentence = f"Hier hoort {INDICES[declared][1]} ({table.id}), maar het bestand heeft {holds}."
        raise refuse(file, sentence, place="rij 1")


def _plain(name: pl.Series) -> pl.Series:
    return name.fill_null("").str.to_lowercase().str.replace_all(r"[^\p{L}\d]", "")


def _agree(numbers: pl.Series, names: pl.Series) -> pl.Series:
    """Tell per row whether the name is the one that belongs to the number."""
    known = pl.Series("number", list(CODES)), pl.Series("name", [name for name, _ in CODES.values()])
    expected = numbers.replace_strict(*known, default=None, return_dtype=pl.String)
    return _plain(expected) == _plain(names)


def _left_out(rows: pl.DataFrame, file: str) -> tuple[Complaint, ...]:
    """Say of every row without one CBS area why it is left out."""
    return tuple(
        Complaint(
            file=file,
            place=f"rij {row['line']}, kolom {_NUMBER}",
            found=f"{row[_NUMBER]} {row[_NAME]}",
            sentence=_why_left_out(row["number"]),
            severity=Severity.WARNING,
        )
        for row in rows.iter_rows(named=True)
    )


def _why_left_out(number: int | None) -> str:
    if number in CODES:
        return f"Nummer en naam passen niet bij elkaar: {number} is {CODES[number][0]}. De rij is niet gelezen."
    if number not in WITHOUT_CODE:
        return "Dit nummer van een buurt of gebied is niet bekend. De rij is niet gelezen."
    parts = WITHOUT_CODE[number][1]
    if len(parts) == 1:
        return f"Dit is een deel van de CBS-buurt {parts[0]} en heeft geen eigen CBS-code. De rij is niet gelezen."
    return f"Dit zijn de CBS-buurten {', '.join(parts)} samen, zonder aantallen per buurt. De rij is niet gelezen."


def _mixed_marks(frame: pl.DataFrame, file: str) -> tuple[Complaint, ...]:
    """Complain of a column in which some cells bear a percent sign and others, not 0, do not."""
    texts = [name for name in frame.columns if name not in {"area", "name"}]
    marked = frame.select(pl.col(texts).str.contains("%", literal=True).sum())
    bare = frame.select(
        (~pl.col(texts).str.contains("%", literal=True) & ~pl.col(texts).is_in(["0", "0,0", "."])).sum()
    )
    return tuple(
        Complaint(
            file=file,
            place=f"kolom {name}",
            found=f"{marked[name][0]} cellen met %, {bare[name][0]} zonder",
            sentence="In deze kolom staan cellen met en zonder procentteken; controleer of ze hetzelfde betekenen.",
            severity=Severity.WARNING,
        )
        for name in texts
        if marked[name][0] and bare[name][0]
    )
