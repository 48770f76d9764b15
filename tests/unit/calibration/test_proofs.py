"""What holds is shown to hold, and a house that is broken anywhere fails its own proof."""

from dataclasses import replace
from importlib import import_module

import numpy as np
import pytest

from wijkpeil.analysis import intervals, verdict
from wijkpeil.calibration import Claim, Effort, Limits, Line, Part, all_within, calibrate, luck
from wijkpeil.calibration.lines import pooled

WORLDS = {
    Part.COVERAGE: 600,
    Part.FALSE_VERDICTS: 4,
    Part.ONE_SIDED: 600,
    Part.SELECTION: 20,
    Part.POWER: 200,
    Part.COUNT: 100,
    Part.PANEL_NOISE: 20,
    Part.HOUSE: 1,
}


def prove(part, worlds=None):
    return calibrate(Effort(rounds={part: (1, worlds or WORLDS[part])}))


def outside(part, worlds=None):
    return {(line.claim, line.of) for line in prove(part, worlds) if not line.is_within}


def narrower(of, times=0.7):
    """Break an interval: the distances to its limits are taken too small."""

    def narrow(value, *rest, **named):
        low, high = of(value, *rest, **named)
        return value - times * (value - low), value + times * (high - value)

    return narrow


def short(of, times=0.7):
    """Break the square-and-add of two intervals."""

    def together(left, left_limits, right, right_limits, **named):
        low, high = of(left, left_limits, right, right_limits, **named)
        middle = left - right
        return middle - times * (middle - low), middle + times * (high - middle)

    return together


@pytest.mark.slow
@pytest.mark.parametrize("part", [part for part in WORLDS if part is not Part.HOUSE])
def test_the_house_as_it_is_holds(part):
    """In as many worlds as the short form takes, which relies on it: ``test_calibrate`` only runs it through."""
    assert outside(part, Effort.quick().rounds[part][1]) == set()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "of"),
    [("wilson", "share"), ("poisson", "rate"), ("exact_share", "exact_share"), ("exact_poisson", "exact_rate")],
)
def test_a_margin_that_is_too_narrow_is_found(monkeypatch, name, of):
    monkeypatch.setattr(intervals, name, narrower(getattr(intervals, name)))
    assert {(Claim.LEVEL, of), (Claim.GAP, of), (Claim.CHANGE, of)} <= outside(Part.COVERAGE)


@pytest.mark.slow
@pytest.mark.parametrize(("room", "found"), [("positions", Claim.GAP), ("changes", Claim.CHANGE)])
def test_a_margin_of_a_difference_that_is_too_narrow_is_found(monkeypatch, room, found):
    monkeypatch.setattr(import_module(f"wijkpeil.analysis.{room}"), "mover", short(intervals.mover))
    claims = {claim for claim, _ in outside(Part.COVERAGE)}
    assert found in claims and Claim.LEVEL not in claims


@pytest.mark.slow
def test_many_comparisons_that_are_not_adjusted_are_found(monkeypatch):
    monkeypatch.setattr(verdict, "adjusted", lambda p, family: p)
    assert {(Claim.MOVED, "family"), (Claim.STEADY, "family")} <= outside(Part.FALSE_VERDICTS)


@pytest.mark.slow
@pytest.mark.parametrize("wrong", [1.5, 3.0])
def test_a_test_that_is_too_bold_or_too_timid_at_the_bound_is_found(monkeypatch, wrong):
    monkeypatch.setattr(verdict, "Z", wrong)
    found = outside(Part.ONE_SIDED)
    assert {(Claim.CATCHING_UP, "share"), (Claim.FALLING_BEHIND, "share"), (Claim.CATCHING_UP, "survey")} <= found


@pytest.mark.slow
def test_a_return_to_the_mean_that_is_not_corrected_is_found(monkeypatch):
    corrected = luck.correct_for_selection

    def naive(past, **named):
        found = corrected(past, **named)
        return replace(found, expected=0 * found.expected, excess=found.naive)

    monkeypatch.setattr(luck, "correct_for_selection", naive)
    assert (Claim.BIAS_LEFT, "gap") in outside(Part.SELECTION)


