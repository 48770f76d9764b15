"""Picture 2, the rug: the neighbourhoods of a programme by its indicators, a sign and a colour for each.

It is a table and no drawing: a header for every row and column, a sign that works without colour, and a sentence in
every cell for who cannot see it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import polars as pl

from wijkpeil.domain.indicator import GapScale, Indicator
from wijkpeil.domain.verdict import Verdict
from wijkpeil.portrayal import quantity, verdicts
from wijkpeil.portrayal.language import Language, mark
from wijkpeil.portrayal.outcomes import Outcome, count_sentence, luck_sentences
from wijkpeil.portrayal.words import Speaker

FAR = 4
"""From so many times the threshold on an area is said to be far behind or ahead."""


class Moment(StrEnum):
    """What a rug shows; the values stand in addresses."""

    CHANGE = "verandering"
    NOW = "nu"
    BASELINE = "begin"


class Stand(StrEnum):
    """How an area stands beside its comparator; the values are the classes of the colours."""

    FAR_BEHIND = "behind-3"
    BEHIND = "behind-1"
    LEVEL = "level"
    AHEAD = "ahead-1"
    FAR_AHEAD = "ahead-3"
    CANNOT_TELL = "cannot_tell"
    ABSENT = "absent"


_STANDS = {
    Stand.FAR_BEHIND: ("−−", mark("ver achter")),
    Stand.BEHIND: ("−", mark("achter")),
    Stand.LEVEL: ("=", mark("ongeveer gelijk")),
    Stand.AHEAD: ("+", mark("voor")),
    Stand.FAR_AHEAD: ("++", mark("ver voor")),
    Stand.CANNOT_TELL: ("▨", mark("niet te zeggen: kan toeval zijn")),
    Stand.ABSENT: ("×", mark("geen cijfer")),
}
MOMENTS = {
    Moment.CHANGE: mark("wat er veranderde"),
    Moment.NOW: mark("hoe het er nu voor staat"),
    Moment.BASELINE: mark("hoe het er bij het begin voor stond"),
}
"""What a rug shows, in words."""

TABS = {Moment.BASELINE: mark("Begin"), Moment.NOW: mark("Nu"), Moment.CHANGE: mark("Verandering")}
"""The same in one word, in the order of time."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One area and one indicator: the class of its colour, its sign, and the whole of it in a sentence."""

    kind: str
    glyph: str
    sentence: str
    indicator: str


@dataclass(frozen=True, kw_only=True)
class Place:
    """A neighbourhood as it stands at the head of a row."""

    code: str
    name: str
    city: str


@dataclass(frozen=True, kw_only=True)
class Row:
    """A neighbourhood with its cells; ``counts`` are sign, class, number and word of what stands in them."""

    place: Place
    cells: tuple[Cell, ...]
    counts: tuple[tuple[str, str, int, str], ...]


@dataclass(frozen=True, kw_only=True)
class Foot:
    """What stands under a column: in how many neighbourhoods the gap became smaller, and what luck gives."""

    counted: str
    luck: str
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Rug:
    """A whole rug; ``legend`` is a class, a sign and a word each."""

    columns: tuple[Indicator, ...]
    rows: tuple[Row, ...]
    feet: tuple[Foot, ...]
    legend: tuple[tuple[str, str, str], ...]
    notes: tuple[str, ...]


