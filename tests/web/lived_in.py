"""The example with its years of life in the database: told once for all tests, laid down anew for each."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

from wijkpeil.site.example.stage import key_of
from wijkpeil.site.example.telling import tell
from wijkpeil.web.accounts.models import Account
from wijkpeil.web.programmes.guards import put_up, take_down

ROOMS = ("accounts", "logbook", "programmes")


class LivedIn:
    """People and things by the names that the story gives them (``sources/example/programme/*.toml``)."""

    def person(self, name: str) -> Account:
        """Give somebody, as he comes in with a new request: ``person("nadia")``."""
        return Account.objects.get(email=f"{name}@wijkpeil.example")

    def key(self, name: str) -> str:
        """Give the public name of a thing, for an address: ``key("schipper-sloten")``."""
        return key_of(name)

    def thing(self, model: type[Any], name: str) -> Any:
        """Give a thing as it is now: ``thing(Measure, "schipper-sloten")``."""
        return model.objects.get(key=key_of(name))


@pytest.fixture(scope="session")
def told_rows(django_db_setup: None, django_db_blocker: Any) -> list[tuple[type[models.Model], list[models.Model]]]:
    """Tell the story once, keep every row of it, and leave the database as it was."""
    with django_db_blocker.unblock(), transaction.atomic():
        tell()
        found = [(model, list(model._default_manager.all())) for model in _tables()]
        transaction.set_rollback(True)
    return [(model, rows) for model, rows in found if rows]


@pytest.fixture
def lived_in(db: None, told_rows: list[tuple[type[models.Model], list[models.Model]]]) -> Iterator[LivedIn]:
    """Give the database of a test the years of life of the example, in a tenth of a second.

    What was signed is put back as it was, row by row, which the guards of the database let nobody else do.
    """
    take_down(connection)
    with connection.constraint_checks_disabled(), transaction.atomic():
        for model, rows in told_rows:
            model._default_manager.bulk_create(rows)
    put_up(connection)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [model for model, _ in told_rows]):
            cursor.execute(statement)
    yield LivedIn()


def database_with_a_life(folder: Path, shelf: Path) -> Path:
    """Make a database file with the story in it, for a server in a process of its own (a real browser)."""
    file = folder / "geleefd.sqlite3"
    settings = {**os.environ, "WIJKPEIL_SHELF": str(shelf), "WIJKPEIL_DATABASE": f"sqlite:///{file}"}
    subprocess.run([sys.executable, "-m", "wijkpeil", "example", "programme"], env=settings, check=True)
    return file


def _tables() -> Iterator[type[models.Model]]:
    """Give every table of our rooms, those of many-to-many included, each after what it refers to."""
    left: list[type[models.Model]] = [
        model for room in ROOMS for model in apps.get_app_config(room).get_models(include_auto_created=True)
    ]
    while left:
        ready = next((one for one in left if not _needs(one) & set(left) - {one}), left[0])
        left.remove(ready)
        yield ready


def _needs(model: type[models.Model]) -> set[Any]:
    return {field.related_model for field in model._meta.concrete_fields if field.is_relation}
