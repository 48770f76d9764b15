"""People who changed and other people are told apart, and nothing is left over."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkpeil.domain.evidence import CheckKind, CheckStatus, Found, Inference, Method
from wijkpeil.domain.refusal import RefusalReason, RefusedError
from wijkpeil.domain.study import Design
from wijkpeil.effects.composition import Groups, composition, groups, parts, population, split
from wijkpeil.effects.panel import panel

SEEDS = st.integers(0, 2**32 - 1)


def differences(study):
    start = study.cohorts[0]
    change = study.outcome[:, start:].mean(axis=1) - study.outcome[:, :start].mean(axis=1)
    return float(change[study.is_treated].mean() - change[~study.is_treated].mean())


def inference(low, high, p):
    return Inference(method=Method.PLACEMENTS, p=p, low=low, high=high, placebos=99, as_large=0, attainable=0.01)


def world(seed, *, stayers=0.0, newcomers=0.0, share=0.0):
    rng = np.random.default_rng(seed)
    study = panel(np.zeros((20, 8)), [5] * 4 + [8] * 16)
    treated = (np.arange(20)[:, None] < 4) & (np.arange(8)[None, :] >= 5)
    people = Groups(
        stayers=0.3 + rng.normal(0, 0.02, (20, 8)) + stayers * treated,
        newcomers=0.6 + rng.normal(0, 0.02, (20, 8)) + newcomers * treated,
        share=np.clip(0.8 + rng.normal(0, 0.02, (20, 8)) + share * treated, 0, 1),
    )
    return study.with_outcome(people.total), people


@given(seed=SEEDS, stayers=st.floats(-0.2, 0.2), newcomers=st.floats(-0.2, 0.2), share=st.floats(-0.3, 0.1))
def test_the_effect_on_everyone_is_the_sum_of_its_parts(seed, stayers, newcomers, share):
    study, people = world(seed, stayers=stayers, newcomers=newcomers, share=share)
    found = split(study, people, differences)
    assert found.total == pytest.approx(differences(study), abs=1e-12)
    assert found.rest == pytest.approx(0, abs=1e-12)


@given(seed=SEEDS)
def test_the_parts_of_every_figure_add_up_to_its_change(seed):
    study, people = world(seed, share=-0.2)
    whole = sum(part.outcome for part in parts(study, people))
    before = people.total[:, :5]
    usual = people.share[:, :5].mean(axis=1) * people.stayers[:, :5].mean(axis=1)
    usual += (1 - people.share[:, :5].mean(axis=1)) * people.newcomers[:, :5].mean(axis=1)
    assert whole == pytest.approx(people.total - usual[:, None], abs=1e-12)
    assert before.shape == (20, 5)


def test_an_effect_of_other_people_is_all_composition():
    study, people = world(1, share=-0.3)
    found = split(study, people, differences)
    assert found.composition == pytest.approx(0.3 * 0.3, abs=0.015)
    assert found.stayers == pytest.approx(0, abs=0.02)
    assert found.newcomers == pytest.approx(0, abs=0.02)


def test_an_effect_on_those_who_stayed_is_theirs():
    study, people = world(1, stayers=0.1)
    found = split(study, people, differences)
    assert found.stayers == pytest.approx(0.8 * 0.1, abs=0.02)
    assert found.composition == pytest.approx(0, abs=0.02)


@pytest.mark.parametrize(
    ("planted", "inferred", "status"),
    [
        ({"share": -0.3}, inference(0.05, 0.12, 0.01), CheckStatus.FAILS),
        ({"stayers": 0.2}, inference(-0.02, 0.02, 0.8), CheckStatus.HOLDS),
        ({"stayers": 0.2}, inference(-0.02, 0.30, 0.4), CheckStatus.NOT_POSSIBLE),
        ({"share": -0.3}, inference(None, None, 0.2), CheckStatus.NOT_POSSIBLE),
    ],
)
def test_composition_fails_where_it_carries_the_effect_and_holds_where_that_is_ruled_out(planted, inferred, status):
    study, people = world(2, **planted)
    check = composition(study, people, differences, lambda _: inferred)
    assert (check.kind, check.status) == (CheckKind.COMPOSITION, status)


@given(seed=SEEDS)
def test_the_share_who_stayed_follows_from_three_outcomes(seed):
    _, people = world(seed)
    found = groups(people.total, people.stayers, people.newcomers)
    assert found.share == pytest.approx(people.share, abs=1e-6)
    assert found.total == pytest.approx(people.total, abs=1e-12)


def test_an_outcome_outside_both_groups_is_refused():
    _, people = world(1)
    with pytest.raises(RefusedError) as refused:
        groups(people.newcomers + 0.5, people.stayers, people.newcomers)
    assert refused.value.refusal.reason is RefusalReason.NO_FIGURES


@pytest.mark.parametrize(("p", "status"), [(0.01, CheckStatus.DOUBTFUL), (0.5, CheckStatus.NOT_POSSIBLE)])
def test_the_number_of_people_raises_a_doubt_and_never_takes_one_away(p, status):
    size = Found(
        design=Design.DIFFERENCES,
        effect=-300.0,
        inference=inference(-500.0, -100.0, p),
        treated=4,
        compared=16,
        before=5,
        after=3,
    )
    assert population(size).status is status
