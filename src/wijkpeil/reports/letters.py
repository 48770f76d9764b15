"""Which letters our fonts can show: what they cannot becomes a visible mark, and a word too long for a line is cut.

One letter without a picture would make the whole document unfit to be kept, so none may reach the page.
"""

import re
from bisect import bisect_right
from functools import lru_cache
from importlib.resources import files

ABSENT = "\N{WHITE SQUARE}"
"""Stands where a text has a sign that no font here can show."""
CUT = "\N{ZERO WIDTH SPACE}"

_HASH = re.compile(r"\b[0-9a-f]{64}\b")
_LONG_WORD = re.compile(r"[^\s\u200b]{71,}")
_PART = re.compile(r".{30}(?=.)", re.DOTALL)
_LINES = re.compile(r"[\r\n\t\v\f\x85\u2028\u2029]+")


def legible(text: str) -> str:
    """Give a text as it can be set: one line, every sign visible, and no word longer than a line."""
    if text.isascii() and text.isprintable() and len(text) <= 70:
        return text
    text = _LINES.sub(" ", text)
    if not (text.isascii() and text.isprintable()):
        text = "".join(letter if _is_shown(letter) else ABSENT for letter in text)
    return _LONG_WORD.sub(_cut, text) if len(text) > 70 else text


def _cut(found: re.Match[str]) -> str:
    word = found[0]
    return word if _HASH.fullmatch(word) else _PART.sub(lambda part: part[0] + CUT, word)


@lru_cache(maxsize=4096)
def _is_shown(letter: str) -> bool:
    firsts, lasts = _ranges()
    place = bisect_right(firsts, ord(letter)) - 1
    return place >= 0 and ord(letter) <= lasts[place]


@lru_cache(maxsize=1)
def _ranges() -> tuple[list[int], list[int]]:
    """Read the list that ``docs/letters.py`` writes: a range of letters a line."""
    text = files("wijkpeil.reports").joinpath("fonts", "letters.txt").read_text(encoding="ascii")
    pairs = [line.split("-") for line in text.splitlines()]
    return [int(first, 16) for first, _ in pairs], [int(last, 16) for _, last in pairs]
