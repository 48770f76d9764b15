"""One document says the same in every form, and no text in it does anything but be read."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree

import docx
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from renderings import everything, flat, words_of_docx, words_of_page
from wijkpeil.reports.checking import DocumentError
from wijkpeil.reports.complete import complete, visible
from wijkpeil.reports.document import Figure, Span, Table, every_block
from wijkpeil.reports.formats import FORMATS, form_of, rendered
from wijkpeil.reports.page import page_html
from wijkpeil.reports.typesetting import compile_pdf
from wijkpeil.reports.word import word_docx

HOSTILE = '<script>alert(1)</script>"\' onload=x & ]]> {{ 7*7 }} #eval("1") \\ =1+1'
ANYTHING = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=40)


def texts_in(thing: object) -> Iterator[str]:
    """Give every text that readers see in a block."""
    if isinstance(thing, Span):
        yield thing.text
        yield from texts_in(thing.note)
    elif isinstance(thing, tuple):
        for one in thing:
            yield from [one] if isinstance(one, str) else texts_in(one)
    elif not isinstance(thing, str | int | float) and thing is not None:
        kept = {"text", "title", "items", "pairs", "caption", "headers", "rows", "notes", "columns", "blocks", "alt"}
        for name, value in vars(thing).items():
            if name in kept:
                yield from [value] if isinstance(value, str) else texts_in(value)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=ANYTHING)
def test_a_page_and_a_word_file_hold_every_text_of_every_block(paper, text):
    document = paper(*everything(text), title=f"Titel {text}")
    said = [flat(visible(one)) for one in texts_in(complete(document).document.blocks)]
    page, word = words_of_page(page_html(document)), words_of_docx(word_docx(document))
    assert said and not [one for one in said if one not in page]
    assert not [one for one in said if one not in word]


def test_a_pdf_holds_the_same_words(paper):
    document = paper(*everything("Schippersbuurt"))
    pages = pypdfium2.PdfDocument(compile_pdf(document))
    # A word that is cut at the end of a line has a mark there that no reader sees.
    read = flat("".join(page.get_textpage().get_text_bounded() for page in pages)).replace("\ufffe", "")
    shown = [one for one in every_block(complete(document).document.blocks) if not isinstance(one, Figure)]
    missing = {one for block in shown for one in map(flat, texts_in(_without_pictures(block))) if one not in read}
    assert not {one for one in missing if len(one) < 40}


def _without_pictures(block: object) -> object:
    return () if type(block).__name__ == "Beside" else block


def test_a_reference_says_the_same_number_everywhere(paper):
    document = paper(Table(id="eerst", caption=(Span(text="Eerst"),), headers=("a",), rows=()), *everything())
    said = flat("Zie woord tabel 2")
    assert said in words_of_page(page_html(document))
    assert said in words_of_docx(word_docx(document))


def test_hostile_text_is_read_and_does_nothing_in_any_form(paper):
    document = paper(*everything(HOSTILE), title=HOSTILE, running=HOSTILE, author=HOSTILE, about=HOSTILE)
    page = page_html(document)
    assert "<script" not in page
    assert not re.search(r"<[^>]+\son\w+=", re.sub(r'"[^"]*"', '""', page))
    assert flat(HOSTILE) in words_of_page(page)
    word = word_docx(document)
    assert flat(HOSTILE) in words_of_docx(word)
    assert docx.Document(BytesIO(word)).core_properties.title == HOSTILE
    with zipfile.ZipFile(BytesIO(word)) as package:
        for name in package.namelist():
            assert not name.endswith((".xml", ".rels")) or ElementTree.fromstring(package.read(name)) is not None
    assert rendered(document, "all")


def test_signs_that_hide_or_turn_a_line_around_are_made_visible(paper):
    document = paper(*everything("gewoon\u202eomgekeerd\x07"))
    for words in (words_of_page(page_html(document)), words_of_docx(word_docx(document))):
        assert "gewoon□omgekeerd□" in words
        assert "\u202e" not in words


@pytest.mark.parametrize("form", list(FORMATS))
def test_the_same_document_gives_the_same_bytes_in_every_form(paper, form):
    assert rendered(paper(*everything()), form) == rendered(paper(*everything()), form)


@pytest.mark.parametrize("form", [form for form in FORMATS if form not in {"tables", "charts"}])
def test_a_reference_to_nothing_is_refused_in_every_form(paper, form):
    with pytest.raises(DocumentError, match="weg"):
        rendered(paper(*everything(), *[_leads_nowhere()]), form)


def _leads_nowhere():
    from wijkpeil.reports.document import Paragraph

    return Paragraph(text=(Span(text="", to="weg"),))


def test_the_package_of_everything_has_each_form_with_its_tables_and_charts(paper):
    document = paper(*everything())
    with zipfile.ZipFile(BytesIO(rendered(document, "all"))) as package:
        names = package.namelist()
        assert package.read("document.pdf") == compile_pdf(document)
        assert package.read("document.html").decode() == page_html(document)
    assert names[:4] == ["manifest.json", "document.pdf", "document.html", "document.docx"]
    assert {name.rpartition(".")[2] for name in names[4:]} == {"csv", "svg", "png"}


@pytest.mark.parametrize(
    ("name", "asked", "form"),
    [
        ("a.pdf", None, "pdf"),
        ("a.HTML", None, "html"),
        ("a.docx", None, "docx"),
        ("a.zip", None, "all"),
        ("a.zip", "charts", "charts"),
        ("a.txt", None, None),
        (None, None, "pdf"),
    ],
)
def test_the_form_follows_from_what_is_asked_or_from_the_end_of_the_file(tmp_path, name, asked, form):
    assert form_of(tmp_path / name if name else None, asked) == form
