"""Nobody who holds, lies in or shares a part with a treated area is compared with it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from study_country import HandMade, noisy, study, treated, wijken
from wijkpeil.domain.study import Candidates
from wijkpeil.publication.study_roles import parts_of, roles_of

WIJKEN = wijken(6)
ONE, BESIDE, *OTHERS = WIJKEN


def country(**changed):
    return HandMade(**{"values": {"arm": noisy(WIJKEN)}, **changed})


def roles(of, edition, **rules):
    return roles_of(study(*of, candidates=Candidates(**{"level": "wijk", **rules})), edition)


def test_who_is_treated_is_not_compared():
    found = roles(treated([ONE, BESIDE]), country())
    assert found.start == {ONE: 2010, BESIDE: 2010}
    assert found.compared == tuple(OTHERS)
    assert found.left_out == {"treated": 2}


def test_a_wijk_that_holds_a_treated_buurt_is_not_compared():
    buurt = "BU" + ONE[2:] + "01"
    found = roles(treated([buurt]), country(values={"arm": noisy([*WIJKEN, buurt])}))
    assert ONE not in found.compared
    assert found.compared == tuple(WIJKEN[1:])


def test_a_buurt_in_a_treated_wijk_is_not_compared():
    buurten = ["BU" + code[2:] + "01" for code in WIJKEN]
    found = roles(treated([ONE]), country(values={"arm": noisy([*WIJKEN, *buurten])}), level="buurt")
    assert found.compared == tuple(buurten[1:])
    assert found.left_out == {"treated": 1}


def test_the_parts_of_a_treated_neighbourhood_are_not_compared():
    edition = country(composed={"prog.beide": (ONE, BESIDE)})
    found = roles(treated(["prog.beide"]), edition)
    assert found.compared == tuple(OTHERS)
    assert parts_of(edition, found.start) == {ONE, BESIDE}


@pytest.mark.parametrize("shared", [ONE, "BU" + ONE[2:] + "01"], ids=["the same part", "a buurt of its part"])
def test_a_neighbourhood_that_shares_ground_with_a_treated_one_is_not_compared(shared: str):
    composed = {"prog.een": (ONE,), "prog.ook": (shared, BESIDE), "prog.ver": (OTHERS[0],)}
    edition = country(values={"arm": noisy([*WIJKEN, shared])}, composed=composed)
    found = roles(treated(["prog.een"]), edition, level="programmagebied")
    assert found.compared == ("prog.ver",)


def test_the_country_without_a_treated_area_does_not_count_as_sharing_it():
    edition = country(composed={"prog.zonder": (f"-{ONE}", BESIDE)})
    assert roles(treated([ONE]), edition, level="programmagebied").compared == ("prog.zonder",)


def test_areas_within_the_ring_are_left_out_each_with_whom_it_is_near_to():
    places = {code: (1.5 * place, 0.0) for place, code in enumerate(WIJKEN)}
    found = roles(treated([ONE]), country(places=places), ring_km=1.0)
    assert found.ring == {BESIDE: (ONE,)}
    assert found.compared == tuple(OTHERS)
    assert found.left_out == {"treated": 1, "in_ring": 1}


def test_an_area_that_is_left_out_for_another_reason_is_no_ring():
    places = {code: (1.5 * place, 0.0) for place, code in enumerate(WIJKEN)}
    found = roles(treated([ONE]), country(places=places), ring_km=1.0, without=(BESIDE,))
    assert found.ring == {}
    assert found.left_out == {"treated": 1, "named": 1}


def test_without_a_ring_neighbours_are_compared():
    places = {code: (1.0 * place, 0.0) for place, code in enumerate(WIJKEN)}
    assert BESIDE in roles(treated([ONE]), country(places=places)).compared


@given(km=st.floats(0.1, 8))
@settings(max_examples=25, deadline=None)
def test_a_wider_ring_never_lets_an_area_back_in(km: float):
    places = {code: (1.5 * place, 0.0) for place, code in enumerate(WIJKEN)}
    narrow, wide = (set(roles(treated([ONE]), country(places=places), ring_km=one).ring) for one in (km, km * 1.5))
    assert narrow <= wide


def test_industrial_estates_are_not_compared():
    found = roles(treated([ONE]), country(people={OTHERS[0]: 9}), minimum_population=500)
    assert OTHERS[0] not in found.compared
    assert found.left_out == {"treated": 1, "too_few_people": 1}


def test_areas_of_the_programme_itself_and_of_those_named_are_not_compared():
    within = {OTHERS[0]: ("eigen",), OTHERS[1]: ("ander",), OTHERS[2]: ("derde",)}
    asked = replace(
        study(*treated([ONE]), programme="eigen"), candidates=Candidates(level="wijk", without_programmes=("ander",))
    )
    found = roles_of(asked, country(within=within))
    assert found.compared == (BESIDE, OTHERS[2], OTHERS[3])
    assert found.left_out == {"treated": 1, "in_programme": 2}


def test_neighbourhoods_of_the_same_programme_may_be_compared_with_and_without_a_measure():
    composed = {f"eigen.{code.lower()}": (code,) for code in WIJKEN[:3]} | {"ander.dit": (OTHERS[1],)}
    within = {code: (code.split(".")[0],) for code in composed}
    asked = study(*treated([f"eigen.{ONE.lower()}"]), programme="eigen", candidates=Candidates(level="programmagebied"))
    found = roles_of(asked, country(composed=composed, within=within))
    assert found.compared == tuple(f"eigen.{code.lower()}" for code in WIJKEN[1:3])


def test_with_the_same_city_other_cities_are_left_out():
    elsewhere = wijken(3, city=2)
    edition = country(values={"arm": noisy([*WIJKEN, *elsewhere])})
    found = roles(treated([ONE]), edition, same_city=True)
    assert found.compared == tuple(WIJKEN[1:])
    assert found.left_out == {"treated": 1, "other_city": 3}
    assert found.wholly_treated == ()


def test_a_city_in_which_everyone_is_treated_is_told():
    elsewhere = wijken(2, city=2)
    edition = country(values={"arm": noisy([*WIJKEN, *elsewhere])})
    assert roles(treated([ONE, *elsewhere]), edition, same_city=True).wholly_treated == ("GM0002",)


def test_an_area_that_nobody_knows_is_told_and_treats_nobody():
    found = roles(treated(["WK999999"]), country())
    assert found.unknown == ("WK999999",)
    assert found.start == {}
    assert found.compared == tuple(WIJKEN)


def test_other_programmes_in_a_treated_area_are_named():
    within = {ONE: ("ander", "eigen"), BESIDE: ("derde",)}
    found = roles_of(study(*treated([ONE]), programme="eigen"), country(within=within))
    assert found.in_other_programmes == ("ander",)


def test_another_programme_in_the_rest_of_the_wijk_is_not_in_the_treated_buurt():
    own, other = ("BU" + ONE[2:] + number for number in ("01", "02"))
    edition = country(values={"arm": noisy([*WIJKEN, own, other])}, within={other: ("ander",)})
    assert roles(treated([own]), edition, level="buurt").in_other_programmes == ()
