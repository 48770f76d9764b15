"""The first look at an area: per theme its key indicators, what was judged, and what lies behind the next page."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from wijkpeil.domain.indicator import Nature
from wijkpeil.portrayal.profile import Row, rows_of
from wijkpeil.portrayal.reading import Reading
from wijkpeil.portrayal.subject import Subject, has_number
from wijkpeil.portrayal.words import Speaker

MOST = 4
"""So many indicators of a theme are its key indicators."""


@dataclass(frozen=True, kw_only=True)
class Block:
    """One theme at a first look: its key indicators, its verdicts counted, and how many figures it has in all."""

    id: str
    label: str
    rows: tuple[Row, ...]
    counts: tuple[str, ...]
    number: int


def blocks(speaker: Speaker, about: Subject) -> tuple[Block, ...]:
    """Gather the themes of an area in their order; what a figure means stands on the page of its theme."""
    found = []
    for theme in about.policy.themes:
        there = tuple(one for one in about.of_theme(theme.id) if has_number(one))
        rows = rows_of(speaker, about, key_readings(there, theme.id))
        found.append(
            Block(
                id=theme.id,
                label=speaker.language.label(theme),
                rows=tuple(replace(row, about=()) for row in rows),
                counts=tuple(speaker.verdict_counts(there)),
                number=len(there),
            )
        )
    return tuple(found)


def key_readings(readings: Iterable[Reading], theme: str, *, most: int = MOST) -> tuple[Reading, ...]:
    """Choose the key indicators of a theme, those that tell most first.

    Those with a better side go first, and what stands beside anything before what stands alone; then what is measured
    or surveyed before what a model estimates, then what stands beside both comparators. The order of the policy
    decides between equals.
    """
    there = (one for one in readings if one.indicator.theme == theme and has_number(one))
    return tuple(sorted(there, key=_order)[:most])


def _order(reading: Reading) -> tuple[bool, bool, bool, int]:
    latest, indicator = reading.latest, reading.indicator
    beside = [latest.beside[name] for name in reading.first_two if latest and name in latest.beside]
    known = sum(1 for one in beside if one.gap is not None)
    return not indicator.is_judged, not known, indicator.nature is Nature.MODELLED, -known
