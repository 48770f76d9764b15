"""Files that stand with things: who gets them, when they are gone, and what the logbook keeps of them."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from wijkpeil.portrayal.language import language
from wijkpeil.publication import Shelf
from wijkpeil.web.accounts.roles import Kind, Role, Verb
from wijkpeil.web.logbook.checking import faults
from wijkpeil.web.logbook.models import Content, Line
from wijkpeil.web.programmes import attaching, items, measures, stories, talks, visitations
from wijkpeil.web.programmes.acting import ForbiddenError, HiddenError, NotNowError
from wijkpeil.web.programmes.attached import may_be_shown, size_words
from wijkpeil.web.programmes.attachments.cleaning import clean
from wijkpeil.web.programmes.attachments.sent import Sent
from wijkpeil.web.programmes.attachments.types import MOST_BYTES
from wijkpeil.web.programmes.models import (
    Attachment,
    AttachmentBytes,
    Consent,
    Output,
    Participant,
    Report,
    Story,
    Talk,
    Visitation,
)

pytestmark = pytest.mark.django_db
AT = "/programma/wijkaanpak"
CANARY = "Kanariegeel"
NAME = f'{CANARY} <b>"\u202efdp.pdf'


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


def png(size=(4, 4)):
    written = io.BytesIO()
    Image.new("RGB", size, "red").save(written, "PNG")
    return written.getvalue()


PNG = png()


def sent(content=b"Opgeleverd op tijd", name=NAME, shows=""):
    return Sent.of(name, clean(content, name), shows)


def file(content=b"Opgeleverd op tijd", name="bewijs.txt"):
    return SimpleUploadedFile(name, content, content_type="text/html")


@pytest.fixture(autouse=True)
def real_place(world, example_shelf):
    """Let the small world stand in a neighbourhood of the example."""
    programme = Shelf(example_shelf).open("voorbeeld").policy.programme["wijkaanpak"]
    first = programme.neighbourhoods[0]
    world.area, world.city = programme.code_of(first), first.gemeente


@pytest.fixture
def cleaned_here(monkeypatch):
    """Clean in this process: another one takes a third of a second each time."""
    monkeypatch.setattr("wijkpeil.web.programmes.forms.attachment.clean_apart", clean)


@pytest.fixture
def item(world, corporation, municipality):
    return world.published(corporation, municipality).items.order_by("pk").first()


@pytest.fixture
def talk(world):
    return talks.add(
        Talk(**world.place, on=timezone.localdate()), [Participant(role="bewoner", name=CANARY)], by=world["manager"]
    )


def told(world, portrayed=1):
    made = Story(**world.place, title="De moestuin", text="Er wordt gelachen.", evidence="Foto", year=2026)
    made.portrayed = portrayed
    return stories.add(made, by=world["residents"])


def agree(world, story, **more):
    given = Consent(**{"name": CANARY, "given_on": timezone.localdate(), **more})
    stories.consent(story, given, by=world["residents"], seen=story.version)


def published(world, **more):
    """Publish a story with a photo of somebody who agreed."""
    story = told(world)
    photo = attaching.attach(story, sent(PNG, f"{CANARY}.png", "Een tuin"), by=world["residents"])
    agree(world, story, **more)
    stories.submit(story, by=world["residents"], reason="", seen=story.version)
    stories.publish(story, by=world["manager"], reason="", seen=story.version)
    return story, photo


def at(slug, thing, one, way="bijlage"):
    return f"{AT}/{slug}/{thing.key}/{way}/{one.key}"


class TestWhoGetsThem:
    """A file is as visible as the thing it stands with."""

    def test_everybody_gets_the_evidence_of_a_public_item_as_a_download_that_nothing_opens(self, world, item, visitor):
        one = attaching.attach(item, sent(), by=world["Woningbouw"])
        page = visitor.get(f"{AT}/onderdelen/{item.key}").content.decode()
        assert f"{CANARY} &lt;b&gt;&#34;fdp.pdf" in page
        assert "platte tekst, 1\u00a0kB" in page
        answer = visitor.get(at("onderdelen", item, one))
        assert answer.content == b"Opgeleverd op tijd"
        assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{CANARY} -b-fdp.txt"'
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert "ETag" not in answer.headers
        assert not answer.cookies

    def test_a_name_with_letters_of_all_lands_is_given_out_as_browsers_understand(self, world, item, visitor):
        one = attaching.attach(item, sent(name="Één\r\nX: y.txt"), by=world["Woningbouw"])
        given = visitor.get(at("onderdelen", item, one)).headers["Content-Disposition"]
        assert given == "attachment; filename*=utf-8''%C3%89%C3%A9nX-%20y.txt"

    def test_what_may_not_be_known_is_answered_like_what_is_not_there(self, world, corporation, visitor, signed_in):
        measure = world.measure(corporation)
        one = attaching.attach(measure, sent(), by=world["coordinator"])
        foreign = signed_in(world.somebody(Role.MANAGER, city="GM9999", area=""))
        for browser in (visitor, foreign):
            hidden = browser.get(at("maatregelen", measure, one))
            nothing = browser.get(f"{AT}/maatregelen/{'0' * 16}/bijlage/{'1' * 16}")
            assert (hidden.status_code, nothing.status_code) == (404, 404)
            same = hidden.content.decode().replace(measure.key, "0" * 16).replace(one.key, "1" * 16)
            assert same == nothing.content.decode()
            assert hidden.headers.keys() == nothing.headers.keys()
        assert signed_in(world["coordinator"]).get(at("maatregelen", measure, one)).status_code == 200

    def test_a_file_is_found_only_with_its_own_thing(self, world, corporation, item, visitor):
        hidden = world.measure(corporation)
        one = attaching.attach(hidden, sent(), by=world["coordinator"])
        for way in ("bijlage", "foto"):
            assert visitor.get(at("onderdelen", item, one, way)).status_code == 404
        shown = attaching.attach(item, sent(PNG), by=world["Woningbouw"])
        assert visitor.get(at("onderdelen", item, shown, "foto")).status_code == 404, "only of stories"

    def test_minutes_of_a_talk_are_for_who_reads_the_talk_and_for_nobody_else(self, world, talk, visitor, signed_in):
        one = attaching.attach(talk, sent(), by=world["manager"])
        for who, status in (("coordinator", 200), ("auditor", 200), ("reviewer", 404), ("administrator", 404)):
            assert signed_in(world[who]).get(at("gesprekken", talk, one)).status_code == status, who
        assert visitor.get(at("gesprekken", talk, one)).status_code == 404
        assert not talk.is_public


class TestComingAndGoing:
    """Attached, detached, erased: one line each, which never holds a name."""

    def test_each_verb_leaves_one_line_with_the_hash_and_without_the_name(self, world, item):
        before = world.written()
        one = attaching.attach(item, sent(shows=CANARY), by=world["Woningbouw"])
        assert world.written() == before + 1
        attaching.detach(fresh(item), one, by=world["Woningbouw"], reason="Verkeerd bestand")
        assert world.written() == before + 2
        assert [line.verb for line in Line.objects.order_by("-number")[:2]] == [Verb.DETACH, Verb.ATTACH]
        latest = Content.objects.order_by("-line__number")[:2]
        assert all(text.payload["sha256"] == one.sha256 for text in latest)
        assert not any(CANARY in text.said for text in latest)
        gone = fresh(one)
        assert (gone.name, gone.shows, gone.sha256) == ("", "", one.sha256)
        assert not AttachmentBytes.objects.exists()
        assert list(faults()) == []
        with pytest.raises(NotNowError, match="al weg"):
            attaching.detach(fresh(item), one, by=world["Woningbouw"], reason="Nog eens")

    def test_only_who_may_attaches_and_whoever_may_not_know_learns_nothing(self, world, item, corporation):
        with pytest.raises(ForbiddenError):
            attaching.attach(item, sent(), by=world["Gemeente"])
        with pytest.raises(HiddenError):
            attaching.attach(world.measure(corporation), sent(), by=world["Gemeente"])
        assert not Attachment.objects.exists()

    def test_what_was_nagekeken_stays_and_only_the_law_takes_it_away(self, world, item):
        one = attaching.attach(item, sent(), by=world["Woningbouw"])
        items.find(item, "partly", "Gezien", by=world["reviewer"], seen=item.version)
        with pytest.raises(NotNowError, match="stand niet meer"):
            attaching.detach(fresh(item), one, by=world["Woningbouw"], reason="Liever niet")
        attaching.erase(fresh(item), one, by=world["manager"], reason="Er staat een adres in")
        assert not AttachmentBytes.objects.exists()
        assert list(faults()) == []

    def test_evidence_that_is_still_open_stays_once_somebody_looked(self, world, item, corporation):
        one = attaching.attach(item, sent(), by=world["Woningbouw"])
        items.find(item, "late", "Nog niet klaar", by=world["reviewer"], seen=item.version)
        with pytest.raises(NotNowError, match="nagekeken"):
            attaching.detach(fresh(item), one, by=world["Woningbouw"], reason="Liever niet")
        measure = world.running(corporation)
        two = attaching.attach(measure, sent(), by=world["Woningbouw"])
        made = Output(year=2026, what="Woningen", quantity=4, unit="woningen", source="Register")
        measures.report(measure, made, by=world["Woningbouw"], seen=measure.version)
        measures.check(measure, made, by=world["reviewer"], seen=measure.version)
        with pytest.raises(NotNowError, match="nagekeken"):
            attaching.detach(fresh(measure), two, by=world["Woningbouw"], reason="Liever niet")

    def test_what_others_signed_or_published_gets_no_other_files(self, world, corporation, municipality):
        agreement = world.agreement(corporation, municipality)
        one = attaching.attach(fresh(agreement), sent(), by=world["coordinator"])
        signed = world.sign(agreement)
        for do in (
            lambda: attaching.attach(fresh(signed), sent(), by=world["coordinator"]),
            lambda: attaching.detach(fresh(signed), one, by=world["coordinator"], reason="Weg"),
        ):
            with pytest.raises(NotNowError, match="stand niet meer"):
                do()
        attaching.erase(fresh(agreement), one, by=world["manager"], reason="Er staat een adres in")
        visitation = Visitation(**world.place, committee="Commissie", on=timezone.localdate(), findings="Goed")
        visitations.add(visitation, by=world["reviewer"])
        attaching.attach(visitation, sent(), by=world["reviewer"])
        visitations.publish(visitation, by=world["minister"], reason="", seen=visitation.version)
        with pytest.raises(NotNowError, match="stand niet meer"):
            attaching.attach(fresh(visitation), sent(), by=world["reviewer"])

    def test_a_thing_has_so_many_files_and_no_more(self, world, item, monkeypatch):
        monkeypatch.setattr(attaching, "MOST", 1)
        attaching.attach(item, sent(), by=world["Woningbouw"])
        with pytest.raises(NotNowError, match="twintig"):
            attaching.attach(item, sent(), by=world["Woningbouw"])

    def test_a_file_that_cannot_be_kept_leaves_no_line(self, world, item, monkeypatch):
        before = world.written()
        monkeypatch.setattr(AttachmentBytes.objects, "create", lambda **_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            attaching.attach(item, sent(), by=world["Woningbouw"])
        assert (world.written(), Attachment.objects.count()) == (before, 0)

    def test_minutes_go_with_the_talk(self, world, talk):
        attaching.attach(talk, sent(), by=world["manager"])
        talks.erase(talk, by=world["manager"], reason="Termijn voorbij")
        assert not AttachmentBytes.objects.exists()
        assert not Attachment.objects.exclude(name="").exists()
        assert not any(CANARY in text.said for text in Content.objects.all())
        with pytest.raises(NotNowError):
            attaching.attach(talk, sent(), by=world["manager"])
        assert list(faults()) == []


class TestPhotosOfPeople:
    """Shown as long as everybody in them agrees, and not a moment longer."""

    def test_a_photo_is_shown_on_the_page_of_its_story_with_what_is_to_be_seen(self, world, visitor):
        story, photo = published(world)
        page = visitor.get(f"{AT}/verhalen/{story.key}").content.decode()
        assert f'<img src="{at("verhalen", story, photo, "foto")}" alt="Een tuin"' in page
        answer = visitor.get(at("verhalen", story, photo, "foto"))
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")
        assert answer.headers["Content-Disposition"].startswith("inline")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "private, no-store"

    def test_a_consent_that_is_taken_back_removes_the_photo_at_once_for_everybody(self, world, visitor, signed_in):
        story, photo = published(world)
        stories.withdraw(story, by=world["residents"], reason="", seen=story.version)
        assert not AttachmentBytes.objects.exists()
        manager = signed_in(world["manager"])
        for browser in (visitor, manager):
            for way in ("foto", "bijlage"):
                assert browser.get(at("verhalen", story, photo, way)).status_code == 404
        page = manager.get(f"{AT}/verhalen/{story.key}").content.decode()
        assert "<img" not in page.partition("<main")[2]

    def test_a_consent_that_ends_takes_the_photo_with_it_the_next_day(self, world, visitor, signed_in, monkeypatch):
        today = timezone.localdate()
        story, photo = published(world, until=today)
        manager = signed_in(world["manager"])
        assert visitor.get(at("verhalen", story, photo, "foto")).status_code == 200
        now = timezone.now() + timedelta(days=1)
        monkeypatch.setattr(timezone, "now", lambda: now)
        assert visitor.get(at("verhalen", story, photo, "foto")).status_code == 404
        assert not may_be_shown(fresh(story), today + timedelta(days=1))
        monkeypatch.undo()
        assert manager.get(at("verhalen", story, photo, "bijlage")).status_code == 200

    def test_before_everybody_agreed_nobody_sees_a_photo(self, world, signed_in):
        story = told(world, portrayed=2)
        photo = attaching.attach(story, sent(PNG, shows="Een tuin"), by=world["residents"])
        agree(world, story)
        manager = signed_in(world["manager"])
        assert manager.get(at("verhalen", story, photo, "foto")).status_code == 404
        assert at("verhalen", story, photo) not in manager.get(f"{AT}/verhalen/{story.key}").content.decode()
        agree(world, story)
        assert manager.get(at("verhalen", story, photo, "foto")).status_code == 200

    def test_a_new_photo_is_seen_by_who_publishes_and_is_described(self, world):
        story = told(world, portrayed=0)
        with pytest.raises(NotNowError, match="Beschrijf"):
            attaching.attach(story, sent(PNG), by=world["residents"])
        story = fresh(story)
        stories.submit(story, by=world["residents"], reason="", seen=story.version)
        attaching.attach(story, sent(PNG, shows="Een tuin"), by=world["residents"])
        assert fresh(story).state == "draft"
        story = fresh(story)
        stories.submit(story, by=world["residents"], reason="", seen=story.version)
        stories.publish(story, by=world["manager"], reason="", seen=story.version)
        with pytest.raises(NotNowError, match="stand niet meer"):
            attaching.attach(story, sent(PNG, shows="Een gezicht"), by=world["residents"])


REPORT = {"status": "underway", "text": f"Twintig klaar {CANARY}", "spent_cents": "", "evidence": "", "reason": ""}


@pytest.mark.usefixtures("cleaned_here")
class TestForms:
    """Sending a file without a script."""

    def test_a_partner_reports_with_evidence_in_one_go(self, world, item, signed_in):
        browser = signed_in(world["Woningbouw"])
        way = f"{AT}/onderdelen/{item.key}/melden"
        form = browser.get(way).content.decode()
        assert 'enctype="multipart/form-data"' in form
        assert 'type="file"' in form
        assert "tot 10 MB" in form
        before = world.written()
        answer = browser.post(way, {**REPORT, "seen": item.version, "attachment": file()})
        assert answer.status_code == 303
        assert (Report.objects.count(), Attachment.objects.get().name, world.written()) == (1, "bewijs.txt", before + 2)

    @pytest.mark.parametrize(
        ("content", "name", "says"),
        [
            (b"<svg onload=alert(1)>", "foto.png", "webpagina"),
            (b"MZ\x90\x00\xff", "bewijs.pdf", "herkennen we niet"),
            (b"x" * (MOST_BYTES + 5), "groot.txt", "meer dan 10 MB"),
            (b"", "leeg.txt", "leeg"),
        ],
    )
    def test_a_file_that_is_not_taken_says_why_and_what_is_and_keeps_what_was_typed(
        self, world, item, signed_in, content, name, says
    ):
        way = f"{AT}/onderdelen/{item.key}/melden"
        sent_along = {**REPORT, "seen": item.version, "attachment": file(content, name)}
        answer = signed_in(world["Woningbouw"]).post(way, sent_along)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert says in page
        assert REPORT["text"] in page
        assert not Report.objects.exists()
        if content:
            assert "Toegestaan zijn PDF" in page
            assert "Kies je bestand opnieuw" in page

    def test_a_report_that_is_refused_keeps_no_file_and_a_file_that_is_refused_no_report(self, world, item, signed_in):
        browser, way = signed_in(world["Woningbouw"]), f"{AT}/onderdelen/{item.key}/melden"
        answer = browser.post(way, {**REPORT, "text": "", "seen": item.version, "attachment": file()})
        assert answer.status_code == 422
        assert "Kies je bestand opnieuw" in answer.content.decode()
        assert browser.post(way, {**REPORT, "seen": 99, "attachment": file()}).status_code == 409
        for number in range(attaching.MOST):
            attaching.attach(fresh(item), sent(name=f"{number}.txt"), by=world["Woningbouw"])
        before = world.written()
        answer = browser.post(way, {**REPORT, "seen": fresh(item).version, "attachment": file()})
        assert answer.status_code == 409
        assert "twintig" in answer.content.decode()
        assert (Report.objects.count(), world.written()) == (0, before)

    def test_files_of_each_kind_come_go_and_are_erased_at_the_desk(self, world, talk, signed_in):
        browser = signed_in(world["manager"])
        way = f"{AT}/gesprekken/{talk.key}"
        assert "Bijlage weghalen" not in browser.get(way).content.decode()
        assert browser.post(f"{way}/bijlage", {"seen": 1, "reason": "", "attachment": file(PNG)}).status_code == 303
        page = browser.get(way).content.decode()
        assert "afbeelding (PNG)" in page
        assert "Bijlage weghalen" in page
        one = Attachment.objects.get()
        gone = {"seen": 2, "reason": "Verkeerd bestand", "attachment": one.key}
        assert browser.post(f"{way}/bijlage-weghalen", gone).status_code == 303
        assert at("gesprekken", talk, one) not in browser.get(way).content.decode()
        assert browser.get(at("gesprekken", talk, one)).status_code == 404

    def test_a_story_is_told_with_its_photo_and_what_is_to_be_seen_on_it(self, world, signed_in):
        said = {
            "title": "T",
            "text": "t",
            "evidence": "e",
            "year": 2026,
            "portrayed": 0,
            "area": world.area,
            "reason": "",
        }
        browser = signed_in(world["residents"])
        answer = browser.post(f"{AT}/verhalen/nieuw", {**said, "attachment": file(PNG)})
        assert answer.status_code == 409
        assert "Beschrijf wat er op de foto" in answer.content.decode()
        assert not Story.objects.exists()
        kept = {**said, "attachment": file(PNG, "tuin.html"), "attachment_shows": "Een tuin"}
        assert browser.post(f"{AT}/verhalen/nieuw", kept).status_code == 303
        assert (Attachment.objects.get().media_type, Attachment.objects.get().shows) == ("image/png", "Een tuin")

    def test_only_who_may_attach_gets_as_far_as_sending(self, world, item, visitor, signed_in):
        way = f"{AT}/onderdelen/{item.key}/bijlage"
        assert signed_in(world["coordinator"]).post(way, {"attachment": file()}).status_code == 403
        assert visitor.post(way, {"attachment": file()}).status_code in {302, 303, 403}
        assert not Attachment.objects.exists()


def test_more_than_the_limit_is_never_in_memory_and_the_form_still_arrives(world, item, signed_in, monkeypatch):
    from wijkpeil.site import uploads

    monkeypatch.setattr(uploads, "MOST", 100)
    kept = []
    before = uploads.Bounded.file_complete

    def spy(self, size):
        done = before(self, size)
        kept.append((size, len(done.file.getvalue())))
        return done

    monkeypatch.setattr(uploads.Bounded, "file_complete", spy)
    signed_in(world["Woningbouw"]).post(
        f"{AT}/onderdelen/{item.key}/melden", {**REPORT, "seen": item.version, "attachment": file(b"x" * 250_000)}
    )
    assert kept == [(250_000, 100)]
    assert uploads.MOST == 100


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (1, "1\u00a0kB"),
        (240_400, "240\u00a0kB"),
        (999_400, "999\u00a0kB"),
        (999_500, "1,0\u00a0MB"),
        (1_234_567, "1,2\u00a0MB"),
    ],
)
def test_sizes_are_said_as_people_say_them(size, words):
    assert size_words(size, language("nl")) == words


def test_every_kind_that_carries_files_may_get_them_and_lose_them_by_law():
    from wijkpeil.web.accounts.permissions import PERMISSIONS

    for kind in attaching.IS_OPEN:
        for verb in (Verb.ATTACH, Verb.DETACH, Verb.ERASE):
            assert PERMISSIONS[kind, verb], (kind, verb)
    assert not {kind for kind, verb in PERMISSIONS if verb is Verb.ATTACH} - set(attaching.IS_OPEN)
    assert Kind.DECISION not in attaching.IS_OPEN
