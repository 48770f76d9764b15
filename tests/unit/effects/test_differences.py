"""No treated area is compared with one that was treated already, and what was planted comes back."""

import diff_diff
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staggered import panels, planted, shuffled
from wijkpeil.domain.refusal import RefusalReason, RefusedError
from wijkpeil.effects.before_after import before_after
from wijkpeil.effects.differences import differences
from wijkpeil.effects.imputation import imputation
from wijkpeil.effects.large_sample import as_software_prints_it
from wijkpeil.effects.panel import panel
from wijkpeil.effects.two_way import two_way

SOUND = {
    "differences": differences(),
    "not yet treated": differences(not_yet_treated=True),
    "imputation": imputation(),
}
COMPARED = SOUND | {"two-way": two_way()}
ALL = COMPARED | {"before-after": before_after()}


def effect(design, data, lag=0):
    return float(design.effects(data, data.start[None], lag=lag)[0])


@pytest.mark.parametrize("design", COMPARED.values(), ids=COMPARED)
@settings(max_examples=25, deadline=None)
@given(data=panels(), seed=st.integers(0, 99))
def test_a_constant_added_to_an_area_or_a_period_changes_nothing(design, data, seed):
    rng = np.random.default_rng(seed)
    moved = data.with_outcome(data.outcome + rng.normal(size=(len(data.areas), 1)) + rng.normal(size=data.never))
    assert effect(design, moved) == pytest.approx(effect(design, data), abs=1e-9)
    here, there = (design.paths(one, one.start[None])[0] for one in (data, moved))
    assert here == pytest.approx(there, abs=1e-9, nan_ok=True)


@pytest.mark.parametrize("design", [*SOUND.values(), before_after()], ids=[*SOUND, "before-after"])
@settings(max_examples=25, deadline=None)
@given(data=panels())
def test_an_area_treated_already_is_compared_with_nobody(design, data):
    """What happens to it after its start moves the effect by its own part in the mean, and not through others."""
    begun = np.arange(data.never)[None] >= data.start[:, None]
    early = begun & (data.start == data.start.min())[:, None]
    moved = data.with_outcome(data.outcome + 100 * early)
    assert effect(design, moved) - effect(design, data) == pytest.approx(100 * early.sum() / begun.sum())


def test_the_regression_of_all_at_once_does_compare_with_areas_treated_already():
    data = planted(lambda start, time: 0.0, starts=[2, 2, 6, 6, 10])
    begun = np.arange(10)[None] >= data.start[:, None]
    early = begun & (data.start == 2)[:, None]
    moved = data.with_outcome(data.outcome + early * np.arange(10))
    own = (early * np.arange(10)).sum() / begun.sum()
    assert effect(two_way(), moved) < 0.8 * own


@pytest.mark.parametrize("design", ALL.values(), ids=ALL)
@settings(max_examples=20, deadline=None)
@given(data=panels(), lag=st.integers(0, 2))
def test_many_placements_at_once_are_the_same_as_one_by_one(design, data, lag):
    starts = shuffled(data)
    together, apart = (
        (design.effects(data, starts, lag=lag), design.paths(data, starts)),
        (
            np.concatenate([design.effects(data, one[None], lag=lag) for one in starts]),
            np.concatenate([design.paths(data, one[None]) for one in starts]),
        ),
    )
    for left, right in zip(together, apart, strict=True):
        assert left == pytest.approx(right, abs=1e-9, nan_ok=True)


@pytest.mark.parametrize("design", ALL.values(), ids=ALL)
@settings(max_examples=20, deadline=None)
@given(data=panels(), seed=st.integers(0, 99))
def test_the_effect_is_linear_in_the_outcome(design, data, seed):
    other = data.with_outcome(np.random.default_rng(seed).normal(size=data.outcome.shape))
    both = data.with_outcome(2 * data.outcome - 3 * other.outcome)
    assert effect(design, both) == pytest.approx(2 * effect(design, data) - 3 * effect(design, other), abs=1e-9)


