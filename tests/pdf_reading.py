"""How a PDF is read back: its text as a reader takes it out, and its tags as they are read aloud."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2


def text_of(pdf: bytes) -> str:
    """Give all text of a PDF as a reader takes it out."""
    opened = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_bounded() for page in opened)


def tags_of(pdf: bytes) -> Iterator[tuple[str, Any]]:
    """Go through the tags of a PDF in the order in which they are read aloud."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        waiting = [opened.Root.StructTreeRoot.K]
        while waiting:
            one = waiting.pop()
            if isinstance(one, pikepdf.Array):
                waiting.extend(reversed(list(one)))
            elif isinstance(one, pikepdf.Dictionary) and "/S" in one:
                yield str(one.S), one
                waiting += [one.K] if "/K" in one else []
