"""What may never happen to a verdict: that it depends on who is called the comparator, or that doubt makes it surer."""

import statistics
from dataclasses import replace

import dataframely as dy
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from small_country import areas, composition, figures, indicator, policy, population, programme
from wijkpeil.analysis import changes, figures_of, positions
from wijkpeil.analysis.one_look_alike import beside_one_look_alike
from wijkpeil.analysis.verdict import judge
from wijkpeil.domain.frames import Changes, Figures, LookAlikesFound
from wijkpeil.domain.indicator import Column, Direction, Form, GapScale, Kind, SourceColumns
from wijkpeil.domain.source import Source, Uncertainty
from wijkpeil.domain.verdict import Verdict
from wijkpeil.portrayal.language import language
from wijkpeil.portrayal.verdicts import judgements, sentences

HERE, THERE = "WK000101", "WK000102"
YEARS = (2007, 2012)
MIRRORED = {Verdict.CATCHING_UP: Verdict.FALLING_BEHIND, Verdict.FALLING_BEHIND: Verdict.CATCHING_UP}

share = st.floats(0.02, 0.98).map(lambda number: round(number, 4))
margin = st.floats(0.001, 0.02).map(lambda number: round(number, 4))
side = st.tuples(share, margin, margin)
"""A figure with the distances to its limits."""


def published(rows) -> dy.DataFrame[Figures]:
    """Published figures: area, year, its own side and that of the rest of its city."""
    made = []
    for area, year, own, rest in rows:
        (value, below, above), (other, other_below, other_above) = own, rest
        made.append(
            {
                **dict.fromkeys(Figures.column_names()),
                **{"area": area, "indicator": "arm", "period": year, "interval": "wilson", "status": "final"},
                **{"value": value, "low": max(value - below, 0.001), "high": value + above, "apportioned": 0.0},
                **{"rest_value": other, "rest_low": max(other - other_below, 0.001), "rest_high": other + other_above},
                **{"rest_status": "final", "like_status": "no_comparator", "source": "cbs:1"},
            }
        )
    return Figures.cast(pl.DataFrame(made, infer_schema_length=None, strict=False))


def source(correlation):
    """A source of which only the covariance between periods matters here."""
    words = dict.fromkeys(("label", "publisher", "licence", "attribution", "landing_page", "cadence", "note"), "")
    return Source(id="cbs", tables=(), uncertainty=Uncertainty(between_periods=correlation), **words)


def judged(rows, *, correlation=None, **traits):
    """Bring published figures to their verdicts; ``correlation`` is that between the errors of the two years."""
    columns = dict.fromkeys(YEARS, Column(name="x", form=Form.PERCENT, base="n"))
    one = indicator(sources=(SourceColumns(source="cbs", columns=columns),), **traits)
    rules = replace(policy(one), sources=(source(correlation),))
    register = areas({"GM0001": 1000, **dict.fromkeys({row[0] for row in rows}, 100)})
    beside = positions(published(rows), areas=register, policy=rules, comparators=["rest_of_city"])
    found = judge(changes(beside, policy=rules, programme=programme()), policy=rules)
    return {row["area"]: row for row in found.rows(named=True)}


@settings(deadline=None, max_examples=40)
@given(st.tuples(side, side), st.tuples(side, side), st.sampled_from(Direction), st.sampled_from(GapScale))
def test_swapping_area_and_comparator_mirrors_the_change_its_margin_and_its_verdict(then, now, direction, scale):
    rows = [(HERE, year, *pair) for year, pair in zip(YEARS, (then, now), strict=True)]
    rows += [(THERE, year, *reversed(pair)) for year, pair in zip(YEARS, (then, now), strict=True)]
    found = judged(rows, direction=direction, gap_scale=scale)
    one, other = found[HERE], found[THERE]
    for name in ("gap_baseline", "gap_latest", "change", "relative_change"):
        assert one[name] == -other[name], name
    for low, high in (("change_low", "change_high"), ("relative_low", "relative_high")):
        if one[low] is not None:
            assert (one[low], one[high]) == (-other[high], -other[low])
    assert (scale is GapScale.RELATIVE) == (one["relative_low"] is not None)
    verdict = Verdict(one["verdict"])
    assert other["verdict"] == MIRRORED.get(verdict, verdict)
    assert one["own_part"] == -other["comparator_part"]


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.tuples(side, side, side, side), min_size=1, max_size=6),
    st.integers(0, 5),
    st.integers(0, 3),
    st.sampled_from([(1, 0), (0, 1), (1, 1)]),
    st.floats(1, 20),
    st.sampled_from([None, 0.0, 0.3, 0.5, 0.8, 1.0]),
    st.sampled_from(GapScale),
)
def test_a_larger_error_of_one_figure_never_turns_cannot_tell_into_a_claim(
    family, place, which, sides, factor, correlation, scale
):
    """Not for the area of that figure, nor for any other in its family."""
    before = judged_family(family, correlation, gap_scale=scale)
    one = list(family[place % len(family)])
    value, below, above = one[which]
    one[which] = (value, below * (factor if sides[0] else 1), above * (factor if sides[1] else 1))
    wider = [tuple(one) if number == place % len(family) else other for number, other in enumerate(family)]
    after = judged_family(wider, correlation, gap_scale=scale)
    for area, found in before.items():
        for low, high in (("change_low", "change_high"), ("relative_low", "relative_high")):
            if found[low] is not None:
                assert after[area][low] <= found[low] <= found[high] <= after[area][high]
        if found["verdict"] == "cannot_tell":
            assert after[area]["verdict"] == "cannot_tell", area


