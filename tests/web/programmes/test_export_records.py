"""A record holds what is for the one who asks: nothing of drafts, and no name, minute or dissent for the public."""

import json
from datetime import date

from django.utils import timezone

from wijkpeil.web.accounts.models import Account
from wijkpeil.web.accounts.roles import Role
from wijkpeil.web.programmes import items, measures
from wijkpeil.web.programmes.models import (
    Ambition,
    Consent,
    Decision,
    Dissent,
    Ground,
    Output,
    Participant,
    Promise,
    Recommendation,
    Review,
    Story,
    Talk,
    Visitation,
)
from wijkpeil.web.programmes.record_shape import Audience
from wijkpeil.web.programmes.records import KINDS, fields_for, records

DAY = date(2026, 3, 1)


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


def everything(world, corporation, municipality, *, hidden: bool):
    """Make one of everything; where it is hidden, with a canary in every text."""
    mark = "KANARIE" if hidden else "open"
    place = {**world.place, "author": world["coordinator"]}
    state = "draft" if hidden else None
    Ambition.objects.create(**place, theme="wonen", words=mark, satisfied_when=mark, state=state or "approved")
    visitation = Visitation.objects.create(**place, committee=mark, on=DAY, findings=mark, state=state or "published")
    Recommendation.objects.create(**place, visitation=visitation, text=mark)
    Review.objects.create(**place, study="s", committee="c", verdict=mark, state=state or "published")
    talk = Talk.objects.create(**place, on=DAY, minutes="KANARIE-verslag", about="KANARIE-onderwerp")
    Participant.objects.create(talk=talk, name="KANARIE-naam", role="bewoner", is_resident=True)
    Dissent.objects.create(talk=talk, by=world["residents"], text="KANARIE-bezwaar", at=timezone.now())
    decision = Decision.objects.create(
        **place,
        course="continue",
        why=mark,
        edition="voorbeeld",
        proposal="continue",
        talk=talk,
        objections="KANARIE-bezwaren",
        state=state or "decided",
    )
    Ground.objects.create(decision=decision, name="Monitor", says=mark)
    story = Story.objects.create(
        **place, title=mark, text=mark, evidence="e", year=2025, portrayed=1, state=state or "published"
    )
    Consent.objects.create(story=story, name="KANARIE-portret", given_on=DAY)
    if not hidden:
        Promise.objects.create(**place, kind="motion", paper="p", text="t", due=DAY)
        agreement = world.published(corporation, municipality)
        item = agreement.items.order_by("pk").first()
        items.report(item, "underway", "Gemeld", by=world[item.partner.name], seen=item.version)
        item = fresh(item)
        items.find(item, "late", "Gezien", by=world["reviewer"], seen=item.version)
        measure = world.running(corporation)
        output = Output(year=2025, what="Trajecten", quantity=12, unit="jongeren", source="Register")
        measures.report(measure, output, by=world["coordinator"], seen=measure.version)
    else:
        agreement = world.agreement(corporation, municipality)
        agreement.items.update(what="KANARIE")
        world.measure(corporation, name="KANARIE", aim="KANARIE")


def test_the_public_gets_one_of_every_kind_and_nothing_that_is_hidden(world, corporation, municipality):
    everything(world, corporation, municipality, hidden=False)
    before = {kind: records(kind, world.programme, by=None) for kind in KINDS}
    assert all(before.values()), [kind for kind, found in before.items() if not found]
    everything(world, corporation, municipality, hidden=True)
    after = {kind: records(kind, world.programme, by=None) for kind in KINDS}
    assert after == before, "no count, order or key tells that something else is there"
    told = json.dumps(after, default=str)
    assert "KANARIE" not in told
    for person in Account.objects.all():
        assert str(person.pk) not in told
        assert person.name not in told
        assert person.email not in told


def test_a_record_has_the_fields_of_its_audience_in_their_order(world, corporation, municipality):
    everything(world, corporation, municipality, hidden=False)
    asked = {
        Audience.PUBLIC: None,
        Audience.PROGRAMME: world["coordinator"],
        Audience.AUDITOR: world.somebody(Role.AUDITOR),
    }
    for kind in KINDS:
        for audience, by in asked.items():
            for found in records(kind, world.programme, by=by):
                assert list(found) == [one.name for one in fields_for(kind, audience)], (kind, audience)


def test_who_works_elsewhere_gets_of_a_neighbourhood_what_everybody_gets(world, corporation, municipality):
    everything(world, corporation, municipality, hidden=False)
    everything(world, corporation, municipality, hidden=True)
    foreign = world.somebody(Role.MANAGER, city="GM9002", area="")
    for kind in KINDS:
        assert records(kind, world.programme, by=foreign) == records(kind, world.programme, by=None)
    mine = {kind: len(records(kind, world.programme, by=world["manager"])) for kind in KINDS}
    assert mine["besluiten"] == 2
    assert mine["afspraken"] == 2
    assert "KANARIE-bezwaren" in str(records("besluiten", world.programme, by=world["manager"]))


def test_the_key_of_a_thing_that_may_not_be_known_is_told_in_no_other_record(world, corporation, municipality):
    draft = world.agreement(corporation, municipality)
    measure = world.running(corporation)
    type(measure).objects.filter(pk=measure.pk).update(item=draft.items.first())
    assert records("maatregelen", world.programme, by=None)[0]["onderdeel"] is None
    assert records("maatregelen", world.programme, by=world["manager"])[0]["onderdeel"] is not None


def test_records_take_a_fixed_number_of_questions(world, corporation, django_assert_max_num_queries):
    for number in range(5):
        world.running(corporation, name=f"Maatregel {number}")
    manager = world["manager"]
    assert manager.held
    with django_assert_max_num_queries(4):
        assert len(records("maatregelen", world.programme, by=manager)) == 5


def test_every_field_says_what_it_is_and_has_a_name_of_its_own():
    for kind, told in KINDS.items():
        names = [one.name for one in told.fields]
        assert len(names) == len(set(names)), kind
        assert all(one.label and one.meaning.endswith(".") for one in told.fields), kind
        assert names[0] == "id"
