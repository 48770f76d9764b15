"""Who takes part: the state, a municipality, a corporation, the police, a school, a residents' group, a company."""

from typing import ClassVar

from django.db import models

from wijkpeil.web.accounts.roles import Kind
from wijkpeil.web.programmes.models.thing import Thing


class PartnerKind(models.TextChoices):
    """What sort of partner it is."""

    STATE = "state", "Rijk"
    MUNICIPALITY = "municipality", "Gemeente"
    CORPORATION = "corporation", "Woningcorporatie"
    POLICE = "police", "Politie"
    SCHOOL = "school", "School"
    RESIDENTS = "residents", "Bewonersgroep"
    COMPANY = "company", "Bedrijf"
    OTHER = "other", "Andere partij"


class Partner(Thing):
    """An organisation; its people are accounts with the role of partner."""

    KIND = Kind.PARTNER

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=PartnerKind.choices)

    class Meta(Thing.Meta):
        """A name is used once in a city."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["programme", "city", "name"], name="partner_once_in_a_city")
        ]

    def __str__(self) -> str:
        """Name it."""
        return self.name

    @property
    def parties(self) -> tuple[int, ...]:
        """A partner is its own."""
        return (self.pk,) if self.pk else ()
