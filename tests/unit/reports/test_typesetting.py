"""A PDF says exactly what its document says, reads aloud in order, and is the same byte for byte everywhere."""

import hashlib
import json
import os
import subprocess
import sys
import unicodedata
from io import BytesIO
from itertools import pairwise

import pikepdf
import pytest
import typst

from pdf_reading import tags_of, text_of
from wijkpeil.portrayal.print import Printed
from wijkpeil.reports import letters, typesetting
from wijkpeil.reports.document import (
    Annexe,
    Beside,
    Facts,
    Figure,
    Heading,
    Listing,
    Note,
    PageBreak,
    Paragraph,
    Role,
    Span,
    Table,
    content_hash,
    plain,
)
from wijkpeil.reports.letters import ABSENT, legible
from wijkpeil.reports.typesetting import TypesettingError, compile_pdf

HOSTILE = (
    '#eval("1+1") #panic()',
    "$ x $ en *vet* en _schuin_ en `code`",
    "@verwijzing <label> // weg /* ook weg",
    "aanhaling \" en ' en ” los",
    "] ) } \\ \\n #let a = 1",
    "= Geen kop\n- geen lijst",
    '{"kind": "pagebreak"}',
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/></svg>'
PICTURE = Printed(svg=SVG, title="Vlak", alt="Een vlak", width=40, height=20)


def everything(paper, text: str = "Gewone tekst"):
    """A document with every kind of block."""
    return paper(
        Paragraph(text=(Span(text=text), Span(text="noot", note=plain(f"Onder: {text}"))), role=Role.LEAD),
        Paragraph(text=(Span(text="schuin", emphasis=True), Span(text="web", link="https://a.nl")), role=Role.QUOTE),
        Note(title="Let op", text=plain(text), alarm=True),
        Listing(items=(plain(text), plain("twee")), ordered=True),
        Facts(pairs=((text, plain(text)),)),
        Table(
            caption=plain(text),
            headers=("Wat", "Hoeveel"),
            rows=(((plain(text),), (plain("1"), plain("regel twee"))), ((plain("b"),), (plain("2"),))),
            notes=(plain(text),),
            id="t1",
        ),
        Figure(picture=PICTURE, alt=f"Beschrijving {text}", caption=plain(text), id="f1"),
        Beside(columns=((Paragraph(text=plain("links")),), (Figure(picture=PICTURE, alt="Vlak"),)), widths=(1, 2)),
        Paragraph(text=(Span(text="tabel 1", to="t1"), Span(text=" goed", tone="catching_up"))),
        Heading(text=text, level=2, id="twee"),
        PageBreak(),
        Annexe(title="Bijlage", blocks=(Paragraph(text=plain("In de bijlage", strong=True)),), id="bijlage"),
        title=text,
        subtitle="Onder de titel",
        kicker="Soort",
        contents=True,
    )


@pytest.fixture(scope="module")
def made(paper) -> bytes:
    return compile_pdf(everything(paper))


def test_text_is_never_read_as_markup(paper):
    said = " ".join(text_of(compile_pdf(everything(paper, " ".join(HOSTILE)))).split())
    for text in HOSTILE:
        plainly = " ".join(text.split())
        assert said.count(plainly.replace("- ", "- ")) >= 5, plainly


def test_a_hundred_thousand_letters_without_a_space_fit_on_the_pages(paper):
    sizes = {"x": 100_000, "y": 20_000, "z": 6_000, "q": 4_000}
    x, y, z, q = (plain(letter * count) for letter, count in sizes.items())
    whole = paper(
        Paragraph(text=x),
        Note(title="", text=y),
        Beside(columns=((Paragraph(text=z),), (Paragraph(text=plain("k")),)), widths=(1, 1)),
        Table(caption=plain("t"), headers=("A",), rows=(((q,),),)),
    )
    pdf = compile_pdf(whole)
    said = text_of(pdf)
    assert {letter: said.count(letter) for letter in "yzq"} == {letter: sizes[letter] for letter in "yzq"}
    assert said.count("x") >= sizes["x"]
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert len(opened.pages) > 12


@pytest.mark.parametrize("letter", ["😀", "漢", "\x00", "\x1b", "\ue000"])
def test_a_sign_that_no_font_shows_becomes_a_mark_that_is_seen(paper, letter):
    assert ABSENT in text_of(compile_pdf(paper(Paragraph(text=plain(f"voor{letter}na")))))


@pytest.mark.parametrize("text", ["▲ ▼ ● ▨ ○ − ≥ → ’ “ € ²", "Ğül Şahin, Łódź, Ñandú, Ελλάδα, Москва"])
def test_signs_and_names_of_residents_are_shown(paper, text):
    assert legible(text) == text
    compile_pdf(paper(Paragraph(text=plain(text)), Paragraph(text=(Span(text=text, emphasis=True, strong=True),))))


def test_a_hash_and_an_address_are_never_cut():
    assert legible("a1" * 32) == "a1" * 32
    assert "\u200b" in legible("b" * 90)


def test_the_same_document_gives_the_same_bytes(paper, made):
    assert compile_pdf(everything(paper)) == made


def test_another_process_another_place_and_another_time_give_the_same_bytes(tmp_path):
    program = tmp_path / "make.py"
    program.write_text(
        "import hashlib\nfrom datetime import date\n"
        "from wijkpeil.reports.document import *\nfrom wijkpeil.reports.typesetting import compile_pdf\n"
        "rows = (((plain('é'),), (plain('1'),)),)\n"
        "made = Provenance(edition='e', edition_hash='ab', made_on=date(2026, 1, 2), code_version='1')\n"
        "blocks = (Heading(text='Kop'), Table(caption=plain('t'), headers=('A', 'B'), rows=rows, id='t'))\n"
        "whole = Document(title='T', language='nl', provenance=made, blocks=blocks)\n"
        "print(hashlib.sha256(compile_pdf(whole)).hexdigest())\n",
        encoding="utf-8",
    )
    places = (
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "2", "TZ": "America/Lima", "LC_ALL": "nl_NL.UTF-8", "SOURCE_DATE_EPOCH": "1"},
    )
    said = {
        subprocess.run(
            [sys.executable, program], env=os.environ | place, capture_output=True, text=True, check=True, cwd=tmp_path
        ).stdout
        for place in places
    }
    assert len(said) == 1
    assert len(said.pop().strip()) == len(hashlib.sha256().hexdigest())


