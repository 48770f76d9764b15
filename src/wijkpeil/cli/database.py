"""The database of the site, seen from the command: opened, and brought up to date."""

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager

from wijkpeil.cli.mistake import MistakeError
from wijkpeil.cli.screen import Screen
from wijkpeil.portrayal.language import Language


def set_up(arguments: argparse.Namespace) -> None:
    """Read the settings of the site, which know where its database is; a mistake in them is one sentence."""
    import django

    os.environ["WIJKPEIL_SHELF"] = str(arguments.shelf.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wijkpeil.site.settings")
    try:
        django.setup()
    except ValueError as fault:
        raise MistakeError(str(fault)) from None
    except OSError as fault:
        raise MistakeError(
            screen_language(arguments).say(
                "De site kan haar sleutels niet lezen of bewaren: {name} ({fault}). Geef de map die beschrijfbaar is "
                "aan wie de site draait, of zet WIJKPEIL_SECRET_KEY, WIJKPEIL_LOGBOOK_KEY en WIJKPEIL_ACCOUNT_KEY.",
                name=fault.filename or "",
                fault=fault.strerror,
            )
        ) from None


def screen_language(arguments: argparse.Namespace) -> Language:
    """Give the language in which the command was typed."""
    from wijkpeil.cli.arguments import LANGUAGE_VARIABLE, spoken_language
    from wijkpeil.portrayal.language import language

    return language(getattr(arguments, "lang", None) or spoken_language([], os.environ.get(LANGUAGE_VARIABLE)))


def require_writable(language: Language) -> None:
    """Refuse a database to which nothing can be added: who logs in would find out, and not who starts the site."""
    from django.db import DatabaseError, connection, transaction

    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM accounts_attempt WHERE 1 = 0")
            cursor.execute("INSERT INTO logbook_line SELECT * FROM logbook_line WHERE 1 = 0")
    except DatabaseError as fault:
        raise MistakeError(
            language.say(
                "De site kan niet schrijven in haar databank ({fault}). Geef haar dat recht, of kies een andere plek "
                "met WIJKPEIL_DATABASE.",
                fault=" ".join(str(fault).split()),
            )
        ) from None


@contextmanager
def readable(language: Language) -> Iterator[None]:
    """Say in words that the database does not answer."""
    from django.db import DatabaseError

    try:
        yield
    except DatabaseError as fault:
        raise MistakeError(
            language.say(
                "De databank van deze site is niet te lezen ({fault}). Staat WIJKPEIL_DATABASE goed?",
                fault=" ".join(str(fault).split()),
            )
        ) from None


def bring_up_to_date(screen: Screen, *, by_itself: bool) -> bool:
    """Bring the database up to date and say whether there was anything to do.

    A file on this machine is done by itself. A server may serve others and is backed up by somebody: there nothing
    happens until ``wijkpeil migrate`` is typed, and ``MistakeError`` says so.
    """
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    with readable(screen.language):
        executor = MigrationExecutor(connection)
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        if by_itself and connection.vendor != "sqlite":
            raise MistakeError(
                screen.language.say(
                    "De databank hoort bij een andere versie. Maak een reservekopie, en typ daarna: wijkpeil migrate"
                )
            )
        call_command("migrate", verbosity=0, interactive=False)
        return True
