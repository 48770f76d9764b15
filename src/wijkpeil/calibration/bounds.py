"""How often a change of exactly d is taken for more, and how often one beyond d is seen."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from wijkpeil.analysis.tree import Bools, Floats
from wijkpeil.analysis.verdict import judge
from wijkpeil.calibration.declared import BASES, FEW, drawn_cases, drawn_rest, drawn_truth, expected_cases
from wijkpeil.calibration.lines import Claim, Limits, Line, Part, mean_of, share_of
from wijkpeil.calibration.worlds import Reported, indicator_of, policy_of, through_the_house
from wijkpeil.domain.comparator import Comparator
from wijkpeil.domain.indicator import Kind, Nature
from wijkpeil.domain.verdict import Verdict

ONE_SIDED = Limits(low=0.02, high=0.03)
"""Two and a half percent is claimed."""

ONE_SIDED_OF_FEW = Limits(high=0.03)
"""Where fewer than five cases are expected on average, a test may be too careful."""

SIZES = (2.0, 3.0, 5.0, 10.0)
"""The changes of which it is told how often they are seen, in units of d."""

MATERIALITY = {"share": 0.01, "rate": 0.002, "survey": 0.02}
"""A percentage point; two per 1,000, a quarter of what is usual; two points where some hundreds are asked."""

ASKED, ASKED_AT_LEAST = 0.1, 200.0
"""A survey that reports on an area asks one in ten, and at least two hundred."""

_BASES = tuple(base for base in BASES if base >= 300)
_KINDS = {"share": Kind.PROPORTION, "rate": Kind.RATE, "survey": Kind.PROPORTION}


@dataclass(frozen=True, kw_only=True, eq=False)
class _Planted:
    of: str
    base: int
    size: float
    reported: Reported
    possible: Bools
    few: bool


def one_sided(worlds: int, rng: np.random.Generator) -> list[Line]:
    """Plant a change of exactly d, or -d: a claim that it is more is wrong, and made in 2-3% of the worlds."""
    return _judged((-1.0, 1.0), worlds, rng)


def power(worlds: int, rng: np.random.Generator) -> list[Line]:
    """Plant changes of several d, and tell how often they are seen; there is no limit to keep."""
    return _judged(SIZES, worlds, rng)


def _judged(sizes: tuple[float, ...], worlds: int, rng: np.random.Generator) -> list[Line]:
    """Take planted changes to their verdicts before adjustment.

    Areas of which the figure cannot change so much are left out.
    """
    planted = [_plant(of, base, size, worlds, rng) for of in _KINDS for base in _BASES for size in sizes]
    policy = policy_of([one.reported.indicator for one in planted])
    _, _, changed = through_the_house(
        [one.reported for one in planted], city=np.arange(worlds), comparator=Comparator.REST_OF_CITY, policy=policy
    )
    said = judge(changed, policy=policy)["alone"].cast(pl.String).to_numpy().reshape(len(planted), worlds)
    order = sorted(planted, key=lambda one: one.reported.indicator.id)
    return [line for one, verdict in zip(order, said, strict=True) for line in _told(one, verdict)]


def _told(one: _Planted, verdict: np.ndarray) -> list[Line]:
    better = one.size > 0
    wanted = Verdict.CATCHING_UP if better else Verdict.FALLING_BEHIND
    claimed = (verdict == wanted.value)[one.possible]
    if claimed.size == 0:
        return []
    at_bound = abs(one.size) == 1
    measured, error = share_of(claimed, claimed=0.025) if at_bound else mean_of(claimed)
    return [
        Line(
            part=Part.ONE_SIDED if at_bound else Part.POWER,
            claim=(Claim.CATCHING_UP if better else Claim.FALLING_BEHIND) if at_bound else Claim.FOUND,
            of=one.of,
            measured=measured,
            error=error,
            limits=(ONE_SIDED_OF_FEW if one.few else ONE_SIDED) if at_bound else Limits(),
            setting={"base": one.base} if at_bound else {"base": one.base, "size": one.size},
            worlds=claimed.size,
        )
    ]


def _plant(of: str, base: int, size: float, worlds: int, rng: np.random.Generator) -> _Planted:
    kind, materiality = _KINDS[of], MATERIALITY[of]
    truth = drawn_truth(kind, worlds, rng)
    area, rest = truth.area.copy(), truth.rest
    area[:, 1] = area[:, 0] + rest[:, 1] - rest[:, 0] + size * materiality
    bases, rest_bases = np.full((worlds, 2), float(base)), drawn_rest(base, worlds, rng)
    asked, rest_asked = (
        (np.maximum(bases * ASKED, ASKED_AT_LEAST), np.maximum(rest_bases * ASKED, ASKED_AT_LEAST))
        if of == "survey"
        else (bases, rest_bases)
    )
    possible = (area[:, 1] > 0) & ((area[:, 1] < 1) | (kind is Kind.RATE))
    area[~possible, 1] = area[~possible, 0]
    few = bool(expected_cases(kind, area, asked).mean() < FEW)
    own = drawn_cases(kind, area, asked, rng) / asked
    other = drawn_cases(kind, rest, rest_asked, rng) / rest_asked
    error, other_error = (_error(own, asked), _error(other, rest_asked)) if of == "survey" else (None, None)
    whole = bases + rest_bases
    reported = Reported(
        indicator=indicator_of(
            f"{of}_{base:05d}_{size + 10:04.1f}",
            kind,
            materiality=materiality,
            nature=Nature.SURVEYED if of == "survey" else Nature.MEASURED,
        ),
        value=own,
        base=bases,
        error=error,
        city_value=(own * bases + other * rest_bases) / whole,
        city_base=whole,
        city_error=_city_error(error, bases, other_error, rest_bases),
    )
    return _Planted(of=of, base=base, size=size, reported=reported, possible=possible, few=few)


def _error(share: Floats, asked: Floats) -> Floats:
    """Publish the standard error of a share as offices do, not 0 where all answer the same."""
    smoothed = (share * asked + 2) / (asked + 4)
    return np.asarray(np.sqrt(smoothed * (1 - smoothed) / asked))


def _city_error(own: Floats | None, base: Floats, other: Floats | None, rest: Floats) -> Floats | None:
    if own is None or other is None:
        return None
    return np.asarray(np.sqrt((own * base) ** 2 + (other * rest) ** 2) / (base + rest))
