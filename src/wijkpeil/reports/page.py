"""From a document to a page that reads aloud, fits a phone, prints, and stands on its own without script or network.

The same page as a fragment, without its head, stands within the layout of the site. Text is data: all of it is escaped
in one place, and no style stands in an attribute, so that it also holds under a strict policy of a site.
"""

import base64
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from markupsafe import Markup, escape

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
)
from wijkpeil.reports.pictures import drawing

_SHARES = 12


def page_html(document: Document) -> str:
    """Make the whole page of a document: one file, that shows the same wherever it is opened."""
    ready = complete(document)
    made = ready.document
    head = (
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        # A page from a file has no server that could say this; it keeps what somebody adds from running.
        f'<meta http-equiv="Content-Security-Policy" content="{policy()}">',
        f"<title>{escape(made.title)}</title>",
        f'<meta name="description" content="{escape(made.about or made.title)}">',
        f'<meta name="generator" content="Wijkpeil {escape(made.provenance.code_version)}">',
        f"<style>{style()}</style>",
    )
    skip = escape(ready.language.say("Naar de inhoud"))
    return (
        f'<!doctype html>\n<html lang="{escape(made.language)}">\n<head>\n' + "\n".join(head) + "\n</head>\n"
        f'<body class="report-alone">\n<a class="report-skip" href="#inhoud">{skip}</a>\n'
        f'<main id="inhoud" tabindex="-1">\n{_article(ready, top=1)}\n</main>\n</body>\n</html>\n'
    )


def fragment(document: Document, *, top: int = 1) -> Markup:
    """Make a document as a part of a page that has a layout of its own; ``top`` is the level of its title.

    Put ``style()`` in a style sheet of that page.
    """
    return _article(complete(document), top=top)