def test_a_machine_finds_in_the_file_from_what_it_was_made(paper, made):
    with pikepdf.open(BytesIO(made)) as pdf:
        marks = str(pdf.docinfo["/Keywords"]).split(", ")
        assert str(pdf.docinfo["/CreationDate"]) == "D:20261124120000Z"
        assert str(pdf.docinfo["/Title"]) == "Gewone tekst"
        xmp = bytes(pdf.Root.Metadata.read_bytes()).decode()
    assert {"edition:2026-11", f"edition-sha256:{'ab' * 32}", "wijkpeil:0.1.0"} <= set(marks)
    assert f"content-sha256:{content_hash(everything(paper))}" in marks
    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert content_hash(everything(paper)) in text_of(made).replace("\r\n", "")


def test_headings_are_read_in_order_and_no_level_is_skipped(made):
    levels = [int(name[2:]) for name, _ in tags_of(made) if name[:2] == "/H" and name[2:].isdigit()]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_picture_says_aloud_what_it_shows(made):
    said = [str(one.get("/Alt", "")) for name, one in tags_of(made) if name == "/Figure"]
    assert said == ["Beschrijving Gewone tekst", "Vlak"]


def test_columns_and_rows_have_headers_with_a_scope(made):
    scopes = []
    for name, one in tags_of(made):
        if name == "/TH":
            scopes += [str(part.Scope) for part in one.A if "/Scope" in part]
        elif name == "/TD":
            assert all("/Headers" not in part for part in one.get("/A", []))
    assert scopes == ["/Column", "/Column", "/Row", "/Row"]


def test_the_file_knows_its_language_and_shows_its_title(made):
    with pikepdf.open(BytesIO(made)) as pdf:
        assert str(pdf.Root.Lang) == "nl"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


def test_nothing_is_drawn_that_is_neither_read_aloud_nor_marked_as_decoration(made):
    painting = {"Tj", "TJ", "'", '"', "Do", "S", "s", "f", "F", "f*", "B", "b", "sh"}
    with pikepdf.open(BytesIO(made)) as pdf:
        for page in pdf.pages:
            depth = 0
            for operands, operator in pikepdf.parse_content_stream(page):
                name = str(operator)
                depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(name, 0)
                assert name not in painting or depth > 0, (name, operands)


def test_a_picture_that_says_nothing_is_refused_by_typst_too(paper, monkeypatch):
    monkeypatch.setattr(typesetting, "check", lambda document: document)
    template = (typesetting.Path(str(typesetting.files("wijkpeil.reports"))) / "templates" / "document.typ").read_text()
    assert template.count("image(") == 1
    assert "alt: b.alt" in template
    svg = PICTURE.svg.replace("<svg", "<svg broken")
    with pytest.raises(TypesettingError, match="kan geen PDF worden"):
        compile_pdf(paper(Figure(picture=Printed(svg=svg, title="", alt="", width=1, height=1), alt="x")))


def test_the_list_of_letters_is_that_of_the_fonts_and_of_typst():
    """At both ends of every stretch the list says what Typst says; renew it with ``python docs/letters.py``."""
    firsts, lasts = letters._ranges()
    compiler = typesetting._compiler.__wrapped__("document.typ")
    asked = b"""#set document(title: "x")
#set text(font: "Source Sans Pro")
#for one in json(bytes(sys.inputs.it)) [#one #parbreak()]"""

    def shows(codes: list[int]) -> bool:
        try:
            compiler.compile(
                asked,
                format="pdf",
                sys_inputs={"it": json.dumps([chr(code) for code in codes])},
                pdf_standards=typesetting.STANDARDS,
            )
        except typst.TypstError:
            return False
        return True

    beyond = [code + 1 for code in lasts if unicodedata.category(chr(code + 1)) not in {"Cn", "Cs", "Co", "Cc"}]
    assert shows(firsts + lasts)
    assert len(beyond) > 50
    assert not any(shows([code]) for code in beyond[::6])
