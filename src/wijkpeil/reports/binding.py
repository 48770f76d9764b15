"""The profiles of a whole programme bound in one book, made in one go by whoever has the time for it."""

from collections.abc import Sequence

from wijkpeil.reports.series import Order, book, documents
from wijkpeil.reports.typesetting import compile_pdf


def book_pdf(order: Order, codes: Sequence[str], title: str, kicker: str) -> bytes:
    """Make the book of the profiles of these areas."""
    parts = [made.document for made in documents(order, codes) if made.document is not None]
    return compile_pdf(book(parts, title=title, kicker=kicker))
