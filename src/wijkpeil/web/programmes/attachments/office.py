"""Documents of Word and Excel, packed anew: only parts that are known, and in them nothing that runs or tells."""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit
from xml.sax.saxutils import quoteattr

from wijkpeil.portrayal.language import mark
from wijkpeil.web.programmes.attachments.images import clean_image
from wijkpeil.web.programmes.attachments.markup import local, read
from wijkpeil.web.programmes.attachments.office_parts import require_still, stripped
from wijkpeil.web.programmes.attachments.pdfs import SCHEMES
from wijkpeil.web.programmes.attachments.types import DOCX, JPEG, PNG, XLSX, Cleaned, Format, RefusedFileError
from wijkpeil.web.programmes.attachments.zips import packed

TYPES = "[Content_Types].xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATIONS = re.compile(r"(^|/)_rels/[^/]*\.rels$")
_MAIN: Mapping[str, Format] = {
    f"{DOCX.media_type}.main+xml": DOCX,
    f"{XLSX.media_type}.main+xml": XLSX,
}
# fmt: off
_KEPT = frozenset(
    (
        "officeDocument", "styles", "stylesWithEffects", "settings", "webSettings", "fontTable", "theme",
        "themeOverride", "numbering", "footnotes", "endnotes", "header", "footer", "image", "hyperlink",
        "glossaryDocument", "worksheet", "chartsheet", "sharedStrings", "calcChain", "drawing", "chart",
        "chartStyle", "chartColorStyle", "chartUserShapes", "table", "pivotTable", "pivotCacheDefinition",
        "pivotCacheRecords", "sheetMetadata", "diagramData", "diagramLayout", "diagramQuickStyle", "diagramColors",
        "diagramDrawing", "slicer", "slicerCache",
    )
)
"""The kinds of parts that a document may be made of."""
_LEFT_OUT = frozenset(
    (
        "core-properties", "extended-properties", "custom-properties", "thumbnail", "customXml", "customXmlProps",
        "printerSettings", "attachedTemplate", "people", "person", "commentsIds", "commentsExtensible",
    )
)
"""The kinds that tell of makers, printers and places of files, and that a document does without."""
# fmt: on
_PICTURES: Mapping[str, Format] = {"image/jpeg": JPEG, "image/jpg": JPEG, "image/png": PNG}
_MACRO = mark("In dit document zitten macro's. Sla het op als gewoon document (docx of xlsx) en stuur dat.")
_OTHER = mark("In dit document zit een onderdeel dat hier niet mag ({what}). Maak er een PDF van.")
_OUTSIDE = mark("Dit document haalt iets op van buiten ({what}). Haal dat weg, of maak er een PDF van.")
_BROKEN = mark("Dit document is niet te lezen. Sla het opnieuw op als docx of xlsx.")


@dataclass(frozen=True, kw_only=True)
class Link:
    """A relationship: from which a part is reached under an id."""

    id: str
    kind: str
    full_kind: str
    target: str
    is_outside: bool


def clean_office(members: Mapping[str, bytes]) -> Cleaned:
    """Take from a document what its main part leads to, each part checked and stripped, and pack that anew.

    Whatever nothing leads to is left out with it. Raises ``RefusedFileError``.
    """
    types = _types(members.get(TYPES, b""))
    kept: dict[str, bytes] = {}
    format_: Format | None = None
    waiting = [""]
    while waiting:
        source = waiting.pop()
        links = _links(members.get(_rels(source), b""))
        inside = {one.id: _target(source, one) for one in links if not one.is_outside}
        if links:
            kept[_rels(source)] = _written(links)
        for one in links:
            name = inside.get(one.id)
            if name is None or name in kept:
                continue
            if name not in members:
                raise RefusedFileError(_BROKEN)
            kind = types.of(name)
            if one.kind == "officeDocument" and source == "":
                format_ = _MAIN.get(kind)
            kept[name] = _part(members[name], kind)
            waiting.append(name)
    if format_ is None:
        raise RefusedFileError(mark("Dit is geen gewoon Word- of Excel-bestand. Sla het op als docx of xlsx."))
    kept[TYPES] = _types_written({name: types.of(name) for name in kept})
    return Cleaned(format=format_, content=packed(kept, first=TYPES))


