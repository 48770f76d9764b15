"""The outcomes of a programme in words: in how many neighbourhoods a gap became smaller, and what luck gives."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from wijkpeil.domain.indicator import GapScale, Indicator
from wijkpeil.domain.outcomes import About
from wijkpeil.domain.verdict import NotJudged, Verdict
from wijkpeil.portrayal import quantity, verdicts
from wijkpeil.portrayal.language import Language, mark
from wijkpeil.portrayal.table import Cell, Table
from wijkpeil.portrayal.words import Speaker


@dataclass(frozen=True, kw_only=True)
class Luck:
    """Of ``of`` changes with a known error ``smaller`` became smaller, ``same`` neither; luck gives ``low``-``high``.

    Of ``selected`` of them the programme was chosen on the indicator, and selection brings a part of itself.
    """

    of: int
    smaller: int
    same: int
    expected: float
    low: int
    high: int
    selected: int = 0


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One row of ``domain.outcomes.Outcomes``; with ``luck`` where there is any that can be told."""

    comparator: str
    about: About
    theme: str | None
    indicator: str | None
    is_ratio: bool
    periods: tuple[int, int, int, int] | None
    areas: int
    changes: int
    smaller: int
    same: int
    larger: int
    ahead: int
    mean_change: float | None
    weighted_change: float | None
    mean_by_selection: float | None
    mean_excess: float | None
    luck: Luck | None
    described: int
    because: NotJudged | None
    verdicts: Mapping[Verdict, int]
    claims: int
    claims_alone: int
    at_most_false: float | None

    @property
    def is_as_luck_gives(self) -> bool:
        """Whether the count lies within what luck gives; what stayed the same may count either way."""
        if self.luck is None:
            return False
        return self.luck.low <= self.luck.smaller + self.luck.same and self.luck.smaller <= self.luck.high


def read_outcomes(frame: pl.DataFrame) -> list[Outcome]:
    """Read the rows of outcomes, in their order."""
    return [_outcome(row) for row in frame.iter_rows(named=True)]


def count_sentence(language: Language, one: Outcome) -> str:
    """Say in how many a gap became smaller; of a theme or a programme the number of comparisons."""
    parts = {"smaller": language.whole(one.smaller), "of": language.whole(one.changes)}
    said = language.say(_COUNTED[one.about is About.INDICATOR, one.ahead > 0], **parts)
    if one.same:
        said += " " + language.say_count(
            "In {count} bleef het verschil gelijk.", "In {count} bleef het verschil gelijk.", one.same
        )
    return said


def luck_sentences(language: Language, one: Outcome) -> list[str]:
    """Say what luck gives, or why nobody can tell. Verdicts are never in these sentences."""
    say, luck = language.say, one.luck
    if luck is None:
        if one.because is None:
            return [say("Dit is een volledige telling: toeval telt hier niet mee.")] if one.changes else []
        reason = verdicts.reason_words(language, one.because)
        return [
            say("Wat het toeval geeft, is niet te zeggen: {reason}. Dit beschrijft en oordeelt niet.", reason=reason)
        ]
    said = []
    if luck.of < one.changes:
        parts = {"of": language.whole(luck.of), "smaller": language.whole(luck.smaller)}
        said.append(say("Van {of} kennen we de marge; {smaller} daarvan werden kleiner.", **parts))
    low, high = language.whole(luck.low), language.whole(luck.high)
    if luck.selected:
        pattern = mark("Zou er niets veranderd zijn, dan gaven toeval en selectie er {low} tot {high}.")
    else:
        pattern = mark("Zou er niets veranderd zijn, dan gaf het toeval er {low} tot {high}.")
    said.append(say(pattern, low=low, high=high))
    said.append(say(_beside_luck(one)))
    return said


def verdict_sentences(language: Language, one: Outcome) -> list[str]:
    """Say what is left after adjustment; luck's range is never in these sentences."""
    if not _judged(one):
        return []
    said = [language.say("Oordelen: {counts}.", counts=verdicts.numbered(language, _judged(one)))]
    if one.at_most_false is not None and one.claims:
        claims = language.whole(one.claims)
        if one.claims == 1:
            said.append(language.say("Van zulke uitspraken is hoogstens ongeveer 1 op de 20 onterecht."))
        elif one.at_most_false < 1:
            pattern = mark("Van de {claims} uitspraken is er naar verwachting minder dan één onterecht.")
            said.append(language.say(pattern, claims=claims))
        else:
            said.append(
                language.say_count(
                    "Van de {claims} uitspraken is er hoogstens ongeveer {count} onterecht.",
                    "Van de {claims} uitspraken zijn er hoogstens ongeveer {count} onterecht.",
                    math.ceil(one.at_most_false),
                    claims=claims,
                )
            )
    return said


