"""What every thing in a programme has: a random public name, a place, an author and a version."""

import secrets
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from wijkpeil.web.accounts.permissions import Place
from wijkpeil.web.accounts.roles import Kind

WITHDRAWN = "withdrawn"
"""The state of a draft that was taken back, whatever kind of thing it is."""


def random_key() -> str:
    """Make a public name that tells nothing: not how many there are, nor which came first."""
    return secrets.token_hex(8)


class Thing(models.Model):
    """A row that people do something to; ``version`` goes up with every change."""

    KIND: ClassVar[Kind]
    PUBLIC: ClassVar[frozenset[str]] = frozenset()
    """The states in which everybody may see it."""

    key = models.CharField(max_length=16, unique=True, default=random_key, editable=False)
    programme = models.CharField(max_length=100)
    city = models.CharField(max_length=20, blank=True)
    area = models.CharField(max_length=120, blank=True)
    version = models.PositiveIntegerField(default=1)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """A thing is found by its place."""

        abstract = True
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["programme", "area"])]

    @property
    def place(self) -> Place:
        """Where it stands, and which parties hold it."""
        return Place(programme=self.programme, city=self.city, area=self.area, parties=frozenset(self.parties))

    @property
    def parties(self) -> tuple[int, ...]:
        """The partners that it is a thing of."""
        return ()

    @property
    def is_public(self) -> bool:
        """Whether everybody may see it; a thing without a published state is public nowhere."""
        return getattr(self, "state", "") in self.PUBLIC


class Retractable(Thing):
    """A thing of which a draft can be withdrawn; it is never public, and stays for who read it and for the auditor."""

    withdrawn_because = models.TextField(blank=True)

    class Meta(Thing.Meta):
        """It has no table of its own."""

        abstract = True

    @property
    def is_withdrawn(self) -> bool:
        """Whether its author took it back before everybody could read it."""
        return getattr(self, "state", "") == WITHDRAWN
