"""What an edition gives its reader: the planted truths of the example come back, and nothing hidden does."""

import numpy as np
import polars as pl
import pytest

import wijkpeil
from wijkpeil.domain.frames import Areas, Changes, Figures, Positions
from wijkpeil.publication import Edition
from wijkpeil.sources import example

PROGRAMME = "wijkaanpak"


def code_of(country: example.Country, number: int) -> str:
    place = country.programme[number][0]
    return f"{PROGRAMME}.{country.places['gemeente'][place][2:]}-{country.places['code'][place][6:]}".lower()


def test_the_frames_have_the_documented_columns(edition: Edition) -> None:
    area = edition.areas["code"][10]
    Areas.validate(edition.areas)
    Figures.validate(edition.figures(area=area))
    Positions.validate(edition.positions(area=area))
    Changes.validate(edition.changes(area=area))


def test_an_edition_opens_in_one_line(edition: Edition) -> None:
    opened = wijkpeil.open_edition(shelf=edition.folder.parent)
    assert opened.id == edition.id
    assert opened.figures(indicator="bijstand").equals(edition.figures(indicator="bijstand"))


def test_reading_by_area_and_by_indicator_gives_the_same_figures(edition: Edition) -> None:
    area = "WK900110"
    assert edition.figures(area=area, indicator="bijstand").equals(
        edition.figures(indicator="bijstand").filter(pl.col("area") == area)
    )


def test_positions_by_area_and_by_indicator_are_the_same(edition: Edition, country: example.Country) -> None:
    area, names = (
        code_of(country, 0),
        ["rest_of_city", "look_alikes", "city", "city_outside_programme", "country", "V4"],
    )
    by_area = edition.positions(area=area, indicator="bijstand", comparators=names)
    by_indicator = edition.positions(indicator="bijstand", comparators=names).filter(pl.col("area") == area)
    assert by_area.equals(by_indicator)


def test_an_unknown_area_or_indicator_is_a_key_error(edition: Edition) -> None:
    with pytest.raises(KeyError):
        edition.figures(area="WK999999")
    with pytest.raises(KeyError):
        edition.figures(indicator="geluk")


def test_a_published_share_is_the_share_that_was_reported(edition: Edition, country: example.Country) -> None:
    place = country.programme[0][0]
    at = 2016 - country.size.first_year
    figure = edition.figures(area=country.places["code"][place], indicator="bijstand").filter(period=2016).to_dicts()[0]
    households = country.reported["huishoudens"][place, at]
    if figure["value"] is not None:
        assert figure["value"] == pytest.approx(country.reported["bijstand"][place, at] / households, abs=5e-5)
        assert abs(figure["base"] - households) <= 2.5


def test_a_neighbourhood_is_its_parts_together(edition: Edition, country: example.Country) -> None:
    joined = {code_of(country, number): parts for number, parts in enumerate(country.programme)}
    at = 2016 - country.size.first_year
    for area, parts in joined.items():
        figure = edition.figures(area=area, indicator="inwoners").filter(period=2016)["value"].item()
        assert figure == pytest.approx(country.reported["inwoners"][list(parts), at].sum(), abs=2.5)


def test_the_rest_of_the_city_leaves_the_neighbourhood_out(edition: Edition, country: example.Country) -> None:
    place, at = country.programme[1][0], 2015 - country.size.first_year
    city = country.places["gemeente"] == country.places["gemeente"][place]
    others = city.to_numpy() & ~np.isin(np.arange(country.places.height), country.programme[1])
    counted = country.reported["bijstand"][others, at].sum() / country.reported["huishoudens"][others, at].sum()
    figure = edition.figures(area=code_of(country, 1), indicator="bijstand").filter(period=2015)
    assert figure["rest_value"].item() == pytest.approx(counted, abs=5e-5)


def test_a_planted_effect_is_found_where_it_was_planted_and_not_elsewhere(
    edition: Edition, country: example.Country
) -> None:
    changes = edition.changes(indicator="bijstand", comparators=["look_alikes"])
    found = {area: change for area, change in changes.select("area", "change").iter_rows() if change is not None}
    helped = [found[code_of(country, number)] for number in country.helped if code_of(country, number) in found]
    numbers = [number for number in range(len(country.programme)) if number not in country.helped]
    others = [found[code_of(country, number)] for number in numbers if code_of(country, number) in found]
    assert np.mean(helped) - np.mean(others) > 0.01


def test_the_baseline_lies_in_the_window_of_the_programme(edition: Edition, country: example.Country) -> None:
    change = edition.changes(area=code_of(country, 0), indicator="bijstand", comparators=["rest_of_city"]).to_dicts()[0]
    assert (change["baseline"], change["baseline_status"]) == (2007, "in_window")


def test_nothing_is_subtracted_over_a_break(edition: Edition, country: example.Country) -> None:
    change = edition.changes(
        area=code_of(country, 0), indicator="werkzoekend", comparators=["rest_of_city"]
    ).to_dicts()[0]
    assert change["baseline_status"] == "broken"
    assert change["change"] is None


def test_a_reused_code_is_not_one_series(edition: Edition, country: example.Country) -> None:
    assert country.old_map is not None
    reused, other = country.old_map.story["reused"]
    place = country.places["code"].to_list().index(reused)
    before = edition.figures(area=reused, indicator="inwoners").filter(period=2010)["value"].item()
    assert before == pytest.approx(country.reported["inwoners"][place, 2010 - country.size.first_year], abs=2.5)
    assert {entry.name for entry in edition.find(reused).elsewhere} == {
        country.places["name"][country.places["code"].to_list().index(other)]
    }


def test_a_border_that_moved_much_is_not_comparable_and_one_that_moved_little_is(
    edition: Edition, country: example.Country
) -> None:
    assert country.old_map is not None
    much = edition.figures(area=country.old_map.story["shifted_much"][1], indicator="bijstand").filter(period=2010)
    assert much["status"].item() == "not_comparable"
    split = edition.figures(area=country.old_map.story["split"][1], indicator="bijstand").filter(period=2010)
    assert split["status"].item() == "not_comparable"
    merged = edition.figures(area=country.old_map.story["merged"][0], indicator="bijstand").filter(period=2010)
    assert merged["value"].item() is not None


def test_small_places_are_hidden_and_cannot_be_worked_out(edition: Edition, country: example.Country) -> None:
    """No city is published in which exactly one counted neighbourhood is hidden."""
    figures = edition.figures(indicator="bijstand").join(edition.areas, left_on="area", right_on="code")
    wijken = figures.filter(pl.col("level") == "wijk")
    hidden = pl.col("status").cast(pl.String).is_in(["too_few", "protects_another"])
    assert wijken.filter(hidden).height > 0
    counted = wijken.group_by("gemeente", "period").agg(hidden=hidden.sum(), absent=pl.col("value").is_null().sum())
    cities = figures.filter(pl.col("level") == "gemeente", pl.col("value").is_not_null()).select(
        gemeente="area", period="period"
    )
    published = counted.join(cities, on=["gemeente", "period"])
    assert published.filter((pl.col("hidden") == 1) & (pl.col("absent") == 1)).is_empty()


def test_an_early_release_is_not_yet(edition: Edition, country: example.Country) -> None:
    last = edition.figures(indicator="laag_inkomen").filter(period=country.size.last_year)
    assert set(last["status"].cast(pl.String)) <= {"not_yet", "incomplete"}