def whole_sentences(speaker: Speaker, one: Outcome) -> list[str]:
    """Say the outcome of a whole programme beside one comparator."""
    language = speaker.language
    other = speaker.comparator(one.comparator)
    if not one.changes:
        return [language.say("Naast {other}: van geen enkele wijk is een verandering bekend.", other=other)]
    said = [language.say("Naast {other}: {counted}", other=other, counted=_inside(count_sentence(language, one)))]
    if one.described and one.because:
        numbers = {"of": language.whole(one.changes), "described": language.whole(one.described)}
        because = verdicts.reason_words(language, one.because)
        pattern = (
            mark("We beschrijven ze en geven geen oordeel (meestal: {because}).")
            if one.described == one.changes
            else mark("Van die {of} beschrijven we er {described} zonder oordeel (meestal: {because}).")
        )
        said.append(language.say(pattern, because=because, **numbers))
    if one.luck:
        said += luck_sentences(language, one)
    return said + verdict_sentences(language, one)


def theme_table(speaker: Speaker, theme: str, found: Sequence[Outcome]) -> Table | None:
    """Set the indicators of one theme in a table, each beside all comparators; nothing where nothing changed."""
    say = speaker.language.say
    mine = [one for one in found if one.theme == theme]
    rows = [_table_row(speaker, one) for one in _by_indicator(mine) if one.changes]
    if not rows:
        return None
    headers = (say("Cijfer"), say("Naast"), say("Kleiner"), say("Door toeval"), say("Gemiddeld"), say("Oordelen"))
    notes = [_theme_note(speaker, one) for one in mine if one.about is About.THEME and one.changes]
    absent = dict.fromkeys(one.indicator for one in mine if one.indicator)
    shown = {one.indicator for one in mine if one.changes}
    labels = [speaker.language.label(speaker.policy.indicator[id_]) for id_ in absent if id_ not in shown]
    if labels:
        notes.append(say("Van geen enkele wijk een verandering: {labels}.", labels="; ".join(labels)))
    label = speaker.language.label(speaker.policy.theme[theme])
    return Table(caption=label, headers=headers, rows=tuple(rows), notes=tuple(notes))


def mean_words(language: Language, indicator: Indicator, one: Outcome, change: float) -> str:
    """Say a mean change in a few words: 0,4 pp beter."""
    if one.is_ratio:
        size = language.say("{number}%", number=language.number(100 * abs(math.expm1(change)), 1))
    elif quantity.is_zero(indicator, change):
        return language.say("gelijk")
    else:
        size = quantity.short_size(language, indicator, change)
    return language.say(mark("{size} slechter") if change < 0 else mark("{size} beter"), size=size)


_PLAIN = (
    *("areas", "changes", "smaller", "same", "larger", "ahead", "mean_change", "weighted_change"),
    *("mean_by_selection", "mean_excess", "described", "claims", "claims_alone"),
)
_LUCK = ("of", "smaller", "same", "expected", "low", "high", "selected")
_COUNTED = {
    (True, False): mark("In {smaller} van de {of} wijken werd de achterstand kleiner."),
    (True, True): mark("In {smaller} van de {of} wijken werd de achterstand kleiner of de voorsprong groter."),
    (False, False): mark("In {smaller} van de {of} vergelijkingen werd de achterstand kleiner."),
    (False, True): mark("In {smaller} van de {of} vergelijkingen werd de achterstand kleiner of de voorsprong groter."),
}


def _beside_luck(one: Outcome) -> str:
    if one.is_as_luck_gives:
        return mark("Zoveel kan toeval ook geven.")
    above = one.luck is not None and one.luck.smaller > one.luck.high
    return mark("Dat is meer dan toeval meestal geeft.") if above else mark("Dat is minder dan toeval meestal geeft.")


def _inside(sentence: str) -> str:
    """Write a sentence as it stands after a colon."""
    return f"{sentence[:1].lower()}{sentence[1:]}"


def _by_indicator(found: Sequence[Outcome]) -> list[Outcome]:
    """Put the comparators of one indicator under each other."""
    grouped: dict[str, list[Outcome]] = {}
    for one in found:
        if one.indicator:
            grouped.setdefault(one.indicator, []).append(one)
    return [one for together in grouped.values() for one in together]


