"""The parts of documents of Word and Excel: what in them runs, hides or tells of people."""

import re
from collections.abc import Mapping

from wijkpeil.portrayal.language import mark
from wijkpeil.web.programmes.attachments.markup import local, read
from wijkpeil.web.programmes.attachments.types import RefusedFileError

_TRACKED = frozenset({"ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge"})
_FORMULA = frozenset({"f", "formula", "formula1", "formula2", "definedName"})
_INSIDE = mark("In dit document zit een ander bestand. Maak er een PDF van.")
_FETCHES = mark("Dit document haalt gegevens op van buiten. Maak er een PDF van.")
_REFUSED: Mapping[str, str] = {
    **dict.fromkeys(("object", "OLEObject", "oleObject", "control", "altChunk", "subDoc"), _INSIDE),
    **dict.fromkeys(("externalReference", "mailMerge", "ddeLink", "externalBook", "webPublishItem"), _FETCHES),
}
_FIELD = re.compile(
    r"\x00\s*(DDE\w*|INCLUDE\w*|LINK|IMPORT|EMBED|MACROBUTTON|GOTOBUTTON|DATABASE|RD|PRINT|SHAPE)\b", re.IGNORECASE
)
"""Field codes of Word that fetch or run something, at the beginning of a field."""
_CALLS = re.compile(r"\b(WEBSERVICE|IMAGE|RTD|CALL|REGISTER(\.ID)?|EXEC|DDE\w*|SQL\.REQUEST)\s*\(", re.IGNORECASE)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_TAG = rb"<(?:[\w.-]+:)?%s\b[^<>]*"
_BLANKED = (
    re.compile(rb"(\s(?:[\w.-]+:)?(?:author|initials|lastModifiedBy|refreshedBy|userName)=)(?:\"[^\"<>]*\"|'[^'<>]*')"),
    re.compile(rb"(" + _TAG % rb"absPath" + rb"\surl=)(?:\"[^\"]*\"|'[^']*')"),
)
"""Attributes with the name of somebody, or the folder in which a file stood."""
_CUT = (re.compile(_TAG % rb"attachedTemplate" + rb"/>"), re.compile(_TAG % rb"fileSharing" + rb"/>"))
_PAGE = re.compile(_TAG % rb"pageSetup" + rb">")
_ID = re.compile(rb"\s[\w.-]+:id=(?:\"[^\"]*\"|'[^']*')")
_WORD = "wordprocessingml"


def stripped(part: bytes) -> bytes:
    """Leave out names of people, folders and printers."""
    for pattern in _CUT:
        part = pattern.sub(b"", part)
    for pattern in _BLANKED:
        part = pattern.sub(rb'\1""', part)
    return _PAGE.sub(lambda found: _ID.sub(b"", found[0]), part)


def require_still(part: bytes) -> None:
    """Refuse a part with tracked changes, other files, hidden sheets, or fields and formulas that fetch or run."""
    watch = _Watch()
    read(part, watch.start, watch.text)
    formulas = _QUOTED.sub("", "".join(watch.formulas))
    if _FIELD.search("".join(watch.fields)) or _CALLS.search(formulas) or "|" in formulas:
        raise RefusedFileError(
            mark("In dit document zit een veld of formule die iets ophaalt of uitvoert. Haal die weg.")
        )


class _Watch:
    """Walks along with the reader of a part: refuses elements, and keeps the fields and formulas for the end."""

    def __init__(self) -> None:
        self.place = ""
        self.fields: list[str] = []
        self.formulas: list[str] = []

    def start(self, name: str, said: Mapping[str, str]) -> None:
        self.place = place = local(name)
        attributes = {local(one): value for one, value in said.items()}
        is_change = place.endswith("Change") and "author" in attributes
        if _WORD in name and (place in _TRACKED or is_change):
            raise RefusedFileError(
                mark("In dit document staan nog bijgehouden wijzigingen. Neem ze over of verwijder ze eerst.")
            )
        if place in _REFUSED:
            raise RefusedFileError(_REFUSED[place])
        if place == "sheet" and attributes.get("state", "visible") != "visible":
            raise RefusedFileError(
                mark("In dit bestand zit een verborgen werkblad. Maak het zichtbaar of verwijder het eerst.")
            )
        if place == "fldChar":
            self.fields.append("\x00")
        elif place == "fldSimple":
            self.fields.append(f"\x00{attributes.get('instr', '')}\x00")
        elif place in _FORMULA:
            self.formulas.append("\x00")

    def text(self, value: str) -> None:
        if self.place == "instrText":
            self.fields.append(value)
        elif self.place in _FORMULA:
            self.formulas.append(value)
