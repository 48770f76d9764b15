"""The one way in which anything changes: who may, the change itself, and its line in the logbook."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol, cast

from django.db import models, transaction
from django.db.models import F

from wijkpeil.web.accounts.models import Account
from wijkpeil.web.accounts.permissions import Place
from wijkpeil.web.accounts.refusals import ChangedMeanwhileError, ForbiddenError, HiddenError
from wijkpeil.web.accounts.roles import Kind, Verb
from wijkpeil.web.logbook.writing import take_turn, write


class Thing(Protocol):
    """A row that people do something to, in whichever room; ``version`` goes up with every change."""

    pk: Any
    version: Any
    programme: Any

    @property
    def KIND(self) -> Kind:  # noqa: N802
        """The kind of thing it is."""
        ...

    @property
    def key(self) -> Any:
        """Its public name."""
        ...

    @property
    def place(self) -> Place:
        """Where it stands, and which parties hold it."""
        ...

    @property
    def is_public(self) -> bool:
        """Whether everybody may see it."""
        ...


@contextmanager
def acting(
    thing: Thing, verb: Verb, *, by: Account | None, reason: str, payload: dict[str, Any], seen: int | None = None
) -> Iterator[dict[str, Any]]:
    """Do one thing to a thing: inside is the change, around it everything that belongs to a change.

    Gives ``payload``, for what is known only once the change is made.

    ``seen`` is the version that ``by`` had before his eyes. Raises ``HiddenError`` or ``ForbiddenError`` where ``by``
    may not, and ``ChangedMeanwhileError`` where somebody was first. The line of the logbook is in the same transaction:
    without it there is no change, and the other way round. ``by`` is nobody for a command on the machine itself, which
    asks nobody's leave.
    """
    if by is not None:
        require(thing, verb, by=by)
    with transaction.atomic():
        take_turn()
        if thing.pk is not None and _is_kept(thing):
            _take(thing, seen)
        yield payload
        write(
            by=by,
            verb=verb,
            kind=thing.KIND,
            thing=str(thing.key),
            programme=thing.programme,
            reason=reason,
            payload=payload,
        )


def require(thing: Thing, verb: Verb, *, by: Account) -> None:
    """Raise ``ForbiddenError`` where somebody may not, or ``HiddenError`` where even that would tell too much."""
    if by.may(thing.KIND, verb, thing.place):
        return
    raise ForbiddenError if is_visible(thing, by) else HiddenError


def is_visible(thing: Thing, by: Account | None) -> bool:
    """Say whether somebody (or, with nobody, the public) may know that a thing is there."""
    return thing.is_public or (by is not None and by.may(thing.KIND, Verb.READ, thing.place))


def _is_kept(thing: Thing) -> bool:
    return not (isinstance(thing, models.Model) and thing._state.adding)


def _take(thing: Thing, seen: int | None) -> None:
    """Take the next version, so that of two people who change the same only one does.

    The row as it was read must be that version as well: whoever names a version that is yet to come would otherwise
    write what he read over what somebody else makes of it in the meantime.
    """
    rows = cast(Any, type(thing)).objects
    version = thing.version
    if seen not in {None, version} or not rows.filter(pk=thing.pk, version=version).update(version=F("version") + 1):
        raise ChangedMeanwhileError(rows.get(pk=thing.pk))
    thing.version = version + 1