@lru_cache(maxsize=1)
def style() -> str:
    """Give the style of a page; every rule is about what stands within ``.report``."""
    return files("wijkpeil.reports").joinpath("templates", "page.css").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def policy() -> str:
    """Give what a page may do, as a browser is told: show its own style and its own pictures, and nothing else."""
    seal = base64.b64encode(hashlib.sha256(style().encode()).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'sha256-{seal}'; img-src data:; base-uri 'none'; form-action 'none'"


def _article(ready: Complete, *, top: int) -> Markup:
    document, writer = ready.document, _Writer(ready=ready, top=top)
    kicker = _tag("p", document.kicker, class_="report-kicker") if document.kicker else Markup("")
    subtitle = _tag("p", document.subtitle, class_="report-subtitle") if document.subtitle else Markup("")
    header = _tag("header", kicker, _tag(f"h{top}", document.title, id="report-title"), subtitle)
    parts = [header, writer.contents() if document.contents else Markup(""), *writer.blocks(document.blocks)]
    return _tag(
        "article",
        *_on_lines([*parts, writer.notes()]),
        class_="report",
        lang=document.language,
        aria_labelledby="report-title",
    )


def _on_lines(parts: Iterable[Markup]) -> Iterator[Markup]:
    for part in parts:
        if part:
            yield Markup("\n") + part


def _tag(tag: str, *children: Markup | str, **attributes: str) -> Markup:
    """Make one element; an attribute without a value is left out."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"' for key, value in attributes.items() if value
    )
    return Markup(f"<{tag}{said}>{''.join(map(escape, children))}</{tag}>")


@dataclass(kw_only=True)
class _Writer:
    """Writes the blocks of one document one after another, and keeps the footnotes for the end."""

    ready: Complete
    top: int
    footnotes: list[Text] = field(default_factory=list)
    drawn: int = 0
    level: int = 1

    def blocks(self, blocks: Iterable[Block]) -> Iterator[Markup]:
        for block in blocks:
            yield self.block(block)

    def block(self, block: Block) -> Markup:  # noqa: C901, PLR0911 -- one match over every kind of block
        match block:
            case Heading():
                return self._heading(block.text, block.level, block.id)
            case Paragraph():
                return self._paragraph(block)
            case Note():
                title = _tag("strong", block.title) + " " if block.title else Markup("")
                kind = "report-note report-alarm" if block.alarm else "report-note"
                return _tag("div", _tag("p", title, self.text(block.text)), class_=kind, role="note")
            case Listing():
                items = [_tag("li", self.text(item)) for item in block.items]
                return _tag("ol" if block.ordered else "ul", *items) if items else Markup("")
            case Facts():
                pairs = [_tag("div", _tag("dt", name), _tag("dd", self.text(said))) for name, said in block.pairs]
                return _tag("dl", *pairs, class_="report-facts") if pairs else Markup("")
            case Table():
                return self._table(block)
            case Figure():
                return self._figure(block)
            case Beside():
                return self._beside(block)
            case PageBreak():
                return _tag("div", class_="report-break")
            case Annexe():
                parts = [self._heading(block.title, 1, block.id), *self.blocks(block.blocks)]
                return _tag("section", *_on_lines(parts), class_="report-annexe")

    def text(self, text: Text) -> Markup:
        return Markup("").join(self._span(span) for span in text)

    def _span(self, span: Span) -> Markup:
        shown = escape(self.ready.shown(span))
        if span.emphasis:
            shown = _tag("em", shown)
        if span.strong:
            shown = _tag("strong", shown)
        if span.tone:
            shown = _tag("span", shown, class_=f"report-tone report-{_word(span.tone)}")
        if span.lang and span.lang != self.ready.document.language:
            shown = _tag("span", shown, lang=span.lang)
        if span.link or span.to:
            shown = _tag("a", shown, href=span.link or f"#{span.to}")
        return shown + self._mark(span.note) if span.note else shown

    def _mark(self, note: Text) -> Markup:
        """Leave a mark that leads to a footnote."""
        self.footnotes.append(note)
        number = len(self.footnotes)
        said = self.ready.language.say("Voetnoot {number}", number=number)
        link = _tag(
            "a", str(number), href=f"#voetnoot-{number}", id=f"noot-{number}", aria_label=said, role="doc-noteref"
        )
        return _tag("sup", link)

    def notes(self) -> Markup:
        """Write the footnotes, each with a way back to where it was called."""
        items, place = [], 0
        while place < len(self.footnotes):
            note, place = self.footnotes[place], place + 1
            said = self.ready.language.say("Terug naar de tekst bij voetnoot {number}", number=place)
            back = _tag("a", "↩", href=f"#noot-{place}", aria_label=said, role="doc-backlink")
            items.append(_tag("li", self.text(note), " ", back, id=f"voetnoot-{place}"))
        if not items:
            return Markup("")
        title = _tag(f"h{self.top + 1}", self.ready.language.say("Voetnoten"), id="voetnoten")
        return _tag("section", title, _tag("ol", *items), class_="report-notes", aria_labelledby="voetnoten")

    def contents(self) -> Markup:
        title = _tag("p", self.ready.language.say("Inhoud"), class_="report-contents-title", id="report-contents")
        items = [_tag("li", _tag("a", name, href=f"#{id_}")) for name, id_ in headings_of(self.ready.document) if id_]
        return _tag("nav", title, _tag("ul", *items), class_="report-contents", aria_labelledby="report-contents")

    def _heading(self, text: str, level: int, id_: str) -> Markup:
        self.level = min(self.top + level, 6)
        return _tag(f"h{self.level}", text, id=id_)

    def _paragraph(self, block: Paragraph) -> Markup:
        inner = self.text(block.text)
        if block.role is Role.QUOTE:
            return _tag("blockquote", _tag("p", inner))
        return _tag("p", inner, class_="" if block.role is Role.BODY else f"report-{block.role.value}")

    def _caption(self, block: Table | Figure) -> Markup:
        number = label(block, self.ready.language)
        return (_tag("strong", f"{number}.") + " " if number else Markup("")) + self.text(block.caption)

    def _table(self, block: Table) -> Markup:
        numeric = set(block.right)

        def cell(tag: str, place: int, inner: Markup, **more: str) -> Markup:
            return _tag(tag, inner, class_="report-number" if place in numeric else "", **more)

        head = [cell("th", place, escape(name), scope="col") for place, name in enumerate(block.headers)]
        rows = []
        for row in block.rows:
            lines = [Markup("<br>").join(self.text(line) for line in one) for one in row]
            first = [cell("th", 0, lines[0], scope="row")] if lines else []
            rows.append(_tag("tr", *first, *(cell("td", place, one) for place, one in enumerate(lines[1:], 1))))
        caption = _tag("caption", self._caption(block)) if block.caption else Markup("")
        table = _tag("table", caption, _tag("thead", _tag("tr", *head)), _tag("tbody", *rows), id=block.id)
        named = label(block, self.ready.language) or self.ready.language.say("Tabel")
        # A table that is wider than a phone scrolls by itself, also from a keyboard.
        made = _tag("div", table, class_="report-scroll", tabindex="0", role="group", aria_label=named)
        notes = [_tag("p", self.text(note), class_="report-small") for note in block.notes]
        return made + Markup("").join(notes)

    def _figure(self, block: Figure) -> Markup:
        self.drawn += 1
        svg = Markup(drawing(block.picture, own=f"plaatje-{self.drawn}", role="img", **{"aria-label": block.alt}))
        if not block.caption:
            return _tag("div", svg, class_="report-picture", id=block.id)
        caption = _tag("figcaption", self._caption(block))
        return _tag("figure", svg, caption, class_="report-picture", id=block.id)

    def _beside(self, block: Beside) -> Markup:
        shares = [max(1, round(width / sum(block.widths) * _SHARES)) for width in block.widths]
        columns = [
            _tag("div", *self.blocks(column), class_=f"report-share-{share}")
            for column, share in zip(block.columns, shares, strict=True)
        ]
        return _tag("div", *columns, class_="report-beside report-ruled" if block.ruled else "report-beside")


def _word(tone: str) -> str:
    return "".join(one if one.isalnum() else "-" for one in tone)
