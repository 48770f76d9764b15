"""What an editor wrote: one Markdown file, or a folder with a file per section and a title."""

import hashlib
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

TITLE_FILE = "rapport.toml"
MOST_FILES = 100
_KNOWN = {"titel", "ondertitel", "soort", "schrijver", "bijlagen"}
_TITLE = re.compile(r"\A\s*# +(?P<title>[^\n]+)\n")


class WrittenError(Exception):
    """A text cannot be read; the sentence says which file, and what is allowed."""


@dataclass(frozen=True, kw_only=True)
class Written:
    """A text with its title; ``parts`` are the files by name, and ``shift`` how many levels their headings go up.

    With ``annexes`` a profile of every neighbourhood stands behind it.
    """

    title: str
    parts: tuple[tuple[str, str], ...]
    subtitle: str = ""
    kicker: str = ""
    author: str = ""
    annexes: bool = True
    shift: int = 0

    @property
    def hash(self) -> str:
        """The hash over all that was written."""
        seal = hashlib.sha256()
        for part in (
            self.title,
            self.subtitle,
            self.kicker,
            self.author,
            *(one for pair in self.parts for one in pair),
        ):
            seal.update(f"{len(part)}:{part}".encode())
        return seal.hexdigest()


def read_written(path: Path) -> Written:
    """Read a file or a folder; raises ``WrittenError``."""
    if path.is_dir():
        return _folder(path)
    if not path.is_file():
        raise WrittenError(f"{path} bestaat niet. Noem een Markdown-bestand, of een map met {TITLE_FILE}.")
    text = _text(path)
    title = _TITLE.match(text)
    if title is None:
        raise WrittenError(f"{path}:1:1: een rapport in één bestand begint met zijn titel: # Titel.")
    lines = title[0].count("\n")
    return Written(title=title["title"].strip(), parts=((path.name, "\n" * lines + text[title.end() :]),), shift=1)


def _folder(path: Path) -> Written:
    told = path / TITLE_FILE
    if not told.is_file():
        raise WrittenError(f'In {path} ontbreekt {TITLE_FILE}, met ten minste: titel = "…".')
    try:
        about = tomllib.loads(_text(told))
    except tomllib.TOMLDecodeError as fault:
        raise WrittenError(f"{told} is geen TOML: {fault}.") from fault
    unknown = sorted(set(about) - _KNOWN)
    if unknown:
        raise WrittenError(f"{told}: de naam {unknown[0]!r} kennen we niet. Wel: {', '.join(sorted(_KNOWN))}.")
    if not isinstance(about.get("titel"), str) or not about["titel"].strip():
        raise WrittenError(f"{told}: de titel ontbreekt.")
    if not isinstance(about.get("bijlagen", True), bool):
        raise WrittenError(f"{told}: bijlagen is true of false.")
    files = sorted(path.glob("*.md"))
    if not 0 < len(files) <= MOST_FILES:
        raise WrittenError(
            f"In {path} staan {len(files)} bestanden die op .md eindigen. Het moeten er 1 tot {MOST_FILES} zijn."
        )
    return Written(
        title=about["titel"].strip(),
        subtitle=str(about.get("ondertitel", "")),
        kicker=str(about.get("soort", "")),
        author=str(about.get("schrijver", "")),
        annexes=about.get("bijlagen", True),
        parts=tuple((one.name, _text(one)) for one in files),
    )


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise WrittenError(f"Het bestand {path} is niet te lezen als tekst (UTF-8).") from fault
