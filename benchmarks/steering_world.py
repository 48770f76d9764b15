"""A programme after ten busy years, drawn by chance and put into a database at once: every state, public and not."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from django.contrib.auth.hashers import make_password
from django.test import Client

from wijkpeil.web.accounts.models import Account, Grant
from wijkpeil.web.accounts.roles import Role
from wijkpeil.web.accounts.sessions import FACTOR
from wijkpeil.web.logbook.models import Content, Line
from wijkpeil.web.programmes import models

WORDS = ["".join(Random(number).choices("aeioubdfgklmnprstvw", k=8)) for number in range(400)]
"""So many that two texts are seldom alike by chance."""
BACK = 0.04
"""Such a part of the measures has the aim of an earlier one in the same neighbourhood."""
TODAY = date(2026, 11, 24)


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much there is in the whole programme."""

    measures: int = 3_000
    items: int = 10_000
    lines: int = 200_000
    partners: int = 180
    agreements: int = 400


SMALL = Size(measures=300, items=1_000, lines=20_000, partners=60, agreements=60)


def fill(programme: str, places: Mapping[str, str], size: Size, *, indicators: Sequence[str]) -> None:
    """Fill an empty database; the same on every run but for the random names of things."""
    draw = Random(1)
    author = Account(email="schrijver@wijkpeil.example", name="Schrijver", password=make_password(None))
    author.save()
    areas = list(places)

    def where(number: int) -> dict[str, Any]:
        area = areas[number % len(areas)]
        return {"programme": programme, "city": places[area], "area": area, "author": author, "made_at": _at(draw)}

    partners = _put(
        models.Partner(**where(number), name=f"Partij {number}", kind="other") for number in range(size.partners)
    )
    agreements = _put(_agreement(draw, where(number), number) for number in range(size.agreements))
    models.Agreement.partners.through.objects.bulk_create(
        models.Agreement.partners.through(agreement=one, partner=partners[(place + step) % len(partners)])
        for place, one in enumerate(agreements)
        for step in range(3)
    )
    items = _put(_item(draw, agreements, partners, number, author) for number in range(size.items))
    _put(
        models.Report(
            item=one, by=author, on=_day(draw), status="underway", text="Loopt.", spent_cents=draw.randrange(9)
        )
        for one in items
        if draw.random() < 0.8
    )
    aims = [_say(draw, 10) for _ in range(size.measures)]
    for number in range(len(areas), size.measures):
        if draw.random() < BACK:
            aims[number] = aims[number - len(areas)]
    _put(_measure(draw, where(number), partners, aims[number], indicators) for number in range(size.measures))
    _steered(draw, where, len(areas), indicators)
    _lines(programme, items, size.lines, author)


def reader() -> Client:
    """Give somebody who is not logged in."""
    return Client(headers={"host": "localhost"})


def manager(programme: str) -> Client:
    """Give the manager of the whole programme, who is logged in."""
    account = Account.objects.create_user("manager@wijkpeil.example", "Manager")
    Grant.objects.create(account=account, role=Role.MANAGER, programme=programme)
    client = reader()
    client.force_login(account)
    session = client.session
    session[FACTOR] = True
    session.save()
    return client


def _put(things: Iterable[Any]) -> list[Any]:
    made = list(things)
    type(made[0])._default_manager.bulk_create(made, batch_size=2_000)
    return made


def _say(draw: Random, count: int) -> str:
    return " ".join(draw.sample(WORDS, count))


def _day(draw: Random, first: int = 2016) -> date:
    return date(first, 1, 1) + timedelta(days=draw.randrange((TODAY - date(first, 1, 1)).days))


def _at(draw: Random) -> datetime:
    return datetime.combine(_day(draw), datetime.min.time(), tzinfo=UTC)


def _agreement(draw: Random, where: dict[str, Any], number: int) -> models.Agreement:
    state = draw.choices(["published", "replaced", "signed", "draft"], [6, 2, 1, 1])[0]
    signed = None if state == "draft" else _day(draw)
    return models.Agreement(**where, title=f"Afspraak {number}", text=_say(draw, 20), state=state, signed_on=signed)


