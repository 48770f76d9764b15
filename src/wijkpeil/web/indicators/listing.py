"""All indicators by theme, with how each is known and of when its latest figure is."""

from dataclasses import dataclass

from wijkpeil.portrayal import quantity
from wijkpeil.portrayal.everywhere import nature_words
from wijkpeil.portrayal.language import Language
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.everywhere import latest_periods
from wijkpeil.web.design.addresses import address


@dataclass(frozen=True, kw_only=True)
class Line:
    """One indicator in the list."""

    label: str
    address: str
    question: str
    nature: str
    period: str


@dataclass(frozen=True, kw_only=True)
class ListedTheme:
    """One theme with its indicators; ``note`` says what it lacks."""

    id: str
    label: str
    note: str
    lines: tuple[Line, ...]


def listed(edition: Edition, language: Language) -> list[ListedTheme]:
    """List every theme, also one without indicators."""
    latest = latest_periods(edition)
    policy = edition.policy
    return [
        ListedTheme(
            id=theme.id,
            label=language.label(theme),
            note=theme.note,
            lines=tuple(
                Line(
                    label=language.label(one),
                    address=address("indicator", edition=edition.id, id_=one.id),
                    question=one.question,
                    nature=nature_words(language, one.nature),
                    period=quantity.short_period(language, one, latest[one.id])
                    if one.id in latest
                    else language.say("nog geen cijfer"),
                )
                for one in policy.indicators
                if one.theme == theme.id
            ),
        )
        for theme in policy.theme.values()
    ]
