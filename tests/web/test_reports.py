"""Profiles from the site: made once, kept, the same for everybody, and never more than is public."""

import os
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.test import Client, override_settings

from web.lived_in import LivedIn
from wijkpeil.reports import kept as keeping
from wijkpeil.reports.kept import BusyError, Kept
from wijkpeil.reports.workshop import Progress, Workshop
from wijkpeil.web.accounts.models import Account
from wijkpeil.web.accounts.roles import Role
from wijkpeil.web.programmes.models import Measure
from wijkpeil.web.reports import ordering

PLACE = "/editie/voorbeeld/gebied/{}/profiel.pdf"
PROGRAMME_AREA, WIJK = "wijkaanpak.9001-03", "WK900104"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    with override_settings(REPORTS=tmp_path / "rapporten", REPORTS_MOST=5_000_000):
        yield tmp_path / "rapporten"


def _text(content: bytes) -> str:
    return " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(BytesIO(content)))


def test_profile_is_made_once_and_then_served_as_it_was(
    client: Client, folder: Path, lived_in: LivedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = client.get(PLACE.format(PROGRAMME_AREA))
    assert (first.status_code, first["Content-Type"]) == (200, "application/pdf")
    assert first.content.startswith(b"%PDF")
    assert len(list(folder.iterdir())) == 1
    monkeypatch.setattr(ordering, "one_profile", lambda *any_: pytest.fail("it was made again"))
    again = client.get(PLACE.format(PROGRAMME_AREA))
    assert (again.content, again["ETag"]) == (first.content, first["ETag"])
    kept_by_browser = client.get(PLACE.format(PROGRAMME_AREA), headers={"if-none-match": first["ETag"]})
    assert (kept_by_browser.status_code, kept_by_browser.content) == (304, b"")
    assert not first.cookies


def test_profile_tells_what_is_public_and_no_draft(client: Client, folder: Path, lived_in: LivedIn) -> None:
    said = _text(client.get(PLACE.format(PROGRAMME_AREA)).content)
    here = Measure.objects.filter(area=PROGRAMME_AREA)
    drafts = [one.name for one in here if not one.is_public]
    assert "Goede sloten" in said
    assert not [name for name in drafts if name in said]


def test_page_of_reports_leads_to_profiles_that_are_there(client: Client) -> None:
    page = client.get("/editie/voorbeeld/rapporten").content.decode()
    assert PLACE.format(PROGRAMME_AREA) in page
    assert PLACE.format(PROGRAMME_AREA) in client.get(f"/editie/voorbeeld/gebied/{PROGRAMME_AREA}").content.decode()


@pytest.mark.parametrize("path", ["gebied/WK99/profiel.pdf", f"gebied/{PROGRAMME_AREA}/profiel.exe"])
def test_what_cannot_be_had_is_not_there(client: Client, path: str) -> None:
    assert client.get(f"/editie/voorbeeld/{path}").status_code == 404


def test_who_would_wait_long_gets_a_page_that_asks_again(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*any_: Any) -> None:
        raise BusyError

    monkeypatch.setattr("wijkpeil.web.reports.views.profile_of", busy)
    answer = client.get(PLACE.format(PROGRAMME_AREA))
    assert (answer.status_code, answer["Refresh"], answer["Retry-After"]) == (503, "5", "5")
    assert PLACE.format(PROGRAMME_AREA) in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def _waited(workshop: Workshop, kept: Kept, key: str, *order: Any) -> bytes | Progress:
    until = time.monotonic() + 60
    while (found := workshop.order(kept, key, *order)) in {Progress.UNDER_WAY, Progress.WAITING}:
        assert time.monotonic() < until
        time.sleep(0.05)
    return found


@pytest.fixture
def workshop() -> Iterator[Workshop]:
    made = Workshop()
    yield made
    made.close()


def test_order_is_made_elsewhere_once_kept_and_a_full_queue_says_so(tmp_path: Path, workshop: Workshop) -> None:
    kept = Kept(tmp_path, most=1000)
    assert workshop.order(kept, "aa", bytes, b"een") is Progress.UNDER_WAY
    assert workshop.order(kept, "aa", bytes, b"een") is Progress.UNDER_WAY
    others = [workshop.order(kept, name, bytes, b"x") for name in ("ab", "ac", "ad", "ae")]
    assert others == [Progress.WAITING] * 3 + [Progress.FULL]
    assert _waited(workshop, kept, "aa", bytes, b"een") == b"een"
    assert _waited(workshop, kept, "ad", bytes, b"x") == b"x"
    assert _waited(workshop, kept, "ff", bytes.fromhex, "geen hex") is Progress.FAILED
    assert workshop.order(kept, "ff", bytes, b"nu wel") in {Progress.UNDER_WAY, Progress.WAITING}


def test_book_of_a_programme_is_for_who_works_in_it(
    client: Client,
    signed_in: Callable[[Account], Client],
    somebody: Callable[..., Account],
    lived_in: LivedIn,
    monkeypatch: pytest.MonkeyPatch,
    folder: Path,
) -> None:
    at, asked = "/editie/voorbeeld/programma/wijkaanpak/profielen.pdf", []

    def order(kept: Kept, key: str, job: Any, *given: Any) -> bytes | Progress:
        asked.append(key)
        return b"%PDF boek" if len(asked) > 1 else Progress.UNDER_WAY

    monkeypatch.setattr(ordering.WORKSHOP, "order", order)
    assert client.get(at).status_code == 403
    assert signed_in(somebody()).get(at).status_code == 403
    worker = signed_in(somebody(Role.COORDINATOR))
    contents = "/editie/voorbeeld/rapporten"
    assert at in worker.get(contents).content.decode()
    assert at not in client.get(contents).content.decode(), "kept for the one, shown to the other"
    later, ready = worker.get(at), worker.get(at)
    assert (later.status_code, later["Refresh"]) == (202, "5")
    assert (ready.status_code, ready.content) == (200, b"%PDF boek")
    assert len(asked) == 2
    assert asked[0] == asked[1]


def test_folder_keeps_what_was_asked_for_last_and_never_more_than_its_size(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "map", most=250)
    for age, name in enumerate(("aa", "bb")):
        kept.keep(name, b"x" * 100)
        os.utime(tmp_path / "map" / name, (1_000_000 + age, 1_000_000 + age))
    assert kept.find("aa") is not None
    kept.keep("cc", b"x" * 100)
    assert [kept.find(name) is not None for name in ("aa", "bb", "cc")] == [True, False, True]
    kept.keep("dd", b"x" * 300)
    assert kept.find("dd") is None
    assert kept.find("cc") is not None


def test_identical_orders_are_made_once_and_others_wait_no_longer_than_their_patience(tmp_path: Path) -> None:
    kept, made = Kept(tmp_path, most=1000), []

    def within() -> bytes:
        with pytest.raises(BusyError):
            kept.find_or_make("bb", lambda: b"andere", patience=0.01)
        made.append(1)
        return b"een"

    assert kept.find_or_make("aa", within) == kept.find_or_make("aa", within) == b"een"
    assert len(made) == 1
    assert kept.find_or_make("bb", lambda: b"andere") == b"andere"


def test_fault_while_making_leaves_room_for_the_next(tmp_path: Path) -> None:
    kept = Kept(tmp_path, most=1000)
    with pytest.raises(ZeroDivisionError):
        kept.find_or_make("aa", lambda: bytes(1 // 0))
    assert kept.find_or_make("aa", lambda: b"een") == b"een"
    assert keeping.PATIENCE < 10


def test_folder_that_cannot_be_written_still_serves(tmp_path: Path) -> None:
    file = tmp_path / "bestand"
    file.write_bytes(b"")
    assert Kept(file / "map", most=1000).find_or_make("aa", lambda: b"een") == b"een"
