"""The chain of the logbook: whatever is done to it afterwards is found, and what the law has erased is no fault."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction

from wijkpeil.web.accounts.roles import Kind, Verb
from wijkpeil.web.logbook import guards
from wijkpeil.web.logbook.checking import Fault, Head, What, faults, head
from wijkpeil.web.logbook.erasing import erase_texts
from wijkpeil.web.logbook.models import Content, Line
from wijkpeil.web.logbook.writing import seal_of, write

pytestmark = pytest.mark.django_db


def said(thing: str = "t1", verb: Verb = Verb.CHANGE, **payload: Any) -> Line:
    with transaction.atomic():
        return write(by=None, verb=verb, kind=Kind.TALK, thing=thing, programme="p", reason="omdat", payload=payload)


class Owner:
    """Somebody who owns the tables, and can take the triggers down."""

    connection = connection

    def execute(self, statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)


@contextmanager
def somebody_with_the_database() -> Iterator[None]:
    connection.check_constraints()
    guards.take_down(None, Owner())  # type: ignore[arg-type]
    yield


@pytest.fixture
def five() -> list[Line]:
    return [said(f"t{number}", number=number) for number in range(1, 6)]


def test_a_chain_that_nobody_touched_has_no_faults(five: list[Line]) -> None:
    assert [line.number for line in five] == [1, 2, 3, 4, 5]
    assert list(faults()) == []


@pytest.mark.parametrize("payload", [{"x": 1e16}, {"x": -0.0}, {"x": 1.0}, {"x": "\x00 ’é"}, {"b": 1, "a": [None]}])
def test_what_was_written_is_found_again_letter_for_letter(payload: dict[str, Any]) -> None:
    said(**payload)
    assert list(faults()) == []
    assert Content.objects.get().payload == payload


@pytest.mark.parametrize("column", ["actor", "verb", "kind", "thing", "programme", "content"])
def test_a_changed_line_is_found(five: list[Line], column: str) -> None:
    with somebody_with_the_database():
        Line.objects.filter(number=3).update(**{column: "x"})
    assert Fault(number=3, what=What.SEAL) in list(faults())


def test_a_line_sealed_with_another_key_is_found(five: list[Line], settings: Any) -> None:
    ours, line = settings.LOGBOOK_KEY, Line.objects.get(number=5)
    line.actor, settings.LOGBOOK_KEY = "x", "een andere sleutel"
    with somebody_with_the_database():
        Line.objects.filter(number=5).update(actor="x", seal=seal_of(line))
    settings.LOGBOOK_KEY = ours
    assert list(faults()) == [Fault(number=5, what=What.SEAL)]


def test_a_removed_line_is_found(five: list[Line]) -> None:
    with somebody_with_the_database():
        Content.objects.filter(line=3).delete()
        Line.objects.filter(number=3).delete()
    assert [one.what for one in faults()] == [What.GAP, What.BEFORE]


def test_two_lines_that_changed_places_are_found(five: list[Line]) -> None:
    second, third = (Line.objects.filter(number=number).values().get() for number in (2, 3))
    with somebody_with_the_database():
        Line.objects.filter(number=2).update(**{**third, "number": 2})
        Line.objects.filter(number=3).update(**{**second, "number": 3})
    assert {one.number for one in faults() if one.what is What.SEAL} == {2, 3}


def test_lines_cut_off_at_the_end_are_found_against_a_head_that_was_kept(five: list[Line]) -> None:
    kept = head()
    with somebody_with_the_database():
        Content.objects.filter(line=5).delete()
        Line.objects.filter(number=5).delete()
    assert list(faults()) == [], "nothing in the database itself can show it"
    assert list(faults(kept)) == [Fault(number=5, what=What.HEAD)]


def test_lines_cut_off_and_written_again_are_found_against_a_head_that_was_kept(five: list[Line]) -> None:
    kept = head()
    with somebody_with_the_database():
        Content.objects.filter(line=5).delete()
        Line.objects.filter(number=5).delete()
    said("een ander verhaal")
    assert list(faults(kept)) == [Fault(number=5, what=What.HEAD)]


def test_a_chain_that_grew_still_fits_the_head_that_was_kept(five: list[Line]) -> None:
    kept = head()
    said("later")
    assert list(faults(kept)) == []
    assert list(faults(Head(number=0, at=None, seal="0" * 64))) == []


def test_a_changed_text_is_found(five: list[Line]) -> None:
    text = Content.objects.get(line=2)
    Content.objects.filter(line=2).update(said=text.said.replace("omdat", "daarom"))
    assert list(faults()) == [Fault(number=2, what=What.TEXT)]


def test_texts_that_were_erased_by_law_are_no_fault_and_are_gone(five: list[Line]) -> None:
    with transaction.atomic():
        assert erase_texts(Kind.TALK, "t2") == 1
        write(by=None, verb=Verb.ERASE, kind=Kind.TALK, thing="t2", programme="p", reason="termijn", payload={})
    assert list(faults()) == []
    assert not Content.objects.filter(line=2).exists()


def test_texts_that_are_gone_without_a_line_that_says_so_are_a_fault(five: list[Line]) -> None:
    Content.objects.filter(line=2).delete()
    said("t2")
    assert list(faults()) == [Fault(number=2, what=What.GONE)]


def test_an_erasure_hides_no_text_that_went_later(five: list[Line]) -> None:
    said("t2", Verb.ERASE)
    later = said("t2")
    Content.objects.filter(line=later).delete()
    assert list(faults()) == [Fault(number=later.number, what=What.GONE)]


def test_a_line_holds_no_text_that_was_written(five: list[Line]) -> None:
    said("t9", name="Mevrouw Jansen")
    rows = repr(list(Line.objects.values_list()))
    assert "Jansen" not in rows
    assert "omdat" not in rows


def test_a_line_cannot_be_written_outside_the_transaction_of_its_change() -> None:
    connection.in_atomic_block, kept = False, connection.in_atomic_block
    try:
        with pytest.raises(transaction.TransactionManagementError):
            write(by=None, verb=Verb.ADD, kind=Kind.TALK, thing="t", programme="p", reason="", payload={})
    finally:
        connection.in_atomic_block = kept


@pytest.mark.parametrize(
    ("verb", "about", "expected"),
    [
        (Verb.CHANGE, {"attachment": "a1"}, [What.GONE]),
        (Verb.REPORT, {"attachment": "a1"}, [What.GONE]),
        (Verb.CHANGE, {"report": 1}, [What.GONE]),
        (Verb.REPORT, {"report": 1}, []),
        (Verb.CHANGE, {}, []),
    ],
)
def test_an_erasure_of_a_part_is_no_excuse_for_the_rest(db, verb, about, expected):
    with transaction.atomic():
        line = write(by=None, verb=verb, kind=Kind.ITEM, thing="i", programme="p", reason="", payload={"a": 1})
        Content.objects.filter(line=line).delete()
        write(by=None, verb=Verb.ERASE, kind=Kind.ITEM, thing="i", programme="p", reason="wet", payload=about)
    assert [one.what for one in faults()] == expected
