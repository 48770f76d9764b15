"""The fictional country is the same each time, is marked as fictional, and holds what was planted."""

import csv
import io
import json
import tomllib
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from wijkpeil import catalogue
from wijkpeil.sources import example
from wijkpeil.sources.example.country import SELECTED_ON, SELECTION_YEARS
from wijkpeil.sources.example.policy import policy_of

SMALL = example.Size(cities=4, neighbourhoods=6, others=120)


@pytest.fixture(scope="module")
def country() -> example.Country:
    return example.draw()


@pytest.fixture(scope="module")
def small() -> example.Country:
    return example.draw(SMALL, seed=1)


def rows(country: example.Country, year: int) -> dict[str, dict[str, str]]:
    text = example.files_of(country)[f"cijfers_{year}.csv"].decode()
    return {row["gebied"]: row for row in csv.DictReader(io.StringIO(text))}


def test_the_country_has_the_size_that_the_documentation_gives(country: example.Country) -> None:
    places = {place for parts in country.programme for place in parts}
    assert country.places["gemeente"].n_unique() == 18
    assert len(country.programme) == 40
    assert country.places.height - len(places) == 900
    assert len(country.specs) == 60
    assert (country.size.first_year, country.size.last_year) == (2005, 2024)


def test_the_same_arguments_give_the_same_bytes(small: example.Country) -> None:
    again = example.draw(SMALL, seed=1)
    assert example.files_of(again) == example.files_of(small)
    assert policy_of(again) == policy_of(small)


def test_another_seed_gives_another_country(small: example.Country) -> None:
    assert example.files_of(example.draw(SMALL, seed=2)) != example.files_of(small)


def test_the_policy_loads_without_a_fault_and_is_marked_fictional(small: example.Country, tmp_path: Path) -> None:
    example.write(tmp_path, small)
    policy, complaints = catalogue.load(tmp_path / "beleid", today=date(2026, 11, 24))
    assert policy.fictional
    assert complaints == ()
    assert len(policy.programmes[0].neighbourhoods) == 6


def test_every_file_says_that_it_is_made_up(small: example.Country) -> None:
    for name, text in policy_of(small).items():
        if name.startswith("indicatoren/"):
            assert "verzonnen" in tomllib.loads(text)["meaning"]["not_for"]


def test_the_programme_takes_the_worst_of_the_years_it_was_selected_on(country: example.Country) -> None:
    early = [year - country.size.first_year for year in SELECTION_YEARS]
    chosen = [place for parts in country.programme for place in parts[:1]]
    for id_ in SELECTED_ON:
        spec = next(spec for spec in country.specs if spec.id == id_)
        worse = spec.worse * country.true[id_][:, early].mean(axis=1)
        assert worse[chosen].mean() > np.quantile(worse, 0.85)


def test_the_selected_improve_of_themselves_where_nothing_was_done(country: example.Country) -> None:
    """Regression to the mean: without any effect the passing part of their bad state fades."""
    without = example.draw(truths=example.Truths(effect=0.0))
    chosen = [place for parts in without.programme for place in parts[:1]]
    true = np.log(without.true["laag_inkomen"] / (1 - without.true["laag_inkomen"]))
    ahead = true[chosen].mean(axis=0) - true.mean(axis=0)
    assert ahead[0] - ahead[5] > 0.05


def test_only_the_helped_have_an_effect_and_only_in_what_was_moved(country: example.Country) -> None:
    helped = {place for number in country.helped for place in country.programme[number]}
    others = [place for place in range(country.places.height) if place not in helped]
    for id_, planted in country.planted.items():
        assert not planted[others].any()
        assert bool(planted[sorted(helped)][:, -1].any()) == (id_ in country.truths.moved)
    assert not country.planted["bijstand"][:, : 2008 - 2005].any()


def test_a_break_jumps_for_everyone_at_once(country: example.Country) -> None:
    without = example.draw(truths=example.Truths(broken=()))
    jump = country.true["werkzoekend"] / without.true["werkzoekend"]
    assert np.allclose(jump[:, :10], 1.0)
    assert (jump[:, 10:] > 1.05).all()


def test_the_old_map_keeps_every_inhabitant(country: example.Country) -> None:
    old, new = rows(country, 2012), country.reported["inwoners"][:, 2012 - 2005]
    counted = sum(int(row["inwoners"]) for code, row in old.items() if code.startswith("WK"))
    assert abs(counted - new.sum()) <= 5


def test_a_reused_code_is_another_place_on_the_old_map(country: example.Country) -> None:
    assert country.old_map is not None
    first, second = country.old_map.story["reused"]
    old, new = rows(country, 2012), rows(country, 2013)
    assert old[first]["naam"] == new[second]["naam"]
    assert old[second]["naam"] == new[first]["naam"]


def test_gemeenten_and_country_are_the_sum_of_their_neighbourhoods(country: example.Country) -> None:
    table = rows(country, 2020)
    city = sum(int(row["inwoners"]) for code, row in table.items() if code.startswith("WK9003"))
    assert int(table["GM9003"]["inwoners"]) == city
    assert int(table["VL00"]["inwoners"]) == sum(int(r["inwoners"]) for c, r in table.items() if c.startswith("GM"))


def test_an_early_release_is_empty_and_secret_cells_are_marked(country: example.Country) -> None:
    last = rows(country, 2024)
    assert {row["inkomen"] for row in last.values()} == {"."}
    assert any(row["bijstand"] == "x" for row in rows(country, 2015).values())
    assert all(row["bijstand"] != "x" for code, row in rows(country, 2015).items() if code.startswith("GM"))


def test_boundaries_of_neighbours_touch_and_never_overlap(small: example.Country) -> None:
    shapely = pytest.importorskip("shapely")
    features = json.loads(example.files_of(small)["grenzen_2020.geojson"])["features"]
    shapes = [shapely.geometry.shape(f["geometry"]) for f in features if f["properties"]["statcode"].startswith("WK")]
    assert abs(shapely.union_all(shapes).area - sum(shape.area for shape in shapes)) < 1


def test_a_country_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        example.draw(example.Size(cities=2, others=900))
