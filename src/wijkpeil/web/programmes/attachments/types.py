"""The kinds of files that may be sent: a closed list, told by what is in a file and never by its name."""

from dataclasses import dataclass
from typing import Any

from wijkpeil.portrayal.language import mark

MOST_BYTES = 10_000_000
"""No file is larger, before or after cleaning."""
ALLOWED = mark(
    "Toegestaan zijn PDF, JPEG, PNG, WebP, Word (docx), Excel (xlsx), OpenDocument (odt en ods), CSV en platte tekst, "
    "tot {most} MB."
)


@dataclass(frozen=True, kw_only=True)
class Format:
    """A kind of file: what browsers call it, how its name ends, and how people call it."""

    media_type: str
    ending: str
    words: str


PDF = Format(media_type="application/pdf", ending="pdf", words=mark("PDF"))
JPEG = Format(media_type="image/jpeg", ending="jpg", words=mark("foto (JPEG)"))
PNG = Format(media_type="image/png", ending="png", words=mark("afbeelding (PNG)"))
WEBP = Format(media_type="image/webp", ending="webp", words=mark("afbeelding (WebP)"))
_OFFICE = "application/vnd.openxmlformats-officedocument"
DOCX = Format(media_type=f"{_OFFICE}.wordprocessingml.document", ending="docx", words=mark("document (Word)"))
XLSX = Format(media_type=f"{_OFFICE}.spreadsheetml.sheet", ending="xlsx", words=mark("werkblad (Excel)"))
ODT = Format(media_type="application/vnd.oasis.opendocument.text", ending="odt", words=mark("document (OpenDocument)"))
ODS = Format(
    media_type="application/vnd.oasis.opendocument.spreadsheet", ending="ods", words=mark("werkblad (OpenDocument)")
)
CSV = Format(media_type="text/csv", ending="csv", words=mark("tabel (CSV)"))
TEXT = Format(media_type="text/plain", ending="txt", words=mark("platte tekst"))
FORMATS = {one.media_type: one for one in (PDF, JPEG, PNG, WEBP, DOCX, XLSX, ODT, ODS, CSV, TEXT)}


class RefusedFileError(Exception):
    """A file is not taken; the sentence says what is wrong with it and what its sender can do."""

    def __init__(self, sentence: str, **parts: Any) -> None:
        """Keep the sentence, which ``gettext`` knows, and what is filled in in it."""
        super().__init__(sentence)
        self.sentence, self.parts = sentence, parts


@dataclass(frozen=True, kw_only=True)
class Cleaned:
    """A file as it may be kept and given: what it is, and its bytes, which are never those that were sent."""

    format: Format
    content: bytes
