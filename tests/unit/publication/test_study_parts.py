"""Scores, movers and classes: what a study reads besides its panel, and never from after its last year."""

import numpy as np
import pytest

import small_country
from study_country import OUTCOME, YEARS, HandMade, noisy, study, treated, wijken
from wijkpeil.domain.indicator import Kind
from wijkpeil.domain.period import Moment
from wijkpeil.domain.study import Candidates, Cutoff, Movers
from wijkpeil.publication.study_panel import gather
from wijkpeil.publication.study_parts import people_of, scored_of, size_of, transitions_of
from wijkpeil.publication.study_roles import roles_of

WIJKEN = wijken(8)
ONE, TWO, *OTHERS = WIJKEN
SCORES = {area: {2008: float(place)} for place, area in enumerate(WIJKEN)}
CUTOFF = Cutoff(indicator="score", year=2008, threshold=1.0, treated_above=False)


def score_study(**changed):
    return study(*treated([ONE, TWO]), cutoff=CUTOFF, **changed)


def scored_by(of, edition):
    roles = roles_of(of, edition)
    return scored_of(of, of.outcomes[0], edition, roles, gather(of, of.outcomes[0], edition, roles).periods)


def scores(values=None, **told):
    return HandMade(values={OUTCOME: values or noisy(WIJKEN), "score": SCORES, **told})


def test_without_a_cutoff_there_are_no_scores():
    of = study(*treated([ONE]))
    assert scored_by(of, scores()) is None


def test_the_outcome_beside_a_score_is_the_mean_of_after_the_lag():
    values = noisy(WIJKEN)
    found = scored_by(score_study(lag=2), scores(values))
    place = found.areas.index(ONE)
    assert found.outcome[place] == pytest.approx(np.mean([values[ONE][year] for year in range(2012, 2015)]))
    assert set(np.array(found.areas)[found.right]) == {ONE, TWO}
    assert set(np.array(found.areas)[found.is_treated]) == {ONE, TWO}


def test_the_outcome_beside_a_score_ends_with_the_study():
    values = noisy(WIJKEN)
    before = scored_by(score_study(last=2012), scores(values))
    for area in WIJKEN:
        values[area] |= {2013: 9.0, 2014: 9.0}
    assert scored_by(score_study(last=2012), scores(values)).outcome.tolist() == before.outcome.tolist()


def test_what_was_known_before_the_start_stands_beside_the_score():
    values = noisy(WIJKEN)
    told = {area: {2007: 1.0, 2009: 2.0 + place, 2011: 9.0} for place, area in enumerate(WIJKEN)}
    found = scored_by(score_study(covariates=("kenmerk",)), scores(values, kenmerk=told))
    place = found.areas.index(TWO)
    assert found.names == (OUTCOME, "kenmerk")
    assert found.covariates[place].tolist() == [values[TWO][2009], 3.0]


def test_an_area_without_a_score_or_a_year_is_left_out():
    values = noisy(WIJKEN)
    del values[OTHERS[0]][2013]
    scored = {area: one for area, one in SCORES.items() if area != OTHERS[1]}
    found = scored_by(score_study(), HandMade(values={OUTCOME: values, "score": scored}))
    assert set(found.areas) == {ONE, TWO, *OTHERS[2:]}


def classes(rows, **changed):
    told = {area: {2006: float(one), 2012: float(other)} for area, (one, other) in rows.items()}
    indicator = small_country.indicator("klasse", kind=Kind.ORDINAL, moment=Moment.WHOLE_YEAR)
    return HandMade(values={"klasse": told}, indicators=(indicator,), **changed)


def moved(edition, of):
    roles = roles_of(of, edition)
    outcome = of.outcomes[0]
    outcome = type(outcome)(indicator="klasse", expected=outcome.expected, smallest=1)
    found = transitions_of(of, outcome, edition, roles)
    return {(one.group, one.before, one.after): one.areas for one in found}, {(one.first, one.last) for one in found}


