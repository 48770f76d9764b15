"""What lies together in a city is placed together, and only another city is another case."""

from collections import Counter, defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plain_differences import BY_COMPARISON, PLAIN
from wijkpeil.domain.refusal import RefusalReason, RefusedError
from wijkpeil.effects.assignment import placements
from wijkpeil.effects.panel import panel
from wijkpeil.effects.placements import infer

NEVER = 6


def country(cities, *, strata=None, seed=1, luck=0.0):
    """A panel of cities, each given by the starts of its areas; ``luck`` is what the areas of a city share."""
    rng = np.random.default_rng(seed)
    city = np.repeat(np.arange(len(cities)), [len(starts) for starts in cities])
    outcome = rng.normal(size=(len(city), NEVER)) + luck * rng.normal(size=(len(cities), NEVER))[city]
    return panel(outcome, np.concatenate(cities), city=city, stratum=None if strata is None else np.array(strata)[city])


def blocks(data, starts):
    """The starts of every city that has any."""
    found = defaultdict(list)
    for place in np.flatnonzero(starts < data.never):
        found[int(data.city[place])].append(int(starts[place]))
    return {city: tuple(sorted(own)) for city, own in found.items()}


def refused(data, **asked):
    with pytest.raises(RefusedError) as error:
        placements(data, draws=99, seed=1, **asked)
    return error.value.refusal


def city_of(treated, areas):
    return st.tuples(st.lists(st.sampled_from([3, 4]), max_size=treated), st.integers(1, areas)).map(
        lambda drawn: drawn[0] + [NEVER] * drawn[1]
    )


clustered = st.lists(city_of(3, 4), min_size=3, max_size=7).filter(
    lambda cities: max(sum(start < NEVER for start in starts) for starts in cities) >= 2
)


@settings(max_examples=80, deadline=None)
@given(clustered, st.sampled_from(["all", "comparison"]), st.sampled_from([5, 20, 100_000]), st.integers(0, 99))
def test_what_a_city_has_stays_together_where_there_is_room_and_no_cities_come_twice(cities, among, draws, seed):
    data = country(cities)
    try:
        placed = placements(data, draws=draws, seed=seed, among=among)
    except RefusedError as error:
        assert error.refusal.reason is RefusalReason.TOO_FEW_AREAS
        return
    real = blocks(data, data.start)
    divided = [blocks(placed.panel, starts) for starts in placed.starts]
    assert all(Counter(one.values()) == Counter(real.values()) for one in divided)
    assert real not in divided
    assert len({tuple(sorted(one.items())) for one in divided}) == len(divided) <= draws
    assert placed.enumerated or len(divided) == draws


def test_there_are_as_many_cases_as_other_cities_and_no_more():
    five_of_ten = [[3] * 5 + [NEVER] * 5, *[[NEVER] * 10] * 11]
    for among in ("all", "comparison"):
        placed = placements(country(five_of_ten), draws=999, seed=1, among=among)
        assert placed.enumerated and len(placed.starts) == 11


def test_blocks_of_different_size_go_to_the_cities_that_have_room_for_them():
    data = country([[3, 3, 3, NEVER], [3, NEVER], *[[NEVER] * 4] * 2, *[[NEVER]] * 5])
    placed = placements(data, draws=999, seed=1)
    assert placed.enumerated and len(placed.starts) == 3 * 8 - 1
    assert {len(own) for own in blocks(data, placed.starts[0]).values()} == {1, 3}


def test_every_division_over_cities_is_drawn_as_often_and_every_area_within_them():
    data = country([[3, 3, NEVER], [4, NEVER], *[[NEVER] * 3] * 25, [NEVER]])
    placed = [placements(data, draws=20, seed=seed) for seed in range(150)]
    starts = np.concatenate([one.starts for one in placed])
    large, small = (
        Counter(city for row in starts for city, own in blocks(data, row).items() if own == block)
        for block in ((3, 3), (4,))
    )
    assert set(large) == set(range(27)) and set(small) == set(range(28))
    for number in large.values():
        assert abs(number - 3000 / 27) < 5 * np.sqrt(3000 / 27)
    areas = (starts[:, data.city == 2] == 3).sum(axis=0)
    assert areas.min() > 0.6 * areas.max()


