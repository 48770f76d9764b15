"""A threshold that was none is refused, with the evidence."""

import numpy as np
import pytest

from wijkpeil.calibration.planted_threshold import EFFECT, simulate_discontinuity
from wijkpeil.domain.evidence import CheckKind, CheckStatus, Method
from wijkpeil.domain.refusal import RefusalReason, RefusedError
from wijkpeil.domain.study import Design
from wijkpeil.effects.discontinuity import scored
from wijkpeil.effects.validity import alternatives, covariate_check, density_check, discontinuity, moved_check, validity


def forty(seed):
    """Plant what CPB found: forty of 4,000 areas, 2 added and 12 removed, a covariate that jumps by 16 points."""
    rng = np.random.default_rng(seed)
    count, above = 4_000, 50
    score = np.sort(rng.standard_normal(count))
    threshold = score[-above]
    should = score >= threshold
    treated = should.copy()
    treated[rng.choice(np.flatnonzero(should)[:30], 12, replace=False)] = False
    treated[rng.choice(np.flatnonzero(~should)[-40:], 2, replace=False)] = True
    share = np.clip(0.15 + 0.08 * score + 0.16 * should + rng.normal(0, 0.06, count), 0, 1)
    return scored(
        score,
        0.6 - 0.05 * score + rng.normal(0, 0.05, count),
        threshold=threshold,
        is_treated=treated,
        areas=[f"PC{1000 + place}" for place in range(count)],
        covariates=share[:, None],
        names=("share_of_migrants",),
    )


@pytest.mark.parametrize("seed", range(5))
def test_the_forty_attention_areas_are_refused_with_their_evidence(seed):
    areas = forty(seed)
    assert areas.is_treated.sum() == 40
    with pytest.raises(RefusedError) as refused:
        discontinuity(areas)
    refusal = refused.value.refusal
    assert refusal.reason is RefusalReason.INVALID_CUTOFF
    assert refusal.design is Design.DISCONTINUITY
    assert refusal.weaker == (Design.MATCHED_DIFFERENCES, Design.SYNTHETIC_DIFFERENCES)
    assert (refusal.facts["moved_across_added"], refusal.facts["moved_across_removed"]) == (2, 12)
    assert refusal.facts["covariate_jump_covariate"] == "share_of_migrants"
    assert 0.05 < refusal.facts["covariate_jump_jump"] < 0.27
    assert refusal.facts["covariate_jump_p"] < 0.01


def test_areas_that_were_moved_are_named_on_both_sides():
    areas = scored(
        [-2, -1, 0, 1], np.zeros(4), threshold=0, is_treated=[True, False, True, False], areas=["a", "b", "c", "d"]
    )
    check = moved_check(areas)
    assert (check.facts["areas_added"], check.facts["areas_removed"]) == ("a", "d")
    assert check.status is CheckStatus.FAILS


def test_one_moved_area_of_many_is_a_doubt_and_none_holds():
    clean = simulate_discontinuity(1)
    assert moved_check(clean).status is CheckStatus.HOLDS
    treated = clean.is_treated.copy()
    treated[-1] = False
    one = scored(clean.distance, clean.outcome, threshold=0, is_treated=treated)
    assert moved_check(one).status is CheckStatus.DOUBTFUL


@pytest.mark.parametrize("seed", range(10))
def test_a_manipulated_threshold_is_flagged(seed):
    checks = validity(simulate_discontinuity(seed, manipulated=True))
    assert {check.status for check in checks} & {CheckStatus.FAILS, CheckStatus.DOUBTFUL}


def test_a_clean_threshold_gives_the_effect_with_its_checks():
    found = discontinuity(simulate_discontinuity(3))
    assert {check.kind: check.status for check in found.checks} == {
        CheckKind.DENSITY: CheckStatus.HOLDS,
        CheckKind.COVARIATE_JUMP: CheckStatus.HOLDS,
        CheckKind.MOVED_ACROSS: CheckStatus.HOLDS,
    }
    assert found.inference.low <= EFFECT <= found.inference.high
    assert found.inference.method is Method.LOCAL_POLYNOMIAL


def test_few_areas_fall_back_on_placements():
    areas = simulate_discontinuity(4, areas=36)
    found = discontinuity(areas)
    assert found.inference.method is Method.LOCAL_PLACEMENTS
    assert found.check(CheckKind.DENSITY).status is CheckStatus.NOT_POSSIBLE


def test_a_covariate_that_nobody_knows_is_no_proof():
    areas = scored(np.linspace(-1, 1, 200), np.sin(np.arange(200.0)), threshold=0)
    check = covariate_check(areas)
    assert check.status is CheckStatus.NOT_POSSIBLE
    assert check.facts == {"covariates": 0, "tested": 0}


def test_with_few_areas_covariates_are_held_against_an_honest_interval():
    rng = np.random.default_rng(1)
    score = rng.uniform(-1, 1, 30)
    poor = (score >= 0) * 1.0 + rng.normal(0, 0.05, 30)
    areas = scored(score, score, threshold=0, covariates=poor[:, None], names=("poor",))
    assert covariate_check(areas).status is CheckStatus.FAILS


def test_many_covariates_make_one_jump_less_telling():
    areas = simulate_discontinuity(7)
    check = covariate_check(areas)
    assert check.facts["p_adjusted"] == pytest.approx(min(1, check.facts["p"] * check.facts["tested"]))


def test_crowding_above_the_threshold_is_seen():
    rng = np.random.default_rng(1)
    score = rng.normal(0, 1, 2_000)
    pushed = (score > -0.3) & (score < 0) & (rng.random(2_000) < 0.6)
    crowded = scored(np.where(pushed, -score, score), score, threshold=0)
    assert density_check(crowded).status is CheckStatus.FAILS


def test_the_alternatives_are_half_and_double_the_width_a_hole_and_the_honest_interval():
    found = alternatives(simulate_discontinuity(5))
    assert [one.name for one in found] == ["half_width", "double_width", "donut", "honest"]
    assert all(one.effect is not None and one.low < one.high for one in found)


def test_an_alternative_with_too_few_areas_shows_its_refusal():
    found = {one.name: one for one in alternatives(simulate_discontinuity(4, areas=36))}
    assert found["half_width"].refusal.reason is RefusalReason.TOO_FEW_AREAS
    assert found["half_width"].effect is None
    assert found["honest"].effect is not None


@pytest.mark.slow
def test_a_clean_threshold_is_rarely_refused_and_a_manipulated_one_always_flagged():
    clean = [validity(simulate_discontinuity(seed)) for seed in range(200)]
    refused = [any(check.status is CheckStatus.FAILS for check in checks) for checks in clean]
    assert np.mean(refused) <= 0.05
    moved = [validity(simulate_discontinuity(seed, manipulated=True)) for seed in range(200)]
    flagged = [any(check.status in (CheckStatus.FAILS, CheckStatus.DOUBTFUL) for check in checks) for checks in moved]
    assert np.mean(flagged) >= 0.98
