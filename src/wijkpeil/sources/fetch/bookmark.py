"""Where a download stopped: which pages of which table are in, so that the next run goes on from there."""

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from wijkpeil.sources.fetch.dialect import FIGURES


@dataclass(frozen=True, kw_only=True)
class PageMark:
    """One page that is in: of which series, where it came from, its content and which page follows it."""

    series: str
    address: str
    sha256: str
    following: str | None
    records: int


@dataclass(frozen=True, kw_only=True)
class Bookmark:
    """How far one version of one table is in.

    ``version`` is that of the table's card: another version starts anew. ``file`` (relative to the folder of
    downloads) and ``file_sha256`` are there once all pages are in and put together.
    """

    table: str
    place: str
    version: str
    title: str
    pages: tuple[PageMark, ...] = ()
    is_complete: bool = False
    file: str | None = None
    file_sha256: str | None = None

    def of(self, series: str) -> tuple[PageMark, ...]:
        """Give the pages of one series, in order."""
        return tuple(page for page in self.pages if page.series == series)

    @property
    def figures(self) -> int:
        """The number of records of the figures that are in."""
        return sum(page.records for page in self.of(FIGURES))

    def with_page(self, page: PageMark) -> "Bookmark":
        """Add a page."""
        return replace(self, pages=(*self.pages, page))

    def without_lost(self, is_there: Callable[[str], bool]) -> "Bookmark":
        """Leave out, per series, the first page that is no longer there and all that come after it."""
        kept: list[PageMark] = []
        broken: set[str] = set()
        for page in self.pages:
            if page.series in broken or not is_there(page.sha256):
                broken.add(page.series)
            else:
                kept.append(page)
        return self if not broken else replace(self, pages=tuple(kept), is_complete=False)


def load(path: Path) -> Bookmark | None:
    """Read a bookmark; one that is absent or unreadable is ``None``, and the download starts anew."""
    try:
        noted = json.loads(path.read_text(encoding="utf-8"))
        return Bookmark(**{**noted, "pages": tuple(PageMark(**page) for page in noted["pages"])})
    except (OSError, ValueError, KeyError, TypeError):
        return None


def save(path: Path, bookmark: Bookmark) -> None:
    """Write a bookmark in one step: whoever stops the program at any moment finds the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".half")
    with draft.open("w", encoding="utf-8") as file:
        json.dump(asdict(bookmark), file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
