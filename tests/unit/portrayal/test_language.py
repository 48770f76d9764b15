from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkpeil.domain.indicator import Unit
from wijkpeil.portrayal import quantity
from wijkpeil.portrayal.language import MINUS, language

NL, EN = language("nl"), language("en")


@pytest.fixture
def indicator(imagined):
    return imagined.indicator


def test_a_share_is_a_percentage_with_a_decimal_comma(indicator):
    assert quantity.in_words(NL, indicator("x", "wonen"), 0.1234) == "12,3%"
    assert quantity.in_words(EN, indicator("x", "wonen"), 0.1234) == "12.3%"


def test_money_has_its_sign_in_front_and_its_thousands_apart(indicator):
    money = indicator("x", "wonen", unit=Unit.EURO, decimals=0)
    assert quantity.in_words(NL, money, 245000.4).replace("\xa0", " ") == "€ 245.000"
    assert quantity.in_words(EN, money, 245000.4).replace("\xa0", " ") == "€ 245,000"


def test_a_rate_per_person_is_written_per_thousand(indicator):
    assert quantity.in_words(NL, indicator("x", "wonen", unit=Unit.PER_1000), 0.0042) == "4,2 per 1.000"


def test_a_difference_of_shares_is_in_percentage_points_without_a_sign(indicator):
    assert quantity.size(NL, indicator("x", "wonen"), -0.042) == "4,2 procentpunt"
    assert quantity.short_size(NL, indicator("x", "wonen"), -0.042).replace("\xa0", " ") == "4,2 pp"


def test_every_unit_has_words_in_both_languages(indicator):
    for unit in Unit:
        one = indicator("x", "wonen", unit=unit)
        for tongue in (NL, EN):
            assert quantity.in_words(tongue, one, 0.5)
            assert quantity.size(tongue, one, 0.5)
            assert quantity.short_size(tongue, one, 0.5)


def test_a_date_is_written_in_words():
    assert NL.day(date(2016, 1, 1)) == "1 januari 2016"
    assert EN.day(date(2016, 1, 1)) == "1 January 2016"


def test_a_list_reads_as_one_says_it():
    assert [NL.series(things) for things in ((), ("a",), ("a", "b"), ("a", "b", "c"))] == [
        "",
        "a",
        "a en b",
        "a, b en c",
    ]


def test_singular_and_plural_follow_the_number():
    texts = ("{count} indicator", "{count} indicatoren")
    assert [NL.say_count(*texts, count) for count in (1, 2000)] == ["1 indicator", "2.000 indicatoren"]
    assert [EN.say_count(*texts, count) for count in (1, 2000)] == ["1 indicator", "2,000 indicators"]


def test_another_language_is_refused():
    with pytest.raises(ValueError, match="de"):
        language("de")


@given(st.floats(min_value=-1e9, max_value=1e9), st.integers(min_value=0, max_value=4))
def test_a_number_reads_back_as_itself_and_zero_has_no_sign(value, decimals):
    written = NL.number(value, decimals)
    read = float(written.replace(".", "").replace(",", ".").replace(MINUS, "-"))
    assert abs(read - value) <= 0.5 * 10**-decimals + 1e-6
    assert written.strip(f"{MINUS}0,") or not written.startswith(MINUS)


@given(st.floats(min_value=-1, max_value=1))
def test_what_is_called_zero_is_written_as_zero(imagined, difference):
    one = imagined.indicator("x", "wonen")
    assert quantity.is_zero(one, difference) == (quantity.size(NL, one, difference) == "0,0 procentpunt")
