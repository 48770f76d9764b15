"""A synthetic control on characteristics shows how far its answer depends on where the search began."""

import numpy as np
import pytest

from wijkpeil.domain.refusal import RefusalReason as Why
from wijkpeil.domain.refusal import RefusedError
from wijkpeil.effects.predictors import Predictors, choose


def drawn(seed, donors=8, predictors=3):
    rng = np.random.default_rng(seed)
    traits = rng.normal(size=(donors + 1, predictors))
    outcome = traits[:, :1] @ rng.normal(size=(1, 6)) + 0.05 * rng.normal(size=(donors + 1, 6))
    return Predictors(treated=traits[0], donors=traits[1:], outcome=outcome[0], outcomes=outcome[1:])


def test_every_start_of_the_search_is_shown_and_the_best_is_taken():
    found = choose(drawn(1), tries=4)
    assert len(found.tried) == 4
    assert found.best.loss == pytest.approx(min(one.loss for one in found.tried))
    for one in found.tried:
        assert (one.weights >= 0).all() and one.weights.sum() == pytest.approx(1)
        assert one.importance.sum() == pytest.approx(1)
    assert found.effects(np.ones(3), np.zeros((8, 3))).tolist() == pytest.approx([1.0] * 4)


def test_the_chosen_importance_follows_the_outcome_more_closely_than_an_equal_one():
    one = drawn(2)
    assert choose(one).best.loss <= one.loss(one.blend(np.full(3, 1 / 3)))


def test_another_unit_of_a_predictor_changes_nothing():
    one = drawn(3)
    unit = np.array([1000.0, 1.0, 0.01])
    other = Predictors(treated=one.treated * unit, donors=one.donors * unit, outcome=one.outcome, outcomes=one.outcomes)
    importance = np.array([0.5, 0.3, 0.2])
    np.testing.assert_allclose(other.blend(importance), one.blend(importance), atol=1e-6)


def test_without_predictors_or_donors_it_is_refused():
    for one, reason in ((_bare(0, 5), Why.NO_COVARIATES), (_bare(2, 1), Why.TOO_FEW_AREAS)):
        with pytest.raises(RefusedError) as refused:
            choose(one)
        assert refused.value.refusal.reason is reason


def _bare(predictors, donors):
    return Predictors(
        treated=np.zeros(predictors),
        donors=np.zeros((donors, predictors)),
        outcome=np.zeros(4),
        outcomes=np.ones((donors, 4)),
    )
