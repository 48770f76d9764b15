"""The warnings of the carousel for one reader: worked out once for everybody, and again when something was written."""

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.db.models import Count, Sum

from wijkpeil.web.accounts.models import Account
from wijkpeil.web.logbook.models import Line
from wijkpeil.web.programmes.carousel import Known, Repeat, repeats
from wijkpeil.web.programmes.models import Measure
from wijkpeil.web.programmes.models.thing import WITHDRAWN
from wijkpeil.web.programmes.seeing import seen_by

Stamp = tuple[Any, ...]
_NAMES = ("key", "name", "aim", "city", "area", "started", "ended", "lag")
_kept: dict[str, tuple[Stamp, "Warned"]] = {}
_lock = Lock()


@dataclass(frozen=True, kw_only=True)
class Warned:
    """The measures that somebody may know of, and which of them came back under another name."""

    known: Sequence[Known]
    repeats: Sequence[Repeat]


def warned(programme: str, by: Account | None) -> Warned:
    """Give what ``by`` may know, in the order in which measures began.

    Two measures are alike or not whoever reads of them, so that is kept for a whole programme until its logbook has a
    new line; what somebody may know is asked of the database every time.
    """
    whole = _whole(programme)
    rows = seen_by(Measure.objects.filter(programme=programme), by)
    may_know = frozenset(rows.values_list("key", flat=True))
    return Warned(
        known=[one for one in whole.known if one.key in may_know],
        repeats=[one for one in whole.repeats if one.before.key in may_know and one.after.key in may_know],
    )


def _whole(programme: str) -> Warned:
    stamp = _stamp(programme)
    with _lock:
        kept = _kept.get(programme)
    if kept is None or kept[0] != stamp:
        known = _known(programme)
        kept = stamp, Warned(known=known, repeats=repeats(known))
        with _lock:
            _kept[programme] = kept
    return kept[1]


def _stamp(programme: str) -> Stamp:
    """Give what changes with every write: the seal of the last line, which holds all before it, and the versions."""
    last = Line.objects.filter(programme=programme).order_by("-at", "-number").values_list("seal", flat=True).first()
    told = Measure.objects.filter(programme=programme).aggregate(count=Count("pk"), versions=Sum("version"))
    return last, told["count"], told["versions"]


def _known(programme: str) -> list[Known]:
    rows = Measure.objects.filter(programme=programme).exclude(state=WITHDRAWN).order_by("started", "pk")
    return [
        Known(**dict(zip(_NAMES, row, strict=False)), evaluated=bool(row[-2].strip()), indicators=tuple(row[-1]))
        for row in rows.values_list(*_NAMES, "evaluated_by", "indicators")
    ]
