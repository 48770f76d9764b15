"""Triggers that keep everybody, the site included, from changing what parties signed and what was decided.

One path is open, for the law: free text may be made empty once the logbook has a line that says that all of the thing
was erased. Nothing else may be written in its place, and that line carries the seal of the site. A line about a part of
it (one attachment, the words of one report) opens nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from wijkpeil.web.logbook.erasing import WHOLE

_SIGNED = "('signed', 'published', 'replaced')"
_PLACE = ("key", "programme", "city", "area", "author_id", "made_at")
_PREFIX = "programmes_keep"
_TRIGGERS = {"sqlite": 3, "postgresql": 2}
_SAID = "what was signed or decided does not change"


@dataclass(frozen=True, kw_only=True)
class Guarded:
    """A table, when a row of it stands fast, and what of it may never change.

    ``fast`` and ``kept`` are conditions in which ``{row}`` is the row before (or, for what is added, after) the change;
    ``kept`` says when nothing may be added. ``texts`` may be emptied by law, where the logbook says so of ``thing``.
    """

    table: str
    fast: str
    columns: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    kind: str = ""
    thing: str = ""
    kept: str = ""
    steps: str = ""


def _of_agreement(row: str) -> str:
    return f"EXISTS (SELECT 1 FROM programmes_agreement a WHERE a.id = {row} AND a.state IN {_SIGNED})"


def _of_signed(row: str) -> str:
    """Say that parties signed it: a version that is only being put back has no signatures yet."""
    return (
        f"EXISTS (SELECT 1 FROM programmes_agreement a JOIN programmes_signature s ON s.agreement_id = a.id "
        f"WHERE a.id = {row} AND a.state IN {_SIGNED})"
    )


_ITEM = "(SELECT i.agreement_id FROM programmes_item i WHERE i.id = {row}.item_id)"
_DECIDED = "EXISTS (SELECT 1 FROM programmes_decision d WHERE d.id = {row}.decision_id AND d.state = 'decided'"
_BY_SOMEBODY = " AND d.decided_by_id IS NOT NULL)"

GUARDED = (
    Guarded(
        table="programmes_agreement",
        fast=f"{{row}}.state IN {_SIGNED}",
        columns=(*_PLACE, "number", "replaces_id", "valid_to", "signed_on", "reason_class"),
        texts=("title", "text", "why"),
        kind="agreement",
        thing="{row}.key",
        steps="NEW.state NOT IN ('published', 'replaced') AND NEW.state <> OLD.state "
        "OR OLD.state = 'replaced' AND NEW.state <> 'replaced' OR OLD.state = 'signed' AND NEW.state = 'replaced'",
    ),
    Guarded(
        table="programmes_agreement_partners",
        fast=_of_agreement("{row}.agreement_id"),
        columns=("agreement_id", "partner_id"),
        kept=_of_signed("{row}.agreement_id"),
    ),
    Guarded(
        table="programmes_signature",
        fast=_of_agreement("{row}.agreement_id"),
        columns=("agreement_id", "partner_id", "by_id", "at"),
        kept=_of_signed("{row}.agreement_id"),
    ),
    Guarded(
        table="programmes_item",
        fast=_of_agreement("{row}.agreement_id"),
        columns=(
            *_PLACE,
            "agreement_id",
            "follows_id",
            "partner_id",
            "budget_cents",
            "budget_status",
            "due",
            "reason_class",
        ),
        texts=("what", "evidence_needed", "why"),
        kind="item",
        thing="{row}.key",
        kept=_of_signed("{row}.agreement_id"),
    ),
    Guarded(
        table="programmes_item_supporting",
        fast=_of_agreement(_ITEM),
        columns=("item_id", "partner_id"),
        kept=_of_signed(_ITEM),
    ),
    Guarded(
        table="programmes_decision",
        fast="{row}.state = 'decided'",
        columns=(
            *_PLACE,
            "state",
            "course",
            "talk_id",
            "edition",
            "proposal",
            "proposal_record",
            "verdicts",
            "decided_by_id",
            "decided_on",
        ),
        texts=("why", "objections", "returns_when"),
        kind="decision",
        thing="{row}.key",
    ),
    Guarded(
        table="programmes_ground",
        fast=f"{_DECIDED})",
        columns=("decision_id", "name"),
        texts=("where", "says"),
        kind="decision",
        thing="(SELECT d.key FROM programmes_decision d WHERE d.id = {row}.decision_id)",
        kept=f"{_DECIDED}{_BY_SOMEBODY}",
    ),
)


def put_up(connection: BaseDatabaseWrapper) -> None:
    """Put every guard up, in place of one that stands already."""
    take_down(connection)
    write = _postgresql if connection.vendor == "postgresql" else _sqlite
    with connection.cursor() as cursor:
        for guarded in GUARDED:
            for statement in write(guarded):
                cursor.execute(statement)


def take_down(connection: BaseDatabaseWrapper) -> None:
    """Take every guard down: a migration that makes a table anew cannot do so while others look at it."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for guarded in GUARDED:
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP FUNCTION IF EXISTS {_name(guarded)}() CASCADE")
            elif guarded.table in tables:
                for verb in ("update", "delete", "insert"):
                    cursor.execute(f"DROP TRIGGER IF EXISTS {_name(guarded)}_{verb}")


