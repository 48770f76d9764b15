"""The Word file of a document, as an office program reads it."""

import zipfile
from io import BytesIO
from xml.etree import ElementTree

import docx
import pytest
from PIL import Image

from renderings import W, everything
from wijkpeil.reports.document import Paragraph, Role, Span
from wijkpeil.reports.word import word_docx

A_ORDER = ["pStyle", "keepNext", "keepLines", "pageBreakBefore", "numPr", "pBdr", "shd", "tabs", "spacing", "ind"]
P_ORDER = [*A_ORDER, "contextualSpacing", "jc", "outlineLvl"]
R_ORDER = ["rStyle", "rFonts", "b", "bCs", "i", "color", "sz", "szCs", "u", "vertAlign", "lang"]


@pytest.fixture(scope="module")
def content(paper):
    return word_docx(paper(*everything(), contents=True, author="Jan Jansen", kicker="Rapport", subtitle="Van nu"))


@pytest.fixture(scope="module")
def file(content):
    return docx.Document(BytesIO(content))


@pytest.fixture(scope="module")
def parts(content):
    with zipfile.ZipFile(BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_headings_are_headings(file):
    found = [(one.style.name, one.text) for one in file.paragraphs if one.style.name.startswith("Heading")]
    assert ("Heading 1", "Een kop") in found
    assert ("Heading 2", "Onder woord") in found
    assert ("Heading 1", "Bijlage woord") in found


def test_a_caption_has_its_number_in_a_field_to_which_references_lead(file, parts):
    captions = [one.text for one in file.paragraphs if one.style.name == "Caption"]
    assert captions == ["Tabel 1. De stand woord", "Figuur 1. Hoe het woord"]
    body = parts["word/document.xml"].decode()
    assert " SEQ Tabel \\* ARABIC " in body
    reference = body[body.index(" REF ") :].split()[1]
    assert f'w:name="{reference}"' in body


def test_a_footnote_is_a_footnote_with_its_link(file, parts):
    notes = ElementTree.fromstring(parts["word/footnotes.xml"])
    said = {one.get(f"{W}id"): "".join(part.text or "" for part in one.iter(f"{W}t")) for one in notes}
    assert said["1"].strip() == "Kamerstuk woord op het net"
    assert "https://example.org/stuk" in parts["word/_rels/footnotes.xml.rels"].decode()
    body = ElementTree.fromstring(parts["word/document.xml"])
    assert [one.get(f"{W}id") for one in body.iter(f"{W}footnoteReference")] == ["1"]


def test_the_first_row_of_a_table_is_repeated_and_marked_as_header(file):
    (table,) = file.tables
    marked = [row._tr.trPr.find(f"{W}tblHeader") is not None for row in table.rows]
    assert marked == [True, False, False]
    assert [cell.text for cell in table.rows[0].cells] == ["Thema", "Waarde woord"]


def test_every_picture_has_its_description_and_fits_the_page(file, parts):
    said = [one._inline.docPr.get("descr") for one in file.inline_shapes]
    assert said == ["Beeld woord", "Beschreven woord"]
    section = file.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    assert all(0 < one.width <= room for one in file.inline_shapes)
    for name in (name for name in parts if name.startswith("word/media/")):
        with Image.open(BytesIO(parts[name])) as drawing:
            assert (
                drawing.size == (480, 160)
                if drawing.width == 480
                else drawing.width / drawing.height == pytest.approx(3, abs=0.1)
            )


def test_the_file_says_its_language_and_names_nobody(file, parts):
    assert b'w:lang w:val="nl-NL"' in parts["word/styles.xml"]
    assert file.core_properties.language == "nl-NL"
    assert file.core_properties.author == "Wijkpeil"
    assert b"Jansen" not in b"".join(parts.values())
    assert f"edition-sha256:{'ab' * 32}" in file.core_properties.keywords


def test_a_numbered_list_begins_at_one_each_time(paper):
    content = word_docx(paper(*everything(), *[everything()[2]]))
    numbering = docx.Document(BytesIO(content)).part.numbering_part.element
    assert len(numbering.findall(f"{W}num")) == 3


@pytest.mark.parametrize("part", ["document", "styles", "footnotes", "header", "footer"])
def test_properties_stand_in_the_order_that_the_standard_asks(parts, part):
    root = ElementTree.fromstring(parts[f"word/{part}.xml"])
    for tag, order in (("pPr", P_ORDER), ("rPr", R_ORDER)):
        for found in root.iter(f"{W}{tag}"):
            names = [one.tag.removeprefix(W) for one in found]
            assert names == sorted(names, key=order.index)


def test_all_that_a_part_leads_to_is_in_the_file_and_told_what_it_is(parts):
    told = parts["[Content_Types].xml"].decode()
    for name, content in parts.items():
        assert f'PartName="/{name}"' in told or f'Extension="{name.rpartition(".")[2]}"' in told
        if not name.endswith(".rels"):
            continue
        folder = name.partition("_rels")[0]
        for one in ElementTree.fromstring(content):
            assert one.get("TargetMode") == "External" or f"{folder}{one.get('Target')}" in parts
    body = parts["word/document.xml"].decode()
    assert all(
        f'Id="{one.split(chr(34))[0]}"' in parts["word/_rels/document.xml.rels"].decode()
        for one in body.split(':id="rId')[1:]
        for one in [f"rId{one}"]
    )


@pytest.mark.parametrize(("text", "ending"), [("", "\\h \\* Lower "), ("Tabel 1", "\\h "), ("de stand", None)])
def test_a_reference_that_says_a_number_is_a_field_and_any_other_a_link(paper, text, ending):
    content = word_docx(paper(*everything(), Paragraph(text=(Span(text=text, to="standen"),), role=Role.QUOTE)))
    last = [one for one in docx.Document(BytesIO(content)).paragraphs if one.style.name == "Quote"][-1]
    assert last.text == (text or "tabel 1")
    told = [one.text for one in last._p.iter(f"{W}instrText")]
    assert [one.partition(" plaats")[2].lstrip("0123456789 ") for one in told] == ([ending] if ending else [])
