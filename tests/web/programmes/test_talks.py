"""Talks: who was there is never public, dissent stands beside the minutes, and after a term the names are gone."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from wijkpeil.web.logbook.checking import faults
from wijkpeil.web.logbook.models import Content
from wijkpeil.web.programmes import talks
from wijkpeil.web.programmes.acting import ChangedMeanwhileError, ForbiddenError, HiddenError, NotNowError
from wijkpeil.web.programmes.models import Dissent, Participant, Talk

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


def talk_of(world, on=DAY):
    there = [
        Participant(name="Mevrouw Canarie", role="bewoner van de Kade", is_resident=True),
        Participant(name="De heer Ambtenaar", role="gemeente"),
    ]
    return talks.add(Talk(**world.place, on=on, minutes="Canarie vond het te snel."), there, by=world["manager"])


def test_a_talk_keeps_who_was_there_and_whether_residents_were(world):
    talk = talk_of(world)
    assert talk.had_residents
    assert [one.role for one in talk.participants.order_by("pk")] == ["bewoner van de Kade", "gemeente"]
    assert not talk.is_public


def test_a_talk_that_is_yet_to_come_or_was_with_nobody_is_not_recorded(world):
    with pytest.raises(NotNowError, match="als het is geweest"):
        talk_of(world, on=timezone.localdate() + timedelta(days=1))
    with pytest.raises(NotNowError, match="wie er waren"):
        talks.add(Talk(**world.place, on=DAY), [], by=world["manager"])
    assert not Talk.objects.exists()


def test_dissent_stands_beside_the_minutes(world):
    talk = talk_of(world)
    talks.dissent(talk, "Wij zijn niet gehoord.", by=world["residents"])
    assert Dissent.objects.get().text == "Wij zijn niet gehoord."
    with pytest.raises(ForbiddenError):
        talks.dissent(talk, "Ik ook.", by=world["minister"])
    with pytest.raises(HiddenError):
        talks.dissent(talk, "Ik ook.", by=world["reader"])


def test_the_second_of_two_who_mend_a_record_is_told(world):
    talk = talk_of(world)
    seen = talk.version
    talks.change(talk, {"minutes": "eerst"}, by=world["manager"], reason="", seen=seen)
    with pytest.raises(ChangedMeanwhileError):
        talks.change(Talk.objects.get(), {"minutes": "later"}, by=world["manager"], reason="", seen=seen)
    assert Talk.objects.get().minutes == "eerst"


def test_erasing_takes_every_name_and_text_and_leaves_the_chain_whole(world):
    talk = talk_of(world)
    talks.dissent(talk, "Canarie is het oneens.", by=world["residents"])
    talks.erase(talk, by=world["manager"], reason="De bewoner vroeg het.", seen=talk.version)
    kept = repr([*Talk.objects.values(), *Participant.objects.values(), *Dissent.objects.values()])
    assert "Canarie" not in kept + repr(list(Content.objects.values()))
    assert talk.had_residents, "that residents were there stays"
    assert list(faults()) == []
    with pytest.raises(NotNowError, match="gewist"):
        talks.change(talk, {"minutes": "x"}, by=world["manager"], reason="", seen=talk.version)


def test_only_talks_of_which_the_term_is_over_are_erased_by_themselves(world):
    old, young = talk_of(world), talk_of(world, on=date(2026, 9, 1))
    assert talks.erase_after_term(date(2028, 3, 3)) == 1
    assert Talk.objects.get(pk=old.pk).is_erased
    assert not Talk.objects.get(pk=young.pk).is_erased
    assert talks.erase_after_term(date(2028, 3, 3)) == 0
