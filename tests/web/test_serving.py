"""The site as it is put on: a real server in a process of its own, its settings, and what every answer carries."""

import gzip
import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from django.test import Client, override_settings

ROOT = Path(__file__).parents[2]
AREA = "/editie/voorbeeld/gebied/WK900103"
FIGURES = "/api/v1/gebieden/WK900103/cijfers?thema=wonen"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve(*words: str, **settings: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "wijkpeil", "serve", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **settings},
    )


def refused(*words: str, **settings: str) -> str:
    """Give the sentence with which the command ends that should not start; it must not be more than one."""
    with serve(*words, **settings) as process:
        out, err = process.communicate(timeout=60)
    assert process.returncode == 2, err
    assert out == ""
    assert err.count("\n") == 1
    return err.strip()


class Served:
    """A site that is up, at ``address``, until it is told to stop."""

    def __init__(self, *words: str, **settings: str) -> None:
        self.port = free_port()
        self.process = serve("--port", str(self.port), *words, **settings)
        self.said = self.process.stdout.readline()
        self.address = f"http://127.0.0.1:{self.port}"

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Any:
        try:
            answer = urlopen(Request(f"{self.address}{path}", body, headers, method=method), timeout=30)
        except HTTPError as fault:
            answer = fault
        with answer:
            return answer.status, answer.headers, answer.read()

    def stop(self) -> tuple[str, str]:
        self.process.send_signal(signal.SIGINT)
        return self.process.communicate(timeout=30)


@pytest.fixture(scope="module")
def site(example_shelf: Path) -> Iterator[Served]:
    served = Served("--shelf", str(example_shelf), "--workers", "1", WIJKPEIL_MEMORY="64")
    yield served
    if served.process.poll() is None:
        served.stop()


@pytest.mark.slow
def test_a_site_says_where_it_is_answers_and_stops_without_a_word_too_many(example_shelf):
    served = Served("--shelf", str(example_shelf), "--workers", "2")
    assert served.said == f"De site staat op {served.address}. Stop met Ctrl+C.\n"
    for path in ("/healthz", "/", AREA, "/en" + AREA, "/api/v1/openapi.json"):
        status, _, body = served.ask(path)
        assert status == 200, path
        assert body
    busy = refused("--port", str(served.port), "--shelf", str(example_shelf))
    assert busy == (
        f"Poort {served.port} is al bezet. Stop het andere programma, of kies een andere poort: "
        f"--port {served.port + 1}."
    )
    out, err = served.stop()
    assert served.process.returncode == 0
    assert out == "De site staat uit.\n"
    assert all(json.loads(line)["event"] == "request" for line in err.splitlines())
    with pytest.raises(OSError):
        served.ask("/healthz")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--port", "0"), "Poort 0 kan niet: kies een getal van 1 tot en met 65535."),
        (("--port", "70000"), "Poort 70000 kan niet: kies een getal van 1 tot en met 65535."),
        (("--workers", "0"), "0 processen kan niet: kies 1 tot en met 64."),
        (("--host", "nergens.invalid"), "Het adres 'nergens.invalid' kennen we niet. Probeer --host 127.0.0.1."),
        (("--shelf", str(ROOT / "pyproject.toml")), "Geef met --shelf een map met edities."),
        (("--port", "x"), "wijkpeil serve --help"),
    ],
)
@pytest.mark.slow
def test_a_site_that_cannot_be_put_on_says_why_in_one_sentence(words, sentence, example_shelf):
    assert refused("--shelf", str(example_shelf), *words).endswith(sentence)


@pytest.mark.slow
def test_a_mistake_in_a_setting_is_told_before_anything_starts(example_shelf):
    said = refused("--shelf", str(example_shelf), "--port", str(free_port()), WIJKPEIL_MEMORY="veel")
    assert said == "WIJKPEIL_MEMORY='veel' is geen heel getal. Gebruik een getal van 0 of meer, zoals 64."


@pytest.mark.slow
def test_style_and_letters_come_squeezed_once_and_for_ever(site):
    _, _, page = site.ask(AREA)
    addresses = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page.decode()))
    assert addresses
    for address in addresses:
        status, headers, body = site.ask(address, **{"Accept-Encoding": "gzip"})
        _, plain_headers, plain = site.ask(address)
        assert status == 200
        assert "max-age=31536000" in headers["Cache-Control"]
        assert "Content-Encoding" not in plain_headers
        if headers["Content-Encoding"] == "gzip":
            assert gzip.decompress(body) == plain
            assert len(body) < len(plain)
            assert headers["Vary"] == "Accept-Encoding"
        assert headers["Content-Type"] == plain_headers["Content-Type"]
        assert (int(headers["Content-Length"]), int(plain_headers["Content-Length"])) == (len(body), len(plain))


