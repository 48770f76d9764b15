"""What a reader composes from neighbourhoods: its figures, and in a sentence why one of them is refused."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from wijkpeil.domain.indicator import Indicator
from wijkpeil.portrayal.language import Language, mark
from wijkpeil.portrayal.profile import Absence, Row, rows_of
from wijkpeil.portrayal.reading import Figure
from wijkpeil.portrayal.subject import Subject
from wijkpeil.portrayal.words import Speaker


class Refusal(StrEnum):
    """Why there is no figure of a composed area."""

    NO_FIGURE = "no_figure"
    PART_HIDDEN = "part_hidden"
    PART_MISSING = "part_missing"
    REST_HIDDEN = "rest_hidden"
    TOO_NEAR = "too_near"
    NO_BASE = "no_base"
    NOT_ADDED = "not_added"


@dataclass(frozen=True, kw_only=True)
class OwnFigure:
    """One indicator of a composed area: its figure beside the rest of the city, or why there is none."""

    indicator: Indicator
    figure: Figure | None = None
    refusal: Refusal | None = None
    period: int | None = None


@dataclass(frozen=True, kw_only=True)
class OwnTheme:
    """The figures of one theme of a composed area."""

    id: str
    label: str
    rows: tuple[Row, ...]


_REFUSED = {
    Refusal.NO_FIGURE: mark("Van deze gebieden is er geen cijfer."),
    Refusal.PART_HIDDEN: mark(
        "Eén van de delen gaat over te weinig mensen. Dat cijfer is verborgen, dus tellen we het ook niet mee."
    ),
    Refusal.PART_MISSING: mark(
        "Eén van de delen heeft geen cijfer. Zonder dat deel zou het over een ander gebied gaan."
    ),
    Refusal.REST_HIDDEN: mark(
        "Wat er buiten je gebied overblijft, is verborgen of te klein. Met aftrekken zou je dat kunnen uitrekenen."
    ),
    Refusal.TOO_NEAR: mark(
        "Je gebied is bijna hetzelfde als een gebied dat al cijfers heeft. Het verschil gaat over te weinig mensen."
    ),
    Refusal.NO_BASE: mark(
        "We weten niet over hoeveel mensen of woningen het cijfer van elk deel gaat. "
        "Dan kunnen we niet eerlijk middelen."
    ),
    Refusal.NOT_ADDED: mark("Dit is een klasse of een score. Die kun je niet van delen bij elkaar tellen."),
}


def refusal_words(language: Language, refusal: Refusal) -> str:
    """Say why a figure of a composed area is not there."""
    return language.say(_REFUSED[refusal])


def refusals(language: Language, refused: Iterable[OwnFigure]) -> list[Absence]:
    """Gather the figures that are refused by their reason."""
    found: dict[Refusal, list[str]] = {}
    for one in refused:
        if one.refusal:
            found.setdefault(one.refusal, []).append(language.label(one.indicator))
    return [Absence(reason=refusal_words(language, one), labels=tuple(found[one])) for one in Refusal if one in found]


def own_themes(speaker: Speaker, about: Subject) -> list[OwnTheme]:
    """Gather the figures of a composed area by theme; themes without any are left out."""
    listed = (
        OwnTheme(
            id=theme.id,
            label=speaker.language.label(theme),
            rows=tuple(rows_of(speaker, about, about.of_theme(theme.id))),
        )
        for theme in about.policy.themes
    )
    return [one for one in listed if one.rows]


def own_facts(language: Language, about: Subject) -> list[tuple[str, str]]:
    """List what a composed area is made of, a name and a value each."""
    say, area = language.say, about.area
    listed = [(say("Gemeente"), area.gemeente_name or ""), (say("Bestaat uit"), language.series(area.parts))]
    if area.population is not None:
        listed.append((say("Inwoners"), language.whole(area.population)))
    return listed
