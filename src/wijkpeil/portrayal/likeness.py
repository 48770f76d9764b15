"""How alike the look-alikes are: a comparison with a neighbourhood that hardly resembles this one must say so."""

from dataclasses import dataclass
from enum import StrEnum

from wijkpeil.domain.policy import Policy
from wijkpeil.portrayal.language import Language, mark

_GOOD, _FAIR = 0.1, 0.25
"""Mean standardised differences below which a match is called good and fair.

Source: E.A. Stuart, "Matching methods for causal inference", Statistical Science 25 (2010), section 4.1.
"""


class Likeness(StrEnum):
    """How well look-alikes match."""

    GOOD = "good"
    FAIR = "fair"
    WEAK = "weak"


_SHORT = {
    Likeness.GOOD: mark("goede gelijkenis"),
    Likeness.FAIR: mark("redelijke gelijkenis"),
    Likeness.WEAK: mark("zwakke gelijkenis"),
}
_SENTENCES = {
    Likeness.GOOD: mark("Ze lijken er goed op."),
    Likeness.FAIR: mark("Ze lijken er redelijk op."),
    Likeness.WEAK: mark("Ze lijken er maar zwak op. Wees dus voorzichtig met deze vergelijking."),
}
_REASONS = {
    "no_characteristics": mark(
        "We kennen de kenmerken van dit gebied niet, dus kunnen we geen gelijkende wijken zoeken."
    ),
    "too_few_people": mark("Hier wonen te weinig mensen om gelijkende wijken te zoeken."),
    "none_alike": mark("Geen enkele wijk lijkt genoeg op dit gebied."),
}


@dataclass(frozen=True, kw_only=True)
class LookAlike:
    """One neighbourhood that resembles the area; ``distance`` is in standard deviations."""

    code: str
    name: str
    gemeente_name: str | None
    rank: int
    distance: float


@dataclass(frozen=True, kw_only=True)
class Match:
    """How well the look-alikes of an area match it.

    ``difference`` is the mean over the characteristics of the standardised difference with the mean of the
    look-alikes; ``reason`` is ``found`` or why there are none.
    """

    reason: str
    found: int
    difference: float | None

    @property
    def likeness(self) -> Likeness | None:
        """How well they match, or nothing where there are none."""
        if not self.found or self.difference is None:
            return None
        if self.difference < _GOOD:
            return Likeness.GOOD
        return Likeness.FAIR if self.difference < _FAIR else Likeness.WEAK


def short_match(language: Language, match: Match) -> str:
    """Say how many look-alikes there are and how well they match, in a few words."""
    if match.likeness is None:
        return language.say("geen")
    return f"{language.whole(match.found)}, {language.say(_SHORT[match.likeness])}"


def match_sentences(language: Language, match: Match, policy: Policy) -> tuple[str, ...]:
    """Say how many look-alikes there are, on what they were found, and how well they match."""
    if match.likeness is None or match.difference is None:
        return (language.say(_REASONS.get(match.reason, _REASONS["none_alike"])),)
    count = language.say_count(
        "{count} wijk lijkt het meest op dit gebied en zit niet in een programma.",
        "{count} wijken lijken het meest op dit gebied en zitten niet in een programma.",
        match.found,
    )
    compared = language.say("We vergeleken op: {names}.", names=language.series(_characteristics(language, policy)))
    measured = language.say(
        "Het verschil is gemiddeld {difference} standaardafwijking.", difference=language.number(match.difference, 2)
    )
    return count, compared, f"{language.say(_SENTENCES[match.likeness])} {measured}"


def _characteristics(language: Language, policy: Policy) -> list[str]:
    names = []
    for one in policy.look_alikes.characteristics:
        id_, _, year = one.partition("@")
        label = language.label(policy.indicator[id_]) if id_ in policy.indicator else id_
        names.append(f"{label} ({year})" if year else label)
    return names
