"""Brings an edition to readers, keeps it from them, or takes it back; what nobody can explain is not published."""

from datetime import datetime

from wijkpeil.publication.manifest import Manifest
from wijkpeil.publication.revision import Revision, compare
from wijkpeil.publication.shelf import Shelf
from wijkpeil.publication.states import Standing, State, keep, state_of


class UnexplainedFlipsError(Exception):
    """Verdicts flipped since the edition before, and nothing in what both were made of says why."""

    def __init__(self, revision: Revision) -> None:
        """Keep the whole revision, so that every flip can be listed."""
        super().__init__(f"{revision.unexplained.height}")
        self.revision = revision


def publish(shelf: Shelf, id_: str, *, now: datetime, until: datetime | None = None) -> State:
    """Publish an edition, at once or (with ``until``) from some hour on.

    It is compared with the edition that readers have now. Raises ``UnexplainedFlipsError``, ``NoSuchEditionError`` and
    ``EditionDamagedError``.
    """
    edition = shelf.open(id_)
    edition.verify()
    before = before_it(shelf, edition.manifest, now=now)
    if before is not None:
        revision = compare(shelf.open(before), edition)
        if not revision.unexplained.is_empty():
            raise UnexplainedFlipsError(revision)
    standing = Standing.PUBLISHED if until is None else Standing.EMBARGOED
    return _kept(shelf, id_, State(standing=standing, since=now, until=until))


def hold(shelf: Shelf, id_: str, *, now: datetime) -> State:
    """Make an edition a draft, which no reader sees; raises ``NoSuchEditionError``."""
    return _kept(shelf, shelf.open(id_).id, State(standing=Standing.DRAFT, since=now))


def withdraw(shelf: Shelf, id_: str, *, now: datetime, reason: str) -> State:
    """Take an edition back, also a damaged one; its place stays with the reason. Raises ``ValueError`` without one."""
    if not reason.strip():
        raise ValueError("Zeg waarom de editie wordt ingetrokken: lezers krijgen de reden te zien.")
    return _kept(shelf, id_, State(standing=Standing.WITHDRAWN, since=now, reason=reason.strip()))


def before_it(shelf: Shelf, manifest: Manifest, *, now: datetime) -> str | None:
    """Give the edition that the same readers had before this one."""
    earlier = [
        one.id
        for one in shelf.editions()
        if one.audience == manifest.audience
        and (one.made_on, one.id) < (manifest.made_on, manifest.id)
        and state_of(shelf.folder, one.id).at(now) is Standing.PUBLISHED
    ]
    return earlier[-1] if earlier else None


def _kept(shelf: Shelf, id_: str, state: State) -> State:
    keep(shelf.folder, id_, state)
    return state
