"""Writes a line in the transaction of the change itself, sealed to the line before it."""

import hashlib
import hmac
import json
import secrets
from datetime import UTC
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.utils import timezone

from wijkpeil.web.accounts.models import Account
from wijkpeil.web.accounts.roles import Kind, Verb
from wijkpeil.web.logbook.models import Content, Line
from wijkpeil.web.logbook.remembering import remember

FIRST = "0" * 64
"""What stands before the first line."""
_LOCK = 7_421_012


def write(
    *, by: Account | None, verb: Verb, kind: Kind, thing: str, programme: str, reason: str, payload: dict[str, Any]
) -> Line:
    """Add a line; raises ``TransactionManagementError`` outside a transaction: a line stands or falls with its change.

    ``by`` is nobody for a command on the machine itself. Lines are added one at a time: who writes holds a lock
    until the end of the transaction, so that the chain has no gap and no fork.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "a line of the logbook is written in the transaction of its change"
        )
    take_turn()
    latest = Line.objects.order_by("-number").first()
    salt, said = secrets.token_hex(16), _said(reason, payload)
    line = Line(
        number=latest.number + 1 if latest else 1,
        at=timezone.now(),
        actor=str(by.pk) if by else "",
        verb=verb,
        kind=kind,
        thing=thing,
        programme=programme,
        content=hash_of(salt, said),
        before=latest.seal if latest else FIRST,
    )
    line.seal = seal_of(line)
    line.save(force_insert=True)
    Content.objects.create(line=line, salt=salt, said=said)
    remember(line, payload)
    return line


def take_turn() -> None:
    """Wait until nobody else writes, and write alone until the end of the transaction.

    Whoever takes his turn before he looks whether something is allowed sees what everybody before him wrote: of two
    who decide at the same moment, the second decides on what the first made of it. SQLite lets one write at a time.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def seal_of(line: Line) -> str:
    """Seal a line with the key of the site, which is not in the database."""
    at = line.at.astimezone(UTC).isoformat(timespec="microseconds")
    parts = (line.number, at, line.actor, line.verb, line.kind, line.thing, line.programme, line.content, line.before)
    told = "\x1f".join(map(str, parts)).encode()
    return hmac.new(settings.LOGBOOK_KEY.encode(), told, hashlib.sha256).hexdigest()


def hash_of(salt: str, said: str) -> str:
    """Hash what was said with its salt, so that a line tells nothing of a text that was erased with it."""
    return hashlib.sha256(f"{salt}{said}".encode()).hexdigest()


def _said(reason: str, payload: dict[str, Any]) -> str:
    return json.dumps({"reason": reason, "payload": payload}, sort_keys=True, cls=DjangoJSONEncoder, ensure_ascii=False)
