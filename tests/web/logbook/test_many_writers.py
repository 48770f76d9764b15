"""Many writers at once: whoever writes, the chain has no gap and no fork, and what was undone left no line."""

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

SERVER = "postgresql://root@127.0.0.1:5432/"
SOURCES = Path(__file__).parents[3] / "src"

_PREPARE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
"""
_WRITE = """
import sys, django; django.setup()
from concurrent.futures import ThreadPoolExecutor
from django.db import connection, transaction
from wijkpeil.web.accounts.models import Account
from wijkpeil.web.accounts.roles import Kind, Verb
from wijkpeil.web.logbook.writing import write

def change(name, fails):
    try:
        with transaction.atomic():
            Account.objects.create_user(f"{name}@wijk.example", name)
            write(by=None, verb=Verb.ADD, kind=Kind.GRANT, thing=name, programme="p", reason="", payload={"name": name})
            if fails:
                raise ZeroDivisionError
    except ZeroDivisionError:
        pass

def writer(who):
    for number in range(30):
        change(f"{who}-{number}", fails=number % 3 == 0)
    connection.close()

with ThreadPoolExecutor() as pool:
    list(pool.map(writer, sys.argv[1:]))
"""
_COUNT = """
import django; django.setup()
from wijkpeil.web.accounts.models import Account
from wijkpeil.web.logbook.checking import faults
from wijkpeil.web.logbook.models import Line
told = set(Line.objects.values_list("thing", flat=True))
done = set(Account.objects.values_list("name", flat=True))
print(Line.objects.count(), told == done, list(faults()))
"""


def python(program: str, database: str, *words: str) -> "subprocess.Popen[str]":
    known = {"WIJKPEIL_DATABASE": database, "DJANGO_SETTINGS_MODULE": "wijkpeil.site.settings"}
    return subprocess.Popen(
        [sys.executable, "-c", program, *words],
        env={**os.environ, **known, "PYTHONPATH": str(SOURCES)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def said(process: "subprocess.Popen[str]") -> str:
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return out.strip()


@pytest.fixture
def server() -> Iterator[str]:
    """Give the address of a fresh database on the server of this machine."""
    name = f"wijkpeil_{uuid.uuid4().hex[:12]}"
    try:
        connection = psycopg.connect(f"{SERVER}postgres", autocommit=True, connect_timeout=2)
    except psycopg.OperationalError:
        pytest.skip("No PostgreSQL server answers on 127.0.0.1:5432.")
    with connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield SERVER + name
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    connection.close()


def test_two_processes_on_sqlite_leave_one_chain_without_a_gap(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'twee.sqlite3'}"
    said(python(_PREPARE, database))
    both = [python(_WRITE, database, who) for who in ("a", "b")]
    for one in both:
        said(one)
    assert said(python(_COUNT, database)) == "40 True []"


def test_two_threads_on_postgresql_leave_one_chain_without_a_gap(server: str) -> None:
    said(python(_PREPARE, server))
    said(python(_WRITE, server, "a", "b"))
    assert said(python(_COUNT, server)) == "40 True []"


def test_a_role_that_only_adds_and_reads_cannot_take_the_guards_away(server: str) -> None:
    said(python(_PREPARE, server))
    said(python(_WRITE, server, "a"))
    role = f"site_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(server, autocommit=True) as owner:
        owner.execute(f"CREATE ROLE {role} LOGIN")
        try:
            owner.execute(f"GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO {role}")
            owner.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}")
            as_site = server.replace("//root@", f"//{role}@")
            said(python(_WRITE, as_site, "b"))
            with psycopg.connect(as_site, autocommit=True) as site:
                for statement in (
                    "ALTER TABLE logbook_line DISABLE TRIGGER ALL",
                    "DROP TRIGGER logbook_no_change ON logbook_line",
                    "UPDATE logbook_line SET actor = 'x'",
                    "DELETE FROM logbook_line",
                    "TRUNCATE logbook_line CASCADE",
                ):
                    with pytest.raises(psycopg.errors.InsufficientPrivilege):
                        site.execute(statement)
            assert said(python(_COUNT, server)) == "40 True []"
        finally:
            owner.execute(f"DROP OWNED BY {role}")
            owner.execute(f"DROP ROLE {role}")
