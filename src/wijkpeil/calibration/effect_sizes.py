"""Where nothing was done, a design seldom finds an effect; where something was, its interval holds it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from wijkpeil.calibration.lines import Claim, Limits, Line, Part, mean_of, share_of
from wijkpeil.domain.evidence import Inference
from wijkpeil.domain.refusal import RefusalReason, RefusedError
from wijkpeil.domain.study import Design, Family
from wijkpeil.effects.conformal import conformal
from wijkpeil.effects.differences import differences
from wijkpeil.effects.imputation import imputation
from wijkpeil.effects.panel import Floats, Ints, Panel, panel
from wijkpeil.effects.placements import infer, try_placements
from wijkpeil.effects.power import power
from wijkpeil.effects.several_outcomes import adjusted
from wijkpeil.effects.synthetic_control import synthetic_control
from wijkpeil.effects.synthetic_differences import synthetic_differences
from wijkpeil.effects.two_way import two_way
from wijkpeil.effects.wild_bootstrap import wild_bootstrap

AREAS, YEARS, START = 60, 12, 8
"""Sixty areas in twelve years; the programme begins in the ninth."""

TREND, LASTS, SHOCK = 0.03, 0.6, 0.8
"""What all areas gain in a year, the part of an area's luck that is left a year later, and the size of new luck.

Areas themselves differ by 1 (standard deviation), the unit of all figures here.
"""

TREATED = (1, 2, 5)
"""Few treated areas is the normal case."""

DESIGNS = {
    Design.DIFFERENCES: differences(),
    Design.IMPUTATION: imputation(),
    Design.TWO_WAY: two_way(),
    Design.SYNTHETIC_CONTROL: synthetic_control(),
    Design.SYNTHETIC_DIFFERENCES: synthetic_differences(),
}
"""The designs that need nothing but the outcome."""

TOGETHER = {design: DESIGNS[design] for design in (Design.DIFFERENCES, Design.IMPUTATION)}
"""Those that are also tried on treated areas of one city."""

RESTLESS = 0.7
"""Where areas differ in luck: the standard deviation of the logarithm of its size; the most restless are treated."""

LONG = (24, 18)
"""Years, and the place of the start, where one area is held against its own years: twelve would be too few."""

CITIES = 10
MANY_CITIES, IN_A_CITY, CITY_SHOCK = 40, 6, 0.4
"""Where treated areas lie together: forty cities of six areas, and the size of new luck that a city's areas share."""

OUTCOMES, ALIKE = 6, 0.8
"""A study with six outcomes, of which the luck is for four fifths the same."""

EFFECT = 1.5
"""Planted to see whether intervals hold it."""

DRAWS = 99
"""Placements for each world, fewer than in a study: that costs some power and no truth."""

FALSE_ALARMS = Limits(low=0.03, high=0.07)
"""Of a test at 5%. Below 3% only where so few placements leave no p-value nearer to 5%."""

COVERED = Limits(low=0.92, high=0.98)
SEEN_AT_LEAST = Limits(low=0.75)
"""What was told as visible is seen in 80 of 100 studies; rather more, as the years before are fewer than all years."""

_PLANTED, _SLOW = 4, 40
"""One in so many worlds serves for what is planted, and for what takes seconds in each."""

_Test = Callable[[Panel, int], Inference]


