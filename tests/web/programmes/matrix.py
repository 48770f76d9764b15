"""Somebody in every role, and a draft of every kind: of one's own party, of another one, and of another place."""

from datetime import date
from typing import Any

from django.test import Client

from wijkpeil.publication import Shelf
from wijkpeil.web.accounts.models import Account, Grant
from wijkpeil.web.accounts.permissions import PERMISSIONS
from wijkpeil.web.accounts.roles import Kind, Reach, Role, Verb
from wijkpeil.web.accounts.sessions import FACTOR
from wijkpeil.web.programmes.models import (
    Agreement,
    Ambition,
    Decision,
    Document,
    Item,
    Measure,
    Partner,
    Promise,
    Recommendation,
    Review,
    Story,
    Talk,
    Visitation,
)

WHERE = ("own", "other", "foreign")
DAY = date(2026, 1, 1)
WORD = "merkteken"
"""Stands in a text of every thing, so that searching for it finds whatever one may know of."""


def token(kind: Kind, where: str) -> str:
    """Give the words by which one thing is known wherever it is told of."""
    return f"{WORD} {kind.value} {where}"


def reaches(thing: Any, reach: Reach | None, where: str) -> bool:
    """Say whether a role with this reach gets to a thing, worked out by hand and not with the code that is tested."""
    if where == "foreign" or reach is None:
        return False
    return reach is Reach.SCOPE or (where == "own" and bool(thing.parties))


def reads(thing: Any, role: Role | None, where: str) -> bool:
    """Say whether a role reads a thing; a promise to parliament is public from its first day."""
    allowed = role is not None and reaches(thing, PERMISSIONS[thing.KIND, Verb.READ].get(role), where)
    return allowed or thing.KIND is Kind.PROMISE


class Matrix:
    """Somebody in every role, and a draft of every kind of each party and place."""

    def __init__(self, shelf: Shelf) -> None:
        programme = shelf.open("voorbeeld").policy.programmes[0]
        here, there = programme.neighbourhoods[:2]
        self.programme = programme.id
        self.here = {"programme": programme.id, "city": here.gemeente, "area": programme.code_of(here)}
        self.there = {"programme": programme.id, "city": there.gemeente, "area": programme.code_of(there)}
        self.author = Account.objects.create_user("schrijver@voorbeeld.example", "Schrijver")
        self.party = {name: self._partner(name, self.there if name == "foreign" else self.here) for name in WHERE}
        self.people = {role: self._somebody(role) for role in Role}
        self.clients = {role: self._client(account) for role, account in self.people.items()}
        self.things = {where: self._things(where) for where in WHERE}

    def _partner(self, name: str, place: dict[str, str]) -> Partner:
        return Partner.objects.create(**place, name=token(Kind.PARTNER, name), kind="other", author=self.author)

    def _somebody(self, role: Role) -> Account:
        made = Account.objects.create_user(f"{role}@voorbeeld.example", role.label)
        party = self.party["own"].pk if role is Role.PARTNER else None
        Grant.objects.create(account=made, role=role, party=party, **self.here)
        return made

    def _client(self, account: Account) -> Client:
        client = Client(headers={"host": "localhost"})
        client.force_login(account)
        session = client.session
        session[FACTOR] = True
        session.save()
        return client

    def _things(self, where: str) -> dict[Kind, Any]:
        place = {**(self.there if where == "foreign" else self.here), "author": self.author}
        party = self.party[where]
        said = {kind: token(kind, where) for kind in Kind}
        agreement = Agreement.objects.create(**place, title=said[Kind.AGREEMENT])
        agreement.partners.add(party)
        visitation = Visitation.objects.create(**place, committee="c", on=DAY, findings=said[Kind.VISITATION])
        given = {"aim": "a", "mechanism": "m", "theme": "t", "started": DAY}
        return {
            Kind.PARTNER: party,
            Kind.AGREEMENT: agreement,
            Kind.VISITATION: visitation,
            Kind.AMBITION: Ambition.objects.create(**place, theme="t", words=said[Kind.AMBITION], satisfied_when="s"),
            Kind.ITEM: Item.objects.create(
                **place, agreement=agreement, what=said[Kind.ITEM], partner=party, due=DAY, evidence_needed="e"
            ),
            Kind.MEASURE: Measure.objects.create(**place, name=said[Kind.MEASURE], partner=party, **given),
            Kind.RECOMMENDATION: Recommendation.objects.create(
                **place, visitation=visitation, text=said[Kind.RECOMMENDATION], partner=party
            ),
            Kind.REVIEW: Review.objects.create(**place, study="s", committee="c", verdict=said[Kind.REVIEW]),
            Kind.TALK: Talk.objects.create(**place, on=DAY, about=said[Kind.TALK]),
            Kind.DECISION: Decision.objects.create(
                **place, course="continue", why=said[Kind.DECISION], edition="e", proposal="continue"
            ),
            Kind.PROMISE: Promise.objects.create(**place, kind="motion", paper="p", text=said[Kind.PROMISE], due=DAY),
            Kind.DOCUMENT: Document.objects.create(**place, title=said[Kind.DOCUMENT]),
            Kind.STORY: Story.objects.create(
                **place, title=said[Kind.STORY], text="t", evidence="e", year=2025, partner=party
            ),
        }
