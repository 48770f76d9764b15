"""Two spellings of one place are equal, two places are not."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkpeil.areas.names import harmonise, harmonised


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Wijk 07 De Kruiskamp", "De Kruiskamp"),
        ("Wijk 02: Schin op Geul - Oud-Valkenburg", "Schin op Geul-Oud Valkenburg"),
        ("Wijk 50 Hempens/Teerns e.o. & Zuiderburen", "Hempens/Teerns en Zuiderburen"),
        ("Heechterp & Schieringen", "Heechterp/Schieringen"),
        ("Elinkwijk en omgeving", "Elinkwijk e.o."),
        ("Súdwest-Fryslân", "sudwest fryslan"),
        ("'s-Gravenhage", "Den Haag"),
        ("’s-Hertogenbosch", "Den Bosch"),
        ("Hengelo (O.)", "Hengelo"),
        ("Presikhaaf-Noord-Oost", "Presikhaaf Noordoost"),
        ("St. Jansteen", "Sint Jansteen"),
    ],
)
def test_habits_of_spelling_do_not_make_another_place(one: str, other: str) -> None:
    assert harmonise(one) == harmonise(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1e Exloërmond", "2e Exloërmond"),
        ("Malburgen-Oost (Noord)", "Malburgen-Oost (Zuid)"),
        ("Bijlmer Oost (E,G,K)", "Bijlmer Centrum (D,F,H)"),
        ("Heechterp & Schieringen", "Hempens/Teerns"),
        ("Zeeheldenbuurt II", "Zeeheldenbuurt I"),
    ],
)
def test_two_places_stay_two(one: str, other: str) -> None:
    assert harmonise(one) != harmonise(other)


def test_a_name_that_is_only_a_number_says_nothing() -> None:
    assert harmonise("Wijk 00") == ""


def test_an_unknown_name_stays_unknown() -> None:
    assert pl.Series([None], dtype=pl.String).to_frame("name").select(harmonised(pl.col("name"))).item() is None


@given(st.text("abcdefghijklmnopqrstuvwxyzéëïôü -/", max_size=30))
def test_numbering_and_capitals_never_matter(name: str) -> None:
    assert harmonise(f"Wijk 12 {name}") == harmonise(name) == harmonise(name.upper())