def _table_row(speaker: Speaker, one: Outcome) -> tuple[Cell, ...]:
    language = speaker.language
    indicator = speaker.policy.indicator[one.indicator or ""]
    smaller = [language.say("{smaller} van {of}", smaller=one.smaller, of=one.changes)]
    if one.same:
        smaller.append(language.say("{same} gelijk", same=one.same))
    means = []
    if one.mean_change is not None:
        means.append(mean_words(language, indicator, one, one.mean_change))
    if one.weighted_change is not None:
        weighed = mean_words(language, indicator, one, one.weighted_change)
        means.append(language.say("{change} (naar inwoners)", change=weighed))
    if one.mean_by_selection is not None and one.mean_excess is not None:
        by_itself = mean_words(language, indicator, one, one.mean_by_selection)
        rest = mean_words(language, indicator, one, one.mean_excess)
        means.append(
            language.say("vanzelf door selectie {by_itself}; daarboven {rest}", by_itself=by_itself, rest=rest)
        )
    if _points_two_ways(one, indicator):
        means.append(language.say("telling en gemiddelde verschillen"))
    label = (language.label(indicator), *_years(one))
    return (
        label,
        (speaker.comparator(one.comparator),),
        tuple(smaller),
        _luck_cell(language, one),
        tuple(means),
        _verdict_cell(language, one),
    )


def _points_two_ways(one: Outcome, indicator: Indicator) -> bool:
    """Whether the count and a mean that is more than nothing to the reader do not point the same way."""
    means = [change for change in (one.mean_change, one.weighted_change) if change]
    shown = [change for change in means if one.is_ratio or not quantity.is_zero(indicator, change)]
    return {1, -1} <= {_sign(one.smaller - one.larger), *(_sign(change) for change in shown)}


def _luck_cell(language: Language, one: Outcome) -> Cell:
    luck = one.luck
    if luck is None:
        return (language.say("niet te zeggen"),) if one.because else (language.say("geen toeval"),)
    said = [language.say("{low} tot {high}", low=luck.low, high=luck.high)]
    said.append(language.say("gemiddeld {expected}", expected=language.number(luck.expected, 1)))
    if luck.of < one.changes:
        said.append(language.say("van {of}; werkelijk {smaller}", of=luck.of, smaller=luck.smaller))
    return tuple(said)


def _verdict_cell(language: Language, one: Outcome) -> Cell:
    said = [verdicts.numbered(language, {verdict: count}) for verdict, count in _judged(one).items()]
    if one.because:
        reason = verdicts.reason_words(language, one.because)
        said.append(language.say("beschreven: {reason}", reason=reason))
    return tuple(said)


def _judged(one: Outcome) -> dict[Verdict, int]:
    return {verdict: count for verdict, count in one.verdicts.items() if count and verdict != Verdict.NOT_JUDGED}


def _theme_note(speaker: Speaker, one: Outcome) -> str:
    language = speaker.language
    said = [_inside(count_sentence(language, one)), *(luck_sentences(language, one) if one.luck else [])]
    return language.say("Naast {other}: {counted}", other=speaker.comparator(one.comparator), counted=" ".join(said))


def _years(one: Outcome) -> Cell:
    if one.periods is None:
        return ()
    first, last, now_first, now_last = one.periods
    then = str(first) if first == last else f"{first}/{last}"
    now = str(now_first) if now_first == now_last else f"{now_first}/{now_last}"
    return (f"{then} → {now}",)


def _outcome(row: Mapping[str, Any]) -> Outcome:
    periods = tuple(row[name] for name in ("baseline_first", "baseline_last", "latest_first", "latest_last"))
    luck = None
    if row["luck_of"]:
        luck = Luck(**{name: row[f"luck_{name}"] for name in _LUCK})
    return Outcome(
        comparator=row["comparator"],
        about=About(row["about"]),
        theme=row["theme"],
        indicator=row["indicator"],
        is_ratio=row["scale"] == GapScale.RELATIVE.value,
        periods=None if None in periods else periods,
        luck=luck,
        because=NotJudged(row["described_because"]) if row["described_because"] else None,
        verdicts={verdict: row[verdict.value] for verdict in Verdict},
        at_most_false=row["at_most_false"],
        **{name: row[name] for name in _PLAIN},
    )


def _sign(number: float) -> int:
    return (number > 0) - (number < 0)