STARTS = [3] * 4 + [5] * 3 + [8] * 2 + [10] * 3


@pytest.mark.parametrize("design", SOUND.values(), ids=SOUND)
@pytest.mark.parametrize("lag", [0, 2])
def test_effects_that_grow_and_differ_come_back_exactly_where_the_regression_is_wrong(design, lag):
    def grows(start, time):
        return 0.4 * (time + 1) + 0.1 * start

    data = planted(grows, starts=STARTS)
    times = np.arange(10)[None] - data.start[:, None]
    true = grows(data.start[:, None], times)[times >= lag].mean()
    assert design.estimate(data, lag=lag).effect == pytest.approx(true)
    assert abs(two_way().estimate(data, lag=lag).effect - true) > 0.08 * true
    path = dict(zip(data.event_times.tolist(), design.estimate(data).path, strict=True))
    for time in range(7):
        seen = (data.start + time < 10) & (data.start < 10)
        assert path[time] == pytest.approx(grows(data.start[seen], time).mean())
    assert all(path[time] == pytest.approx(0, abs=1e-12) for time in range(-8, 0))
    assert np.isnan(path[-9])


def test_the_regression_may_call_a_gain_a_loss():
    data = planted(lambda start, time: (time + 1.0) ** 2, starts=[1] * 5 + [5] * 5, periods=10)
    assert two_way().estimate(data).effect < 0
    data = planted(lambda start, time: (time + 1.0) ** 2, starts=[1] * 5 + [5] * 5 + [10], periods=10)
    assert differences().estimate(data).effect > 0


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 9999), st.integers(1, 4), st.integers(1, 4))
def test_with_two_periods_and_one_start_all_designs_are_the_difference_of_differences(seed, treated, others):
    outcome = np.random.default_rng(seed).normal(size=(treated + others, 2))
    change = outcome[:, 1] - outcome[:, 0]
    closed = change[:treated].mean() - change[treated:].mean()
    data = panel(outcome, [1] * treated + [2] * others)
    for design in COMPARED.values():
        assert effect(design, data) == pytest.approx(closed, abs=1e-12)
        path = design.paths(data, data.start[None])[0]
        assert path == pytest.approx([0, closed, np.nan], abs=1e-12, nan_ok=True)
    assert effect(before_after(), data) == pytest.approx(change[:treated].mean(), abs=1e-12)


def test_anticipation_moves_the_base_so_that_what_came_early_is_not_lost():
    data = planted(lambda start, time: 1.0 + 0 * time, starts=STARTS)
    early = (np.arange(10)[None] == data.start[:, None] - 1) & data.is_treated[:, None]
    moved = data.with_outcome(data.outcome + early)
    assert differences().estimate(moved).effect == pytest.approx(0, abs=1e-12)
    for design in (differences, imputation, lambda **known: differences(not_yet_treated=True, **known)):
        found = design(anticipation=1).estimate(moved)
        assert found.effect == pytest.approx(1)
        assert found.path[moved.event_times == -1] == pytest.approx(1)


@settings(max_examples=15, deadline=None)
@given(data=panels())
def test_the_weights_and_the_counterfactual_add_up(data):
    for design in (differences(), differences(not_yet_treated=True)):
        found = design.estimate(data)
        assert found.weights.sum() == pytest.approx(1) and (found.weights > -1e-12).all()
    found = differences().estimate(data)
    assert (found.weights[data.is_treated] == 0).all()
    gap = data.outcome[data.is_treated].mean(axis=0) - found.counterfactual
    tables = as_software_prints_it(data, base="fixed")
    sizes = np.array([(data.start == start).sum() for start in tables.cells[:, 0]])
    for period in range(data.never):
        cells = tables.cells[:, 1] == period
        total = (sizes[cells] * tables.effects[cells]).sum() / data.is_treated.sum()
        assert gap[period] == pytest.approx(total, abs=1e-12)


