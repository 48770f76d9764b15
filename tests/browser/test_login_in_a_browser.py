"""Logging in as people do, in a real browser: with a code, with a recovery code, with a passkey, and out at once."""

import base64
import hmac
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from browser.conftest import SERVER

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PASSWORD = "een zin die alleen zij kent"
SETTINGS = """
from wijkpeil.site.settings import *
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
"""
"""Those of the site, but trying a password is cheap, and a passkey may be made without https on this machine."""
PEOPLE = """
import json, sys
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0, interactive=False)
from wijkpeil.web.accounts.models import Account, Grant
for name in sys.argv[1:]:
    made = Account.objects.create_user(f"{name}@wijkpeil.example", name, "een zin die alleen zij kent")
    Grant.objects.create(account=made, role="coordinator", programme="wijkaanpak")
"""
REVOKE = """
import sys
import django
django.setup()
from wijkpeil.web.accounts.granting import revoke
from wijkpeil.web.accounts.models import Grant
given = Grant.objects.get(account__name=sys.argv[1])
revoke(given, by=None, reason="proef", seen=given.version)
"""


class House:
    """A site of its own with a database of its own; a passkey needs a name, so it is ``localhost``."""

    def __init__(self, shelf: Path, folder: Path) -> None:
        (folder / "settings_of_the_house.py").write_text(SETTINGS, encoding="utf-8")
        self.settings = {
            **os.environ,
            "PYTHONPATH": str(folder),
            "DJANGO_SETTINGS_MODULE": "settings_of_the_house",
            "WIJKPEIL_SHELF": str(shelf),
            "WIJKPEIL_DATABASE": f"sqlite:///{folder / 'huis.sqlite3'}",
        }
        self.address = ""

    def run(self, script: str, *words: str) -> None:
        """Do something on the machine itself."""
        subprocess.run([sys.executable, "-c", script, *words], env=self.settings, check=True, timeout=60)


