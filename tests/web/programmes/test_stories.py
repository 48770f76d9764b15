"""Stories: nobody is portrayed without a consent that holds, and whoever takes it back is gone at once."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from wijkpeil.web.logbook.checking import faults
from wijkpeil.web.logbook.models import Content
from wijkpeil.web.programmes import stories
from wijkpeil.web.programmes.acting import NotNowError
from wijkpeil.web.programmes.models import Consent, Story

pytestmark = pytest.mark.django_db
GIVEN = date(2026, 1, 1)


def told(world, portrayed=1):
    made = Story(
        **world.place, title="De moestuin", text="Canarie lacht.", evidence="Foto", year=2026, portrayed=portrayed
    )
    return stories.add(made, by=world["residents"])


def agreed(world, story, **more):
    given = Consent(**{"name": "Mevrouw Canarie", "given_on": GIVEN, **more})
    stories.consent(story, given, by=world["residents"], seen=story.version)


def published(world, **more):
    story = told(world)
    agreed(world, story, **more)
    stories.submit(story, by=world["residents"], reason="", seen=story.version)
    stories.publish(story, by=world["manager"], reason="", seen=story.version)
    return story


def test_a_story_with_consent_is_published_by_another(world):
    assert published(world).is_public


def test_without_the_consent_of_everybody_in_it_a_story_goes_nowhere(world):
    story = told(world, portrayed=2)
    agreed(world, story)
    with pytest.raises(NotNowError, match="toestemming"):
        stories.submit(story, by=world["residents"], reason="", seen=story.version)


def test_of_a_minor_a_guardian_is_named(world):
    story = told(world)
    with pytest.raises(NotNowError, match="ouder of voogd"):
        agreed(world, story, is_minor=True)
    agreed(world, Story.objects.get(), is_minor=True, guardian="Vader")


def test_a_consent_that_was_over_before_publishing_counts_no_more(world):
    story = told(world)
    agreed(world, story, until=timezone.localdate() - timedelta(days=1))
    with pytest.raises(NotNowError, match="toestemming"):
        stories.submit(story, by=world["residents"], reason="", seen=story.version)


def test_a_story_is_gone_by_itself_on_the_day_after_a_consent_ends(world):
    story = published(world, until=timezone.localdate())
    assert story.is_public
    assert story.shown_until == timezone.localdate()
    Story.objects.update(shown_until=timezone.localdate() - timedelta(days=1))
    assert not Story.objects.get().is_public


def test_a_withdrawn_story_is_gone_at_once_and_never_comes_back(world):
    story = published(world)
    stories.withdraw(story, by=world["residents"], reason="", seen=story.version)
    assert not Story.objects.get().is_public
    for verb, who in ((stories.submit, "residents"), (stories.publish, "manager")):
        now = Story.objects.get()
        with pytest.raises(NotNowError):
            verb(now, by=world[who], reason="", seen=now.version)


def test_erasing_takes_text_and_names_out_of_the_logbook_too(world):
    story = published(world)
    with pytest.raises(NotNowError, match="eerst in"):
        stories.erase(story, by=world["manager"], reason="op verzoek", seen=story.version)
    story = Story.objects.get()
    stories.withdraw(story, by=world["residents"], reason="", seen=story.version)
    stories.erase(story, by=world["manager"], reason="op verzoek", seen=story.version)
    kept = [*Story.objects.values(), *Consent.objects.values(), *Content.objects.values()]
    assert "Canarie" not in repr(kept)
    assert list(faults()) == []
