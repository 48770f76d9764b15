"""The example has years of life: it holds what pages must be able to show, and each rule held while it was told."""

import sqlite3
from datetime import date

import pytest

from web.lived_in import database_with_a_life
from wijkpeil.site.example.telling import StoryError, in_order, is_empty, tell
from wijkpeil.sources.example.programme import chapters
from wijkpeil.web.accounts.models import Account
from wijkpeil.web.logbook.checking import faults
from wijkpeil.web.logbook.models import Line
from wijkpeil.web.programmes.dashboard import dashboard
from wijkpeil.web.programmes.models import (
    Agreement,
    Decision,
    Item,
    Measure,
    Promise,
    Recommendation,
    Story,
    Talk,
)

HERE = "wijkaanpak.9001-03"
TODAY = date(2026, 11, 24)
CITIES = {f"wijkaanpak.{code}": f"GM{code[:4]}" for code in ("9001-03", "9001-19", "9001-39", "9001-62", "9003-28")}


def test_every_step_of_the_story_left_its_line_in_a_chain_that_holds(lived_in):
    assert Line.objects.count() > len(in_order(chapters()))
    assert list(faults()) == []
    times = list(Line.objects.order_by("number").values_list("at", flat=True))
    assert times == sorted(times)


def test_agreements_were_made_anew_twice_with_every_reason(lived_in):
    newest = lived_in.thing(Agreement, "schipper-3")
    assert [newest.number, newest.replaces.number, newest.replaces.replaces.number] == [3, 2, 1]
    reasons = set(
        Item.objects.filter(agreement__title="Afspraak voor de Schippersbuurt").values_list("reason_class", flat=True)
    )
    assert {"no_result", "secured", "postponed", "revised"} <= reasons


def test_one_item_was_reported_kept_without_evidence_and_found_partly(lived_in):
    item = lived_in.thing(Item, "schipper-1-huiswerk")
    report, finding = item.reports.get(), item.findings.get()
    assert (report.status, report.evidence, finding.status, item.state) == ("kept", "", "partly", "partly")


def test_two_neighbourhoods_were_released_and_one_of_them_came_back(lived_in):
    courses = list(
        Decision.objects.filter(state="decided", course__in=["wind_down", "return"])
        .order_by("decided_on")
        .values_list("area", "course")
    )
    assert courses == [
        ("wijkaanpak.9003-28", "wind_down"),
        ("wijkaanpak.9001-62", "wind_down"),
        ("wijkaanpak.9003-28", "return"),
    ]


def test_measures_ended_in_every_way_and_recommendations_were_answered_in_every_way(lived_in):
    assert {"secured", "no_result", "completed"} <= set(Measure.objects.values_list("end_class", flat=True))
    assert {"agree", "partly", "disagree", ""} <= set(Recommendation.objects.values_list("answer", flat=True))
    assert {"open", "answered"} == set(Promise.objects.values_list("state", flat=True))
    assert Talk.objects.filter(dissents__isnull=False).exists()


def test_a_consent_was_withdrawn_and_another_ended(lived_in):
    assert lived_in.thing(Story, "schipper-verhaal-schuld").text == ""
    ended = lived_in.thing(Story, "schipper-verhaal-werf")
    assert (ended.state, ended.is_public) == ("published", False)
    assert lived_in.thing(Story, "schipper-verhaal-veld").is_public


def test_nobody_of_the_story_can_log_in(lived_in):
    assert Account.objects.count() > 20
    assert not [one for one in Account.objects.all() if one.has_usable_password()]


def test_drafts_are_seen_by_the_right_role_only(lived_in, client, signed_in):
    at = f"/programma/wijkaanpak/ambities/{lived_in.key('ferwer-concept')}"
    assert client.get(at).status_code == 404
    assert signed_in(lived_in.person("ton")).get(at).status_code == 200
    assert signed_in(lived_in.person("nadia")).get(at).status_code == 404


def test_the_dashboard_of_the_manager_warns_of_the_carousel_and_of_what_is_late(lived_in):
    found = dashboard("wijkaanpak", CITIES, by=lived_in.person("ellen"), today=TODAY)
    assert [(one.before.name, one.after.name) for one in found.carousel] == [
        ("Jeugd vooruit", "Kansrijk Fabrieksbuurt")
    ]
    assert lived_in.key("schipper-3-portieken") in [one.key for one in found.late_items]
    assert [one.paper for one in found.late_promises] == ["Debat van 5 december 2023"]


def test_a_story_is_told_whole_or_not_at_all(db):
    story = chapters()
    story["duinburg"]["ambition"][0]["approved"] = date(2010, 9, 1)
    with pytest.raises(StoryError, match="2010-09-01 molen-school"):
        tell(story)
    assert is_empty()


def test_a_database_is_filled_once_by_the_command(tmp_path, example_shelf):
    file = database_with_a_life(tmp_path, example_shelf)
    with sqlite3.connect(file) as there:
        assert there.execute("SELECT count(*) FROM logbook_line").fetchone()[0] > 400
    with pytest.raises(Exception, match="exit status 2"):
        database_with_a_life(tmp_path, example_shelf)
