from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkpeil.domain.indicator import Direction, Kind, Unit
from wijkpeil.domain.status import PRESENT, Status
from wijkpeil.portrayal import quantity, reasons
from wijkpeil.portrayal.language import NO_BREAK, language
from wijkpeil.portrayal.reading import FIRST_TWO, Beside, Figure, Shift, first_two

VERDICTS = ("loopt in", "inhalen", "gelukt", "geslaagd", "mislukt", "significant")


def figure(*, value=0.34, low=0.30, high=0.38, interval="wilson", status=Status.FINAL, period=2020) -> Figure:
    return Figure(
        period=period, value=value, low=low, high=high, interval=interval, base=100.0, status=status, source="a:b",
        apportioned=0.0, like_n=20,
    )  # fmt: skip


def beside(gap, low=None, high=None, *, comparator="rest_of_city", value=0.21, status=Status.FINAL) -> Beside:
    return Beside(
        comparator=comparator, value=value, low=None, high=None, status=status, gap=gap, gap_low=low, gap_high=high,
        relative_gap=None,
    )  # fmt: skip


def shift(before, now, *, low=None, high=None, status="in_window", comparator="rest_of_city", baseline=2007) -> Shift:
    change = None if before is None or now is None else now - before
    return Shift(
        comparator=comparator, baseline=baseline, latest=2020, baseline_status=status, gap_baseline=before,
        gap_latest=now, change=change, change_low=low, change_high=high,
    )  # fmt: skip


@pytest.fixture
def judged(imagined):
    return imagined.indicator("rondkomen", "wonen")


@pytest.fixture
def context(imagined):
    return imagined.indicator("koop", "wonen", direction=Direction.CONTEXT)


def test_a_negative_gap_is_behind_in_words(dutch, judged):
    said = dutch.gap_sentence(judged, "Heechterp", figure(), beside(-0.042, -0.06, -0.02))
    assert said.startswith("Heechterp loopt 4,2 procentpunt achter op de rest van de stad")
    assert "achter tot" in said


def test_a_positive_gap_is_never_called_behind(dutch, judged):
    said = dutch.gap_sentence(judged, "Heechterp", figure(), beside(0.042))
    assert "beter voor" in said
    assert "achter" not in said


def test_a_gap_that_rounds_to_nothing_is_level(dutch, judged):
    assert "staat gelijk met" in dutch.gap_sentence(judged, "A", figure(), beside(0.0001))


def test_a_context_indicator_is_higher_or_lower_and_never_behind(dutch, context):
    said = dutch.gap_sentence(context, "A", figure(), beside(-0.042, -0.06, 0.02))
    assert "4,2 procentpunt lager" in said
    assert "achter" not in said
    assert "voor" not in said.replace("voorbeeld", "")


def test_a_margin_over_zero_may_be_chance(dutch, judged):
    assert "dat kan toeval zijn" in dutch.gap_sentence(judged, "A", figure(), beside(-0.01, -0.03, 0.01))
    assert "toeval" not in dutch.gap_sentence(judged, "A", figure(), beside(-0.03, -0.05, -0.01))


def test_a_modelled_figure_says_that_its_margin_is_not_published(dutch, judged):
    modelled = figure(low=None, high=None, interval="modelled", status=Status.MODELLED)
    assert "marge niet gepubliceerd" in dutch.gap_sentence(judged, "A", modelled, beside(-0.04))
    assert "(geschat) (marge niet gepubliceerd)" in dutch.figure_sentence(judged, modelled)


def test_only_a_baseline_in_the_window_is_called_so(dutch, judged):
    assert dutch.shift_sentence(judged, shift(-0.05, -0.04)).startswith("Sinds de nulmeting (2007)")
    late = dutch.shift_sentence(judged, shift(-0.05, -0.04, status="late", baseline=2012))
    assert late.startswith("Sinds 2012")
    assert "nulmeting" not in late


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        (-0.05, -0.04, "de achterstand 1,0 procentpunt kleiner"),
        (-0.04, -0.05, "de achterstand 1,0 procentpunt groter"),
        (0.04, 0.05, "de voorsprong 1,0 procentpunt groter"),
        (0.05, 0.04, "de voorsprong 1,0 procentpunt kleiner"),
        (-0.01, 0.02, "een achterstand van 1,0 procentpunt een voorsprong van 2,0 procentpunt"),
        (0.02, -0.01, "een voorsprong van 2,0 procentpunt een achterstand van 1,0 procentpunt"),
        (-0.04, -0.04, "bleef het verschil gelijk"),
    ],
)
def test_a_change_says_what_became_of_the_gap(dutch, judged, before, now, said):
    assert said in dutch.shift_sentence(judged, shift(before, now))


