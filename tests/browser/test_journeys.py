"""Ten journeys that readers take, each by mouse, by keyboard only, and without script."""

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WAYS = ("mouse", "keyboard", "no script")
START, AREA = "/editie/voorbeeld", "/editie/voorbeeld/gebied/WK900103"
THEME = f"{AREA}/inkomen_schulden"
FARTHEST = 400
"""So many times a reader presses Tab at most before a thing counts as out of reach."""


class Walker:
    """A reader on a page, who gets about in one way only."""

    def __init__(self, page: Any, way: str) -> None:
        self.page, self.way = page, way

    def reach(self, thing: Any) -> None:
        """Get to a thing with the Tab key alone, and see where one is."""
        for _ in range(FARTHEST):
            self.page.keyboard.press("Tab")
            if thing.evaluate("one => one === document.activeElement"):
                assert thing.evaluate("one => getComputedStyle(one).outlineStyle !== 'none'"), "the focus is not seen"
                return
        raise AssertionError(f"{thing} is not reached by keyboard")

    def press(self, thing: Any) -> None:
        """Follow a link, or open a fold."""
        is_link = thing.evaluate("one => one.localName === 'a'")
        if self.way == "keyboard":
            self.reach(thing)
        with self.page.expect_navigation() if is_link else nullcontext():
            if self.way == "keyboard":
                self.page.keyboard.press("Enter")
            else:
                thing.click()

    def write(self, thing: Any, text: str) -> None:
        """Write in a field, and send it."""
        if self.way == "keyboard":
            self.reach(thing)
            self.page.keyboard.type(text)
        else:
            thing.fill(text)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def follow(self, name: str, *, within: str = "main") -> None:
        """Follow the first link of some name."""
        self.press(self.page.locator(within).get_by_role("link", name=name).first)

    @property
    def title(self) -> str:
        """The heading of the page where one is."""
        return str(self.page.locator("h1").inner_text())

    def is_at(self, ending: str) -> bool:
        """Say whether one came where one wanted to be."""
        self.page.wait_for_url(f"**{ending}")
        return bool(self.page.locator("h1").is_visible())


@pytest.fixture(params=WAYS)
def walk(request: pytest.FixtureRequest, visit: Callable[..., Any]) -> Callable[[str], Walker]:
    """Begin a journey at an address, in one of the three ways."""

    def begin(path: str) -> Walker:
        page = visit(path, java_script_enabled=request.param != "no script", accept_downloads=True)
        page.set_default_timeout(15_000)
        return Walker(page, request.param)

    return begin


def test_finding_your_neighbourhood_by_its_name(walk):
    reader = walk("/")
    reader.write(reader.page.locator("main input[name=q]"), "Schippersbuurt")
    reader.press(reader.page.locator(f'main a[href="{AREA}"]'))
    assert reader.is_at(AREA)
    assert "Schippersbuurt" in reader.title


def test_finding_your_neighbourhood_by_what_only_it_has(walk):
    """The example has no postcodes: one that is not there is worded, and a code leads straight to its area."""
    reader = walk("/")
    reader.write(reader.page.locator("main input[name=q]"), "3011")
    assert "We vonden niets." in reader.page.locator("main").inner_text()
    reader.write(reader.page.locator("input[name=q]").first, "GM9001")
    assert reader.is_at("/gebied/GM9001")
    assert "Aardenhaven" in reader.title


def test_opening_a_theme_and_reading_what_a_figure_means(walk):
    reader = walk(AREA)
    reader.press(reader.page.locator(f'main a[href^="{THEME}"]').first)
    assert "Inkomen en schulden" in reader.title
    told = reader.page.locator("main").inner_text()
    assert "Heeft moeite met rondkomen" in told
    reader.press(reader.page.locator("main summary", has_text="Alle jaren als tabel").first)
    assert reader.page.locator("main details[open] table").first.is_visible()


def test_reading_on_in_the_other_language(walk):
    reader = walk(THEME)
    reader.follow("English", within="header")
    assert reader.is_at(f"/en{THEME}")
    assert reader.page.locator("html").get_attribute("lang") == "en"
    reader.follow("Nederlands", within="header")
    assert reader.is_at(THEME)


def test_looking_at_the_rug_and_following_a_neighbourhood(walk):
    reader = walk(START)
    reader.follow("Programma's", within="nav.rooms")
    reader.press(reader.page.locator('main a[href$="/programma/wijkaanpak"]').first)
    reader.follow("Overzicht")
    assert reader.is_at("/programma/wijkaanpak/overzicht")
    reader.press(reader.page.locator('main a[href*="/gebied/wijkaanpak."]').first)
    assert "/gebied/wijkaanpak." in reader.page.url
    assert reader.page.locator("main table, main svg").count() > 0


def test_opening_the_quadrant_with_its_table(walk):
    reader = walk("/editie/voorbeeld/programma/wijkaanpak")
    reader.follow("Kwadrant")
    assert reader.is_at("/kwadrant")
    assert reader.page.locator("main svg").first.is_visible()
    assert reader.page.locator("main table tbody tr").count() > 10


def test_setting_two_areas_beside_each_other(walk):
    reader = walk(AREA)
    reader.follow("Vergelijk met andere gebieden")
    reader.write(reader.page.locator("main input[name=erbij]"), "GM9001")
    told = reader.page.locator("main").inner_text()
    assert "Schippersbuurt" in told
    assert "Aardenhaven" in told
    assert reader.page.locator("main table").count() > 0


def test_taking_the_figures_of_a_neighbourhood_home(walk):
    reader = walk(AREA)
    link = reader.page.locator('main a[href$=".csv"]').first
    with reader.page.expect_download() as taken:
        if reader.way == "keyboard":
            reader.reach(link)
            reader.page.keyboard.press("Enter")
        else:
            link.click()
    lines = taken.value.path().read_text(encoding="utf-8").splitlines()
    assert taken.value.suggested_filename.endswith(".csv")
    assert lines[0].lstrip("\ufeff").startswith("edition,")
    assert all(",WK900103," in line for line in lines[1:])


def test_reading_how_a_figure_is_made(walk):
    reader = walk(START)
    reader.follow("Uitleg", within="nav.rooms")
    reader.press(reader.page.locator('main a[href="/methoden"], main a[href^="/methoden/"]').first)
    if reader.page.url.endswith("/methoden"):
        reader.press(reader.page.locator('main a[href^="/methoden/"]').first)
    assert "/methoden/" in reader.page.url
    assert len(reader.page.locator("main").inner_text()) > 500


def test_seeing_which_editions_there_are(walk):
    reader = walk(AREA)
    reader.follow("Edities", within="nav.rooms")
    assert reader.is_at("/edities")
    assert "VERZONNEN LAND" in reader.page.locator("main").inner_text()
    reader.follow("voorbeeld")
    assert reader.is_at(START)
