"""Finds every sentence in the code and the templates, and keeps the English catalogue; run it to renew the files.

``python tests/unit/portrayal/translations.py`` adds new sentences to ``wijkpeil.po`` (untranslated: the test then
names them), leaves out those that are gone, and compiles ``wijkpeil.mo``.
"""

import io
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).parents[3] / "src" / "wijkpeil"
FOLDER = PACKAGE / "portrayal" / "locale" / "en" / "LC_MESSAGES"
PO, MO = FOLDER / "wijkpeil.po", FOLDER / "wijkpeil.mo"
_NAMES = {"project": "wijkpeil", "version": "1", "language_team": "en"}
_NO_DAY = datetime(2026, 1, 1, tzinfo=UTC)
"""The same source gives the same bytes: the day of compiling is of no interest."""
KEYWORDS = {"say": None, "mark": None, "say_count": (1, 2)}


def sentences() -> Catalog:
    """Every sentence that the code and the templates say."""
    found = Catalog(locale="en", project="wijkpeil", fuzzy=False, charset="utf-8")
    for room in ("portrayal", "reports", "cli", "web", "api", "site"):
        for path in sorted((PACKAGE / room).rglob("*.py")):
            _gather(found, "python", path)
    for path in sorted(PACKAGE.rglob("*.j2")):
        _gather(found, "jinja2.ext:babel_extract", path)
    return found


def catalogue() -> Catalog:
    """The English catalogue as it stands in the repository."""
    if not PO.exists():
        return Catalog(locale="en", fuzzy=False)
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def compiled(of: Catalog) -> bytes:
    """The catalogue as a program reads it."""
    buffer = io.BytesIO()
    of.creation_date = of.revision_date = _NO_DAY
    write_mo(buffer, of)
    return buffer.getvalue()


def _gather(found: Catalog, method: str, path: Path) -> None:
    options = {"trimmed": "false"} if "jinja2" in method else {}
    for line, message, _, _ in extract_from_file(method, path, keywords=KEYWORDS, options=options):
        key = tuple(message) if isinstance(message, list | tuple) else message
        if key:
            found.add(key, locations=[(path.relative_to(PACKAGE).as_posix(), line)])


def renew() -> None:
    """Bring the files up to date with the code."""
    now, before = sentences(), catalogue()
    renewed = Catalog(locale="en", fuzzy=False, charset="utf-8", **_NAMES)
    renewed.header_comment = "# English translations of Wijkpeil: the Dutch sentences are the keys."
    for message in now:
        if message.id:
            known = before.get(message.id)
            places = sorted({file for file, _ in message.locations})
            same = known and isinstance(known.id, str) == isinstance(message.id, str)
            none = "" if isinstance(message.id, str) else ("", "")
            renewed.add(message.id, known.string if same else none, locations=[(file, None) for file in places])
    FOLDER.mkdir(parents=True, exist_ok=True)
    renewed.revision_date = renewed.creation_date = None
    buffer = io.BytesIO()
    write_po(buffer, renewed, sort_output=True, include_lineno=False, width=110)
    noise = ('"PO-Revision', '"POT-Creation', '"Report-Msgid', '"Last-Translator', '"Generated-By')
    kept = [line for line in buffer.getvalue().decode().splitlines() if not line.startswith(noise)]
    PO.write_text("\n".join(kept) + "\n", encoding="utf-8")
    MO.write_bytes(compiled(catalogue()))


if __name__ == "__main__":
    renew()
