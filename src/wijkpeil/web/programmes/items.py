"""What can be done to an item of an agreement: its partner reports, and somebody independent finds, side by side."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from wijkpeil.portrayal.language import mark
from wijkpeil.web.accounts.models import Account
from wijkpeil.web.accounts.roles import Verb
from wijkpeil.web.programmes.acting import NotNowError, acting
from wijkpeil.web.programmes.agreements import ended
from wijkpeil.web.programmes.models.agreement import (
    OVER,
    Agreement,
    AgreementState,
    Finding,
    Item,
    ItemState,
    ReasonClass,
    Report,
)
from wijkpeil.web.programmes.models.partner import Partner
from wijkpeil.web.programmes.policy import (
    put,
    require_amount,
    require_independent,
    require_partners,
    require_reason,
    step,
)
from wijkpeil.web.programmes.states import ITEM

FIELDS = ("what", "partner", "budget_cents", "budget_status", "due", "evidence_needed", "reason_class", "why")
"""What an author writes."""
REPORTED = (ItemState.UNDERWAY, ItemState.KEPT, ItemState.PARTLY, ItemState.LATE, ItemState.STOPPED)
"""What a partner can say of an item; it changes no state."""
FOUND = (ItemState.KEPT, ItemState.PARTLY, ItemState.LATE)
"""What somebody independent can find; that nothing changed is a finding too."""


def add(item: Item, supporting: Sequence[Partner] = (), *, by: Account, reason: str = "") -> Item:
    """Add an item to a draft of an agreement; it stands where the agreement does."""
    agreement = item.agreement
    item.author, item.programme, item.city, item.area = by, agreement.programme, agreement.city, agreement.area
    with acting(item, Verb.ADD, by=by, reason=reason, payload={"agreement": agreement.key, **written(item)}):
        _require_draft(agreement)
        _require_sound(item, supporting)
        item.save()
        item.supporting.set(supporting)
    return item


def change(
    item: Item,
    values: Mapping[str, Any],
    supporting: Sequence[Partner] | None = None,
    *,
    by: Account,
    reason: str,
    seen: int,
) -> None:
    """Change an item of a draft; one that is over in this version has no money in it."""
    payload = {name: _plain(value) for name, value in values.items()}
    with acting(item, Verb.CHANGE, by=by, reason=reason, payload=payload, seen=seen):
        _require_draft(item.agreement)
        step(item, ITEM, Verb.CHANGE)
        put(item, values, FIELDS)
        if item.reason_class in OVER:
            item.budget_cents = 0
        _require_sound(item, supporting or ())
        item.save()
        if supporting is not None:
            item.supporting.set(supporting)


def drop(item: Item, *, by: Account, reason: str, seen: int) -> None:
    """Take an item out of a draft; one of the version before stays, with the reason why it goes no further."""
    with acting(item, Verb.END, by=by, reason=reason, payload={}, seen=seen):
        _require_draft(item.agreement)
        if item.follows_id is not None:
            raise NotNowError(mark("Dit onderdeel komt uit de vorige versie. Zeg wat ermee gebeurt, en waarom."))
        if item.state != ItemState.PROPOSED:
            raise NotNowError(mark("Dat kan in deze stand niet meer. Kijk bij de stand wat er nu wel kan."))
        step(item, ITEM, Verb.END)
        item.save()


def start(item: Item, *, by: Account, reason: str, seen: int) -> None:
    """Say that work on an agreed item began."""
    with acting(item, Verb.START, by=by, reason=reason, payload={}, seen=seen):
        step(item, ITEM, Verb.START)
        item.save()


def report(
    item: Item,
    status: str,
    text: str,
    *,
    by: Account,
    reason: str = "",
    seen: int,
    spent_cents: int | None = None,
    evidence: str = "",
) -> Report:
    """Report how far an item is, as its partner sees it; that it was kept is only found by somebody else."""
    payload = {"status": status, "text": text, "spent_cents": spent_cents, "evidence": evidence}
    with acting(item, Verb.REPORT, by=by, reason=reason, payload=payload, seen=seen) as written_down:
        step(item, ITEM, Verb.REPORT)
        if status not in REPORTED:
            raise NotNowError(mark("Kies hoe ver het onderdeel is."))
        require_amount(spent_cents)
        _require_text(text)
        item.save()
        made = Report.objects.create(
            item=item,
            by=by,
            on=timezone.localdate(),
            status=status,
            text=text,
            spent_cents=spent_cents,
            evidence=evidence,
        )
        written_down["report"] = made.pk
        return made


def find(item: Item, status: str, text: str, *, by: Account, reason: str = "", seen: int) -> Finding:
    """Find how far an item is, by somebody who is no party to it and had no hand in it."""
    payload: dict[str, Any] = {"status": status, "text": text}
    with acting(item, Verb.FIND, by=by, reason=reason, payload=payload, seen=seen) as written_down:
        require_independent(by, parties=_all_parties(item), involved=_involved(item))
        step(item, ITEM, Verb.FIND, status)
        _require_text(text)
        item.save()
        made = Finding.objects.create(item=item, by=by, on=timezone.localdate(), status=status, text=text)
        written_down["finding"] = made.pk
        return made


def end(item: Item, end_class: str, *, by: Account, reason: str, seen: int) -> None:
    """End an item that is agreed, with a class and a reason; a promise that changes needs a new version."""
    with acting(item, Verb.END, by=by, reason=reason, payload={"end_class": end_class}, seen=seen):
        require_reason(reason)
        if item.state == ItemState.PROPOSED or end_class not in {*OVER, ReasonClass.POSTPONED}:
            raise NotNowError(mark("Een onderdeel dat anders wordt, hoort in een nieuwe versie van de afspraak."))
        step(item, ITEM, Verb.END, ended(end_class))
        item.end_class, item.ended_because = end_class, reason
        item.save()


def days_late(item: Item, on: date) -> int:
    """Count the days that an item is overdue; 0 where it is not."""
    return (on - item.due).days if item.is_overdue(on) else 0


def written(item: Item) -> dict[str, Any]:
    """Give what the author wrote."""
    return {name: _plain(getattr(item, name)) for name in FIELDS}


def _plain(value: object) -> object:
    return value.key if isinstance(value, Partner) else value


def _require_draft(agreement: Agreement) -> None:
    """Hold the agreement, so that it is not laid before its parties while an item changes."""
    now = Agreement.objects.select_for_update().get(pk=agreement.pk)
    if now.state != AgreementState.DRAFT:
        raise NotNowError(mark("Deze versie is geen concept meer. Neem het voorstel terug, of maak een nieuwe versie."))


def _require_sound(item: Item, supporting: Sequence[Partner]) -> None:
    require_amount(item.budget_cents)
    require_partners(item, [item.partner, *supporting])
    if item.reason_class and item.follows_id is None:
        raise NotNowError(mark("Dit onderdeel is nieuw in deze versie en kan dus niet zijn veranderd."))


def _require_text(text: str) -> None:
    if not text.strip():
        raise NotNowError(mark("Schrijf op wat er gebeurde of wat je zag."))


def _all_parties(item: Item) -> set[int]:
    return {item.partner_id, *item.supporting.values_list("pk", flat=True)}


def _involved(item: Item) -> set[Any]:
    """Give the accounts that wrote, reported or signed."""
    signed = item.agreement.signatures.values_list("by_id", flat=True)
    reported = item.reports.values_list("by_id", flat=True)
    return {item.author_id, item.agreement.author_id, *signed, *reported}
