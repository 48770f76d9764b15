"""Gives the site a role of its own in PostgreSQL, which does what the site needs and owns nothing."""

from django.db import connection, transaction

from wijkpeil.portrayal.language import mark
from wijkpeil.site.keeping.archive import RefusedError

_ADDED_ONLY = "logbook_line"
"""Lines are added and read; nobody but the owner of the tables could do more, and the guards refuse even him."""
_ADDED_AND_ERASED = "logbook_content"
_READ_ONLY = "django_migrations"


def give_to_site(role: str) -> None:
    """Give a role what the site needs, take away what it does not, and take from everybody what nobody needs.

    Raises ``RefusedError`` in words where the database has no roles, the role is not there, or it could do as the
    owner does: because it is the owner, belongs to it, or is allowed everything.
    """
    if connection.vendor != "postgresql":
        raise RefusedError(mark("Alleen PostgreSQL heeft rollen. Een databank in een bestand heeft er geen."))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR pg_has_role(oid, current_user, 'MEMBER') FROM pg_roles WHERE rolname = %s", [role]
        )
        found = cursor.fetchone()
        if found is None:
            raise RefusedError(mark("De rol {role} bestaat niet. Maak haar eerst: CREATE ROLE ... LOGIN"), role=role)
        if found[0]:
            raise RefusedError(
                mark("De rol {role} kan alles wat de eigenaar van de tabellen kan. Maak voor de site een andere."),
                role=role,
            )
        name = connection.ops.quote_name(role)
        for statement in _statements():
            cursor.execute(statement.format(role=name))


def owns_the_logbook() -> bool:
    """Say whether who is connected could take the guards of the logbook away."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_has_role(current_user, relowner, 'MEMBER') FROM pg_class WHERE oid = to_regclass(%s)",
            [_ADDED_ONLY],
        )
        found = cursor.fetchone()
    return bool(found and found[0])


def _statements() -> tuple[str, ...]:
    """Write what is given; everything is first taken away, so that a later version may give less."""
    return (
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {role}",
        "REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, {role}",
        "REVOKE ALL ON SCHEMA public FROM {role}",
        "GRANT USAGE ON SCHEMA public TO {role}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}",
        f"REVOKE UPDATE, DELETE ON {_ADDED_ONLY} FROM {{role}}",
        f"REVOKE UPDATE ON {_ADDED_AND_ERASED} FROM {{role}}",
        f"REVOKE INSERT, UPDATE, DELETE ON {_READ_ONLY} FROM {{role}}",
    )
