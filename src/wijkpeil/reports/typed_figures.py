"""A figure that somebody typed is a figure that no edition holds: it is seen, and asked to become a reference."""

import re
from collections.abc import Iterator

_MONTHS = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|"
    "january|february|march|may|june|july|august|october"
)
_UNITS = (
    r"%|‰|procent|procentpunt|pp|per cent|percent|euro|miljoen|miljard|duizend|mensen|personen|inwoners|bewoners|"
    r"woningen|"
    r"huishoudens|kinderen|jongeren|leerlingen|banen|wijken|buurten|keer|maal|punten|people|homes|households"
)
ALLOWED = (
    rf"\b\d{{1,2}}(?:e|ste|de)? (?:{_MONTHS})(?: \d{{4}})?\b",
    r"\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}-\d{1,2}-\d{4}\b",
    r"\b\d{1,2}[.:]\d{2} uur\b",
    r"(?<![\d.,€])(?<!€ )\b(?:1[89]|20)\d\d"
    rf"(?:\s?[-–/]\s?(?:(?:1[89]|20)\d\d|\d\d))?\b(?![.,]\d)(?!\s?(?:{_UNITS})(?!\w))",
    r"\b\d{2}[ \xa0]?\d{3}(?:[ -][IVXLC]+)?, ?nrs?\. ?\d+(?:-\d+)?",
    r"\b(?:kamerstuk(?:ken)?|dossier|motie|tweede kamer|eerste kamer|staatsblad|stb\.|stcrt\.)"
    r"[ ,]*\d[\d -]*(?:,? ?nrs?\. ?\d+)?",
    r"\b(?:artikel(?:en)?|art\.|lid|paragraaf|hoofdstuk|bijlage|tabel|figuur|nr\.|nrs\.|nummer|deel|versie|fase|stap|"
    r"pagina|blz\.|annex|article|section|chapter|table|figure|no\.) ?\d+(?:[.:]\d+)*[a-z]?\b|§ ?\d+(?:\.\d+)*",
    r"\b[A-Za-z][A-Za-z-]{0,40}\d[\w-]*|\b\d{1,2}(?:e|ste|de|st|nd|rd|th)\b",
    r"\b\d{4} ?[A-Z]{2}\b",
    r"https?://\S+|www\.\S+|\S{1,80}@\S{1,80}",
)
"""What has digits and is no figure: dates, times, years, papers, numbering, names with a digit, ordinals, addresses."""
_ALLOWED = re.compile("|".join(f"(?:{one})" for one in ALLOWED), re.IGNORECASE)
_NUMBERING = re.compile(r"^\s*\d+(?:\.\d+)*\.?\s")
_FIGURE = re.compile(rf"(?:€ ?)?\d[\d.,]*(?<![.,])(?: ?(?:{_UNITS})(?!\w))?", re.IGNORECASE)


def typed_figures(text: str, *, is_heading: bool = False) -> Iterator[tuple[int, str]]:
    """Find what looks like a figure, with its place; the number before a heading is none."""
    text = _ALLOWED.sub(lambda found: "\N{MIDDLE DOT}" * len(found[0]), text)
    if is_heading:
        text = _NUMBERING.sub(lambda found: " " * len(found[0]), text)
    for found in _FIGURE.finditer(text):
        yield found.start(), found[0]
