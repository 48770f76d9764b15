"""A verdict is a sign with a word, says how sure it is and whose doing it was, or why there is none."""

from dataclasses import replace

import pytest

from wijkpeil.domain.verdict import NotEstimable, NotJudged, Verdict
from wijkpeil.portrayal.language import language
from wijkpeil.portrayal.verdicts import GLYPHS, Judgement, counts, sentences, short

ONE = Judgement(
    comparator="rest_of_city",
    verdict=Verdict.CATCHING_UP,
    alone=Verdict.CATCHING_UP,
    reason=None,
    q=0.01,
    gap_baseline=-0.1,
    change=0.04,
    own_part=0.01,
    comparator_part=0.03,
    like_n=None,
    like_more=None,
    scales_differ=False,
    by_count=False,
)
NL, EN = language("nl"), language("en")


def said(one: Judgement, tongue=NL) -> str:
    return " ".join(sentences(tongue, one, "de rest van de stad"))


def test_every_verdict_has_a_sign_of_its_own_and_a_word():
    assert len(set(GLYPHS.values())) == len(Verdict)
    assert short(NL, ONE) == "▲ loopt in"


def test_an_area_that_was_ahead_does_not_catch_up():
    assert short(NL, replace(ONE, gap_baseline=0.1)) == "▲ loopt verder uit"


def test_a_gap_that_closes_because_the_city_got_worse_says_so():
    assert "vooral doordat de rest van de stad verslechterde" in said(ONE)
    assert "vooral doordat het hier beter werd" in said(replace(ONE, own_part=0.04, comparator_part=0.0))
    assert "door beide" in said(replace(ONE, own_part=0.02, comparator_part=0.02))


def test_whose_doing_it_was_is_not_told_of_another_change_than_the_verdict_is_about():
    chosen = replace(ONE, verdict=Verdict.FALLING_BEHIND, naive=0.04, by_selection=0.08, excess=-0.04)
    by_the_ratio = replace(ONE, verdict=Verdict.FALLING_BEHIND, scales_differ=True)
    for one in (chosen, replace(chosen, verdict=Verdict.CATCHING_UP, by_selection=0.0, excess=0.04), by_the_ratio):
        assert "Dat komt" not in said(one)


def test_a_claim_that_does_not_outlive_the_family_says_that_many_were_tested():
    one = replace(ONE, verdict=Verdict.CANNOT_TELL)
    assert short(NL, one) == "▨ niet te zeggen"
    assert "Op zichzelf lijkt dit: loopt in." in said(one)
    assert "doordat" not in said(one)
    assert "Op zichzelf lijkt dit: loopt verder uit." in said(replace(one, gap_baseline=0.1))


def test_look_alikes_are_told_as_a_frequency():
    one = replace(ONE, comparator="look_alikes", like_n=20, like_more=7)
    assert "Van de 20 gelijkende wijken gingen er 7 meer vooruit." in said(one)


def test_a_difference_and_a_ratio_that_disagree_are_told():
    assert "elk een andere kant op" in said(replace(ONE, scales_differ=True))


@pytest.mark.parametrize("reason", list(NotJudged))
@pytest.mark.parametrize("tongue", [NL, EN])
def test_what_is_not_judged_says_why_in_one_sentence(reason, tongue):
    one = replace(ONE, verdict=Verdict.NOT_JUDGED, alone=Verdict.NOT_JUDGED, reason=reason)
    assert len(sentences(tongue, one, "x")) == 1
    assert short(tongue, one).startswith("○ ")
    assert short(NL, one) != short(EN, one)


def test_what_nobody_can_tell_is_counted_too():
    unknown = replace(ONE, verdict=Verdict.CANNOT_TELL)
    assert counts(NL, [ONE, unknown, unknown]) == "▲ 1 loopt in, ▨ 2 niet te zeggen"


def test_the_naive_change_what_was_expected_and_what_is_left_stand_side_by_side():
    one = replace(ONE, naive=0.04, by_selection=0.03, excess=0.01)
    text = " ".join(sentences(NL, one, "x", lambda change: f"{100 * change:.0f} procentpunt"))
    assert "achterstand: 4 procentpunt" in text
    assert "gebeurde: 3 procentpunt. Het oordeel gaat over de rest: 1 procentpunt." in text


@pytest.mark.parametrize("why", list(NotEstimable))
def test_where_nobody_can_tell_what_selection_brought_there_is_a_reason_and_no_verdict(why):
    one = replace(ONE, verdict=Verdict.NOT_JUDGED, reason=NotJudged.SELECTED, not_estimable=why)
    assert "niet te schatten: " in said(one)
    assert said(one, EN) != said(one)


def test_what_bars_a_statement_on_effect_says_so():
    assert "niets over het effect" in said(replace(ONE, bars_effect=True))
