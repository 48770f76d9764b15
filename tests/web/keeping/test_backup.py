"""A backup comes back row for row in either kind of database, or not at all, and never what was erased since."""

import io
import json
import shutil
import stat
import zipfile
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings as site
from django.db import connection, connections, transaction
from django.utils import timezone

from web.programmes.conftest import World
from wijkpeil.cli.main import main
from wijkpeil.site.keeping import tables
from wijkpeil.site.keeping.again import KINDS
from wijkpeil.site.keeping.archive import RefusedError
from wijkpeil.site.keeping.backup import back_up
from wijkpeil.site.keeping.restore import put_back
from wijkpeil.web.accounts.models import Account
from wijkpeil.web.accounts.permissions import PERMISSIONS
from wijkpeil.web.accounts.roles import Role, Verb
from wijkpeil.web.logbook.checking import faults
from wijkpeil.web.logbook.models import Content, Line
from wijkpeil.web.logbook.remembering import catch_up, listed_in
from wijkpeil.web.logbook.snapshots import snapshot
from wijkpeil.web.programmes import attaching, items, stories, talks
from wijkpeil.web.programmes.emptying import empty as empty_by_law
from wijkpeil.web.programmes.exporting.archive import take
from wijkpeil.web.programmes.models import (
    Agreement,
    Attachment,
    AttachmentBytes,
    Consent,
    Item,
    Participant,
    Partner,
    Report,
    Story,
    Talk,
    Upload,
)
from wijkpeil.web.programmes.taking_away import take_away

from .conftest import POSTGRESQL, SQLITE, standing_on

BYTES = bytes(range(256)) * 40
SECRET = "Mevrouw Jansen, ’s-Gravenzande 🏡"
WAYS = 6
"""In so many ways something is erased or withdrawn."""
BOTH = [SQLITE, POSTGRESQL]


def lived_in() -> World:
    """Let people do something of everything, with names and texts, and a file."""
    world = World()
    made = world.published(world.partner("Woningbouw"), world.partner("Gemeente"))
    item = made.items.order_by("pk").first()
    items.report(item, "underway", SECRET, by=world["Woningbouw"], seen=item.version)
    world.running(Partner.objects.get(name="Woningbouw"), indicators=["i1", "i2"])
    talk = Talk(**world.place, on=date(2026, 3, 1), about="Status", minutes=f"Verslag van {SECRET}")
    talks.add(talk, [Participant(name=SECRET, role="bewoner", is_resident=True)], by=world["manager"])
    story = stories.add(
        Story(**world.place, title="Tuin", text=SECRET, evidence="Foto", year=2025, portrayed=1),
        by=world["coordinator"],
    )
    consent = Consent(name=SECRET, given_on=date(2026, 1, 1))
    stories.consent(story, consent, by=world["coordinator"], seen=story.version)
    stories.submit(story, by=world["coordinator"], reason="", seen=story.version)
    stories.publish(story, by=world["manager"], reason="", seen=story.version)
    file = Attachment.objects.create(
        programme=world.programme, kind="item", thing=item.key, name="foto.png", media_type="image/png",
        size=len(BYTES), sha256="0" * 64, author=world["coordinator"],
    )  # fmt: skip
    AttachmentBytes.objects.create(attachment=file, content=BYTES)
    return world


def every_row() -> dict[str, list[object]]:
    return {
        model._meta.label_lower: [json.loads(line) for line in tables.rows(model)] for model in tables.kept_models()
    }


def words() -> str:
    return json.dumps(every_row(), ensure_ascii=False)


def erase_since(world: World) -> None:
    """Erase everything that tells of her, in each way there is."""
    talk, story, item = Talk.objects.get(), Story.objects.get(), Report.objects.get().item
    talks.erase(talk, by=world["manager"], reason="Op verzoek", seen=talk.version)
    stories.withdraw(story, by=world["manager"], reason="Op verzoek", seen=story.version)
    stories.erase(Story.objects.get(), by=world["manager"], reason="Op verzoek")
    take_away(item, Report.objects.get(), by=world["manager"], reason="Op verzoek")
    attaching.erase(Item.objects.get(pk=item.pk), Attachment.objects.get(), by=world["manager"], reason="Op verzoek")
    empty_by_law(Agreement.objects.get(), reason="Op verzoek")


