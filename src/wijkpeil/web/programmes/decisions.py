"""What can be done to a status decision: prepared, laid before the ministry, taken there, and told to parliament."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from wijkpeil.portrayal.language import mark
from wijkpeil.web.accounts.models import Account
from wijkpeil.web.accounts.roles import Verb
from wijkpeil.web.programmes.acting import NotNowError, acting
from wijkpeil.web.programmes.decision_policy import require_day, require_decidable
from wijkpeil.web.programmes.models.decision import Decision, Ground
from wijkpeil.web.programmes.policy import put, require_another, step
from wijkpeil.web.programmes.proposal import Judged, Proposal, kept
from wijkpeil.web.programmes.states import DECISION

FIELDS = ("course", "why", "talk", "objections", "returns_when")
"""What an author writes; the edition, its verdicts and the proposal come from the figures."""


def add(
    decision: Decision,
    grounds: Sequence[Ground],
    *,
    edition: str,
    judged: Sequence[Judged],
    proposal: Proposal,
    by: Account,
    reason: str = "",
) -> Decision:
    """Prepare a decision on an edition: what that said, and what followed from it, is kept with the decision."""
    decision.author, decision.edition = by, edition
    decision.verdicts, decision.proposal_record = kept(judged), proposal.record()
    decision.proposal = proposal.course
    payload = _written(decision, grounds) | {"edition": edition, "proposal": decision.proposal_record}
    with acting(decision, Verb.ADD, by=by, reason=reason, payload=payload):
        decision.save()
        _put_grounds(decision, grounds)
    return decision


def change(
    decision: Decision,
    values: Mapping[str, Any],
    grounds: Sequence[Ground] | None = None,
    *,
    by: Account,
    reason: str,
    seen: int,
) -> None:
    """Change a draft; one that was submitted becomes a draft again, and one that was decided changes no more."""
    payload: dict[str, Any] = {name: getattr(value, "key", value) for name, value in values.items()}
    if grounds is not None:
        payload["grounds"] = _told(grounds)
    with acting(decision, Verb.CHANGE, by=by, reason=reason, payload=payload, seen=seen):
        step(decision, DECISION, Verb.CHANGE)
        put(decision, values, FIELDS)
        decision.save()
        if grounds is not None:
            decision.grounds.all().delete()
            _put_grounds(decision, grounds)


def submit(decision: Decision, *, by: Account, reason: str, seen: int) -> None:
    """Lay a decision before the ministry; it must be whole by then."""
    with acting(decision, Verb.SUBMIT, by=by, reason=reason, payload={}, seen=seen):
        require_decidable(decision, list(decision.grounds.all()))
        step(decision, DECISION, Verb.SUBMIT)
        decision.save()


def decide(decision: Decision, *, on: date, by: Account, reason: str, seen: int) -> None:
    """Take a decision that somebody else prepared; from then on everybody sees it and nobody changes it."""
    with acting(decision, Verb.DECIDE, by=by, reason=reason, payload={"on": on}, seen=seen):
        require_another(decision, by)
        require_decidable(decision, list(decision.grounds.all()))
        require_day(on, decision.talk.on if decision.talk else None)
        step(decision, DECISION, Verb.DECIDE)
        decision.decided_by, decision.decided_on = by, on
        decision.save()


def inform(decision: Decision, *, on: date, paper: str, by: Account, reason: str, seen: int) -> None:
    """Say when parliament was informed, and with which paper."""
    with acting(decision, Verb.INFORM, by=by, reason=reason, payload={"on": on, "paper": paper}, seen=seen):
        step(decision, DECISION, Verb.INFORM)
        require_day(on, decision.decided_on)
        if not paper.strip():
            raise NotNowError(mark("Schrijf op met welk stuk de Kamer is geïnformeerd."))
        decision.parliament_informed_on, decision.parliament_paper = on, paper.strip()
        decision.save()


def _put_grounds(decision: Decision, grounds: Sequence[Ground]) -> None:
    names = [" ".join(one.name.split()).casefold() for one in grounds]
    if len(names) != len(set(names)):
        raise NotNowError(mark("Je noemt dezelfde bron twee keer. Dat is één bron."))
    for one in grounds:
        one.pk, one.decision = None, decision
        one.save(force_insert=True)


def _written(decision: Decision, grounds: Sequence[Ground]) -> dict[str, Any]:
    own = {name: getattr(getattr(decision, name), "key", getattr(decision, name)) for name in FIELDS}
    return {**own, "grounds": _told(grounds)}


def _told(grounds: Sequence[Ground]) -> list[dict[str, str]]:
    return [{"name": one.name, "where": one.where, "says": one.says} for one in grounds]
