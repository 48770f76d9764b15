"""Areas that were chosen at a bad moment are seen to come back by themselves; areas taken at random are not accused."""

import numpy as np
import pytest

from wijkpeil.domain.evidence import CheckKind, CheckStatus
from wijkpeil.effects.matching import matched
from wijkpeil.effects.panel import panel
from wijkpeil.effects.regression_to_the_mean import expected_return, regression_to_the_mean, reliability


def readings(seed, chosen, treated=5, *, areas=60, carried=0.0, effect=0.0):
    """Draw areas that differ by 0.7 and readings that are 1 off, part of which is ``carried`` to the next year."""
    rng = np.random.default_rng(seed)
    noise = rng.normal(size=(areas, 12))
    for year in range(1, 12):
        noise[:, year] = carried * noise[:, year - 1] + np.sqrt(1 - carried**2) * noise[:, year]
    outcome = rng.normal(0, 0.7, (areas, 1)) + noise
    order = {"worst": np.argsort(outcome[:, 7]), "random": rng.permutation(areas)}[chosen]
    starts = np.full(areas, 12)
    starts[order[:treated]] = 8
    outcome[order[:treated], 8:] += effect
    return panel(outcome, starts)


def found(data, *, weights=None, **asked):
    """Compare with the last year before the start, as a plain difference in differences does."""
    others = ~data.is_treated / (~data.is_treated).sum() if weights is None else weights
    gap = data.outcome[data.is_treated].mean(axis=0) - others @ data.outcome
    return regression_to_the_mean(
        data, float(gap[8:].mean() - gap[7]), weights=weights, from_last=True, draws=199, **asked
    )


@pytest.mark.parametrize("carried", [0.0, 0.6])
def test_the_worst_at_one_noisy_reading_are_flagged(carried):
    checks = [found(readings(seed, "worst", carried=carried)) for seed in range(60)]
    assert sum(check.status is CheckStatus.FAILS for check in checks) >= 54
    assert all(check.facts["last"] < check.facts["earlier"] for check in checks)


@pytest.mark.parametrize("carried", [0.0, 0.6])
@pytest.mark.parametrize("treated", [1, 5])
def test_areas_taken_at_random_are_seldom_flagged(treated, carried):
    draws = 150
    checks = [found(readings(seed, "random", treated, carried=carried)) for seed in range(draws)]
    flagged = sum(check.status is not CheckStatus.HOLDS for check in checks)
    assert flagged <= 0.05 * draws + 2.6 * np.sqrt(0.05 * 0.95 * draws)


def test_what_is_expected_to_come_back_is_on_average_what_comes_back():
    expected, effects = [], []
    for seed in range(150):
        check = found(readings(seed, "worst"))
        expected.append(check.facts["expected"])
        effects.append(check.facts["effect"])
    error = np.std(np.subtract(effects, expected)) / np.sqrt(150)
    assert np.mean(effects) > 1
    assert np.mean(expected) == pytest.approx(np.mean(effects), abs=3 * error)


def test_an_effect_much_larger_than_what_comes_back_holds():
    statuses = [found(readings(seed, "worst", effect=8.0)).status for seed in range(20)]
    assert statuses.count(CheckStatus.HOLDS) == 20


def test_an_effect_that_a_return_hides_is_in_doubt():
    statuses = [found(readings(seed, "worst", effect=-2.5)).status for seed in range(20)]
    assert statuses.count(CheckStatus.FAILS) == 0
    assert statuses.count(CheckStatus.DOUBTFUL) >= 15


def test_beside_areas_that_read_as_low_less_is_left_to_come_back():
    """Matched on level and slope, not on the last year by itself: most of the return is in both."""
    plain, beside = [], []
    for seed in range(20):
        data = readings(seed, "worst", areas=300)
        weights = matched(caliper=None).estimate(data).weights
        returns = expected_return(data, 8)
        treated = data.is_treated
        plain.append(returns[treated].mean() - returns[~treated].mean())
        beside.append(returns[treated].mean() - weights @ returns)
    assert abs(np.mean(beside)) < 0.2 * abs(np.mean(plain))


@pytest.mark.parametrize(("lasting", "carried"), [(0.49, 0.0), (0.49, 0.6), (2.0, 0.3)])
def test_what_lasts_is_told_from_what_passes(lasting, carried):
    rng = np.random.default_rng(1)
    noise = rng.normal(size=(5000, 10))
    for year in range(1, 10):
        noise[:, year] = carried * noise[:, year - 1] + np.sqrt(1 - carried**2) * noise[:, year]
    parts = reliability(rng.normal(0, np.sqrt(lasting), (5000, 1)) + noise)
    assert parts.lasting == pytest.approx(lasting, abs=0.12)
    assert parts.share == pytest.approx(lasting / (1 + lasting), abs=0.05)


def test_figures_of_after_the_start_are_not_used_to_expect_a_return():
    data = readings(1, "worst")
    later = data.outcome.copy()
    later[:, 8:] = 99
    assert expected_return(data, 8).tolist() == expected_return(data.with_outcome(later), 8).tolist()


def test_areas_without_noise_do_not_come_back():
    still = panel(np.repeat(np.arange(20.0)[:, None], 8, axis=1), [5] * 3 + [8] * 17)
    assert expected_return(still, 5) == pytest.approx(0, abs=1e-6)


def test_too_little_of_before_tells_nothing():
    rng = np.random.default_rng(1)
    short = panel(rng.normal(size=(30, 5)), [2] + [5] * 29)
    few = panel(rng.normal(size=(6, 12)), [8] + [12] * 5)
    nobody = panel(rng.normal(size=(20, 12)), [8] * 20)
    for data in (short, few, nobody):
        check = regression_to_the_mean(data, 1.0)
        assert check.kind is CheckKind.REGRESSION_TO_THE_MEAN
        assert check.status is CheckStatus.NOT_POSSIBLE
