"""The dossier and the steering page: in time order, nothing that may not be known, as many questions however much."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wijkpeil.domain.verdict import Verdict
from wijkpeil.web.accounts.roles import Role
from wijkpeil.web.programmes import talks
from wijkpeil.web.programmes.dashboard import dashboard
from wijkpeil.web.programmes.dossier import dossier
from wijkpeil.web.programmes.models import (
    Agreement,
    Ambition,
    Decision,
    Ground,
    Item,
    Measure,
    Participant,
    Promise,
    Recommendation,
    Story,
    Talk,
    Visitation,
)
from wijkpeil.web.programmes.proposal import BOTH, Judged, Level
from wijkpeil.web.programmes.seeing import seen_by

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
BEFORE = [Judged(indicator="i1", comparator=BOTH[0], level=Level.NOT_BEHIND, verdict=Verdict.CATCHING_UP)]
AFTER = [Judged(indicator="i1", comparator=BOTH[0], level=Level.BEHIND, verdict=Verdict.FALLING_BEHIND)]
CANARY = "kanarie"


def lived_in(world, number=0):
    """Put one of everything in a neighbourhood: what is public, and a draft with a canary in every field."""
    partner = world.partner(f"Partij {number}")
    author = world["manager"]
    where = {**world.place, "author": author}
    agreement = Agreement.objects.create(
        **where, title=f"Afspraak {number}", state="published", signed_on=date(2025, 1, 1)
    )
    item = {"partner": partner, "due": date(2026, 1, 1), "evidence_needed": "x", "state": "agreed"}
    Item.objects.create(
        **where, agreement=agreement, what="Opknappen", budget_cents=100, budget_status="committed", **item
    )
    draft = Agreement.objects.create(**where, title=CANARY, text=CANARY)
    Item.objects.create(**where, agreement=draft, what=CANARY, **item)
    Ambition.objects.create(**where, theme="wonen", words="Groen", satisfied_when="ooit", state="approved")
    Ambition.objects.create(**where, theme="wonen", words=CANARY, satisfied_when=CANARY)
    given = {"aim": "jongeren naar werk helpen", "mechanism": "m", "theme": "werken", "partner": partner}
    Measure.objects.create(
        **where,
        name=f"Oud {number}",
        state="ended",
        started=date(2023, 1, 1),
        ended=date(2025, 1, 1),
        end_class="completed",
        **given,
    )
    Measure.objects.create(**where, name=f"Nieuw {number}", state="approved", started=date(2025, 6, 1), **given)
    Measure.objects.create(**where, name=CANARY, started=date(2025, 6, 1), **given)
    talk = talks.add(
        Talk(**world.place, on=date(2026, 2, 1), minutes=CANARY, about=CANARY),
        [Participant(name=CANARY, role="bewoner", is_resident=True)],
        by=world["manager"],
    )
    for who, state in (("Uitgeprobeerd", "decided"), (CANARY, "draft")):
        made = Decision.objects.create(
            **where,
            course="continue",
            why=who,
            talk=talk,
            edition="2026-05",
            proposal="continue",
            objections=CANARY,
            verdicts=[{"indicator": "i1", "comparator": BOTH[0], "verdict": "catching_up"}],
            state=state,
            decided_on=date(2026, 3, 1) if state == "decided" else None,
        )
        Ground.objects.create(decision=made, name="CBS", says="x")
    seen = Visitation.objects.create(
        **where, committee="Commissie", on=date(2026, 4, 1), findings="Plan", state="published"
    )
    Recommendation.objects.create(**where, visitation=seen, text="Doe iets")
    hidden = Visitation.objects.create(**where, committee=CANARY, on=date(2026, 4, 1), findings=CANARY)
    Recommendation.objects.create(**where, visitation=hidden, text=CANARY)
    Promise.objects.create(**where, kind="motion", paper="30995", text="Evaluatie", due=date(2026, 5, 1))
    Story.objects.create(**where, title="Tuin", text="Mooi", evidence="Foto", year=2025, state="published")
    Story.objects.create(**where, title=CANARY, text=CANARY, evidence=CANARY, year=2025)
    over = TODAY.replace(year=2020)
    Story.objects.create(
        **where, title=CANARY, text=CANARY, evidence="x", year=2025, state="published", shown_until=over
    )


def of(world, by, judged=()):
    return dossier(world.programme, world.city, world.area, by=by, today=TODAY, judged=judged)


def count(call):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        call()
    return len(asked)


def test_the_public_sees_what_is_approved_in_time_order_and_not_one_canary(world):
    lived_in(world)
    found = of(world, None)
    assert CANARY not in repr(found.entries) + repr(found.open_ends)
    days = [one.on for one in found.entries]
    assert days == sorted(days, reverse=True)
    assert [one.kind for one in found.open_ends] == ["item", "decision", "recommendation", "promise"]


def test_who_works_in_the_neighbourhood_sees_the_drafts_marked_as_such(world):
    lived_in(world)
    found = of(world, world["manager"])
    drafts = [one for one in found.entries if CANARY in repr(one)]
    assert {one.kind for one in drafts} == {
        "ambition",
        "agreement",
        "measure",
        "talk",
        "decision",
        "visitation",
        "story",
    }
    assert all(one.is_draft for one in drafts)


def test_what_a_later_edition_revises_is_told_in_the_dossier(world):
    lived_in(world)
    assert of(world, None, BEFORE).revised == []
    assert [(one.before, one.after) for one in of(world, None, AFTER).revised] == [("catching_up", "falling_behind")]


def test_a_dossier_asks_as_many_questions_however_much_there_is(world):
    lived_in(world)
    few = count(lambda: of(world, None))
    for number in range(1, 5):
        lived_in(world, number)
    assert count(lambda: of(world, None)) == few <= 14


def test_the_dashboard_counts_only_what_one_may_know(world):
    lived_in(world)
    cities = {world.area: world.city, "wijkaanpak.elders": world.city}
    public = dashboard(world.programme, cities, by=None, today=TODAY)
    assert (public.count_late_items, public.open_recommendations, public.money.committed) == (1, 1, 100)
    assert (public.talks_due, public.carousel) == ([], [])
    inside = dashboard(world.programme, cities, by=world.somebody("manager", area="", city=""), today=TODAY)
    assert (inside.count_late_items, inside.open_recommendations) == (2, 2)
    assert [one.area for one in inside.talks_due] == ["wijkaanpak.elders"], "a talk in February is young enough"
    assert ("Oud 0", "Nieuw 0") in [(one.before.name, one.after.name) for one in inside.carousel]


def test_a_dashboard_asks_as_many_questions_however_much_there_is(world):
    lived_in(world)
    ask = lambda: dashboard(world.programme, {world.area: world.city}, by=None, today=TODAY)  # noqa: E731
    few = count(ask)
    for number in range(1, 5):
        lived_in(world, number)
    assert count(ask) == few <= 10


def test_asking_the_database_who_may_see_gives_the_same_as_asking_each_thing(world):
    lived_in(world)
    kinds = (Agreement, Ambition, Decision, Item, Measure, Promise, Recommendation, Story, Talk, Visitation)
    partner = world.somebody(Role.PARTNER, Item.objects.first().partner)
    for by in (None, partner, *(world.somebody(role) for role in Role if role != Role.PARTNER)):
        for kind in kinds:
            one_by_one = {
                one.pk
                for one in kind.objects.all()
                if one.is_public or (by is not None and by.may(kind.KIND, "read", one.place))
            }
            assert set(seen_by(kind.objects.all(), by).values_list("pk", flat=True)) == one_by_one, (by, kind)


def test_a_page_of_steering_asks_as_many_questions_however_much_there_is(world, signed_in, visitor):
    lived_in(world)
    manager = signed_in(world["manager"])
    pages = [
        (visitor, "sturing", 8),
        (manager, "sturing", 16),
        (visitor, f"wijk/{world.area}", 13),
        (manager, f"wijk/{world.area}", 18),
        (manager, "onderdelen", 7),
        (manager, "maatregelen/draaimolen", 8),
    ]
    ask = lambda: [count(lambda: who.get(f"/programma/{world.programme}/{page}")) for who, page, _ in pages]  # noqa: B023, E731
    ask()
    few = ask()
    for number in range(1, 4):
        lived_in(world, number)
    ask()
    assert ask() == few
    assert all(asked <= most for asked, (_, _, most) in zip(few, pages, strict=True)), few
