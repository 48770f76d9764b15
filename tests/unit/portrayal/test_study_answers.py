"""The answer at the head of a study: once for what is alike, with its reason, and never firmer than its checks."""

from dataclasses import replace

from wijkpeil.domain import evidence as e
from wijkpeil.domain import grading as g
from wijkpeil.domain import refusal as r
from wijkpeil.domain import study as s
from wijkpeil.portrayal import study_answers, study_tables
from wijkpeil.portrayal.language import language
from wijkpeil.portrayal.words import Speaker


def test_outcomes_refused_for_the_same_reason_share_one_answer_that_gives_it(imagined, imagined_study):
    speaker = Speaker(language=language("nl"), policy=imagined.policy())
    refused = (imagined_study.refused_outcome(), imagined_study.refused_outcome("inbraken"))
    said = study_answers.answers(speaker, imagined_study.result(outcomes=refused))
    assert len(said) == 1
    assert "en inbraken: geen uitspraak. Dit cijfer is geschat met een model" in said[0]


def test_a_refusal_by_itself_names_what_it_is_about_and_what_remains(imagined, imagined_study):
    speaker = Speaker(language=language("nl"), policy=imagined.policy())
    programme = next(iter(speaker.policy.programme.values()))
    facts: dict[str, r.Fact] = {"programmes": programme.id}
    refusal = r.Refusal(reason=r.RefusalReason.OVERLAPPING_PROGRAMMES, facts=facts, weaker=(s.Design.BEFORE_AFTER,))
    outcome = replace(imagined_study.refused_outcome(), refusal=refusal, also=())
    said = study_answers.answers(speaker, imagined_study.result(outcomes=(outcome,)))[0]
    assert f"Het gaat om: {programme.label}." in said
    assert said.endswith("Wat nog wel kan, als zwakker bewijs: voor en na.")


def test_an_effect_that_a_small_drift_undoes_is_never_told_as_firm(imagined, imagined_study):
    speaker = Speaker(language=language("nl"), policy=imagined.policy())
    found = imagined_study.outcome(conclusion=e.Conclusion.HELPED)
    for status, is_said in ((e.CheckStatus.FAILS, True), (e.CheckStatus.HOLDS, False)):
        check = e.Check(kind=e.CheckKind.SENSITIVITY, status=status, facts={})
        one = replace(found, found=replace(found.found, checks=(check,)))
        said = " ".join(study_answers.answers(speaker, imagined_study.result(outcomes=(one,))))
        assert ("Maar stevig is dat niet" in said) is is_said


def test_a_description_counts_who_went_up_and_down_and_gives_no_distance(imagined, imagined_study):
    speaker = Speaker(language=language("nl"), policy=imagined.policy())
    moved = tuple(
        e.Transition(group="treated", first=2002, last=2016, before=before, after=after, areas=areas)
        for before, after, areas in (("3", "9", 5), ("4", "4", 2), ("6", "5", 1))
    )
    described = imagined_study.description()
    described = replace(described, outcomes=(replace(described.outcomes[0], transitions=moved),))
    said = study_answers.answers(speaker, described)[0]
    assert "van de 8 wijken gingen er 5 (62%) naar een hogere klasse en 1 naar een lagere; 2 bleven gelijk." in said


def test_a_start_that_never_was_has_no_level_of_evidence_in_the_table_either(imagined, imagined_study):
    speaker = Speaker(language=language("nl"), policy=imagined.policy())
    graded = replace(imagined_study.outcome(), grade=g.Grade(level=3, from_design=3, reasons=()))
    pretended = replace(imagined_study.placebo(), outcomes=(graded, graded))
    assert {row[4] for row in study_tables.outcomes_table(speaker, pretended).rows} == {("–",)}
