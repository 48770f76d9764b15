"""Every form in which a document can be had, by name: each is one function of a document, with the same words in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from wijkpeil.reports.document import Document
from wijkpeil.reports.page import page_html
from wijkpeil.reports.typesetting import compile_pdf

Render = Callable[[Document, str], bytes]
"""Makes the file of a document; the second is the template that sets the pages of a PDF, and of nothing else."""


@dataclass(frozen=True, kw_only=True)
class Format:
    """One form of a document: how its file ends, what it is called on the web, and who makes it."""

    ending: str
    media_type: str
    render: Render


def _pdf(document: Document, template: str) -> bytes:
    return compile_pdf(document, template=template)


def _page(document: Document, template: str) -> bytes:
    return page_html(document).encode()


PDF = "pdf"
FORMATS: Mapping[str, Format] = {
    PDF: Format(ending=".pdf", media_type="application/pdf", render=_pdf),
    "html": Format(ending=".html", media_type="text/html; charset=utf-8", render=_page),
}


def rendered(document: Document, form: str, *, template: str = "document.typ") -> bytes:
    """Make a document in a form; the same document gives the same bytes.

    Raises ``KeyError`` for a form that there is not, ``DocumentError`` for what cannot be placed.
    """
    return FORMATS[form].render(document, template)


def form_of(out: Path | None, asked: str | None) -> str | None:
    """Tell which form is meant, by what was asked for and otherwise by the end of the file; ``None`` if neither tells."""
    if asked is not None:
        return asked
    if out is None:
        return PDF
    by_ending = {one.ending: name for name, one in reversed(FORMATS.items())}
    return by_ending.get(out.suffix.lower())
