"""Documents: frozen by one, approved and sent by another; what was sent stays, but a withdrawn story goes."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pypdfium2
import pytest
from django.test import Client, override_settings

from web.lived_in import LivedIn
from wijkpeil.publication import Shelf
from wijkpeil.publication.edition import Edition
from wijkpeil.reports import remaking
from wijkpeil.reports.archive import read_archive
from wijkpeil.reports.kept import Kept
from wijkpeil.web.accounts.models import Account
from wijkpeil.web.accounts.refusals import ForbiddenError
from wijkpeil.web.accounts.roles import Role
from wijkpeil.web.logbook.models import Line
from wijkpeil.web.programmes import documents, stories
from wijkpeil.web.programmes.acting import NotNowError
from wijkpeil.web.programmes.models import Document, Frozen, Measure, Story

AREA = "wijkaanpak.9001-03"


@pytest.fixture(autouse=True)
def kept(tmp_path: Path) -> Iterator[Kept]:
    with override_settings(REPORTS=tmp_path / "rapporten", REPORTS_MOST=1_000_000):
        yield Kept(tmp_path / "rapporten", 1_000_000)


@pytest.fixture
def edition(example_shelf: Path) -> Edition:
    return Shelf(example_shelf).open("voorbeeld")


@pytest.fixture
def manager(lived_in: LivedIn, somebody: Callable[..., Account]) -> Account:
    return somebody(Role.MANAGER)


@pytest.fixture
def minister(lived_in: LivedIn, somebody: Callable[..., Account]) -> Account:
    return somebody(Role.MINISTER)


@pytest.fixture
def frozen(manager: Account, edition: Edition) -> Document:
    made = documents.add(Document(**_place(edition), title="Wat er lukte"), by=manager)
    documents.freeze(made, edition, by=manager, seen=made.version)
    return made


@pytest.fixture
def sent(frozen: Document, minister: Account) -> Document:
    documents.approve(frozen, by=minister, seen=frozen.version)
    documents.send(frozen, paper="30 995-100", by=minister, seen=frozen.version)
    return frozen


def _place(edition: Edition) -> dict[str, str]:
    programme = edition.policy.programme["wijkaanpak"]
    one = next(one for one in programme.neighbourhoods if programme.code_of(one) == AREA)
    return {"programme": "wijkaanpak", "city": one.gemeente, "area": AREA}


def _text(content: bytes) -> str:
    return " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(BytesIO(content)))


def test_document_is_frozen_approved_by_another_and_sent_each_with_its_line(
    sent: Document, manager: Account, minister: Account
) -> None:
    lines = Line.objects.filter(thing=sent.key).order_by("number")
    assert [one.verb for one in lines] == ["add", "freeze", "approve", "send"]
    assert Document.objects.get().is_public
    with pytest.raises(NotNowError):
        documents.change(sent, {"title": "Anders"}, by=manager, reason="", seen=sent.version)
    with pytest.raises(ForbiddenError):
        documents.approve(sent, by=manager, seen=sent.version)


def test_author_approves_no_document_of_his_own(frozen: Document, minister: Account) -> None:
    Document.objects.update(author=minister)
    own = Document.objects.get()
    with pytest.raises(NotNowError, match="zelf hebt gemaakt"):
        documents.approve(own, by=minister, seen=own.version)


def test_changing_a_frozen_document_thaws_it(frozen: Document, manager: Account) -> None:
    documents.change(frozen, {"title": "Anders"}, by=manager, reason="", seen=frozen.version)
    assert (frozen.state, frozen.archive_hash, Frozen.objects.count()) == ("draft", "", 0)


def test_later_correction_of_an_output_changes_nothing_of_a_frozen_document(
    frozen: Document, edition: Edition, client: Client
) -> None:
    before = documents.archive_of(frozen)
    assert before is not None
    Measure.objects.filter(area=AREA).first().outputs.update(what="Iets heel anders")  # type: ignore[union-attr]
    after = documents.archive_of(Document.objects.get())
    assert after == before
    assert remaking.remade(before, edition) == before.document


def test_sent_document_and_its_archive_are_for_everybody_and_a_frozen_one_is_not(
    frozen: Document, minister: Account, client: Client
) -> None:
    at = f"/programma/wijkaanpak/rapporten/{frozen.key}"
    assert [client.get(f"{at}{end}").status_code for end in ("", "/rapport.pdf", "/archief.zip")] == [404] * 3
    documents.approve(frozen, by=minister, seen=frozen.version)
    documents.send(frozen, paper="", by=minister, seen=frozen.version)
    page, pdf, archive = (client.get(f"{at}{end}") for end in ("", "/rapport.pdf", "/archief.zip"))
    assert f"{at}/rapport.pdf" in page.content.decode()
    assert read_archive(archive.content).document == pdf.content
    assert client.get(f"{at}/rapport.pdf", headers={"if-none-match": pdf["ETag"]}).status_code == 304


def test_withdrawn_story_is_gone_in_the_same_request_and_the_document_is_issued_again(
    sent: Document,
    edition: Edition,
    client: Client,
    signed_in: Callable[[Account], Client],
    manager: Account,
    kept: Kept,
) -> None:
    story = Story.objects.filter(area=AREA, state="published").order_by("pk").first()
    assert story is not None
    at = f"/programma/wijkaanpak/rapporten/{sent.key}"
    before = client.get(f"{at}/rapport.pdf").content
    assert story.title in _text(before)
    kept.keep("aa", b"een profiel met het verhaal")
    answer = signed_in(manager).post(
        f"/programma/wijkaanpak/verhalen/{story.key}/intrekken", {"seen": story.version, "reason": ""}
    )
    assert answer.status_code == 303
    told = bytes(Frozen.objects.get().content)
    assert story.text.encode() not in told
    assert story.title.encode() not in told
    assert b"%PDF" not in told
    assert kept.find("aa") is None
    again = client.get(f"{at}/rapport.pdf").content
    assert story.title not in _text(again)
    assert "redactie 1" in _text(again)
    assert client.get(f"{at}/rapport.pdf").content == again
    archive = read_archive(client.get(f"{at}/archief.zip").content)
    assert [one.story for one in archive.recipe.tombstones] == [story.key]
    assert remaking.remade(archive, edition) == again
    now = Document.objects.get()
    assert (now.state, now.redaction) == ("sent", 1)
    assert story.text not in " ".join(ZipFile(BytesIO(client.get(f"{at}/archief.zip").content)).namelist())


def test_document_that_cannot_be_issued_again_is_not_given_out_and_says_why(
    sent: Document, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = Story.objects.filter(area=AREA, state="published").first()
    assert story is not None
    stories.withdraw(story, by=None, reason="")
    monkeypatch.setattr(documents, "made", lambda archive, edition: remaking.check_edition(_other(archive), edition))
    answer = client.get(f"/programma/wijkaanpak/rapporten/{sent.key}/rapport.pdf")
    assert answer.status_code == 409
    assert "De cijfers zijn niet die van het rapport" in answer.content.decode()


def _other(archive: Any) -> Any:
    return replace(archive, recipe=replace(archive.recipe, edition_hash="0" * 64))


def test_story_that_no_document_tells_touches_none(sent: Document) -> None:
    elsewhere = Story.objects.filter(state="published").exclude(area=AREA).first()
    assert elsewhere is not None
    held = Frozen.objects.get().stories
    Frozen.objects.update(stories=[one for one in held if one != elsewhere.key])
    stories.withdraw(elsewhere, by=None, reason="")
    assert Document.objects.get().redaction == 0


def test_erratum_names_the_document_what_was_wrong_where_and_what_is_right(
    sent: Document, edition: Edition, manager: Account, minister: Account, client: Client
) -> None:
    before = bytes(Frozen.objects.get().content)
    made = documents.add(
        Document(
            **_place(edition),
            sort="erratum",
            title="Verbetering",
            corrects=sent,
            wrong="Er staat 131.",
            wrong_where="Bladzijde 5.",
            right="Het zijn er 113.",
        ),
        by=manager,
    )
    documents.freeze(made, edition, by=manager, seen=made.version)
    documents.approve(made, by=minister, seen=made.version)
    documents.send(made, paper="", by=minister, seen=made.version)
    said = _text(client.get(f"/programma/wijkaanpak/rapporten/{made.key}/rapport.pdf").content)
    for words in ("Er staat 131.", "Bladzijde 5.", "Het zijn er 113.", "Wat er lukte"):
        assert words in said
    assert bytes(Frozen.objects.get(document=sent).content) == before
    assert made.key in client.get(f"/programma/wijkaanpak/rapporten/{sent.key}").content.decode()


def test_erratum_without_what_is_right_or_of_a_document_that_was_not_sent_is_refused(
    frozen: Document, edition: Edition, manager: Account
) -> None:
    place = _place(edition)
    with pytest.raises(NotNowError, match="verzonden rapport"):
        documents.add(Document(**place, sort="erratum", title="V", corrects=frozen, wrong="a"), by=manager)
    Document.objects.update(state="sent")
    sent = Document.objects.get()
    with pytest.raises(NotNowError, match="wat het moet zijn"):
        documents.add(Document(**place, sort="erratum", title="V", corrects=sent, wrong="a"), by=manager)


def test_manager_makes_and_freezes_a_magazine_over_the_pages(
    signed_in: Callable[[Account], Client], manager: Account
) -> None:
    client, at = signed_in(manager), "/programma/wijkaanpak/rapporten"
    given = {"area": AREA, "sort": "magazine", "title": "Uit de buurt", "reason": ""}
    assert client.post(f"{at}/nieuw", given).status_code == 303
    one = Document.objects.get()
    assert client.post(f"{at}/{one.key}/bevriezen", {"seen": one.version, "reason": ""}).status_code == 303
    one.refresh_from_db()
    assert (one.state, one.edition, len(one.archive_hash)) == ("frozen", "voorbeeld", 64)
    assert client.get(f"{at}/{one.key}/rapport.pdf").content.startswith(b"%PDF")


GOOD = "# Samenvatting\n\nHet staat op {{ cijfer Schippersbuurt bijstand }}.\n"
WRONG = "# Samenvatting\n\nEr zijn 40 wijken.\n"


def _report(edition: Edition, text: str) -> Document:
    return Document(**_place(edition), sort="voortgangsrapportage", title="Voortgang", text=text)


def test_draft_of_a_progress_report_shows_what_every_reference_becomes_to_who_may_read_it(
    signed_in: Callable[[Account], Client], manager: Account, client: Client
) -> None:
    at = "/programma/wijkaanpak/rapporten"
    typed = GOOD.replace("\n", "\r\n")
    given = {"area": AREA, "sort": "voortgangsrapportage", "title": "Voortgang", "text": typed, "reason": ""}
    inside = signed_in(manager)
    assert "{{ cijfer GEBIED CIJFER }}" in inside.get(f"{at}/nieuw").content.decode()
    assert inside.post(f"{at}/nieuw", given).status_code == 303
    one = Document.objects.get()
    shown = inside.get(f"{at}/{one.key}").content.decode()
    assert one.text == GOOD.strip()
    assert "tekst.md:3:14" in shown
    assert "cijfer Schippersbuurt bijstand" in shown
    assert "1 verwijzing, en niets aan te merken." in shown
    assert _becomes(shown) == "12,8%"
    assert client.get(f"{at}/{one.key}").status_code == 404


def _becomes(page: str) -> str:
    """Give what the only reference of a page became."""
    row = page.split("cijfer Schippersbuurt bijstand</td><td>")[1]
    return row.split("</td>")[0]


def test_complaint_is_shown_with_its_place_and_stops_the_freeze(
    signed_in: Callable[[Account], Client], manager: Account, edition: Edition
) -> None:
    made = documents.add(_report(edition, WRONG), by=manager)
    at = f"/programma/wijkaanpak/rapporten/{made.key}"
    client = signed_in(manager)
    shown = client.get(at).content.decode()
    assert "tekst.md:3:9" in shown
    assert "is getypt" in shown
    answer = client.post(f"{at}/bevriezen", {"seen": made.version, "reason": ""})
    assert answer.status_code == 409
    assert "Er is 1 klacht over deze tekst. tekst.md:3:9: Het getal" in answer.content.decode()
    made.refresh_from_db()
    assert (made.state, made.archive_hash, Frozen.objects.count()) == ("draft", "", 0)


def test_complaint_that_tells_what_was_typed_is_said_as_it_was_typed(
    signed_in: Callable[[Account], Client], manager: Account, edition: Edition
) -> None:
    made = documents.add(_report(edition, "# Samenvatting\n\nStand {{ cijfer {0} bijstand }}.\n"), by=manager)
    at = f"/programma/wijkaanpak/rapporten/{made.key}"
    answer = signed_in(manager).post(f"{at}/bevriezen", {"seen": made.version, "reason": ""})
    assert answer.status_code == 409
    assert "tekst.md:3:7" in answer.content.decode()
    assert "geen gebied '{0}'" in unescape(answer.content.decode())


def test_frozen_progress_report_is_that_of_its_text_and_stays_when_an_output_is_corrected(
    manager: Account, edition: Edition
) -> None:
    made = documents.add(_report(edition, GOOD), by=manager)
    documents.freeze(made, edition, by=manager, seen=made.version)
    before = documents.archive_of(made)
    assert before is not None
    assert before.written is not None
    assert before.written.parts == (("tekst.md", GOOD),)
    assert any(one.outputs for one in before.state.measures)
    Measure.objects.filter(area=AREA).first().outputs.update(what="Iets heel anders")  # type: ignore[union-attr]
    after = documents.archive_of(Document.objects.get())
    assert after == before
    assert remaking.remade(before, edition) == before.document


def test_text_belongs_to_a_progress_report_and_to_nothing_else(manager: Account, edition: Edition) -> None:
    for sort, text in (("voortgangsrapportage", " "), ("magazine", GOOD)):
        wrong = _report(edition, text)
        wrong.sort = sort
        with pytest.raises(NotNowError, match="heeft een tekst"):
            documents.add(wrong, by=manager)