@pytest.mark.slow
@pytest.mark.parametrize("path", [AREA, FIGURES, "/healthz", "/er/is/niets", "/api/v1/nergens"])
def test_asking_for_the_head_gives_what_reading_would_without_the_body(site, path):
    status, headers, body = site.ask(path)
    head_status, head_headers, head_body = site.ask(path, "HEAD")
    assert (head_status, head_body) == (status, b"")
    assert body
    for name in ("Content-Type", "Content-Length", "ETag", "Cache-Control"):
        assert head_headers[name] == headers[name], name


@pytest.mark.slow
def test_a_copy_that_is_still_good_is_not_sent_again_from_memory_either(site):
    for path in (AREA, FIGURES):
        tags = set()
        for _ in range(3):
            _, headers, body = site.ask(path, **{"Accept-Encoding": "gzip"})
            tags.add(headers["ETag"])
            assert headers["Vary"] == "Accept-Encoding"
            assert len(gzip.decompress(body)) > 1000
        assert len(tags) == 1
        status, _, body = site.ask(path, **{"If-None-Match": tags.pop(), "Accept-Encoding": "gzip"})
        assert (status, body) == (304, b"")


@pytest.mark.slow
def test_the_memory_of_a_worker_is_flat_under_questions_that_are_too_long(site):
    site.ask(AREA)
    before = _megabytes(site.process.pid)
    for _ in range(5):
        assert _sent(site.port, b"GET /editie/voorbeeld/zoek?q=" + b"a" * 10_000_000 + b" HTTP/1.1\r\n") in {
            400,
            414,
            431,
        }
        assert _sent(site.port, b"GET / HTTP/1.1\r\nX-Lang: " + b"a" * 10_000_000 + b"\r\n") in {400, 431}
    assert site.ask("/healthz")[0] == 200
    assert _megabytes(site.process.pid) < before + 20


def _sent(port: int, beginning: bytes) -> int:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        with suppress(OSError):  # the server may hang up before we are done, having answered
            line.sendall(beginning + b"Host: localhost\r\nConnection: close\r\n\r\n")
        try:
            said = line.recv(100)
        except ConnectionResetError:
            return 400
    return int(said.split()[1]) if said else 400


def _megabytes(parent: int) -> float:
    """Give the memory of the processes that a process started."""
    pids = [int(path.parent.name) for path in Path("/proc").glob("[0-9]*/stat") if _parent(path) == parent]
    return (
        sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") for pid in pids) / 1e6
    )