def change_rug(
    speaker: Speaker,
    places: Sequence[Place],
    indicators: Sequence[Indicator],
    found: pl.DataFrame,
    *,
    comparator: str,
    outcomes: Sequence[Outcome] = (),
    in_full: bool = True,
) -> Rug:
    """Make the rug of verdicts; ``found`` are those on these areas beside one comparator.

    Without ``in_full`` a cell says no more than its word, for one that is printed whole.
    """
    wanted = found.filter(pl.col("indicator").is_in([one.id for one in indicators]), pl.col("comparator") == comparator)
    rows = {(row["area"], row["indicator"]): row for row in wanted.iter_rows(named=True)}
    drawn = []
    for place in places:
        cells = []
        for indicator in indicators:
            row = rows.get((place.code, indicator.id))
            one = verdicts.judgement_of(row) if row is not None else None
            word = verdicts.short(speaker.language, one) if one else speaker.language.say("○ te weinig cijfers")
            glyph, _, said = word.partition(" ")
            if in_full and row is not None:
                said = _change_sentence(speaker, place, indicator, said, row)
            kind = one.verdict if one else Verdict.NOT_JUDGED
            cells.append(Cell(kind=kind.value, glyph=glyph, sentence=said, indicator=indicator.id))
        drawn.append((place, cells))
    legend = [(one.value, verdicts.GLYPHS[one], verdicts.word(speaker.language, one)) for one in Verdict]
    return _rug(speaker.language, indicators, drawn, legend, _feet(speaker.language, indicators, outcomes))


def level_rug(
    speaker: Speaker,
    places: Sequence[Place],
    indicators: Sequence[Indicator],
    positions: Mapping[tuple[str, str], Mapping[str, Any]],
    *,
    comparator: str,
    in_full: bool = True,
) -> Rug:
    """Make the rug of gaps at one moment; ``positions`` has the row of ``Positions`` of an area and an indicator."""
    drawn = []
    for place in places:
        cells = []
        for indicator in indicators:
            row = positions.get((place.code, indicator.id))
            stand = stand_of(indicator, row)
            glyph, word = _STANDS[stand]
            said = speaker.language.say(word)
            if in_full:
                said = _level_sentence(speaker, place, indicator, said, row, comparator)
            kind = stand.value if stand in {Stand.CANNOT_TELL, Stand.ABSENT} else f"of-{stand.value}"
            cells.append(Cell(kind=kind, glyph=glyph, sentence=said, indicator=indicator.id))
        drawn.append((place, cells))
    legend = [
        (
            one.value if one in {Stand.CANNOT_TELL, Stand.ABSENT} else f"of-{one.value}",
            glyph,
            speaker.language.say(word),
        )
        for one, (glyph, word) in _STANDS.items()
    ]
    note = speaker.language.say(
        "‘Achter’ en ‘voor’ zijn verschillen die groter zijn dan de drempel van het cijfer; ‘ver’ is meer dan {times} "
        "keer die drempel.",
        times=FAR,
    )
    return _rug(speaker.language, indicators, drawn, legend, (), (note,))


def stand_of(indicator: Indicator, row: Mapping[str, Any] | None) -> Stand:
    """Say how an area stands, on the scale that decides; a margin around zero is an answer too."""
    if row is None or row["gap"] is None or not quantity.is_defined(row["gap"]):
        return Stand.ABSENT
    is_ratio = indicator.gap_scale is GapScale.RELATIVE and row["relative_gap"] is not None
    gap, threshold = row["relative_gap"] if is_ratio else row["gap"], indicator.materiality or 0.0
    if abs(gap) <= threshold or quantity.is_zero(indicator, row["gap"]):
        return Stand.LEVEL
    if row["gap_low"] is not None and row["gap_high"] is not None and row["gap_low"] <= 0 <= row["gap_high"]:
        return Stand.CANNOT_TELL
    is_far = threshold > 0 and abs(gap) >= FAR * threshold
    if gap < 0:
        return Stand.FAR_BEHIND if is_far else Stand.BEHIND
    return Stand.FAR_AHEAD if is_far else Stand.AHEAD


def _change_sentence(speaker: Speaker, place: Place, indicator: Indicator, word: str, row: Mapping[str, Any]) -> str:
    say, language = speaker.language.say, speaker.language
    parts = {
        "area": place.name,
        "label": language.label(indicator),
        "word": word,
        "other": speaker.comparator(row["comparator"]),
    }
    if row["change"] is None:
        return say("{area}, {label}: {word} (naast {other}).", **parts)
    return say(
        "{area}, {label}: {word} (naast {other}). Sinds {year}: {change}{margin}.",
        year=row["baseline"],
        change=_size(speaker, indicator, row["change"]),
        margin=_margin(speaker, indicator, row["change_low"], row["change_high"]),
        **parts,
    )


