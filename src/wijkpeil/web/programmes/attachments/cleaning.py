"""One door for every file: what it is by its first bytes, and then its own way of cleaning."""

from wijkpeil.portrayal.language import mark
from wijkpeil.web.programmes.attachments.images import clean_image
from wijkpeil.web.programmes.attachments.office import TYPES, clean_office
from wijkpeil.web.programmes.attachments.opendocument import TYPE, clean_opendocument
from wijkpeil.web.programmes.attachments.pdfs import clean_pdf
from wijkpeil.web.programmes.attachments.texts import clean_text
from wijkpeil.web.programmes.attachments.types import (
    JPEG,
    MOST_BYTES,
    PDF,
    PNG,
    WEBP,
    Cleaned,
    Format,
    RefusedFileError,
)
from wijkpeil.web.programmes.attachments.zips import unpacked

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TOO_LARGE = mark("Dit bestand is te groot: meer dan {most} MB.")


def clean(content: bytes, name: str) -> Cleaned:
    """Tell what a file is by what is in it, and clean it; ``name`` only tells a table from other text.

    Raises ``RefusedFileError`` for everything that is not on the list, or not fit to be shown to others.
    """
    if not content:
        raise RefusedFileError(mark("Dit bestand is leeg."))
    if len(content) > MOST_BYTES:
        raise RefusedFileError(TOO_LARGE, most=MOST_BYTES // 1_000_000)
    cleaned = _cleaned(content, name)
    if len(cleaned.content) > MOST_BYTES:
        raise RefusedFileError(TOO_LARGE, most=MOST_BYTES // 1_000_000)
    return cleaned


def _cleaned(content: bytes, name: str) -> Cleaned:
    picture = _picture(content)
    if picture is not None:
        return Cleaned(format=picture, content=clean_image(content, picture))
    if content.startswith(b"%PDF-"):
        return Cleaned(format=PDF, content=clean_pdf(content))
    if content.startswith(b"PK\x03\x04"):
        return _document(content)
    if content.startswith(_OLD_OFFICE):
        raise RefusedFileError(
            mark("Dit is een oud of beveiligd Office-bestand. Sla het zonder wachtwoord op als docx of xlsx.")
        )
    return clean_text(content, name)


def _picture(content: bytes) -> Format | None:
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    return WEBP if content[:4] == b"RIFF" and content[8:12] == b"WEBP" else None


def _document(content: bytes) -> Cleaned:
    members = unpacked(content)
    if any(name.casefold().endswith(("vbaproject.bin", "vbadata.xml")) for name in members):
        raise RefusedFileError(
            mark("In dit document zitten macro's. Sla het op als gewoon document (docx of xlsx) en stuur dat.")
        )
    if TYPES in members:
        return clean_office(members)
    if TYPE in members:
        return clean_opendocument(members)
    raise RefusedFileError(mark("Dit is een map in één bestand (zip). Stuur de bestanden een voor een."))