def test_classes_are_counted_by_whence_and_whither():
    edition = classes({ONE: (2, 3), TWO: (2, 3), OTHERS[0]: (10, 2), OTHERS[1]: (3, 3)})
    counts, years = moved(edition, study(*treated([ONE, TWO])))
    assert counts == {("treated", "2", "3"): 2, ("compared", "3", "3"): 1, ("compared", "10", "2"): 1}
    assert years == {(2006, 2012)}


def test_classes_have_an_order_of_numbers_and_not_of_letters():
    edition = classes({ONE: (10, 10), TWO: (9, 9)})
    roles = roles_of(study(*treated([ONE, TWO])), edition)
    of = study(*treated([ONE, TWO]))
    outcome = type(of.outcomes[0])(indicator="klasse", expected="up", smallest=1)
    assert [one.before for one in transitions_of(of, outcome, edition, roles)] == ["9", "10"]


def test_a_composed_neighbourhood_has_the_classes_of_its_parts():
    edition = classes({ONE: (2, 3), TWO: (4, 4), OTHERS[0]: (3, 3)}, composed={"prog.beide": (ONE, TWO)})
    counts, _ = moved(edition, study(*treated(["prog.beide"])))
    assert counts == {("treated", "2", "3"): 1, ("treated", "4", "4"): 1, ("compared", "3", "3"): 1}


def test_one_year_with_classes_shows_no_movement():
    edition = classes({ONE: (2, 3), OTHERS[0]: (3, 3)})
    assert moved(edition, study(*treated([ONE]), last=2008)) == ({}, set())


MOVERS = (Movers(outcome=OUTCOME, stayers="blijvers", newcomers="komers"),)


def split_country(share: float = 0.75, *, wrong: float = 0.0):
    stayers, newcomers = noisy(WIJKEN, seed=2), noisy(WIJKEN, seed=3)
    for area in WIJKEN:
        newcomers[area] = {year: value + 0.2 for year, value in newcomers[area].items()}
    total = {
        area: {year: share * stayers[area][year] + (1 - share) * newcomers[area][year] + wrong for year in YEARS}
        for area in WIJKEN
    }
    return HandMade(values={OUTCOME: total, "blijvers": stayers, "komers": newcomers})


def people(of, edition):
    return people_of(of, of.outcomes[0], edition, gather(of, of.outcomes[0], edition, roles_of(of, edition)).panel)


def test_the_share_of_stayers_follows_from_the_three_figures():
    found = people(study(*treated([ONE]), movers=MOVERS), split_country(0.75))
    assert found.share == pytest.approx(np.full((8, 10), 0.75))


def test_without_figures_of_movers_there_is_no_split():
    assert people(study(*treated([ONE])), split_country()) is None
    edition = split_country()
    del edition.values["komers"][OTHERS[0]][2007]
    assert people(study(*treated([ONE]), movers=MOVERS), edition) is None


def test_figures_of_movers_that_do_not_add_up_give_no_split():
    assert people(study(*treated([ONE]), movers=MOVERS), split_country(wrong=1.0)) is None


def test_the_number_of_people_is_a_logarithm_and_nothing_where_it_is_unknown():
    of, edition = study(*treated([ONE])), HandMade(values={OUTCOME: noisy(WIJKEN)}, people={ONE: 1000})
    panel = gather(of, of.outcomes[0], edition, roles_of(of, edition)).panel
    assert size_of(of.outcomes[0], edition, panel).outcome[0] == pytest.approx(np.full(10, np.log(1000)))
    assert size_of(of.outcomes[0], HandMade(values={OUTCOME: noisy(WIJKEN)}, people={ONE: 0}), panel) is None


def test_a_candidate_that_is_left_out_has_no_score():
    of = score_study(candidates=Candidates(level="wijk", without=(OTHERS[0],)))
    assert OTHERS[0] not in scored_by(of, scores()).areas
