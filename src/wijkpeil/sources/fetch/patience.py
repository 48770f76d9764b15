"""How long to wait: politely between pages, longer after each failure, and as long as the server asks."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


@dataclass(frozen=True, kw_only=True)
class Patience:
    """The rules of waiting, in seconds.

    ``attempts`` counts the first try too. ``polite_pause`` lies between two pages that succeed; ``first_pause``
    doubles with each failure up to ``longest_pause``. A server that asks for more than ``longest_request`` is
    not waited for: the user is told to come back. ``timeout`` is how long a silent server is listened to.
    """

    attempts: int = 6
    polite_pause: float = 0.5
    first_pause: float = 1.0
    longest_pause: float = 60.0
    longest_request: float = 300.0
    timeout: float = 60.0


def pause_after_failure(
    failures: int, *, patience: Patience, chance: random.Random, asked: float | None = None
) -> float:
    """Give the pause in seconds after so many failures in a row (1 or more).

    Exponential with jitter, so that clients that failed together do not return together: half of the doubled
    pause is fixed and half is chance (at least half, so that the pauses do grow). What the server asked for in
    ``Retry-After`` (seconds) is never undercut.
    """
    doubled = min(patience.longest_pause, patience.first_pause * 2.0 ** (failures - 1))
    pause = doubled / 2 + chance.uniform(0.0, doubled / 2)
    return pause if asked is None else max(pause, asked)


def seconds_asked(retry_after: str | None, *, now: datetime) -> float | None:
    """Read a ``Retry-After`` header: seconds or a date; ``None`` when it is absent or says nothing readable."""
    if retry_after is None:
        return None
    text = retry_after.strip()
    if text.isdecimal():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())