def long(data):
    count, length = data.outcome.shape
    return pd.DataFrame(
        {
            "area": np.repeat(np.arange(count), length),
            "year": np.tile(np.arange(length), count) + 2000,
            "y": data.outcome.ravel(),
            "first": np.repeat(np.where(data.is_treated, data.start + 2000, 0), length),
        }
    )


@pytest.mark.parametrize("group", ["never_treated", "not_yet_treated"])
def test_a_second_implementation_finds_the_same(group):
    rng = np.random.default_rng(11)
    data = panel(rng.normal(size=(60, 9)), [3] * 9 + [5] * 12 + [7] * 4 + [9] * 35)
    other = diff_diff.CallawaySantAnna(control_group=group, base_period="universal").fit(
        long(data), outcome="y", unit="area", time="year", first_treat="first", aggregate="event_study"
    )
    late = group == "not_yet_treated"
    found = differences(not_yet_treated=late).estimate(data)
    assert found.effect == pytest.approx(other.overall_att, abs=1e-12)
    path = dict(zip(data.event_times.tolist(), found.path, strict=True))
    for time, line in other.event_study_effects.items():
        assert path[time] == pytest.approx(line["effect"], abs=1e-12)
    tables = as_software_prints_it(data, base="fixed", not_yet_treated=late)
    assert tables.simple().effect == pytest.approx(found.effect, abs=1e-12)


def refused(starts, periods=5, lag=0, design=None):
    data = panel(np.random.default_rng(0).normal(size=(len(starts), periods)), starts)
    with pytest.raises(RefusedError) as raised:
        (design or differences()).estimate(data, lag=lag)
    return raised.value.refusal.reason


def test_what_has_no_answer_is_refused_by_name():
    assert refused([5, 5]) is RefusalReason.TOO_FEW_TREATED
    assert refused([0, 0, 5]) is RefusalReason.NO_PERIOD_BEFORE
    assert refused([3, 3, 5], lag=2) is RefusalReason.NO_PERIOD_AFTER
    assert refused([3, 3, 3]) is RefusalReason.NO_DONORS
    assert refused([2, 2, 3]) is RefusalReason.DONORS_TREATED_LATER
    assert refused([1, 1, 5], design=differences(anticipation=1)) is RefusalReason.TOO_FEW_PERIODS
    assert refused([0, 5], design=before_after()) is RefusalReason.NO_PERIOD_BEFORE


def test_without_areas_never_treated_those_who_start_later_carry_the_first_periods():
    data = planted(lambda start, time: 1.0 + time, starts=[3, 3, 6, 6], periods=8)
    times = np.arange(3)
    for design in (differences(not_yet_treated=True), imputation()):
        assert design.estimate(data).effect == pytest.approx((1.0 + times).mean())


def test_areas_treated_from_the_first_period_on_are_neither_treated_nor_comparison():
    rng = np.random.default_rng(2)
    data = panel(rng.normal(size=(12, 6)), [0, 0, 3, 3, 4] + [6] * 7)
    for design in (*SOUND.values(), before_after()):
        assert effect(design, data) == pytest.approx(effect(design, data.without([0, 1])), abs=1e-12)


def test_before_after_sets_the_treated_beside_their_own_past_only():
    rng = np.random.default_rng(4)
    data = panel(rng.normal(size=(8, 6)), [3, 3, 4] + [6] * 5)
    own = [data.outcome[area, begin:] - data.outcome[area, :begin].mean() for area, begin in ((0, 3), (1, 3), (2, 4))]
    assert before_after().estimate(data).effect == pytest.approx(np.concatenate(own).mean())
    trend = data.with_outcome(data.outcome + np.arange(6))
    assert effect(before_after(), trend) - effect(before_after(), data) > 2
    assert effect(differences(), trend) == pytest.approx(effect(differences(), data))
