"""What the policy of the Netherlands must hold to, whoever changes a file of it."""

import re
from collections import Counter

import pytest

from wijkpeil.catalogue import packaged_folder
from wijkpeil.domain.indicator import Direction, Indicator, Kind, Nature
from wijkpeil.domain.policy import Policy
from wijkpeil.sources.forms import FORMS

MODELLERS = ("rivm_", "leefbaarometer")
"""Publishers whose figures are estimated from registers."""

ORIGIN = re.compile(r"herkomst|migratie|achtergrond|westers|allochto|etnisch", re.IGNORECASE)
GROUPS = re.compile(r"marokk|turk|surina|antill", re.IGNORECASE)
COMPOSITION = ("leeftijd_", "huishoudens_met", "huishoudens_zonder", "eenpersoons", "stedelijkheid", "koopwoningen")


def test_there_are_at_least_eighty_indicators(country: Policy) -> None:
    assert len(country.indicators) >= 80


def test_the_nine_themes_are_there_in_order(country: Policy) -> None:
    assert [theme.label for theme in sorted(country.themes, key=lambda theme: theme.order)] == [
        "Wonen",
        "Leefbaarheid",
        "Leren",
        "Werken",
        "Inkomen en schulden",
        "Veiligheid",
        "Gezondheid",
        "Samen leven en participatie",
        "Bevolking",
    ]


def test_every_theme_has_indicators_and_says_what_its_figures_cannot_carry(country: Policy) -> None:
    filled = Counter(indicator.theme for indicator in country.indicators)
    for theme in country.themes:
        assert filled[theme.id] >= 5, theme.id
        assert theme.note.endswith("."), theme.id


@pytest.mark.parametrize("theme", ["wonen", "leren", "werken", "inkomen_schulden", "veiligheid"])
def test_a_theme_of_one_city_or_one_year_says_that_there_is_no_series_yet(country: Policy, theme: str) -> None:
    assert "nog geen cijfers over tijd" in country.theme[theme].note.lower()


def test_every_indicator_says_in_a_sentence_of_its_own_what_it_is_not_for(country: Policy) -> None:
    for indicator in country.indicators:
        said = indicator.not_for
        assert said.endswith(".") and said[0].isupper(), indicator.id
        assert len(said.split()) >= 15, f"{indicator.id}: {said}"
        assert "  " not in said and "\n" not in said, indicator.id
    firsts = Counter(indicator.not_for.split(". ")[0] for indicator in country.indicators)
    assert {sentence for sentence, number in firsts.items() if number > 3} == set()


def test_every_question_is_a_question_and_every_definition_a_sentence(country: Policy) -> None:
    for indicator in country.indicators:
        assert indicator.question.endswith("?"), indicator.id
        assert indicator.definition.endswith("."), indicator.id


def test_readers_are_addressed_informally(country: Policy) -> None:
    for indicator in country.indicators:
        assert not re.search(r"\b(u|uw)\b", f"{indicator.question} {indicator.definition} {indicator.not_for}"), (
            indicator.id
        )


def test_no_two_indicators_have_the_same_label_in_either_language(country: Policy) -> None:
    for labels in ([i.label for i in country.indicators], [i.label_en for i in country.indicators]):
        assert [label for label, number in Counter(labels).items() if number > 1] == []


def test_figures_of_rivm_and_the_leefbaarometer_are_marked_as_modelled(country: Policy) -> None:
    for indicator in country.indicators:
        sources = {source.source for source in indicator.sources}
        is_modelled = any(source.startswith(MODELLERS) for source in sources)
        assert (indicator.nature is Nature.MODELLED) == is_modelled, indicator.id
        if is_modelled:
            assert all(source.startswith(MODELLERS) for source in sources), indicator.id
            assert re.search(r"(?i)model|schatting|geschat", indicator.not_for), indicator.id


def test_origin_is_context_and_never_judged(country: Policy) -> None:
    about_origin = [indicator for indicator in country.indicators if ORIGIN.search(indicator.label)]
    assert len(about_origin) <= 2
    for indicator in about_origin:
        assert indicator.direction is Direction.CONTEXT and indicator.materiality is None, indicator.id


