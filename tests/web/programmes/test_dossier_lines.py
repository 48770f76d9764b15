"""The dossier has gap lines with what was done and decided under them, and only what its reader may know."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

from wijkpeil.web.programmes.models import Measure

AT = "/programma/wijkaanpak/wijk/wijkaanpak.9001-03"


def test_gap_lines_of_a_dossier_carry_measures_and_decisions_and_no_draft(lived_in, visitor, signed_in):
    seen = visitor.get(AT).content.decode()
    assert seen.count('class="gapline"') >= 8
    assert "Goede sloten (1 september 2008 tot 1 maart 2011)" in seen
    assert 'class="mark decision"' in seen
    assert "doorgaan (4 juli 2017)" in seen
    assert "Buurtkamer" not in seen
    assert "Buurtkamer in de oude kantine (" not in signed_in(lived_in.person("nadia")).get(AT).content.decode()


def test_figures_of_a_draft_are_drawn_only_for_who_may_know_of_it(lived_in, visitor, signed_in):
    Measure.objects.filter(key=lived_in.key("schipper-buurtkamer")).update(
        indicators=["stemt"], area="wijkaanpak.9001-82"
    )
    at = AT.replace("9001-03", "9001-82")
    assert "Opkomst bij gemeenteraadsverkiezingen" not in visitor.get(at).content.decode()
    assert "Opkomst bij gemeenteraadsverkiezingen" in signed_in(lived_in.person("nadia")).get(at).content.decode()
    assert "Opkomst bij gemeenteraadsverkiezingen" not in visitor.get(at).content.decode()


def test_gap_lines_take_few_questions_however_much_was_done(lived_in, visitor):
    visitor.get(AT)
    with CaptureQueriesContext(connection) as asked:
        visitor.get(AT)
    before = len(asked)
    for number in range(20):
        one = lived_in.thing(Measure, "schipper-sloten")
        one.pk, one.key, one.name = None, f"{number:016d}", f"Nog een {number}"
        one.save()
    with CaptureQueriesContext(connection) as asked:
        shown = visitor.get(AT).content.decode()
    assert len(asked) == before
    assert re.search(r"2\d maatregelen: ", shown)


def test_an_area_leads_to_its_dossier_and_back(lived_in, visitor):
    area = "/editie/voorbeeld/gebied/wijkaanpak.9001-03"
    assert f'href="{AT}"' in visitor.get(area).content.decode()
    assert f'href="{area}"' in visitor.get(AT).content.decode()
    assert "/wijk/" not in visitor.get("/editie/voorbeeld/gebied/GM9001").content.decode()
