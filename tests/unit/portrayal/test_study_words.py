"""A change, its margin and its chance in words: never rounded to never, never without a way, never without an end."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from wijkpeil.domain.evidence import Inference, Method
from wijkpeil.domain.indicator import Unit
from wijkpeil.domain.study import Design
from wijkpeil.portrayal.language import CODES, language
from wijkpeil.portrayal.study_words import (
    DESIGNS,
    HOW,
    as_counted,
    change_words,
    design_words,
    finer,
    frequency_words,
    how_words,
    margin_words,
    p_words,
    span_words,
)

DUTCH = language("nl")


@pytest.fixture(scope="module")
def share(imagined):
    return imagined.indicator("bijstand", "werken")


def inference(**changed) -> Inference:
    usual = {"p": 0.14, "low": -0.1, "high": 0.1, "placebos": 100, "as_large": 14, "attainable": 0.01}
    return Inference(**{"method": Method.PLACEMENTS, **usual, **changed})


def test_a_share_changes_in_points_and_never_in_percent(share):
    assert change_words(DUTCH, share, -0.018) == "1,8 procentpunt lager"
    assert change_words(DUTCH, share, 0.018) == "1,8 procentpunt hoger"


def test_money_keeps_its_unit(imagined):
    money = imagined.indicator("woz", "wonen", unit=Unit.EURO, decimals=0)
    assert change_words(DUTCH, money, 12_345.0).replace("\N{NO-BREAK SPACE}", " ") == "€ 12.345 hoger"


def test_what_rounds_to_nothing_has_no_way(share):
    assert change_words(DUTCH, share, -0.0004) == "geen verschil"


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (-0.031, -0.004, "0,4 tot 3,1 procentpunt lager"),
        (0.004, 0.031, "0,4 tot 3,1 procentpunt hoger"),
        (-0.02, 0.03, "van 2,0 procentpunt lager tot 3,0 procentpunt hoger"),
        (None, -0.01, "minstens 1,0 procentpunt lager, zonder grens aan de andere kant"),
        (None, 0.01, "hoogstens 1,0 procentpunt hoger, zonder grens aan de andere kant"),
        (0.01, None, "minstens 1,0 procentpunt hoger, zonder grens aan de andere kant"),
        (-0.01, None, "hoogstens 1,0 procentpunt lager, zonder grens aan de andere kant"),
        (None, None, "geen marge bekend"),
        (-0.0001, 0.0001, "geen verschil"),
        (-0.02, 0.0001, "van 2,0 procentpunt lager tot geen verschil"),
    ],
)
def test_a_margin_says_both_its_ends_or_that_one_is_open(share, low, high, said):
    assert span_words(DUTCH, share, low, high) == said


@pytest.mark.parametrize(
    ("as_large", "of", "said"),
    [
        (14, 100, "14 van de 100"),
        (2, 17, "2 van de 17"),
        (0, 17, "0 van de 17"),
        (0, 999, "minder dan 1 van de 100"),
        (4, 999, "minder dan 1 van de 100"),
        (999, 1000, "meer dan 99 van de 100"),
        (142, 999, "ongeveer 14 van de 100"),
        (500, 1000, "50 van de 100"),
    ],
)
def test_a_chance_is_told_as_one_counts_it(as_large, of, said):
    assert as_counted(DUTCH, as_large, of) == said


@given(some.integers(1, 5000).flatmap(lambda of: some.tuples(some.integers(0, of), some.just(of))))
def test_what_happened_is_never_told_as_never_nor_what_failed_once_as_always(counted):
    some_, of = counted
    said = as_counted(DUTCH, some_, of)
    if 0 < some_ < of and of >= 100:
        assert not said.startswith(("0 van", "ongeveer 0", "100 van", "ongeveer 100"))


def test_an_effect_that_no_placement_equals_says_what_could_not_be_seen():
    said = frequency_words(DUTCH, inference(as_large=0, placebos=999, attainable=0.001), treated=3)
    assert said == [
        "Een even grote verandering (omhoog of omlaag) zien we in minder dan 1 van de 100 willekeurige groepen van "
        "3 wijken.",
        "In zo'n groep zit soms een wijk waar wel iets gedaan is. Haar effect telt dan mee in de groep. De marge houdt "
        "daar rekening mee.",
        "Zeldzamer dan 1 op de 1.000 kunnen we met zoveel vergelijkingen niet zien.",
    ]


def test_few_placements_say_that_nothing_rarer_can_be_seen():
    said = frequency_words(DUTCH, inference(as_large=2, placebos=17, attainable=1 / 18), treated=1)
    assert "in 2 van de 17 wijken waar niets gedaan is" in said[0]
    assert "1 op de 18" in said[1]


def test_with_one_treated_area_the_others_are_areas_and_not_groups():
    assert "groepen" in frequency_words(DUTCH, inference(), treated=2)[0]
    assert "groepen" not in frequency_words(DUTCH, inference(), treated=1)[0]


def test_a_group_that_may_hold_a_treated_area_is_never_called_one_where_nothing_was_done():
    said = " ".join(frequency_words(DUTCH, inference(), treated=5))
    assert "willekeurige groepen van 5 wijken" in said
    assert "waar niets gedaan is" not in said
    assert "wel iets gedaan" not in " ".join(frequency_words(DUTCH, inference(), treated=1))


def test_groups_of_comparison_areas_alone_are_areas_where_nothing_was_done():
    alone = inference(method=Method.PLACEBO_AREAS)
    said = " ".join(frequency_words(DUTCH, alone, treated=5))
    assert "groepen van even veel wijken waar niets gedaan is" in said
    assert "wel iets gedaan" not in said


@pytest.mark.parametrize("method", list(Method))
@pytest.mark.parametrize("code", CODES)
def test_every_method_says_where_its_margin_comes_from(method, code):
    assert margin_words(language(code), method).endswith(".")


@pytest.mark.parametrize("code", CODES)
def test_every_design_has_a_name_and_says_how_it_compares(code):
    assert set(DESIGNS) == set(HOW) == set(Design)
    tongue = language(code)
    assert len({design_words(tongue, one) for one in Design}) == len(Design)
    assert all(how_words(tongue, one).endswith(".") for one in Design)


@given(some.floats(0.0, 1.0))
def test_a_p_value_is_never_nothing(p):
    assert not p_words(DUTCH, p).endswith(("= 0,000", "= 0,00"))


def test_a_share_of_whole_percents_has_an_effect_with_a_decimal(share):
    whole = replace(share, unit=Unit.PERCENT, decimals=0)
    assert finer(whole).decimals == 1 and finer(replace(whole, decimals=2)).decimals == 2
    assert finer(replace(whole, unit=Unit.EURO)).decimals == 0
