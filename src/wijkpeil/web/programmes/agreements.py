"""What can be done to an agreement: from a draft to a version that every party signed, and on to the next version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from wijkpeil.portrayal.language import mark
from wijkpeil.web.accounts.models import Account
from wijkpeil.web.accounts.roles import Verb
from wijkpeil.web.programmes.acting import ChangedMeanwhileError, NotNowError, acting
from wijkpeil.web.programmes.models.agreement import (
    OPEN,
    OVER,
    Agreement,
    AgreementState,
    Item,
    ItemState,
    ReasonClass,
    Signature,
)
from wijkpeil.web.programmes.models.partner import Partner
from wijkpeil.web.programmes.policy import (
    put,
    require_another,
    require_explained,
    require_partners,
    require_reason,
    require_signable,
    require_signs_for,
    step,
)
from wijkpeil.web.programmes.states import AGREEMENT

FIELDS = ("title", "text", "valid_to")
"""What an author writes."""


def add(agreement: Agreement, partners: Sequence[Partner], *, by: Account, reason: str = "") -> Agreement:
    """Add the first version of an agreement, as a draft."""
    agreement.author = by
    with acting(agreement, Verb.ADD, by=by, reason=reason, payload=_said(agreement, partners)):
        require_partners(agreement, partners)
        agreement.save()
        agreement.partners.set(partners)
    return agreement


def change(
    agreement: Agreement,
    values: Mapping[str, Any],
    partners: Sequence[Partner] | None = None,
    *,
    by: Account,
    reason: str,
    seen: int,
) -> None:
    """Change a draft; one that lay before the parties becomes a draft again, and what they signed no longer counts."""
    payload = {**values, **({} if partners is None else {"partners": [one.key for one in partners]})}
    with acting(agreement, Verb.CHANGE, by=by, reason=reason, payload=payload, seen=seen):
        step(agreement, AGREEMENT, Verb.CHANGE)
        put(agreement, values, FIELDS)
        agreement.signatures.all().delete()
        agreement.save()
        if partners is not None:
            require_partners(agreement, partners)
            agreement.partners.set(partners)


def submit(agreement: Agreement, *, by: Account, reason: str, seen: int) -> None:
    """Lay a draft before its parties to sign."""
    with acting(agreement, Verb.SUBMIT, by=by, reason=reason, payload={}, seen=seen):
        step(agreement, AGREEMENT, Verb.SUBMIT)
        require_signable(agreement)
        agreement.save()


def sign(agreement: Agreement, partner: Partner, *, by: Account, reason: str = "", seen: int) -> None:
    """Sign for one party; when the last one does, the version is signed and its items are agreed.

    A party may sign what it helped to write: with its name it promises something, it approves nothing. Whoever
    publishes looks at it with other eyes, and is somebody who wrote none of it.
    """
    with acting(agreement, Verb.SIGN, by=by, reason=reason, payload={"partner": partner.key}, seen=seen):
        require_signs_for(agreement, partner, by)
        is_last = agreement.signatures.count() + 1 == len(agreement.parties)
        step(agreement, AGREEMENT, Verb.SIGN, AgreementState.SIGNED if is_last else AgreementState.SUBMITTED)
        Signature.objects.create(agreement=agreement, partner=partner, by=by, at=timezone.now())
        if is_last:
            agreement.signed_on = timezone.localdate()
            _agree(agreement)
        agreement.save()


def publish(agreement: Agreement, *, by: Account, reason: str, seen: int) -> None:
    """Publish what every party signed; from then on it replaces the version before it, which stays readable.

    Who publishes is not who wrote, changed or took out anything of it, its items included.
    """
    with acting(agreement, Verb.PUBLISH, by=by, reason=reason, payload={}, seen=seen):
        require_another(agreement, by, parts=agreement.items.all())
        step(agreement, AGREEMENT, Verb.PUBLISH, AgreementState.PUBLISHED)
        agreement.save()
        if agreement.replaces_id is not None:
            _replace(agreement)


@dataclass(frozen=True, kw_only=True)
class Treatment:
    """What a new version does with an item: nothing, or a class with its reason; ``due`` is for what is postponed."""

    reason_class: str = ""
    why: str = ""
    due: date | None = None


def renegotiate(
    old: Agreement, treatments: Mapping[str, Treatment], *, by: Account, reason: str, seen: int
) -> Agreement:
    """Make the next version as a draft, which says of every open item whether it goes on, and if not as it was, why.

    ``treatments`` is by the key of an item. What stopped or was secured stands in the new version with its reason
    and without money, so that the budgets of both versions can be laid beside each other.
    """
    new = Agreement(
        programme=old.programme,
        city=old.city,
        area=old.area,
        number=old.number + 1,
        replaces=old,
        title=old.title,
        text=old.text,
        valid_to=old.valid_to,
        reason_class=ReasonClass.REVISED,
        why=reason,
        author=by,
    )
    payload = {"replaces": old.key, "items": {key: vars(one) for key, one in treatments.items()}}
    with acting(new, Verb.ADD, by=by, reason=reason, payload=payload):
        require_reason(reason)
        _hold(old, seen)
        if has_next(old):
            raise NotNowError(mark("Er wordt al aan een nieuwe versie gewerkt."))
        open_items = {one.key: one for one in old.items.filter(state__in=OPEN)}
        if set(open_items) != set(treatments):
            raise NotNowError(mark("Zeg bij elk onderdeel dat nog loopt wat ermee gebeurt."))
        new.save()
        new.partners.set(old.partners.all())
        for key, item in open_items.items():
            _carry(item, treatments[key], new)
    return new


def has_next(agreement: Agreement) -> bool:
    """Say whether somebody works on a next version already; a draft that was withdrawn is none."""
    return Agreement.objects.filter(replaces=agreement).exclude(state=AgreementState.WITHDRAWN).exists()


def _hold(old: Agreement, seen: int) -> None:
    """Hold the version before, so that nobody else makes a next one of it at the same time."""
    now = Agreement.objects.select_for_update().get(pk=old.pk)
    if now.version != seen:
        raise ChangedMeanwhileError(now)
    if now.state != AgreementState.PUBLISHED:
        raise NotNowError(mark("Alleen een afspraak die is gepubliceerd en nog geldt kun je opnieuw maken."))


def _carry(item: Item, treatment: Treatment, new: Agreement) -> None:
    is_over = treatment.reason_class in OVER
    follower = Item(
        programme=item.programme,
        city=item.city,
        area=item.area,
        agreement=new,
        follows=item,
        author=new.author,
        what=item.what,
        partner=item.partner,
        budget_cents=0 if is_over else item.budget_cents,
        budget_status=item.budget_status,
        due=treatment.due or item.due,
        evidence_needed=item.evidence_needed,
        reason_class=treatment.reason_class,
        why=treatment.why,
    )
    require_explained(follower)
    follower.save()
    follower.supporting.set(item.supporting.all())


def _agree(agreement: Agreement) -> None:
    """Agree the items: what goes on from the version before stays as far as it was, what is over begins no more."""
    for item in agreement.items.filter(state=ItemState.PROPOSED).select_related("follows"):
        if item.reason_class in OVER:
            item.state, item.end_class, item.ended_because = ended(item.reason_class), item.reason_class, item.why
        elif item.follows is not None and item.follows.state == ItemState.UNDERWAY:
            item.state = ItemState.UNDERWAY
        else:
            item.state = ItemState.AGREED
        item.version += 1
        item.save()


def _replace(new: Agreement) -> None:
    """Close the version before: each open item ends as the new version says; what was found meanwhile stays."""
    old = Agreement.objects.select_for_update().get(replaced_by=new)
    step(old, AGREEMENT, Verb.PUBLISH, AgreementState.REPLACED)
    old.version += 1
    old.save()
    followers = {one.follows_id: one for one in new.items.all() if one.follows_id is not None}
    for before in old.items.select_for_update().filter(state__in=OPEN, pk__in=followers):
        after = followers[before.pk]
        before.state = ended(after.reason_class) if after.reason_class in OVER else ItemState.REVISED
        before.end_class, before.ended_because = after.reason_class or ReasonClass.REVISED, after.why
        before.version += 1
        before.save()


def ended(reason_class: str) -> ItemState:
    """Give the state of an item that is over: only what had no result was stopped."""
    return ItemState.STOPPED if reason_class == ReasonClass.NO_RESULT else ItemState.LAPSED


def chain(agreement: Agreement) -> list[Agreement]:
    """Give every version before this one, oldest first, and this one."""
    before = {one.pk: one for one in Agreement.objects.filter(programme=agreement.programme, area=agreement.area)}
    found, here = [agreement], agreement
    while here.replaces_id is not None:
        here = before[here.replaces_id]
        found.append(here)
    return found[::-1]


def _said(agreement: Agreement, partners: Sequence[Partner]) -> dict[str, Any]:
    return {name: getattr(agreement, name) for name in FIELDS} | {"partners": [one.key for one in partners]}
