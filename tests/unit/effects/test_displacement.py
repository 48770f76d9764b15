"""What leaves a treated area is looked for next door."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkpeil.domain.evidence import CheckKind, CheckStatus, Found, Inference, Method
from wijkpeil.domain.refusal import Refusal, RefusalReason
from wijkpeil.domain.study import Design
from wijkpeil.effects.displacement import displacement, ring_panel, ring_starts
from wijkpeil.effects.panel import panel


def found(effect, low, high, p):
    inference = Inference(
        method=Method.PLACEMENTS, p=p, low=low, high=high, placebos=999, as_large=round(p * 1000) - 1, attainable=0.001
    )
    return Found(
        design=Design.DIFFERENCES, effect=effect, inference=inference, treated=4, compared=90, before=8, after=4
    )


WHOLE = found(0.10, 0.05, 0.15, 0.001)


@pytest.mark.parametrize(
    ("ring", "status"),
    [
        (found(-0.06, -0.09, -0.03, 0.002), CheckStatus.FAILS),
        (found(0.06, 0.03, 0.09, 0.002), CheckStatus.DOUBTFUL),
        (found(-0.01, -0.03, 0.01, 0.4), CheckStatus.HOLDS),
        (found(-0.02, -0.08, 0.04, 0.5), CheckStatus.NOT_POSSIBLE),
        (found(0.00, None, 0.02, 0.9), CheckStatus.NOT_POSSIBLE),
    ],
)
def test_a_loss_next_door_fails_and_only_one_that_is_ruled_out_holds(ring, status):
    check = displacement(WHOLE, ring)
    assert (check.kind, check.status) == (CheckKind.DISPLACEMENT, status)


def test_the_part_that_was_carried_next_door_is_told():
    assert displacement(WHOLE, found(-0.06, -0.09, -0.03, 0.002)).facts["carried"] == pytest.approx(0.6)


def test_for_an_effect_that_lowers_a_figure_the_same_rules_hold():
    lowered = found(-0.10, -0.15, -0.05, 0.001)
    assert displacement(lowered, found(0.06, 0.03, 0.09, 0.002)).status is CheckStatus.FAILS
    assert displacement(lowered, found(-0.01, -0.03, 0.02, 0.6)).status is CheckStatus.HOLDS


def test_a_ring_without_an_estimate_tells_why():
    check = displacement(WHOLE, Refusal(reason=RefusalReason.NO_DONORS, facts={}))
    assert check.status is CheckStatus.NOT_POSSIBLE
    assert check.facts == {"reason": "no_donors"}


@given(seed=st.integers(0, 2**32 - 1))
def test_in_the_ring_nobody_was_treated_and_every_neighbour_has_the_first_start_it_borders_on(seed):
    rng = np.random.default_rng(seed)
    count, length = 12, 6
    start = rng.choice([2, 3, length, length, length], count)
    start[0], start[1] = 2, length
    study = panel(rng.normal(size=(count, length)), start)
    borders = rng.random((count, count)) < 0.2
    borders |= borders.T
    starts = ring_starts(study, borders)
    ring = ring_panel(study, starts < length, starts)
    assert set(ring.areas) == {area for area, first in zip(study.areas, start, strict=True) if first == length}
    for area, first in zip(ring.areas, ring.start, strict=True):
        touching = [start[other] for other in range(count) if borders[int(area), other]]
        assert first == min([*touching, length])


def test_a_planted_loss_next_door_is_estimated_with_the_donors_outside():
    rng = np.random.default_rng(1)
    outcome = rng.normal(0, 0.01, (30, 8))
    outcome[0, 5:] += 0.5
    outcome[[1, 2], 5:] -= 0.25
    study = panel(outcome, [5] + [8] * 29)
    borders = np.zeros((30, 30), dtype=bool)
    borders[[1, 2], 0] = borders[0, [1, 2]] = True
    starts = ring_starts(study, borders)
    ring = ring_panel(study, starts < 8, starts)
    change = ring.outcome[:, 5:].mean(axis=1) - ring.outcome[:, :5].mean(axis=1)
    assert ring.is_treated.sum() == 2
    assert change[ring.is_treated].mean() - change[~ring.is_treated].mean() == pytest.approx(-0.25, abs=0.02)