@pytest.mark.slow
def test_an_excess_that_claims_to_be_surer_than_it_is_is_found(monkeypatch):
    corrected = luck.correct_for_selection

    def sure(past, **named):
        found = corrected(past, **named)
        return replace(found, excess_error=found.excess_error * 0.7)

    monkeypatch.setattr(luck, "correct_for_selection", sure)
    assert (Claim.EXCESS_COVERED, "gap") in outside(Part.SELECTION)


@pytest.mark.slow
def test_a_range_that_forgets_the_error_of_the_city_is_found(monkeypatch):
    counted = luck.count_by_chance
    monkeypatch.setattr(
        luck, "count_by_chance", lambda change, city_error, **named: counted(change, city_error=0 * city_error, **named)
    )
    assert (Claim.IN_RANGE, "count") in outside(Part.COUNT)


def test_panel_noise_that_is_too_small_is_found(monkeypatch):
    estimated = luck.panel_noise
    monkeypatch.setattr(
        luck,
        "panel_noise",
        lambda *given, **named: estimated(*given, **named).with_columns(estimated(*given, **named)["se"] * 0.7),
    )
    assert (Claim.ERROR_RATIO, "score") in outside(Part.PANEL_NOISE)


@pytest.mark.slow
def test_false_verdicts_of_a_whole_edition_are_found(monkeypatch):
    monkeypatch.setattr(intervals, "wilson", narrower(intervals.wilson, 0.3))
    monkeypatch.setattr(intervals, "poisson", narrower(intervals.poisson, 0.3))
    assert (Claim.FALSE, "country") in outside(Part.HOUSE)


def test_a_larger_change_and_a_larger_area_are_seen_more_often():
    lines = prove(Part.POWER, 300)
    seen = {(line.of, line.setting["base"], line.setting["size"]): line.measured for line in lines}
    for (of, base, size), part in seen.items():
        if size < 10:
            assert seen[of, base, {2.0: 3.0, 3.0: 5.0, 5.0: 10.0}[size]] >= part - 0.05
        if base < 30_000:
            assert seen[of, {300: 1_000, 1_000: 3_000, 3_000: 30_000}[base], size] >= part - 0.05


def test_the_same_seed_gives_the_same_table_and_another_another():
    effort = Effort(rounds={Part.COUNT: (1, 20), Part.PANEL_NOISE: (2, 3)})
    assert calibrate(effort, seed=7) == calibrate(effort, seed=7) != calibrate(effort, seed=8)


def test_a_proof_does_not_change_when_another_is_left_out():
    both = calibrate(Effort(rounds={Part.COUNT: (1, 20), Part.PANEL_NOISE: (1, 3)}))
    assert calibrate(Effort(rounds={Part.PANEL_NOISE: (1, 3)})) == [
        line for line in both if line.part is Part.PANEL_NOISE
    ]


def line(measured, error=0.01, worlds=100, **limits):
    return Line(
        part=Part.COVERAGE,
        claim=Claim.LEVEL,
        of="share",
        measured=measured,
        error=error,
        limits=Limits(**limits),
        worlds=worlds,
    )


def test_a_figure_is_outside_by_more_than_two_of_its_errors_and_never_when_it_is_no_number():
    assert line(0.985, low=0.93, high=0.97).is_within
    assert not line(0.995, low=0.93, high=0.97).is_within
    assert line(0.94, low=0.95).is_within and not line(0.925, low=0.95).is_within
    assert not line(np.nan, low=0.93).is_within
    assert not all_within([line(0.95), line(np.nan)])


def test_rounds_are_taken_together_by_their_worlds():
    (one,) = pooled([line(0.9, worlds=100), line(0.96, worlds=200)])
    assert one.measured == pytest.approx(0.94)
    assert one.error == pytest.approx(np.hypot(100, 200) / 300 * 0.01)
    assert one.worlds == 300