@pytest.mark.parametrize("to", BOTH)
@pytest.mark.parametrize("here", BOTH)
def test_a_backup_comes_back_row_for_row_without_what_was_erased_since(empty, erased, tmp_path, here, to):
    whole, later = tmp_path / "heel.zip", tmp_path / "later.zip"
    with standing_on(empty(here)):
        world = lived_in()
        back_up(whole)
        before = every_row()
        assert SECRET in words()
        erase_since(world)
        assert len(list(listed_in(erased))) == WAYS
        back_up(later)
        after = every_row()
    assert SECRET not in erased.read_text()
    assert stat.S_IMODE(erased.stat().st_mode) == 0o600
    with standing_on(empty(to)):
        with undone():
            assert put_back(whole, []).erased == 0
            assert every_row() == before
            assert bytes(AttachmentBytes.objects.get().content) == BYTES
            one = Partner(programme="p", city="c", area="a", name="Nieuw", kind="other", author=Account.objects.first())
            one.save()
            assert one.pk == 3, "numbers go on after those that were put back"
        with undone():
            assert put_back(whole, list(listed_in(erased))).erased == WAYS
            assert SECRET not in words()
            assert Story.objects.get().state == "withdrawn"
            assert not AttachmentBytes.objects.exists()
            assert list(faults()) == []
        with undone():
            assert put_back(later, list(listed_in(erased))).erased == 0
            assert every_row() == after


