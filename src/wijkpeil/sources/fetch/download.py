"""A table fetched from where it stopped: asked what it is, kept page by page, and put together into one file."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from wijkpeil.domain.complaint import Complaint, FaultsFound
from wijkpeil.domain.policy import Policy
from wijkpeil.domain.source import Source, Table
from wijkpeil.sources.fetch import bookmark as bookmarks
from wijkpeil.sources.fetch.assemble import put_together
from wijkpeil.sources.fetch.bookmark import Bookmark, PageMark
from wijkpeil.sources.fetch.dialect import FIGURES, Card, Page, Record
from wijkpeil.sources.fetch.errand import Errand, errand_for
from wijkpeil.sources.fetch.identity import wanted_columns, wrong_table
from wijkpeil.sources.fetch.line import Line, Refused
from wijkpeil.sources.fetch.release import changed_columns, empty_columns, empty_release, too_few

BOOKMARKS = ".stand"
"""The folder of bookmarks inside the folder of downloads; hidden, so that a build does not take it for data."""


class Outcome(StrEnum):
    """How it ended for one table."""

    FETCHED = "fetched"
    ALREADY_THERE = "already_there"
    EMPTY = "empty"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True)
class Step:
    """How far a table is: ``done`` records of ``expected`` (``None``: not announced)."""

    source: Source
    table: Table
    done: int
    expected: int | None


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """What became of one table: ``file`` is there when a build can read it."""

    source: str
    table: str
    outcome: Outcome
    file: Path | None = None
    records: int = 0
    complaints: tuple[Complaint, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What is needed to fetch: the policy, the line, the folder of downloads and whom to tell how far it is.

    ``address_base`` is another server to go to; ``anew`` leaves every bookmark aside.
    """

    policy: Policy
    line: Line
    folder: Path
    progress: Callable[[Step], None]
    address_base: str | None = None
    anew: bool = False


def fetch(tables: Iterable[tuple[Source, Table]], *, desk: Desk) -> Iterator[Fetched]:
    """Fetch tables one after another; one that fails does not stop the others, a full disk does."""
    for source, table in tables:
        try:
            yield fetch_table(source, table, desk=desk)
        except FaultsFound as faults:
            yield _failed(source, table, faults.complaints)
        except Refused as refused:
            complaint = Complaint(file=f"{source.id}/{table.id}", place="", found="", sentence=str(refused))
            yield _failed(source, table, (complaint,))
            if refused.is_final_for_all:
                return


def fetch_table(source: Source, table: Table, *, desk: Desk) -> Fetched:
    """Fetch one table, from where it stopped.

    The table is held against the policy before anything of it is kept. What is in, in the version that its card
    names, is not fetched again; another version starts anew, and the pages of the old one stay in the keeper.
    Raises ``FaultsFound`` when it is another table, ``Refused`` when it cannot be had.
    """
    errand = errand_for(source, table, address_base=desk.address_base)
    card = _card(errand, desk)
    round_trip = _RoundTrip(errand, card, desk)
    about: dict[str, list[Record]] = {}
    while more := errand.dialect.about(errand.place, about):
        for name, address in more.items():
            round_trip.follow(name, address)
            about[name] = list(round_trip.records(name))
    round_trip.follow(FIGURES, errand.dialect.first_page(errand.place))
    return _finish(round_trip, about)


def _card(errand: Errand, desk: Desk) -> Card:
    """Ask what a table is, and refuse another one before anything of it is kept."""
    seen: list[Card] = []

    def check(file: Path) -> None:
        card = errand.dialect.read_card(file.read_bytes(), errand.place)
        wrong = wrong_table(card, source=errand.source, table=errand.table, place=errand.place)
        if wrong:
            raise FaultsFound(wrong)
        seen.append(card)

    desk.line.collect(errand.dialect.card_address(errand.place), credit=errand.credit, check=check)
    return seen[-1]


