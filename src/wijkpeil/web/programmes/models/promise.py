"""What was promised to parliament, by when, and how it was answered."""

from datetime import date

from django.db import models

from wijkpeil.web.accounts.roles import Kind
from wijkpeil.web.programmes.models.thing import WITHDRAWN, Retractable


class PromiseKind(models.TextChoices):
    """What sort of promise it is."""

    COMMITMENT = "commitment", "toezegging"
    MOTION = "motion", "motie"
    QUESTION = "question", "schriftelijke vraag"


class PromiseState(models.TextChoices):
    """Whether it was kept; overdue is computed."""

    OPEN = "open", "open"
    ANSWERED = "answered", "beantwoord"
    WITHDRAWN = WITHDRAWN, "ingetrokken"


class Promise(Retractable):
    """A promise; the papers of parliament are public, so everybody sees it from the start."""

    KIND = Kind.PROMISE
    PUBLIC = frozenset({PromiseState.OPEN, PromiseState.ANSWERED})

    state = models.CharField(max_length=20, choices=PromiseState.choices, default=PromiseState.OPEN)
    kind = models.CharField(max_length=20, choices=PromiseKind.choices)
    paper = models.CharField(max_length=200)
    text = models.TextField()
    due = models.DateField()
    answer = models.TextField(blank=True)
    answer_paper = models.CharField(max_length=200, blank=True)
    answered_on = models.DateField(null=True, blank=True)

    def is_overdue(self, on: date) -> bool:
        """Whether it was due before a day and is still open."""
        return self.state == PromiseState.OPEN and self.due < on