@dataclass(frozen=True, kw_only=True)
class _Types:
    """Which type each part has: by its name, or by its ending."""

    named: Mapping[str, str]
    ending: Mapping[str, str]

    def of(self, name: str) -> str:
        return self.named.get(name.casefold(), self.ending.get(name.rpartition(".")[2].casefold(), ""))


def _types(part: bytes) -> _Types:
    named: dict[str, str] = {}
    ending: dict[str, str] = {}

    def start(name: str, said: Mapping[str, str]) -> None:
        kind = said.get("ContentType", "")
        if "macroenabled" in kind.casefold() or "vbaproject" in kind.casefold():
            raise RefusedFileError(_MACRO)
        if local(name) == "Override":
            named[said.get("PartName", "").lstrip("/").casefold()] = kind
        elif local(name) == "Default":
            ending[said.get("Extension", "").casefold()] = kind

    read(part, start)
    return _Types(named=named, ending=ending)


def _links(part: bytes) -> list[Link]:
    """Read where a part leads to, without what is left out; refuse what may not be there."""
    found: list[Link] = []

    def start(name: str, said: Mapping[str, str]) -> None:
        if local(name) != "Relationship":
            return
        full = said.get("Type", "")
        kind = full.rpartition("/")[2]
        link = Link(
            id=said.get("Id", ""),
            kind=kind,
            full_kind=full,
            target=said.get("Target", ""),
            is_outside=said.get("TargetMode", "").casefold() == "external",
        )
        if kind not in _LEFT_OUT:
            found.append(link)

    if part:
        read(part, start)
    kinds = {one.kind for one in found}
    if kinds & {"vbaProject", "wordVbaData"}:
        raise RefusedFileError(_MACRO)
    if any(one.startswith("comment") for one in kinds) or "threadedComment" in kinds:
        raise RefusedFileError(mark("In dit document staan nog opmerkingen. Verwijder ze, of maak er een PDF van."))
    for one in found:
        _require_known(one)
    return found


def _require_known(link: Link) -> None:
    if link.is_outside:
        scheme = urlsplit(link.target.strip()).scheme.casefold()
        if link.kind != "hyperlink" or (scheme not in SCHEMES and not link.target.startswith("#")):
            raise RefusedFileError(_OUTSIDE, what=link.kind[:40])
    elif link.kind not in _KEPT:
        raise RefusedFileError(_OTHER, what=link.kind[:40])


def _part(content: bytes, kind: str) -> bytes:
    """Check one part and strip it."""
    if kind in _PICTURES:
        return clean_image(content, _PICTURES[kind], upright=False)
    if not kind.endswith(("+xml", "/xml")) or "svg" in kind:
        raise RefusedFileError(_OTHER, what=kind[:60] or "?")
    clean = stripped(content)
    require_still(clean)
    return clean


def _rels(source: str) -> str:
    folder, name = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _target(source: str, link: Link) -> str:
    path = unquote(urlsplit(link.target).path)
    whole = path if path.startswith("/") else posixpath.join("/", posixpath.dirname(source), path)
    return posixpath.normpath(whole).lstrip("/")


def _written(links: list[Link]) -> bytes:
    lines = (
        f"<Relationship Id={quoteattr(one.id)} Type={quoteattr(one.full_kind)} Target={quoteattr(one.target)}"
        + (' TargetMode="External"/>' if one.is_outside else "/>")
        for one in links
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(lines)}</Relationships>'.encode()


def _types_written(types: Mapping[str, str]) -> bytes:
    lines = (
        f"<Override PartName={quoteattr(f'/{name}')} ContentType={quoteattr(kind)}/>"
        for name, kind in types.items()
        if name != TYPES and not _RELATIONS.search(name)
    )
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">{rels}{"".join(lines)}</Types>'.encode()
