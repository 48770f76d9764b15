"""An own area is made of what is published, and tells nobody what is hidden."""

from dataclasses import replace
from datetime import date
from itertools import combinations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkpeil.domain.area import Level
from wijkpeil.domain.indicator import Direction, GapScale, Indicator, Kind, Nature, Review, Unit
from wijkpeil.domain.period import Moment
from wijkpeil.domain.policy import DisclosureRule
from wijkpeil.portrayal.own_area import Refusal
from wijkpeil.publication.own_area import Map, composed, map_of, own_area
from wijkpeil.publication.shelf import Shelf

LEAST = 50
RULE = DisclosureRule(
    audience="openbaar",
    label="iedereen",
    minimum_base={"proportion": LEAST, "mean": LEAST, "rate": LEAST, "count": 0, "score": LEAST, "ordinal": LEAST},
    round_counts_to=5,
)
SHARE = Indicator(
    id="bijstand",
    theme="werken",
    label="Bijstand",
    label_en="Benefits",
    unit=Unit.PERCENT,
    direction=Direction.LOWER_IS_BETTER,
    kind=Kind.PROPORTION,
    nature=Nature.MEASURED,
    base="huishoudens",
    moment=Moment.FIRST_OF_JANUARY,
    decimals=1,
    materiality=0.01,
    gap_scale=GapScale.ABSOLUTE,
    sources=(),
    question="",
    not_for="",
    definition="",
    minimum_base=None,
    price_year=None,
    review=Review(author="a", checked_by="b", review_due=date(2027, 1, 1)),
)
ABOVE = {"B1": "W1", "B2": "W1", "B3": "W1", "B4": "W2", "B5": "W2", "B6": "W2"}
WHERE = Map(
    gemeente="G",
    level=Level.BUURT,
    above=ABOVE,
    published={
        "G": frozenset(ABOVE),
        "W1": frozenset({"B1", "B2", "B3"}),
        "W2": frozenset({"B4", "B5", "B6"}),
        "p.een": frozenset({"B3", "B4"}),
    },
)


def row(area: str, value: float | None, base: float | None, *, status: str = "final", period: int = 2020) -> dict:
    known = value is not None
    return {
        "area": area,
        "indicator": SHARE.id,
        "period": period,
        "value": value,
        "low": max(value - 0.02, 0.0) if known else None,
        "high": min(value + 0.02, 1.0) if known else None,
        "interval": "wilson" if known else "not_applicable",
        "base": base,
        "status": status,
        "source": "bron:t",
        "apportioned": 0.0,
    }


def frame(parts: dict[str, tuple[float, float]], hidden: set[str] = frozenset()) -> pl.DataFrame:
    rows = [
        row(code, None, None, status="too_few") if code in hidden else row(code, value, base)
        for code, (value, base) in parts.items()
    ]
    whole = sum(base for _, base in parts.values())
    rows.append(row("G", sum(value * base for value, base in parts.values()) / whole, whole))
    return pl.DataFrame(rows, infer_schema_length=None)


def one(figures: pl.DataFrame, chosen: set[str], indicator: Indicator = SHARE):
    return composed(figures, WHERE, frozenset(chosen), indicators=[indicator], rule=RULE)[0]


PLENTY = {code: (0.1 + place / 100, 400.0 + 10 * place) for place, code in enumerate(ABOVE)}


@st.composite
def cities(draw):
    parts = {
        code: (draw(st.floats(0, 1).map(lambda one: round(one, 3))), float(draw(st.integers(1, 60)) * 5))
        for code in ABOVE
    }
    few = {code for code, (_, base) in parts.items() if base < LEAST}
    second = {code for code in ABOVE if draw(st.booleans()) and draw(st.booleans())} if few else set()
    return frame(parts, few | second), few | second, parts


def every_own_area():
    return [set(some) for size in range(2, 7) for some in combinations(ABOVE, size)]


@pytest.mark.slow
@given(cities())
@settings(max_examples=20, deadline=None)
def test_no_own_area_beside_a_published_area_leaves_so_few_that_they_are_hidden(city):
    figures, hidden, parts = city
    for chosen in every_own_area():
        if one(figures, chosen).figure is None:
            continue
        assert not chosen & hidden
        for theirs in WHERE.published.values():
            between = chosen ^ theirs
            seen = sum(parts[code][1] for code in between - hidden)
            assert not between or seen >= LEAST


@pytest.mark.slow
@given(cities())
@settings(max_examples=20, deadline=None)
def test_two_own_areas_that_differ_by_one_hidden_neighbourhood_are_both_refused(city):
    figures, hidden, _ = city
    for chosen in every_own_area():
        for code in hidden - chosen:
            if any(ABOVE[mine] == ABOVE[code] for mine in chosen):
                assert one(figures, chosen).refusal in {Refusal.REST_HIDDEN, Refusal.PART_HIDDEN}
            assert one(figures, chosen | {code}).refusal is Refusal.PART_HIDDEN


