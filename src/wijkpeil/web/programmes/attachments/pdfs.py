"""PDF files, written anew: what does something is refused, what tells of its maker is left out."""

import io
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pikepdf

from wijkpeil.portrayal.language import mark
from wijkpeil.web.programmes.attachments.jpeg_segments import without_told
from wijkpeil.web.programmes.attachments.types import RefusedFileError

MOST_PAGES = 500
_MOST_OBJECTS = 300_000
_DEEPEST = 40
SCHEMES = frozenset({"http", "https", "mailto"})
"""Where a link may lead, in every kind of document."""
_RUNS = frozenset({"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/RichMediaExecute", "/GoToR", "/GoToE"})
_PLAYS = frozenset({"/Rendition", "/Movie", "/Sound", "/GoTo3DView", "/RichMedia", "/Screen", "/3D"})
_TELLS = ("/Metadata", "/PieceInfo", "/Thumb", "/LastModified", "/AA", "/OpenAction")
"""What is left out of every part: descriptions, what programs keep for themselves, previews, and what begins by
itself."""
_BROKEN = mark("Deze PDF is niet te lezen. Maak haar opnieuw.")


def clean_pdf(content: bytes) -> bytes:
    """Write a PDF anew, without its description, earlier versions and whatever stood around it.

    Raises ``RefusedFileError`` for what is broken or locked, has more than ``MOST_PAGES``, runs or plays something,
    holds other files or a form that is a program (XFA), or bears a signature, which would not survive.
    """
    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
            return _cleaned(pdf)
    except pikepdf.PasswordError as fault:
        raise RefusedFileError(mark("Deze PDF heeft een wachtwoord. Haal dat eraf en stuur haar opnieuw.")) from fault
    except RefusedFileError:
        raise
    except Exception as fault:  # whatever a reader meets in bytes of a stranger
        raise RefusedFileError(_BROKEN) from fault


def _cleaned(pdf: pikepdf.Pdf) -> bytes:
    if pdf.is_encrypted:
        raise RefusedFileError(mark("Deze PDF is beveiligd. Sla haar op zonder beveiliging en stuur haar opnieuw."))
    if not 0 < len(pdf.pages) <= MOST_PAGES:
        raise RefusedFileError(
            mark("Deze PDF heeft geen of meer dan {most} bladzijden. Stuur haar in delen."), most=MOST_PAGES
        )
    if len(pdf.objects) > _MOST_OBJECTS:
        raise RefusedFileError(mark("Deze PDF is te ingewikkeld. Druk haar af naar een nieuwe PDF."))
    for part in _parts(pdf):
        _require_still(part)
    for part in _parts(pdf):
        _strip(part)
    for name in ("/Info", "/ID"):
        if name in pdf.trailer:
            del pdf.trailer[name]
    written = io.BytesIO()
    pdf.save(written, deterministic_id=True, fix_metadata_version=False)
    return written.getvalue()


def _parts(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Give every dictionary and stream, also those within others."""
    for top in pdf.objects:
        waiting: list[tuple[Any, int]] = [(top, 0)]
        while waiting:
            one, depth = waiting.pop()
            if depth > _DEEPEST:
                raise RefusedFileError(_BROKEN)
            inner: list[Any] = []
            if isinstance(one, pikepdf.Array):
                inner = list(one.as_list())
            elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
                inner = [value for _, value in one.items()]
            waiting += [(two, depth + 1) for two in inner if _is_within(two)]
            if not isinstance(one, pikepdf.Array) and isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
                yield one


def _is_within(value: Any) -> bool:
    return isinstance(value, pikepdf.Array | pikepdf.Dictionary) and not value.is_indirect


def _require_still(part: Any) -> None:
    """Refuse a part that runs, plays, holds another file, reaches outside, or is a signature."""
    kind, subtype = str(part.get("/S", "")), str(part.get("/Subtype", ""))
    if "/JS" in part or "/JavaScript" in part or kind in _RUNS or "/XFA" in part:
        raise RefusedFileError(mark("In deze PDF zit een programma. Druk haar af naar een nieuwe PDF en stuur die."))
    if kind in _PLAYS or subtype in _PLAYS:
        raise RefusedFileError(mark("In deze PDF zit beeld of geluid. Druk haar af naar een nieuwe PDF en stuur die."))
    is_outside = isinstance(part, pikepdf.Stream) and "/F" in part
    if "/EF" in part or "/EmbeddedFiles" in part or subtype == "/FileAttachment" or is_outside:
        raise RefusedFileError(mark("In deze PDF zit een ander bestand. Stuur dat apart, of druk de PDF opnieuw af."))
    if "/ByteRange" in part or str(part.get("/Type", "")) == "/Sig":
        raise RefusedFileError(
            mark(
                "Deze PDF heeft een digitale handtekening, en die gaat hier verloren. Druk haar af naar een nieuwe PDF."
            )
        )
    if kind == "/URI" and urlsplit(str(part.get("/URI", "")).strip()).scheme.casefold() not in SCHEMES:
        raise RefusedFileError(mark("In deze PDF staat een link die niet naar een website of e-mailadres gaat."))


def _strip(part: Any) -> None:
    """Leave out what tells of the maker, and of who made a remark; a picture in it loses what is told with it."""
    for name in _TELLS:
        if name in part:
            del part[name]
    if str(part.get("/Type", "")) == "/Annot" and str(part.get("/Subtype", "")) != "/Widget":
        for name in ("/T", "/M", "/CreationDate"):
            if name in part:
                del part[name]
    if isinstance(part, pikepdf.Stream) and _is_plain_jpeg(part):
        parms: Any = part.get("/DecodeParms")
        part.write(without_told(part.read_raw_bytes()), filter=pikepdf.Name.DCTDecode, decode_parms=parms)


def _is_plain_jpeg(part: Any) -> bool:
    filters = part.get("/Filter")
    listed = list(filters.as_list()) if isinstance(filters, pikepdf.Array) else [filters]
    return [str(one) for one in listed] == ["/DCTDecode"]
