"""The magazine: a double page per neighbourhood, photos with their words, the same bytes every time."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from wijkpeil.publication import Shelf
from wijkpeil.publication.edition import Edition
from wijkpeil.reports.checking import DocumentError
from wijkpeil.reports.document import Annexe, Figure, PageBreak, every_block, words_of
from wijkpeil.reports.document import Note as Told
from wijkpeil.reports.magazine import MOST_OUTPUTS, Issue, magazine, magazine_pdf
from wijkpeil.reports.photo import photo
from wijkpeil.reports.state import Ambition, Measure, Output, Picture, ProgrammeState, Story

DAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def edition(example_shelf: Path) -> Iterator[Edition]:
    yield Shelf(example_shelf).open("voorbeeld")


@pytest.fixture(scope="module")
def jpeg() -> bytes:
    out = BytesIO()
    Image.new("RGB", (160, 90), (20, 90, 60)).save(out, "JPEG")
    return out.getvalue()


@pytest.fixture(scope="module")
def issue(edition: Edition, jpeg: bytes) -> Issue:
    whole = edition.policy.programme["wijkaanpak"]
    programme = replace(whole, neighbourhoods=whole.neighbourhoods[:3])
    told, quiet, many = (programme.code_of(one) for one in programme.neighbourhoods)
    picture = Picture(sha256=sha256(jpeg).hexdigest(), media_type="image/jpeg", alt="Een tuin vol mensen")
    outputs = tuple(Output(year=2010 + n, what=f"Ding {n}", quantity=n + 0.5, unit="stuks") for n in range(9))
    state = ProgrammeState(
        programme=programme.id,
        taken_on=DAY,
        ambitions=(Ambition(area=told, theme="wonen", words="Wij willen groen.", satisfied_when="Als het groen is."),),
        measures=(
            Measure(area=many, name="Veel", aim="Veel doen", started=DAY, theme="wonen", outputs=outputs),
            Measure(area=quiet, name="Niets nog", aim="Later", started=DAY, theme="werken"),
        ),
        stories=(
            Story(
                area=told, title="De tuin", text="Wij <maakten> een #tuin.", year=2024, key="a1", pictures=(picture,)
            ),
            Story(area=told, title="Het feest", text="Het regende.", year=2023, key="a2", was_sought=False),
        ),
    )
    return Issue(programme=programme, state=state, pictures={picture.sha256: jpeg})


@pytest.fixture(scope="module")
def pdf(edition: Edition, issue: Issue) -> bytes:
    return magazine_pdf(edition, issue)


def _spreads(edition: Edition, issue: Issue) -> list[Annexe]:
    return [one for one in magazine(edition, issue).blocks if isinstance(one, Annexe)]


def _pages(pdf: bytes) -> list[str]:
    opened = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_range() for page in opened]


def test_same_issue_gives_the_same_bytes(edition: Edition, issue: Issue, pdf: bytes) -> None:
    assert magazine_pdf(edition, issue) == pdf


def test_magazine_is_read_aloud_by_its_own_claim_and_every_photo_has_words(pdf: bytes) -> None:
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert opened.open_metadata()["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        alts = [str(one["/Alt"]) for one in opened.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one]
    assert "Een tuin vol mensen" in alts


def test_neighbourhood_begins_left_and_what_was_made_stands_right(issue: Issue, edition: Edition, pdf: bytes) -> None:
    pages = _pages(pdf)
    name = _spreads(edition, issue)[0].title
    left = next(n for n, text in enumerate(pages, 1) if "Wij willen groen." in text)
    right = next(n for n, text in enumerate(pages, 1) if "Wij <maakten> een #tuin." in text)
    assert name in pages[left - 1]
    assert left % 2 == 0
    assert right == left + 1


def test_neighbourhood_with_nothing_to_tell_has_no_empty_right_page(issue: Issue, edition: Edition) -> None:
    told, quiet, many = _spreads(edition, issue)
    assert [any(isinstance(one, PageBreak) for one in spread.blocks) for spread in (told, quiet, many)] == [1, 0, 1]


def test_of_many_outputs_the_newest_stand_there_and_the_rest_is_counted(issue: Issue, edition: Edition) -> None:
    facts = [one for one in _spreads(edition, issue)[2].blocks if type(one).__name__ == "Facts"]
    assert len(facts[0].pairs) == MOST_OUTPUTS
    assert "2018" in facts[0].pairs[0][0]
    said = [words_of(one.text) for one in _spreads(edition, issue)[2].blocks if type(one).__name__ == "Paragraph"]
    assert "Nog 3 staan op de site." in said


def test_index_leads_from_a_theme_to_the_neighbourhoods_that_tell_of_it(issue: Issue, edition: Edition) -> None:
    blocks = magazine(edition, issue).blocks
    place = next(n for n, one in enumerate(blocks) if getattr(one, "id", "") == "thema-wonen")
    assert [span.to for item in blocks[place + 1].items for span in item] == ["wijk-3"]


def test_story_that_nobody_sought_says_so(issue: Issue, edition: Edition) -> None:
    notes = [one for one in every_block(_spreads(edition, issue)[0].blocks) if isinstance(one, Told)]
    assert [("Dit was niet gezocht." in words_of(one.text)) for one in notes] == [False, True]


def test_photo_of_which_the_bytes_are_gone_is_not_there(issue: Issue, edition: Edition) -> None:
    gone = replace(issue, pictures={})
    assert not [
        one
        for one in every_block(magazine(edition, gone).blocks)
        if isinstance(one, Figure) and one.id.startswith("foto-")
    ]


@pytest.mark.parametrize(("content", "alt"), [(b"geen plaatje", "Een tuin"), (None, " ")])
def test_photo_that_is_none_or_says_nothing_is_refused_in_a_sentence(
    jpeg: bytes, content: bytes | None, alt: str
) -> None:
    with pytest.raises(DocumentError, match="De foto"):
        photo(Picture(sha256="f" * 64, media_type="image/jpeg", alt=alt), {"f" * 64: content or jpeg}, place="x")
