"""A verdict in words, with a sign beside it: what happened to the gap, how sure that is, and whose doing it was."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from wijkpeil.domain.comparator import Comparator
from wijkpeil.domain.verdict import NotEstimable, NotJudged, Verdict
from wijkpeil.portrayal.language import Language, mark

GLYPHS = {
    Verdict.CATCHING_UP: "▲",
    Verdict.FALLING_BEHIND: "▼",
    Verdict.STEADY: "●",
    Verdict.CANNOT_TELL: "▨",
    Verdict.NOT_JUDGED: "○",
}
"""The sign of a verdict: it never stands without its word, so that it works without colour and aloud."""

_SHORT = {
    Verdict.CATCHING_UP: mark("loopt in"),
    Verdict.FALLING_BEHIND: mark("raakt achter"),
    Verdict.STEADY: mark("gelijk gebleven"),
    Verdict.CANNOT_TELL: mark("niet te zeggen"),
    Verdict.NOT_JUDGED: mark("niet beoordeeld"),
}
_AHEAD = {
    Verdict.CATCHING_UP: mark("loopt verder uit"),
    Verdict.FALLING_BEHIND: mark("verliest voorsprong"),
}
_REASONS = {
    NotJudged.CONTEXT: mark("achtergrond, zonder betere kant"),
    NotJudged.ORDINAL: mark("een klasse, geen getal"),
    NotJudged.COUNT: mark("een aantal"),
    NotJudged.HIDDEN: mark("te weinig mensen om te tonen"),
    NotJudged.NO_COMPARATOR: mark("niets om mee te vergelijken"),
    NotJudged.NO_FIGURES: mark("te weinig cijfers"),
    NotJudged.ONE_PERIOD: mark("maar één meting"),
    NotJudged.BROKEN: mark("de meting is veranderd"),
    NotJudged.NO_RATIO: mark("de verhouding bestaat niet bij 0"),
    NotJudged.MODELLED: mark("geschat, marge niet gepubliceerd"),
    NotJudged.NO_ERROR_KNOWN: mark("geen marge bekend"),
    NotJudged.SELECTED: mark("gekozen op dit cijfer"),
}
_NOT_ESTIMABLE = {
    NotEstimable.ONE_PRE_PERIOD: mark("er is maar één meting tot en met de nulmeting"),
    NotEstimable.TOO_FEW_AREAS: mark("er zijn te weinig andere wijken met alle metingen"),
    NotEstimable.NOT_SEEN: mark("het cijfer waarop gekozen is, is er niet"),
    NotEstimable.LATE_BASELINE: mark("er is geen meting bij de nulmeting"),
    NotEstimable.CHOSEN_TOO: mark("waarmee we vergelijken is zelf ook zo gekozen"),
    NotEstimable.ONLY_A_PART: mark("dit gebied is deel van een gekozen wijk"),
    NotEstimable.NOT_ALIKE: mark("gelijkende wijken zijn niet op dit cijfer gezocht"),
}
_LARGEST = 2 / 3
"""From this part of the change on it is said to be mostly the doing of one side."""


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """The verdict on one indicator beside one comparator."""

    comparator: str
    verdict: Verdict
    alone: Verdict
    reason: NotJudged | None
    q: float | None
    gap_baseline: float | None
    change: float | None
    own_part: float | None
    comparator_part: float | None
    like_n: int | None
    like_more: int | None
    scales_differ: bool
    by_count: bool
    by_selection: float | None = None
    excess: float | None = None
    not_estimable: NotEstimable | None = None
    bars_effect: bool = False
    naive: float | None = None


def judgements(verdicts: pl.DataFrame | None) -> dict[str, dict[str, Judgement]]:
    """Gather the verdicts on one area by indicator and comparator."""
    found: dict[str, dict[str, Judgement]] = {}
    for row in verdicts.iter_rows(named=True) if verdicts is not None else ():
        found.setdefault(row["indicator"], {})[row["comparator"]] = judgement_of(row)
    return found


def short(language: Language, one: Judgement) -> str:
    """Name a verdict with its sign in as few words as a cell has; of what is not judged, the reason."""
    word = language.say(_REASONS[one.reason]) if one.reason else language.say(_word(one, one.verdict))
    return f"{GLYPHS[one.verdict]} {word}"


def sentences(
    language: Language, one: Judgement, other: str, amount: Callable[[float], str] | None = None
) -> list[str]:
    """Say a verdict beside ``other``, how sure it is, and whose doing it was.

    ``amount`` writes a change on the scale that decides; with it the naive change, what selection brought and what is
    left stand side by side.
    """
    say = language.say
    if one.reason:
        reason = say(_REASONS[one.reason])
        if one.not_estimable and one.reason is NotJudged.SELECTED:
            reason = say(
                "{reason}, en hoeveel er vanzelf terugkwam is niet te schatten: {why}",
                reason=reason,
                why=say(_NOT_ESTIMABLE[one.not_estimable]),
            )
        return [
            say(
                "{glyph} Niet beoordeeld naast {other}: {reason}.",
                glyph=GLYPHS[one.verdict],
                other=other,
                reason=reason,
            )
        ]
    said = [
        say(
            "{glyph} Oordeel: {word} (naast {other}).",
            glyph=GLYPHS[one.verdict],
            word=say(_word(one, one.verdict)),
            other=other,
        )
    ]
    said += _how_sure(language, one)
    if amount and one.naive is not None and one.by_selection is not None and one.excess is not None:
        said.append(
            say(
                "Deze wijk is gekozen omdat zij hierop slecht stond. Verandering van de achterstand: {naive}. "
                "Te verwachten zonder dat er iets gebeurde: {expected}. Het oordeel gaat over de rest: {excess}.",
                naive=amount(one.naive),
                expected=amount(one.by_selection),
                excess=amount(one.excess),
            )
        )
    if one.bars_effect:
        said.append(say("Dit zegt niets over het effect van het programma."))
    if one.comparator == Comparator.LOOK_ALIKES.value and one.like_n and one.like_more is not None:
        more, count = language.whole(one.like_more), language.whole(one.like_n)
        said.append(say("Van de {count} gelijkende wijken gingen er {more} meer vooruit.", count=count, more=more))
    if one.verdict in {Verdict.CATCHING_UP, Verdict.FALLING_BEHIND}:
        said += _whose_doing(language, one, other)
    if one.scales_differ:
        said.append(say("Let op: het verschil en de verhouding wijzen elk een andere kant op."))
    return said


def counts(language: Language, found: Iterable[Judgement]) -> str:
    """Count the verdicts, also those that nobody can give: ▲ 2 loopt in, ▨ 5 niet te zeggen."""
    return numbered(language, Counter(one.verdict for one in found))


def numbered(language: Language, counted: Mapping[Verdict, int]) -> str:
    """Say how many there are of every verdict that is there."""
    return ", ".join(
        f"{GLYPHS[verdict]} {language.whole(counted[verdict])} {language.say(_SHORT[verdict])}"
        for verdict in Verdict
        if counted.get(verdict)
    )


def reason_words(language: Language, reason: NotJudged) -> str:
    """Say in a few words why something is not judged."""
    return language.say(_REASONS[reason])


def word(language: Language, verdict: Verdict) -> str:
    """Name a verdict without its sign."""
    return language.say(_SHORT[verdict])


def _word(one: Judgement, verdict: Verdict) -> str:
    ahead = one.gap_baseline is not None and one.gap_baseline > 0
    return _AHEAD.get(verdict, _SHORT[verdict]) if ahead else _SHORT[verdict]


def _how_sure(language: Language, one: Judgement) -> list[str]:
    say = language.say
    if one.by_count:
        return [say("Dit is een volledige telling: toeval telt hier niet mee.")]
    if one.alone.is_claim and not one.verdict.is_claim:
        return [
            say(
                "Op zichzelf lijkt dit: {word}. Maar we toetsen veel cijfers tegelijk, "
                "en dan zit er altijd toeval bij.",
                word=say(_word(one, one.alone)),
            )
        ]
    if one.verdict.is_claim:
        return [say("Van de oordelen die zo zeker zijn, is hoogstens ongeveer 1 op de 20 onterecht.")]
    return []


def _whose_doing(language: Language, one: Judgement, other: str) -> list[str]:
    """Say whose doing a difference is; not where the verdict is on something else than that difference.

    The two parts add up to the naive difference. What is left after the return of the selected, and a ratio that points
    the other way, have no such parts.
    """
    if not one.change or one.own_part is None or one.comparator_part is None:
        return []
    if one.excess is not None or (one.change > 0) != (one.verdict is Verdict.CATCHING_UP):
        return []
    if one.comparator_part / one.change >= _LARGEST:
        pattern = (
            mark("Dat komt vooral doordat {other} verslechterde.")
            if one.change > 0
            else mark("Dat komt vooral doordat {other} verbeterde.")
        )
        return [language.say(pattern, other=other)]
    if one.own_part / one.change >= _LARGEST:
        pattern = (
            mark("Dat komt vooral doordat het hier beter werd.")
            if one.change > 0
            else mark("Dat komt vooral doordat het hier slechter werd.")
        )
        return [language.say(pattern)]
    return [language.say("Dat komt door beide: hier én {other} veranderde.", other=other)]


def judgement_of(row: Mapping[str, Any]) -> Judgement:
    """Take a judgement from a row of ``Verdicts``."""
    plain = (
        "q",
        "gap_baseline",
        "change",
        "own_part",
        "comparator_part",
        "like_n",
        "like_more",
        "by_selection",
        "excess",
    )
    return Judgement(
        comparator=row["comparator"],
        verdict=Verdict(row["verdict"]),
        alone=Verdict(row["alone"]),
        reason=NotJudged(row["reason"]) if row["reason"] else None,
        scales_differ=row["scales_differ"],
        by_count=row["by_count"],
        not_estimable=NotEstimable(row["not_estimable"]) if row["not_estimable"] else None,
        bars_effect=row["bars_effect"],
        naive=row["relative_change"] if row["scale"] == "relative" else row["change"],
        **{name: row[name] for name in plain},
    )
