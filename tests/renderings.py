"""A document with every kind of block, and how the words of each rendering are read back."""

import re
import zipfile
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

from lxml import html

from wijkpeil.portrayal.print import Printed
from wijkpeil.reports.document import (
    Annexe,
    Beside,
    Block,
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
    plain,
)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def drawn(alt: str = "Een vierkant", extra: str = "") -> Printed:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40" viewBox="0 0 120 40" '
        'font-family="Source Sans Pro">'
        '<clipPath id="clip"><rect x="0" y="0" width="60" height="40"/></clipPath>'
        f'<g clip-path="url(#clip)"><rect width="120" height="40" fill="#0a4f8f"/></g>{extra}</svg>'
    )
    return Printed(svg=svg, title="Vierkant", alt=alt, width=120, height=40)


def everything(text: str = "") -> tuple[Block, ...]:
    """Every kind of block; ``text`` stands in each place where text can stand."""
    said = text or "woord"
    note = (Span(text=f"Kamerstuk {said}"), Span(text=" op het net", link="https://example.org/stuk"))
    rows = (((*(plain("Wonen"),), plain(said)), (plain("1.234,5%"),)), ((plain(said),), (plain(f"{said} 5"),)))
    return (
        Paragraph(
            text=(Span(text=f"Zie {said} "), Span(text="", to="standen"), Span(text=".", note=note)), role=Role.LEAD
        ),
        Note(title=f"Let op {said}", text=plain(said), alarm=True),
        Listing(items=(plain(said), plain("twee")), ordered=True),
        Listing(items=(plain(said), plain("nog een"))),
        Facts(pairs=((f"Naam {said}", (Span(text=said, strong=True, tone="catching_up"),)),)),
        Table(
            id="standen",
            caption=plain(f"De stand {said}"),
            headers=("Thema", f"Waarde {said}"),
            rows=rows,
            notes=(plain(f"Noot {said}"),),
            right=(1,),
        ),
        Heading(text=f"Onder {said}", level=2, id="onder"),
        Beside(
            columns=((Figure(picture=drawn(), alt=f"Beeld {said}"),), (Paragraph(text=plain(said), role=Role.QUOTE),)),
            widths=(2, 1),
            ruled=True,
        ),
        Figure(picture=drawn(), alt=f"Beschreven {said}", caption=plain(f"Hoe het {said}"), id="beeld"),
        PageBreak(),
        Annexe(title=f"Bijlage {said}", id="bijlage", blocks=(Paragraph(text=(Span(text=said, lang="en"),)),)),
    )


def tree(page: str) -> Any:
    return html.document_fromstring(page)


def words_of_page(page: str) -> str:
    read = tree(page)
    for gone in read.xpath("//style | //script"):
        gone.getparent().remove(gone)
    return flat(" ".join(read.xpath("//main//text() | //main//svg/@aria-label")))


def words_of_docx(content: bytes) -> str:
    found = []
    with zipfile.ZipFile(BytesIO(content)) as file:
        for part in ("word/document.xml", "word/footnotes.xml"):
            for node in ElementTree.fromstring(file.read(part)).iter():
                found.append(node.text or "" if node.tag == f"{W}t" else "")
                found.append(node.get("descr", "") if node.tag.endswith("docPr") else "")
    return flat(" ".join(found))


def flat(text: str) -> str:
    """Give a text without the room in it: where a line ends is not what it says."""
    return re.sub(r"[\s\u200b\u00ad]+", "", text)