def _level_sentence(
    speaker: Speaker,
    place: Place,
    indicator: Indicator,
    word: str,
    row: Mapping[str, Any] | None,
    comparator: str,
) -> str:
    say, language = speaker.language.say, speaker.language
    parts = {
        "area": place.name,
        "label": language.label(indicator),
        "word": word,
        "other": speaker.comparator(comparator),
    }
    if row is None or row["gap"] is None or not quantity.is_defined(row["gap"]):
        return say("{area}, {label}: {word} (naast {other}).", **parts)
    low, high = row["gap_low"], row["gap_high"]
    margin = say("marge niet bekend")
    if low is not None and high is not None:
        margin = say(
            "marge: {low} tot {high}", low=speaker.short_gap(indicator, low), high=speaker.short_gap(indicator, high)
        )
    return say(
        "{area}, {label}, {period}: {word} (naast {other}). Verschil: {gap} ({margin}).",
        period=quantity.short_period(language, indicator, row["period"]),
        gap=speaker.short_gap(indicator, row["gap"]),
        margin=margin,
        **parts,
    )


def _size(speaker: Speaker, indicator: Indicator, change: float) -> str:
    if quantity.is_zero(indicator, change):
        return speaker.language.say("gelijk")
    size = quantity.short_size(speaker.language, indicator, change)
    return speaker.language.say(mark("{size} slechter") if change < 0 else mark("{size} beter"), size=size)


def _margin(speaker: Speaker, indicator: Indicator, low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return speaker.language.say(" (marge niet bekend)")
    return speaker.language.say(
        " (marge: {low} tot {high})", low=_size(speaker, indicator, low), high=_size(speaker, indicator, high)
    )


def _rug(
    language: Language,
    indicators: Sequence[Indicator],
    drawn: Iterable[tuple[Place, Sequence[Cell]]],
    legend: Sequence[tuple[str, str, str]],
    feet: Sequence[Foot],
    notes: Sequence[str] = (),
) -> Rug:
    rows: list[Row] = []
    seen: set[str] = set()
    for place, cells in drawn:
        counted = Counter(cell.kind for cell in cells)
        seen |= counted.keys()
        counts = tuple((glyph, kind, counted[kind], word) for kind, glyph, word in legend if counted[kind])
        rows.append(Row(place=place, cells=tuple(cells), counts=counts))
    return Rug(
        columns=tuple(indicators),
        rows=tuple(rows),
        feet=tuple(feet),
        legend=tuple(one for one in legend if one[0] in seen),
        notes=tuple(notes),
    )


def _feet(language: Language, indicators: Sequence[Indicator], found: Sequence[Outcome]) -> tuple[Foot, ...]:
    by_indicator = {one.indicator: one for one in found if one.indicator}
    return tuple(_foot(language, indicator, by_indicator.get(indicator.id)) for indicator in indicators)


def _foot(language: Language, indicator: Indicator, one: Outcome | None) -> Foot:
    """Count one column; what luck gives comes from ``outcomes`` and from nowhere else."""
    label = language.label(indicator)
    if one is None or not one.changes:
        return Foot(counted="–", luck="–", sentence=language.say("{label}: geen verandering bekend.", label=label))
    luck = "?" if one.because else "–"
    if one.luck is not None:
        luck = f"{one.luck.low}–{one.luck.high}" + (f" / {one.luck.of}" if one.luck.of < one.changes else "")
    said = " ".join([count_sentence(language, one), *luck_sentences(language, one)])
    return Foot(counted=f"{one.smaller}/{one.changes}", luck=luck, sentence=f"{label}: {said}")
