"""What residents and partners want for a neighbourhood, in their own words, and when they are satisfied."""

from django.db import models

from wijkpeil.web.accounts.roles import Kind
from wijkpeil.web.programmes.models.thing import WITHDRAWN, Retractable


class AmbitionState(models.TextChoices):
    """How far an ambition is."""

    DRAFT = "draft", "concept"
    SUBMITTED = "submitted", "voorgelegd"
    APPROVED = "approved", "goedgekeurd"
    ENDED = "ended", "beëindigd"
    WITHDRAWN = WITHDRAWN, "ingetrokken"


class Ambition(Retractable):
    """An ambition, with a measurable side where there is one.

    ``indicator`` is one of the edition; ``baseline`` and ``target`` are in the units of readers. ``satisfied_when``
    is fixed before the outcome is known. Its progress is never mixed with the gap to the city.
    """

    KIND = Kind.AMBITION
    PUBLIC = frozenset({AmbitionState.APPROVED, AmbitionState.ENDED})

    state = models.CharField(max_length=20, choices=AmbitionState.choices, default=AmbitionState.DRAFT)
    theme = models.CharField(max_length=100)
    words = models.TextField()
    satisfied_when = models.TextField()
    indicator = models.CharField(max_length=100, blank=True)
    caveat = models.TextField(blank=True)
    baseline = models.FloatField(null=True, blank=True)
    baseline_year = models.PositiveSmallIntegerField(null=True, blank=True)
    target = models.FloatField(null=True, blank=True)
    target_year = models.PositiveSmallIntegerField(null=True, blank=True)
    approved_by = models.ForeignKey("accounts.Account", null=True, on_delete=models.PROTECT, related_name="+")
    ended_because = models.TextField(blank=True)