@dataclass(frozen=True, kw_only=True)
class _Worlds:
    """The seeds of the worlds, and one for the placements in each of them."""

    seeds: range
    chance: Ints

    def __iter__(self) -> Iterator[tuple[int, int]]:
        yield from zip(self.seeds, map(int, self.chance), strict=True)

    def few(self, part: int, *, least: int = 100) -> "_Worlds":
        """Take one in ``part`` of them, but ``least`` at least where there are so many."""
        count = max(len(self.seeds) // part, min(least, len(self.seeds)))
        return _Worlds(seeds=self.seeds[:count], chance=self.chance[:count])


def effect_sizes(worlds: int, rng: np.random.Generator) -> list[Line]:
    """Draw worlds in which nothing was done to one, two or five areas, and count the effects that are found.

    The worlds are those of seeds 0 and on, whatever the seed of the proof, so that a figure can be found again; ``rng``
    only places. Normal-theory errors find an effect in 79, 32 and 15 of 100 such worlds (Callaway and Sant'Anna's
    estimator in four packages). Where the p-values that can be reached with so few placements leave a gap below 5%,
    there is no lower limit.
    """
    drawn = _Worlds(seeds=range(worlds), chance=rng.integers(0, 2**31, worlds))
    lines: list[Line] = []
    for treated in TREATED:
        for design in DESIGNS:
            lines += _of_design(design, treated, drawn)
        lines.append(_restless(treated, drawn.few(2)))
        lines += _by_city(treated, drawn)
        lines += _side_by_side(treated, drawn)
        lines += _by_year(treated, drawn.few(_SLOW, least=2))
        lines.append(_together(treated, drawn.few(_PLANTED)))
        lines.append(_visible(treated, drawn.few(_PLANTED)))
    return lines


def world(
    seed: int, treated: int, *, spread: float = 0.0, years: int = YEARS, first: int = START, areas: int = AREAS
) -> Panel:
    """Draw one world of the recipe: no effect on the first ``treated`` areas, which begin in year ``first``.

    With a ``spread`` areas differ in how restless they are, and the most restless are the treated ones.
    """
    rng = np.random.default_rng(seed)
    level = rng.normal(0, 1, (areas, 1))
    luck = _luck(rng.normal(0, SHOCK, (areas, years)))
    restless = np.exp(spread * np.sort(rng.normal(0, 1, areas))[::-1])[:, None]
    start = np.where(np.arange(areas) < treated, first, years)
    return panel(level + TREND * np.arange(years) + restless * luck, start, periods=range(2000, 2000 + years))


def one_city(seed: int, treated: int) -> Panel:
    """Draw such a world of cities with luck of their own; the treated areas lie in one of them."""
    city = np.repeat(np.arange(MANY_CITIES), IN_A_CITY)
    shared = _luck(np.random.default_rng([seed, 1]).normal(0, CITY_SHOCK, (MANY_CITIES, YEARS)))
    alone = world(seed, treated, areas=len(city))
    return replace(alone, outcome=alone.outcome + shared[city], city=city)


def _luck(new: Floats) -> Floats:
    """Let what is new in each year fade in those after it; the first year is as any other."""
    luck = np.empty_like(new)
    luck[:, 0] = new[:, 0] / np.sqrt(1 - LASTS**2)
    for year in range(1, new.shape[1]):
        luck[:, year] = LASTS * luck[:, year - 1] + new[:, year]
    return luck


def planted(untouched: Panel, effect: float) -> Panel:
    """Give the treated areas an effect from their start on."""
    after = np.arange(untouched.never)[None, :] >= untouched.start[:, None]
    return untouched.with_outcome(untouched.outcome + effect * after)


def _of_design(design: Design, treated: int, worlds: _Worlds) -> list[Line]:
    def test(one: Panel, seed: int) -> Inference:
        DESIGNS[design].estimate(one)
        return infer(one, DESIGNS[design], draws=DRAWS, seed=seed)

    held = _tested(test, treated, worlds.few(_PLANTED), effect=EFFECT)
    covered = [_holds(one, EFFECT) for one in held]
    seen = [one.p <= 0.05 for one in held]
    setting = {"treated": float(treated)}
    return [
        _false_alarms(design.value, treated, _tested(test, treated, worlds)),
        _line(Claim.EFFECT_COVERED, design.value, share_of(covered, claimed=0.95), COVERED, setting, len(held)),
        _line(Claim.EFFECT_SEEN, design.value, mean_of(seen), Limits(), setting, len(held)),
    ]


def _tested(test: _Test, treated: int, worlds: _Worlds, *, effect: float = 0.0, spread: float = 0.0) -> list[Inference]:
    """Test every world in which the design does not refuse; a refusal rests on the years before only."""
    found = []
    for seed, chance in worlds:
        try:
            found.append(test(planted(world(seed, treated, spread=spread), effect), chance))
        except RefusedError as refused:
            if refused.refusal.reason is not RefusalReason.POOR_FIT:
                raise
    return found


def _false_alarms(of: str, treated: int, found: list[Inference], claim: Claim = Claim.FALSE_ALARM) -> Line:
    forced = _largest_below(found[0]) < FALSE_ALARMS.low if found else False
    limits = replace(FALSE_ALARMS, low=-np.inf) if forced else FALSE_ALARMS
    setting = {"treated": float(treated), "attainable": found[0].attainable if found else 1.0}
    return _line(claim, of, share_of([one.p <= 0.05 for one in found], claimed=0.05), limits, setting, len(found))


def _largest_below(one: Inference) -> float:
    """Give the largest p-value up to 5% that there can be with so many placements."""
    return float(np.floor(0.05 * (1 + one.placebos) + 1e-9) / (1 + one.placebos))


def _restless(treated: int, worlds: _Worlds) -> Line:
    """Treat the areas that are most restless: no test knows their noise for sure, and this one may not be far off."""

    def test(one: Panel, seed: int) -> Inference:
        return infer(one, DESIGNS[Design.DIFFERENCES], draws=DRAWS, seed=seed)

    found = _tested(test, treated, worlds, spread=RESTLESS)
    share = mean_of([one.p <= 0.05 for one in found])
    setting = {"treated": float(treated)}
    return _line(Claim.FALSE_ALARM_RESTLESS, Design.DIFFERENCES.value, share, Limits(), setting, len(found))


def _by_city(treated: int, worlds: _Worlds) -> list[Line]:
    """Draw the luck of cities: with one or two treated ones there must be a refusal, with five a sound test."""
    city = np.arange(AREAS) % CITIES

    def test(one: Panel, seed: int) -> Inference:
        return wild_bootstrap(one, city, draws=DRAWS, seed=seed)

    if treated > 2:
        return [_false_alarms("wild_bootstrap", treated, _tested(test, treated, worlds))]
    return [_refused(test, RefusalReason.TOO_FEW_TREATED, "wild_bootstrap", treated, worlds.few(_PLANTED))]


def _side_by_side(treated: int, worlds: _Worlds) -> list[Line]:
    """Treat areas of one city, which share its luck: where they could lie is in any other city, and together."""
    if treated == 1:
        return []
    lines = []
    for design, comparing in TOGETHER.items():
        found = [infer(one_city(seed, treated), comparing, draws=DRAWS, seed=chance) for seed, chance in worlds]
        line = _false_alarms(design.value, treated, found)
        lines.append(replace(line, setting={**line.setting, "cities": float(MANY_CITIES)}))
    return lines


def _by_year(treated: int, worlds: _Worlds) -> list[Line]:
    """Hold one area against its own years: twelve years are too few to say anything, twenty-four are not."""
    if treated > 1:
        return []
    years, first = LONG
    found = [conformal(world(seed, treated, years=years, first=first)) for seed, _ in worlds]
    refused = _refused(lambda one, seed: conformal(one), RefusalReason.TOO_FEW_PERIODS, "conformal", treated, worlds)
    return [_false_alarms("conformal", treated, found), refused]


def _refused(test: _Test, reason: RefusalReason, of: str, treated: int, worlds: _Worlds) -> Line:
    told = []
    for seed, chance in worlds:
        try:
            test(world(seed, treated), chance)
            told.append(False)
        except RefusedError as error:
            told.append(error.refusal.reason is reason)
    setting = {"treated": float(treated)}
    return _line(Claim.REFUSED, of, mean_of(told), Limits(low=1.0), setting, len(told))


def _together(treated: int, worlds: _Worlds) -> Line:
    """Test six outcomes at once, and count the studies with any false alarm (Romano and Wolf)."""
    alarms = []
    for seed, chance in worlds:
        shared = world(seed, treated)
        tried = []
        for number in range(OUTCOMES):
            own = world(1_000_000 + OUTCOMES * seed + number, treated)
            outcome: Floats = np.sqrt(ALIKE) * shared.outcome + np.sqrt(1 - ALIKE) * own.outcome
            tried.append(
                try_placements(shared.with_outcome(outcome), DESIGNS[Design.DIFFERENCES], draws=DRAWS, seed=chance)
            )
        alarms.append(bool((adjusted(tried, Family.ROMANO_WOLF) <= 0.05).any()))
    measured = share_of(alarms, claimed=0.05)
    setting = {"treated": float(treated), "outcomes": float(OUTCOMES)}
    return _line(
        Claim.FALSE_ALARM_TOGETHER, Family.ROMANO_WOLF.value, measured, Limits(high=0.07), setting, len(alarms)
    )


def _visible(treated: int, worlds: _Worlds) -> Line:
    """Plant what was told beforehand to be visible in most worlds, and count how often it is seen."""
    design = DESIGNS[Design.DIFFERENCES]
    told = [
        power(world(seed, treated), design, worth_having=EFFECT, draws=DRAWS, seed=chance).smallest_visible
        for seed, chance in worlds
    ]
    typical = float(np.median([one for one in told if one is not None]))
    seen = [
        infer(planted(world(seed, treated), typical), design, draws=DRAWS, seed=chance).p <= 0.05
        for seed, chance in worlds
    ]
    setting = {"treated": float(treated)}
    return _line(Claim.VISIBLE_SEEN, Design.DIFFERENCES.value, mean_of(seen), SEEN_AT_LEAST, setting, len(seen))


def _holds(one: Inference, effect: float) -> bool:
    return (one.low is None or one.low <= effect) and (one.high is None or effect <= one.high)


def _line(
    claim: Claim, of: str, measured: tuple[float, float], limits: Limits, setting: dict[str, float], worlds: int
) -> Line:
    value, error = measured
    return Line(
        part=Part.EFFECTS,
        claim=claim,
        of=of,
        measured=value,
        error=error,
        limits=limits,
        setting=setting,
        worlds=worlds,
    )
