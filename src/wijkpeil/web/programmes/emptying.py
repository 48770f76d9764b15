"""Empties, by law, the texts of what was signed or decided: that it was, by whom and when, stays."""

from typing import Any

from django.db import transaction
from django.db.models import F

from wijkpeil.web.accounts.roles import Kind, Verb
from wijkpeil.web.logbook.erasing import erase_texts
from wijkpeil.web.logbook.writing import write
from wijkpeil.web.programmes.guards import GUARDED
from wijkpeil.web.programmes.models import Agreement, Decision, Item
from wijkpeil.web.programmes.policy import require_reason

MODELS: dict[Kind, type[Agreement] | type[Item] | type[Decision]] = {
    Kind.AGREEMENT: Agreement,
    Kind.ITEM: Item,
    Kind.DECISION: Decision,
}
"""The things of which the database guards the texts, so that only this empties them."""


def find(key: str) -> Any:
    """Give the agreement, item or decision with a key, or nothing."""
    found = (model.objects.filter(key=key).first() for model in MODELS.values())
    return next((one for one in found if one is not None), None)


def is_empty(thing: Any) -> bool:
    """Say whether no text of it is left."""
    return not any(getattr(thing, text) for text in _texts(thing))


def empty(thing: Any, *, reason: str) -> None:
    """Empty every text of a thing, here and in the logbook, for a command on the machine itself.

    The line of the logbook comes first: without it the guards refuse, and with it nothing but emptying is allowed.
    """
    require_reason(reason)
    with transaction.atomic():
        erase_texts(thing.KIND, thing.key)
        write(
            by=None,
            verb=Verb.ERASE,
            kind=thing.KIND,
            thing=thing.key,
            programme=thing.programme,
            reason=reason,
            payload={},
        )
        own = dict.fromkeys(_texts(thing), "")
        MODELS[thing.KIND].objects.filter(pk=thing.pk).update(version=F("version") + 1, **own)
        if isinstance(thing, Decision):
            thing.grounds.update(where="", says="")


def _texts(thing: Any) -> tuple[str, ...]:
    return next(one.texts for one in GUARDED if one.table == thing._meta.db_table)
