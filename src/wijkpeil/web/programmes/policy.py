"""When something is allowed: the state that a thing is in, and what must be there before a step is taken."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from wijkpeil.portrayal.language import mark
from wijkpeil.web.accounts.models import Account, Grant
from wijkpeil.web.accounts.roles import Role, Verb
from wijkpeil.web.logbook.models import Line
from wijkpeil.web.programmes.acting import ForbiddenError, NotNowError
from wijkpeil.web.programmes.models.agreement import OVER, Agreement, Item, ReasonClass
from wijkpeil.web.programmes.models.ambition import Ambition
from wijkpeil.web.programmes.models.partner import Partner, PartnerKind
from wijkpeil.web.programmes.models.thing import Thing
from wijkpeil.web.programmes.states import Steps

TWO = 2
"""An agreement is made by so many parties at least."""
_PROMISED = ("what", "partner_id", "budget_cents", "budget_status", "due", "evidence_needed")
"""What of an item may not change from one version to the next without a reason."""


def step(thing: Thing, steps: Steps, verb: Verb, to: str | None = None) -> None:
    """Take a step to a state, or the only one there is; raises ``NotNowError`` where the table has no such step."""
    state = str(getattr(thing, "state"))  # noqa: B009  -- every thing with steps has one
    allowed = steps.get((state, verb), frozenset())
    target = to if to is not None else next(iter(allowed), None)
    if target not in allowed:
        raise NotNowError(mark("Dat kan in deze stand niet meer. Kijk bij de stand wat er nu wel kan."))
    setattr(thing, "state", target)  # noqa: B010


def put(thing: Thing, values: Mapping[str, Any], fields: Collection[str]) -> None:
    """Put what an author wrote in a thing; raises ``ValueError`` for what is not an author's to write."""
    foreign = set(values) - set(fields)
    if foreign:
        raise ValueError(f"not an author's to write: {', '.join(sorted(foreign))}")
    for name, value in values.items():
        setattr(thing, name, value)


def require_another(thing: Thing, by: Account, *, parts: Iterable[Thing] = ()) -> None:
    """Refuse who approves a thing of his own: what he made, or a draft of somebody else in which he wrote.

    ``parts`` are what the thing consists of, as the items of an agreement do: whoever wrote, changed or took out one
    of them wrote in the thing.
    """
    wrote = _wrote([thing], [Verb.CHANGE], by) or _wrote(list(parts), [Verb.ADD, Verb.CHANGE, Verb.END], by)
    if wrote:
        raise NotNowError(mark("Je kunt niet goedkeuren wat je zelf hebt gemaakt. Vraag een ander."))


def _wrote(things: Sequence[Thing], verbs: Collection[Verb], by: Account) -> bool:
    """Say whether somebody is the author of one of these, or did one of these to it."""
    if any(one.author_id == by.pk for one in things):
        return True
    lines = Line.objects.filter(thing__in=[one.key for one in things], verb__in=verbs, actor=str(by.pk))
    return bool(things) and lines.filter(kind=things[0].KIND).exists()


def require_reason(reason: str) -> None:
    """Refuse a step that everybody must be able to understand, without its reason."""
    if not reason.strip():
        raise NotNowError(mark("Schrijf op waarom. Anderen lezen dat later terug."))


def require_independent(by: Account, *, parties: Iterable[int], involved: Iterable[Any]) -> None:
    """Refuse who was ever of a party to it, or did something to it himself: only who is neither can find anything."""
    of_party = Grant.objects.filter(account=by, role=Role.PARTNER, party__in=list(parties)).exists()
    if of_party or by.pk in set(involved):
        raise NotNowError(mark("Je bent zelf partij. Alleen wie er los van staat kan iets vaststellen."))


def require_amount(cents: int | None) -> None:
    """Refuse money below nothing."""
    if cents is not None and cents < 0:
        raise NotNowError(mark("Een bedrag is nooit minder dan nul."))


def require_partners(thing: Thing, partners: Collection[Partner]) -> None:
    """Refuse a partner of another programme or another city; for the whole programme, one of a single city."""
    if not thing.city and any(one.city for one in partners):
        raise NotNowError(mark("Voor het hele programma kies je partijen die in het hele programma meedoen."))
    if any(one.programme != thing.programme or one.city not in {"", thing.city} for one in partners):
        raise NotNowError(mark("Kies partijen van dit programma en deze stad."))


def require_whole(ambition: Ambition) -> None:
    """Refuse an ambition without a moment at which one is satisfied, or with half a measure."""
    if not ambition.satisfied_when.strip():
        raise NotNowError(mark("Schrijf op wanneer jullie tevreden zijn, voordat je de ambitie voorlegt."))
    side = (ambition.indicator, ambition.baseline, ambition.target, ambition.target_year, ambition.caveat)
    known = [part not in (None, "") for part in side]
    if any(known) and not all(known):
        raise NotNowError(
            mark("Vul bij een meetbare ambitie de indicator, de nulmeting, het doel, het jaar en het voorbehoud in.")
        )


def require_signable(agreement: Agreement) -> None:
    """Refuse to lay before parties what they cannot sign: without parties, items, or the reason of a change."""
    partners = {one.pk for one in agreement.partners.all()}
    items = [one for one in agreement.items.select_related("follows") if not one.is_dropped]
    if len(partners) < TWO:
        raise NotNowError(mark("Een afspraak heeft minstens twee partijen. Voeg een partij toe."))
    if not items:
        raise NotNowError(mark("Een afspraak heeft minstens één onderdeel: wie doet wat, en wanneer is het klaar?"))
    if any(one.partner_id not in partners for one in items):
        raise NotNowError(mark("Een partij die iets doet, moet ook ondertekenen. Voeg haar toe aan de afspraak."))
    for one in items:
        require_explained(one)


def require_explained(item: Item) -> None:
    """Refuse an item that differs from the version before without saying how and why."""
    before = item.follows
    if before is None:
        return
    if item.reason_class and not item.why.strip():
        raise NotNowError(mark("Schrijf bij elk onderdeel dat verandert waarom."))
    if item.reason_class in OVER:
        return
    changed = any(getattr(item, name) != getattr(before, name) for name in _PROMISED)
    if changed and not item.reason_class:
        raise NotNowError(mark("Een onderdeel is anders dan in de vorige versie. Kies: herzien of uitgesteld."))
    if item.reason_class == ReasonClass.POSTPONED and item.due <= before.due:
        raise NotNowError(mark("Een onderdeel dat is uitgesteld, krijgt een latere datum."))


def require_signs_for(agreement: Agreement, partner: Partner, by: Account) -> None:
    """Refuse who signs for a party that is not his, or for a second one; the ministry signs for the State."""
    if partner.pk not in agreement.parties:
        raise NotNowError(mark("Deze partij doet niet mee aan de afspraak."))
    if not signs_for(agreement, partner, by):
        raise ForbiddenError
    signed = list(agreement.signatures.all())
    if any(one.partner_id == partner.pk for one in signed):
        raise NotNowError(mark("Deze partij heeft al ondertekend."))
    if any(one.by_id == by.pk for one in signed):
        raise NotNowError(mark("Je hebt al voor een andere partij ondertekend. Elke partij tekent zelf."))


def signs_for(agreement: Agreement, partner: Partner, by: Account) -> bool:
    """Say whether somebody may put this party's name under an agreement."""
    covering = [held for held in by.held if held.covers(agreement.place)]
    of_party = any(held.role == Role.PARTNER and held.party == partner.pk for held in covering)
    of_state = partner.kind == PartnerKind.STATE and any(held.role == Role.MINISTER for held in covering)
    return of_party or of_state
