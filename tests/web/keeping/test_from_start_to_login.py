"""A new site, as its administrator meets it: a role from the command, a password and an app over HTTP, and mail."""

import os
import re
import socketserver
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

from web.test_serving import free_port

from .conftest import SQLITE

PASSWORD = "een zin die alleen zij kent"
BEA = "bea@stad.example"


class MailServer(socketserver.ThreadingTCPServer):
    """A server of mail that keeps what it gets."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Letters)
        self.letters: list[tuple[str, str]] = []


class Letters(socketserver.StreamRequestHandler):
    """Speaks as much SMTP as one letter needs."""

    def handle(self) -> None:
        self.say(220)
        to = ""
        for line in self.rfile:
            word = line.decode().strip()
            if word.upper().startswith("DATA"):
                self.say(354)
                told = b"".join(iter(self.rfile.readline, b".\r\n")).decode()
                self.server.letters.append((to, told.replace("=\r\n", "").replace("=3D", "=")))
            elif word.upper().startswith("RCPT"):
                to = re.search(r"<(.*)>", word)[1]
            self.say(221 if word.upper() == "QUIT" else 250)
            if word.upper() == "QUIT":
                return

    def say(self, code: int) -> None:
        self.wfile.write(f"{code} goed\r\n".encode())


@pytest.fixture
def post() -> Iterator[MailServer]:
    with MailServer() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


class Visitor:
    """Somebody with a browser: it keeps cookies, and sends what a form asks to send."""

    def __init__(self, address: str) -> None:
        self.http = httpx.Client(base_url=address, follow_redirects=True, timeout=30)

    def get(self, at: str) -> httpx.Response:
        return self.http.get(at)

    def fill(self, at: str, **said: str) -> httpx.Response:
        """Open a page, and send its form to where that leads."""
        page = self.http.get(at)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)[1]
        return self.http.post(page.url, data={**said, "csrfmiddlewaretoken": token}, headers={"referer": str(page.url)})


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


@pytest.fixture
def known(empty, example_shelf: Path, post: MailServer, tmp_path: Path) -> dict[str, str]:
    """Give the settings of a new site over the example."""
    return {
        "WIJKPEIL_SHELF": str(example_shelf),
        "WIJKPEIL_DATABASE": empty(SQLITE),
        "WIJKPEIL_ERASED": str(tmp_path / "wijkpeil.gewist"),
        "WIJKPEIL_SMTP": f"smtp://127.0.0.1:{post.server_address[1]}?plain",
        **{f"WIJKPEIL_{name}_KEY": name * 10 for name in ("SECRET", "LOGBOOK", "ACCOUNT")},
    }


def around(known: dict[str, str]) -> dict[str, str]:
    """Give the surroundings of a site with these settings only: whatever else runs here may have its own."""
    ours = ("WIJKPEIL_", "DJANGO_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)} | known


def run(known: dict[str, str], *words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "wijkpeil", *words],
        env=around(known),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_an_administrator_comes_from_the_command_to_the_roles_and_mail_never_tells_who_has_an_account(known, post):
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    made = run({**known, "WIJKPEIL_ADDRESS": address}, "accounts", "administrator", BEA, "--name", "Bea Heer")
    assert made.returncode == 0, made.stderr
    link = re.search(r"https?://[^/\s]+(/\S+)", made.stdout.replace("\n", ""))[1]
    command = [sys.executable, "-m", "wijkpeil", "serve", "--port", str(port), "--workers", "1"]
    with subprocess.Popen(command, env=around(known), stdout=subprocess.PIPE, text=True) as process:
        try:
            assert address in process.stdout.readline()
            bea = Visitor(address)
            assert bea.get("/rollen").url.path == "/inloggen"
            bea.fill(link, password1=PASSWORD, password2=PASSWORD)
            bea.fill("/inloggen", login=BEA, password=PASSWORD)
            assert bea.get("/rollen").url.path == "/tweede-stap", "who can write has a second step first"
            page = bea.get("/tweede-stap/app")
            if page.url.path.startswith("/inloggen/opnieuw"):
                page = bea.fill("/tweede-stap/app", password=PASSWORD)
            secret = re.search(r"<code>(\w+)</code>", page.text)[1]
            token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)[1]
            data = {"code": code_for(secret), "csrfmiddlewaretoken": token}
            bea.http.post("/tweede-stap/app", data=data, headers={"referer": f"{address}/tweede-stap/app"})
            desk = bea.get("/rollen")
            assert desk.url.path.startswith("/rollen")
            assert desk.status_code == 200
            assert "Bea Heer" in bea.get("/account").text
            post.letters.clear()
            answers = [
                Visitor(address).fill("/wachtwoord/vergeten", email=email) for email in (BEA, "niemand@stad.example")
            ]
            assert len({re.sub(r'value="[^"]{60,}"', "", one.text) for one in answers}) == 1
            assert [to for to, _ in post.letters] == [BEA]
            assert "/wachtwoord/nieuw/" in post.letters[0][1]
        finally:
            process.terminate()


def test_a_site_that_cannot_keep_its_keys_says_so_in_one_sentence(tmp_path):
    found = run({"WIJKPEIL_SHELF": "/proc/wijkpeil/edities"}, "serve", "--port", str(free_port()))
    assert found.returncode == 2
    assert found.stderr.count("\n") == 1
    assert "kan haar sleutels niet" in found.stderr
