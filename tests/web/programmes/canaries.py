"""A world in which every text that people write is a word that is nowhere else, and who may ever read it.

Who may read is written down here once more, from the handbook and not from the code: a fault in one of the two shows.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from django.db import models
from django.test import Client
from django.utils import timezone

from wijkpeil.publication import Shelf
from wijkpeil.web.accounts.models import Account, Grant
from wijkpeil.web.accounts.roles import Role
from wijkpeil.web.accounts.sessions import FACTOR
from wijkpeil.web.logbook.models import Content, Line
from wijkpeil.web.programmes.models import (
    Agreement,
    Ambition,
    Attachment,
    AttachmentBytes,
    Consent,
    Decision,
    Dissent,
    Document,
    Finding,
    Ground,
    Imported,
    Item,
    Measure,
    Output,
    Participant,
    Partner,
    Promise,
    Recommendation,
    Report,
    Review,
    Signature,
    Story,
    Talk,
    Upload,
    Visitation,
)

TOKEN = re.compile(r"ca9a7e[0-9a-f]{10}")
"""A canary: sixteen letters that are nowhere by chance; it can be a name, a text, an address or a public key."""
PREFIX = "ca9a7e"
DAY = date(2025, 3, 1)
NEVER = frozenset[str]()
WORKERS = frozenset({"residents", "coordinator", "reviewer", "manager", "minister", "auditor"})
"""Who works in a neighbourhood, and the auditor."""
TALKERS = WORKERS - {"reviewer"}
DECIDERS = TALKERS - {"residents"}
DRAFTS: dict[type[models.Model], frozenset[str]] = {
    Partner: WORKERS | {"partner"},
    Ambition: WORKERS,
    Agreement: WORKERS | {"partner"},
    Item: WORKERS | {"partner"},
    Measure: WORKERS | {"partner"},
    Visitation: WORKERS,
    Recommendation: WORKERS | {"partner"},
    Review: WORKERS,
    Talk: TALKERS,
    Decision: DECIDERS,
    Story: WORKERS | {"partner"},
    Document: frozenset({"manager", "minister", "auditor"}),
}
"""Who reads a thing of each kind before it is public; a partner only what is of its own party."""
PARTIES = WORKERS | {"partner", "administrator"}
"""Who may learn which parties there are: whoever chooses one in a form, in a city or of the whole programme.