@pytest.mark.slow
@given(cities(), st.floats(0, 1))
@settings(max_examples=20, deadline=None)
def test_what_is_hidden_has_no_part_in_any_own_figure(city, other):
    figures, hidden, parts = city
    changed = {code: (other, 7.0) if code in hidden else part for code, part in parts.items()}
    there = pl.col("area") != "G"
    again = pl.concat([frame(changed, hidden).filter(there), figures.filter(~there)])
    for chosen in every_own_area()[:20]:
        assert one(figures, chosen) == one(again, chosen)


@given(cities())
@settings(max_examples=20, deadline=None)
def test_an_own_figure_lies_between_its_parts_and_within_its_own_limits(city):
    figures, _, parts = city
    for chosen in every_own_area():
        found = one(figures, chosen).figure
        if found is None:
            continue
        values = [parts[code][0] for code in chosen]
        assert min(values) - 1e-4 <= found.value <= max(values) + 1e-4
        assert found.base == sum(parts[code][1] for code in chosen)
        assert 0 <= found.low <= found.value <= found.high <= 1


def test_an_own_area_is_surer_than_its_parts_and_has_the_rest_of_the_city_beside_it():
    found = one(frame(PLENTY), {"B1", "B2"}).figure
    assert found.high - found.low < 0.04
    beside = found.beside["rest_of_city"]
    rest = [PLENTY[code] for code in ("B3", "B4", "B5", "B6")]
    assert beside.value == pytest.approx(sum(v * b for v, b in rest) / sum(b for _, b in rest), abs=1e-4)
    assert beside.gap == pytest.approx(-(found.value - beside.value))
    assert beside.gap_low < beside.gap < beside.gap_high


def test_a_whole_wijk_composed_is_that_wijk():
    found = one(frame(PLENTY), {"B1", "B2", "B3"}).figure
    wijk = [PLENTY[code] for code in ("B1", "B2", "B3")]
    assert found.value == pytest.approx(sum(v * b for v, b in wijk) / sum(b for _, b in wijk), abs=1e-4)


def test_what_differs_from_a_programme_area_by_too_few_is_refused():
    few = {**PLENTY, "B5": (0.1, 55.0), "B3": (0.1, 20.0)}
    assert one(frame(few), {"B4", "B5"}).refusal is None
    near = frame({**PLENTY, "B5": (0.1, 45.0)})
    assert one(near, {"B3", "B4", "B5"}).refusal is Refusal.TOO_NEAR


def test_what_leaves_too_few_in_the_city_is_refused():
    assert one(frame({**PLENTY, "B6": (0.1, 45.0)}), set(ABOVE) - {"B6"}).refusal is Refusal.REST_HIDDEN


def test_an_absent_part_a_class_and_a_part_without_a_base_have_their_own_reasons():
    absent = frame(PLENTY).filter(pl.col("area") != "B2")
    assert one(absent, {"B1", "B2"}).refusal is Refusal.PART_MISSING
    assert one(frame(PLENTY), {"B1", "B2"}, replace(SHARE, kind=Kind.ORDINAL)).refusal is Refusal.NOT_ADDED
    bare = frame(PLENTY).with_columns(base=pl.lit(None, dtype=pl.Float64))
    assert one(bare, {"B1", "B2"}).refusal is Refusal.NO_BASE
    assert one(frame(PLENTY).clear(), {"B1", "B2"}).refusal is Refusal.NO_FIGURE


def test_an_older_period_never_takes_the_place_of_a_hidden_one():
    older = frame(PLENTY).with_columns(period=pl.lit(2019, dtype=pl.Int64))
    figures = pl.concat([older, frame(PLENTY, {"B2"})])
    found = one(figures, {"B1", "B2"})
    assert found.refusal is Refusal.PART_HIDDEN
    assert found.period == 2020


def test_parts_of_two_gemeenten_and_unknown_parts_are_no_area(example_shelf):
    edition = Shelf(example_shelf).open("voorbeeld")
    for chosen in (["WK900103", "WK900203"], ["WK900103", "nergens"], ["GM9001", "WK900103"]):
        with pytest.raises(KeyError):
            own_area(edition, chosen)


def test_the_map_of_a_gemeente_knows_its_programme_areas_and_what_is_left_outside(example_shelf):
    where = map_of(Shelf(example_shelf).open("voorbeeld"), "GM9001")
    assert where.level is Level.WIJK
    assert where.published["wijkaanpak.9001-03"] == {"WK900103"}
    outside = where.published["GM9001-buiten-wijkaanpak"]
    assert "WK900103" not in outside
    assert outside < where.parts
