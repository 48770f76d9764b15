"""Measures: what is done where, what it costs, what it should move and after how long, and how it ended."""

from django.db import models

from wijkpeil.web.accounts.roles import Kind
from wijkpeil.web.programmes.models.agreement import Item
from wijkpeil.web.programmes.models.partner import Partner
from wijkpeil.web.programmes.models.thing import WITHDRAWN, Retractable


class MeasureState(models.TextChoices):
    """How far a measure is."""

    DRAFT = "draft", "concept"
    APPROVED = "approved", "goedgekeurd"
    ENDED = "ended", "beëindigd"
    WITHDRAWN = WITHDRAWN, "ingetrokken"


class EndClass(models.TextChoices):
    """How a measure ended."""

    SECURED = "secured", "geborgd"
    NO_RESULT = "no_result", "gestopt: geen resultaat"
    POSTPONED = "postponed", "uitgesteld"
    COMPLETED = "completed", "afgerond"


class Measure(Retractable):
    """A measure (project); ``indicators`` are ids of the edition that it should move after ``lag`` years."""

    KIND = Kind.MEASURE
    PUBLIC = frozenset({MeasureState.APPROVED, MeasureState.ENDED})

    state = models.CharField(max_length=20, choices=MeasureState.choices, default=MeasureState.DRAFT)
    name = models.CharField(max_length=300)
    aim = models.TextField()
    mechanism = models.TextField()
    theme = models.CharField(max_length=100)
    indicators = models.JSONField(default=list)
    lag = models.PositiveSmallIntegerField(default=1)
    started = models.DateField()
    ended = models.DateField(null=True, blank=True)
    end_class = models.CharField(max_length=20, choices=EndClass.choices, blank=True)
    ended_because = models.TextField(blank=True)
    secured_at = models.CharField(max_length=300, blank=True)
    evaluated_by = models.CharField(max_length=300, blank=True)
    cost_cents = models.BigIntegerField(null=True, blank=True)
    paid_by = models.ManyToManyField(Partner, related_name="paid_measures", blank=True)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="measures")
    approved_by = models.ForeignKey("accounts.Account", null=True, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, null=True, blank=True, on_delete=models.PROTECT, related_name="measures")

    @property
    def parties(self) -> tuple[int, ...]:
        """The partner that carries it out."""
        return (self.partner_id,)


class Output(models.Model):
    """What a measure made or did; ``checked_by`` is somebody who is no party to it."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="outputs")
    year = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=300)
    quantity = models.FloatField()
    unit = models.CharField(max_length=100)
    source = models.CharField(max_length=300)
    by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    checked_by = models.ForeignKey("accounts.Account", null=True, on_delete=models.PROTECT, related_name="+")
    erased_at = models.DateTimeField(null=True, blank=True)
    """When its words were taken away, because they told of people."""
