"""Sending a workbook in: the template, a trial, the yes, and only by who may."""

import fastexcel
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from wijkpeil.web.accounts.roles import Role
from wijkpeil.web.programmes.importing.columns import SHEETS
from wijkpeil.web.programmes.importing.workbook import MOST_BYTES, RefusedWorkbookError, open_workbook
from wijkpeil.web.programmes.models import Agreement, Upload

from .workbooks import AGREEMENT, AGREEMENTS, ITEM, ITEMS, changed, workbook

AT = "/programma/wijkaanpak/invoer"
WHOLE = {AGREEMENTS: [AGREEMENT], ITEMS: [ITEM]}


@pytest.fixture
def coordinator(world, corporation, municipality, signed_in):
    world.area = "wijkaanpak.9001-39"
    return signed_in(world["coordinator"])


def send(client, content: bytes, name: str = "lijst.xlsx"):
    return client.post(AT, {"file": SimpleUploadedFile(name, content)})


def test_the_template_comes_back_empty_and_its_example_is_left_out(coordinator):
    assert "Download het sjabloon" in coordinator.get(AT).content.decode()
    template = coordinator.get(f"{AT}/sjabloon.xlsx").content
    assert template == coordinator.get(f"{AT}/sjabloon.xlsx").content
    reader = fastexcel.read_excel(template)
    for sheet in SHEETS:
        assert reader.load_sheet(sheet.name).to_polars().columns == [one.heading for one in sheet.columns]
    sent = send(coordinator, template)
    shown = coordinator.get(sent["Location"]).content.decode()
    assert "niets nieuws" in shown
    kept = Upload.objects.get().report
    assert {row["status"] for sheet in kept["sheets"] for row in sheet["rows"]} == {"example"}
    assert kept["notes"] == []


def test_a_workbook_is_tried_then_brought_in_once(coordinator):
    sent = send(coordinator, workbook(WHOLE))
    assert sent.status_code == 303
    assert "nog niets ingelezen" in coordinator.get(sent["Location"]).content.decode()
    assert not Agreement.objects.exists()
    coordinator.post(sent["Location"], {"wat": "onzin"})
    assert not Agreement.objects.exists()
    coordinator.post(sent["Location"], {"wat": "alles"})
    coordinator.post(sent["Location"], {"wat": "alles"})
    assert Agreement.objects.count() == 1
    shown = coordinator.get(sent["Location"]).content.decode()
    assert "Ingelezen als concept" in shown
    assert Upload.objects.get().content is None
    again = send(coordinator, workbook(WHOLE))
    assert "niets nieuws" in coordinator.get(again["Location"]).content.decode()


def test_faulty_rows_are_shown_and_only_the_good_ones_come_in_on_request(coordinator):
    bad = AGREEMENT | {"mark": "A2", "title": "<script>", "area": "Nergens"}
    sent = send(coordinator, workbook({AGREEMENTS: [AGREEMENT, bad]}))
    shown = coordinator.get(sent["Location"]).content.decode()
    assert "je schreef ‘Nergens’" in shown
    assert "alleen de goede" in shown
    coordinator.post(sent["Location"], {"wat": "alles"})
    assert "Er is niets ingelezen" in coordinator.get(sent["Location"]).content.decode()
    assert not Agreement.objects.exists()
    coordinator.post(sent["Location"], {"wat": "goed"})
    assert Agreement.objects.count() == 1
    report = fastexcel.read_excel(coordinator.get(f"{sent['Location']}/verslag.xlsx").content)
    told = report.load_sheet("Afspraken", dtypes="string").to_polars()
    assert told["Rij"].to_list() == ["2", "3"]
    assert told["Uitslag"].to_list() == ["kan worden ingelezen als concept", "niet goed"]
    assert "Nergens" in told["Verslag"][1]


def test_a_workbook_of_somebody_else_is_not_there(world, coordinator, signed_in):
    sent = send(coordinator, workbook(WHOLE))
    other = signed_in(world.somebody(Role.COORDINATOR))
    for path in (sent["Location"], f"{sent['Location']}/verslag.xlsx"):
        assert other.get(path).status_code == 404
    assert other.post(sent["Location"], {"wat": "alles"}).status_code == 404
    assert not Agreement.objects.exists()


@pytest.mark.parametrize("role", [one for one in Role if one not in {Role.COORDINATOR, Role.MANAGER}])
def test_permission_to_bring_things_in_is_that_of_coordinators_and_managers(world, signed_in, role):
    client = signed_in(world.somebody(role))
    assert client.get(AT).status_code == 403
    assert client.get(f"{AT}/sjabloon.xlsx").status_code == 403
    assert send(client, b"x").status_code == 403


def refused(content: bytes, name: str = "lijst.xlsx") -> str:
    with pytest.raises(RefusedWorkbookError) as found:
        open_workbook(content, name=name)
    return found.value.sentence


def test_what_is_no_plain_workbook_is_refused_with_a_sentence(coordinator):
    good = workbook(WHOLE)
    sheet = "xl/worksheets/sheet1.xml"
    far = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1048576">'
    far += b'<c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    entity = b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>'
    assert "geen Excelbestand" in refused(b"kenmerk;titel")
    assert "geen Excelbestand" in refused(good, "lijst.xlsm")
    assert "macro's" in refused(changed(good, xl__vbaProject_bin=b"x", **{"xl/vbaProject.bin": b"x"}))
    assert "wachtwoord" in refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert "te groot" in refused(b"PK\x03\x04" + bytes(MOST_BYTES))
    assert "te groot" in refused(changed(good, **{"xl/bomb.xml": bytes(120_000_000)}))
    assert "ver van de rest" in refused(changed(good, **{sheet: far}))
    assert "niet als Excelbestand te openen" in refused(changed(good, **{sheet: entity}))
    assert "niet als Excelbestand te openen" in refused(changed(good, **{sheet: b"<worksheet"}))
    assert "meer dan {most} regels" in refused(workbook({AGREEMENTS: [{"mark": f"A{n}"} for n in range(5_300)]}))
    answered = send(coordinator, good[:200])
    assert answered.status_code == 422
    assert "Sla het opnieuw op" in answered.content.decode()
    assert send(coordinator, b"").status_code == 422
    assert not Upload.objects.exists()
