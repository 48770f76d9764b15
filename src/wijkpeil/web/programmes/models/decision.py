"""The talk about what to do next with a neighbourhood, and the decision, with its grounds and who heard of it."""

from typing import ClassVar

from django.db import models

from wijkpeil.web.accounts.roles import Kind
from wijkpeil.web.programmes.models.thing import WITHDRAWN, Retractable, Thing


class Course(models.TextChoices):
    """What may be decided, and what may be proposed besides: that the figures cannot say."""

    WIND_DOWN = "wind_down", "afbouwen"
    CONTINUE = "continue", "doorgaan"
    INTENSIFY = "intensify", "intensiveren"
    RETURN = "return", "terugkeren"
    CANNOT_SAY = "cannot_say", "niet te zeggen"


class Talk(Thing):
    """A talk about the status of a neighbourhood; names and minutes are never public and are erased after a term."""

    KIND = Kind.TALK

    on = models.DateField()
    about = models.CharField(max_length=300, blank=True)
    minutes = models.TextField(blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    @property
    def is_erased(self) -> bool:
        """Whether names and texts are gone; when the talk was, and which roles were there, stays."""
        return self.erased_at is not None

    @property
    def had_residents(self) -> bool:
        """Whether residents were there."""
        return self.participants.filter(is_resident=True).exists()


class Participant(models.Model):
    """Somebody who was there; the role may be public, the name never is."""

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="participants")
    name = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=200)
    is_resident = models.BooleanField(default=False)


class Dissent(models.Model):
    """What somebody who was there did not agree with."""

    talk = models.ForeignKey(Talk, on_delete=models.PROTECT, related_name="dissents")
    by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()


class DecisionState(models.TextChoices):
    """How far a decision is."""

    DRAFT = "draft", "concept"
    SUBMITTED = "submitted", "voorgelegd"
    DECIDED = "decided", "besloten"
    WITHDRAWN = WITHDRAWN, "ingetrokken"


class Decision(Retractable):
    """What was decided about a neighbourhood, on an edition and verdicts that are kept with it.

    ``proposal`` is what the figures proposed, with its reasons in ``proposal_record``; it never decides. ``edition``
    and ``verdicts`` are what the decision was based on; when a later edition revises them, the dossier says so.
    """

    KIND = Kind.DECISION
    PUBLIC = frozenset({DecisionState.DECIDED})

    state = models.CharField(max_length=20, choices=DecisionState.choices, default=DecisionState.DRAFT)
    course = models.CharField(max_length=20, choices=Course.choices)
    why = models.TextField()
    talk = models.ForeignKey(Talk, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions")
    edition = models.CharField(max_length=100)
    proposal = models.CharField(max_length=20, choices=Course.choices)
    proposal_record = models.JSONField(default=dict)
    verdicts = models.JSONField(default=list)
    objections = models.TextField(blank=True)
    returns_when = models.TextField(blank=True)
    decided_by = models.ForeignKey("accounts.Account", null=True, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField(null=True, blank=True)
    parliament_informed_on = models.DateField(null=True, blank=True)
    parliament_paper = models.CharField(max_length=200, blank=True)


class Ground(models.Model):
    """A named source on which a decision rests; there are at least two."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="grounds")
    name = models.CharField(max_length=300)
    where = models.CharField(max_length=500, blank=True)
    says = models.TextField()

    class Meta:
        """The same source twice is one ground."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["decision", "name"], name="ground_once")
        ]
