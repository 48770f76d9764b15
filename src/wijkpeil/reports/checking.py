"""What no renderer could place: a reference to nothing, two things of one name, a picture that says nothing aloud."""

from collections.abc import Iterator

from wijkpeil.reports.document import (
    Beside,
    Block,
    Document,
    Facts,
    Figure,
    Heading,
    Listing,
    Note,
    Paragraph,
    Span,
    Table,
    Text,
    every_block,
)

_ADDRESSES = ("https://", "http://", "mailto:")


class DocumentError(Exception):
    """A document cannot be made; the sentence says where it goes wrong and what is allowed."""


def check(document: Document) -> Document:
    """Give the document back when every renderer can place it; raises ``DocumentError`` for the first fault."""
    blocks = list(every_block(document.blocks))
    names: set[str] = set()
    for block in blocks:
        name = getattr(block, "id", "")
        if name and name in names:
            raise DocumentError(f"De naam {name!r} staat twee keer in het document ‘{document.title}’.")
        names.add(name)
        _check_block(block)
    _check_levels(blocks, document)
    for span in _spans(blocks):
        if span.to and span.to not in names:
            raise DocumentError(f"Het document ‘{document.title}’ verwijst naar {span.to!r}, en dat is er niet.")
        if span.link and not span.link.startswith(_ADDRESSES):
            raise DocumentError(f"De verwijzing {span.link!r} is geen adres: begin met https:// of mailto:.")
    return document


def _check_block(block: Block) -> None:
    if isinstance(block, Figure) and not block.alt.strip():
        raise DocumentError(f"Een plaatje heeft geen beschrijving voor wie het niet ziet: {block.id or 'zonder naam'}.")
    if isinstance(block, Table):
        wrong = [row for row in block.rows if len(row) != len(block.headers)]
        if wrong:
            raise DocumentError(f"Een rij van een tabel heeft {len(wrong[0])} cellen en {len(block.headers)} kolommen.")
    if isinstance(block, Beside) and len(block.columns) != len(block.widths):
        raise DocumentError(f"Er zijn {len(block.columns)} kolommen naast elkaar en {len(block.widths)} breedtes.")


def _check_levels(blocks: list[Block], document: Document) -> None:
    """Refuse a heading that skips a level: who walks through a document by its headings would miss a step."""
    before = 0
    for block in blocks:
        level = block.level if isinstance(block, Heading) else 1 if type(block).__name__ == "Annexe" else None
        if level is None:
            continue
        if not 1 <= level <= min(before + 1, 4):
            said = getattr(block, "text", "")
            raise DocumentError(f"De kop ‘{said}’ van ‘{document.title}’ slaat een niveau over: {before} naar {level}.")
        before = level


def _spans(blocks: list[Block]) -> Iterator[Span]:
    for block in blocks:
        for text in _texts(block):
            for span in text:
                yield span
                yield from span.note


def _texts(block: Block) -> Iterator[Text]:
    if isinstance(block, Paragraph | Note):
        yield block.text
    elif isinstance(block, Listing):
        yield from block.items
    elif isinstance(block, Facts):
        yield from (text for _, text in block.pairs)
    elif isinstance(block, Figure):
        yield block.caption
    elif isinstance(block, Table):
        yield block.caption
        yield from block.notes
        yield from (line for row in block.rows for cell in row for line in cell)
