"""Every page of somebody's own account opens, in both languages, and is kept nowhere."""

import json
import re
import time

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

PAGES = [
    "account",
    "uitloggen",
    "wachtwoord",
    "tweede-stap",
    "tweede-stap/app/weg",
    "tweede-stap/herstelcodes",
    "tweede-stap/herstelcodes/nieuw",
    "tweede-stap/herstelcodes/bestand",
    "tweede-stap/passkeys",
    "tweede-stap/passkeys/nieuw",
    "inloggen/opnieuw",
    "inloggen/opnieuw/code",
    "account/koppelingen",
]


@pytest.fixture
def at_home(signed_in, somebody):
    account = somebody()
    TOTP.activate(account, generate_totp_secret())
    RecoveryCodes.activate(account)
    client = signed_in(account)
    session = client.session
    session["account_authentication_methods_user"] = str(account.pk)
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time(), "reauthenticated": True, "email": account.email}
    ]
    session.save()
    return client


@pytest.mark.parametrize("language", ["", "en/"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_and_is_kept_nowhere(at_home, page, language):
    answer = at_home.get(f"/{language}{page}")
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    if "bestand" not in page:
        assert re.search(r"<h1>[^<]+</h1>", answer.content.decode())


def test_a_passkey_is_asked_for_with_data_that_nothing_runs(at_home):
    page = at_home.get("/tweede-stap/passkeys/nieuw").content.decode()
    asked = json.loads(re.search(r'<script type="application/json" id="passkey-options">(.*?)</script>', page)[1])
    assert asked["publicKey"]["challenge"] and asked["publicKey"]["rp"]["id"] == "localhost"
    assert not re.search(r"<script(?![^>]*(?:src=|application/json))", page)
