"""The triggers: what was signed or decided does not change, by whatever statement; only the law empties its texts."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from wijkpeil.web.accounts.roles import Kind, Verb
from wijkpeil.web.logbook.writing import write
from wijkpeil.web.programmes import agreements, decisions, guards
from wijkpeil.web.programmes.agreements import Treatment
from wijkpeil.web.programmes.models import Agreement, Decision, Ground, Item, Participant, Signature, Talk

from .conftest import fresh

STEP = "what was signed or decided does not change"


def decided(world):
    """Make a decision that was taken, on two sources."""
    talk = Talk.objects.create(**world.place, author=world["manager"], on=date(2026, 3, 2))
    Participant.objects.create(talk=talk, name="N.", role="bewoner", is_resident=True)
    made = Decision.objects.create(
        **world.place,
        author=world["manager"],
        course="wind_down",
        why="Het gaat goed.",
        talk=talk,
        edition="voorbeeld",
        proposal="continue",
        verdicts=[{"indicator": "i1", "verdict": "steady"}],
        returns_when="Als het slechter gaat.",
    )
    for name in ("CBS", "Politie"):
        Ground.objects.create(decision=made, name=name, says="Cijfers")
    decisions.submit(made, by=world["manager"], reason="", seen=made.version)
    made = fresh(made)
    decisions.decide(made, on=date(2026, 4, 1), by=world["minister"], reason="", seen=made.version)
    return fresh(made)


def run(statement):
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute(statement)


def refused(statement):
    with pytest.raises(DatabaseError, match=STEP):
        run(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE programmes_agreement SET title = 'x'",
        "UPDATE programmes_agreement SET text = 'x'",
        "UPDATE programmes_agreement SET why = 'x'",
        "UPDATE programmes_agreement SET valid_to = '2030-01-01'",
        "UPDATE programmes_agreement SET state = 'draft'",
        "UPDATE programmes_agreement SET title = ''",
        "DELETE FROM programmes_agreement",
        "UPDATE programmes_item SET what = 'x'",
        "UPDATE programmes_item SET partner_id = partner_id + 1",
        "UPDATE programmes_item SET budget_cents = 1",
        "UPDATE programmes_item SET budget_cents = NULL",
        "UPDATE programmes_item SET due = '2030-01-01'",
        "UPDATE programmes_item SET evidence_needed = 'x'",
        "UPDATE programmes_item SET reason_class = 'revised'",
        "UPDATE programmes_item SET why = 'x'",
        "DELETE FROM programmes_item",
        "UPDATE programmes_signature SET at = '2020-01-01 00:00:00'",
        "UPDATE programmes_signature SET partner_id = partner_id + 1",
        "DELETE FROM programmes_signature",
        "DELETE FROM programmes_agreement_partners",
        "UPDATE programmes_agreement_partners SET partner_id = partner_id + 1",
    ],
)
def test_no_statement_changes_what_was_signed(world, corporation, municipality, statement):
    world.sign(world.agreement(corporation, municipality))
    refused(statement)


@pytest.mark.parametrize("state", ["signed", "published", "replaced"])
def test_a_version_stands_fast_in_every_state_after_its_signatures(world, corporation, municipality, state):
    made = world.sign(world.agreement(corporation, municipality))
    steps = ["signed", "published", "replaced"]
    for step in steps[1 : steps.index(state) + 1]:
        Agreement.objects.filter(pk=made.pk).update(state=step)
    refused("UPDATE programmes_agreement SET title = 'x'")
    refused("UPDATE programmes_item SET what = 'x'")


def test_nothing_is_added_to_what_was_signed_or_moved_into_it(world, corporation, municipality):
    made = world.sign(world.agreement(corporation, municipality))
    draft = world.agreement(corporation, municipality)
    other = world.partner("School", "school")
    item, loose = made.items.first(), draft.items.first()
    for change in (
        lambda: world_item(world, made, corporation),
        lambda: made.partners.add(other),
        lambda: item.supporting.add(other),
        lambda: Signature.objects.create(agreement=made, partner=other, by=world["manager"], at=timezone.now()),
        lambda: Item.objects.filter(pk=loose.pk).update(agreement=made),
    ):
        with pytest.raises(DatabaseError, match=STEP), transaction.atomic():
            change()
    Item.objects.filter(pk=loose.pk).update(what="Een concept verandert wel")


def world_item(world, agreement, partner):
    Item.objects.create(
        **world.place,
        author=world["coordinator"],
        agreement=agreement,
        what="Erbij",
        partner=partner,
        due=date(2027, 1, 1),
        evidence_needed="x",
    )


def test_what_happens_to_a_signed_version_still_happens(world, corporation, municipality):
    made = world.published(corporation, municipality)
    treatments = {item.key: Treatment() for item in made.items.all()}
    new = agreements.renegotiate(made, treatments, by=world["coordinator"], reason="Anders", seen=made.version)
    world.publish(new)
    assert fresh(made).state == "replaced"
    assert {item.state for item in made.items.all()} == {"revised"}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE programmes_decision SET course = 'continue'",
        "UPDATE programmes_decision SET why = 'x'",
        "UPDATE programmes_decision SET verdicts = '[]'",
        "UPDATE programmes_decision SET edition = 'x'",
        "UPDATE programmes_decision SET state = 'draft'",
        "UPDATE programmes_decision SET talk_id = NULL",
        "UPDATE programmes_decision SET decided_on = '2020-01-01'",
        "UPDATE programmes_decision SET why = ''",
        "DELETE FROM programmes_decision",
        "UPDATE programmes_ground SET says = 'x'",
        "UPDATE programmes_ground SET name = 'x'",
        "DELETE FROM programmes_ground",
        'INSERT INTO programmes_ground (decision_id, name, "where", says) '
        "SELECT id, 'Erbij', '', 'x' FROM programmes_decision",
    ],
)
def test_no_statement_changes_what_was_decided(world, statement):
    decided(world)
    refused(statement)


def test_parliament_is_still_informed_of_a_decision(world):
    made = decided(world)
    decisions.inform(made, on=date(2026, 4, 2), paper="30995-1", by=world["minister"], reason="", seen=made.version)
    assert fresh(made).parliament_paper == "30995-1"


def test_the_law_empties_a_text_once_the_logbook_says_so_and_writes_nothing_else(world, corporation, municipality):
    made, taken = world.sign(world.agreement(corporation, municipality)), decided(world)
    for kind, thing in ((Kind.AGREEMENT, made.key), (Kind.DECISION, taken.key)):
        with transaction.atomic():
            write(by=None, verb=Verb.ERASE, kind=kind, thing=thing, programme="p", reason="wet", payload={})
    run("UPDATE programmes_agreement SET text = '', title = ''")
    run("UPDATE programmes_decision SET why = ''")
    run("UPDATE programmes_ground SET says = ''")
    refused("UPDATE programmes_agreement SET title = 'x'")
    refused("UPDATE programmes_ground SET name = ''")
    refused("UPDATE programmes_item SET what = ''")
    refused("UPDATE programmes_decision SET course = 'continue'")


def test_a_row_put_in_the_place_of_another_is_refused(world, corporation, municipality):
    if connection.vendor != "sqlite":
        pytest.skip("Only SQLite puts a row in the place of another.")
    world.sign(world.agreement(corporation, municipality))
    decided(world)
    for table in ("agreement", "item", "signature", "decision", "ground"):
        refused(f"INSERT OR REPLACE INTO programmes_{table} SELECT * FROM programmes_{table}")


def test_no_table_is_emptied_at_once(world):
    if connection.vendor != "postgresql":
        pytest.skip("Only PostgreSQL empties a table at once.")
    refused("TRUNCATE programmes_decision CASCADE")


def test_a_guard_that_was_taken_away_is_missed(world):
    assert guards.missing(connection) == []
    guards.take_down(connection)
    assert len(guards.missing(connection)) == len(guards.GUARDED)
    guards.put_up(connection)
    assert guards.missing(connection) == []


@pytest.mark.parametrize("about", [{"attachment": "a1"}, {"report": 1}, {"why": '{"payload": {}, '}])
def test_a_line_about_a_part_of_a_thing_empties_none_of_its_texts(world, corporation, municipality, about):
    made = world.sign(world.agreement(corporation, municipality))
    reason = '{"payload": {}, "reason": ""}'
    with transaction.atomic():
        write(
            by=None, verb=Verb.ERASE, kind=Kind.AGREEMENT, thing=made.key, programme="p", reason=reason, payload=about
        )
    refused("UPDATE programmes_agreement SET title = ''")
