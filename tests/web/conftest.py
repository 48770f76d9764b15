"""A client of the site over the example, and people who log in to it.

Whatever needs the database runs on SQLite in memory, or where ``WIJKPEIL_TEST_DATABASE=postgresql://...`` is set, on a
database that is made there for the tests.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wijkpeil.site.settings")
# The browser of other tests in the same process leaves an event loop running in this thread, which Django refuses.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
if os.environ.get("WIJKPEIL_TEST_DATABASE"):
    os.environ["WIJKPEIL_DATABASE"] = os.environ["WIJKPEIL_TEST_DATABASE"]

import django

django.setup()

from django.test import Client, override_settings

from wijkpeil.web.accounts.models import Account, Grant
from wijkpeil.web.accounts.roles import Role
from wijkpeil.web.accounts.sessions import FACTOR

PASSWORD = "een zin die alleen zij kent"


@pytest.fixture(scope="session", autouse=True)
def for_tests() -> Iterator[None]:
    """Make every answer anew, so that a test sees what it changed, and trying a password cheap."""
    with override_settings(MEMORY=0, PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="session")
def client(example_shelf: Path, django_db_setup: None, django_db_blocker: Any) -> Iterator[Client]:
    """Give a client of the site that serves the example; any page of it may ask the database."""
    with override_settings(SHELF=example_shelf), django_db_blocker.unblock():
        yield Client(headers={"host": "localhost"})


@pytest.fixture(autouse=True)
def undone(request: pytest.FixtureRequest) -> None:
    """Undo what a test through ``client`` left in the database, whether or not it is marked as one that uses it."""
    if "client" in request.fixturenames:
        request.getfixturevalue("db")


@pytest.fixture
def somebody(db: None) -> Callable[..., Account]:
    """Make accounts: ``somebody(Role.MANAGER, programme="wijkaanpak")``, or without a role somebody who has none."""

    def make(role: Role | None = None, *, name: str = "", email: str = "", **where: object) -> Account:
        number = Account.objects.count() + 1
        account = Account.objects.create_user(
            email=email or f"mens{number}@wijkpeil.example", name=name or f"Mens {number}", password=PASSWORD
        )
        if role is not None:
            Grant.objects.create(account=account, role=role, **{"programme": "wijkaanpak", **where})
        return account

    return make


@pytest.fixture
def signed_in(example_shelf: Path, db: None) -> Iterator[Callable[[Account], Client]]:
    """Give clients of people who are logged in and have shown a second factor."""

    def enter(account: Account) -> Client:
        client = Client(headers={"host": "localhost"})
        client.force_login(account)
        session = client.session
        session[FACTOR] = True
        session.save()
        return client

    with override_settings(SHELF=example_shelf):
        yield enter


@pytest.fixture
def visitor(example_shelf: Path, db: None) -> Iterator[Client]:
    """Give a client of its own, with its own cookies, of somebody who is not logged in, and who may try ever anew."""
    from django.core.cache import cache

    with override_settings(SHELF=example_shelf):
        yield Client(headers={"host": "localhost"})
    cache.clear()


from web.lived_in import lived_in, told_rows  # noqa: F401  the example with its years of life
