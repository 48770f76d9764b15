"""Nobody learns what is not for him: everybody visits every page, and only words that he may read are ever on one."""

import html
import io
import json
import re
import zipfile
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.db import transaction
from django.test import override_settings
from django.urls import Resolver404, resolve

from web.programmes.canaries import PREFIX, TOKEN, Planted, Visitor, plant, texts_of
from wijkpeil.publication import Shelf

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
FIGURES = {"areas", "indicators", "studies", "explorer", "editions", "downloads", "texts"}
"""The rooms that read an edition and no row; only what they have of a programme is visited."""
_LINK = re.compile(r"""<(?:a|link|form|img|script)\b[^>]*?\s(?:href|src|action)=["']([^"']*)["']""")
_HREF = re.compile(r'"href": ?"([^"]*)"|href="([^"]*)"')
_FORM = re.compile(r"""<form\b[^>]*method=["']post["']""", re.IGNORECASE)
HERE = ("reader", "residents", "partner", "coordinator", "reviewer", "manager", "minister", "auditor", "administrator")
THERE = ("partner", "coordinator", "manager", "administrator")
VISITORS = ["nobody", *(f"{one} here" for one in HERE), *(f"{one} there" for one in THERE),
            "manager everywhere", "manager elsewhere"]  # fmt: skip


@dataclass
class Visit:
    """What somebody got: every address, with the words that were in it and in its headers."""

    seen: dict[str, set[str]] = field(default_factory=dict)
    bodies: dict[str, bytes] = field(default_factory=dict)
    headers: dict[str, dict[str, str]] = field(default_factory=dict)
    statuses: Counter[int] = field(default_factory=Counter)

    @property
    def words(self) -> set[str]:
        """Give every canary that was met."""
        return set().union(*self.seen.values()) if self.seen else set()


class World:
    """The planted world, and the visits to it, each made once."""

    def __init__(self, planted: Planted) -> None:
        self.planted = planted
        self.visits: dict[str, Visit] = {}

    def visit(self, name: str) -> Visit:
        if name not in self.visits:
            self.visits[name] = crawl(self.planted, self.planted.visitors[name])
        return self.visits[name]


