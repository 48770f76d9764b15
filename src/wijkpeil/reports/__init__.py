"""Documents from an edition and a frozen state of a programme: profile, magazine and progress report on one spine.

Every document goes the same way::

    figures (publication.subject) + ProgrammeState  ->  Document (blocks)  ->  a renderer  ->  bytes

1. ``document`` has the blocks: ``Heading, Paragraph, Note, Listing, Facts, Table, Figure, Beside, PageBreak, Annexe``,
   with running text as tuples of ``Span`` (emphasis, links, footnotes, references to numbered tables and figures).
   Blocks are frozen and say nothing of looks. A ``Document`` carries its ``Provenance``: edition and its hash, hash of
   the programme's state, hash of an editor's text, version of this code. ``plain("…")`` makes a text without style.
   The first cell of a row is the header of that row. Every ``Figure`` has ``alt`` and holds a
   ``portrayal.print.Printed``: any picture of ``portrayal`` through ``printed(picture, width=…, ends=…, sides=…)``, an
   SVG that stands on its own.
2. A renderer is one function of a ``Document``, and of nothing else: ``typesetting.compile_pdf(document)`` gives the
   PDF (PDF/UA-1 and PDF/A-2a). Renderers for a page and for Word begin with ``numbered(check(document))``, which
   refuses what cannot be placed and numbers tables and figures, so that "tabel 3" is the same table in all of them, end
   with ``colophon(document, language, content=content_hash(document))``, and go through the blocks with one ``match``.
3. ``state.ProgrammeState`` is what was wanted, agreed, done, seen, promised, decided and told, as plain frozen values
   that the site or a file hands down (``state.read_state``); this room knows no database.

A kind of document is one module that makes a ``Document``: ``profile.profile(about, language, …)``. Rules for all: no
clock, no chance, no machine (the same inputs give the same bytes: ``tests/unit/reports``); no number is typed, each
comes from a reading through ``portrayal``; text is data and never markup, and what no font can show becomes a visible
mark.
"""

from wijkpeil.reports.document import Document, Provenance, numbered
from wijkpeil.reports.typesetting import TypesettingError, compile_pdf

__all__ = ["Document", "Provenance", "TypesettingError", "compile_pdf", "numbered"]
