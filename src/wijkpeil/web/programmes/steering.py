"""The quadrant of a programme: which indicators it is offered for, and one of them drawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from wijkpeil.domain.indicator import Indicator
from wijkpeil.domain.verdict import Verdict
from wijkpeil.portrayal.badges import signs
from wijkpeil.portrayal.quadrant import Drawn, quadrant
from wijkpeil.portrayal.steering import explained, points, sentences, table
from wijkpeil.portrayal.table import Table
from wijkpeil.web.design.addresses import address
from wijkpeil.web.programmes.asking import Asked

_CLAIMS = [verdict.value for verdict in Verdict if verdict.is_claim]


@dataclass(frozen=True, kw_only=True)
class Steering:
    """A quadrant with everything that is said beside it."""

    drawn: Drawn
    sentences: list[str]
    corners: list[str]
    table: Table
    links: list[str]
    legend: list[tuple[str, str, str]]
    has_ellipses: bool


def offered(about: Asked) -> list[Indicator]:
    """Give the indicators with a better side of which a change is known."""
    known = set(_changes(about)["indicator"])
    return [one for one in about.judged if one.id in known]


def first_of(about: Asked, choice: list[Indicator]) -> Indicator:
    """Give the one with the most verdicts that say something."""
    claims = _changes(about).filter(pl.col("verdict").is_in(_CLAIMS))["indicator"].to_list()
    return max(choice, key=lambda one: claims.count(one.id))


def quadrant_of(about: Asked, indicator: Indicator) -> Steering | None:
    """Draw one indicator; nothing where no neighbourhood has both a level and a change."""
    rows = {row["area"]: row for row in _changes(about, indicator.id).iter_rows(named=True)}
    now, then = _positions(about, indicator, rows, "latest"), _positions(about, indicator, rows, "baseline")
    found = points(indicator, about.places, rows, now, then)
    if not found:
        return None
    label, speaker = about.speaker.language.label(indicator), about.speaker
    caption = speaker.language.say("{label}, naast {other}", label=label, other=about.other)
    verdicts = {one.judgement.verdict.value for one in found}
    return Steering(
        drawn=quadrant(speaker, indicator, found, identity="kwadrant", other=about.other),
        sentences=sentences(speaker, indicator, found, about.other),
        corners=explained(speaker),
        table=table(speaker, indicator, found, caption=caption),
        links=[address("theme", edition=about.edition.id, code=one.place.code, theme=indicator.theme) for one in found],
        legend=[(f"is-{kind}", word, glyph) for glyph, kind, word in signs(speaker.language) if kind in verdicts],
        has_ellipses=any(one.spread is not None for one in found),
    )


def _changes(about: Asked, indicator: str | None = None) -> pl.DataFrame:
    found = about.edition.verdicts(programme=about.programme.id, comparator=about.comparator, indicator=indicator)
    return found.filter(pl.col("change").is_not_null())


def _positions(
    about: Asked, indicator: Indicator, rows: Mapping[str, Mapping[str, Any]], of: str
) -> dict[str, Mapping[str, Any]]:
    beside = about.edition.positions(
        indicator=indicator.id, comparators=[about.comparator], programme=about.programme.id
    ).filter(pl.col("area").is_in(list(rows)), pl.col("gap").is_not_null())
    return {row["area"]: row for row in beside.iter_rows(named=True) if row["period"] == rows[row["area"]][of]}
