"""Agreements as a chain of versions that parties sign, with items: who does what, for how much, by when."""

from datetime import date
from typing import ClassVar

from django.db import models

from wijkpeil.web.accounts.roles import Kind
from wijkpeil.web.programmes.models.partner import Partner
from wijkpeil.web.programmes.models.thing import WITHDRAWN, Retractable, Thing


class AgreementState(models.TextChoices):
    """How far a version is; a signed one never changes."""

    DRAFT = "draft", "concept"
    SUBMITTED = "submitted", "ter ondertekening"
    SIGNED = "signed", "ondertekend"
    PUBLISHED = "published", "gepubliceerd"
    REPLACED = "replaced", "vervangen"
    WITHDRAWN = WITHDRAWN, "ingetrokken"


class ReasonClass(models.TextChoices):
    """Why a version or an item came to an end."""

    NO_RESULT = "no_result", "gestopt: geen resultaat"
    SECURED = "secured", "geborgd"
    POSTPONED = "postponed", "uitgesteld"
    REVISED = "revised", "herzien"
    COMPLETED = "completed", "afgerond"


class Agreement(Retractable):
    """One version of an agreement; ``replaces`` is the one before it, ``number`` its place in the chain."""

    KIND = Kind.AGREEMENT
    PUBLIC = frozenset({AgreementState.PUBLISHED, AgreementState.REPLACED})

    state = models.CharField(max_length=20, choices=AgreementState.choices, default=AgreementState.DRAFT)
    number = models.PositiveSmallIntegerField(default=1)
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    partners = models.ManyToManyField(Partner, related_name="agreements")
    valid_to = models.DateField(null=True, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    reason_class = models.CharField(max_length=20, choices=ReasonClass.choices, blank=True)
    why = models.TextField(blank=True)

    class Meta(Retractable.Meta):
        """A version has one next version; a draft of it that was withdrawn does not stand in the way of another."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["replaces"], condition=~models.Q(state=WITHDRAWN), name="one_next_version")
        ]

    @property
    def parties(self) -> tuple[int, ...]:
        """Those who sign; nobody yet before it is kept."""
        return tuple(partner.pk for partner in self.partners.all()) if self.pk else ()

    @property
    def is_frozen(self) -> bool:
        """Whether parties put their name under it, so that no word of it changes."""
        return self.state in {AgreementState.SIGNED, AgreementState.PUBLISHED, AgreementState.REPLACED}


class Signature(models.Model):
    """A party that signed a version, by whom and when."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="signatures")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """A party signs a version once."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["agreement", "partner"], name="signed_once")
        ]


class ItemState(models.TextChoices):
    """How far an item is; overdue is computed and no state."""

    PROPOSED = "proposed", "voorgesteld"
    AGREED = "agreed", "overeengekomen"
    UNDERWAY = "underway", "in uitvoering"
    KEPT = "kept", "nagekomen"
    PARTLY = "partly", "deels nagekomen"
    LATE = "late", "vertraagd"
    REVISED = "revised", "herzien"
    STOPPED = "stopped", "gestopt"
    LAPSED = "lapsed", "vervallen"


class BudgetStatus(models.TextChoices):
    """How sure the money is."""

    INDICATIVE = "indicative", "indicatief"
    COMMITTED = "committed", "toegezegd"
    SPENT = "spent", "uitgegeven"


OPEN = frozenset({ItemState.AGREED, ItemState.UNDERWAY, ItemState.LATE})
"""Somebody still has to do something."""
OVER = frozenset({ReasonClass.NO_RESULT, ReasonClass.SECURED, ReasonClass.COMPLETED})
"""With these reasons an item goes no further in a new version."""


class Items(models.QuerySet["Item"]):
    """Items, and those that are too late."""

    def overdue(self, on: date) -> "Items":
        """Keep what was due before a day and is still open."""
        return self.filter(state__in=OPEN, due__lt=on)


class Item(Thing):
    """Who does what; money is in whole cents. ``follows`` is the same item in the version before.

    ``reason_class`` and ``why`` say what a new version did with it, and are signed with it; ``end_class`` and
    ``ended_because`` say how it came to an end afterwards.
    """

    KIND = Kind.ITEM

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="items")
    follows = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by")
    state = models.CharField(max_length=20, choices=ItemState.choices, default=ItemState.PROPOSED)
    what = models.TextField()
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="items")
    supporting = models.ManyToManyField(Partner, related_name="supported_items", blank=True)
    budget_cents = models.BigIntegerField(null=True, blank=True)
    budget_status = models.CharField(max_length=20, choices=BudgetStatus.choices, blank=True)
    due = models.DateField()
    evidence_needed = models.TextField()
    reason_class = models.CharField(max_length=20, choices=ReasonClass.choices, blank=True)
    why = models.TextField(blank=True)
    end_class = models.CharField(max_length=20, choices=ReasonClass.choices, blank=True)
    ended_because = models.TextField(blank=True)

    objects = Items.as_manager()

    class Meta(Thing.Meta):
        """Items of a programme are asked for by the day on which they are due."""

        indexes: ClassVar[list[models.Index]] = [
            *Thing.Meta.indexes,
            models.Index(fields=["programme", "due"], name="item_by_due"),
        ]

    @property
    def parties(self) -> tuple[int, ...]:
        """The partner that does it."""
        return (self.partner_id,)

    @property
    def is_public(self) -> bool:
        """An item is as public as the version that it is in."""
        return self.agreement.is_public and not self.is_dropped

    @property
    def is_dropped(self) -> bool:
        """Whether it was taken out before anybody signed."""
        return self.state == ItemState.LAPSED and not self.end_class

    def is_overdue(self, on: date) -> bool:
        """Whether it was due before a day and is still open."""
        return self.state in OPEN and self.due < on


class Report(models.Model):
    """What the partner itself says of an item: reported, never found."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="reports")
    by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    status = models.CharField(max_length=20, choices=ItemState.choices)
    text = models.TextField()
    spent_cents = models.BigIntegerField(null=True, blank=True)
    evidence = models.TextField(blank=True)

    class Meta:
        """The last report of an item is asked for."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["item", "-on", "-id", "spent_cents"], name="report_last"),
        ]

    erased_at = models.DateTimeField(null=True, blank=True)
    """When its words were taken away, because they told of people."""


class Finding(models.Model):
    """What somebody independent found of an item; it stands beside what was reported."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="findings")
    by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    status = models.CharField(max_length=20, choices=ItemState.choices)
    text = models.TextField()
    erased_at = models.DateTimeField(null=True, blank=True)
    """When its words were taken away, because they told of people."""
