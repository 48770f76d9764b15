"""Triggers that keep everybody, the site included, from changing or removing a line."""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_SQLITE = {
    name: f"CREATE TRIGGER logbook_no_{name} BEFORE {name.upper()} ON logbook_line "
    "BEGIN SELECT RAISE(ABORT, 'a line of the logbook does not change'); END"
    for name in ("update", "delete")
} | {
    "replace": "CREATE TRIGGER logbook_no_replace BEFORE INSERT ON logbook_line "
    "WHEN EXISTS (SELECT 1 FROM logbook_line WHERE number = NEW.number) "
    "BEGIN SELECT RAISE(ABORT, 'a line of the logbook does not change'); END"
}
"""SQLite removes a row to put another in its place (``INSERT OR REPLACE``) without telling the trigger on removal."""
_POSTGRESQL = (
    "CREATE FUNCTION logbook_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'a line of the logbook does not change'; END $$",
    "CREATE TRIGGER logbook_no_change BEFORE UPDATE OR DELETE ON logbook_line "
    "FOR EACH ROW EXECUTE FUNCTION logbook_refuse()",
    "CREATE TRIGGER logbook_no_truncate BEFORE TRUNCATE ON logbook_line "
    "FOR EACH STATEMENT EXECUTE FUNCTION logbook_refuse()",
)


def put_up(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers up."""
    statements = _POSTGRESQL if editor.connection.vendor == "postgresql" else tuple(_SQLITE.values())
    for statement in statements:
        editor.execute(statement)


def take_down(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers down, to undo the migration."""
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP TRIGGER logbook_no_truncate ON logbook_line")
        editor.execute("DROP TRIGGER logbook_no_change ON logbook_line")
        editor.execute("DROP FUNCTION logbook_refuse()")
        return
    for name in _SQLITE:
        editor.execute(f"DROP TRIGGER logbook_no_{name}")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Name the table of the lines where a trigger on it is not there, or does not work."""
    is_postgresql = connection.vendor == "postgresql"
    statement = (
        "SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass('logbook_line') AND tgenabled = 'O'"
        if is_postgresql
        else "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'logbook_line'"
    )
    wanted = (
        {"logbook_no_change", "logbook_no_truncate"} if is_postgresql else {f"logbook_no_{name}" for name in _SQLITE}
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)
        found = {name for (name,) in cursor.fetchall()}
    return [] if wanted <= found else ["logbook_line"]
