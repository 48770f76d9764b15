"""Who may: the whole table, cell by cell, over HTTP where there is a page and over the verbs everywhere.

A cell is a role, a verb, and a thing: of one's own party, of another party in the same neighbourhood, or of another
neighbourhood. Whoever may not do it is refused where he may know that the thing is there, and else finds nothing.
"""

from typing import Any

import pytest
from django.db import transaction
from django.template.backends.jinja2 import Template
from django.test import Client

from web.programmes.matrix import WHERE, Matrix, reaches, reads
from wijkpeil.web.accounts.permissions import PERMISSIONS, Held, Place, may
from wijkpeil.web.accounts.refusals import ForbiddenError, HiddenError
from wijkpeil.web.accounts.roles import Kind, Reach, Role, Verb
from wijkpeil.web.programmes.acting import require
from wijkpeil.web.programmes.desk_urls import SECTIONS
from wijkpeil.web.programmes.sections import Act, Section
from wijkpeil.web.programmes.steering_urls import STEERED

pytestmark = pytest.mark.django_db
TABLE = """
partner        read     -RpCBMDA-
partner        add      -----M---
partner        change   -----M---
ambition       read     -RpCBMDA-
ambition       add      -R-C-----
ambition       change   -R-C-----
ambition       submit   -R-C-----
ambition       approve  -----M---
ambition       end      -----M---
ambition       withdraw -R-C-----
agreement      read     -RpCBMDA-
agreement      add      ---C-----
agreement      change   ---C-----
agreement      submit   ---C-----
agreement      sign     --p---D--
agreement      publish  ------D--
agreement      withdraw ---C-----
agreement      attach   ---C-----
agreement      detach   ---C-----
agreement      erase    -----M---
item           read     -RpCBMDA-
item           add      ---C-----
item           change   ---C-----
item           start    --pC-----
item           report   --p------
item           find     ----B----
item           end      ---C-M---
item           erase    ---C-M---
item           attach   --p------
item           detach   --p------
measure        read     -RpCBMDA-
measure        add      --pC-----
measure        change   --pC-----
measure        approve  -----M---
measure        report   --pC-----
measure        find     ----B----
measure        end      ---C-M---
measure        withdraw --pC-----
measure        erase    ---C-M---
measure        import   ---C-M---
measure        attach   --pC-----
measure        detach   --pC-----
visitation     read     -RpCBMDA-
visitation     add      ----B----
visitation     change   ----B----
visitation     publish  ------D--
visitation     attach   ----B----
visitation     detach   ----B----
visitation     erase    -----M---
visitation     withdraw ----B----
recommendation read     -RpCBMDA-
recommendation add      ----B----
recommendation respond  --pC-M---
recommendation close    ----B----
review         read     -R-CBMDA-
review         add      ----B----
review         change   ----B----
review         publish  ------D--
review         withdraw ----B----
talk           read     -R-C-MDA-
talk           add      -----M---
talk           change   -----M---
talk           dissent  -R-C-----
talk           erase    -----M---
talk           attach   -----M---
talk           detach   -----M---
decision       read     ---C-MDA-
decision       add      -----M---
decision       change   -----M---
decision       submit   -----M---
decision       decide   ------D--
decision       inform   ------D--
decision       withdraw -----M---
promise        read     -R-CBMDA-
promise        add      ------D--
promise        change   ------D--
promise        close    ------D--
promise        withdraw ------D--
story          read     -RpCBMDA-
story          add      -RpC-----
story          change   -RpC-----
story          submit   -RpC-----
story          publish  -----M---
story          withdraw -R-C-MD--
story          erase    -----M---
story          attach   -RpC-----
story          detach   -RpC-----
document       read     -----MDA-
document       add      -----M---
document       change   -----M---
document       freeze   -----M---
document       approve  ------D--
document       send     ------D--
document       withdraw -----M---
grant          read     -------AX
grant          grant    --------X
grant          revoke   --------X
grant          export   -------A-
"""
"""The columns: reader (l), residents (r), partner (p), coordinator (c), reviewer (b), manager (m), ministry (d),
auditor (a), administrator (x). A capital reaches the neighbourhood, a small letter only what is of one's own party."""

CELLS = [
    pytest.param(kind, verb, role, where, id=f"{kind.value}-{verb.value}-{role.value}-{where}")
    for kind, verb in PERMISSIONS
    if kind is not Kind.GRANT
    for role in Role
    for where in WHERE
]


def expected(thing: Any, verb: Verb, role: Role, where: str) -> str:
    """Say what the table says, worked out by hand and not with the code that is tested."""
    if reaches(thing, PERMISSIONS[thing.KIND, verb].get(role), where):
        return "done"
    return "refused" if reads(thing, role, where) else "nothing"


def page_of(kind: Kind, verb: Verb) -> tuple[Section, Act | None] | None:
    """Find the page on which a verb is done; of adding to a thing, the page of that thing."""
    for section in (*SECTIONS, *STEERED):
        if kind == section.model.KIND and verb is Verb.READ:
            return section, None
        for act in section.acts:
            if (act.kind or section.model.KIND) == kind and act.verb == verb:
                return section, act
    return None


