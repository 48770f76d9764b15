"""A count stands beside what luck gives, verdicts beside how many are false, and the two never in one sentence."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkpeil.domain.outcomes import About
from wijkpeil.domain.verdict import NotJudged, Verdict
from wijkpeil.portrayal.language import language
from wijkpeil.portrayal.outcomes import (
    Luck,
    Outcome,
    count_sentence,
    luck_sentences,
    theme_table,
    verdict_sentences,
    whole_sentences,
)
from wijkpeil.portrayal.outcomes_page import GUIDE
from wijkpeil.portrayal.words import Speaker

NL, EN = language("nl"), language("en")
ONE = Outcome(
    comparator="rest_of_city",
    about=About.INDICATOR,
    theme="werken",
    indicator="bijstand",
    is_ratio=False,
    periods=(2007, 2007, 2012, 2012),
    areas=40,
    changes=40,
    smaller=22,
    same=0,
    larger=18,
    ahead=0,
    mean_change=0.01,
    weighted_change=0.01,
    mean_by_selection=None,
    mean_excess=None,
    luck=Luck(of=40, smaller=22, same=0, expected=20.0, low=14, high=26),
    described=0,
    because=None,
    verdicts={Verdict.CATCHING_UP: 5, Verdict.CANNOT_TELL: 35, Verdict.NOT_JUDGED: 0},
    claims=5,
    claims_alone=7,
    at_most_false=None,
)
WHOLE = replace(ONE, about=About.PROGRAMME, theme=None, indicator=None, at_most_false=2.0, claims=40)


def said(one: Outcome) -> str:
    return " ".join([count_sentence(NL, one), *luck_sentences(NL, one), *verdict_sentences(NL, one)])


def test_the_letter_of_2012_with_what_it_left_out() -> None:
    assert said(ONE).startswith(
        "In 22 van de 40 wijken werd de achterstand kleiner. "
        "Zou er niets veranderd zijn, dan gaf het toeval er 14 tot 26. Zoveel kan toeval ook geven."
    )


def test_areas_that_were_ahead_have_no_gap_that_gets_smaller() -> None:
    assert "kleiner of de voorsprong groter" in count_sentence(NL, replace(ONE, ahead=3))


def test_a_count_outside_the_range_says_so() -> None:
    assert "meer dan toeval meestal geeft" in said(replace(ONE, luck=replace(ONE.luck, smaller=30)))
    assert "minder dan toeval meestal geeft" in said(replace(ONE, luck=replace(ONE.luck, smaller=5)))


def test_what_stayed_the_same_is_told_and_may_count_either_way() -> None:
    one = replace(ONE, smaller=10, same=6, luck=replace(ONE.luck, smaller=10, same=6))
    assert "In 6 bleef het verschil gelijk." in said(one)
    assert "Zoveel kan toeval ook geven." in said(one)


def test_what_stayed_the_same_without_a_known_margin_does_not_count_beside_luck() -> None:
    one = replace(ONE, smaller=10, same=6, luck=replace(ONE.luck, of=34, smaller=10, same=0))
    assert "minder dan toeval meestal geeft" in said(one)


def test_what_selection_brings_of_itself_is_named_beside_luck() -> None:
    text = said(replace(ONE, luck=replace(ONE.luck, low=20, high=32, selected=40)))
    assert "dan gaven toeval en selectie er 20 tot 32." in text


def test_a_described_figure_has_no_luck_and_says_why() -> None:
    text = said(replace(ONE, luck=None, described=40, because=NotJudged.MODELLED, verdicts={Verdict.NOT_JUDGED: 40}))
    assert "geschat, marge niet gepubliceerd" in text
    assert "beschrijft en oordeelt niet" in text
    assert "Oordelen" not in text


def test_a_full_count_has_no_luck() -> None:
    assert "toeval telt hier niet mee" in said(replace(ONE, luck=None))


def test_of_forty_claims_two_are_false_and_of_five_fewer_than_one() -> None:
    assert "Van de 40 uitspraken zijn er hoogstens ongeveer 2 onterecht." in said(WHOLE)
    assert "Van de 20 uitspraken is er hoogstens ongeveer 1 onterecht." in said(
        replace(WHOLE, claims=20, at_most_false=1.0)
    )
    assert "hoogstens ongeveer 2 onterecht" in said(replace(WHOLE, claims=27, at_most_false=1.35))
    assert "minder dan één onterecht" in said(replace(WHOLE, claims=5, at_most_false=0.25))
    assert "Van zulke uitspraken is hoogstens ongeveer 1 op de 20 onterecht." in said(
        replace(WHOLE, claims=1, at_most_false=0.05)
    )
    assert "onterecht" not in said(ONE)


@given(
    smaller=st.integers(0, 40),
    low=st.integers(0, 20),
    high=st.integers(20, 40),
    known=st.integers(1, 40),
    claims=st.integers(0, 100),
)
def test_luck_and_false_claims_never_share_a_sentence(
    smaller: int, low: int, high: int, known: int, claims: int
) -> None:
    luck = Luck(of=known, smaller=min(smaller, known), same=0, expected=20.0, low=low, high=high)
    one = replace(WHOLE, smaller=smaller, larger=40 - smaller, luck=luck, claims=claims, at_most_false=claims / 20)
    for sentence in [count_sentence(NL, one), *luck_sentences(NL, one), *verdict_sentences(NL, one)]:
        assert not ("toeval" in sentence and ("onterecht" in sentence or "Oordelen" in sentence))


def test_the_guide_has_ten_lines_in_both_languages() -> None:
    assert len(GUIDE) == 10
    assert all(EN.say(line) != line for line in GUIDE)


@pytest.mark.parametrize("tongue", ["dutch", "english"])
def test_a_theme_table_gives_every_indicator_beside_every_comparator(
    tongue: str, request: pytest.FixtureRequest
) -> None:
    speaker: Speaker = request.getfixturevalue(tongue)
    first = speaker.policy.indicators[0]
    theme = first.theme
    one = replace(ONE, theme=theme, indicator=first.id)
    table = theme_table(speaker, theme, [one, replace(one, comparator="country")])
    assert table is not None
    assert len(table.rows) == 2
    assert all(len(row) == len(table.headers) for row in table.rows)
    assert theme_table(speaker, theme, [replace(one, changes=0)]) is None


def test_a_count_and_a_mean_that_disagree_are_told(dutch: Speaker) -> None:
    first = dutch.policy.indicator["startkwalificatie"]
    table = theme_table(dutch, first.theme, [replace(ONE, theme=first.theme, indicator=first.id, mean_change=-0.4)])
    assert "telling en gemiddelde verschillen" in table.rows[0][4]


def test_a_programme_of_which_nothing_is_known_says_so(dutch: Speaker) -> None:
    empty = replace(WHOLE, changes=0, smaller=0, larger=0, luck=None)
    assert whole_sentences(dutch, empty) == [
        "Naast de rest van de stad: van geen enkele wijk is een verandering bekend."
    ]
