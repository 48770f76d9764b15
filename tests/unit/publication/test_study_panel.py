"""What a study may read of the figures: whole series between two breaks, from before the start until the last year."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import small_country
from study_country import OUTCOME, YEARS, HandMade, noisy, study, treated, wijken
from wijkpeil.domain.indicator import Indicator
from wijkpeil.domain.period import Moment
from wijkpeil.domain.study import Candidates, Study
from wijkpeil.publication.study_panel import Gathered, first_treated, gather
from wijkpeil.publication.study_roles import roles_of

WIJKEN = wijken(8)
ONE, TWO, *OTHERS = WIJKEN
BIENNIAL = (2006, 2008, 2010, 2012)


def gathered(of: Study, edition: HandMade) -> Gathered:
    return gather(of, of.outcomes[0], edition, roles_of(of, edition))


def of_moment(moment: Moment, **other) -> Indicator:
    return small_country.indicator(OUTCOME, moment=moment, **other)


def country(values=None, *, years=YEARS, **changed) -> HandMade:
    told = {OUTCOME: values if values is not None else noisy(WIJKEN, years=years)}
    return HandMade(**{"values": told, **changed})


@pytest.mark.parametrize(
    ("moment", "first"),
    [
        (Moment.FIRST_OF_JANUARY, 2011),
        (Moment.WHOLE_YEAR, 2010),
        (Moment.END_OF_YEAR, 2010),
        (Moment.SURVEY_YEAR, 2010),
    ],
)
def test_a_figure_of_the_first_of_january_of_the_first_year_was_taken_before_it(moment: Moment, first: int):
    found = gathered(study(*treated([ONE], 2010)), country(indicators=(of_moment(moment),)))
    assert found.periods[found.panel.cohorts[0]] == first


@given(year=st.integers(1990, 2030), moment=st.sampled_from(Moment), periods=st.sets(st.integers(1995, 2025)))
@settings(deadline=None)
def test_no_period_before_the_first_treated_one_ends_after_the_start(year, moment, periods):
    indicator, ordered = of_moment(moment), sorted(periods)
    place = first_treated(year, ordered, indicator)
    assert all(indicator.period(one).end <= date(year, 1, 1) for one in ordered[:place])
    assert all(indicator.period(one).end > date(year, 1, 1) for one in ordered[place:])


def test_biennial_figures_keep_their_years():
    found = gathered(study(*treated([ONE], 2009)), country(years=BIENNIAL))
    assert found.periods == BIENNIAL
    assert found.panel.periods[found.panel.cohorts[0]] == 2010


def test_nothing_outside_the_first_and_last_year_is_in_the_panel():
    found = gathered(study(*treated([ONE]), first=2007, last=2012), country())
    assert found.periods == tuple(range(2007, 2013))


def test_a_panel_ends_where_the_first_treatment_does():
    of = study(*treated([ONE], end=2012), *treated([TWO]))
    assert gathered(of, country()).periods == tuple(range(2005, 2013))


@pytest.mark.parametrize(
    ("broken", "periods"),
    [
        ((2008,), range(2008, 2015)),
        ((2012,), range(2005, 2012)),
        ((2007, 2013), range(2007, 2013)),
        ((2005,), range(2005, 2015)),
        ((2015,), range(2005, 2015)),
    ],
)
def test_a_break_cuts_the_panel_to_the_piece_with_the_start(broken, periods):
    found = gathered(study(*treated([ONE])), country(indicators=(of_moment(Moment.WHOLE_YEAR, broken_in=broken),)))
    assert found.periods == tuple(periods)
    assert not found.is_broken


def test_a_break_at_the_start_is_told():
    edition = country(indicators=(of_moment(Moment.WHOLE_YEAR, broken_in=(2010,)),))
    assert gathered(study(*treated([ONE])), edition).is_broken


def test_an_area_with_a_gap_is_left_out_and_counted():
    values = noisy(WIJKEN)
    del values[TWO][2008], values[OTHERS[0]][2011]
    found = gathered(study(*treated([ONE, TWO])), country(values))
    assert found.panel.areas == (ONE, *OTHERS[1:])
    assert found.left_out == {"treated_with_gaps": 1, "compared_with_gaps": 1}
    assert found.missing == pytest.approx(1 / 20)
    assert (found.treated, found.compared) == (1, 5)


def test_a_year_that_most_treated_areas_lack_is_no_period():
    values = noisy(WIJKEN)
    for area in (ONE, TWO):
        del values[area][2008]
    of = study(*treated([ONE, TWO, OTHERS[0]]))
    assert 2008 not in gathered(of, country(values)).periods
    assert 2008 in gathered(study(*treated([OTHERS[0], OTHERS[1]])), country(values)).periods


def test_who_was_treated_before_the_figures_begin_is_left_out_as_long_as_others_remain():
    of = study(*treated([ONE], 2003), *treated([TWO], 2010))
    found = gathered(of, country())
    assert ONE not in found.panel.areas
    assert found.left_out == {"treated_before_data": 1}
    assert found.start == 2010


@pytest.mark.parametrize(("ahead", "left_out"), [(0, {}), (1, {}), (2, {"treated_before_data": 1})])
def test_and_so_is_who_has_only_years_before_in_which_people_may_have_acted_already(ahead: int, left_out):
    of = study(*treated([ONE], YEARS[2]), *treated([TWO], 2010), anticipation=ahead)
    found = gathered(of, country())
    assert found.left_out == left_out
    assert (ONE in found.panel.areas) is not bool(left_out)
    assert gathered(study(*treated([ONE], 2003)), country()).start == 2003


def test_who_was_treated_before_the_figures_begin_does_not_choose_the_piece_between_breaks():
    of = study(*treated([ONE], 2003), *treated([TWO], 2011))
    edition = country(indicators=(of_moment(Moment.WHOLE_YEAR, broken_in=(2008,)),))
    assert gathered(of, edition).periods == tuple(range(2008, 2015))


def test_a_later_start_is_later_and_one_after_the_last_year_is_none():
    of = study(*treated([ONE], 2009), *treated([TWO], 2011), *treated([OTHERS[0]], 2014), last=2012)
    found = gathered(of, country())
    start = dict(zip(found.panel.areas, found.panel.start.tolist(), strict=True))
    assert (start[ONE], start[TWO], start[OTHERS[0]]) == (4, 6, found.panel.never)


def test_covariates_are_the_last_figures_of_before_the_start():
    told = {area: {year: float(place * year) for year in YEARS} for place, area in enumerate(WIJKEN)}
    edition = country()
    edition.values = {**edition.values, "kenmerk": told}
    found = gathered(study(*treated([ONE], 2010), covariates=("kenmerk",)), edition)
    assert found.panel.names == ("kenmerk",)
    assert found.panel.covariates[:, 0].tolist() == [place * 2009.0 for place in range(len(WIJKEN))]


def test_an_area_without_a_covariate_is_left_out_and_counted():
    told = {area: {2008: 1.0 + place} for place, area in enumerate(WIJKEN[:-1])}
    edition = country()
    edition.values = {**edition.values, "kenmerk": told}
    found = gathered(study(*treated([ONE]), covariates=("kenmerk",)), edition)
    assert WIJKEN[-1] not in found.panel.areas
    assert found.left_out == {"without_covariates": 1}


def test_a_covariate_of_after_the_start_only_is_none():
    edition = country()
    edition.values = {**edition.values, "kenmerk": {area: {2012: 1.0} for area in WIJKEN}}
    found = gathered(study(*treated([ONE]), covariates=("kenmerk",)), edition)
    assert found.panel is None
    assert (found.treated, found.compared) == (1, 7)


def test_with_the_same_city_chance_places_within_cities():
    elsewhere = wijken(4, city=2)
    edition = country(noisy([*WIJKEN, *elsewhere]))
    of = treated([ONE, elsewhere[0]])
    within = gathered(study(*of, candidates=Candidates(level="wijk", same_city=True)), edition).panel
    anywhere = gathered(study(*of), edition).panel
    assert len(np.unique(within.stratum)) == 2
    assert len(np.unique(anywhere.stratum)) == 1


def test_the_ring_is_a_panel_of_its_own_that_starts_with_the_area_it_is_near_to():
    places = {code: (1.5 * place, 0.0) for place, code in enumerate(WIJKEN)}
    rule = Candidates(level="wijk", ring_km=1.0, estimate_ring=True)
    of = study(*treated([ONE], 2010), *treated([WIJKEN[4]], 2012), candidates=rule)
    found = gathered(of, country(places=places))
    start = dict(zip(found.ring.areas, found.ring.start.tolist(), strict=True))
    assert {area for area, one in start.items() if one < found.ring.never} == {TWO, WIJKEN[3], WIJKEN[5]}
    assert (start[TWO], start[WIJKEN[3]]) == (5, 7)
    assert ONE not in found.ring.areas
    assert TWO not in found.panel.areas


def test_without_treated_areas_nothing_remains():
    found = gathered(study(*treated(["WK999999"]), covariates=("inwoners",)), country())
    assert found.panel is None
    assert (found.treated, found.periods, found.first, found.start) == (0, (), None, None)


@given(later=st.floats(-1, 1), odd=st.floats(-1, 1))
@settings(max_examples=20, deadline=None)
def test_a_panel_does_not_depend_on_later_figures_or_on_who_is_left_out(later: float, odd: float):
    rule = Candidates(level="wijk", without=(OTHERS[0],))
    of = study(*treated([ONE]), candidates=rule, last=2012)
    values = noisy(WIJKEN)
    before = gathered(of, country(values)).panel
    for area in WIJKEN:
        values[area] |= {2013: later, 2014: odd}
    values[OTHERS[0]] = dict.fromkeys(YEARS, odd)
    after = gathered(of, country(values)).panel
    assert np.array_equal(before.outcome, after.outcome)
    assert before.areas == after.areas
