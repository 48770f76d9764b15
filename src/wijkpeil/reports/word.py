"""From a document to a Word file for who must edit its text: real headings, captions, footnotes and table headers.

Numbers of tables and figures are fields, and so are the references to them: who moves a table in an office program can
let the numbers follow. What stands beside each other on paper stands below each other here.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from wijkpeil.portrayal.print import Printed
from wijkpeil.reports.complete import Complete, complete, headings_of, label
from wijkpeil.reports.document import (
    Annexe,
    Beside,
    Block,
    Document,
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
    Text,
    every_block,
    words_of,
)
from wijkpeil.reports.pictures import in_points, photo_in
from wijkpeil.reports.word_parts import BULLETS, LANGUAGES, Body, Relations, field_of, package

_UNIT = 9525
"""How many of the smallest units of Word one unit of a picture is: three quarters of a point."""
_WIDEST, _TALLEST = 6_047_000, 7_900_000
"""The room on a page, in those units."""
_TWENTIETHS = 9524
"""The width of a table, in twentieths of a point."""
_STYLES = {
    Role.BODY: "",
    Role.LEAD: "Lead",
    Role.LABEL: "Label",
    Role.VALUE: "Value",
    Role.NEAR: "Near",
    Role.SMALL: "Small",
    Role.QUOTE: "Quote",
}
_TONES = {"catching_up": "0B6138", "falling_behind": "9A3300", "cannot_tell": "4A5666", "not_judged": "0A4F8F"}
_TONGUE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")


def word_docx(document: Document) -> bytes:
    """Make the Word file of a document; the same document gives the same bytes.

    Raises ``DocumentError`` for what cannot be placed.
    """
    ready = complete(document)
    pictures = [one.picture for one in every_block(ready.document.blocks) if isinstance(one, Figure)]
    writer = _Writer(ready=ready, images=iter(_images(pictures)))
    body = Markup("").join(writer.whole())
    made = Body(
        body=body,
        footnotes=writer.footnotes,
        media=writer.media,
        lists=writer.lists,
        relations=writer.relations,
        note_relations=writer.note_relations,
    )
    return package(ready, made)


def _images(pictures: list[Printed]) -> list[tuple[str, bytes]]:
    """Give every picture as an office program takes it: a photo as it is, a drawing in points."""
    photos = [photo_in(one) for one in pictures]
    kept = [one if one is not None and one.sort in {"jpeg", "png"} else None for one in photos]
    drawn = iter(in_points([one for one, photo in zip(pictures, kept, strict=True) if photo is None]))
    return [("png", next(drawn)) if one is None else (one.sort, one.content) for one in kept]


def _paragraph(inner: Markup, style: str = "", more: str = "") -> Markup:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    about = f"<w:pPr>{named}{more}</w:pPr>" if named or more else ""
    return Markup(f"<w:p>{about}{inner}</w:p>")


def _run(text: str, about: str = "") -> Markup:
    said = f"<w:rPr>{about}</w:rPr>" if about else ""
    return Markup(f'<w:r>{said}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>') if text else Markup("")


@dataclass(kw_only=True)
class _Writer:
    """Writes the blocks of one document one after another, and keeps what stands in other parts of the file."""

    ready: Complete
    images: Iterator[tuple[str, bytes]]
    footnotes: list[Markup] = field(default_factory=list)
    media: list[tuple[str, bytes]] = field(default_factory=list)
    relations: Relations = field(default_factory=Relations)
    note_relations: Relations = field(default_factory=Relations)
    places: dict[str, int] = field(default_factory=dict)
    lists: int = 0
    breaks: bool = False

    def whole(self) -> Iterator[Markup]:
        made = self.ready.document
        if made.kicker:
            yield _paragraph(_run(made.kicker), "Kicker")
        yield _paragraph(_run(made.title), "Title")
        if made.subtitle:
            yield _paragraph(_run(made.subtitle), "Subtitle")
        if made.contents:
            yield from self._contents()
        yield from self.blocks(made.blocks)

    def blocks(self, blocks: Iterable[Block]) -> Iterator[Markup]:
        for block in blocks:
            yield from self.block(block)

    def block(self, block: Block) -> Iterator[Markup]:  # noqa: C901 -- one match over every kind of block
        match block:
            case Heading():
                yield self._line(self._named(block.id, _run(block.text)), f"Heading{block.level}")
            case Paragraph():
                yield self._line(self.text(block.text), _STYLES[block.role], "<w:keepNext/>" if block.keep else "")
            case Note():
                title = _run(f"{block.title} ", "<w:b/>") if block.title else Markup("")
                yield self._line(title + self.text(block.text), "Warning" if block.alarm else "Remark")
            case Listing():
                yield from self._listing(block)
            case Facts():
                for name, said in block.pairs:
                    yield self._line(_run(f"{name}: ", "<w:b/>") + self.text(said), "Value")
            case Table():
                yield from self._table(block)
            case Figure():
                yield from self._figure(block)
            case Beside():
                for column in block.columns:
                    yield from self.blocks(column)
            case PageBreak():
                self.breaks = True
            case Annexe():
                self.breaks = True
                yield self._line(self._named(block.id, _run(block.title)), "Heading1")
                yield from self.blocks(block.blocks)

    def text(self, text: Text, *, within_note: bool = False) -> Markup:
        return Markup("").join(self._span(span, within_note=within_note) for span in text)

    def _span(self, span: Span, *, within_note: bool) -> Markup:
        about = self._about(span)
        shown = self.ready.shown(span)
        made = _run(shown, about)
        if span.link:
            relations = self.note_relations if within_note else self.relations
            name = relations.to("hyperlink", span.link)
            made = Markup(f'<w:hyperlink r:id="{name}" w:history="1">{_run(shown, about)}</w:hyperlink>')
        elif span.to and shown.lower() == self.ready.called.get(span.to, "").lower() and shown[-1:].isdigit():
            lower = "" if shown[0].isupper() else " \\* Lower"
            made = field_of(f"REF {self._place(span.to)} \\h{lower}", shown, about)
        elif span.to:
            made = Markup(f'<w:hyperlink w:anchor="{self._place(span.to)}" w:history="1">{made}</w:hyperlink>')
        if span.note and within_note:
            return made + _run(" (") + self.text(span.note, within_note=True) + _run(")")
        return made + self._footnote(span.note) if span.note else made

    def _about(self, span: Span) -> str:
        """Say how a piece looks, in the order in which Word wants to hear it."""
        parts = ['<w:rStyle w:val="Hyperlink"/>'] if span.link or span.to else []
        tone = span.tone in _TONES or span.strong
        parts += ["<w:b/>"] if tone else []
        parts += ["<w:i/>"] if span.emphasis else []
        parts += [f'<w:color w:val="{_TONES[span.tone]}"/>'] if span.tone in _TONES else []
        if span.lang and span.lang != self.ready.document.language and _TONGUE.fullmatch(span.lang):
            parts.append(f'<w:lang w:val="{LANGUAGES.get(span.lang, span.lang)}"/>')
        return "".join(parts)

    def _footnote(self, note: Text) -> Markup:
        self.footnotes.append(self.text(note, within_note=True))
        reference = f'<w:footnoteReference w:id="{len(self.footnotes)}"/>'
        return Markup(f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>{reference}</w:r>')

    def _line(self, inner: Markup, style: str = "", more: str = "") -> Markup:
        """Write a paragraph; the first after a page break begins a page."""
        starts, self.breaks = self.breaks, False
        return _paragraph(inner, style, f"{more}<w:pageBreakBefore/>" if starts else more)

    def _place(self, id_: str) -> str:
        """Give the name of a place in the file."""
        return f"plaats{self.places.setdefault(id_, len(self.places) + 1)}"

    def _named(self, id_: str, inner: Markup) -> Markup:
        if not id_:
            return inner
        name = self._place(id_)
        number = self.places[id_]
        return Markup(f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{inner}<w:bookmarkEnd w:id="{number}"/>')

    def _contents(self) -> Iterator[Markup]:
        yield _paragraph(_run(self.ready.language.say("Inhoud")), "TOCHeading")
        for name, id_ in headings_of(self.ready.document):
            anchor = f' w:anchor="{self._place(id_)}"' if id_ else ""
            inner = f"<w:hyperlink{anchor}>{_run(name)}</w:hyperlink>" if anchor else _run(name)
            yield _paragraph(Markup(inner), "TOC1")

    def _listing(self, block: Listing) -> Iterator[Markup]:
        if not block.ordered:
            for item in block.items:
                yield self._line(self.text(item), "ListBullet")
            return
        self.lists += 1
        own = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{BULLETS + self.lists}"/></w:numPr>'
        for item in block.items:
            starts, self.breaks = self.breaks, False
            yield _paragraph(self.text(item), "ListNumber", ("<w:pageBreakBefore/>" if starts else "") + own)

    def _caption(self, block: Table | Figure) -> Markup:
        """Write a caption whose number is a field, in a place to which references lead."""
        if block.number is None:
            return self._named(block.id, self.text(block.caption))
        word = label(block, self.ready.language).rpartition(" ")[0]
        number = field_of(f"SEQ {word} \\* ARABIC", str(block.number), "<w:b/>")
        named = self._named(block.id, _run(f"{word} ", "<w:b/>") + number)
        return named + _run(". ", "<w:b/>") + self.text(block.caption)

    def _table(self, block: Table) -> Iterator[Markup]:
        if block.caption or self.breaks:
            yield self._line(self._caption(block), "Caption", "<w:keepNext/>")
        widths = block.widths or (1.0,) * len(block.headers)
        cells = [round(width / sum(widths) * _TWENTIETHS) for width in widths]
        numeric = set(block.right)

        def cell(place: int, lines: Iterable[Markup], more: str = "") -> str:
            side = '<w:jc w:val="right"/>' if place in numeric else ""
            inner = "".join(_paragraph(line, "TableText", more + side) for line in lines)
            width = f'<w:tcPr><w:tcW w:w="{cells[place]}" w:type="dxa"/></w:tcPr>'
            return f"<w:tc>{width}{inner or _paragraph(Markup(''), 'TableText')}</w:tc>"

        head = "".join(cell(place, [_run(name, "<w:b/>")], "<w:keepNext/>") for place, name in enumerate(block.headers))
        rows = ["".join(cell(place, map(self.text, one)) for place, one in enumerate(row)) for row in block.rows]
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in cells)
        said = escape(words_of(block.caption))
        yield Markup(
            '<w:tbl><w:tblPr><w:tblStyle w:val="ReportTable"/><w:tblW w:w="5000" w:type="pct"/>'
            '<w:tblLook w:val="00A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="0" '
            f'w:noVBand="0"/><w:tblCaption w:val="{said}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
            f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"
            + "".join(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{row}</w:tr>" for row in rows)
            + "</w:tbl>"
        )
        for note in block.notes:
            yield _paragraph(self.text(note), "Small")
        if not block.notes:
            # Two tables without a paragraph between them become one.
            yield _paragraph(Markup(""), "TableText")

    def _figure(self, block: Figure) -> Iterator[Markup]:
        ending, content = next(self.images)
        number = len(self.media) + 1
        name = f"plaatje{number}.{ending}"
        self.media.append((name, content))
        embedded = self.relations.to("image", f"media/{name}")
        drawn = Markup(f"<w:r><w:drawing>{_inline(block, embedded, number)}</w:drawing></w:r>")
        yield self._line(drawn, "Picture", "<w:keepNext/>" if block.caption else "")
        if block.caption:
            yield _paragraph(self._caption(block), "Caption")


def _inline(block: Figure, embedded: str, number: int) -> str:
    """Place a picture in its line, with the words for who does not see it."""
    wide, tall = block.picture.width * _UNIT, block.picture.height * _UNIT
    scale = min(1.0, _WIDEST / wide, _TALLEST / tall)
    size = f'cx="{round(wide * scale)}" cy="{round(tall * scale)}"'
    said = f'id="{number}" name="Plaatje {number}" descr="{escape(block.alt)}"'
    uri = "http://schemas.openxmlformats.org/drawingml/2006/picture"
    return (
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/><wp:docPr {said}/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic><a:graphicData uri="{uri}"><pic:pic><pic:nvPicPr><pic:cNvPr {said}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{embedded}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>"
    )