@pytest.fixture(scope="module")
def world(example_shelf: Any, django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Plant the world once, and read only: what a form does is undone."""
    with django_db_blocker.unblock(), override_settings(SHELF=example_shelf), transaction.atomic():
        yield World(plant(Shelf(example_shelf)))
        transaction.set_rollback(True)


def starts(planted: Planted) -> list[str]:
    """Give where everybody begins: what is linked from the site, and what is not linked but can be guessed."""
    at = f"/programma/{planted.programme}"
    lists = ["ambities", "afspraken", "onderdelen", "maatregelen", "partners", "gesprekken", "besluiten", "visitaties",
             "aanbevelingen", "beoordelingen", "toezeggingen", "verhalen"]  # fmt: skip
    return [
        f"/editie/voorbeeld/programma/{planted.programme}",
        f"{at}/sturing",
        f"{at}/feed.atom",
        f"{at}/maatregelen/draaimolen",
        *(f"{at}/wijk/{one['area']}" for one in planted.places.values() if one["area"]),
        *(f"{at}/{one}" for one in lists),
        *(f"{at}/{one}/nieuw" for one in lists),
        f"{at}/zoek?q={PREFIX}",
        *(f"{at}/zoek?q={PREFIX}&soort={one}" for one in lists),
        *(f"/api/v1/programmas/{planted.programme}/{one}" for one in lists),
        "/account",
        "/rollen",
        f"/rollen/{planted.programme}",
        "/rollen/elders",
        "/programma/elders/maatregelen",
    ]


def crawl(planted: Planted, visitor: Visitor) -> Visit:
    """Follow every link of every page, and send every form empty; an address is opened once.

    Of the neighbourhoods in which nothing is planted some are left out, as ``canaries`` says.
    """
    browser, visit = visitor.client(), Visit()
    waiting, known = deque(starts(planted)), set(starts(planted))
    while waiting:
        path = waiting.popleft()
        answer = browser.get(path)
        written = keep(visit, path, answer)
        targets = found_in(answer, written)
        if answer.status_code == 200 and _FORM.search(written):
            sid = transaction.savepoint()
            keep(visit, f"POST {path}", browser.post(path, {}))
            transaction.savepoint_rollback(sid)
        for target in targets:
            local = local_of(path, target)
            if local and local not in known and not planted.unvisited & set(local.split("/")):
                known.add(local)
                waiting.append(local)
    return visit


def keep(visit: Visit, path: str, answer: Any) -> str:
    """Remember which words were in an answer, in its headers and its cookies; whatever form it has."""
    body = b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)
    heads = {name: str(value) for name, value in answer.items()}
    cookies = " ".join(str(one) for one in answer.cookies.values())
    written = text_of(body)
    asked = set(TOKEN.findall(path))
    visit.seen[path] = set(TOKEN.findall(f"{written} {json.dumps(heads)} {cookies}")) - asked
    visit.bodies[path], visit.headers[path] = body, heads
    visit.statuses[answer.status_code] += 1
    return written


def text_of(body: bytes) -> str:
    """Read a body as text; of an archive everything in it, names too; of a PDF its pages."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return " ".join(f"{one} {text_of(archive.read(one))}" for one in archive.namelist())
    if body.startswith(b"%PDF"):
        import pypdfium2

        return " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(body))
    return body.decode(errors="replace")


def found_in(answer: Any, written: str) -> list[str]:
    """Give the addresses that an answer leads to."""
    if answer.status_code in {301, 302, 303}:
        return [answer.headers["Location"]]
    form = answer.headers.get("Content-Type", "")
    if form.startswith("text/html"):
        return [html.unescape(one) for one in _LINK.findall(written)]
    if "json" in form or "atom" in form:
        return [html.unescape(first or second) for first, second in _HREF.findall(written)]
    return []


def local_of(path: str, target: str) -> str | None:
    """Give an address of this site that shows rows; nothing for another one, or for a page of figures."""
    there, _ = urldefrag(urljoin(f"http://localhost{path}", target))
    split = urlsplit(there)
    if split.scheme not in {"http", "https"} or split.netloc != "localhost":
        return None
    if not shows_rows(split.path, is_of_edition=path.startswith("/editie")):
        return None
    return split.path + (f"?{split.query}" if split.query else "")


@cache
def shows_rows(path: str, *, is_of_edition: bool) -> bool:
    """Say whether an address shows rows, and not the page of an edition that a page of an edition leads to."""
    try:
        match = resolve(path)
    except Resolver404:
        return False
    room = match.func.__module__.split(".")
    is_of_account = getattr(match.func, "is_of_account", False)
    if path.startswith("/en") or (room[:2] == ["wijkpeil", "web"] and room[2] in FIGURES):
        return False
    if is_of_account and path != "/account":
        return False
    return "edition" not in match.kwargs or not is_of_edition


@pytest.mark.parametrize("name", VISITORS)
def test_nobody_meets_a_word_that_is_not_for_him(world: World, name: str) -> None:
    visit, visitor = world.visit(name), world.planted.visitors[name]
    leaks = {
        (world.planted.canaries[word].about, world.planted.canaries[word].place, path)
        for path, words in visit.seen.items()
        for word in words
        if not visitor.may_read(world.planted.canaries[word])
    }
    assert not leaks, chr(10).join(map(str, sorted(leaks)[:20]))


@pytest.mark.parametrize("name", VISITORS)
def test_everybody_meets_every_word_that_is_for_him(world: World, name: str) -> None:
    visit, visitor = world.visit(name), world.planted.visitors[name]
    met = visit.words
    missed = sorted(
        (one.about, one.place)
        for one in world.planted.canaries.values()
        if one.is_shown and visitor.surely_meets(one) and one.token not in met
    )
    assert not missed, chr(10).join(map(str, missed[:30]))
    assert len(visit.seen) > 50, "whoever is stopped at the door meets nothing, and proves nothing"
    assert visit.statuses[500] == 0


def test_every_text_that_people_write_has_a_canary(world: World) -> None:
    from django.apps import apps

    told = {"Content", "Line", "Upload", "Imported"}
    written = {
        (model, column.name)
        for model in apps.get_app_config("programmes").get_models()
        for column in texts_of(model)
        if model.__name__ not in told
    }
    assert written - world.planted.fields == set()