class _RoundTrip:
    """The pages of one table: those that are in, and those that still have to come."""

    def __init__(self, errand: Errand, card: Card, desk: Desk) -> None:
        """Go on from the bookmark of the same version at the same place, or begin anew."""
        self.errand, self.card, self.desk = errand, card, desk
        self.path = desk.folder / BOOKMARKS / errand.source.id / f"{errand.table.id}.json"
        there = None if desk.anew else bookmarks.load(self.path)
        if there is None or (there.place, there.version) != (errand.place, card.version):
            title = card.title or card.identifier
            there = Bookmark(table=errand.table.id, place=errand.place, version=card.version, title=title)
        self.mark = there.without_lost(desk.line.keeper.has)
        self._tell()

    def follow(self, series: str, first: str) -> None:
        """Fetch the pages of one series that are not in yet; the bookmark is written after each."""
        pages = self.mark.of(series)
        visited = {page.address for page in pages}
        address = pages[-1].following if pages else first
        while address is not None:
            if address in visited:
                raise Refused(f"De bron verwijst naar een pagina die al gelezen is ({address}).")
            visited.add(address)
            page, sha256 = self._fetch(address)
            following, records = page.following, len(page.records)
            self.save(
                self.mark.with_page(
                    PageMark(series=series, address=address, sha256=sha256, following=following, records=records)
                )
            )
            self._tell()
            address = following

    def records(self, series: str) -> Iterator[Record]:
        """Read the records of one series."""
        return (record for page in self.pages(series) for record in page)

    def pages(self, series: str) -> Iterator[list[Record]]:
        """Read the kept pages of one series, one at a time, so that memory holds one page."""
        for page in self.mark.of(series):
            try:
                data = self.desk.line.keeper.read(page.sha256)
            except ValueError as damaged:
                raise Refused(str(damaged)) from damaged
            yield self.errand.dialect.read_page(data, page.address).records

    def save(self, mark: Bookmark) -> None:
        """Move the bookmark."""
        self.mark = mark
        try:
            bookmarks.save(self.path, mark)
        except OSError as fault:
            raise Refused(f"De stand kan niet worden bewaard: {fault.strerror}.", is_final_for_all=True) from fault

    def _fetch(self, address: str) -> tuple[Page, str]:
        """Fetch one page and read it, once."""
        seen: list[Page] = []

        def check(file: Path) -> None:
            seen.append(self.errand.dialect.read_page(file.read_bytes(), address))

        sha256 = self.desk.line.collect(address, credit=self.errand.credit, check=check)
        return seen[-1], sha256

    def _tell(self) -> None:
        """Tell how far it is."""
        done, expected = self.mark.figures, self.card.expected
        self.desk.progress(Step(source=self.errand.source, table=self.errand.table, done=done, expected=expected))


def _finish(trip: _RoundTrip, about: dict[str, list[Record]]) -> Fetched:
    """Put the pages together unless that was done; an empty release makes no file."""
    errand, folder = trip.errand, trip.desk.folder
    file = folder / errand.source.id / errand.file_name
    complaints = _odd(trip, about)
    outcome = Outcome.FETCHED
    if not any(errand.dialect.is_filled(record) for record in trip.records(FIGURES)):
        trip.save(replace(trip.mark, is_complete=True))
        complaints, outcome = (empty_release(source=errand.source, table=errand.table),), Outcome.EMPTY
    elif trip.mark.is_complete and _hash_of(file) == trip.mark.file_sha256:
        outcome = Outcome.ALREADY_THERE
    else:
        _write(trip, file)
    return Fetched(
        source=errand.source.id,
        table=errand.table.id,
        outcome=outcome,
        file=None if outcome is Outcome.EMPTY else file,
        records=trip.mark.figures,
        complaints=complaints,
    )


def _write(trip: _RoundTrip, file: Path) -> None:
    """Write the file and note that the table is complete."""
    try:
        put_together(trip.errand.writer, trip.pages(FIGURES), file)
    except OSError as fault:
        sentence = f"Het bestand {file.name} kan niet worden geschreven: {fault.strerror}."
        raise Refused(sentence, is_final_for_all=True) from fault
    trip.save(replace(trip.mark, is_complete=True, file=file.name, file_sha256=_hash_of(file)))


def _odd(trip: _RoundTrip, about: dict[str, list[Record]]) -> tuple[Complaint, ...]:
    """Say what is odd about this release."""
    errand, dialect = trip.errand, trip.errand.dialect
    wanted = wanted_columns(trip.desk.policy, errand.source, errand.table)
    there = dialect.columns(trip.card, about)
    changed: tuple[Complaint, ...] = ()
    if there is not None:
        changed = changed_columns(wanted, there, source=errand.source, table=errand.table)
        wanted = {name: users for name, users in wanted.items() if name in there}
    empty = empty_columns(wanted, trip.records(FIGURES), dialect.values, source=errand.source, table=errand.table)
    return (*changed, *empty, *too_few(trip.card, trip.mark.figures, source=errand.source, table=errand.table))


def _failed(source: Source, table: Table, complaints: tuple[Complaint, ...]) -> Fetched:
    """Say that a table was not had."""
    return Fetched(source=source.id, table=table.id, outcome=Outcome.FAILED, complaints=complaints)


def _hash_of(file: Path) -> str | None:
    """Hash a file, or tell that it is not there."""
    if not file.is_file():
        return None
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
