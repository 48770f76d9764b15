"""How many verdicts are false, where many areas and indicators that hang together are judged at once."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy import special, stats

from wijkpeil.analysis.tree import Floats, Ints
from wijkpeil.analysis.verdict import judge
from wijkpeil.calibration.lines import Claim, Limits, Line, Part, mean_of
from wijkpeil.calibration.worlds import Reported, indicator_of, policy_of, through_the_house
from wijkpeil.domain.comparator import Comparator
from wijkpeil.domain.frames import Changes
from wijkpeil.domain.indicator import Direction, Indicator, Kind, Nature
from wijkpeil.domain.verdict import Verdict

CITIES, OF_A_CITY = 10, 4
"""A programme of forty areas in ten cities."""

OUTSIDE = 2.0
"""What lies outside the programme has the people of so many of its areas: a third of their errors is shared."""

PEOPLE = (4_000, 1.2, 300, 60_000)
"""Lognormal: the median, the spread of the logarithm, and the least and the most inhabitants of an area."""

ALIKE = 0.5
"""The part of the error of a count that all indicators of one area and year share: the same people live there."""

NOTHING_HAPPENED = (1.0, 0.9, 0.5)
"""The parts of the true changes that are not material."""

AT_BOUND = -1.0
"""Beside these: a world in which every true change is exactly d or -d, so that no claim at all is right."""

FURTHER = 3.0
"""A material change goes beyond d by so many d on average (exponential)."""

FALSE_AT_MOST = Limits(high=0.05)
"""At or below 5%, as Benjamini and Hochberg promise."""

_ASKED = (200, 1_000)
_LEVELS = {"share": (0.08, 0.15, 0.3, 0.5, 0.7), "rate": (0.02, 0.05, 0.1), "survey": (0.25, 0.4, 0.6, 0.75)}
_MATERIALITY = {"share": (0.01, 0.02, 0.03), "rate": (0.002, 0.005), "survey": (0.02, 0.03)}
"""As in the policy files of the country."""

_NUMBER = {"share": 14, "rate": 8, "survey": 8}
_LEAST, _MOST = 0.004, 0.98


@dataclass(frozen=True, kw_only=True, eq=False)
class _Judged:
    """The verdicts of some families and the true changes, each families x indicators x areas, in units of d."""

    verdict: pl.Series
    truth: Floats


def families(worlds: int, rng: np.random.Generator) -> list[Line]:
    """Judge ``worlds`` families of 40 areas and 30 indicators for each part of changes that are not material.

    Errors hang together in three ways: the areas of a city are set beside the same comparator, the indicators of
    an area are about the same people, and both years of a comparator serve all its areas. A claim of a change is
    false where the true change is not beyond d in that direction; a claim of the wrong sign always is. A
    claim of ``steady`` is false where the true change is d or more.
    """
    lines = []
    for nothing in (*NOTHING_HAPPENED, AT_BOUND):
        one = _family_batch(worlds, nothing, rng)
        lines += _told(one.verdict.cast(pl.String).to_numpy().reshape(one.truth.shape), one.truth, nothing)
    return lines


def _told(verdict: np.ndarray, truth: Floats, nothing: float) -> list[Line]:
    """Count by family; ``verdict`` and ``truth`` (in units of d) are families x indicators x areas."""
    up, down = verdict == Verdict.CATCHING_UP.value, verdict == Verdict.FALLING_BEHIND.value
    moved, steady = up | down, verdict == Verdict.STEADY.value
    # What was planted at d exactly stands on the bound itself, where the claim of either kind is false.
    false_move = (up & (truth <= 1 + _DUST)) | (down & (truth >= -1 - _DUST))
    false_steady = steady & (np.abs(truth) >= 1 - _DUST)
    lines = []
    for claim, said, false in (
        (Claim.MOVED, moved, false_move),
        (Claim.STEADY, steady, false_steady),
        (Claim.TOGETHER, moved | steady, false_move | false_steady),
    ):
        claims, wrong = said.sum(axis=(1, 2)), false.sum(axis=(1, 2))
        measured, error = mean_of(wrong / np.maximum(claims, 1))
        lines.append(_line(Part.FALSE_VERDICTS, claim, measured, error, FALSE_AT_MOST, nothing, len(claims)))
        if claim is Claim.TOGETHER:
            lines.append(_line(Part.FALSE_VERDICTS, Claim.VERDICTS, *mean_of(claims), Limits(), nothing, len(claims)))
    material = np.abs(truth) > 1 + _DUST
    if material.any():
        found = ((up & (truth > 1)) | (down & (truth < -1))) & material
        measured, error = mean_of(found.sum(axis=(1, 2)) / np.maximum(material.sum(axis=(1, 2)), 1))
        lines.append(
            _line(Part.FALSE_VERDICTS, Claim.FOUND_IN_FAMILY, measured, error, Limits(), nothing, len(verdict))
        )
    return lines


_DUST = 1e-9


def _line(part: Part, claim: Claim, measured: float, error: float, limits: Limits, nothing: float, worlds: int) -> Line:
    return Line(
        part=part,
        claim=claim,
        of="family",
        measured=measured,
        error=error,
        limits=limits,
        setting={"at_bound": 1.0} if nothing == AT_BOUND else {"nothing_happened": nothing},
        worlds=worlds,
    )


def _family_batch(number: int, nothing: float, rng: np.random.Generator) -> _Judged:
    """Draw some families, take all their figures through the house, and judge each family by itself."""
    areas = number * CITIES * OF_A_CITY
    city = np.repeat(np.arange(number * CITIES), OF_A_CITY)
    median, spread, least, most = PEOPLE
    people = np.rint((median * np.exp(rng.normal(0, spread, areas))).clip(least, most))
    outside = np.rint(OUTSIDE * people.reshape(-1, OF_A_CITY).mean(axis=1))
    common = rng.normal(size=(areas, 2)), rng.normal(size=(len(outside), 2))
    reported, truths = [], []
    for indicator, level in _indicators():
        kind = "survey" if indicator.nature is Nature.SURVEYED else _KINDS[indicator.kind]
        change = _true_changes(areas, nothing, rng)
        area, rest, change = _true_figures(indicator, level, change, city, rng)
        draw = _surveyed if kind == "survey" else _counted
        reported.append(draw(indicator, area, rest, people, outside, city, common, rng))
        truths.append(change)
    policy = policy_of([one.indicator for one in reported])
    _, _, changed = through_the_house(reported, city=city, comparator=Comparator.CITY_OUTSIDE_PROGRAMME, policy=policy)
    order = np.argsort([one.indicator.id for one in reported])
    truth = np.stack([truths[place] for place in order])
    family = np.tile(city // CITIES, len(truths))
    verdicts = [
        judge(Changes.validate(part), policy=policy)["verdict"]
        for part in changed.with_columns(family=pl.Series(family)).partition_by("family", include_key=False)
    ]
    return _Judged(verdict=pl.concat(verdicts), truth=truth.reshape(len(truths), number, -1).swapaxes(0, 1))


_KINDS = {Kind.PROPORTION: "share", Kind.RATE: "rate"}


def _indicators() -> list[tuple[Indicator, float]]:
    """Write thirty indicators of three kinds, half of them lower is better, with their levels."""
    made = []
    for kind, number in _NUMBER.items():
        for place in range(number):
            one = indicator_of(
                f"{kind}_{place:02d}",
                Kind.RATE if kind == "rate" else Kind.PROPORTION,
                nature=Nature.SURVEYED if kind == "survey" else Nature.MEASURED,
                materiality=_MATERIALITY[kind][place % len(_MATERIALITY[kind])],
                direction=(Direction.HIGHER_IS_BETTER, Direction.LOWER_IS_BETTER)[place % 2],
            )
            made.append((one, _LEVELS[kind][place % len(_LEVELS[kind])]))
    return made


def _true_changes(areas: int, nothing: float, rng: np.random.Generator) -> Floats:
    """Draw true changes of the gap in units of d; all of them d or -d where ``nothing`` is ``AT_BOUND``.

    Of those that are not material half are none at all, a quarter lies anywhere within (-d, d), and a quarter
    at exactly -d or d, where a false claim is most likely.
    """
    sign = rng.choice([-1.0, 1.0], areas)
    if nothing == AT_BOUND:
        return sign
    still = rng.random(areas) < nothing
    small = rng.choice(3, areas, p=[0.5, 0.25, 0.25])
    within = np.select([small == 0, small == 1], [np.zeros(areas), rng.random(areas)], 1.0)
    return np.asarray(sign * np.where(still, within, 1 + rng.exponential(FURTHER, areas) + 1e-6))


def _true_figures(
    indicator: Indicator, level: float, change: Floats, city: Ints, rng: np.random.Generator
) -> tuple[Floats, Floats, Floats]:
    """Give true figures of areas and what lies outside, then and now, so that the gap changes by what was drawn.

    Where that cannot be (a share above 1) the change goes the other way.
    """
    cities = int(city.max()) + 1
    logit = np.log(level / (1 - level)) + rng.normal(0, 0.2, (cities, 1)) + rng.normal(0, 0.1, (cities, 2))
    rest = special.expit(logit)
    first = special.expit(logit[city, 0] + rng.normal(0, 0.3, len(city)))
    step = indicator.direction.sign * (indicator.materiality or 0.0)
    gap = first - rest[city, 0]
    later = rest[city, 1] + gap + step * change
    change = np.where((later < _LEAST) | (later > _MOST), -change, change)
    later = rest[city, 1] + gap + step * change
    impossible = (later < _LEAST) | (later > _MOST)
    first = np.where(impossible, rest[city, 0], first)
    later = np.where(impossible, rest[city, 1], later)
    return np.stack([first, later], axis=1), rest, np.where(impossible, 0.0, change)


Common = tuple[Floats, Floats]


def _counted(
    indicator: Indicator,
    area: Floats,
    rest: Floats,
    people: Floats,
    outside: Floats,
    city: Ints,
    common: Common,
    rng: np.random.Generator,
) -> Reported:
    own = _cases(indicator.kind, area, people[:, None], common[0], rng)
    other = _cases(indicator.kind, rest, outside[:, None], common[1], rng)
    total = other + _by_city(own, city)
    whole = (outside + _by_city(people, city))[:, None]
    base = people[:, None].repeat(2, axis=1)
    return Reported(
        indicator=indicator,
        value=own / base,
        base=base,
        error=None,
        city_value=(total / whole)[city],
        city_base=whole.repeat(2, axis=1)[city],
        city_error=None,
    )


def _surveyed(
    indicator: Indicator,
    area: Floats,
    rest: Floats,
    people: Floats,
    outside: Floats,
    city: Ints,
    common: Common,
    rng: np.random.Generator,
) -> Reported:
    """Ask some in every area; the office weighs by inhabitants and publishes standard errors."""
    asked = np.rint(np.exp(rng.uniform(np.log(_ASKED[0]), np.log(_ASKED[1]), len(people))))
    asked_outside = np.full(len(outside), float(_ASKED[1]))
    own, error = _answers(area, asked[:, None], common[0], rng)
    other, other_error = _answers(rest, asked_outside[:, None], common[1], rng)
    weight, weight_outside = people[:, None], outside[:, None]
    whole = weight_outside + _by_city(weight.repeat(2, axis=1), city)
    value = (weight_outside * other + _by_city(weight * own, city)) / whole
    square = (weight_outside * other_error) ** 2 + _by_city((weight * error) ** 2, city)
    return Reported(
        indicator=indicator,
        value=own,
        base=weight.repeat(2, axis=1),
        error=error,
        city_value=value[city],
        city_base=whole[city],
        city_error=(np.sqrt(square) / whole)[city],
    )


def _answers(truth: Floats, asked: Floats, common: Floats, rng: np.random.Generator) -> tuple[Floats, Floats]:
    yes = _cases(Kind.PROPORTION, truth, asked, common, rng)
    smoothed = (yes + 2) / (asked + 4)
    return yes / asked, np.sqrt(smoothed * (1 - smoothed) / asked)


def _cases(kind: Kind, truth: Floats, people: Floats, common: Floats, rng: np.random.Generator) -> Floats:
    """Draw counts of which the errors hang together between indicators, each by itself as chance has it."""
    error = np.sqrt(ALIKE) * common + np.sqrt(1 - ALIKE) * rng.normal(size=truth.shape)
    if kind is Kind.PROPORTION:
        return np.asarray(stats.binom.ppf(special.ndtr(error), people, truth))
    return np.asarray(stats.poisson.ppf(special.ndtr(error), people * truth))


def _by_city(numbers: Floats, city: Ints) -> Floats:
    first = np.unique(city, return_index=True)[1]
    return np.asarray(np.add.reduceat(numbers, first, axis=0))
