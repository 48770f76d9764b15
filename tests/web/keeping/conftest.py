"""Databases of both kinds, each with every table and no row, in which a site is kept for the length of a test."""

import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections

from wijkpeil.site.database import database

SERVER = "postgresql://root@127.0.0.1:5432/"
SQLITE, POSTGRESQL = "sqlite", "postgresql"


@contextmanager
def standing_on(address: str) -> Iterator[None]:
    """Have the site keep its rows somewhere else for a while."""
    kept, connection = connections.databases["default"], connections["default"]
    connections.databases["default"] = connections.configure_settings(
        {"default": database(address, default=Path("none"))}
    )["default"]
    connections["default"] = connections.create_connection("default")
    try:
        yield
    finally:
        connections["default"].close()
        connections.databases["default"], connections["default"] = kept, connection


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Give the name of a migrated database on the server of this machine, to copy."""
    try:
        connection = psycopg.connect(f"{SERVER}postgres", autocommit=True, connect_timeout=2)
    except psycopg.OperationalError:
        yield ""
        return
    name = f"wijkpeil_{uuid.uuid4().hex[:12]}"
    with connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield name
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    connection.close()


@pytest.fixture(scope="session")
def migrated(server: str, tmp_path_factory: pytest.TempPathFactory, django_db_blocker) -> dict[str, str]:
    """Give the address of a migrated database of each kind that can be had here."""
    there = {SQLITE: f"sqlite:///{tmp_path_factory.mktemp('leeg') / 'leeg.sqlite3'}"}
    if server:
        there[POSTGRESQL] = SERVER + server
    for address in there.values():
        with django_db_blocker.unblock(), standing_on(address):
            call_command("migrate", verbosity=0)
    return there


@pytest.fixture
def empty(migrated: dict[str, str], tmp_path: Path, django_db_blocker) -> Iterator[Callable[[str], str]]:
    """Make empty databases: ``empty("postgresql")`` gives the address of one."""
    made: list[str] = []

    def make(kind: str) -> str:
        if kind not in migrated:
            pytest.skip("No PostgreSQL server answers on 127.0.0.1:5432.")
        name = f"wijkpeil_{uuid.uuid4().hex[:12]}"
        if kind == SQLITE:
            shutil.copy(migrated[kind].removeprefix("sqlite:///"), tmp_path / name)
            return f"sqlite:///{tmp_path / name}"
        with psycopg.connect(f"{SERVER}postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {migrated[kind].removeprefix(SERVER)}")
        made.append(name)
        return SERVER + name

    with django_db_blocker.unblock():
        yield make
    for name in made:
        with psycopg.connect(f"{SERVER}postgres", autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def erased(tmp_path: Path, settings) -> Path:
    """Keep the list of erasures of this test apart."""
    settings.ERASED_LIST = tmp_path / "wijkpeil.gewist"
    return settings.ERASED_LIST