def test_no_single_group_of_origin_is_an_indicator(country: Policy) -> None:
    for indicator in country.indicators:
        assert not GROUPS.search(indicator.label), indicator.id
        for source in indicator.sources:
            assert not any(GROUPS.search(column.name) for column in source.columns.values()), indicator.id


def test_the_make_up_of_the_population_is_never_judged(country: Policy) -> None:
    assert {i.id for i in country.indicators if i.theme == "bevolking" and i.is_judged} == set()
    for indicator in country.indicators:
        if indicator.id.startswith(COMPOSITION):
            assert not indicator.is_judged, indicator.id


def test_look_alikes_are_not_sought_on_origin(country: Policy) -> None:
    for name in country.look_alikes.characteristics:
        assert not ORIGIN.search(country.indicator[name.partition("@")[0]].label), name


def test_look_alikes_are_sought_on_what_the_programme_may_have_changed_only_early(country: Policy) -> None:
    for name in country.look_alikes.characteristics:
        indicator, _, year = name.partition("@")
        assert not country.indicator[indicator].is_judged or int(year) <= 2012, name


def test_the_weakness_of_the_look_alikes_is_said_where_they_are_defined(country: Policy) -> None:
    for word in ("zwak", "besmet", "2012", "40+"):
        assert word in country.look_alikes.note


def test_version_2_and_3_of_the_leefbaarometer_are_never_one_series(country: Policy) -> None:
    for indicator in country.indicators:
        versions = {
            s.source[: len("leefbaarometer2")] for s in indicator.sources if s.source.startswith("leefbaarometer")
        }
        assert len(versions) <= 1, indicator.id


def test_classes_are_ordinal_and_nothing_else_is(country: Policy) -> None:
    classes = {i.id for i in country.indicators if i.kind is Kind.ORDINAL}
    assert classes == {"leefbaarometer2_klasse", "leefbaarometer3_klasse", "stedelijkheid"}


def test_the_maker_of_a_materiality_says_why(country: Policy) -> None:
    for indicator in country.indicators:
        if indicator.is_judged:
            text = (packaged_folder() / "indicatoren" / indicator.theme / f"{indicator.id}.toml").read_text("utf-8")
            before = text.partition("[judgement]")[2].partition("materiality")[0]
            assert before.strip().startswith("#"), indicator.id


def test_a_relative_judgement_is_only_about_money(country: Policy) -> None:
    relative = {i.unit for i in country.indicators if i.is_judged and i.gap_scale == "relative"}
    assert relative == {"euro"}


def test_every_form_of_a_source_has_a_parser(country: Policy) -> None:
    from wijkpeil.sources.boundaries import BOUNDARY_FORMS

    forms = {table.form for source in country.sources for table in source.tables}
    assert forms - set(FORMS) - set(BOUNDARY_FORMS) == set()


def test_every_source_is_used_or_says_why_it_is_there(country: Policy) -> None:
    used = {source.source for indicator in country.indicators for source in indicator.sources}
    assert {source.id for source in country.sources} - used == {"cbs_codes", "grenzen", "cbs_kwb_odata_overige_jaren"}


def test_a_researcher_never_sees_more_than_the_publisher_shows(country: Policy) -> None:
    public, research = country.rule["openbaar"].minimum_base, country.rule["onderzoek"].minimum_base
    assert all(research[kind] <= public[kind] for kind in public)
    assert research["proportion"] >= 10
    assert research["rate"] >= 50


def weight_of(indicator: Indicator, country: Policy) -> str:
    return country.base[indicator.base].population


def test_whoever_weighs_is_counted(country: Policy) -> None:
    assert {weight_of(indicator, country) for indicator in country.indicators} == {
        "inwoners",
        "huishoudens",
        "woningen",
    }
    for name in ("inwoners", "huishoudens", "woningen"):
        assert country.indicator[name].kind is Kind.COUNT