Who gives roles chooses among all parties of the programme.
"""
INSIDE: dict[tuple[type[models.Model], str], frozenset[str]] = {
    (Decision, "objections"): DECIDERS,
    (Consent, "name"): WORKERS | {"partner"},
    (Consent, "guardian"): WORKERS | {"partner"},
}
"""Who reads what is never public, also of a thing that is."""
SHOWN_NOWHERE = {
    (Consent, "guardian"),
    (Ground, "where"),
    (Decision, "edition"),
    (Output, "source"),
    (Attachment, "shows"),
    (Story, "indicator"),
    (Document, "text"),
}
"""What a page need not show; it may, to who may read it."""
CODES = {"programme", "city", "area", "key", "kind", "thing", "media_type", "sha256", "password"}


@dataclass(frozen=True, kw_only=True)
class Canary:
    """A word, what it stands in, in which place, and who may read it: everybody, some roles there, or one account."""

    token: str
    about: str
    place: str
    readers: frozenset[str]
    is_public: bool
    is_of_own_party: bool
    is_shown: bool
    only: str = ""


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """Somebody who comes by: a role, or nobody; ``places`` are those in which it is held."""

    name: str
    role: str
    places: frozenset[str]
    account: Account | None

    def may_read(self, canary: Canary) -> bool:
        """Say whether a word may be seen by this one."""
        if canary.is_public or canary.only == self.name:
            return True
        if canary.about.startswith("Partner.") and self.role in PARTIES and self.places:
            return self.role == "administrator" or canary.place in {*self.places, "wide"}
        return self.surely_meets(canary)

    def surely_meets(self, canary: Canary) -> bool:
        """Say whether a word must be on some page of this one."""
        if canary.is_public or canary.only == self.name:
            return True
        if canary.place not in self.places or self.role not in canary.readers:
            return False
        return self.role != "partner" or canary.is_of_own_party

    def client(self) -> Client:
        """Give a browser of its own."""
        browser = Client(headers={"host": "localhost"})
        if self.account is not None:
            browser.force_login(self.account)
            session = browser.session
            session[FACTOR] = True
            session.save()
        return browser


@dataclass
class Planted:
    """Every canary by its word, and everybody who comes by."""

    programme: str
    places: dict[str, dict[str, str]]
    unvisited: frozenset[str] = frozenset()
    """Neighbourhoods whose pages nobody opens: of those without any row, a few stand for all."""
    canaries: dict[str, Canary] = field(default_factory=dict)
    visitors: dict[str, Visitor] = field(default_factory=dict)
    fields: set[tuple[type[models.Model], str]] = field(default_factory=set)


class Planter:
    """Fills the world, thing by thing."""

    def __init__(self, shelf: Shelf) -> None:
        programme = shelf.open("voorbeeld").policy.programme["wijkaanpak"]
        first = programme.neighbourhoods[0]
        second = next(one for one in programme.neighbourhoods if one.gemeente != first.gemeente)
        self.world = Planted(
            programme=programme.id,
            places={
                "here": {"city": first.gemeente, "area": programme.code_of(first)},
                "there": {"city": second.gemeente, "area": programme.code_of(second)},
                "wide": {"city": "", "area": ""},
            },
            unvisited=_unvisited(programme, first, second),
        )
        self.salt = ""
        self.author = Account.objects.create_user(f"{self._word('author')}@voorbeeld.example", self._word("name"))
        for token, what in ((self.author.name, "name"), (self.author.email.split("@")[0], "e-mail")):
            self._note(token, f"{what} of an author", "here", NEVER, is_public=False)

    def _word(self, about: str) -> str:
        return f"{PREFIX}{sha256((self.salt + about).encode()).hexdigest()[:10]}"

    def _note(self, token: str, about: str, place: str, readers: frozenset[str], **more: Any) -> None:
        given = {"is_public": False, "is_of_own_party": False, "is_shown": False, **more}
        self.world.canaries[token] = Canary(token=token, about=about, place=place, readers=readers, **given)

    def words(self, model: type[models.Model], place: str, label: str, owner: type[models.Model], **how: Any) -> Any:
        """Give a word for every text of a model, and remember who may read it."""
        is_public, is_own = how["is_public"], how["is_own"]
        made: dict[str, Any] = {}
        for column in texts_of(model):
            self.world.fields.add((model, column.name))
            token = self._word(f"{model.__name__} {column.name} {place} {label}")
            inside = DRAFTS[owner] if column.name == "withdrawn_because" else INSIDE.get((model, column.name))
            self._note(
                token,
                f"{model.__name__}.{column.name} {label}",
                place,
                inside or DRAFTS[owner],
                is_public=is_public and inside is None,
                is_of_own_party=is_own,
                is_shown=how.get("is_shown", True)
                and (model, column.name) not in SHOWN_NOWHERE
                and column.name != "withdrawn_because",
            )
            made[column.name] = f"https://{token}.example" if isinstance(column, models.URLField) else token
        return made

    def key(self, model: type[models.Model], place: str, label: str, **how: Any) -> str:
        """Give a public name that is a canary itself: nobody may learn of it who may not know of the thing."""
        token = self._word(f"{model.__name__} key {place} {label}")
        self._note(
            token,
            f"{model.__name__}.key {label}",
            place,
            DRAFTS[model],
            is_public=how["is_public"],
            is_of_own_party=how["is_own"],
            is_shown=how.get("is_shown", True),
        )
        return token

    def thing(self, model: Any, place: str, label: str, **values: Any) -> Any:
        """Make a thing full of canaries; ``is_public``, ``is_own`` and ``is_shown`` say whose they are."""
        how = {name: values.pop(name, default) for name, default in HOW.items()}
        given = {
            **self.words(model, place, label, model, **how),
            "key": self.key(model, place, label, **how),
            "programme": self.world.programme,
            **self.world.places[place],
            "author": self.author,
            **values,
        }
        return model.objects.create(**given)

    def part(self, model: Any, owner: Any, name: str, place: str, label: str, **values: Any) -> Any:
        """Make a part of a thing: a report, a consent, a dissent."""
        how = {name: values.pop(name, default) for name, default in HOW.items()}
        return model.objects.create(
            **{name: owner}, **{**self.words(model, place, label, type(owner), **how), **values}
        )

    def attach(self, thing: Any, place: str, label: str, **how: Any) -> None:
        """Lay a file with a thing: its name, what it shows, and what is in it."""
        words = self.words(Attachment, place, f"{type(thing).__name__} {label}", type(thing), **how)
        inside = self._word(f"bytes {type(thing).__name__} {place} {label}")
        self._note(inside, f"bytes of a file of {type(thing).__name__} {label}", place, DRAFTS[type(thing)],
                   is_public=how["is_public"], is_of_own_party=how["is_own"])  # fmt: skip
        made = Attachment.objects.create(
            programme=self.world.programme, kind=thing.KIND, thing=thing.key, author=self.author,
            media_type="text/plain", size=len(inside), sha256=sha256(inside.encode()).hexdigest(),
            **{**words, "name": f"{words['name']}.txt"},
        )  # fmt: skip
        AttachmentBytes.objects.create(attachment=made, content=inside.encode())


def _unvisited(programme: Any, *planted: Any) -> frozenset[str]:
    """Give the neighbourhoods that nobody opens: all but the planted ones, another in the city of each, and one more.

    A page of a neighbourhood is one template over the rows of its city and programme. One without rows of its own is
    therefore told apart by its city only: that of a planted one, in which there may be a role, or any other.
    """
    cities = {one.gemeente for one in planted}
    others = [one for one in programme.neighbourhoods if one not in planted]
    standing = {(one.gemeente if one.gemeente in cities else ""): one for one in others}
    return frozenset(programme.code_of(one) for one in others if one not in standing.values())


HOW = {"is_public": False, "is_own": False, "is_shown": True}


def texts_of(model: type[models.Model]) -> Iterator["models.Field[Any, Any]"]:
    """Give the columns in which people write."""
    for column in model._meta.fields:
        is_text = isinstance(column, models.CharField | models.TextField) and not column.choices
        if is_text and column.name not in CODES:
            yield column


def fill(planter: Planter, place: str, *, only_hidden: bool = False) -> None:
    """Make things of every kind in a place: public ones, drafts of one's own party, and drafts of another."""
    own, other = _partners(planter, place, only_hidden)
    shown = place != "wide"
    labels = [("draft of its own", False, own, True), ("draft of another", False, other, False)]
    if not only_hidden and shown:
        labels.insert(0, ("public", True, own, True))
    for label, is_public, partner, is_own in labels:
        how = {"is_public": is_public, "is_own": is_own}
        _agreed(planter, place, label, partner, how)
        _done(planter, place, label, partner, how)
        _seen(planter, place, label, partner, how)
        if shown:
            _decided(planter, place, label, how)
            _told(planter, place, label, partner, how)