@pytest.fixture
def unwritten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the writing of a page: a cell asks whether there is one, others what is on it."""
    monkeypatch.setattr(Template, "render", lambda *given, **named: "")


@pytest.mark.parametrize(("kind", "verb", "role", "where"), CELLS)
def test_permission_of_a_role_is_what_the_table_says(
    matrix: Matrix, unwritten: None, kind: Kind, verb: Verb, role: Role, where: str
) -> None:
    thing = matrix.things[where][kind]
    wanted = expected(thing, verb, role, where)
    try:
        require(thing, verb, by=matrix.people[role])
    except ForbiddenError:
        assert wanted == "refused"
    except HiddenError:
        assert wanted == "nothing"
    else:
        assert wanted == "done" or (verb is Verb.READ and wanted == "refused")
    found = page_of(kind, verb)
    if found is not None:
        _over_http(matrix, *found, thing, role, where, wanted)


def _over_http(
    matrix: Matrix, section: Section, act: Act | None, thing: Any, role: Role, where: str, wanted: str
) -> None:
    on_page = matrix.things[where][section.model.KIND]
    address = f"/programma/{matrix.programme}/{section.slug}/{on_page.key}"
    client, sid = matrix.clients[role], transaction.savepoint()
    answer = client.get(address) if act is None else client.post(f"{address}/{act.slug}", {})
    transaction.savepoint_rollback(sid)
    is_public = thing.KIND is Kind.PROMISE
    if act is None:
        assert answer.status_code == (200 if wanted == "done" or is_public else 404)
        return
    if on_page is not thing and wanted != "done":
        wanted = expected(on_page, Verb.READ, role, where).replace("done", "refused")
    allowed = {"done": {422, 409}, "refused": {403}, "nothing": {404}}
    assert answer.status_code in allowed[wanted], (address, act.slug, answer.status_code)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("section", [one for one in (*SECTIONS, *STEERED) if one.adding], ids=lambda one: one.slug)
def test_permission_to_add_opens_the_form_and_nothing_else_does(matrix: Matrix, section: Section, role: Role) -> None:
    reach = PERMISSIONS[section.model.KIND, Verb.ADD].get(role)
    answer = matrix.clients[role].get(f"/programma/{matrix.programme}/{section.slug}/nieuw")
    assert answer.status_code == (200 if reach else 403)
    if reach:
        assert matrix.there["area"] not in answer.content.decode(), "another neighbourhood is not even offered"


@pytest.mark.parametrize("section", [*SECTIONS, *STEERED], ids=lambda one: one.slug)
@pytest.mark.parametrize("role", [*Role, None])
def test_permission_to_read_decides_what_a_list_shows_and_counts(
    matrix: Matrix, section: Section, role: Role | None
) -> None:
    client = matrix.clients[role] if role else Client(headers={"host": "localhost"})
    shown = client.get(f"/programma/{matrix.programme}/{section.slug}").content.decode()
    for where in WHERE:
        thing = matrix.things[where][section.model.KIND]
        assert (thing.key in shown) == reads(thing, role, where), (where, role)


def test_permission_table_stands_as_it_was_agreed() -> None:
    letters = dict(zip(Role, "lrpcbmdax", strict=True))
    said = {tuple(line.split()[:2]): line.split()[2] for line in TABLE.strip().splitlines()}
    found = {
        (kind.value, verb.value): "".join(
            letters[role].upper() if row.get(role) is Reach.SCOPE else letters[role] if role in row else "-"
            for role in Role
        )
        for (kind, verb), row in PERMISSIONS.items()
    }
    assert found == said


def test_permission_to_do_something_is_never_without_the_permission_to_read_it() -> None:
    for (kind, verb), row in PERMISSIONS.items():
        reads = PERMISSIONS[kind, Verb.READ]
        for role, reach in row.items():
            assert role in reads, (kind, verb, role)
            assert reads[role] is Reach.SCOPE or reach is Reach.OWN, (kind, verb, role)


def test_permission_to_read_content_is_never_the_administrator_s_and_the_auditor_writes_nothing() -> None:
    for (kind, verb), row in PERMISSIONS.items():
        assert Role.ADMINISTRATOR not in row or kind is Kind.GRANT
        assert Role.AUDITOR not in row or verb in {Verb.READ, Verb.EXPORT}
        assert Role.READER not in row


@pytest.mark.parametrize("verb", [Verb.APPROVE, Verb.DECIDE, Verb.PUBLISH])
def test_permission_to_write_a_thing_and_to_approve_it_are_never_in_one_role(verb: Verb) -> None:
    for kind in Kind:
        writers = PERMISSIONS.get((kind, Verb.ADD), {})
        assert not writers.keys() & PERMISSIONS.get((kind, verb), {}).keys(), kind


@pytest.mark.parametrize(
    ("held", "reaches"),
    [
        ({}, True),
        ({"city": "GM1"}, True),
        ({"city": "GM1", "area": "p.a"}, True),
        ({"city": "GM2"}, False),
        ({"area": "p.b"}, False),
        ({"programme": "q"}, False),
    ],
)
def test_permission_of_a_city_or_a_programme_reaches_the_neighbourhoods_in_it(
    held: dict[str, str], reaches: bool
) -> None:
    place = Place(programme="p", city="GM1", area="p.a")
    role = Held(role=Role.MANAGER, **{"programme": "p", **held})
    assert may((role,), Kind.TALK, Verb.READ, place) is reaches
