"""The proposal: it follows from both comparators and the ambitions, says why, and never decides."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkpeil.domain.verdict import Verdict
from wijkpeil.publication import Shelf
from wijkpeil.web.programmes.judged import wanted_of
from wijkpeil.web.programmes.models import Ambition
from wijkpeil.web.programmes.models.decision import Course
from wijkpeil.web.programmes.proposal import BOTH, Judged, Level, Wanted, kept, propose, revised

CITY, ALIKE = BOTH
GOOD = [(Level.NOT_BEHIND, Verdict.CATCHING_UP)] * 6
MIXED = [(Level.BEHIND, Verdict.CATCHING_UP)] * 4 + [(Level.BEHIND, Verdict.FALLING_BEHIND)] * 2
ALMOST = [*GOOD, (Level.BEHIND, Verdict.FALLING_BEHIND)]
BAD = [(Level.BEHIND, Verdict.FALLING_BEHIND)] * 4 + [(Level.BEHIND, Verdict.STEADY)] * 2
UNSURE = [(Level.BEHIND, Verdict.CANNOT_TELL)] * 6
GONE = Wanted(words="Schone straten", is_reached=False)
DONE = Wanted(words="Een huisarts", is_reached=True)
TOLD = Wanted(words="Iedereen groet elkaar", is_reached=None)


def judged(**sides: list[tuple[Level, Verdict]]) -> list[Judged]:
    named = {"city": CITY, "alike": ALIKE}
    return [
        Judged(indicator=f"i{place}", comparator=named[side], level=level, verdict=verdict)
        for side, found in sides.items()
        for place, (level, verdict) in enumerate(found)
    ]


@pytest.mark.parametrize(
    ("city", "alike", "wanted", "course"),
    [
        (GOOD, GOOD, [], Course.WIND_DOWN),
        (GOOD, GOOD, [DONE, TOLD], Course.WIND_DOWN),
        (GOOD, GOOD, [DONE, GONE], Course.CONTINUE),
        (GOOD, MIXED, [], Course.CONTINUE),
        (GOOD, ALMOST, [], Course.CONTINUE),
        (MIXED, MIXED, [], Course.CONTINUE),
        (BAD, MIXED, [], Course.INTENSIFY),
        (MIXED, BAD, [DONE], Course.INTENSIFY),
        (GOOD, BAD, [], Course.CANNOT_SAY),
        (GOOD, UNSURE, [], Course.CANNOT_SAY),
        (BAD, [], [], Course.CANNOT_SAY),
        ([], [], [], Course.CANNOT_SAY),
    ],
)
def test_the_course_follows_from_both_comparators_and_the_ambitions(
    city: list[tuple[Level, Verdict]], alike: list[tuple[Level, Verdict]], wanted: list[Wanted], course: Course
) -> None:
    assert propose(judged(city=city, alike=alike), wanted).course is course


def test_every_proposal_says_what_each_comparator_and_the_ambitions_said() -> None:
    found = propose(judged(city=GOOD, alike=BAD), [GONE])
    said = [one.text.format(**one.parts) for one in found.reasons]
    assert said == [
        "Naast de stad: van 6 cijfers staat de wijk op 0 achter. "
        "Op 6 loopt zij in, op 0 staat zij achter en wordt het slechter.",
        "Naast gelijkende wijken: van 6 cijfers staat de wijk op 6 achter. "
        "Op 0 loopt zij in, op 4 staat zij achter en wordt het slechter.",
        "De twee vergelijkingen spreken elkaar tegen. Daar moeten jullie over praten.",
        "Van 1 ambities zijn er 0 gehaald en 1 niet. Over 0 kunnen alleen mensen iets zeggen.",
    ]


_one = st.tuples(st.sampled_from(list(Level)), st.sampled_from(list(Verdict)))
_side = st.lists(_one, max_size=12)
_wanted = st.lists(st.sampled_from([GONE, DONE, TOLD]), max_size=4)


@given(city=_side, alike=_side, wanted=_wanted)
def test_winding_down_is_never_proposed_while_something_behind_gets_worse_or_an_ambition_was_missed(
    city: list[tuple[Level, Verdict]], alike: list[tuple[Level, Verdict]], wanted: list[Wanted]
) -> None:
    found = propose(judged(city=city, alike=alike), wanted)
    if found.course is Course.WIND_DOWN:
        assert (Level.BEHIND, Verdict.FALLING_BEHIND) not in {*city, *alike}
        assert GONE not in wanted
    assert found.reasons


@given(city=_side, alike=_side, wanted=_wanted)
def test_the_order_of_verdicts_and_which_comparator_is_which_change_nothing(
    city: list[tuple[Level, Verdict]], alike: list[tuple[Level, Verdict]], wanted: list[Wanted]
) -> None:
    course = propose(judged(city=city, alike=alike), wanted).course
    assert propose(judged(city=alike[::-1], alike=city[::-1]), wanted[::-1]).course is course


def test_what_a_later_edition_revises_is_told_and_the_rest_is_not() -> None:
    before = judged(city=[(Level.BEHIND, Verdict.STEADY), (Level.BEHIND, Verdict.CATCHING_UP)], alike=GOOD[:1])
    after = judged(city=[(Level.BEHIND, Verdict.STEADY), (Level.BEHIND, Verdict.FALLING_BEHIND)])
    told = [(one.indicator, one.comparator, one.before, one.after) for one in revised(kept(before), after)]
    assert told == [("i1", CITY, "catching_up", "falling_behind"), ("i0", ALIKE, "catching_up", "")]
    assert revised(kept(before), before) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("area", "indicator", "is_reached"),
    [
        ("wijkaanpak.9001-03", "tevreden_buurt", True),
        ("wijkaanpak.9001-03", "heet_nu_anders", None),
        ("wijkaanpak.ging-eruit", "tevreden_buurt", None),
    ],
)
def test_of_an_ambition_whose_area_or_indicator_left_the_edition_nobody_knows_whether_it_was_reached(
    world: Any, example_shelf: Path, area: str, indicator: str, is_reached: bool | None
) -> None:
    Ambition.objects.create(
        **{**world.place, "area": area}, state="approved", words="Werk", author=world["coordinator"],
        indicator=indicator, baseline=0.0, target=0.001, target_year=2027,
    )  # fmt: skip
    edition = Shelf(example_shelf).open("voorbeeld")
    assert wanted_of(edition, world.programme, area) == [Wanted(words="Werk", is_reached=is_reached)]