def _partners(planter: Planter, place: str, only_hidden: bool) -> tuple[Any, Any]:
    """Make a party whose name is in public things, and one of which only who works there may know."""
    public = {"is_public": not only_hidden and place != "wide", "is_own": True}
    own = planter.thing(Partner, place, "own party", kind="other", **public, is_shown=True)
    planter.world.canaries[own.key] = Canary(
        **{**vars(planter.world.canaries[own.key]), "is_public": False},
    )
    other = planter.thing(Partner, place, "another party", kind="other")
    Partner.objects.filter(pk__in=[own.pk, other.pk]).update(area="")
    return own, other


def _agreed(planter: Planter, place: str, label: str, partner: Any, how: dict[str, bool]) -> None:
    state = "published" if how["is_public"] else "draft"
    agreement = planter.thing(Agreement, place, label, state=state, **how, signed_on=DAY)
    agreement.partners.add(partner)
    item = planter.thing(
        Item, place, label, agreement=agreement, partner=partner, due=date(2024, 1, 1), **how,
        state="underway" if how["is_public"] else "proposed", reason_class="revised", end_class="revised",
        budget_cents=100,
    )  # fmt: skip
    for model in (Report, Finding):
        planter.part(model, item, "item", place, label, by=planter.author, on=DAY, status="underway", **how)
    Signature.objects.create(agreement=agreement, partner=partner, by=planter.author, at=timezone.now())
    planter.attach(item, place, label, **how)
    planter.attach(agreement, place, label, **how)


def _done(planter: Planter, place: str, label: str, partner: Any, how: dict[str, bool]) -> None:
    measure = planter.thing(
        Measure, place, label, state="ended" if how["is_public"] else "draft", started=DAY, ended=DAY,
        end_class="secured", partner=partner, **how,
    )  # fmt: skip
    planter.part(Output, measure, "measure", place, label, year=2025, quantity=3.0, by=planter.author, **how)


def _seen(planter: Planter, place: str, label: str, partner: Any, how: dict[str, bool]) -> None:
    state = "published" if how["is_public"] else "draft"
    visit = planter.thing(Visitation, place, label, state=state, on=DAY, **how)
    planter.thing(Recommendation, place, label, visitation=visit, partner=partner, answer="agree", **how)
    planter.thing(Review, place, label, state=state, **how)
    planter.thing(Ambition, place, label, state="approved" if how["is_public"] else "draft", **how)


