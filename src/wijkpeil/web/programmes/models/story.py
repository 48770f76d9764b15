"""Small successes and results that nobody sought, with the consent of those who are portrayed in them."""

from datetime import date

from django.db import models
from django.utils import timezone

from wijkpeil.web.accounts.roles import Kind
from wijkpeil.web.programmes.models.partner import Partner
from wijkpeil.web.programmes.models.thing import Thing


class StoryState(models.TextChoices):
    """How far a story is; one that was withdrawn never comes back."""

    DRAFT = "draft", "concept"
    SUBMITTED = "submitted", "voorgelegd"
    PUBLISHED = "published", "gepubliceerd"
    WITHDRAWN = "withdrawn", "ingetrokken"


class Story(Thing):
    """A short story or quote with its evidence, pinned to a place, a year and perhaps an indicator.

    ``portrayed`` people are recognisable in it, so many consents it needs. ``shown_until`` is the day on which the
    first of those ends: from then on it is not public, without anybody doing something.
    """

    KIND = Kind.STORY
    PUBLIC = frozenset({StoryState.PUBLISHED})

    state = models.CharField(max_length=20, choices=StoryState.choices, default=StoryState.DRAFT)
    title = models.CharField(max_length=200)
    text = models.TextField()
    evidence = models.TextField()
    year = models.PositiveSmallIntegerField()
    indicator = models.CharField(max_length=100, blank=True)
    was_sought = models.BooleanField(default=True)
    partner = models.ForeignKey(Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    portrayed = models.PositiveSmallIntegerField(default=0)
    shown_until = models.DateField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    @property
    def parties(self) -> tuple[int, ...]:
        """The partner that tells it."""
        return () if self.partner_id is None else (self.partner_id,)

    @property
    def is_public(self) -> bool:
        """Whether everybody may see it today."""
        return super().is_public and (self.shown_until is None or timezone.localdate() <= self.shown_until)


class Consent(models.Model):
    """What somebody who is portrayed agreed to; of a minor, a guardian did. Never public."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="consents")
    name = models.CharField(max_length=200, blank=True)
    is_minor = models.BooleanField(default=False)
    guardian = models.CharField(max_length=200, blank=True)
    given_on = models.DateField()
    until = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def holds(self, on: date) -> bool:
        """Say whether it holds on a day."""
        if self.withdrawn_at is not None or (self.is_minor and not self.guardian.strip()):
            return False
        return self.given_on <= on and (self.until is None or on <= self.until)
