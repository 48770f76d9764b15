"""Whatever figures a publisher gives, what comes out is a number or the reason that there is none."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from small_country import areas, composition, figures, indicator, policy, population, programme
from wijkpeil.analysis import changes, figures_of, positions
from wijkpeil.analysis.one_look_alike import beside_one_look_alike
from wijkpeil.analysis.verdict import judge
from wijkpeil.disclosure import release
from wijkpeil.domain.frames import Changes, LookAlikesFound, Positions
from wijkpeil.domain.indicator import Direction, GapScale, Kind, Nature
from wijkpeil.domain.verdict import Verdict

pytestmark = pytest.mark.filterwarnings("error")

PEOPLE = {"GM0001": 1000, "WK000101": 300, "WK000102": 700, "GM0002": 400, "WK000201": 400, "GM0003": 0, "WK000301": 0}
ALIKE = [("WK000101", "WK000201"), ("WK000101", "WK000301"), ("WK000102", "WK000201"), ("WK000201", "WK000101")]
COMPARATORS = ("rest_of_city", "look_alikes", "city", "city_outside_programme", "country")
AVERAGED = (Kind.PROPORTION, Kind.RATE, Kind.MEAN, Kind.SCORE)

CELLS = [
    (area, year) for area in ("WK000101", "WK000102", "WK000201", "GM0001", "WK000301") for year in (2007, 2010, 2012)
]

share = st.sampled_from([0.0, 1.0, 0.5, 1e-9, 0.3333]) | st.floats(0, 1).map(lambda number: round(number, 4))
base = st.sampled_from([None, 0, 1, 300, 3_000, 100_000, 100_000])
error = st.sampled_from([None, None, 0.0, 0.02, 1e-12])
cell = st.tuples(share, base, error)
row = st.tuples(*(cell if place < 9 else st.none() | cell for place, _ in enumerate(CELLS)))
"""Figures of every year for three wijken, and here and there for their city and for a wijk without people."""
absent = st.sets(st.integers(0, len(CELLS) - 1), max_size=4)
traits = st.fixed_dictionaries(
    {
        "kind": st.sampled_from([*Kind, *AVERAGED]),
        "nature": st.sampled_from(Nature),
        "direction": st.sampled_from([Direction.LOWER_IS_BETTER, *Direction]),
        "gap_scale": st.sampled_from(GapScale),
        "superpopulation": st.booleans(),
        "broken_in": st.sampled_from([(), (), (2007,), (2012,), (2007, 2010)]),
        "materiality": st.sampled_from([0.0, 0.01]),
    }
)


@settings(deadline=None, max_examples=60)
@given(row, absent, traits, st.sampled_from([0, 0, 50]), st.sampled_from([None, 5]))
def test_no_figure_brings_a_warning_or_a_number_that_is_none(some, absent, chosen, minimum, rounded):
    rules = policy(indicator(**chosen), minimum=dict.fromkeys([kind.value for kind in Kind], minimum))
    given_ = {
        "areas": areas(PEOPLE, {"prog.een": "GM0001", "GM0001-buiten-prog": "GM0001", "prog.alle": None}),
        "composition": composition(
            {"prog.een": ["WK000101"], "GM0001-buiten-prog": ["GM0001", "-WK000101"], "prog.alle": ["WK000101"]}
        ),
    }
    observed = []
    for place, ((area, year), filled) in enumerate(zip(CELLS, some, strict=True)):
        if filled is not None:
            number, size, se = filled if place not in absent else (None, filled[1], None)
            rounding = rounded if size else None
            one = {"area": area, "period": year, "value": number, "base": size, "se": se, "rounded_to": rounding}
            observed.append(one)
    alike = pl.DataFrame(
        [(*pair, rank, 0.1) for rank, pair in enumerate(ALIKE, start=1)],
        schema=LookAlikesFound.column_names(),
        orient="row",
    )
    look_alikes = LookAlikesFound.cast(alike)
    unreleased = figures_of(figures(observed), population=population(), policy=rules, **given_)
    shown = release(unreleased, look_alikes=look_alikes, policy=rules, audience="openbaar", **given_)
    beside = positions(shown, areas=given_["areas"], policy=rules, comparators=COMPARATORS)
    changed = changes(Positions.cast(beside), policy=rules, programme=programme())
    widened = beside_one_look_alike(changed, figures=shown, look_alikes=look_alikes, policy=rules)
    judged = judge(Changes.cast(widened), policy=rules)
    for frame in (unreleased, shown, beside, widened, judged):
        for name, kind in frame.schema.items():
            if kind == pl.Float64:
                assert frame[name].is_finite().all(), name
    said = judged.filter(pl.col("verdict").cast(pl.String) != Verdict.NOT_JUDGED.value)
    assert said["change"].is_not_null().all()
    claims = said.filter(pl.col("verdict").cast(pl.String) != Verdict.CANNOT_TELL.value, ~pl.col("by_count"))
    assert (claims.select(pl.min_horizontal("q", "q_steady")).to_series() <= 0.05).all()
    assert said.is_empty() or chosen["kind"] in AVERAGED
