"""Which things somebody may know of, asked of the database at once: the same answer as thing by thing."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from wijkpeil.web.accounts.models import Account
from wijkpeil.web.accounts.permissions import PERMISSIONS, Held
from wijkpeil.web.accounts.roles import Kind, Reach, Verb
from wijkpeil.web.programmes.models import Agreement, Item, Recommendation, Story, Talk, Visitation
from wijkpeil.web.programmes.models.agreement import ItemState
from wijkpeil.web.programmes.models.thing import Thing

Row = TypeVar("Row", bound=Thing)
_OF_PARTY: Mapping[Kind, str] = {
    Kind.PARTNER: "pk",
    Kind.AGREEMENT: "partners",
    Kind.VISITATION: "",
    Kind.AMBITION: "",
}
"""Under which name a thing holds its party, where that is not ``partner``; empty where it holds none."""


def seen_by(rows: QuerySet[Row], by: Account | None) -> QuerySet[Row]:
    """Keep what everybody may see, and what ``by`` may read before it is public."""
    model = rows.model
    allowed = _public(model)
    readers = PERMISSIONS.get((model.KIND, Verb.READ), {})
    for held in by.held if by is not None and by.is_active else ():
        reach = readers.get(held.role)
        if reach is not None:
            allowed |= _within(model, held, reach)
    return rows.filter(allowed)


def doable_by(rows: QuerySet[Row], by: Account, verb: Verb) -> QuerySet[Row]:
    """Keep that to which ``by`` may do a verb, as far as roles go; whether it suits the thing now is policy."""
    allowed = Q(pk__in=[])
    doers = PERMISSIONS.get((rows.model.KIND, verb), {})
    for held in by.held if by.is_active else ():
        reach = doers.get(held.role)
        if reach is not None:
            allowed |= _within(rows.model, held, reach)
    return rows.filter(allowed)


def _public(model: type[Thing]) -> Q:
    today = timezone.localdate()
    if model is Item:
        dropped = Q(state=ItemState.LAPSED, end_class="")
        return Q(agreement__state__in=Agreement.PUBLIC) & ~dropped
    if model is Recommendation:
        return Q(visitation__state__in=Visitation.PUBLIC)
    if model is Story:
        return Q(state__in=Story.PUBLIC) & (Q(shown_until=None) | Q(shown_until__gte=today))
    if model is Talk or not model.PUBLIC:
        return Q(pk__in=[])
    return Q(state__in=model.PUBLIC)


def _within(model: type[Thing], held: Held, reach: Reach) -> Q:
    parts: dict[str, Any] = {"programme": held.programme}
    if held.city:
        parts["city"] = held.city
    if held.area:
        parts["area"] = held.area
    if reach == Reach.SCOPE:
        return Q(**parts)
    name = _OF_PARTY.get(model.KIND, "partner")
    if reach != Reach.OWN or held.party is None or not name:
        return Q(pk__in=[])
    if name == "partners":
        return Q(**parts, pk__in=_rows(model).filter(partners=held.party).values("pk"))
    return Q(**parts, **{name: held.party})


def _rows(model: type[Model]) -> QuerySet[Any]:
    return model._default_manager.all()
