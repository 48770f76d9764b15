"""What can be done to a status talk: recorded, disagreed with, and erased once its term is over."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from wijkpeil.portrayal.language import mark
from wijkpeil.web.accounts.models import Account
from wijkpeil.web.accounts.roles import Kind, Verb
from wijkpeil.web.logbook.erasing import erase_texts
from wijkpeil.web.programmes.acting import NotNowError, acting
from wijkpeil.web.programmes.attaching import clear
from wijkpeil.web.programmes.carousel import months_after
from wijkpeil.web.programmes.models.decision import DecisionState, Dissent, Participant, Talk
from wijkpeil.web.programmes.policy import put, require_reason

FIELDS = ("on", "about", "minutes")
TERM = 24
"""So many months after a talk its names, minutes and dissent are erased."""


def add(talk: Talk, participants: Sequence[Participant], *, by: Account, reason: str = "") -> Talk:
    """Record a talk with who was there."""
    talk.author = by
    payload = {name: getattr(talk, name) for name in FIELDS} | {"participants": _written(participants)}
    with acting(talk, Verb.ADD, by=by, reason=reason, payload=payload):
        _require_past(talk)
        talk.save()
        _put_participants(talk, participants)
    return talk


def change(
    talk: Talk,
    values: Mapping[str, Any],
    participants: Sequence[Participant] | None = None,
    *,
    by: Account,
    reason: str,
    seen: int,
) -> None:
    """Mend the record of a talk; once a decision rests on it, it stays as it is."""
    payload = dict(values) | ({} if participants is None else {"participants": _written(participants)})
    with acting(talk, Verb.CHANGE, by=by, reason=reason, payload=payload, seen=seen):
        _require_there(talk)
        if talk.decisions.filter(state=DecisionState.DECIDED).exists():
            raise NotNowError(mark("Op dit gesprek rust een besluit. Het verslag verandert niet meer."))
        put(talk, values, FIELDS)
        _require_past(talk)
        talk.save()
        if participants is not None:
            talk.participants.all().delete()
            _put_participants(talk, participants)


def dissent(talk: Talk, text: str, *, by: Account, reason: str = "") -> Dissent:
    """Write down what somebody did not agree with; it stands beside the minutes, and nobody can take it out."""
    with acting(talk, Verb.DISSENT, by=by, reason=reason, payload={"text": text}):
        _require_there(talk)
        if not text.strip():
            raise NotNowError(mark("Schrijf op waar je het niet mee eens bent."))
        return Dissent.objects.create(talk=talk, by=by, text=text.strip(), at=timezone.now())


def erase(talk: Talk, *, by: Account | None, reason: str, seen: int | None = None) -> None:
    """Erase names, minutes and dissent, here and in the logbook; when it was and which roles were there stays."""
    with acting(talk, Verb.ERASE, by=by, reason=reason, payload={}, seen=seen):
        require_reason(reason)
        _require_there(talk)
        talk.about, talk.minutes, talk.erased_at = "", "", timezone.now()
        talk.save()
        talk.participants.update(name="")
        talk.dissents.update(text="")
        clear(talk)
        erase_texts(Kind.TALK, talk.key)


def due(today: date) -> list[Talk]:
    """Give every talk of which the term is over and that was not erased yet."""
    return [one for one in Talk.objects.filter(erased_at=None).order_by("on") if months_after(one.on, TERM) < today]


def erase_after_term(today: date) -> int:
    """Erase every talk of which the term is over, for a command on the machine itself; give how many there were."""
    over = due(today)
    for talk in over:
        erase(talk, by=None, reason=mark("De bewaartermijn is voorbij."))
    return len(over)


def _require_there(talk: Talk) -> None:
    if talk.is_erased:
        raise NotNowError(mark("De namen en het verslag van dit gesprek zijn gewist."))


def _require_past(talk: Talk) -> None:
    if talk.on > timezone.localdate():
        raise NotNowError(mark("Een gesprek leg je vast als het is geweest. Kijk de datum na."))


def _put_participants(talk: Talk, participants: Sequence[Participant]) -> None:
    if not participants:
        raise NotNowError(mark("Schrijf op wie er waren."))
    for one in participants:
        one.pk, one.talk = None, talk
        one.save(force_insert=True)


def _written(participants: Sequence[Participant]) -> list[dict[str, Any]]:
    return [{"name": one.name, "role": one.role, "is_resident": one.is_resident} for one in participants]
