"""Promises to parliament: public from the start, mended only with a reason, answered with a paper."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from wijkpeil.web.programmes import promises
from wijkpeil.web.programmes.acting import ForbiddenError, NotNowError
from wijkpeil.web.programmes.models import Promise

pytestmark = pytest.mark.django_db


def promised(world):
    made = Promise(**world.place, kind="motion", paper="30995-92", text="Een evaluatie.", due=date(2026, 6, 1))
    return promises.add(made, by=world["minister"])


def test_a_promise_is_public_and_a_date_that_moves_has_its_reason(world):
    made = promised(world)
    assert made.is_public
    with pytest.raises(NotNowError, match="waarom"):
        promises.change(made, {"due": date(2027, 1, 1)}, by=world["minister"], reason="", seen=made.version)
    with pytest.raises(ForbiddenError):
        promises.change(made, {"due": date(2027, 1, 1)}, by=world["reader"], reason="x", seen=made.version)


def test_an_answer_needs_its_text_its_paper_and_a_day_that_was(world):
    made = promised(world)
    tomorrow = timezone.localdate() + timedelta(days=1)
    for text, paper, on in (("", "p", date(2026, 5, 1)), ("t", " ", date(2026, 5, 1)), ("t", "p", tomorrow)):
        now = Promise.objects.get()
        with pytest.raises(NotNowError):
            promises.answer(now, text=text, paper=paper, on=on, by=world["minister"], seen=now.version)
    promises.answer(made, text="Klaar.", paper="30995-99", on=date(2026, 5, 1), by=world["minister"], seen=1)
    assert Promise.objects.get().state == "answered"


def test_a_list_says_what_is_late_and_gives_of_a_long_text_the_first_whole_words(world, visitor):
    due = timezone.localdate() - timedelta(days=1)
    long = "Een evaluatie van alle plannen voor jongeren, met wat er telkens onder een nieuwe naam terugkwam en waarom"
    made = promises.add(
        Promise(**world.place, kind="motion", paper="p", text=f"{long} dat gebeurde, jaar na jaar.", due=due),
        by=world["minister"],
    )
    address = f"/programma/{world.programme}/toezeggingen"
    told = visitor.get(address).content.decode()
    assert f"{long} dat …<" in told
    assert "open, te laat" in told
    promises.answer(made, text="Klaar.", paper="30995-99", on=due, by=world["minister"], seen=made.version)
    assert "te laat" not in visitor.get(address).content.decode()
