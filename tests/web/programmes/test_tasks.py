"""Who logs in finds what waits for him, and nothing that waits for somebody else."""

from datetime import date

import pytest

from wijkpeil.web.accounts.models import Account, Grant
from wijkpeil.web.accounts.roles import Role
from wijkpeil.web.programmes.models import Agreement, Item
from wijkpeil.web.programmes.tasks import TASKS, waiting

AT = "/programma/wijkaanpak"


def kinds(found):
    return {(one.task.slug, one.task.verb.value) for one in found}


def test_a_partner_finds_its_own_items_and_nobody_elses(lived_in):
    late = Item.objects.overdue(date(2030, 1, 1)).order_by("pk").first()
    grant = Grant.objects.standing().filter(role=Role.PARTNER, party=late.partner_id).first()
    by = Account.objects.get(pk=grant.account_id)
    parties = {held.party for held in by.held}
    found = waiting("wijkaanpak", by, date(2030, 1, 1))
    things = [thing for one in found for thing in one.things if isinstance(thing, Item)]
    assert things
    assert {one.partner_id for one in things} <= parties


def test_a_manager_reports_nothing_and_a_partner_approves_nothing(lived_in):
    far = date(2030, 1, 1)
    assert ("onderdelen", "report") not in kinds(waiting("wijkaanpak", lived_in.person("ellen"), far))
    assert {verb for _, verb in kinds(waiting("wijkaanpak", lived_in.person("nadia"), far))} <= {
        "report",
        "sign",
        "respond",
        "submit",
    }


def test_what_waits_can_be_done_by_the_roles_of_who_it_waits_for(lived_in):
    for name in ("ellen", "henk", "marga", "nadia"):
        by = lived_in.person(name)
        for one in waiting("wijkaanpak", by, date(2030, 1, 1)):
            assert all(by.may(thing.KIND, one.task.verb, thing.place) for thing in one.things), one.task.label


def test_a_signature_waits_until_it_is_given(lived_in):
    agreement = Agreement.objects.filter(state="published", partners__isnull=False).first()
    assert agreement is not None
    task = next(one for one in TASKS if one.verb.value == "sign")
    assert not task.waits(
        Agreement.objects.filter(pk=agreement.pk), lived_in.person("nadia"), date(2030, 1, 1)
    ).exists()


@pytest.mark.parametrize("name", ["ellen", "henk", "nadia"])
def test_the_page_leads_to_what_waits_and_is_never_kept(lived_in, signed_in, name):
    client = signed_in(lived_in.person(name))
    answer = client.get("/mijn")
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    addresses = {part.split('"')[0] for part in answer.content.decode().split('<li><a href="')[1:]}
    led = [at for at in addresses if at.startswith(AT)]
    assert all(client.get(at).status_code == 200 for at in led[:5])


def test_who_is_not_logged_in_is_sent_to_log_in(visitor):
    answer = visitor.get("/mijn")
    assert answer.status_code == 302
    assert "/inloggen" in answer.headers["Location"]
