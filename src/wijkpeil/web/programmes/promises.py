"""What can be done to a promise to parliament: recorded, mended while it is open, and answered."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from wijkpeil.portrayal.language import mark
from wijkpeil.web.accounts.models import Account
from wijkpeil.web.accounts.roles import Verb
from wijkpeil.web.programmes.acting import NotNowError, acting
from wijkpeil.web.programmes.models.promise import Promise
from wijkpeil.web.programmes.policy import put, require_reason, step
from wijkpeil.web.programmes.states import PROMISE

FIELDS = ("kind", "paper", "text", "due")


def add(promise: Promise, *, by: Account, reason: str = "") -> Promise:
    """Record a promise; it is public, for so are the papers of parliament."""
    promise.author = by
    with acting(promise, Verb.ADD, by=by, reason=reason, payload={name: getattr(promise, name) for name in FIELDS}):
        promise.save()
    return promise


def change(promise: Promise, values: Mapping[str, Any], *, by: Account, reason: str, seen: int) -> None:
    """Mend an open promise, with the reason: a date that moves is seen."""
    with acting(promise, Verb.CHANGE, by=by, reason=reason, payload=dict(values), seen=seen):
        require_reason(reason)
        step(promise, PROMISE, Verb.CHANGE)
        put(promise, values, FIELDS)
        promise.save()


def answer(promise: Promise, *, text: str, paper: str, on: date, by: Account, reason: str = "", seen: int) -> None:
    """Answer a promise with a paper that parliament got."""
    with acting(promise, Verb.CLOSE, by=by, reason=reason, payload={"text": text, "paper": paper, "on": on}, seen=seen):
        step(promise, PROMISE, Verb.CLOSE)
        if not text.strip() or not paper.strip():
            raise NotNowError(mark("Schrijf op wat het antwoord was, en met welk stuk de Kamer het kreeg."))
        if on > timezone.localdate():
            raise NotNowError(mark("Deze dag moet nog komen. Kijk de datum na."))
        promise.answer, promise.answer_paper, promise.answered_on = text.strip(), paper.strip(), on
        promise.save()
