"""The style of a picture on paper: the same rules as on the screen, with ink that also tells itself apart in grey."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

FONT = "Source Sans Pro"
"""The font of every text in a printed picture; it lies in ``reports/fonts``."""

INK: Mapping[str, str] = {
    "--paper": "#ffffff",
    "--ink": "#17212e",
    "--soft": "#4a5666",
    "--rule": "#c5ccd6",
    "--wash": "#f2f5f8",
    "--here": "#0a4f8f",
    "--rest": "#b04a00",
    "--like": "#3f3f46",
    "--half": "#dbe3ec",
    "--tick": "#8793a3",
    "--better": "#0b6138",
    "--worse": "#9a3300",
}
"""What each colour of the screen is on paper. In grey the shapes tell what is what: dot, diamond and triangle."""

_WRITTEN = frozenset(
    {
        "fill",
        "fill-opacity",
        "font-size",
        "font-weight",
        "opacity",
        "paint-order",
        "stroke",
        "stroke-dasharray",
        "stroke-linecap",
        "stroke-linejoin",
        "stroke-opacity",
        "stroke-width",
        "text-anchor",
    }
)
"""Properties that SVG also knows as attributes; all others are about a place on a page."""

_SHEETS = ("pictures.css", "effect.css")
_COMPOUND = re.compile(r"[a-z][a-z0-9]*|\.[\w-]+")

Named = tuple[str, frozenset[str]]
"""An element as a selector sees it: its name and its classes."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One selector with what it sets; ``parts`` go from the outside in, ``weight`` decides between two rules."""

    parts: tuple[Named, ...]
    weight: tuple[int, int, int]
    sets: Mapping[str, str]

    def fits(self, chain: Sequence[Named]) -> bool:
        """Whether the rule is about the last element of a chain from the root down."""
        if not _is(self.parts[-1], chain[-1]):
            return False
        around = list(chain[:-1])
        for part in reversed(self.parts[:-1]):
            while around and not _is(part, around[-1]):
                around.pop()
            if not around:
                return False
            around.pop()
        return True


def style_of(chain: Sequence[Named]) -> Mapping[str, str]:
    """Give the attributes that the style sheets set on the last element of a chain from the root down."""
    return _style(tuple(chain))


@lru_cache(maxsize=1024)
def _style(chain: tuple[Named, ...]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for rule in _rules():
        if rule.fits(chain):
            found.update(rule.sets)
    return found


@lru_cache(maxsize=1)
def _rules() -> tuple[Rule, ...]:
    """Read the rules of the style sheets, the least specific first; those for one sort of screen are left out."""
    rules: list[Rule] = []
    for name in _SHEETS:
        text = files(__package__).joinpath("templates", "pictures", name).read_text(encoding="utf-8")
        for selectors, sets in _blocks(text):
            for selector in selectors.split(","):
                rule = _rule(selector.strip(), sets, len(rules))
                if rule is not None:
                    rules.append(rule)
    return tuple(sorted(rules, key=lambda rule: rule.weight))


def _blocks(text: str) -> list[tuple[str, str]]:
    """Give the blocks at the outside of a style sheet: selectors and what they set."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"@[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", text)
    return [(one[1].strip(), one[2]) for one in re.finditer(r"([^{}]+)\{([^{}]*)\}", text)]


def _rule(selector: str, sets: str, place: int) -> Rule | None:
    if not re.fullmatch(r"[\w\s.-]+", selector):
        return None
    pairs = (one.partition(":") for one in sets.split(";") if ":" in one)
    known = {name.strip(): _on_paper(value.strip()) for name, _, value in pairs if name.strip() in _WRITTEN}
    if not known:
        return None
    parts = tuple(_named(part) for part in selector.split())
    classes, tags = sum(len(part[1]) for part in parts), sum(1 for part in parts if part[0])
    return Rule(parts=parts, weight=(classes, tags, place), sets=known)


def _named(part: str) -> Named:
    found = _COMPOUND.findall(part)
    tag = next((one for one in found if not one.startswith(".")), "")
    return tag, frozenset(one[1:] for one in found if one.startswith("."))


def _is(part: Named, element: Named) -> bool:
    return part[0] in {"", element[0]} and part[1] <= element[1]


def _on_paper(value: str) -> str:
    return re.sub(r"var\((--[\w-]+)\)", lambda found: INK.get(found[1], "#17212e"), value).replace("px", "")
