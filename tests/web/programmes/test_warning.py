"""What the carousel warns of is worked out once, follows every write at once, and shows nobody what he may not know."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wijkpeil.web.accounts.roles import Role
from wijkpeil.web.programmes import measures, warning
from wijkpeil.web.programmes.warning import warned

AIM = "Jongeren zonder diploma naar werk begeleiden"


@pytest.fixture
def pair(world, corporation):
    """Give a measure that ended, and a draft with the same aim."""
    old = world.running(corporation, name="Oud", started=date(2023, 1, 1), aim=AIM)
    measures.end(old, "completed", by=world["manager"], reason="Klaar.", seen=old.version, on=date(2024, 6, 1))
    return old, world.measure(corporation, name="Nieuw", started=date(2025, 1, 1), aim=AIM)


def names(world, by):
    return [(one.before.name, one.after.name) for one in warned(world.programme, by).repeats]


def test_a_draft_is_a_warning_only_for_who_may_know_of_it(world, pair):
    assert names(world, world["coordinator"]) == [("Oud", "Nieuw")]
    assert names(world, None) == names(world, world.somebody(Role.READER)) == []
    assert [one.name for one in warned(world.programme, None).known] == ["Oud"]


def test_every_write_is_in_the_next_answer(world, pair):
    _, new = pair
    assert names(world, world["manager"]) == [("Oud", "Nieuw")]
    measures.change(new, {"aim": "Gevels schilderen"}, by=world["coordinator"], reason="Anders.", seen=new.version)
    assert names(world, world["manager"]) == []
    measures.change(new, {"aim": AIM, "name": "Weer"}, by=world["coordinator"], reason="Toch.", seen=new.version)
    assert names(world, world["manager"]) == [("Oud", "Weer")]


def test_while_nothing_is_written_texts_are_not_read_again(world, pair, monkeypatch):
    manager = world["manager"]
    first = warned(world.programme, manager)
    monkeypatch.setattr(warning, "repeats", lambda known: pytest.fail("worked out again"))
    with CaptureQueriesContext(connection) as asked:
        assert warned(world.programme, manager) == first
    assert not any("aim" in one["sql"] for one in asked)
