"""A file is opened as what its bytes say it is, never as what its name says."""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import fastexcel
import polars as pl

from wijkpeil.domain.complaint import Complaint, FaultsFound, Severity

Opened = TypeVar("Opened")

logging.getLogger("fastexcel").setLevel(logging.ERROR)  # an empty column is no news for a reader of tables

_EXCEL = "Bewaar het blad opnieuw als Excel (.xlsx) of CSV."
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NOT_A_TABLE: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "Dit is een PDF en geen tabel."),
    (b"\x89PNG", "Dit is een afbeelding (PNG) en geen tabel."),
    (b"\xff\xd8\xff", "Dit is een afbeelding (JPEG) en geen tabel."),
    (b"GIF8", "Dit is een afbeelding (GIF) en geen tabel."),
    (b"\x1f\x8b", "Dit is een ingepakt bestand (gzip): pak het eerst uit."),
    (b"PAR1", "Dit is een Parquet-bestand; hier hoort een CSV- of Excelbestand."),
)
_DOUBLY_CODED = re.compile(r"Ã[\x80-\xbf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|Â[\xa0-\xbf]|â‚¬|â€")


@dataclass(frozen=True, kw_only=True)
class Text:
    """A decoded file: its text, the encoding that was found in its bytes, and what was odd about it."""

    text: str
    encoding: str
    complaints: tuple[Complaint, ...] = ()


def is_workbook(data: bytes) -> bool:
    """Tell whether the bytes are a spreadsheet (xlsx, xls or ods) rather than text."""
    return data.startswith(_OLD_OFFICE) or data.startswith(b"PK\x03\x04")


def refuse(file: str, sentence: str, *, place: str = "", found: str = "") -> FaultsFound:
    """Make the one complaint with which a whole file is refused."""
    return FaultsFound((Complaint(file=file, place=place, found=found, sentence=sentence),))


def open_text(data: bytes, *, file: str, encoding: str = "") -> Text:
    """Decode the bytes of a text file.

    The name of a file never tells its encoding: within one series of one publisher UTF-8 and Windows-1252 stand
    side by side. Bytes that are valid UTF-8 are that; others are Windows-1252. Where single lines are UTF-8 and
    others are not, every line is read as what it is and the file is complained of. ``encoding`` overrides the
    finding. Raises ``FaultsFound`` for an empty file and for one that is no text.
    """
    _refuse_what_is_no_text(data, file)
    if encoding:
        return _declared(data, encoding, file)
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _declared(data, name, file)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _not_utf8(data, file)
    return Text(text=text, encoding="utf-8", complaints=_doubly_coded(text, file))


def open_workbook(data: bytes, *, file: str) -> fastexcel.ExcelReader:
    """Open the bytes of a spreadsheet.

    Raises ``FaultsFound`` with one sentence for a workbook that is locked, damaged or no workbook at all.
    """
    if not data.strip(b"\x00"):
        raise refuse(file, "Het bestand is leeg.")
    if not is_workbook(data):
        _refuse_what_is_no_text(data, file)
        raise refuse(file, "Dit is geen Excelbestand, ook al heet het zo. " + _EXCEL)
    if data.startswith(_OLD_OFFICE) and "EncryptedPackage".encode("utf-16-le") in data:
        raise refuse(file, "Het Excelbestand is met een wachtwoord beveiligd. Haal het wachtwoord eraf en bewaar het.")
    return _guarded(lambda: fastexcel.read_excel(data), file)


def sheet_names(reader: fastexcel.ExcelReader) -> list[str]:
    """Name the sheets of a workbook in their order."""
    return list(reader.sheet_names)


def read_sheet(
    reader: fastexcel.ExcelReader, *, file: str, sheet: str = "", skip: int = 0, as_text: bool = False, rows: int = 0
) -> pl.DataFrame:
    """Read the cells of one sheet without a header; columns are named by position.

    Numbers stay numbers, so that no digit is lost; a column in which kinds are mixed becomes text as a whole,
    looked at from top to bottom: with the sample of fastexcel a text after row 1,000 would silently be nothing.
    Dates become text as well (``2012-03-01 00:00:00``), which the reading of cells complains of. ``skip`` counts
    rows of the sheet itself, empty ones at the top too; ``rows`` limits how many are read (0: all).
    """
    names = sheet_names(reader)
    if not names:
        raise refuse(file, "Het Excelbestand heeft geen werkbladen.")
    if sheet and sheet not in names:
        raise refuse(file, f"Er is geen werkblad '{sheet}'. De werkbladen zijn: {', '.join(names)}.", place="sheet")
    frame = _guarded(
        lambda: reader.load_sheet(
            sheet or names[0],
            header_row=None,
            skip_rows=skip,
            n_rows=rows or None,
            schema_sample_rows=None,
            dtypes="string" if as_text else None,
        ).to_polars(),
        file,
    )
    plain = frame.rename({name: f"c{at}" for at, name in enumerate(frame.columns)})
    return plain.with_columns(
        pl.col(name).cast(pl.String) for name, kind in plain.schema.items() if kind != pl.String and not kind.is_float()
    )


