"""Accounts and the roles that people were given, by whom and until when."""

import uuid
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from wijkpeil.web.accounts.permissions import Held, Place, may
from wijkpeil.web.accounts.roles import Kind, Role, Verb


class Accounts(BaseUserManager["Account"]):
    """Makes accounts."""

    def create_user(self, email: str, name: str, password: str | None = None) -> "Account":
        """Make an account; without a password nobody can log in with one."""
        account = self.model(email=self.normalize_email(email).casefold(), name=name)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """Somebody who can log in; what they may is in their grants and nowhere else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField(default=timezone.now)
    sessions_from = models.DateTimeField(default=timezone.now)
    """Sessions that began before this moment have ended."""

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = Accounts()

    def __str__(self) -> str:
        """Name the account."""
        return self.name

    def get_full_name(self) -> str:
        """Give the name as it was typed."""
        return self.name

    @property
    def held(self) -> tuple[Held, ...]:
        """The roles that hold today; asked once a request."""
        if not hasattr(self, "_held"):
            self._held = tuple(grant.held for grant in Grant.objects.standing().filter(account=self))
        return self._held

    @property
    def needs_second_factor(self) -> bool:
        """Whether a password alone is too little: it is, for whoever can do more than read what everybody reads."""
        return any(held.role != Role.READER for held in self.held)

    def may(self, kind: Kind, verb: Verb, place: Place) -> bool:
        """Say whether this account may do this to a thing of this kind in this place."""
        return self.is_active and may(self.held, kind, verb, place)


class Grants(models.QuerySet["Grant"]):
    """Grants, and those that hold today."""

    def standing(self) -> "Grants":
        """Keep what was not revoked and has not ended."""
        now = timezone.now()
        return self.filter(models.Q(until=None) | models.Q(until__gt=now), revoked_at=None, since__lte=now)


class Grant(models.Model):
    """A role given to an account in a programme, or in one city or neighbourhood of it."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=Role.choices)
    programme = models.CharField(max_length=100)
    city = models.CharField(max_length=20, blank=True)
    area = models.CharField(max_length=120, blank=True)
    party = models.BigIntegerField(null=True, blank=True)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="given", null=True)
    """Nobody where the first administrator was made by a command on the machine itself."""
    revoked_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    KIND: ClassVar[Kind] = Kind.GRANT
    is_public: ClassVar[bool] = False

    objects = Grants.as_manager()

    class Meta:
        """Nobody gives himself a role."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(given_by=None) | ~models.Q(given_by=models.F("account")),
                name="nobody_grants_himself",
            ),
        ]

    @property
    def place(self) -> Place:
        """How far it reaches; who gives it must reach as far."""
        return Place(programme=self.programme, city=self.city, area=self.area)

    @property
    def held(self) -> Held:
        """The role as the table of permissions reads it."""
        return Held(role=Role(self.role), programme=self.programme, city=self.city, area=self.area, party=self.party)
