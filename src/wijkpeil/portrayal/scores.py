"""Theme scores in words: one number for a theme, how unsure it is, and always the parts into which it opens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from wijkpeil.domain.composite import Composite
from wijkpeil.domain.reason import Reason
from wijkpeil.portrayal import quantity, reasons
from wijkpeil.portrayal.language import Language
from wijkpeil.portrayal.table import Table
from wijkpeil.portrayal.words import Speaker


@dataclass(frozen=True, kw_only=True)
class ScorePart:
    """One indicator of a score; ``points`` is what it adds to, or takes from, the 100 of the city."""

    indicator: str
    value: float | None
    city_value: float | None
    weight: float
    points: float | None


@dataclass(frozen=True, kw_only=True)
class Score:
    """The score of an area on one composite in its latest period.

    The city of the base year is 100; ``of_same_year`` sets the same figures against the city of that year. Places
    are ranges (1 is the best) among ``among`` areas; the second pair is that of other weights. ``earlier`` holds the
    scores before, by period.
    """

    composite: Composite
    city: str
    period: int
    score: float
    low: float | None
    high: float | None
    place: tuple[int, int] | None
    other_weights: tuple[float, float]
    place_other_weights: tuple[int, int]
    among: int
    of_same_year: float | None
    margin_reason: Reason | None
    parts: tuple[ScorePart, ...]
    earlier: Mapping[int, float]


def score_of(
    composite: Composite, area: str, scores: pl.DataFrame, parts: pl.DataFrame, *, city: str, same_year: pl.DataFrame
) -> Score | None:
    """Gather the latest score of an area, or nothing where it has none.

    ``scores`` and ``parts`` are those of ``analysis.composite.ThemeScores``, of all areas of the city; ``same_year``
    are the scores against the city of each year.
    """
    own = scores.filter(pl.col("area") == area, pl.col("score").is_not_null()).sort("period")
    if own.is_empty():
        return None
    row = own.row(-1, named=True)
    in_period = pl.col("period") == row["period"]
    moving = same_year.filter(pl.col("area") == area, in_period)["score"].drop_nulls()
    opened = parts.filter(pl.col("area") == area, in_period)
    return Score(
        composite=composite,
        city=city,
        period=row["period"],
        score=row["score"],
        low=row["low"],
        high=row["high"],
        place=_pair(row, "place"),
        other_weights=(row["other_weights_low"], row["other_weights_high"]),
        place_other_weights=(row["place_other_weights_low"], row["place_other_weights_high"]),
        among=scores.filter(in_period, pl.col("score").is_not_null()).height,
        of_same_year=moving[0] if len(moving) else None,
        margin_reason=Reason(row["margin_reason"]) if row["margin_reason"] else None,
        parts=tuple(
            ScorePart(
                indicator=one["indicator"],
                value=one["value"],
                city_value=one["city_value"],
                weight=one["weight"],
                points=one["contribution"],
            )
            for one in opened.iter_rows(named=True)
        ),
        earlier=dict(own.select("period", "score").head(-1).iter_rows()),
    )


def headline(language: Language, one: Score) -> str:
    """Give a score with its margin, in as few words as stand under a heading."""
    written = language.whole(one.score)
    if one.low is None or one.high is None:
        return written
    return language.say("{score} (marge {low} tot {high})", score=written, **_ends(language, (one.low, one.high)))


def sentences(language: Language, one: Score, *, name: str, around: str) -> list[str]:
    """Say what a score is beside its city, how sure it is, and what other weights would make of it."""
    say, whole = language.say, language.whole
    said = [
        say(
            "100 is {city} in {base}. Hoger is beter; 10 punten is het gewone verschil tussen gebieden.",
            city=one.city,
            base=one.composite.base_year,
        )
    ]
    if one.earlier:
        first = min(one.earlier)
        said.append(
            say(
                "In {first} was de score {before}, in {last} {now}.",
                first=first,
                before=whole(one.earlier[first]),
                last=one.period,
                now=whole(one.score),
            )
        )
    if one.of_same_year is not None and one.period != one.composite.base_year:
        said.append(
            say(
                "Naast {city} van {year} is het {score}: zo telt niet mee wat in de hele stad veranderde.",
                city=one.city,
                year=one.period,
                score=whole(one.of_same_year),
            )
        )
    if one.margin_reason is not None:
        reason = reasons.no_answer(language, one.margin_reason)
        said.append(say("Deze score heeft geen marge en geen plaats. {reason}", reason=reason))
    elif one.place is not None:
        said.append(
            say(
                "Onder {around} ({count}) staat {name} ergens op plaats {low} tot en met {high}; 1 is de beste.",
                name=name,
                around=around,
                count=whole(one.among),
                **_ends(language, one.place),
            )
        )
    return [*said, _with_other_weights(language, one)]


def part_table(speaker: Speaker, one: Score) -> Table:
    """Open a score into its parts: what each of them is here and in the city, and what it adds."""
    say, language = speaker.language.say, speaker.language
    rows = tuple(_part_row(speaker, part) for part in one.parts)
    return Table(
        caption=say("{label}: waar de score uit bestaat", label=language.label(one.composite)),
        headers=(
            say("Onderdeel"),
            say("Hier"),
            say("{city}, {year}", city=one.city, year=one.composite.base_year),
            say("Gewicht"),
            say("Punten erbij of eraf"),
        ),
        rows=rows,
        notes=(say("100 plus alle punten samen is de score."),),
    )


def _part_row(speaker: Speaker, part: ScorePart) -> tuple[tuple[str, ...], ...]:
    language, indicator = speaker.language, speaker.policy.indicator[part.indicator]
    here, there = (
        (quantity.in_words(language, indicator, value),) if value is not None else (language.say("geen cijfer"),)
        for value in (part.value, part.city_value)
    )
    points = (
        "" if part.points is None else f"{'+' if round(part.points, 1) > 0 else ''}{language.number(part.points, 1)}"
    )
    return (language.label(indicator),), here, there, (f"{language.whole(part.weight * 100)}%",), (points,)


def _with_other_weights(language: Language, one: Score) -> str:
    said = language.say(
        "Met andere gewichten voor de onderdelen: {low} tot {high}", **_ends(language, one.other_weights)
    )
    if one.margin_reason is not None:
        return f"{said}."
    places = _ends(language, one.place_other_weights)
    return f"{said}{language.say(', en plaats {low} tot {high}', **places)}."


def _ends(language: Language, pair: Sequence[float]) -> dict[str, str]:
    return {"low": language.whole(pair[0]), "high": language.whole(pair[1])}


def _pair(row: Mapping[str, Any], name: str) -> tuple[int, int] | None:
    return None if row[f"{name}_low"] is None else (row[f"{name}_low"], row[f"{name}_high"])
