"""A small world: one neighbourhood of one programme, its partners, and somebody in every role."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from web.programmes.matrix import Matrix
from wijkpeil.publication import Shelf
from wijkpeil.web.accounts.models import Account, Grant
from wijkpeil.web.accounts.roles import Role
from wijkpeil.web.logbook.models import Line
from wijkpeil.web.programmes import agreements, items, measures
from wijkpeil.web.programmes.models import Agreement, Item, Measure, Partner

PROGRAMME, CITY, AREA = "wijkaanpak", "GM9001", "wijkaanpak.havenkwartier"
_number = count()


@dataclass
class World:
    """Who is there, and where."""

    programme: str = PROGRAMME
    city: str = CITY
    area: str = AREA
    people: dict[str, Account] = field(default_factory=dict)

    def somebody(self, role: Role | str, party: Partner | None = None, **reach: str) -> Account:
        """Make an account with one role; without a reach it has that of the neighbourhood."""
        made = Account.objects.create_user(f"{role}{next(_number)}@voorbeeld.example", f"Naam van {role}")
        held = {"programme": self.programme, "city": self.city, "area": self.area, **reach}
        Grant.objects.create(account=made, role=role, party=party.pk if party else None, **held)
        return made

    def __getitem__(self, role: str) -> Account:
        """Give the one in a role, as he comes in with a new request."""
        if role not in self.people:
            self.people[role] = self.somebody(role)
        return Account.objects.get(pk=self.people[role].pk)

    def partner(self, name: str, kind: str = "other") -> Partner:
        """Make a partner, with somebody who speaks for it."""
        made = Partner.objects.create(
            programme=self.programme, city=self.city, name=name, kind=kind, author=self["manager"]
        )
        self.people[name] = self.somebody(Role.PARTNER, made)
        return made

    @property
    def place(self) -> dict[str, str]:
        """Where a thing stands."""
        return {"programme": self.programme, "city": self.city, "area": self.area}

    def agreement(self, *partners: Partner, amounts: tuple[int | None, ...] = (100_000, 50_000)) -> Agreement:
        """Make a draft with an item per amount, by the first partner and the second in turn."""
        made = agreements.add(Agreement(**self.place, title="Afspraak voor de wijk"), partners, by=self["coordinator"])
        for place, cents in enumerate(amounts):
            self.item(made, partners[place % len(partners)], cents)
        return made

    def item(self, agreement: Agreement, partner: Partner, cents: int | None = None) -> Item:
        """Add an item to a draft."""
        item = Item(
            agreement=agreement,
            what="Veertig woningen opknappen",
            partner=partner,
            budget_cents=cents,
            due=date(2027, 6, 1),
            evidence_needed="Opleveringsrapport",
        )
        return items.add(item, by=self["coordinator"])

    def published(self, *partners: Partner, amounts: tuple[int | None, ...] = (100_000, 50_000)) -> Agreement:
        """Make an agreement that every party signed and that is published."""
        return self.publish(self.agreement(*partners, amounts=amounts))

    def sign(self, agreement: Agreement) -> Agreement:
        """Lay a draft before its parties and have all of them sign."""
        agreement = fresh(agreement)
        agreements.submit(agreement, by=self["coordinator"], reason="", seen=agreement.version)
        for partner in agreement.partners.order_by("pk"):
            agreement = fresh(agreement)
            agreements.sign(agreement, partner, by=self[partner.name], seen=agreement.version)
        return fresh(agreement)

    def publish(self, agreement: Agreement) -> Agreement:
        """Have a draft signed, and publish it."""
        agreement = self.sign(agreement)
        agreements.publish(agreement, by=self["minister"], reason="", seen=agreement.version)
        return fresh(agreement)

    def measure(self, partner: Partner, **values: object) -> Measure:
        """Make a draft of a measure."""
        given = {
            "name": "Buurtwerkplaats",
            "aim": "Jongeren zonder diploma naar werk begeleiden",
            "mechanism": "Vakmensen leren jongeren een vak",
            "theme": "werken",
            "started": date(2024, 3, 1),
            **values,
        }
        return measures.add(Measure(**self.place, partner=partner, **given), by=self["coordinator"])

    def running(self, partner: Partner, **values: object) -> Measure:
        """Make an approved measure."""
        made = fresh(self.measure(partner, **values))
        measures.approve(made, by=self["manager"], reason="", seen=made.version)
        return fresh(made)

    def written(self) -> int:
        """Count the lines of the logbook."""
        return Line.objects.count()


def fresh(thing):
    """Read a thing anew, as the next request does."""
    return type(thing).objects.get(pk=thing.pk)


@pytest.fixture(scope="module")
def matrix(example_shelf: Path, django_db_setup: None, django_db_blocker: Any) -> Iterator[Matrix]:
    """Make somebody in every role and a draft of every kind once: a cell changes nothing, or that is undone."""
    with django_db_blocker.unblock(), override_settings(SHELF=example_shelf), transaction.atomic():
        yield Matrix(Shelf(example_shelf))
        transaction.set_rollback(True)


@pytest.fixture
def world(db) -> World:
    """Give a world of which every person is made when he is first needed."""
    return World()


@pytest.fixture
def corporation(world) -> Partner:
    return world.partner("Woningbouw", "corporation")


@pytest.fixture
def municipality(world) -> Partner:
    return world.partner("Gemeente", "municipality")
