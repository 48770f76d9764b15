"""A document as Markdown that anybody can read, compare line by line and keep: its words without its looks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

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
    Paragraph,
    Role,
    Table,
    Text,
    numbered,
)


def as_text(document: Document, *, table: str = "Tabel", figure: str = "Figuur") -> str:
    """Write a document as Markdown; its footnotes stand at the end, and a figure is told in its own words."""
    writer = _Writer(table=table, figure=figure)
    ready = numbered(document)
    lines = [f"# {ready.title}", *([ready.subtitle] if ready.subtitle else []), *writer.blocks(ready.blocks)]
    notes = [f"[^{number}]: {note}" for number, note in enumerate(writer.notes, start=1)]
    return "\n\n".join([*lines, *notes]) + "\n"


@dataclass(kw_only=True)
class _Writer:
    table: str
    figure: str
    notes: list[str] = field(default_factory=list)

    def blocks(self, blocks: Sequence[Block]) -> Iterator[str]:
        """Write blocks, each as one piece of text."""
        for block in blocks:
            yield from self._block(block)

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Heading():
                yield f"{'#' * (block.level + 1)} {block.text}"
            case Paragraph():
                yield ("> " if block.role is Role.QUOTE else "") + self._text(block.text)
            case Note():
                yield f"> **{block.title}** {self._text(block.text)}"
            case Figure():
                number = f"**{self.figure} {block.number}.** " if block.number else ""
                yield f"{number}{self._text(block.caption)} {block.alt}".strip()
            case Table():
                yield from self._table(block)
            case Beside() | Annexe():
                yield from self._holding(block)
            case _:
                yield from self._listed(block)

    def _listed(self, block: Block) -> Iterator[str]:
        match block:
            case Listing():
                signs = (f"{place}." if block.ordered else "-" for place in range(1, len(block.items) + 1))
                yield "\n".join(f"{sign} {self._text(item)}" for sign, item in zip(signs, block.items, strict=True))
            case Facts():
                yield "\n".join(f"- {name}: {self._text(value)}" for name, value in block.pairs)
            case _:
                yield "---"

    def _holding(self, block: Beside | Annexe) -> Iterator[str]:
        if isinstance(block, Annexe):
            yield f"## {block.title}"
            yield from self.blocks(block.blocks)
            return
        for column in block.columns:
            yield from self.blocks(column)

    def _table(self, block: Table) -> Iterator[str]:
        number = f"**{self.table} {block.number}.** " if block.number else ""
        yield f"{number}{self._text(block.caption)}"
        rows = [
            [" / ".join(self._text(line) for line in cell).replace("|", "\\|") for cell in row] for row in block.rows
        ]
        lines = [block.headers, ["---"] * len(block.headers), *rows]
        yield "\n".join(f"| {' | '.join(line)} |" for line in lines)
        for note in block.notes:
            yield self._text(note)

    def _text(self, text: Text) -> str:
        parts = []
        for span in text:
            said = span.text
            if said.strip() and (span.strong or span.emphasis):
                sign = "**" if span.strong else "*"
                said = said.replace(said.strip(), f"{sign}{said.strip()}{sign}")
            if span.link:
                said = f"[{said}]({span.link})"
            if span.note:
                self.notes.append("".join(one.text for one in span.note))
                said += f"[^{len(self.notes)}]"
            parts.append(said)
        return "".join(parts)
