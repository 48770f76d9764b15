"""Which letters our fonts can show: what they cannot becomes a visible mark, and a word too long for a line is cut."""

import re

ABSENT = "\N{WHITE SQUARE}"
"""Stands where a text has a sign that no font here can show, as in what is read aloud."""

_LONG_WORD = re.compile(r"\S{40}(?=\S{8})")


def legible(text: str) -> str:
    """Give a text as it can be set: every sign visible, and no word longer than a line."""
    return _LONG_WORD.sub(lambda found: found[0] + "\u200b", text)