def _parent(stat: Path) -> int:
    try:
        return int(stat.read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


@pytest.mark.parametrize("path", [AREA, f"/en{AREA}", "/", "/editie/voorbeeld/zoek?q=haven"])
def test_a_page_is_the_same_for_whoever_asks_in_whatever_language(client, path):
    one = client.get(path, headers={"accept-language": "en"})
    other = client.get(path, headers={"accept-language": "nl", "cookie": "django_language=en"})
    assert (one.content, one.headers.get("Location")) == (other.content, other.headers.get("Location"))
    assert "Accept-Language" not in one.headers.get("Vary", "")
    assert "Cookie" not in one.headers.get("Vary", "")
    assert one.headers["Content-Language"] == ("en" if path.startswith("/en") else "nl")


@pytest.mark.parametrize("path", [AREA, FIGURES, "/er/is/niets", "/api/v1/nergens"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client, path, method):
    answer = getattr(client, method)(path)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"
    if path.startswith("/api/"):
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert json.loads(answer.content)["status"] == 405
    else:
        assert "alleen lezen" in answer.content.decode()


def test_a_browser_elsewhere_may_ask_before_it_reads(client):
    answer = client.options(
        FIGURES, headers={"origin": "https://elders.example", "access-control-request-method": "GET"}
    )
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "GET" in answer.headers["Access-Control-Allow-Methods"]
    assert client.options(AREA).headers["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("path", [AREA, FIGURES, "/er/is/niets", "/"])
def test_every_answer_is_guarded_and_nothing_unsafe_is_allowed(client, path):
    said = client.get(path).headers
    policy = said["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert said["X-Content-Type-Options"] == "nosniff"
    assert said["X-Frame-Options"] == "DENY"
    assert said["Referrer-Policy"] == "same-origin"
    assert said["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in said["Permissions-Policy"]
    assert "Set-Cookie" not in said


def test_a_page_may_be_kept_for_minutes_and_one_that_is_not_there_may_not(client):
    assert client.get(AREA).headers["Cache-Control"] == "public, max-age=300"
    assert client.get("/er/is/niets").headers["Cache-Control"] == "no-store"
    assert client.get("/api/v1/er/is/niets").headers["Cache-Control"] == "no-store"


def test_the_log_tells_what_was_asked_and_nothing_of_who_asked(client, caplog):
    client.get(
        "/editie/voorbeeld/zoek?q=mijngeheim",
        REMOTE_ADDR="203.0.113.9",
        headers={"user-agent": "Lezer/1", "cookie": "k=v"},
    )
    said = " ".join(str(record.msg) for record in caplog.records)
    assert "/editie/voorbeeld/zoek" in said
    assert not [word for word in ("mijngeheim", "203.0.113.9", "Lezer", "k=v") if word in said]


class TestMemory:
    """An answer that is given again."""

    @pytest.fixture
    def shelf(self, tmp_path, example_shelf) -> Path:
        (tmp_path / "voorbeeld").symlink_to(example_shelf / "voorbeeld")
        return tmp_path

    @pytest.fixture
    def remembering(self, shelf) -> Iterator[Client]:
        with override_settings(SHELF=shelf, MEMORY=64_000_000):
            yield Client(headers={"host": "localhost"})

    @pytest.fixture
    def times_made(self, monkeypatch) -> list[str]:
        from wijkpeil.web.design import page

        made, render = [], page.render
        monkeypatch.setattr(
            page, "render", lambda request, *said, **more: made.append(request.path) or render(request, *said, **more)
        )
        return made

    def test_a_page_is_made_once(self, remembering, times_made):
        first, again = remembering.get(AREA), remembering.get(AREA)
        assert first.content == again.content
        assert dict(first.headers) == dict(again.headers)
        assert times_made == [AREA]

    def test_another_address_language_form_or_host_is_another_answer(self, remembering):
        asked = [
            (AREA, {}),
            (f"/en{AREA}", {}),
            (f"{AREA}?vergelijking=city", {}),
            (AREA, {"accept-encoding": "gzip"}),
            (AREA, {"host": "127.0.0.1"}),
            (FIGURES, {}),
            (FIGURES, {"accept": "text/csv"}),
        ]
        told = [remembering.get(path, headers=headers).content for path, headers in asked]
        again = [remembering.get(path, headers=headers).content for path, headers in asked]
        assert told == again
        assert len({*told[:2], *told[3:]}) == len(asked) - 1

    def test_an_edition_that_left_the_shelf_is_not_shown_from_memory(self, remembering, shelf):
        assert remembering.get(AREA).status_code == 200
        (shelf / "voorbeeld").unlink()
        assert remembering.get(AREA).status_code == 404

    def test_an_edition_that_was_withdrawn_is_not_shown_from_memory(self, remembering, shelf):
        from datetime import UTC, datetime

        from wijkpeil.publication.states import Standing, State, keep

        assert remembering.get(AREA).status_code == 200
        keep(
            shelf,
            "voorbeeld",
            State(standing=Standing.WITHDRAWN, since=datetime.now(UTC), reason="Er zat een fout in."),
        )
        answer = remembering.get(AREA)
        assert answer.status_code in {404, 410}
        assert "Moeite" not in answer.content.decode()

    def test_a_fault_is_never_kept(self, remembering, shelf, example_shelf, times_made):
        for _ in range(2):
            assert remembering.get("/editie/nooit").status_code == 404
        assert times_made == ["/editie/nooit"] * 2

    def test_memory_never_grows_past_its_bound_and_keeps_what_is_asked_most(self):
        from wijkpeil.site.memory import Answers, Kept

        answers = Answers(10_000)
        answers.find("veel gevraagd", "plank")
        answers.keep("veel gevraagd", "plank", Kept(headers={}, content=b"x" * 500))
        for number in range(20):
            answers.keep(number, "plank", Kept(headers={}, content=b"x" * 500))
            assert answers.find("veel gevraagd", "plank") is not None
            assert answers.size <= answers.most
        assert answers.find(0, "plank") is None

    def test_the_address_of_an_answer_counts_for_its_size_too(self):
        from wijkpeil.site.memory import Answers, Kept

        answers = Answers(100_000)
        answers.find("eerst", "plank")
        for number in range(20):
            answers.keep(("localhost", f"/{number}?{'x' * 60_000}"), "plank", Kept(headers={}, content=b"kort"))
            assert len(answers._kept) <= 1

    def test_what_was_made_of_an_older_shelf_is_not_kept(self):
        from wijkpeil.site.memory import Answers, Kept

        answers = Answers(10_000)
        answers.find("a", "nieuwe plank")
        answers.keep("a", "oude plank", Kept(headers={}, content=b"oud"))
        assert answers.find("a", "nieuwe plank") is None


def test_every_setting_is_in_the_handbook_and_every_setting_of_the_handbook_exists():
    read = re.compile(r'(?:text|yes|listed|number)\("(WIJKPEIL_[A-Z_]+)"')
    settings = set(read.findall((ROOT / "src/wijkpeil/site/settings.py").read_text(encoding="utf-8")))
    chapter = (ROOT / "docs/handboek/09-de-site.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(WIJKPEIL_[A-Z_]+)`", chapter, re.MULTILINE)) == settings
