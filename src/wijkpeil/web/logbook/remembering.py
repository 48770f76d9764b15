"""Keeps a list of what was erased and taken back outside the database, so that no backup brings it back."""

import json
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from wijkpeil.web.accounts.roles import Kind, Verb
from wijkpeil.web.logbook.models import Line

_KEPT_BACK = Q(verb__in=[Verb.ERASE, Verb.DETACH]) | Q(verb=Verb.WITHDRAW, kind=Kind.STORY)
"""What must not come back: what was erased, files that were taken away, and stories whose consent was taken back."""
_ID = re.compile(r"[0-9a-f-]{1,36}")


class NoListError(Exception):
    """A file is not a list of what was erased."""


@dataclass(frozen=True, kw_only=True)
class Gone:
    """One erasure: ids and the seal of its line, no name and no text; ``about`` names a part of the thing by its id."""

    at: str
    verb: str
    kind: str
    thing: str
    seal: str
    about: dict[str, int | str]


def remember(line: Line, payload: dict[str, Any]) -> None:
    """Add a line to the list once its transaction is through, where it is one that must not come back.

    A list that cannot be written does not undo what was erased: the next command that keeps the database adds it.
    """
    if line.verb in {Verb.ERASE, Verb.DETACH} or (line.verb == Verb.WITHDRAW and line.kind == Kind.STORY):
        gone = _gone(line, payload)
        transaction.on_commit(lambda: _append([gone]), robust=True)


def catch_up() -> int:
    """Add every line of the logbook that is not on the list yet; give how many there were."""
    listed = {one.seal for one in listed_in(_ours())}
    missing = [
        _gone(line, line.text.payload if hasattr(line, "text") else {})
        for line in Line.objects.filter(_KEPT_BACK).order_by("number").select_related("text")
        if line.seal not in listed
    ]
    _append(missing)
    return len(missing)


def add(others: Iterable[Gone]) -> None:
    """Add what stands on another list, which came with a backup of it."""
    listed = {one.seal for one in listed_in(_ours())}
    _append([one for one in others if one.seal not in listed])


def listed_in(path: Path) -> Iterator[Gone]:
    """Give what stands on a list, in order; nothing where there is none yet. Raises ``NoListError``."""
    if not path.exists():
        return
    try:
        with path.open(encoding="utf-8") as file:
            found = [Gone(**json.loads(text)) for text in file]
    except (ValueError, TypeError) as fault:
        raise NoListError(str(path)) from fault
    yield from found


def _ours() -> Path:
    return Path(settings.ERASED_LIST)


def _gone(line: Line, payload: dict[str, Any]) -> Gone:
    about = {
        name: value
        for name, value in payload.items()
        if isinstance(value, int) or (isinstance(value, str) and _ID.fullmatch(value))
    }
    return Gone(at=line.at.isoformat(), verb=line.verb, kind=line.kind, thing=line.thing, seal=line.seal, about=about)


def _append(gone: list[Gone]) -> None:
    """Write whole lines at once at the end, for the owner only, and see that they are on the disk."""
    if not gone:
        return
    told = "".join(json.dumps(vars(one), sort_keys=True) + "\n" for one in gone).encode()
    file = os.open(_ours(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(file, told)
        os.fsync(file)
    finally:
        os.close(file)
