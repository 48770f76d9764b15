"""The worked example in the docstring of every method is executed, and no docstring leaves out what it does not say."""

import doctest
from types import ModuleType

import pytest

import nested_error
from wijkpeil.analysis import composite, funnel, panel_noise, small_areas, standardised, trend

METHODS = [
    small_areas.smoothed,
    trend.trend,
    composite.theme_scores,
    funnel.funnel,
    standardised.standardised,
    panel_noise.panel_noise,
]
HEADINGS = ("What it says", "What it does not say", "Formula", "Source", "Examples")


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.__name__)
def test_a_method_says_what_it_says_and_what_it_does_not(method):
    text = method.__doc__ or ""
    lines = [line.strip() for line in text.splitlines()]
    for heading in HEADINGS:
        assert heading in lines, heading
        assert lines[lines.index(heading) + 1] == "-" * len(heading)
    assert ">>>" in text


@pytest.mark.parametrize(
    "module",
    [composite, funnel, nested_error, panel_noise, small_areas, standardised, trend],
    ids=lambda module: module.__name__.split(".")[-1],
)
def test_the_worked_example_is_right(module: ModuleType):
    found = doctest.testmod(module)
    assert found.attempted > 0
    assert found.failed == 0