def _decided(planter: Planter, place: str, label: str, how: dict[str, bool]) -> None:
    talk = planter.thing(Talk, place, label, on=DAY)
    planter.part(Participant, talk, "talk", place, label)
    planter.part(Dissent, talk, "talk", place, label, by=planter.author, at=timezone.now())
    decision = planter.thing(
        Decision, place, label, course="continue", proposal="continue", talk=talk, **how,
        state="decided" if how["is_public"] else "draft", decided_on=DAY, parliament_informed_on=DAY,
    )  # fmt: skip
    planter.part(Ground, decision, "decision", place, label, **how)
    planter.attach(talk, place, label, is_public=False, is_own=False)


def _told(planter: Planter, place: str, label: str, partner: Any, how: dict[str, bool]) -> None:
    story = planter.thing(
        Story, place, label, state="published" if how["is_public"] else "draft", year=2025, partner=partner, **how
    )
    planter.part(Consent, story, "story", place, label, given_on=DAY, **how)
    planter.attach(story, place, label, **how)
    planter.thing(Document, place, label, state="sent" if how["is_public"] else "draft", sort="erratum", **how)


def plant(shelf: Shelf) -> Planted:
    """Make the whole world."""
    planter = Planter(shelf)
    world = planter.world
    for place in world.places:
        fill(planter, place)
    promise = Promise.objects.create(
        programme=world.programme, **world.places["here"], author=planter.author, kind="motion", due=DAY,
        answered_on=DAY, state="answered",
        **{column.name: planter._word(f"Promise {column.name}") for column in texts_of(Promise)},
    )  # fmt: skip
    for column in texts_of(Promise):
        world.fields.add((Promise, column.name))
        is_hidden = column.name == "withdrawn_because"
        planter._note(getattr(promise, column.name), f"Promise.{column.name}", "here", WORKERS, is_public=not is_hidden)
    _logbook(planter)
    _people(planter)
    _uploads(planter)
    return world


def _logbook(planter: Planter) -> None:
    """Write lines with their reasons, for which nobody has a page."""
    for place, thing in enumerate(Measure.objects.order_by("pk")):
        line = Line.objects.create(
            number=place + 1, at=timezone.now(), actor=str(planter.author.pk), verb="approve", kind="measure",
            thing=thing.key, programme=thing.programme, content="0" * 64, before="0" * 64, seal="0" * 64,
        )  # fmt: skip
        reason = planter._word(f"reason {thing.key}")
        Content.objects.create(line=line, salt="0", said=f'{{"reason": "{reason}", "payload": {{}}}}')
        planter._note(reason, "a reason in the logbook", "here", frozenset({"auditor"}))


def _people(planter: Planter) -> None:
    """Give everybody a role: in one city, in another, in the whole programme, and in another programme."""
    world = planter.world
    world.visitors["nobody"] = Visitor(name="nobody", role="", places=frozenset(), account=None)
    for role in Role:
        for place in ("here", "there"):
            _somebody(planter, f"{role} {place}", role, place, {"city": world.places[place]["city"]})
    for role in (Role.MANAGER, Role.AUDITOR):
        _somebody(planter, f"{role} everywhere", role, "wide", {})
    _somebody(planter, "manager elsewhere", Role.MANAGER, "", {"programme": "elders"})


def _somebody(planter: Planter, name: str, role: Role, place: str, reach: dict[str, str]) -> None:
    world = planter.world
    token, told = planter._word(f"e-mail {name}"), planter._word(f"name {name}")
    account = Account.objects.create_user(f"{token}@voorbeeld.example", told)
    party = None
    if role is Role.PARTNER:
        party = Partner.objects.get(key=planter._word(f"Partner key {place} own party")).pk
    Grant.objects.create(account=account, role=role, party=party, **{"programme": world.programme, **reach})
    places = frozenset(world.places) if place == "wide" else frozenset({place} if place else ())
    world.visitors[name] = Visitor(name=name, role=role, places=places, account=account)
    in_charge = frozenset({"administrator", "auditor"})
    planter._note(token, f"e-mail of {name}", place or "elsewhere", in_charge, only=name, is_shown=True)
    planter._note(told, f"name of {name}", place or "elsewhere", NEVER, only=name, is_shown=True)


def _uploads(planter: Planter) -> None:
    """Leave a workbook of one manager waiting."""
    word, mark = planter._word("upload"), planter._word("mark")
    Upload.objects.create(
        programme=planter.world.programme, by=planter.world.visitors["manager here"].account, name=f"{word}.xlsx",
        content=word.encode(), report={},
    )  # fmt: skip
    Imported.objects.create(programme=planter.world.programme, kind="measure", mark=mark, thing="0" * 16)
    planter._note(word, "a workbook that waits", "here", NEVER, only="manager here")
    planter._note(mark, "the mark of a row", "here", WORKERS)
