"""The triggers: nobody changes or removes a line through the database, by whatever statement."""

import pytest
from django.db import DatabaseError, connection, transaction

from wijkpeil.web.accounts.roles import Kind, Verb
from wijkpeil.web.logbook.checking import faults
from wijkpeil.web.logbook.models import Line
from wijkpeil.web.logbook.writing import write

pytestmark = pytest.mark.django_db

_AGAIN = "(number, at, actor, verb, kind, thing, programme, content, before, seal) SELECT number, at, 'x', verb, kind, thing, programme, content, before, seal FROM logbook_line"  # noqa: E501


@pytest.fixture(autouse=True)
def one_line() -> None:
    with transaction.atomic():
        write(by=None, verb=Verb.ADD, kind=Kind.TALK, thing="t", programme="p", reason="", payload={})


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE logbook_line SET actor = 'x'",
        "DELETE FROM logbook_line",
        pytest.param(f"INSERT OR REPLACE INTO logbook_line {_AGAIN}", id="sqlite-replace"),
        pytest.param(
            f"INSERT INTO logbook_line {_AGAIN} WHERE true ON CONFLICT (number) DO UPDATE SET actor = 'x'", id="upsert"
        ),
        pytest.param("TRUNCATE logbook_line CASCADE", id="postgresql-truncate"),
    ],
)
def test_no_statement_changes_a_line(statement: str, request: pytest.FixtureRequest) -> None:
    meant_for = request.node.callspec.id.split("-")[0]
    if meant_for in {"sqlite", "postgresql"} and meant_for != connection.vendor:
        pytest.skip(f"This statement is one of {meant_for} only.")
    connection.check_constraints()
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
        cursor.execute(statement)
    assert Line.objects.get().actor == ""
    assert list(faults()) == []
