"""A verdict as a badge beside a picture: its sign, its word and its colour, and never one without the others."""

from dataclasses import dataclass

from wijkpeil.domain.verdict import Verdict
from wijkpeil.portrayal import verdicts
from wijkpeil.portrayal.language import Language
from wijkpeil.portrayal.reading import Reading
from wijkpeil.portrayal.words import Speaker


@dataclass(frozen=True, kw_only=True)
class Badge:
    """One verdict; ``words`` begin with its sign, ``kind`` chooses its colour, ``beside`` says beside what."""

    comparator: str
    words: str
    kind: str
    beside: str


def badges(speaker: Speaker, reading: Reading, *, merged: bool = True) -> tuple[Badge, ...]:
    """Give the badges of an indicator beside both comparators; a figure without a better side has none.

    With ``merged``, what is not judged beside either for the same reason stands once, beside nothing in particular.
    """
    found = []
    for comparator in reading.first_two if reading.indicator.is_judged else ():
        one = reading.judgements.get(comparator)
        if one is not None:
            found.append(
                Badge(
                    comparator=comparator,
                    words=verdicts.short(speaker.language, one),
                    kind=one.verdict.value,
                    beside=speaker.language.say("naast {other}", other=speaker.comparator(comparator)),
                )
            )
    if merged and len(found) > 1 and len({one.words for one in found}) == 1 and found[0].kind == "not_judged":
        return (Badge(comparator="", words=found[0].words, kind=found[0].kind, beside=""),)
    return tuple(found)


def signs(language: Language) -> list[tuple[str, str, str]]:
    """List every verdict for a legend: its sign, the class of its colour, and its word."""
    return [(verdicts.GLYPHS[one], one.value, verdicts.word(language, one)) for one in Verdict]
