"""A site over the example with its years of life, and people at browsers of their own who go about in it."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from browser.axe import serious_for_axe
from browser.conftest import SERVER

PROGRAMME = "/programma/wijkaanpak"
PHONE = 375
FARTHEST = 150
"""So many times somebody presses Tab at most before a thing counts as out of reach."""
PEOPLE = ("anouk", "ellen", "els", "henk", "hugo", "karin", "marga", "milan", "nadia", "peter", "stef")
THINGS = ("dijk-terug-geld", "dijk-terug-onderhoud", "tuin-1", "tuin-1-baan", "tuin-1-tuinen")
STORY = """
import json, os, sys
from contextlib import contextmanager
from pathlib import Path
import django
django.setup()
from web.lived_in import LivedIn, database_with_a_life
folder, people, things = Path(sys.argv[1]), sys.argv[2].split(","), sys.argv[3].split(",")
database_with_a_life(folder, Path(os.environ["WIJKPEIL_SHELF"]))
from django.conf import settings
from django.test import Client
from wijkpeil.web.accounts.sessions import FACTOR
life = LivedIn()
def session_of(name):
    client = Client()
    client.force_login(life.person(name))
    session = client.session
    session[FACTOR] = True
    session.save()
    return session.session_key
print(json.dumps({
    "cookie": settings.SESSION_COOKIE_NAME,
    "sessions": {name: session_of(name) for name in people},
    "keys": {name: life.key(name) for name in things},
}), flush=True)
"""
"""Tell the story in a database, log its people in with their second step, and go on to serve it in the same process."""


class Town:
    """A site of its own over the example with its years of life: where it is, who is logged in, what is where."""

    def __init__(self, address: str, told: dict[str, Any]) -> None:
        self.address, self.cookie, self.sessions, self.keys = address, told["cookie"], told["sessions"], told["keys"]
        self.inspected: set[str] = set()

    def at(self, section: str, name: str) -> str:
        """Give the address of a thing by the name that the story gives it."""
        return f"{PROGRAMME}/{section}/{self.keys[name]}"


@contextmanager
def town_over(example_shelf: Path, folder: Path) -> Iterator[Town]:
    """Tell the story in a database in this folder, and serve it; one process for all of it."""
    settings = {
        **os.environ,
        "PYTHONPATH": str(Path(__file__).parents[1]),
        "DJANGO_SETTINGS_MODULE": "wijkpeil.site.settings",
        "WIJKPEIL_SHELF": str(example_shelf),
        "WIJKPEIL_DATABASE": f"sqlite:///{folder / 'geleefd.sqlite3'}",
    }
    command = [sys.executable, "-c", STORY + SERVER, str(folder), ",".join(PEOPLE), ",".join(THINGS)]
    with (
        (folder / "fouten.txt").open("w") as faults,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=faults, text=True, env=settings) as served,
    ):
        try:
            told, port = _read(served.stdout)
            yield Town(f"http://127.0.0.1:{port}", json.loads(told))
        finally:
            served.terminate()


def _read(lines: Any) -> tuple[str, str]:
    """Read who is there and the port; before these stands what the command tells that wrote the story."""
    told = next((line for line in lines if line.startswith("{")), None)
    assert told, "the site did not start"
    return told, lines.readline().strip()


class Person:
    """Somebody at a browser of his own; every page of a kind that nobody had seen yet is looked over on the way."""

    def __init__(self, browser: Any, town: Town, name: str = "", *, width: int = 1280, **options: Any) -> None:
        self.town, self.by_keyboard, self.scripted = town, False, options.get("java_script_enabled", True)
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, base_url=town.address, bypass_csp=True, **options
        )
        self.context.set_default_timeout(20_000)
        if name:
            self.context.add_cookies(
                [{"name": town.cookie, "value": town.sessions[name], "url": town.address, "httpOnly": True}]
            )
        self.page = self.context.new_page()
        self.main = self.page.locator("main")
        self.faults: list[str] = []
        self.page.on("pageerror", lambda fault: self.faults.append(str(fault)))

    def go(self, address: str, *, status: int = 200) -> str:
        """Open a page and give what it says."""
        assert self.page.goto(address).status == status
        return self.look()

    def look(self) -> str:
        """Give what the page says, once it is looked over."""
        kind = self._kind()
        if self.scripted and kind not in self.town.inspected:
            self.town.inspected.add(kind)
            _look_over(self.page)
        return str(self.main.inner_text())

    def reach(self, thing: Any) -> None:
        """Get to a thing with the Tab key alone, and see where one is."""
        for _ in range(FARTHEST):
            if thing.evaluate("one => one === document.activeElement"):
                assert thing.evaluate("one => getComputedStyle(one).outlineStyle !== 'none'"), "the focus is not seen"
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{thing} is not reached by keyboard")

    def follow(self, name: str | re.Pattern[str], *, exact: bool = True) -> str:
        """Follow a link of the page, and give what the next one says."""
        return self._press(self.main.get_by_role("link", name=name, exact=exact).first)

    def send(self, name: str) -> str:
        """Press the button of a form, and give what the next page says."""
        return self._press(self.main.get_by_role("button", name=name, exact=True))

    def fill(self, **answers: str) -> None:
        """Answer the questions of a form, by the names of its fields."""
        for name, answer in answers.items():
            field = self.main.locator(f'form.sheet [name="{name}"]')
            chooses = field.evaluate("one => one.localName === 'select'")
            if self.by_keyboard:
                self.reach(field)
                self.page.keyboard.type(answer)
            elif chooses:
                field.select_option(label=answer)
            else:
                field.fill(answer)
            if chooses:
                assert field.evaluate("one => one.selectedOptions[0].text") == answer

    def typed(self, name: str) -> str:
        """Give what stands in a field."""
        return str(self.main.locator(f'form.sheet [name="{name}"]').input_value())

    def leave(self) -> None:
        self.context.close()
        assert self.faults == []

    def _press(self, thing: Any) -> str:
        if self.by_keyboard:
            self.reach(thing)
        with self.page.expect_navigation():
            if self.by_keyboard:
                self.page.keyboard.press("Enter")
            else:
                thing.click()
        return self.look()

    def _kind(self) -> str:
        """Give what kind of page this is: its address without what is of one thing, and whether it has errors."""
        path = re.sub(r"/[0-9a-f]{16}|wijkaanpak\.[0-9-]+", "/*", self.page.url.removeprefix(self.town.address))
        return f"{path} {self.page.locator('#te-verbeteren').count()}"


def _look_over(page: Any) -> None:
    """Find nothing that bars somebody, and nothing that must be scrolled sideways on a phone."""
    assert serious_for_axe(page) == [], page.url
    before = page.viewport_size
    page.set_viewport_size({"width": PHONE, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE, page.url
    page.set_viewport_size(before)