def judged_family(family, correlation, **traits):
    """Judge areas of which each has four sides: itself and the rest of its city, then and now."""
    rows = [
        (f"WK00010{number}", year, own, rest)
        for number, (a, b, c, d) in enumerate(family)
        for year, own, rest in ((2007, a, b), (2012, c, d))
    ]
    return judged(rows, correlation=correlation, **traits)


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 400), st.integers(1, 400), share, share, st.booleans())
def test_the_city_is_the_weighted_mean_of_the_area_and_the_rest(people, others, own, city, with_counts):
    """Without counts the published shares may not fit together; then there is no rest, and it says so."""
    rows = [
        {"area": HERE, "value": own, "base": people if with_counts else None},
        {"area": "GM0001", "value": city, "base": people + others if with_counts else None},
    ]
    one = left_out({HERE: people, "GM0001": people + others}, rows)
    weight = people / (people + others)
    rest = (city - weight * own) / (1 - weight)
    if one["rest_value"] is None:
        assert not 0 <= rest <= 1
        assert one["rest_status"] == "no_comparator"
    else:
        assert weight * own + (1 - weight) * one["rest_value"] == pytest.approx(city, abs=0.5 / others)
        assert 0 <= one["rest_value"] <= 1
        assert one["rest_status"] == ("final" if with_counts else "approximate")


@settings(deadline=None)
@given(st.integers(1, 6), st.integers(1, 6))
def test_an_ordinal_class_has_no_rest_and_no_verdict(own, city):
    rows = [{"area": HERE, "value": own, "base": 100}, {"area": "GM0001", "value": city, "base": 300}]
    one = left_out({HERE: 100, "GM0001": 300}, rows, kind=Kind.ORDINAL)
    assert (one["rest_value"], one["rest_status"]) == (None, "not_applicable")
    found = judged([(HERE, year, (own, 0.1, 0.1), (city, 0.1, 0.1)) for year in YEARS], kind=Kind.ORDINAL)[HERE]
    assert (found["verdict"], found["reason"], found["change"]) == ("not_judged", "ordinal", None)


def left_out(people, rows, **traits):
    frame = figures_of(
        figures(rows),
        areas=areas(people),
        composition=composition(),
        population=population(),
        policy=policy(indicator(**traits)),
    )
    return frame.filter(pl.col("area") == HERE).row(0, named=True)


def test_a_reader_hears_how_many_of_a_hundred_look_alikes_gained_more():
    """This one went from 30% to 25%; 34 of the hundred lost more than five points."""
    alike = {f"WK0002{number:02d}": 0.24 if number < 34 else 0.27 for number in range(100)}
    then, now = (0.3, 0.004, 0.004), (0.25, 0.004, 0.004)
    rows = [(HERE, 2007, then, then), (HERE, 2012, now, now)]
    rows += [(code, year, (value, 0.004, 0.004), then) for code, last in alike.items() for year, value in
             ((2007, 0.3), (2012, last))]  # fmt: skip
    found = beside_look_alikes(rows, mean=sum(alike.values()) / 100, alike=list(alike))
    assert (found["like_n"], found["like_more"]) == (100, 34)
    said = sentences(language("nl"), judgements(pl.DataFrame([found]))["arm"]["look_alikes"], "gelijkende wijken")
    assert "Van de 100 gelijkende wijken gingen er 34 meer vooruit." in said


def test_beside_look_alikes_the_margin_is_that_of_one_of_them_and_not_of_their_mean():
    alike = [f"WK0002{number:02d}" for number in range(20)]
    spread = [(code, 0.3, 0.3 + 0.01 * (place - 9.5)) for place, code in enumerate(alike)]
    rows = [
        (HERE, 2007, (0.3, 0.001, 0.001), (0.3, 0.001, 0.001)),
        (HERE, 2012, (0.25, 0.001, 0.001), (0.3, 0.001, 0.001)),
    ]
    rows += [(code, year, (value, 0.001, 0.001), (0.3, 0.001, 0.001)) for code, first, last in spread for year, value in
             ((2007, first), (2012, last))]  # fmt: skip
    one = beside_look_alikes(rows, mean=0.3, alike=alike)
    sd = statistics.stdev(last - first for _, first, last in spread)
    half = stats.t.ppf(0.975, 19) * sd * (1 + 1 / 20) ** 0.5
    assert one["change_high"] - one["change"] == pytest.approx(half, abs=1e-9)
    assert one["verdict"] == "cannot_tell"
    assert beside_look_alikes(rows, mean=0.3, alike=alike[:1])["reason"] == "no_error_known"


def beside_look_alikes(rows, *, mean, alike):
    """Judge the first area beside the mean of its look-alikes, whose own figures stand in the rows too."""
    rules = policy(indicator())
    register = areas({"GM0001": 1000, "GM0002": 1000, **dict.fromkeys({row[0] for row in rows}, 100)})
    like = pl.when(pl.col("period") == 2007).then(0.3).otherwise(mean)
    shown = Figures.cast(
        published(rows).with_columns(
            like_value=like, like_low=like - 0.001, like_high=like + 0.001, like_status=pl.lit("final")
        )
    )
    pairs = pl.DataFrame(
        [(HERE, code, rank, 0.1) for rank, code in enumerate(alike, start=1)],
        schema=LookAlikesFound.column_names(),
        orient="row",
    )
    own = Figures.cast(shown.filter(pl.col("area") == HERE))
    beside = positions(own, areas=register, policy=rules, comparators=["look_alikes"])
    changed = changes(beside, policy=rules, programme=programme())
    widened = beside_one_look_alike(changed, figures=shown, look_alikes=LookAlikesFound.cast(pairs), policy=rules)
    return judge(Changes.cast(widened), policy=rules).row(0, named=True)