@contextmanager
def undone():
    """Have everything that happens be undone afterwards, so that the database is empty again."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def site_with_backup(empty, erased, tmp_path):
    address = empty(SQLITE)
    with standing_on(address):
        Account.objects.create_user("een@wijk.example", "Een")
        back_up(tmp_path / "kopie.zip")
        yield tmp_path / "kopie.zip"


def test_a_backup_is_for_its_owner_alone_and_goes_over_nothing(site_with_backup):
    assert stat.S_IMODE(site_with_backup.stat().st_mode) == 0o600
    with pytest.raises(RefusedError, match="is er al"):
        back_up(site_with_backup)


def test_the_keys_are_not_in_a_backup(site_with_backup):
    with zipfile.ZipFile(site_with_backup) as archive:
        told = b"".join(archive.read(name) for name in archive.namelist())
    for key in (site.SECRET_KEY.encode(), site.LOGBOOK_KEY.encode(), site.FACTOR_KEY):
        assert key not in told
    assert not any(name.startswith(("sessions", "auth.", "contenttypes")) for name in archive.namelist())


def test_a_backup_that_fails_leaves_nothing(site_with_backup, monkeypatch):
    def stop(model):
        raise OSError("schijf vol")

    monkeypatch.setattr("wijkpeil.site.keeping.backup.rows", stop)
    before = set(site_with_backup.parent.iterdir())
    with pytest.raises(OSError, match="schijf vol"):
        back_up(site_with_backup.parent / "tweede.zip")
    assert set(site_with_backup.parent.iterdir()) == before


def test_nothing_is_put_back_over_something(site_with_backup):
    with pytest.raises(RefusedError, match="niet leeg"):
        put_back(site_with_backup, [])


def changed(source: Path, target: Path, name: str, change) -> Path:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.namelist():
            told = old.read(part)
            new.writestr(part, change(told) if part == name else told)
    return target


@pytest.mark.parametrize(
    ("name", "change", "says"),
    [
        ("accounts.account.jsonl", lambda told: told.replace(b"Een", b"Eva"), "beschadigd"),
        ("accounts.account.jsonl", lambda told: told + told, "beschadigd"),
        ("accounts.account.jsonl", lambda told: b"", "beschadigd"),
        ("lijst.json", lambda told: told.replace(b"accounts", b"accountz"), "veranderd"),
        ("lijst.zegel", lambda told: b"0" * 64, "veranderd"),
    ],
)
def test_a_backup_that_was_changed_is_refused_before_anything_is_written(
    site_with_backup, empty, tmp_path, monkeypatch, name, change, says
):
    wrong = changed(site_with_backup, tmp_path / "anders.zip", name, change)
    monkeypatch.setattr("wijkpeil.site.keeping.restore.put", lambda *_: pytest.fail("written before it was checked"))
    with standing_on(empty(SQLITE)), pytest.raises(RefusedError, match=says):
        put_back(wrong, [])


def test_what_is_no_backup_is_refused_in_words(empty, erased, tmp_path):
    (tmp_path / "brief.zip").write_text("Geen zip")
    with zipfile.ZipFile(tmp_path / "leeg.zip", "w"):
        pass
    with standing_on(empty(SQLITE)):
        for name in ("brief.zip", "leeg.zip"):
            with pytest.raises(RefusedError, match="geen reservekopie"):
                put_back(tmp_path / name, [])


def test_a_backup_sealed_with_another_key_is_refused(site_with_backup, empty, settings):
    settings.LOGBOOK_KEY = "een andere sleutel"
    with standing_on(empty(SQLITE)), pytest.raises(RefusedError, match="andere WIJKPEIL_LOGBOOK_KEY"):
        put_back(site_with_backup, [])


def test_a_backup_tells_which_other_key_is_not_that_of_then(site_with_backup, empty, settings):
    settings.FACTOR_KEY = b"een andere sleutel"
    with standing_on(empty(SQLITE)):
        assert put_back(site_with_backup, []).other_keys == ["WIJKPEIL_ACCOUNT_KEY"]


def test_no_backup_is_made_of_a_database_of_an_older_version(site_with_backup, tmp_path):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'programmes'")
    with pytest.raises(RefusedError, match="oudere versie"):
        back_up(tmp_path / "tweede.zip")


def test_a_backup_of_another_version_is_refused(site_with_backup, empty):
    with standing_on(empty(SQLITE)), pytest.raises(RefusedError, match="andere tabellen"):
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_migrations WHERE app = 'programmes' AND name LIKE '0002%'")
        put_back(site_with_backup, [])


@pytest.mark.parametrize("kind", BOTH)
def test_a_logbook_that_was_tampered_with_in_the_backup_is_not_put_back(empty, erased, tmp_path, monkeypatch, kind):
    with standing_on(empty(kind)):
        lived_in()
        Content.objects.filter(line=2).update(said='{"reason": "anders", "payload": {}}')
        monkeypatch.setattr("wijkpeil.site.keeping.backup.faults", list)
        back_up(tmp_path / "kopie.zip")
    with standing_on(empty(kind)):
        with pytest.raises(RefusedError, match="klopt niet"):
            put_back(tmp_path / "kopie.zip", [])
        assert not Line.objects.exists()


@pytest.mark.parametrize("kind", BOTH)
def test_a_backup_is_of_one_moment_while_others_write(empty, erased, kind):
    with standing_on(empty(kind)):
        with snapshot():
            assert Account.objects.count() == 0
            with closing(connections.create_connection("default")) as other, other.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO accounts_account (id, password, email, name, is_active, made_at, sessions_from) "
                    "VALUES (%s, '', 'x', 'x', %s, %s, %s)",
                    ["0" * 32, True, timezone.now(), timezone.now()],
                )
            assert Account.objects.count() == 0
        assert Account.objects.count() == 1


@pytest.mark.parametrize("kind", BOTH)
def test_the_archive_of_an_auditor_is_of_one_moment_while_others_write(empty, erased, kind):
    with standing_on(empty(kind)):
        world = lived_in()
        auditor = world.somebody(Role.AUDITOR, city="", area="")
        pieces = take(world.programme, by=auditor)
        held = [next(pieces)]
        lines = Line.objects.count()
        with closing(connections.create_connection("default")) as other, other.cursor() as cursor:
            cursor.execute("UPDATE accounts_account SET name = 'LATER'")
        archive = zipfile.ZipFile(io.BytesIO(b"".join([*held, *pieces])))
        assert b"LATER" not in archive.read("accounts.jsonl")
        assert archive.read("logboek.jsonl").count(b"\n") == lines
        assert Account.objects.filter(name="LATER").count() == Account.objects.count()


def test_a_file_that_was_taken_away_does_not_come_back_from_a_backup(empty, erased, tmp_path):
    with standing_on(empty(SQLITE)):
        world = lived_in()
        back_up(tmp_path / "heel.zip")
        file = Attachment.objects.get()
        attaching.detach(Item.objects.get(key=file.thing), file, by=world["Woningbouw"], reason="Verkeerde foto")
    with standing_on(empty(SQLITE)):
        assert put_back(tmp_path / "heel.zip", list(listed_in(erased))).erased == 1
        assert not AttachmentBytes.objects.exists()
        assert list(faults()) == []


def test_every_erasure_that_there_is_can_be_done_again():
    assert {str(kind) for kind, verb in PERMISSIONS if verb == Verb.ERASE} <= set(map(str, KINDS))


def test_an_erasure_that_is_not_on_the_list_yet_is_added_by_the_next_command(empty, erased):
    with standing_on(empty(SQLITE)):
        erase_since(lived_in())
        shutil.copy(erased, erased.with_suffix(".kopie"))
        erased.unlink()
        assert catch_up() == WAYS
        assert sorted(map(str, listed_in(erased))) == sorted(map(str, listed_in(erased.with_suffix(".kopie"))))
        assert catch_up() == 0


def test_an_erasure_that_is_undone_is_not_on_the_list(empty, erased):
    with standing_on(empty(SQLITE)):
        world = lived_in()
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            erase_since(world)
            raise ZeroDivisionError
        assert not erased.exists()


def test_who_types_the_commands_is_told_what_happened(empty, erased, tmp_path, capsys):
    kept = tmp_path / "kopie.zip"
    shelf = ["--shelf", str(tmp_path / "edities")]
    with standing_on(empty(SQLITE)):
        world = lived_in()
        assert main(["backup", str(kept), *shelf]) == 0
        said = capsys.readouterr()
        assert "kopie.zip: " in said.out
        assert "De sleutels zitten er niet in" in said.err
        assert "wijkpeil.gewist" in said.err
        assert main(["backup", str(kept), *shelf]) == 2
        assert main(["restore", str(kept), *shelf]) == 2
        assert "niet leeg" in capsys.readouterr().err
        erase_since(world)
    erased.rename(tmp_path / "elders")
    with standing_on(empty(SQLITE)):
        assert main(["restore", str(kept), "--erased", str(kept), *shelf]) == 2
        assert "geen lijst" in capsys.readouterr().err
        assert main(["restore", str(kept), "--erased", str(tmp_path / "elders"), *shelf]) == 0
        said = capsys.readouterr()
        assert "Het logboek klopt tot en met regel" in said.out
        assert f"Opnieuw gewist of ingetrokken: {WAYS}." in said.out
        assert SECRET not in words()
        assert main(["restore", str(tmp_path / "nergens.zip"), *shelf]) == 2


def test_what_is_due_is_told_first_and_then_erased(empty, erased, tmp_path, capsys):
    shelf = ["--shelf", str(tmp_path / "edities")]
    with standing_on(empty(SQLITE)):
        lived_in()
        Talk.objects.update(on=timezone.localdate() - timedelta(days=800))
        Story.objects.update(shown_until=timezone.localdate() - timedelta(days=31))
        for days in (0, 2):
            Upload.objects.create(
                programme="p", by=Account.objects.first(), name="x", made_at=timezone.now() - timedelta(days=days)
            )
        Account.objects.create_user("oud@wijkpeil.example", "Oud")
        Account.objects.create_user("nieuw@wijkpeil.example", "Nieuw")
        Account.objects.filter(name="Oud").update(made_at=timezone.now() - timedelta(days=800))
        assert main(["erase", "--dry-run", *shelf]) == 0
        said = capsys.readouterr().out
        assert "accounts zonder rol: 1 zou gewist worden" in said
        assert Account.objects.filter(name="Oud").exists()
        assert Upload.objects.count() == 2
        assert "Namen, verslag en bezwaren van gesprekken: 1 zou gewist worden" in said
        assert Story.objects.get().text == SECRET
        assert main(["erase", *shelf]) == 0
        assert Story.objects.get().text == "" == Talk.objects.get().minutes
        assert not Participant.objects.exclude(name="").exists()
        assert Upload.objects.count() == 1
        assert not Account.objects.filter(name="Oud").exists()
        assert Account.objects.filter(name="Nieuw").exists()
        capsys.readouterr()
        assert main(["erase", *shelf]) == 0
        said = capsys.readouterr().out
        assert ": 0 gewist" in said
        assert ": 1 gewist" not in said
        assert list(faults()) == []
        assert len(list(listed_in(erased))) == 4