@pytest.mark.parametrize("status", ["one_period", "broken", "ordinal", "no_figures"])
def test_a_change_that_nobody_can_tell_says_why_and_beside_what(dutch, english, judged, status):
    for speaker in (dutch, english):
        said = speaker.shift_sentence(judged, shift(None, None, status=status))
        assert said.endswith(reasons.no_change(speaker.language, status)[1:])
        assert speaker.comparator("rest_of_city") in said
        assert said.endswith(".")


def test_every_status_has_a_sentence_in_both_languages():
    for status in Status:
        said = {reasons.sentence(language(code), status) for code in ("nl", "en")}
        assert len(said) == 2
        assert all(one.endswith(".") for one in said)
        assert reasons.short(language("nl"), status)


@pytest.mark.parametrize("status", sorted(set(Status) - PRESENT))
def test_an_absent_figure_is_its_reason_and_never_a_number(dutch, judged, status):
    absent = figure(value=None, low=None, high=None, interval="not_applicable", status=status)
    assert dutch.value(judged, absent) == reasons.short(dutch.language, status)
    said = dutch.figure_sentence(judged, absent)
    assert reasons.sentence(dutch.language, status) in said
    assert "0,0%" not in said


def test_counts_and_classes_have_no_gap_and_say_so(dutch, imagined):
    for kind, unit in ((Kind.ORDINAL, Unit.CLASS), (Kind.COUNT, Unit.PERSONS)):
        one = imagined.indicator("x", "wonen", kind=kind, unit=unit)
        assert "rekenen" in dutch.gap_sentence(one, "A", figure(value=4.0), beside(None))
        assert dutch.short_gap(one, None) == ""


def test_a_missing_comparator_is_a_reason(dutch, judged):
    said = dutch.gap_sentence(judged, "A", figure(), beside(None, value=None, status=Status.TOO_FEW))
    assert reasons.sentence(dutch.language, Status.TOO_FEW) in said


def test_a_group_is_called_by_its_label(dutch, english):
    assert dutch.comparator("G4") == "de vier grote steden"
    assert english.comparator("G4") == "the four large cities"
    assert dutch.comparator("country") == "Nederland"
    assert "veertig" in dutch.comparator("aandachtswijken.alle")


@given(st.floats(-1, 1), st.floats(0, 0.5))
def test_no_sentence_holds_a_verdict_or_a_bare_number(dutch, imagined, gap, spread):
    one = imagined.indicator("x", "wonen")
    said = dutch.gap_sentence(one, "A", figure(), beside(gap, gap - spread, gap + spread))
    assert not any(word in said.lower() for word in VERDICTS)
    assert "marge" in said
    assert "nan" not in said.lower()


def beside_rows(*pairs: tuple[str, float | None]) -> pl.DataFrame:
    return pl.DataFrame(pairs, schema={"comparator": pl.String, "comparator_value": pl.Float64}, orient="row")


def test_a_neighbourhood_stands_beside_its_city_and_its_look_alikes_even_where_one_is_unknown():
    assert first_two(beside_rows(("rest_of_city", 0.1), ("look_alikes", None), ("country", 0.2))) == FIRST_TWO
    assert first_two(beside_rows()) == FIRST_TWO


def test_a_city_stands_beside_the_country_and_a_group_and_never_beside_itself():
    rows = beside_rows(("rest_of_city", None), ("city", 0.1), ("G4", 0.2), ("country", 0.3), ("G40", 0.4))
    assert first_two(rows) == ("country", "G4")


@pytest.mark.parametrize(("code", "one", "many"), [("nl", "1 punt", "2 punten"), ("en", "1 point", "2 points")])
def test_of_exactly_one_the_unit_is_in_the_singular(imagined, code, one, many):
    score = replace(imagined.indicator("index", "wonen"), unit=Unit.SCORE, kind=Kind.SCORE, decimals=0)
    assert quantity.short_size(language(code), score, -1.0).replace(NO_BREAK, " ") == one
    assert quantity.size(language(code), score, 2.0).replace(NO_BREAK, " ") == many
    assert quantity.size(language(code), replace(score, decimals=1), 1.0).endswith(many[2:])
