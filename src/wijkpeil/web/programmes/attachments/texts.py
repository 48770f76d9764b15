"""Plain text and tables as text: read as UTF-8, with nothing in it that a browser or a spreadsheet would run."""

import csv
import io
import re
import unicodedata

from wijkpeil.portrayal.language import mark
from wijkpeil.web.programmes.attachments.types import CSV, TEXT, Cleaned, RefusedFileError

_PASSES = re.compile(
    r"\s*(<[!?a-z/]|#!|%!|%PDF|\{\\rtf|MZ|GIF8|BEGIN:V|From:|MIME-Version:|@echo|\[InternetShortcut)", re.IGNORECASE
)
"""How files begin that pass for text and are more."""
_NUMBER = re.compile(r"[+-]?[\d.,\s]+%?")
_RUNS = ("=", "+", "-", "@", "\t", "\r")
_SEPARATORS = ";,\t"
_LONGEST_CELL = 100_000


def clean_text(content: bytes, name: str) -> Cleaned:
    """Give a text as UTF-8; one whose name ends in ``.csv`` is a table, in which cells that would run are made inert.

    The name chooses only between these two, neither of which anything runs. Raises ``RefusedFileError``.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise RefusedFileError(
            mark("Dit bestand herkennen we niet. Is het tekst? Sla die dan op als UTF-8.")
        ) from fault
    if any(unicodedata.category(sign) == "Cc" and sign not in "\t\r\n" for sign in set(text)):
        raise RefusedFileError(mark("Dit bestand herkennen we niet: er staan tekens in die niet in tekst horen."))
    if _PASSES.match(text):
        raise RefusedFileError(
            mark("Dit bestand lijkt tekst, maar het is een webpagina, een programma of iets anders.")
        )
    if not text.strip():
        raise RefusedFileError(mark("Dit bestand is leeg."))
    if name.casefold().endswith(".csv"):
        return Cleaned(format=CSV, content=_inert(text).encode())
    return Cleaned(format=TEXT, content=text.encode())


def _inert(text: str) -> str:
    """Write a table anew, with an apostrophe before each cell that a spreadsheet would take for a formula."""
    first = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    csv.field_size_limit(_LONGEST_CELL)
    written = io.StringIO()
    writer = csv.writer(written, delimiter=separator, lineterminator="\r\n")
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            writer.writerow([_cell(one) for one in row])
    except csv.Error as fault:
        raise RefusedFileError(mark("Deze tabel is niet te lezen. Sla haar opnieuw op als CSV.")) from fault
    return written.getvalue()


def _cell(value: str) -> str:
    return f"'{value}" if value.lstrip(" ").startswith(_RUNS) and not _NUMBER.fullmatch(value) else value