@pytest.fixture(scope="module")
def house(example_shelf: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Serve it, with people who have a role and no second step yet."""
    made = House(example_shelf, tmp_path_factory.mktemp("huis"))
    made.run(PEOPLE, "an", "bo", "cas")
    with subprocess.Popen(
        [sys.executable, "-c", SERVER], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=made.settings
    ) as served:
        made.address = f"http://localhost:{served.stdout.readline().strip()}"
        yield made
        served.terminate()


class Person:
    """Somebody at a browser of his own, whose complaints are kept."""

    def __init__(self, browser: Any, house: House, name: str, width: int = 1280) -> None:
        self.house, self.name, self.secret = house, name, ""
        self.context = browser.new_context(viewport={"width": width, "height": 900}, base_url=house.address)
        self.page = self.context.new_page()
        self.main = self.page.locator("main")
        self.complaints: list[str] = []
        self.page.on(
            "console", lambda said: self.complaints.append(said.text) if said.type in {"error", "warning"} else None
        )

    def log_in(self) -> None:
        """Type address and password."""
        self.page.goto("/inloggen")
        self.main.get_by_label("E-mailadres").fill(f"{self.name}@wijkpeil.example")
        self.main.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
        self.press("Log in")

    def log_out(self) -> None:
        """Leave."""
        self.page.goto("/uitloggen")
        self.main.get_by_role("button").click()
        assert not self.has_session()

    def press(self, name: str) -> None:
        """Press a button, and wait for the page after it."""
        with self.page.expect_navigation():
            self.main.get_by_role("button", name=name, exact=True).click()

    def once_more(self) -> None:
        """Show who one is where that is asked before something weighty."""
        if "/inloggen/opnieuw" in self.page.url:
            self.main.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
            self.page.locator("main form button[type=submit]").first.click()
            self.page.wait_for_load_state()

    def code(self, *, later: int = 0) -> str:
        """Give the code of the app, of this half minute or of a later one."""
        key, moment = base64.b32decode(self.secret), (int(time.time()) // 30 + later).to_bytes(8, "big")
        sealed = hmac.new(key, moment, "sha1").digest()
        start = sealed[-1] & 15
        return f"{(int.from_bytes(sealed[start : start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06d}"

    def has_session(self) -> bool:
        """Whether somebody is logged in."""
        return any(one["name"] == "sessie" for one in self.context.cookies()) and self.sees_account()

    def sees_account(self) -> bool:
        """Whether the page of the own account opens."""
        answer = self.context.request.get("/account", max_redirects=0)
        return bool(answer.status == 200)


@pytest.fixture
def come_in(browser: Any, house: House) -> Iterator[Any]:
    people: list[Person] = []

    def enter(name: str, **options: Any) -> Person:
        people.append(Person(browser, house, name, **options))
        return people[-1]

    yield enter
    for one in people:
        one.context.close()


def test_the_app_gets_somebody_in_and_a_recovery_code_does_so_once(come_in: Any) -> None:
    an = come_in("an", width=375)
    an.log_in()
    an.page.goto("/tweede-stap/app")
    an.once_more()
    an.secret = an.main.locator("code").inner_text()
    an.main.get_by_label("Code").fill("000000")
    an.press("Koppel de app")
    assert "Deze code klopt niet" in an.page.locator("#te-verbeteren").inner_text()
    an.secret = an.main.locator("code").inner_text()
    an.main.get_by_label("Code").fill(an.code())
    an.press("Koppel de app")
    an.page.goto("/tweede-stap/herstelcodes")
    an.once_more()
    codes = an.page.locator("ul.codes li").all_inner_texts()
    assert len(codes) > 5

    an.log_out()
    an.log_in()
    assert not an.page.get_by_role("button", name="Gebruik een passkey").count(), "she has none"
    an.main.get_by_label("Code").fill(an.code(later=1))
    an.press("Log in")
    assert an.has_session()

    for allowed in (True, False):
        an.log_out()
        an.log_in()
        an.main.get_by_label("Code").fill(codes[0])
        an.press("Log in")
        assert an.has_session() is allowed
        if not allowed:
            assert "klopt niet" in an.page.locator("#te-verbeteren").inner_text()
            break
    assert an.page.evaluate("document.documentElement.scrollWidth") <= 375


def test_a_passkey_is_made_gets_somebody_in_and_works_no_more_once_it_is_taken_away(come_in: Any) -> None:
    bo = come_in("bo")
    keys = bo.context.new_cdp_session(bo.page)
    keys.send("WebAuthn.enable")
    _hold(keys, "internal")
    bo.log_in()
    _make_passkey(bo, "mijn telefoon")
    bo.log_out()
    bo.log_in()
    bo.press("Gebruik een passkey")
    bo.page.wait_for_url(re.compile(r"/account$"))
    assert bo.has_session()

    _take_away(bo, "mijn telefoon")
    assert "Voeg eerst een andere toe" in bo.page.locator("body").inner_text(), "nobody loses his last second step"
    second = _hold(keys, "usb")
    _make_passkey(bo, "mijn sleutel")
    _take_away(bo, "mijn telefoon")
    assert bo.main.locator("h2").all_inner_texts() == ["mijn sleutel"]

    keys.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": second})
    bo.log_out()
    bo.log_in()
    bo.page.get_by_role("button", name="Gebruik een passkey").click()
    bo.main.locator("[role=alert]:visible").wait_for(timeout=8000)
    assert not bo.has_session()
    assert not bo.complaints


def test_a_session_ends_while_the_browser_is_open_when_the_role_is_taken_back(come_in: Any) -> None:
    cas = come_in("cas")
    cas.log_in()
    assert cas.has_session()
    cas.house.run(REVOKE, "cas")
    cas.page.reload()
    cas.page.goto("/account")
    assert "/inloggen" in cas.page.url
    assert not cas.has_session()


def _hold(keys: Any, transport: str) -> str:
    """Give the browser a device that holds passkeys and says at once who is there."""
    options = {
        "protocol": "ctap2",
        "transport": transport,
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    return str(keys.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"])


def _make_passkey(who: Person, name: str) -> None:
    who.page.goto("/tweede-stap/passkeys/nieuw")
    who.once_more()
    who.main.get_by_label("Naam").fill(name)
    who.press("Voeg toe")


def _take_away(who: Person, name: str) -> None:
    who.page.goto("/tweede-stap/passkeys")
    who.main.locator("article", has_text=name).get_by_role("link").click()
    who.once_more()
    who.press("Haal weg")
