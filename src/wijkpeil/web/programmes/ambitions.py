"""What can be done to an ambition: each verb by whom and why, with its line in the logbook."""

from collections.abc import Mapping
from typing import Any

from wijkpeil.web.accounts.models import Account
from wijkpeil.web.accounts.roles import Verb
from wijkpeil.web.programmes.acting import acting
from wijkpeil.web.programmes.models.ambition import Ambition
from wijkpeil.web.programmes.policy import put, require_another, require_reason, require_whole, step
from wijkpeil.web.programmes.states import AMBITION

FIELDS = (
    "theme",
    "words",
    "satisfied_when",
    "indicator",
    "caveat",
    "baseline",
    "baseline_year",
    "target",
    "target_year",
)
"""What an author writes."""


def add(ambition: Ambition, *, by: Account, reason: str = "") -> Ambition:
    """Add an ambition as a draft of the one who wrote it."""
    ambition.author = by
    with acting(ambition, Verb.ADD, by=by, reason=reason, payload=written(ambition)):
        ambition.save()
    return ambition


def change(ambition: Ambition, values: Mapping[str, Any], *, by: Account, reason: str, seen: int) -> None:
    """Change a draft; one that was submitted becomes a draft again."""
    with acting(ambition, Verb.CHANGE, by=by, reason=reason, payload=dict(values), seen=seen):
        step(ambition, AMBITION, Verb.CHANGE)
        put(ambition, values, FIELDS)
        ambition.save()


def submit(ambition: Ambition, *, by: Account, reason: str, seen: int) -> None:
    """Lay an ambition before the one who approves."""
    with acting(ambition, Verb.SUBMIT, by=by, reason=reason, payload={}, seen=seen):
        require_whole(ambition)
        step(ambition, AMBITION, Verb.SUBMIT)
        ambition.save()


def approve(ambition: Ambition, *, by: Account, reason: str, seen: int) -> None:
    """Approve an ambition of somebody else; from then on everybody sees it and nobody changes it."""
    with acting(ambition, Verb.APPROVE, by=by, reason=reason, payload={}, seen=seen):
        require_another(ambition, by)
        step(ambition, AMBITION, Verb.APPROVE)
        ambition.approved_by = by
        ambition.save()


def end(ambition: Ambition, *, by: Account, reason: str, seen: int) -> None:
    """End an ambition, with the reason for everybody to read."""
    with acting(ambition, Verb.END, by=by, reason=reason, payload={}, seen=seen):
        require_reason(reason)
        step(ambition, AMBITION, Verb.END)
        ambition.ended_because = reason
        ambition.save()


def written(ambition: Ambition) -> dict[str, Any]:
    """Give what the author wrote."""
    return {name: getattr(ambition, name) for name in FIELDS}
