"""Many profiles at once: every process reads the edition once, and areas of one city are made by the same process.

Processes are spawned and never forked: the engines behind the frames and the typesetting have threads of their own,
and a forked process waits for ever for a thread that it does not have.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path

from wijkpeil.portrayal.language import language
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.subject import subject_of
from wijkpeil.reports.document import Annexe, Block, Document, Heading, Paragraph, Role, Table, plain
from wijkpeil.reports.profile import profile
from wijkpeil.reports.state import ProgrammeState
from wijkpeil.reports.typesetting import compile_pdf

PROCESSES = 2
_A_PART = 4
"""So many areas are given to a process at a time: few enough to see progress, and to stop."""
_AHEAD = 2 * PROCESSES
"""So many parts are under way or waiting to be taken, which bounds the memory."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """What is asked for: of which edition (its folder), in which language, with which state of a programme."""

    folder: Path
    language: str = "nl"
    state: ProgrammeState | None = None
    site: str = ""


@dataclass(frozen=True, kw_only=True)
class Made:
    """The profile of one area, with its PDF where that was asked for."""

    code: str
    document: Document | None = None
    pdf: bytes = b""


def one_profile(edition: Edition, code: str, order: Order) -> Document:
    """Write the profile of one area; raises ``KeyError`` for an area that the edition does not have."""
    about = subject_of(edition, code, beside_all=False)
    return profile(
        about, language(order.language), edition_hash=edition.manifest.content, state=order.state, site=order.site
    )


def pdfs(order: Order, codes: Sequence[str]) -> Iterator[Made]:
    """Make the PDF of every area, in the order of ``codes``."""
    yield from _shared_out(_pdfs, order, codes)


def documents(order: Order, codes: Sequence[str]) -> Iterator[Made]:
    """Write the profile of every area, in the order of ``codes``, to bind them in a book."""
    yield from _shared_out(_documents, order, codes)


def book(
    parts: Sequence[Document], *, title: str, kicker: str, subtitle: str = "", names: Sequence[str] = ()
) -> Document:
    """Bind documents into one with a table of contents, each as an annexe that begins on a page of its own.

    ``names`` are the titles of the parts in the book, where two would otherwise be called the same.
    """
    called = names or [part.title for part in parts]
    return replace(
        parts[0],
        title=title,
        kicker=kicker,
        subtitle=subtitle,
        running=title,
        address="",
        about=title,
        contents=True,
        blocks=tuple(
            Annexe(
                title=name,
                id=f"deel-{place}",
                blocks=(
                    *(_within(block, place) for block in part.blocks),
                    Paragraph(text=plain(part.address), role=Role.SMALL),
                ),
            )
            for place, (name, part) in enumerate(zip(called, parts, strict=True), start=1)
        ),
    )


def _within(block: Block, place: int) -> Block:
    """Put a heading one level down, and give a name that no other part has."""
    if isinstance(block, Heading):
        return replace(block, level=min(block.level + 1, 4), id=f"{block.id}-{place}" if block.id else "")
    if isinstance(block, Table) and block.id:
        return replace(block, id=f"{block.id}-{place}")
    return block


Work = Callable[[Order, Sequence[str]], list[Made]]


def _shared_out(work: Work, order: Order, codes: Sequence[str]) -> Iterator[Made]:
    """Share out the work over a few processes, and give what they make in the order in which it was asked."""
    parts = [codes[start : start + _A_PART] for start in range(0, len(codes), _A_PART)]
    if len(parts) < PROCESSES:
        yield from work(order, codes)
        return
    with ProcessPoolExecutor(max_workers=PROCESSES, mp_context=get_context("spawn")) as pool:
        waiting: deque[Future[list[Made]]] = deque()
        try:
            for part in parts:
                waiting.append(pool.submit(work, order, part))
                if len(waiting) >= _AHEAD:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


_opened: dict[Path, Edition] = {}
"""The edition of this process: opened once for all its parts."""


def _edition(folder: Path) -> Edition:
    if folder not in _opened:
        _opened.clear()
        _opened[folder] = Edition(folder)
    return _opened[folder]


def _documents(order: Order, codes: Sequence[str]) -> list[Made]:
    edition = _edition(order.folder)
    return [Made(code=code, document=one_profile(edition, code, order)) for code in codes]


def _pdfs(order: Order, codes: Sequence[str]) -> list[Made]:
    edition = _edition(order.folder)
    return [Made(code=code, pdf=compile_pdf(one_profile(edition, code, order))) for code in codes]
