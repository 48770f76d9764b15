"""What may go wrong is planted in countries whose truth is known, and every claim about a design is held to it."""

from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest

from wijkpeil.calibration import SEED, effect_matrix
from wijkpeil.calibration.effect_matrix import FAILS, FLAGGED, HOLDS, MATRIX, Cell
from wijkpeil.calibration.planted import EFFECT, START, Scenario, draw
from wijkpeil.domain.evidence import CheckKind
from wijkpeil.domain.study import Design

COUNTRIES = 50


@lru_cache(maxsize=len(Scenario))
def countries(scenario):
    seeds = np.random.default_rng([SEED, list(Scenario).index(scenario)]).integers(0, 2**31, COUNTRIES)
    return [draw(scenario, np.random.default_rng(seed)) for seed in seeds]


def named(cell):
    return f"{cell.scenario.value}-{cell.design.value}-{cell.check.value if cell.check else 'truth'}"


@pytest.mark.slow
@pytest.mark.parametrize("cell", MATRIX, ids=named)
def test_a_design_holds_warns_or_is_seen_to_fail_as_is_claimed_of_it(cell):
    line = effect_matrix._line(cell, countries(cell.scenario))
    assert line.is_within, f"{line.measured:.2f} ± {line.error:.2f} of {line.worlds}"


@pytest.mark.slow
def test_a_clean_threshold_holds_and_a_manipulated_one_is_seen():
    lines = effect_matrix._at_threshold(np.arange(COUNTRIES))
    assert [line.claim for line in lines if not line.is_within] == []


def test_every_scenario_has_a_claim_and_every_sort_of_claim_is_made():
    assert {cell.scenario for cell in MATRIX} == set(Scenario)
    assert {cell.limits for cell in MATRIX} == {HOLDS, FLAGGED, FAILS}
    assert len({(cell.scenario, cell.design, cell.check) for cell in MATRIX}) == len(MATRIX)


def test_a_claim_that_is_false_is_found_out():
    holds = Cell(scenario=Scenario.CITY_SHOCK, design=Design.DIFFERENCES, limits=HOLDS)
    warns = Cell(scenario=Scenario.NOTHING, design=Design.DIFFERENCES, limits=FLAGGED, check=CheckKind.ANTICIPATION)
    found = [effect_matrix._line(cell, countries(cell.scenario)[:20]) for cell in (holds, warns)]
    assert [line.is_within for line in found] == [False, False]


def test_the_truth_of_a_country_is_what_its_treated_areas_gained():
    told = {scenario: countries(scenario)[0].truth for scenario in Scenario}
    nothing = (Scenario.NOTHING, Scenario.WORST_CHOSEN, Scenario.MOVERS, Scenario.CITY_SHOCK)
    assert [told[scenario] for scenario in nothing] == [0.0] * len(nothing)
    whole = (Scenario.EFFECT, Scenario.DISPLACEMENT, Scenario.ANTICIPATION)
    assert [told[scenario] for scenario in whole] == pytest.approx([EFFECT] * len(whole))


def test_a_neighbour_is_left_out_of_the_comparison_and_starts_with_the_area_beside_it():
    country = countries(Scenario.DISPLACEMENT)[0]
    beside = country.panel.without(np.flatnonzero(~country.in_ring))
    assert len(country.outside_ring.areas) + len(beside.areas) == len(country.panel.areas)
    assert set(country.ring_start[country.in_ring]) == {START}


def test_the_same_chance_draws_the_same_country():
    one, again = (draw(Scenario.MOVERS, np.random.default_rng(3)) for _ in range(2))
    assert (one.panel.outcome == again.panel.outcome).all()
    assert replace(one, people=None).truth == again.truth
