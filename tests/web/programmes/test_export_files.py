"""What is taken away: the same open data for everybody, inert in a spreadsheet, and all of it for the auditor."""

import csv
import hashlib
import io
import json
import zipfile

import fastexcel
import pytest
from django.apps import apps

from wijkpeil.web.accounts.roles import Role
from wijkpeil.web.logbook.models import Line
from wijkpeil.web.programmes.acting import ForbiddenError
from wijkpeil.web.programmes.exporting.archive import APART, TABLES, take
from wijkpeil.web.programmes.models import Attachment, AttachmentBytes, Promise, Talk
from wijkpeil.web.programmes.record_shape import Audience
from wijkpeil.web.programmes.records import KINDS, fields_for

from .test_export_records import everything

HOSTILE = '=HYPERLINK("https://kwaad.example";"klik")'
AT = "/programma/wijkaanpak/open-data"


def body(answer) -> bytes:
    assert answer.status_code == 200, answer.status_code
    return b"".join(answer.streaming_content)


def opened(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content))


def test_open_data_is_one_and_the_same_whoever_asks_and_whatever_is_hidden(
    world, corporation, municipality, visitor, signed_in
):
    everything(world, corporation, municipality, hidden=False)
    first = visitor.get(f"{AT}/programma.zip")
    before = body(first)
    everything(world, corporation, municipality, hidden=True)
    again = visitor.get(f"{AT}/programma.zip")
    assert (body(again), again["ETag"]) == (before, first["ETag"])
    insider = signed_in(world["manager"]).get(f"{AT}/programma.zip")
    assert body(insider) == before
    assert visitor.get(f"{AT}/programma.zip", headers={"if-none-match": first["ETag"]}).status_code == 304
    assert "set-cookie" not in {name.casefold() for name in first.headers}
    assert not first.cookies
    told = b"".join(opened(before).read(name) for name in opened(before).namelist())
    assert b"KANARIE" not in told
    with opened(before) as archive:
        package = json.loads(archive.read("datapackage.json"))
        for one in package["resources"]:
            assert one["hash"] == "sha256:" + hashlib.sha256(archive.read(one["path"])).hexdigest()
            assert one["bytes"] == len(archive.read(one["path"]))
        for kind in KINDS:
            names = [one.name for one in fields_for(kind, Audience.PUBLIC)]
            rows = list(csv.reader(io.StringIO(archive.read(f"{kind}.csv").decode(), newline="")))
            assert rows[0] == names
            assert len(rows) - 1 == len(json.loads(archive.read(f"{kind}.json"))) > 0
            listed = next(one for one in package["resources"] if one["path"] == f"{kind}.csv")["schema"]["fields"]
            assert [one["name"] for one in listed] == names


def test_what_people_typed_is_inert_in_the_csv_and_the_workbook_and_as_it_was_in_the_json(world, visitor):
    place = {**world.place, "author": world["minister"]}
    Promise.objects.create(**place, kind="motion", paper="+31 6", text=HOSTILE, due="2027-01-01")
    archive = opened(body(visitor.get(f"{AT}/programma.zip")))
    row = next(csv.DictReader(io.StringIO(archive.read("toezeggingen.csv").decode())))
    assert (row["tekst"], row["stuk"], row["klaarOp"]) == (f"'{HOSTILE}", "'+31 6", "2027-01-01")
    assert json.loads(archive.read("toezeggingen.json"))[0]["tekst"] == HOSTILE
    content = body(visitor.get(f"{AT}/programma.xlsx"))
    assert b"<f>" not in b"".join(opened(content).read(name) for name in opened(content).namelist())
    frame = fastexcel.read_excel(content).load_sheet("Toezeggingen", dtypes="string").to_polars()
    assert frame["Toezegging"].item() == f"'{HOSTILE}"
    assert frame["Uiterlijk"].item() == "2027-01-01 00:00:00"
    assert frame["Soort"].item() == "motie"


def test_the_page_explains_every_column_and_tells_no_count(world, corporation, municipality, visitor):
    before = visitor.get(AT).content
    everything(world, corporation, municipality, hidden=False)
    after = visitor.get(AT)
    assert after.content == before
    for kind in KINDS:
        for one in fields_for(kind, Audience.PUBLIC):
            assert f"<code>{one.name}</code>" in after.content.decode()


def test_the_archive_holds_every_row_and_every_line_and_writes_down_who_took_it(world, corporation, municipality):
    everything(world, corporation, municipality, hidden=False)
    everything(world, corporation, municipality, hidden=True)
    kept = Attachment.objects.create(
        programme=world.programme,
        kind="talk",
        thing="x",
        media_type="text/plain",
        size=3,
        sha256="s",
        author=world["manager"],
    )
    AttachmentBytes.objects.create(attachment=kept, content=b"abc")
    auditor = world.somebody(Role.AUDITOR, city="", area="")
    lines = world.written()
    archive = opened(b"".join(take(world.programme, by=auditor)))
    line = Line.objects.order_by("-number").first()
    assert (line.verb, line.actor, line.number) == ("export", str(auditor.pk), lines + 1)
    manifest = json.loads(archive.read("manifest.json"))
    assert (manifest["lastLine"], manifest["seal"], manifest["by"]) == (line.number, line.seal, str(auditor.pk))
    assert {one["path"] for one in manifest["files"]} == set(archive.namelist()) - {"manifest.json"}
    for one in manifest["files"]:
        content = archive.read(one["path"])
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (one["sha256"], one["size"])
        if one["rows"] is not None:
            assert content.count(b"\n") == one["rows"]
    for name, (model, path) in TABLES.items():
        assert archive.read(f"{name}.jsonl").count(b"\n") == model.objects.filter(**{path: world.programme}).count()
    assert archive.read("logboek.jsonl").count(b"\n") == lines + 1
    assert b"KANARIE-verslag" in archive.read("gesprekken.jsonl")
    assert archive.read(f"bijlagen/{kept.key}") == b"abc"


def test_the_archive_knows_every_table_of_the_programme():
    known = {model for model, _ in TABLES.values()} | APART
    ours = {one for one in apps.get_app_config("programmes").get_models() if one._meta.managed}
    assert ours <= known, {one.__name__ for one in ours - known}


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.AUDITOR])
def test_permission_to_take_everything_is_the_auditor_s_alone(world, signed_in, role):
    Talk.objects.create(**world.place, author=world["manager"], on="2026-01-01")
    somebody = world.somebody(role, city="", area="")
    lines = world.written()
    with pytest.raises(ForbiddenError):
        take(world.programme, by=somebody)
    client = signed_in(somebody)
    assert client.get("/programma/wijkaanpak/archief").status_code == 404
    assert client.post("/programma/wijkaanpak/archief").status_code == 404
    assert world.written() == lines


def test_an_auditor_of_one_city_does_not_take_the_whole_programme(world):
    with pytest.raises(ForbiddenError):
        take(world.programme, by=world.somebody(Role.AUDITOR, area=""))


def test_the_auditor_takes_it_on_the_site(world, signed_in):
    client = signed_in(world.somebody(Role.AUDITOR, city="", area=""))
    assert "archief" in client.get(AT).content.decode()
    page = client.get("/programma/wijkaanpak/archief")
    assert page.status_code == 200
    sent = client.post("/programma/wijkaanpak/archief")
    assert "manifest.json" in opened(body(sent)).namelist()
    assert sent["Cache-Control"] == "private, no-store"
