"""Without an honest answer there is a sentence, the weightiest first, and never a number."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from study_country import OUTCOME, YEARS, HandMade, noisy, study, treated, wijken
from study_runs import BOTH, DAY, ONE, OTHERS, TWO, WIJKEN, helped, of_outcome, only, programme
from wijkpeil.domain.evidence import Conclusion
from wijkpeil.domain.indicator import Kind, Nature
from wijkpeil.domain.refusal import RefusalReason as Why
from wijkpeil.domain.study import (
    Candidates,
    Design,
    Study,
)
from wijkpeil.portrayal import study_page
from wijkpeil.portrayal.language import CODES, language
from wijkpeil.portrayal.study_refusals import REFUSALS
from wijkpeil.publication.studying import power_of, run_study


def _gaps() -> HandMade:
    edition = helped()
    for area, year in ((ONE, 2007), (TWO, 2012)):
        del edition.values[OUTCOME][area][year]
    return edition


SAME_CITY = Candidates(level="wijk", same_city=True)
BY_COVARIATE = study(*BOTH, covariates=("kenmerk",))
REFUSED: dict[str, tuple[Why, Study, Callable[[], HandMade]]] = {
    "no figure of before the start": (Why.NO_PERIOD_BEFORE, study(*treated([ONE], 2005)), helped),
    "one area and nobody to compare with": (
        Why.NO_DONORS,
        study(*treated([ONE]), candidates=Candidates(level="wijk", minimum_population=99_999)),
        helped,
    ),
    "treated before the figures begin": (Why.TREATED_BEFORE_DATA, study(*treated([ONE], 2001)), helped),
    "all others treated later": (
        Why.DONORS_TREATED_LATER,
        study(*BOTH, *treated(OTHERS, 2012)),
        helped,
    ),
    "the same everywhere and always": (
        Why.CONSTANT,
        study(*BOTH),
        lambda: HandMade(values={OUTCOME: {area: dict.fromkeys(YEARS, 0.3) for area in WIJKEN}}),
    ),
    "two programmes in one area": (
        Why.OVERLAPPING_PROGRAMMES,
        study(*BOTH, programme="eigen"),
        lambda: helped(within={ONE: ("eigen", "ander")}),
    ),
    "a whole city treated": (Why.CITY_WHOLLY_TREATED, study(*treated(WIJKEN), candidates=SAME_CITY), helped),
    "one of two cities treated as a whole": (
        Why.CITY_WHOLLY_TREATED,
        study(*treated([ONE, *wijken(2, city=2)]), candidates=SAME_CITY),
        lambda: HandMade(values={OUTCOME: noisy([*WIJKEN, *wijken(2, city=2)])}),
    ),
    "a gap in every treated area": (Why.GAPS, study(*BOTH), _gaps),
    "an area that nobody knows": (Why.UNKNOWN_AREA, study(*BOTH, *treated(["WK999999"])), helped),
    "only areas that nobody knows": (
        Why.UNKNOWN_AREA,
        study(*treated(["WK999999"]), covariates=("inwoners",)),
        helped,
    ),
    "measured otherwise from the start on": (
        Why.BROKEN_SERIES,
        study(*BOTH),
        lambda: helped(indicators=of_outcome(broken_in=(2010,))),
    ),
    "no figures at all": (
        Why.NO_FIGURES,
        study(*BOTH),
        lambda: HandMade(values={OUTCOME: noisy(OTHERS)}, people=dict.fromkeys(WIJKEN, 5000)),
    ),
    "nothing after the start yet": (Why.NO_PERIOD_AFTER, study(*treated([ONE], 2015)), helped),
    "nothing after the years in which nothing is expected": (Why.NO_PERIOD_AFTER, study(*BOTH, lag=5), helped),
    "a figure from a model": (
        Why.MODELLED,
        study(*BOTH),
        lambda: helped(indicators=of_outcome(nature=Nature.MODELLED)),
    ),
    "a class": (Why.ORDINAL, study(*BOTH), lambda: helped(indicators=of_outcome(kind=Kind.ORDINAL))),
    "covariates of after the start": (
        Why.NO_COVARIATES,
        BY_COVARIATE,
        lambda: HandMade(values={**helped().values, "kenmerk": {area: {2012: 1.0} for area in WIJKEN}}),
    ),
    "a covariate that is the same everywhere": (
        Why.SINGULAR,
        BY_COVARIATE,
        lambda: HandMade(values={**helped().values, "kenmerk": {area: {2008: 1.0} for area in WIJKEN}}),
    ),
    "too few years for one area alone": (
        Why.TOO_FEW_PERIODS,
        study(*treated([ONE]), designs=(Design.INTERRUPTED_SERIES,), first=2008),
        helped,
    ),
    "a programme that began before the figures": (
        Why.PROGRAMME_BEGAN_EARLIER,
        study(*treated([f"eigen.{ONE.lower()}"]), programme="eigen"),
        lambda: programme(date(2003, 1, 1)),
    ),
}


@pytest.mark.parametrize("told", REFUSED)
def test_without_an_honest_answer_there_is_a_sentence_and_never_a_number(told: str):
    reason, of, edition = REFUSED[told]
    one = only(of, edition())
    assert one.refusal.reason is reason
    assert one.refusal.design is of.designs[0]
    assert (one.found, one.p_adjusted, one.grade, one.conclusion) == (None, None, None, Conclusion.NO_STATEMENT)
    for code in CODES:
        told_ = language(code)
        page = study_page.page(run_study(of, edition(), computed_on=DAY), edition().policy, told_)
        assert told_.say(REFUSALS[reason]).replace("'", "&#39;") in page


@pytest.mark.parametrize("told", REFUSED)
def test_what_is_refused_has_no_power_either(told: str):
    _, of, edition = REFUSED[told]
    assert all(one.smallest_visible is None for one in power_of(of, edition()).values())


def test_a_weaker_design_that_is_named_has_an_answer():
    for reason, of, edition in REFUSED.values():
        one = only(of, edition())
        for design in one.refusal.weaker:
            if design is Design.CROSS_SECTION:
                continue
            again = only(replace(of, designs=(design,), covariates=()), edition())
            assert again.refusal is None, (reason, design)


def test_every_reason_is_told_the_weightiest_first():
    edition = helped(indicators=of_outcome(nature=Nature.MODELLED), within={ONE: ("ander",)})
    one = only(study(*treated([ONE], 2001)), edition)
    told = [one.refusal.reason, *(other.reason for other in one.also)]
    assert told == [Why.MODELLED, Why.OVERLAPPING_PROGRAMMES, Why.TREATED_BEFORE_DATA]


def test_a_city_whose_others_lack_figures_is_named():
    elsewhere = wijken(3, city=2)
    edition = HandMade(values={OUTCOME: noisy([*WIJKEN, *elsewhere])}, people={"GM0002": 15_000})
    for area in elsewhere[1:]:
        del edition.values[OUTCOME][area][2006]
    one = only(study(*treated([ONE, elsewhere[0]]), candidates=SAME_CITY), edition)
    assert one.refusal.facts == {"cities": "Wijk GM0002"}


def test_the_figures_of_a_refused_outcome_are_graded_by_what_there_is():
    one = only(study(*BOTH), helped(indicators=of_outcome(nature=Nature.MODELLED)))
    assert one.data.before == 5