def before_migrating(sender: AppConfig, using: str, plan: list[Any], **_: object) -> None:
    """Take the guards down where a migration will run."""
    if plan:
        take_down(connections[using])


def after_migrating(sender: AppConfig, using: str, **_: object) -> None:
    """Put the guards up where every guarded table stands: not when the migrations are undone."""
    connection = connections[using]
    if set(connection.introspection.table_names()) >= {guarded.table for guarded in GUARDED}:
        put_up(connection)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Name the tables whose guards are not there, or do not work."""
    statement = (
        "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE %s AND tgenabled = 'O'"
        if connection.vendor == "postgresql"
        else "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [f"{_PREFIX}%"])
        found = [name for (name,) in cursor.fetchall()]
    there = _TRIGGERS[connection.vendor]
    return [one.table for one in GUARDED if found.count(one.table) < there]


def _name(guarded: Guarded) -> str:
    return f"{_PREFIX}_{guarded.table.removeprefix('programmes_')}"


def _changed(guarded: Guarded, differs: str) -> str:
    """Say that a row was changed in a way that is not allowed."""
    parts = [f'OLD."{column}" {differs} NEW."{column}"' for column in guarded.columns]
    if guarded.steps:
        parts.append(f"({guarded.steps})")
    erased = (
        "EXISTS (SELECT 1 FROM logbook_line l JOIN logbook_content c ON c.line_id = l.number "
        f"WHERE l.kind = '{guarded.kind}' AND l.thing = {guarded.thing.format(row='OLD')} AND l.verb = 'erase' "
        f"AND substr(c.said, 1, {len(WHOLE)}) = '{WHOLE}')"
    )
    parts += [
        f'(OLD."{text}" {differs} NEW."{text}" AND NOT (NEW."{text}" = \'\' AND {erased}))' for text in guarded.texts
    ]
    return " OR ".join(parts)


def _broken(guarded: Guarded, differs: str) -> str:
    """Say that a changed row stood fast, or was moved to where something stands fast."""
    stood = guarded.fast.format(row="OLD")
    moved = f" OR ({guarded.kept.format(row='NEW')} AND NOT ({stood}))" if guarded.kept else ""
    return f"({stood} AND ({_changed(guarded, differs)})){moved}"


def _sqlite(guarded: Guarded) -> Iterator[str]:
    """Write three triggers; a row that is put in the place of another goes without telling the one on removal."""
    refuse, name, table = f"BEGIN SELECT RAISE(ABORT, '{_SAID}'); END", _name(guarded), guarded.table
    same = 'was.id = NEW.id OR was."key" = NEW."key"' if "key" in guarded.columns else "was.id = NEW.id"
    replaced = f"EXISTS (SELECT 1 FROM {table} was WHERE ({same}) AND {guarded.fast.format(row='was')})"
    added = f"{guarded.kept.format(row='NEW')} OR {replaced}" if guarded.kept else replaced
    yield f"CREATE TRIGGER {name}_update BEFORE UPDATE ON {table} WHEN {_broken(guarded, 'IS NOT')} {refuse}"
    yield f"CREATE TRIGGER {name}_delete BEFORE DELETE ON {table} WHEN {guarded.fast.format(row='OLD')} {refuse}"
    yield f"CREATE TRIGGER {name}_insert BEFORE INSERT ON {table} WHEN {added} {refuse}"


def _postgresql(guarded: Guarded) -> Iterator[str]:
    """Write one function with a trigger for rows and one for emptying the table.

    What a condition looks at is the other tables as they are, also for rows of the same statement.
    """
    name, kept = _name(guarded), guarded.kept.format(row="NEW") or "false"
    yield (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$ BEGIN "
        f"IF TG_OP = 'INSERT' THEN IF {kept} THEN RAISE EXCEPTION '{_SAID}'; END IF; RETURN NEW; END IF; "
        f"IF TG_OP = 'DELETE' THEN IF {guarded.fast.format(row='OLD')} THEN RAISE EXCEPTION '{_SAID}'; END IF; "
        f"RETURN OLD; END IF; "
        f"IF TG_OP = 'TRUNCATE' THEN RAISE EXCEPTION '{_SAID}'; END IF; "
        f"IF {_broken(guarded, 'IS DISTINCT FROM')} THEN RAISE EXCEPTION '{_SAID}'; END IF; RETURN NEW; END $$"
    )
    yield (
        f"CREATE TRIGGER {name} BEFORE INSERT OR UPDATE OR DELETE ON {guarded.table} "
        f"FOR EACH ROW EXECUTE FUNCTION {name}()"
    )
    yield (
        f"CREATE TRIGGER {name}_truncate BEFORE TRUNCATE ON {guarded.table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
    )
