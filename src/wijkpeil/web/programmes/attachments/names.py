"""Names of files: as they were typed for who reads a page, and as they are safe for who keeps the file."""

import re
import unicodedata

LONGEST = 200
_SERVED = 80
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
_FALLBACK = "bijlage"


def shown(name: str) -> str:
    """Give a name as it was typed, without folders and without signs that nobody sees or that turn a line around."""
    last = re.split(r"[/\\]", name)[-1]
    seen = "".join(sign for sign in unicodedata.normalize("NFC", last) if unicodedata.category(sign)[0] != "C")
    return seen.strip()[:LONGEST] or _FALLBACK


def served(name: str, ending: str) -> str:
    """Give the name under which a file is given out: letters, digits, spaces, ``-`` and ``_``, and the true ending."""
    stem = shown(name)
    if "." in stem.strip("."):
        stem = stem.rpartition(".")[0]
    kept = re.sub(r"[^\w -]+", "-", stem, flags=re.UNICODE)
    kept = re.sub(r"\s+", " ", kept).strip(" -_")[:_SERVED].strip(" -_")
    if not kept or _RESERVED.fullmatch(kept):
        kept = _FALLBACK
    return f"{kept}.{ending}"
