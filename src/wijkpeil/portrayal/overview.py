"""The first look at an area: per theme its key indicators, what was judged, and what lies behind the next page."""

from collections.abc import Iterable

from wijkpeil.domain.indicator import Nature
from wijkpeil.portrayal.reading import Reading
from wijkpeil.portrayal.subject import has_number

MOST = 6
"""So many indicators of a theme are its key indicators."""


def key_readings(readings: Iterable[Reading], theme: str, *, most: int = MOST) -> tuple[Reading, ...]:
    """Choose the key indicators of a theme, in the order of the policy.

    Those with a better side go first, then what is measured or surveyed before what a model estimates, then what
    stands beside both comparators.
    """
    there = [one for one in readings if one.indicator.theme == theme and has_number(one)]
    first = sorted(there, key=_order)[:most]
    return tuple(one for one in there if one in first)


def _order(reading: Reading) -> tuple[bool, bool, int]:
    latest = reading.latest
    known = [
        name for name in reading.first_two if latest and (beside := latest.beside.get(name)) and beside.gap is not None
    ]
    return not reading.indicator.is_judged, reading.indicator.nature is Nature.MODELLED, -len(known)
