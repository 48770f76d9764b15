"""A document is plain blocks: what cannot be placed is refused with a sentence, and numbers are given once for all."""

from dataclasses import replace

import pytest

from wijkpeil.portrayal.print import Printed
from wijkpeil.reports.checking import DocumentError, check
from wijkpeil.reports.document import (
    Annexe,
    Beside,
    Figure,
    Heading,
    Paragraph,
    Role,
    Span,
    Table,
    content_hash,
    numbered,
    plain,
    record_of,
)

PICTURE = Printed(svg="<svg/>", title="t", alt="a", width=10, height=10)


def table(id_: str = "", cells: int = 2) -> Table:
    return Table(caption=plain("Tabel"), headers=("A", "B"), rows=(((plain("x"),),) * cells,), id=id_)


def figure(id_: str, alt: str = "Een lijn die daalt") -> Figure:
    return Figure(picture=PICTURE, alt=alt, caption=plain("Plaatje"), id=id_)


def test_tables_and_figures_are_numbered_apart_in_the_order_of_reading(paper):
    inside = Beside(columns=((figure("f1"),), (table("t2"),)), widths=(1, 1))
    made = numbered(paper(table("t1"), inside, Annexe(title="Bijlage", blocks=(figure("f2"), table("t3")), id="b")))
    _, first, beside, annexe = made.blocks
    assert first.number == 1
    assert (beside.columns[0][0].number, beside.columns[1][0].number) == (1, 2)
    assert [one.number for one in annexe.blocks] == [2, 3]


def test_a_table_without_a_name_has_no_number(paper):
    assert numbered(paper(table())).blocks[1].number is None


@pytest.mark.parametrize(
    ("block", "said"),
    [
        (Heading(text="Nog een", id="kop"), "twee keer"),
        (Paragraph(text=(Span(text="x", to="nergens"),)), "verwijst naar 'nergens'"),
        (Paragraph(text=(Span(text="x", link="javascript:alert(1)"),)), "geen adres"),
        (Paragraph(text=(Span(text="x", note=(Span(text="y", link="file:///etc/passwd"),)),)), "geen adres"),
        (Heading(text="Te diep", level=3, id="diep"), "slaat een niveau over"),
        (figure("f", alt="  "), "geen beschrijving"),
        (table(cells=3), "3 cellen en 2 kolommen"),
        (Beside(columns=((),), widths=(1, 1)), "1 kolommen naast elkaar en 2 breedtes"),
    ],
)
def test_what_cannot_be_placed_is_refused_with_what_is_wrong(paper, block, said):
    with pytest.raises(DocumentError, match=said):
        check(paper(block))


def test_what_can_be_placed_comes_back_as_it_was(paper):
    whole = paper(table("t"), Paragraph(text=(Span(text="zie", to="t"), Span(text="x", link="https://a.nl"))))
    assert check(whole) is whole


def test_the_hash_is_over_every_word_and_every_origin(paper):
    whole = paper(Paragraph(text=plain("Een zin.")))
    other = paper(Paragraph(text=plain("Een zin!")))
    elsewhere = replace(whole, provenance=replace(whole.provenance, state_hash="cd" * 32))
    assert len({content_hash(one) for one in (whole, other, elsewhere)}) == 3
    assert content_hash(whole) == content_hash(paper(Paragraph(text=plain("Een zin."))))


def test_a_record_names_kinds_and_leaves_out_what_nobody_said():
    said = record_of(Paragraph(text=(Span(text="x", strong=True),), role=Role.SMALL))
    assert said == {
        "kind": "paragraph",
        "text": [{"kind": "span", "text": "x", "strong": True}],
        "role": "small",
    }
