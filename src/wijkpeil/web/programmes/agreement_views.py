"""Agreements at the desk: their versions beside each other, with what became of every item and of the money."""

from typing import Any

from django.utils import timezone

from wijkpeil.portrayal.language import mark
from wijkpeil.web.accounts.roles import Kind, Verb
from wijkpeil.web.programmes import agreements, items
from wijkpeil.web.programmes.budgets import bridge, total
from wijkpeil.web.programmes.desk import Desk
from wijkpeil.web.programmes.forms.agreement import AgreementForm, RenegotiateForm, SignForm, to_sign
from wijkpeil.web.programmes.forms.attachment import attachment_acts
from wijkpeil.web.programmes.forms.fields import JustDo
from wijkpeil.web.programmes.forms.item import ItemForm
from wijkpeil.web.programmes.models.agreement import Agreement, AgreementState, Item
from wijkpeil.web.programmes.sections import Act, Section
from wijkpeil.web.programmes.taking import place, taken
from wijkpeil.web.programmes.withdrawing import withdrawing


def detail(agreement: Agreement, desk: Desk) -> dict[str, Any]:
    """Give its items with what was reported and found, its versions, and how the money of both versions adds up."""
    listed = [one for one in _items(agreement) if agreement.is_withdrawn or not one.is_dropped]
    known = set(desk.visible(Agreement).filter(area=agreement.area).values_list("pk", flat=True))
    before = agreement.replaces if agreement.replaces_id in known else None
    after = Agreement.objects.filter(replaces=agreement, pk__in=known).exclude(state=AgreementState.WITHDRAWN).first()
    today = timezone.localdate()
    return {
        "items": [(one, items.days_late(one, today)) for one in listed],
        "total": total(listed),
        "bridge": bridge(_items(before), listed) if before is not None else None,
        "before": before,
        "after": after,
        "signed": {one.partner_id: one.at for one in agreement.signatures.all()},
        "versions": [one for one in agreements.chain(agreement) if one.pk in known],
    }


def _items(agreement: Agreement) -> list[Item]:
    found = agreement.items.select_related("partner", "follows").prefetch_related("reports", "findings")
    return list(found.order_by("due", "pk"))


def opening(agreement: Agreement) -> dict[str, Any]:
    """Give what stands in the form."""
    return {name: getattr(agreement, name) for name in agreements.FIELDS} | {
        "partners": [one.key for one in agreement.partners.all()]
    }


def add_item(agreement: Agreement, said: dict[str, Any], by: Any, seen: int) -> Item:
    """Add an item with what was filled in."""
    item = Item(agreement=agreement, **taken(said, items.FIELDS))
    return items.add(item, list(said["supporting"]), by=by, reason=said["reason"])


AGREEMENTS = Section(
    slug="afspraken",
    model=Agreement,
    heading=mark("Afspraken"),
    lead=mark("Wie wat doet, voor hoeveel geld en wanneer het klaar is. Oude versies blijven te lezen."),
    template="programmes/agreement.html.j2",
    title=lambda one: str(one.title),
    said=lambda one, desk: desk.request.tongue.say(
        "{where}, versie {number}, {state}",
        where=desk.where(one),
        number=one.number,
        state=desk.request.tongue.say(one.get_state_display()),
    ),
    detail=detail,
    order=("area", "title", "-number"),
    related=("replaces",),
    acts=(
        Act(
            slug="wijzigen",
            verb=Verb.CHANGE,
            label=mark("Wijzigen"),
            form=AgreementForm,
            states=frozenset({AgreementState.DRAFT, AgreementState.SUBMITTED}),
            opening=opening,
            do=lambda one, said, by, seen: agreements.change(
                one, taken(said, agreements.FIELDS), list(said["partners"]), by=by, reason=said["reason"], seen=seen
            ),
        ),
        Act(
            slug="onderdeel",
            verb=Verb.ADD,
            kind=Kind.ITEM,
            label=mark("Onderdeel toevoegen"),
            form=ItemForm,
            states=frozenset({AgreementState.DRAFT}),
            do=add_item,
        ),
        Act(
            slug="voorleggen",
            verb=Verb.SUBMIT,
            label=mark("Voorleggen"),
            form=JustDo,
            states=frozenset({AgreementState.DRAFT}),
            do=lambda one, said, by, seen: agreements.submit(one, by=by, reason=said["reason"], seen=seen),
        ),
        Act(
            slug="ondertekenen",
            verb=Verb.SIGN,
            label=mark("Ondertekenen"),
            form=SignForm,
            states=frozenset({AgreementState.SUBMITTED}),
            suits=lambda one, desk: to_sign(one, desk).exists(),
            do=lambda one, said, by, seen: agreements.sign(
                one, said["partner"], by=by, reason=said["reason"], seen=seen
            ),
        ),
        Act(
            slug="publiceren",
            verb=Verb.PUBLISH,
            label=mark("Publiceren"),
            form=JustDo,
            states=frozenset({AgreementState.SIGNED}),
            do=lambda one, said, by, seen: agreements.publish(one, by=by, reason=said["reason"], seen=seen),
        ),
        Act(
            slug="opnieuw",
            verb=Verb.ADD,
            label=mark("Nieuwe versie maken"),
            form=RenegotiateForm,
            states=frozenset({AgreementState.PUBLISHED}),
            suits=lambda one, desk: not agreements.has_next(one),
            do=lambda one, said, by, seen: agreements.renegotiate(
                one, said["form"].treatments(), by=by, reason=said["reason"], seen=seen
            ),
        ),
        withdrawing(Kind.AGREEMENT),
        *attachment_acts(),
    ),
    adding=Act(
        slug="nieuw",
        verb=Verb.ADD,
        label=mark("Nieuwe afspraak"),
        form=AgreementForm,
        do=lambda one, said, by, seen: agreements.add(one, list(said["partners"]), by=by, reason=said["reason"]),
    ),
    new_of=lambda desk, said: Agreement(**place(desk, said), **taken(said, agreements.FIELDS)),
)
