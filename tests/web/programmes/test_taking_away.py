"""Reports are public at once and say that nobody looked; words that tell of people can be taken away for good."""

from html import unescape

import pytest

from wijkpeil.web.logbook.checking import faults
from wijkpeil.web.logbook.models import Content, Line
from wijkpeil.web.programmes import items, measures
from wijkpeil.web.programmes.acting import ForbiddenError, NotNowError
from wijkpeil.web.programmes.models.measure import Output
from wijkpeil.web.programmes.taking_away import take_away

AT = "/programma/wijkaanpak"


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


@pytest.fixture
def item(world, corporation, municipality):
    return world.published(corporation, municipality).items.get(partner=corporation)


def reported(world, item, text):
    item = fresh(item)
    return items.report(item, "underway", text, by=world["Woningbouw"], seen=item.version, evidence="Bij Jan thuis")


def test_a_report_is_public_at_once_and_says_that_nobody_looked(world, item, visitor):
    reported(world, item, "Tien woningen zijn klaar")
    label = "gemeld door Woningbouw, niet nagekeken"
    for at in (f"onderdelen/{item.key}", f"afspraken/{item.agreement.key}"):
        written = unescape(visitor.get(f"{AT}/{at}").content.decode())
        assert label in written
        assert "Vastgesteld" in written
    assert "not checked" not in written
    items.find(fresh(item), "partly", "Ik zag er negen", by=world["reviewer"], seen=fresh(item).version)
    written = unescape(visitor.get(f"{AT}/onderdelen/{item.key}").content.decode())
    assert written.index(label) < written.index("Vastgesteld door een ander") < written.index("Ik zag er negen")


def test_the_form_warns_before_names_are_written(world, item, signed_in):
    written = signed_in(world["Woningbouw"]).get(f"{AT}/onderdelen/{item.key}/melden").content.decode()
    assert written.count("Schrijf geen namen van mensen: iedereen kan dit lezen.") == 2


def test_words_that_tell_of_people_are_taken_away_and_the_page_says_so(world, item, signed_in, visitor):
    wrong, right = reported(world, item, "Jan de Vries is ziek"), reported(world, item, "Het dak ligt erop")
    at, by = f"{AT}/onderdelen/{item.key}", signed_in(world["coordinator"])
    given = {"seen": fresh(item).version, "told": f"report-{wrong.pk}", "reason": "Er stond een naam in"}
    assert signed_in(world["Woningbouw"]).post(f"{at}/weghalen-tekst", given).status_code == 403
    assert by.post(f"{at}/weghalen-tekst", {**given, "reason": ""}).status_code == 422
    assert by.post(f"{at}/weghalen-tekst", given).status_code == 303
    written = unescape(visitor.get(at).content.decode())
    assert "Jan" not in written.replace("Bij Jan thuis", "", 1)
    assert "Deze tekst is weggehaald op" in written
    assert "Het dak ligt erop" in written
    assert (fresh(wrong).text, fresh(wrong).evidence, fresh(right).text) == ("", "", "Het dak ligt erop")
    kept = " ".join(Content.objects.values_list("said", flat=True))
    assert "Jan de Vries" not in kept
    assert "Het dak ligt erop" in kept
    assert Line.objects.order_by("number").last().verb == "erase"
    assert not list(faults())


def test_words_are_taken_away_once_with_a_reason_by_who_may_and_from_this_thing_only(world, item, corporation):
    told, other = reported(world, item, "Tekst"), item.agreement.items.exclude(pk=item.pk).get()
    for who in ("reviewer", "minister", "Woningbouw"):
        with pytest.raises(ForbiddenError):
            take_away(fresh(item), told, by=world[who], reason="x", seen=fresh(item).version)
    with pytest.raises(NotNowError):
        take_away(fresh(other), told, by=world["manager"], reason="x", seen=other.version)
    with pytest.raises(NotNowError):
        take_away(fresh(item), told, by=world["manager"], reason=" ", seen=fresh(item).version)
    take_away(fresh(item), told, by=world["manager"], reason="x", seen=fresh(item).version)
    with pytest.raises(NotNowError):
        take_away(fresh(item), told, by=world["manager"], reason="x", seen=fresh(item).version)


def test_an_output_says_that_nobody_looked_and_loses_its_words_but_not_its_number(world, corporation, visitor):
    measure = world.running(corporation)
    output = Output(year=2025, what="Trajecten van Piet", quantity=12, unit="trajecten", source="Piet zelf")
    measures.report(measure, output, by=world["coordinator"], seen=measure.version)
    at = f"{AT}/maatregelen/{measure.key}"
    assert "nog niet nagekeken" in visitor.get(at).content.decode()
    take_away(fresh(measure), output, by=world["manager"], reason="naam", seen=fresh(measure).version)
    written = visitor.get(at).content.decode()
    assert "Piet" not in written
    assert "12 trajecten" in written
    with pytest.raises(NotNowError, match="weggehaald"):
        measures.check(fresh(measure), output, by=world["reviewer"], seen=fresh(measure).version)
    assert "Piet" not in " ".join(Content.objects.values_list("said", flat=True))
