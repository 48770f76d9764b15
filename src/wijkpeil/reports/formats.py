"""Every form in which a document can be had, by name: each is one function of a document, with the same words in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from wijkpeil.reports.document import Document
from wijkpeil.reports.page import page_html
from wijkpeil.reports.parts import charts_zip, tables_zip, whole_zip
from wijkpeil.reports.typesetting import compile_pdf
from wijkpeil.reports.word import word_docx

Render = Callable[[Document, str], bytes]
"""Makes the file of a document; the second is the template that sets the pages of a PDF, and of nothing else."""


@dataclass(frozen=True, kw_only=True)
class Format:
    """One form of a document: how its file ends, what it is called on the web, and who makes it."""

    ending: str
    media_type: str
    render: Render

    @property
    def is_document(self) -> bool:
        """Whether the file is the document itself, and no package of parts of it."""
        return self.ending != ".zip"


def _pdf(document: Document, template: str) -> bytes:
    return compile_pdf(document, template=template)


def _page(document: Document, template: str) -> bytes:
    return page_html(document).encode()


def _word(document: Document, template: str) -> bytes:
    return word_docx(document)


def _tables(document: Document, template: str) -> bytes:
    return tables_zip(document)


def _charts(document: Document, template: str) -> bytes:
    return charts_zip(document)


def _all(document: Document, template: str) -> bytes:
    """Give a package with every form that is one document, and its tables and charts."""
    made = [(f"document{one.ending}", one.render(document, template)) for one in FORMATS.values() if one.is_document]
    return whole_zip(document, made)


PDF = "pdf"
_ZIP = "application/zip"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMATS: Mapping[str, Format] = {
    PDF: Format(ending=".pdf", media_type="application/pdf", render=_pdf),
    "html": Format(ending=".html", media_type="text/html; charset=utf-8", render=_page),
    "docx": Format(ending=".docx", media_type=_WORD, render=_word),
    "tables": Format(ending=".zip", media_type=_ZIP, render=_tables),
    "charts": Format(ending=".zip", media_type=_ZIP, render=_charts),
    "all": Format(ending=".zip", media_type=_ZIP, render=_all),
}


def rendered(document: Document, form: str, *, template: str = "document.typ") -> bytes:
    """Make a document in a form; the same document gives the same bytes.

    Raises ``KeyError`` for a form that there is not, ``DocumentError`` for what cannot be placed.
    """
    return FORMATS[form].render(document, template)


def form_of(out: Path | None, asked: str | None) -> str | None:
    """Tell which form is meant, by what was asked for or else by the end of the file; ``None`` if neither tells."""
    if asked is not None:
        return asked
    if out is None:
        return PDF
    return _BY_ENDING.get(out.suffix.lower())


_BY_ENDING = {one.ending: name for name, one in FORMATS.items()}
"""A package without a word about what is asked holds everything, as that is the last of its kind."""