def _item(
    draw: Random, agreements: Sequence[Any], partners: Sequence[Any], number: int, author: Account
) -> models.Item:
    of = agreements[number % len(agreements)]
    return models.Item(
        programme=of.programme,
        city=of.city,
        area=of.area,
        author=author,
        agreement=of,
        partner=draw.choice(partners),
        what=_say(draw, 12),
        state=draw.choices(["agreed", "underway", "late", "kept", "partly", "stopped"], [2, 3, 1, 5, 1, 1])[0],
        due=_day(draw) + timedelta(days=730),
        evidence_needed="Opleveringsrapport",
        budget_cents=draw.choice([None, draw.randrange(10_000_000)]),
        budget_status=draw.choice(["indicative", "committed", "spent"]),
    )


def _measure(
    draw: Random, where: dict[str, Any], partners: Sequence[Any], aim: str, indicators: Sequence[str]
) -> models.Measure:
    started, state = _day(draw), draw.choices(["approved", "ended", "draft"], [4, 5, 1])[0]
    ended = min(TODAY, started + timedelta(days=draw.randrange(180, 1_500))) if state == "ended" else None
    return models.Measure(
        **where,
        name=f"Project {_say(draw, 2)}",
        aim=aim,
        mechanism=_say(draw, 15),
        theme="werken",
        state=state,
        started=started,
        ended=ended,
        end_class="completed" if ended else "",
        evaluated_by="Onderzoek" if draw.random() < 0.2 else "",
        indicators=draw.sample(list(indicators), min(3, len(indicators))),
        lag=draw.randrange(1, 5),
        partner=draw.choice(partners),
        cost_cents=draw.randrange(100_000_000),
    )


def _steered(draw: Random, where: Any, areas: int, indicators: Sequence[str]) -> None:
    """Put what is said, decided, seen, promised and told of every neighbourhood, several times each."""
    talks = _put(
        models.Talk(**where(number), on=_day(draw, 2022), about="Hoe staat het ervoor") for number in range(areas * 4)
    )
    _put(models.Participant(talk=one, role=role) for one in talks for role in ("bewoner", "gemeente", "corporatie"))
    verdicts = [{"indicator": id_, "comparator": "rest_of_city", "verdict": "steady"} for id_ in indicators]
    decisions = _put(
        models.Decision(
            **where(number),
            course=draw.choice(["continue", "wind_down", "intensify"]),
            why=_say(draw, 20),
            talk=talks[number],
            edition="voorbeeld",
            proposal="continue",
            verdicts=verdicts,
            state="decided" if number < areas * 3 else "draft",
            decided_on=_day(draw, 2022) if number < areas * 3 else None,
        )
        for number in range(areas * 4)
    )
    _put(models.Ground(decision=one, name=name, says="Cijfers") for one in decisions for name in ("CBS", "Politie"))
    seen = _put(
        models.Visitation(
            **where(number), committee="Commissie", on=_day(draw), findings=_say(draw, 30), state="published"
        )
        for number in range(areas * 2)
    )
    _put(
        models.Recommendation(**where(number), visitation=seen[number % len(seen)], text=_say(draw, 12))
        for number in range(areas * 10)
    )
    _put(
        models.Promise(**where(number), kind="motion", paper=f"30995-{number}", text=_say(draw, 12), due=_day(draw))
        for number in range(areas * 4)
    )
    _put(
        models.Ambition(**where(number), theme="wonen", words=_say(draw, 12), satisfied_when="ooit", state="approved")
        for number in range(areas * 6)
    )
    _put(
        models.Story(
            **where(number), title=_say(draw, 3), text=_say(draw, 25), evidence="Foto", year=2024, state="published"
        )
        for number in range(areas * 8)
    )


def _lines(programme: str, items: Sequence[Any], count: int, author: Account) -> None:
    """Write lines as a logbook holds them; their seals are no seals, as nobody verifies them here."""
    seal, said, actor = secrets.token_hex(32), '{"payload": {"state": "underway"}, "reason": ""}', str(author.pk)
    at = datetime(2016, 1, 1, tzinfo=UTC)
    for first in range(0, count, 20_000):
        numbers = range(first + 1, min(count, first + 20_000) + 1)
        Line.objects.bulk_create(
            [
                Line(
                    number=number,
                    at=at + timedelta(minutes=number),
                    actor=actor,
                    verb="change",
                    kind="item",
                    thing=items[number % len(items)].key,
                    programme=programme,
                    content=seal,
                    before=seal,
                    seal=seal,
                )
                for number in numbers
            ],
            batch_size=2_000,
        )
        Content.objects.bulk_create(
            [Content(line_id=number, salt=seal[:32], said=said) for number in numbers], batch_size=2_000
        )