def _guarded(act: Callable[[], Opened], file: str) -> Opened:
    """Turn every way in which a damaged workbook breaks its reader into one sentence.

    The reader is compiled and may panic, which is no ``Exception``; only the ways to stop the program pass.
    """
    try:
        return act()
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as fault:
        raise refuse(file, "Het Excelbestand is beschadigd of geen Excelbestand. " + _EXCEL) from fault


def _refuse_what_is_no_text(data: bytes, file: str) -> None:
    if not data.strip(b"\x00\xef\xbb\xbf \t\r\n"):
        raise refuse(file, "Het bestand is leeg.")
    for mark, sentence in _NOT_A_TABLE:
        if data.startswith(mark):
            raise refuse(file, sentence)
    if is_workbook(data):
        raise refuse(file, "Dit is een Excelbestand of een ingepakt bestand; hier hoort een CSV-bestand.")
    if re.match(rb"\s*(<!doctype html|<html)", data[:200].lstrip(b"\xef\xbb\xbf"), re.IGNORECASE):
        raise refuse(file, "Dit is een webpagina en geen tabel: waarschijnlijk is het downloaden mislukt.")
    if b"\x00" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refuse(file, "Dit bestand bevat geen tekst: hier hoort een CSV- of Excelbestand.")


def _declared(data: bytes, encoding: str, file: str) -> Text:
    try:
        return Text(text=data.decode(encoding).removeprefix("\ufeff"), encoding=encoding)
    except LookupError as fault:
        allowed = "Toegestaan zijn utf-8, cp1252 en utf-16."
        raise refuse(file, f"De codering '{encoding}' is niet bekend. {allowed}", place="encoding") from fault
    except UnicodeDecodeError as fault:
        raise refuse(file, f"De tekst is niet in de codering {encoding} geschreven.", place="encoding") from fault


def _not_utf8(data: bytes, file: str) -> Text:
    """Read text that is not UTF-8 as a whole: line by line, for the files that two hands have put together."""
    lines = data.split(b"\n")
    foreign = [at for at, line in enumerate(lines) if not line.isascii()]
    utf8 = {at: line for at in foreign if (line := _as_utf8(lines[at])) is not None}
    if not utf8:
        return Text(text=_as_cp1252(data), encoding="cp1252")
    text = "\n".join(utf8[at] if at in utf8 else _as_cp1252(line) for at, line in enumerate(lines))
    first = next(at for at in foreign if at not in utf8)
    complaint = Complaint(
        file=file,
        place=f"rij {first + 1}",
        found=_as_cp1252(lines[first])[:60].strip(),
        sentence="In dit bestand staan twee coderingen door elkaar (UTF-8 en Windows-1252); elke regel is gelezen "
        "als wat hij is. Controleer de namen en bewaar het bestand als UTF-8.",
        severity=Severity.WARNING,
    )
    return Text(text=text, encoding="utf-8+cp1252", complaints=(complaint,))


def _as_utf8(line: bytes) -> str | None:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _as_cp1252(data: bytes) -> str:
    """Decode Windows-1252; its five empty places are kept as the control characters that they are in Latin-1."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _doubly_coded(text: str, file: str) -> tuple[Complaint, ...]:
    """Complain of text that was turned into UTF-8 twice ("CuraÃ§ao")."""
    found = None if text.isascii() else _DOUBLY_CODED.search(text)
    if found is None:
        return ()
    row = text.count("\n", 0, found.start()) + 1
    before = text[max(0, found.start() - 20) : found.start()].split("\n")[-1]
    around = (before + text[found.start() : found.end() + 10].split("\n")[0]).strip()
    sentence = (
        "Deze tekst is twee keer omgezet naar UTF-8: de letters met accenten zijn stuk. Haal het bestand opnieuw op."
    )
    return (Complaint(file=file, place=f"rij {row}", found=around, sentence=sentence, severity=Severity.WARNING),)
