"""What can be done to a partner: it is added and changed; its people are given roles elsewhere."""

from collections.abc import Mapping
from typing import Any

from wijkpeil.portrayal.language import mark
from wijkpeil.web.accounts.models import Account
from wijkpeil.web.accounts.roles import Verb
from wijkpeil.web.programmes.acting import NotNowError, acting
from wijkpeil.web.programmes.models.partner import Partner
from wijkpeil.web.programmes.policy import put

FIELDS = ("name", "kind")
"""What an author writes."""


def add(partner: Partner, *, by: Account, reason: str = "") -> Partner:
    """Add a partner; a name is used once in a city."""
    partner.author = by
    with acting(partner, Verb.ADD, by=by, reason=reason, payload={name: getattr(partner, name) for name in FIELDS}):
        _require_new_name(partner)
        partner.save()
    return partner


def change(partner: Partner, values: Mapping[str, Any], *, by: Account, reason: str, seen: int) -> None:
    """Change the name or the kind of a partner."""
    with acting(partner, Verb.CHANGE, by=by, reason=reason, payload=dict(values), seen=seen):
        put(partner, values, FIELDS)
        _require_new_name(partner)
        partner.save()


def _require_new_name(partner: Partner) -> None:
    same = Partner.objects.filter(programme=partner.programme, city=partner.city, name=partner.name)
    if same.exclude(pk=partner.pk).exists():
        raise NotNowError(mark("Er is al een partij met deze naam in deze stad."))
