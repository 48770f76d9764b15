"""Visitations: who is independent recommends and closes, who is told answers, and nobody changes the other's words."""

from datetime import date

import pytest

from wijkpeil.web.accounts.models import Grant
from wijkpeil.web.programmes import visitations
from wijkpeil.web.programmes.acting import ForbiddenError, HiddenError, NotNowError
from wijkpeil.web.programmes.models import Recommendation, Review, Visitation

pytestmark = pytest.mark.django_db


def visited(world):
    made = Visitation(**world.place, committee="Visitatie", on=date(2026, 5, 1), findings="Veel plannen.")
    return visitations.add(made, by=world["reviewer"])


def recommended(world, partner=None):
    return visitations.recommend(
        Recommendation(visitation=visited(world), partner=partner, text="Betrek bewoners."), by=world["reviewer"]
    )


def test_a_recommendation_is_public_as_soon_as_its_visitation_is(world):
    made = recommended(world)
    assert not made.is_public
    visitations.publish(made.visitation, by=world["minister"], reason="", seen=made.visitation.version)
    assert Recommendation.objects.get().is_public


def test_what_was_published_stays(world):
    made = visited(world)
    visitations.publish(made, by=world["minister"], reason="", seen=made.version)
    with pytest.raises(NotNowError):
        visitations.change(made, {"findings": "anders"}, by=world["reviewer"], reason="", seen=made.version)


def test_disagreeing_is_an_answer_and_stands_beside_the_recommendation(world):
    made = recommended(world)
    visitations.respond(made, "disagree", "Dat doen we al.", by=world["coordinator"], seen=made.version)
    kept = Recommendation.objects.get()
    assert (kept.text, kept.answer, kept.answer_text) == ("Betrek bewoners.", "disagree", "Dat doen we al.")
    with pytest.raises(NotNowError, match="waarom niet"):
        visitations.respond(kept, "agree", " ", by=world["coordinator"], seen=kept.version)


def test_a_partner_answers_what_is_said_to_it_and_does_not_know_of_the_rest(world):
    school, police = world.partner("School"), world.partner("Politie")
    made = recommended(world, school)
    with pytest.raises(HiddenError):
        visitations.respond(made, "agree", "Ja.", by=world["Politie"], seen=made.version)
    visitations.respond(made, "agree", "Ja.", by=world["School"], seen=made.version)
    assert police.pk not in made.parties


def test_only_a_reviewer_closes_with_a_reason_and_a_closed_one_is_not_answered_again(world):
    made = recommended(world)
    with pytest.raises(ForbiddenError):
        visitations.close(made, "done", by=world["coordinator"], reason="klaar", seen=made.version)
    with pytest.raises(NotNowError, match="waarom"):
        visitations.close(made, "done", by=world["reviewer"], reason="", seen=made.version)
    made = Recommendation.objects.get()
    visitations.close(made, "not_done", by=world["reviewer"], reason="Er kwam niets van.", seen=made.version)
    with pytest.raises(NotNowError):
        visitations.respond(made, "agree", "Toch wel.", by=world["coordinator"], seen=made.version)


def test_who_answered_does_not_close_what_he_answered(world):
    made = recommended(world)
    both = world.somebody("reviewer")
    Grant.objects.create(account=both, role="coordinator", **world.place)
    visitations.respond(made, "agree", "Doen we.", by=both, seen=made.version)
    with pytest.raises(NotNowError, match="zelf geantwoord"):
        visitations.close(made, "done", by=both, reason="klaar", seen=made.version)


def test_a_review_of_a_study_is_published_by_another(world):
    made = visitations.add(
        Review(**world.place, study="buurtwacht", committee="Raad", verdict="Goed opgezet.", is_example=True),
        by=world["reviewer"],
    )
    assert not made.is_public
    visitations.publish(made, by=world["minister"], reason="", seen=made.version)
    assert Review.objects.get().is_public
