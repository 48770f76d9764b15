"""The role of the site: it does what people do, and can take away nothing that guards what they did."""

import uuid
from collections.abc import Iterator

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection

from web.programmes.conftest import World
from wijkpeil.cli.database import require_writable
from wijkpeil.cli.main import main
from wijkpeil.cli.mistake import MistakeError
from wijkpeil.portrayal.language import language
from wijkpeil.site.keeping.roles import owns_the_logbook
from wijkpeil.web.logbook.checking import faults
from wijkpeil.web.logbook.models import Line
from wijkpeil.web.programmes import guards, talks
from wijkpeil.web.programmes.models import Participant, Talk

from .conftest import POSTGRESQL, SERVER, SQLITE, standing_on


@pytest.fixture
def roles(server: str) -> Iterator[tuple[str, str]]:
    """Make two roles: one that will own the tables, and one for the site."""
    if not server:
        pytest.skip("No PostgreSQL server answers on 127.0.0.1:5432.")
    owner, ours = (f"{name}_{uuid.uuid4().hex[:8]}" for name in ("eigenaar", "site"))
    with psycopg.connect(f"{SERVER}postgres", autocommit=True) as root:
        root.execute(f"CREATE ROLE {owner} LOGIN CREATEDB")
        root.execute(f"CREATE ROLE {ours} LOGIN")
    yield owner, ours
    with psycopg.connect(f"{SERVER}postgres", autocommit=True) as root:
        root.execute(f"DROP DATABASE IF EXISTS {owner} WITH (FORCE)")
        root.execute(f"DROP ROLE {owner}")
        root.execute(f"DROP ROLE {ours}")


def test_the_role_of_the_site_does_what_people_do_and_takes_nothing_away(
    roles, erased, tmp_path, capsys, django_db_blocker
):
    owner, ours = roles
    with psycopg.connect(f"{SERVER}postgres", autocommit=True) as root:
        root.execute(f"CREATE DATABASE {owner} OWNER {owner}")
    as_owner, as_site = (SERVER.replace("root@", f"{role}@") + owner for role in roles)
    shelf = ["--shelf", str(tmp_path / "edities")]
    with django_db_blocker.unblock():
        with standing_on(as_owner):
            assert main(["migrate", "--site-role", ours, *shelf]) == 0
            assert f"{ours} kan nu wat de site nodig heeft" in capsys.readouterr().out
            assert main(["migrate", "--site-role", owner, *shelf]) == 2
            assert "kan alles wat de eigenaar" in capsys.readouterr().err
            assert main(["migrate", "--site-role", "niemand", *shelf]) == 2
            assert "bestaat niet" in capsys.readouterr().err
            assert owns_the_logbook()
        with standing_on(as_site):
            assert not owns_the_logbook()
            require_writable(language("nl"))
            world = World()
            world.published(world.partner("Woningbouw"), world.partner("Gemeente"))
            talk = Talk(**world.place, on="2026-03-01", minutes="Verslag")
            talk.on = Talk._meta.get_field("on").to_python(talk.on)
            talks.add(talk, [Participant(name="N.", role="bewoner")], by=world["manager"])
            talks.erase(talk, by=world["manager"], reason="Op verzoek")
            assert list(faults()) == []
            assert guards.missing(connection) == []
            count = Line.objects.count()
        with psycopg.connect(as_site, autocommit=True) as site:
            for statement in (
                "UPDATE logbook_line SET actor = 'x'",
                "DELETE FROM logbook_line",
                "TRUNCATE logbook_line CASCADE",
                "UPDATE logbook_content SET said = 'x'",
                "DROP TRIGGER logbook_no_change ON logbook_line",
                "ALTER TABLE logbook_line DISABLE TRIGGER ALL",
                "ALTER TABLE logbook_line ADD COLUMN x int",
                "CREATE OR REPLACE FUNCTION logbook_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'",
                "DROP TRIGGER programmes_keep_item ON programmes_item",
                "DROP FUNCTION programmes_keep_item() CASCADE",
                "TRUNCATE programmes_item CASCADE",
                "CREATE TABLE public.x (y int)",
                "SET session_replication_role = 'replica'",
                "DELETE FROM django_migrations",
                f"SET ROLE {owner}",
            ):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    site.execute(statement)
        with standing_on(as_owner):
            assert Line.objects.count() == count


def test_a_database_to_which_nothing_can_be_added_is_told_in_one_sentence(empty):
    with standing_on(empty(SQLITE)):
        require_writable(language("nl"))
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only = ON")
        with pytest.raises(MistakeError, match="kan niet schrijven in haar databank"):
            require_writable(language("nl"))
    with standing_on(empty(POSTGRESQL)):
        with connection.cursor() as cursor:
            cursor.execute("SET default_transaction_read_only = on")
        with pytest.raises(MistakeError, match="kan niet schrijven in haar databank"):
            require_writable(language("nl"))


@pytest.mark.parametrize("kind", [SQLITE, POSTGRESQL])
def test_the_tables_go_and_come_back_with_their_guards(empty, kind):
    with standing_on(empty(kind)):
        for room in ("programmes", "logbook", "accounts"):
            call_command("migrate", room, "zero", verbosity=0)
        left = {name for name in connection.introspection.table_names() if name.startswith(("programmes", "logbook"))}
        assert left == set()
        call_command("migrate", verbosity=0)
        assert guards.missing(connection) == []
        world = World()
        world.published(world.partner("Woningbouw"), world.partner("Gemeente"))
        assert list(faults()) == []
