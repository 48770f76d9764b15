"""Removes texts by law: what was written about a thing goes, that something was written stays."""

import json
from typing import Any

from django.db import transaction

from wijkpeil.web.accounts.roles import Kind
from wijkpeil.web.logbook.models import Content

WHOLE = '{"payload": {}, '
"""How the text of a line begins that erases all of a thing; a line about a part of it names that part."""


def erase_texts(kind: Kind, thing: str, *, about: tuple[str, Any] | None = None) -> int:
    """Remove every text, with its salt, on the lines of a thing so far; give how many there were.

    ``about`` keeps it to the lines whose payload holds this name and value: one report of many.
    Only within ``acting`` with ``Verb.ERASE``: its line says who erased and why, and without that line the missing
    texts are a fault of the chain. Raises ``TransactionManagementError`` outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("texts are erased in the transaction of the line that says so")
    found = Content.objects.filter(line__kind=kind, line__thing=thing)
    if about is not None:
        name, value = about
        told = [one.pk for one in found if json.loads(one.said)["payload"].get(name) == value]
        found = Content.objects.filter(pk__in=told)
    count, _ = found.delete()
    return count
