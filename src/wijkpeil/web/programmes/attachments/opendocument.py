"""Documents of LibreOffice and others (ODF), packed anew: their text, look and pictures, and nothing besides."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit
from xml.sax.saxutils import quoteattr

from wijkpeil.portrayal.language import mark
from wijkpeil.web.programmes.attachments.images import clean_image
from wijkpeil.web.programmes.attachments.markup import local, read
from wijkpeil.web.programmes.attachments.pdfs import SCHEMES
from wijkpeil.web.programmes.attachments.types import JPEG, ODS, ODT, PNG, Cleaned, RefusedFileError
from wijkpeil.web.programmes.attachments.zips import packed

TYPE = "mimetype"
MANIFEST = "META-INF/manifest.xml"
_FORMATS = {one.media_type.encode(): one for one in (ODT, ODS)}
_MARKED_UP = ("content.xml", "styles.xml")
_PICTURE = re.compile(r"Pictures/[\w.-]+\.(jpe?g|png)", re.IGNORECASE)
_LEFT_OUT = re.compile(
    r"mimetype|meta\.xml|settings\.xml|manifest\.rdf|layout-cache|META-INF/manifest\.xml|Thumbnails/.*|Configurations2/.*"
)
_INSIDE = frozenset({"object", "object-ole", "applet", "plugin", "floating-frame", "dde-source", "dde-link"})
_RUNS = frozenset({"script", "event-listener", "event-listeners", "dde-connection-decl", "macro"})
_CALLS = re.compile(r"\b(WEBSERVICE|DDE|CALL)\s*\(", re.IGNORECASE)


def clean_opendocument(members: Mapping[str, bytes]) -> Cleaned:
    """Take text, look and pictures from a document, each checked, and pack them anew; raises ``RefusedFileError``."""
    format_ = _FORMATS.get(members.get(TYPE, b"").strip())
    if format_ is None or "content.xml" not in members:
        raise RefusedFileError(mark("Dit is geen gewoon OpenDocument-bestand. Sla het op als odt of ods."))
    if b"encryption-data" in members.get(MANIFEST, b""):
        raise RefusedFileError(mark("Dit document heeft een wachtwoord. Haal dat eraf en stuur het opnieuw."))
    kept: dict[str, bytes] = {TYPE: format_.media_type.encode()}
    for name, content in members.items():
        if name in _MARKED_UP:
            _require_still(content)
            kept[name] = content
        elif found := _PICTURE.fullmatch(name):
            kept[name] = clean_image(content, PNG if found[1].casefold() == "png" else JPEG, upright=False)
        elif not _LEFT_OUT.fullmatch(name):
            raise RefusedFileError(
                mark("In dit document zit een onderdeel dat hier niet mag ({what}). Maak er een PDF van."),
                what=name[:60],
            )
    kept[MANIFEST] = _manifest(kept)
    return Cleaned(format=format_, content=packed(kept, first=TYPE, is_first_stored=True))


def _require_still(part: bytes) -> None:
    """Refuse a part with remarks, tracked changes, other files, or what fetches or runs something."""

    def start(name: str, said: Mapping[str, str]) -> None:
        place = local(name)
        if place in _RUNS:
            raise RefusedFileError(mark("In dit document zitten macro's. Haal ze weg en stuur het opnieuw."))
        if place in _INSIDE:
            raise RefusedFileError(mark("In dit document zit een ander bestand. Maak er een PDF van."))
        if place == "annotation":
            raise RefusedFileError(mark("In dit document staan nog opmerkingen. Verwijder ze, of maak er een PDF van."))
        if place in {"changed-region", "tracked-change", "cell-content-change"}:
            raise RefusedFileError(
                mark("In dit document staan nog bijgehouden wijzigingen. Neem ze over of verwijder ze eerst.")
            )
        for attribute, value in said.items():
            _require_attribute(place, local(attribute), value)

    read(part, start)


def _require_attribute(place: str, attribute: str, value: str) -> None:
    if attribute == "href" and not _leads_somewhere_allowed(place, value.strip()):
        raise RefusedFileError(mark("Dit document haalt iets op van buiten. Haal dat weg, of maak er een PDF van."))
    if attribute == "formula" and _CALLS.search(value):
        raise RefusedFileError(
            mark("In dit document zit een veld of formule die iets ophaalt of uitvoert. Haal die weg.")
        )


def _leads_somewhere_allowed(place: str, target: str) -> bool:
    if not target or target.startswith("#") or _PICTURE.fullmatch(target.removeprefix("./")):
        return True
    return place == "a" and urlsplit(target).scheme.casefold() in SCHEMES


def _manifest(kept: Mapping[str, bytes]) -> bytes:
    types = {"xml": "text/xml", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg"}
    entries = [("/", kept[TYPE].decode())] + [
        (name, types[name.rpartition(".")[2].casefold()]) for name in kept if name != TYPE
    ]
    lines = "".join(
        f"<manifest:file-entry manifest:full-path={quoteattr(name)} manifest:media-type={quoteattr(kind)}/>"
        for name, kind in entries
    )
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return (
        f'{head}<manifest:manifest xmlns:manifest="{space}" manifest:version="1.2">{lines}</manifest:manifest>'.encode()
    )