def test_with_few_cities_no_effect_is_sure_however_large():
    data = country([[3] * 5 + [NEVER] * 5, *[[NEVER] * 10] * 11])
    huge = data.with_outcome(data.outcome + 1e6 * (np.arange(NEVER) >= data.start[:, None]))
    found = infer(huge, PLAIN)
    assert found.p == pytest.approx(1 / 12) == found.attainable
    assert found.low is None and found.high is None


@pytest.mark.parametrize("among", ["all", "comparison"])
def test_areas_that_lie_apart_or_in_the_only_city_are_placed_one_by_one(among):
    apart = country([[3, NEVER], [3, NEVER], *[[NEVER] * 3] * 4])
    bare = panel(apart.outcome, apart.start)
    one_by_one = placements(bare, draws=999, seed=1, among=among).starts
    assert (placements(apart, draws=999, seed=1, among=among).starts == one_by_one).all()
    within = country([[3, 3, *[NEVER] * 6], [4, 4, *[NEVER] * 6]], strata=[0, 1])
    bare = panel(within.outcome, within.start, stratum=within.stratum)
    one_by_one = placements(bare, draws=999, seed=1, among=among).starts
    assert (placements(within, draws=999, seed=1, among=among).starts == one_by_one).all()


@pytest.mark.parametrize("among", ["all", "comparison"])
def test_where_no_other_city_has_room_nothing_is_said_and_it_says_how_many_have(among):
    refusal = refused(country([[3, 3, 3, *[NEVER] * 9], *[[NEVER] * 2] * 30]), among=among)
    assert refusal.reason is RefusalReason.TOO_FEW_AREAS
    assert refusal.facts == {"treated": 3, "compared": 69, "cities_with_room": 1}


def test_a_stratum_that_can_be_filled_in_one_way_only_leaves_the_others_their_placements():
    starts = np.array([3] * 3 + [NEVER] * 3 + [3] + [NEVER] * 7)
    data = panel(np.random.default_rng(1).normal(size=(14, NEVER)), starts, stratum=np.repeat([0, 1], [6, 8]))
    placed = placements(data, draws=99, seed=1, among="comparison")
    assert placed.enumerated and len(placed.starts) == 7
    assert infer(data, BY_COMPARISON).placebos == 7
    alone = panel(data.outcome[:6], starts[:6])
    assert refused(alone, among="comparison").reason is RefusalReason.TOO_FEW_AREAS


@pytest.mark.parametrize("design", [PLAIN, BY_COMPARISON])
def test_what_befalls_a_city_does_not_pass_for_an_effect_on_its_areas(design):
    cities = [[3] * 5 + [NEVER], *[[NEVER] * 6] * 39]
    together = [country(cities, seed=seed, luck=1.0) for seed in range(300)]
    alarms = np.mean([infer(data, design, draws=99).p <= 0.05 for data in together])
    scattered = [panel(data.outcome, data.start) for data in together]
    naive = np.mean([infer(data, design, draws=99).p <= 0.05 for data in scattered])
    assert alarms <= 0.05 + 2.6 * np.sqrt(0.05 * 0.95 / 300) and naive > 0.12


def test_a_panel_keeps_its_cities_in_all_that_is_cut_from_it():
    data = country([[3, 3, NEVER], [NEVER] * 2, [NEVER] * 2])
    assert data.without([0, 4]).city.tolist() == [0, 0, 1, 2, 2]
    assert (data.until(4).city == data.city).all() and (data.with_outcome(data.outcome + 1).city == data.city).all()
    with pytest.raises(ValueError, match="one city"):
        panel(data.outcome, data.start, city=[0, 1])
    assert len(set(panel(data.outcome, data.start).city)) == 7
