"""Where nothing was done hardly an effect is found, and a test that finds too many is found out."""

from dataclasses import replace

import numpy as np
import pytest

from wijkpeil.calibration import Claim, Effort, Part, calibrate, effect_sizes
from wijkpeil.domain.evidence import Inference, Method
from wijkpeil.domain.study import Design
from wijkpeil.effects.placements import infer

WORLDS = Effort.quick().rounds[Part.EFFECTS][1]
"""As many as the short proof tries a design in; what is allowed for chance is that of so many (``share_of``)."""


def some(count):
    return effect_sizes._Worlds(seeds=range(count), chance=np.random.default_rng(1).integers(0, 2**31, count))


def test_the_worlds_of_the_recipe_are_found_again():
    one, again, other = (effect_sizes.world(seed, 2) for seed in (5, 5, 6))
    assert (one.outcome == again.outcome).all() and (one.outcome != other.outcome).any()
    assert one.outcome.shape == (60, 12) and one.is_treated.sum() == 2 and one.periods[one.cohorts[0]] == 2008


def test_an_effect_is_planted_on_the_treated_from_their_start_and_nowhere_else():
    bare = effect_sizes.world(1, 2)
    moved = effect_sizes.planted(bare, 1.5).outcome - bare.outcome
    assert moved[:2, 8:] == pytest.approx(1.5) and moved.sum() == pytest.approx(2 * 4 * 1.5)


def told(p, placebos):
    return Inference(
        method=Method.PLACEMENTS, p=p, low=None, high=None, placebos=placebos, as_large=0, attainable=1 / (1 + placebos)
    )


def test_a_lower_limit_is_only_dropped_where_so_few_placements_force_it():
    of_many, of_few = (effect_sizes._false_alarms("differences", 1, [told(0.5, count)] * 50) for count in (59, 15))
    assert of_many.limits.low == 0.03 and of_few.limits.low == -np.inf
    assert of_few.setting["attainable"] == pytest.approx(1 / 16)


@pytest.mark.slow
@pytest.mark.parametrize("treated", effect_sizes.TREATED)
@pytest.mark.parametrize("design", effect_sizes.DESIGNS)
def test_every_design_that_is_offered_keeps_its_size_and_its_intervals_hold_the_effect(design, treated):
    lines = effect_sizes._of_design(design, treated, some(WORLDS))
    assert [line.claim for line in lines if not line.is_within] == []


@pytest.mark.parametrize("treated", [1, 2])
def test_the_bootstrap_by_city_is_refused_with_one_or_two_treated_cities(treated):
    (line,) = effect_sizes._by_city(treated, some(12))
    assert line.claim is Claim.REFUSED and line.measured == 1.0


@pytest.mark.slow
def test_what_cannot_be_known_is_refused_and_the_rest_holds_together():
    worlds = some(240)
    lines = [*effect_sizes._by_city(5, worlds), effect_sizes._together(5, worlds.few(2))]
    lines.append(effect_sizes._visible(2, worlds.few(2)))
    assert [line for line in lines if not line.is_within] == []


def test_areas_of_one_city_share_its_luck_and_nothing_else_changes():
    together = effect_sizes.one_city(5, 4)
    shared = together.outcome - effect_sizes.world(5, 4, areas=240).outcome
    assert set(together.city[together.is_treated]) == {0} and len(set(together.city)) == 40
    assert shared[together.city == 3] == pytest.approx(np.tile(shared[18], (6, 1)))
    assert len(np.unique(shared.round(9), axis=0)) == 40


@pytest.mark.slow
def test_five_areas_of_one_city_keep_their_size_only_where_they_are_placed_together(monkeypatch):
    worlds = some(250)
    assert [line for line in effect_sizes._side_by_side(5, worlds) if not line.is_within] == []
    drawn = effect_sizes.one_city
    alone = np.arange(240)
    monkeypatch.setattr(effect_sizes, "one_city", lambda *given: replace(drawn(*given), city=alone))
    assert [line.is_within for line in effect_sizes._side_by_side(5, worlds)] == [False, False]


def test_a_test_that_is_too_bold_is_found_out(monkeypatch):
    def bold(*given, **named):
        found = infer(*given, **named)
        return replace(found, p=found.p / 4, low=found.low / 3 + 1.0, high=found.high / 3 + 1.0)

    monkeypatch.setattr(effect_sizes, "infer", bold)
    lines = effect_sizes._of_design(Design.DIFFERENCES, 5, some(120))
    assert {line.claim for line in lines if not line.is_within} >= {Claim.FALSE_ALARM}


def test_a_test_that_forgets_the_size_of_chance_is_found_out(monkeypatch):
    monkeypatch.setattr(effect_sizes, "infer", lambda *given, **named: replace(infer(*given, **named), p=0.01))
    line = effect_sizes._of_design(Design.DIFFERENCES, 2, some(8))[0]
    assert not line.is_within


def test_the_part_stands_in_the_table_of_all_proofs(monkeypatch):
    monkeypatch.setattr(effect_sizes, "DESIGNS", {Design.DIFFERENCES: effect_sizes.DESIGNS[Design.DIFFERENCES]})
    for part in ("_by_year", "_side_by_side"):
        monkeypatch.setattr(effect_sizes, part, lambda treated, worlds: [])
    lines = calibrate(Effort(rounds={Part.EFFECTS: (1, 4)}))
    assert {line.part for line in lines} == {Part.EFFECTS}
    assert {line.setting["treated"] for line in lines} == {1.0, 2.0, 5.0}
