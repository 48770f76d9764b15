"""An ambition is written by residents, approved by somebody else, and fixed from then on."""

import pytest

from wijkpeil.web.accounts.models import Grant
from wijkpeil.web.programmes import ambitions
from wijkpeil.web.programmes.acting import ChangedMeanwhileError, ForbiddenError, HiddenError, NotNowError
from wijkpeil.web.programmes.models import Ambition


def fresh(thing):
    return Ambition.objects.get(pk=thing.pk)


@pytest.fixture
def draft(world) -> Ambition:
    written = Ambition(
        **world.place,
        theme="werken",
        words="Iedereen aan het werk",
        satisfied_when="Als elke schoolverlater werk heeft",
    )
    return fresh(ambitions.add(written, by=world["residents"]))


@pytest.fixture
def submitted(world, draft) -> Ambition:
    ambitions.submit(draft, by=world["residents"], reason="", seen=draft.version)
    return fresh(draft)


@pytest.fixture
def approved(world, submitted) -> Ambition:
    ambitions.approve(submitted, by=world["manager"], reason="", seen=submitted.version)
    return fresh(submitted)


def test_every_step_leaves_one_line(world, approved):
    assert approved.state == "approved"
    assert world.written() == 3


def test_a_draft_is_not_there_for_who_has_no_role(world, draft):
    with pytest.raises(HiddenError):
        ambitions.change(draft, {"words": "x"}, by=world["reader"], reason="", seen=draft.version)
    assert world.written() == 1


def test_who_may_see_a_draft_may_not_always_change_it(world, draft):
    with pytest.raises(ForbiddenError):
        ambitions.change(draft, {"words": "x"}, by=world["manager"], reason="", seen=draft.version)


def test_a_resident_of_another_neighbourhood_adds_nothing_here(world):
    stranger = world.somebody("residents", area="wijkaanpak.elders")
    with pytest.raises(HiddenError):
        ambitions.add(Ambition(**world.place, theme="werken", words="x"), by=stranger)
    assert not Ambition.objects.exists()


def test_the_state_is_not_an_authors_to_write(world, draft):
    with pytest.raises(ValueError, match="state"):
        ambitions.change(draft, {"state": "approved"}, by=world["residents"], reason="", seen=draft.version)
    assert fresh(draft).state == "draft"


def test_it_is_not_submitted_without_a_moment_of_being_satisfied(world, draft):
    ambitions.change(draft, {"satisfied_when": " "}, by=world["residents"], reason="", seen=draft.version)
    with pytest.raises(NotNowError, match="tevreden"):
        ambitions.submit(draft, by=world["residents"], reason="", seen=fresh(draft).version)


def test_it_is_not_submitted_with_half_a_measurable_side(world, draft):
    ambitions.change(draft, {"indicator": "werkt"}, by=world["residents"], reason="", seen=draft.version)
    with pytest.raises(NotNowError, match="nulmeting"):
        ambitions.submit(draft, by=world["residents"], reason="", seen=fresh(draft).version)


def test_a_change_takes_what_was_submitted_back_to_a_draft(world, submitted):
    ambitions.change(submitted, {"words": "Anders"}, by=world["residents"], reason="", seen=submitted.version)
    assert fresh(submitted).state == "draft"


def test_who_wrote_it_does_not_approve_it(world):
    both = world.somebody("residents")
    world.people["manager"] = both
    Grant.objects.create(account=both, role="manager", programme=world.programme)
    written = Ambition(**world.place, theme="werken", words="x", satisfied_when="y")
    made = fresh(ambitions.add(written, by=world["manager"]))
    ambitions.submit(made, by=world["manager"], reason="", seen=made.version)
    with pytest.raises(NotNowError, match="zelf"):
        ambitions.approve(made, by=world["manager"], reason="", seen=fresh(made).version)
    assert fresh(made).state == "submitted"


def test_what_is_approved_is_fixed(world, approved):
    with pytest.raises(NotNowError):
        ambitions.change(approved, {"target": 1.0}, by=world["residents"], reason="", seen=approved.version)


def test_it_does_not_end_without_a_reason(world, approved):
    with pytest.raises(NotNowError, match="waarom"):
        ambitions.end(approved, by=world["manager"], reason=" ", seen=approved.version)
    ambitions.end(fresh(approved), by=world["manager"], reason="Het is gelukt", seen=fresh(approved).version)
    assert fresh(approved).ended_because == "Het is gelukt"


def test_the_second_of_two_is_told_and_overwrites_nothing(world, draft):
    ambitions.change(fresh(draft), {"words": "Eerst"}, by=world["residents"], reason="", seen=draft.version)
    with pytest.raises(ChangedMeanwhileError) as told:
        ambitions.change(draft, {"words": "Later"}, by=world["coordinator"], reason="", seen=draft.version)
    assert told.value.thing.words == fresh(draft).words == "Eerst"
    assert world.written() == 2
