"""Removes texts by law: what was written about a thing goes, that something was written stays."""

from django.db import transaction

from wijkpeil.web.accounts.roles import Kind
from wijkpeil.web.logbook.models import Content


def erase_texts(kind: Kind, thing: str) -> int:
    """Remove every text, with its salt, on the lines of a thing so far; give how many there were.

    Only within ``acting`` with ``Verb.ERASE``: its line says who erased and why, and without that line the missing
    texts are a fault of the chain. Raises ``TransactionManagementError`` outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("texts are erased in the transaction of the line that says so")
    count, _ = Content.objects.filter(line__kind=kind, line__thing=thing).delete()
    return count
