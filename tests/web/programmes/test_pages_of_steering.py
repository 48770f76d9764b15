"""The pages of the dossier and of talks, decisions, visitations, promises and stories, as people meet them."""

import pytest

from wijkpeil.publication import Shelf
from wijkpeil.web.programmes.models import Decision, Promise, Talk

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(example_shelf, world):
    """Put the small world in a programme and a neighbourhood of the example."""
    programme = Shelf(example_shelf).open("voorbeeld").policy.programmes[0]
    one = programme.neighbourhoods[0]
    world.programme, world.city, world.area = programme.id, one.gemeente, programme.code_of(one)
    return world


def at(world, *parts):
    return "/".join((f"/programma/{world.programme}", *parts))


def test_the_public_reads_the_dossier_and_the_steering_page(there, visitor):
    for address in (at(there, "wijk", there.area), at(there, "sturing"), at(there, "besluiten"), at(there, "verhalen")):
        answer = visitor.get(address)
        assert answer.status_code == 200, address
        assert "no-cache" in answer["Cache-Control"]
    assert visitor.get(at(there, "wijk", "nergens")).status_code == 404


def test_a_manager_records_a_talk_and_prepares_a_decision_that_the_ministry_takes(there, signed_in):
    manager, minister = signed_in(there["manager"]), signed_in(there["minister"])
    said = {"area": there.area, "on": "2026-03-02", "about": "Voortgang", "minutes": "", "reason": ""}
    wrong = manager.post(at(there, "gesprekken", "nieuw"), {**said, "participants": ""})
    assert wrong.status_code == 422
    assert "Voortgang" in wrong.content.decode(), "what was typed stays"
    people = {"participants": "bewoner van de Kade; Mevrouw Canarie\ngemeente; De heer B"}
    assert manager.post(at(there, "gesprekken", "nieuw"), {**said, **people}).status_code == 303
    talk = Talk.objects.get()
    assert talk.had_residents

    given = {
        "area": there.area,
        "course": "wind_down",
        "why": "Het gaat goed.",
        "talk": talk.key,
        "objections": "",
        "returns_when": "Als het misgaat.",
        "reason": "",
        **{f"bron_{place}{part}": "" for place in range(3) for part in ("", "_waar", "_zegt")},
    }
    one_source = {"bron_0": "CBS", "bron_0_zegt": "De wijk loopt in."}
    assert manager.post(at(there, "besluiten", "nieuw"), {**given, **one_source}).status_code == 303
    made = Decision.objects.get()
    assert made.edition == "voorbeeld" and made.verdicts and made.proposal_record["reasons"]
    page = at(there, "besluiten", made.key)
    refused = manager.post(f"{page}/voorleggen", {"seen": made.version, "reason": ""})
    assert refused.status_code == 409
    assert "minstens twee bronnen" in refused.content.decode()

    two = {**given, **one_source, "bron_1": "Visitatie", "bron_1_zegt": "De bewoners zijn trots.", "seen": made.version}
    assert manager.post(f"{page}/wijzigen", two).status_code == 303
    made.refresh_from_db()
    assert manager.post(f"{page}/voorleggen", {"seen": made.version, "reason": ""}).status_code == 303
    assert minister.get(page).status_code == 200
    made.refresh_from_db()
    day = {"seen": made.version, "reason": "", "on": "2026-04-01"}
    assert manager.post(f"{page}/besluiten", day).status_code == 403
    assert minister.post(f"{page}/besluiten", day).status_code == 303
    made.refresh_from_db()
    assert made.state == "decided"


def test_what_is_not_public_is_not_there_for_who_may_not_know_of_it(there, signed_in, visitor):
    manager = signed_in(there["manager"])
    said = {
        "area": there.area,
        "on": "2026-03-02",
        "about": "x",
        "minutes": "Canarie",
        "participants": "bewoner; Canarie",
        "reason": "",
    }
    manager.post(at(there, "gesprekken", "nieuw"), said)
    page = at(there, "gesprekken", Talk.objects.get().key)
    assert manager.get(page).status_code == 200
    assert manager.get(page)["Cache-Control"] == "private, no-store"
    nowhere = at(there, "gesprekken", "0" * 16)
    for who in (visitor, signed_in(there["reader"]), signed_in(there["administrator"])):
        assert who.get(page).status_code == who.get(nowhere).status_code == 404
        assert "Canarie" not in who.get(at(there, "wijk", there.area)).content.decode()
        assert "Canarie" not in who.get(at(there, "gesprekken")).content.decode()


def test_the_second_of_two_who_mend_a_promise_sees_what_the_first_made_of_it(there, signed_in):
    minister = signed_in(there["minister"])
    said = {
        "area": there.area,
        "kind": "motion",
        "paper": "30995",
        "text": "Evaluatie",
        "due": "2027-01-01",
        "reason": "x",
    }
    assert minister.post(at(there, "toezeggingen", "nieuw"), said).status_code == 303
    made = Promise.objects.get()
    page = at(there, "toezeggingen", made.key, "wijzigen")
    assert minister.post(page, {**said, "text": "eerst", "seen": made.version}).status_code == 303
    late = minister.post(page, {**said, "text": "later", "seen": made.version})
    assert late.status_code == 409
    assert Promise.objects.get().text == "eerst"
