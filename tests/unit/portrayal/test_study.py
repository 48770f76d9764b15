"""What a study found, in sentences: every reason, check, threat and grade has its own, in both languages."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from wijkpeil.domain import evidence as e
from wijkpeil.domain import grading as g
from wijkpeil.domain import refusal as r
from wijkpeil.domain import study as s
from wijkpeil.portrayal import study, study_tables
from wijkpeil.portrayal import study_checks as checks
from wijkpeil.portrayal import study_doubts as doubts
from wijkpeil.portrayal import study_grades as grades
from wijkpeil.portrayal import study_refusals as refusals
from wijkpeil.portrayal import study_threats as threats
from wijkpeil.portrayal.language import CODES, language

DUTCH = language("nl")


@pytest.mark.parametrize("code", CODES)
def test_every_reason_to_refuse_has_a_sentence_of_its_own(code):
    said = {language(code).say(refusals.REFUSALS[reason]) for reason in r.RefusalReason}
    assert len(said) == len(r.RefusalReason)
    assert all(sentence.endswith(".") for sentence in said)


def test_a_refusal_names_what_was_counted_and_which_weaker_designs_remain():
    refusal = r.Refusal(
        reason=r.RefusalReason.TREATED_BEFORE_DATA,
        facts={"start": 2007, "first": 2012, "something_else": 3},
        weaker=(s.Design.BEFORE_AFTER, s.Design.CROSS_SECTION),
    )
    said = " ".join(refusals.refusal_sentences(DUTCH, refusal))
    assert "De start was in 2007. De eerste meting is van 2012." in said
    assert said.endswith("Wat nog wel kan, als zwakker bewijs: voor en na en één moment.")
    assert "something" not in said


def test_a_refusal_names_areas_and_not_codes():
    refusal = r.Refusal(reason=r.RefusalReason.UNKNOWN_AREA, facts={"areas": "WK1, WK2"})
    said = refusals.refusal_sentences(DUTCH, refusal, {"WK1": "De Wijk"})
    assert "Het gaat om: De Wijk en WK2." in said


def test_an_invalid_cutoff_says_what_was_wrong_with_it():
    refusal = r.Refusal(reason=r.RefusalReason.INVALID_CUTOFF, facts={"failing": "density, covariate_jump"})
    said = refusals.refusal_sentences(DUTCH, refusal)
    for kind in (e.CheckKind.DENSITY, e.CheckKind.COVARIATE_JUMP):
        assert f"{checks.CHECKS[kind].asks} {checks.CHECKS[kind].fails}" in said


@pytest.mark.parametrize(("kind", "status"), list(product(e.CheckKind, e.CheckStatus)))
def test_every_check_says_what_it_asks_and_what_came_of_it(kind, status):
    for code in CODES:
        asks, word, answer = checks.check_words(language(code), e.Check(kind=kind, status=status, facts={}))
        assert asks.endswith("?")
        assert answer.endswith(".")
        assert word.startswith(("✓", "?", "✗", "–"))


@pytest.mark.parametrize("because", list(g.ThreatBecause))
@pytest.mark.parametrize("status", list(g.ThreatStatus))
def test_every_threat_says_what_it_is_and_on_what_its_status_rests(because, status):
    for kind in g.ThreatKind:
        threat = g.Threat(kind=kind, status=status, because=because, facts={})
        name, _, said = threats.threat_words(DUTCH, threat)
        assert name
        assert len(said) == 2
        assert all(sentence.endswith(".") for sentence in said)


def test_every_level_and_every_reason_of_a_grade_has_a_sentence():
    for level in range(1, 6):
        grade = g.Grade(level=level, from_design=level, reasons=tuple(g.GradeReason))
        assert f"Niveau {level} van 5" in grades.grade_sentences(DUTCH, grade)[0]
    assert len(set(grades.grade_reasons(DUTCH, grade))) == len(g.GradeReason)
    assert set(grades.DATA) == set(g.DataLevel)
    assert set(grades.DATA_REASONS) == set(g.DataReason)


def test_a_design_that_earned_less_than_it_could_says_so():
    grade = g.Grade(level=2, from_design=3, reasons=())
    assert "Deze opzet kan niveau 3 halen" in grades.grade_sentences(DUTCH, grade)[1]


@pytest.mark.parametrize("conclusion", list(e.Conclusion))
@pytest.mark.parametrize("kind", [one for one in s.StudyKind if one is not s.StudyKind.ELSEWHERE])
def test_no_answer_stands_without_its_margin(dutch, english, imagined_study, conclusion, kind):
    result = imagined_study.result(imagined_study.study(kind=kind))
    outcome = imagined_study.outcome(conclusion=conclusion)
    assert "(95%-marge: 0,4 tot 3,1 procentpunt lager)" in study.answer(dutch, result, outcome)
    assert "(95% margin: 0.4 to 3.1 percentage points lower)" in study.answer(english, result, outcome)


def test_a_start_that_never_was_is_told_as_a_test_of_the_method(dutch, imagined_study):
    result = imagined_study.placebo()
    assert study.answer(dutch, result, result.outcomes[0]).startswith("Zoals het hoort")
    found = replace(result.outcomes[0], conclusion=e.Conclusion.CHANGED)
    assert study.answer(dutch, result, found).startswith("Zo hoort het niet")
    assert study.sign_of(DUTCH, result.study, e.Conclusion.CHANGED)[1].startswith("✗")


def test_a_modelled_figure_says_why_it_never_carries_an_effect(imagined_study):
    said = study.why_no_statement(DUTCH, imagined_study.result(), imagined_study.refused_outcome())
    assert "geschat met een model" in said[0]
    assert "nooit iets over een effect" in said[0]
    assert any("geen meting van voor de start" in sentence for sentence in said[1:])


def test_what_is_found_without_a_statement_says_why_there_is_none(imagined_study):
    result = imagined_study.result()
    trend = e.Check(kind=e.CheckKind.PRE_TREND, status=e.CheckStatus.FAILS, facts={})
    ring = e.Check(kind=e.CheckKind.DISPLACEMENT, status=e.CheckStatus.FAILS, facts={})
    by_check = imagined_study.outcome(
        conclusion=e.Conclusion.NO_STATEMENT, found=imagined_study.found(checks=(trend, ring))
    )
    told = " ".join(study.why_no_statement(DUTCH, result, by_check))
    assert "Liepen de lijnen voor de start gelijk op? Nee: " in told
    assert checks.CHECKS[e.CheckKind.DISPLACEMENT].fails not in told
    alone = imagined_study.outcome(
        conclusion=e.Conclusion.NO_STATEMENT, found=imagined_study.found(design=s.Design.BEFORE_AFTER)
    )
    assert "Deze opzet laat zien" in study.why_no_statement(DUTCH, result, alone)[0]
    unfit = replace(by_check, data=replace(by_check.data, level=g.DataLevel.UNFIT))
    assert "ongeschikt" in study.why_no_statement(DUTCH, result, unfit)[0]


def test_a_study_that_was_changed_after_it_was_registered_says_so(imagined_study):
    result = imagined_study.result()
    assert "Het onderzoek is uitgevoerd zoals het is vastgelegd." in study.registration_sentences(DUTCH, result)
    changed = replace(result, study_hash="b" * 64)
    assert any("is het onderzoek veranderd" in one for one in study.registration_sentences(DUTCH, changed))
    never = imagined_study.result(imagined_study.study(registration=None))
    assert "niet vooraf vastgelegd" in study.registration_sentences(DUTCH, never)[0]


@pytest.mark.parametrize(("seen", "said"), [(True, "toen al bekend"), (False, "toen nog niet bekend"), (None, "")])
def test_whether_figures_were_known_when_it_was_registered_is_told(imagined_study, seen, said):
    registered = s.Registration(by="O&S", on=date(2026, 3, 1), hash="a" * 64, figures_seen=seen)
    told = " ".join(
        study.registration_sentences(DUTCH, imagined_study.result(imagined_study.study(registration=registered)))
    )
    assert (said in told) if said else ("bekend" not in told)


def test_what_would_change_our_mind_is_what_failed_what_is_open_and_what_could_not_be_seen(imagined_study):
    said = doubts.would_change(DUTCH, imagined_study.outcome())
    assert said[0] == "Een ander antwoord op: Schoof het probleem op naar de buurwijken?"
    assert said[1] == "Meer zekerheid over: Hangt de uitkomst aan één wijk?"
    assert "Cijfers over: andere bewoners." in said
    assert any(one.startswith("Meer wijken of meer jaren") for one in said)
    clean = imagined_study.outcome(threats=(), power=None, alternatives=(), found=imagined_study.found(checks=()))
    assert doubts.would_change(DUTCH, clean) == [
        "Nieuwe metingen die een andere kant op wijzen: alle toetsen zijn doorstaan."
    ]


def test_power_stands_beside_what_is_worth_having(imagined, imagined_study):
    indicator = imagined.policy().indicator["huisgeld"]
    said = doubts.power_sentences(DUTCH, indicator, imagined_study.outcome().power)
    assert "2,1 procentpunt of meer" in said[0]
    assert "1,0 procentpunt of meer" in said[0]
    assert "makkelijk gemist" in said[1]
    assert "34 van de 100" in said[2]
    several = doubts.power_sentences(DUTCH, indicator, imagined_study.outcome().power, outcomes=4)
    assert several[:3] == said and "naar 4 uitkomsten" in several[3]
    assert len(said) == 3
    blind = e.Power(smallest_visible=None, worth_having=0.01, chance_to_see=None)
    assert "niet uit te rekenen" in doubts.power_sentences(DUTCH, indicator, blind)[0]


@pytest.mark.parametrize(("code", "words"), [("nl", "0,05 of kleiner noemen"), ("en", "0.05 or less we do not call")])
def test_a_p_value_of_exactly_one_in_twenty_counts_as_found_and_is_told_so(imagined_study, code, words):
    just = replace(imagined_study.found().inference, p=0.05)
    result = imagined_study.result(None, imagined_study.outcome(found=imagined_study.found(inference=just)))
    assert words in " ".join(study.chance_sentences(language(code), result, result.outcomes[0]))


def test_several_outcomes_are_held_against_chance_together(imagined_study):
    two = imagined_study.result(None, imagined_study.outcome(), imagined_study.outcome("bijstand"))
    said = " ".join(study.chance_sentences(DUTCH, two, two.outcomes[0]))
    assert "We keken naar 2 uitkomsten tegelijk" in said
    assert "p = 0,030 (Romano en Wolf)" in said
    alone = imagined_study.result()
    assert "tegelijk" not in " ".join(study.chance_sentences(DUTCH, alone, alone.outcomes[0]))


@pytest.mark.parametrize(("code", "words"), [("nl", "toeval per stad"), ("en", "chance by city")])
def test_chance_of_another_sort_is_named_in_the_table_of_other_ways(code, words):
    beside = tuple(
        e.Alternative(name=name, design=s.Design.TWO_WAY, effect=-0.01, low=-0.02, high=0.01, p=0.2)
        for name in ("conformal", "wild_bootstrap")
    )
    named = [study_tables.alternative_name(language(code), one) for one in beside]
    assert named[1] == words
    assert len({*named, language(code).say("een andere opzet")}) == 3
