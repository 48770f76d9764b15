"""The movable map in a real browser: it appears, moves by keyboard, asks nobody else, and gives way to a still map."""

import pytest

from browser.conftest import QUIET

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MAP = "/editie/voorbeeld/kaart?niveau=wijk"
DRAWN = "#verkenner[data-painted]"


@pytest.fixture(scope="module")
def browser(launch):
    """A browser that draws maps without a graphics card."""
    wanted = [one for one in QUIET if one != "--disable-gpu"]
    chromium = launch([*wanted, "--enable-unsafe-swiftshader", "--use-angle=swiftshader"])
    yield chromium
    chromium.close()


@pytest.fixture
def drawn(visit):
    def open_map(query: str = "", **options):
        page = visit(f"{MAP}{query}", **options)
        page.wait_for_selector(DRAWN, timeout=60_000)
        return page

    return open_map


def choose(page, name: str, value: str) -> None:
    page.evaluate("document.getElementById('verkenner').dataset.took = ''")
    page.select_option(f"#veld-{name}", value)
    page.wait_for_selector("#verkenner:not([data-took=''])", timeout=30_000)


def test_the_map_appears_with_its_title_and_its_legend(drawn):
    page = drawn()
    assert page.locator("#kaart canvas").is_visible()
    assert "wijken van Voorbeeldland" in page.locator("#kaart-titel").inner_text()
    assert page.locator("#legenda li").count() >= 3
    assert page.complaints == []


def test_only_this_site_is_asked(drawn, site):
    page = drawn()
    assert [at for at in page.asked if not at.startswith((f"{site}/", "blob:", "data:"))] == []


def test_another_figure_fetches_values_and_no_shapes(drawn):
    page = drawn()
    page.asked.clear()
    other = page.locator("#veld-indicator option").nth(3).get_attribute("value")
    choose(page, "indicator", other)
    assert [at for at in page.asked if ".json" in at] == []
    assert len([at for at in page.asked if "/waarden" in at]) == 1
    assert f"indicator={other}" in page.url


def test_the_address_brings_back_what_was_seen(drawn):
    page = drawn("&wat=achterstand&vergelijking=country&plek=5.1000,52.1000,9.00")
    assert page.locator("#veld-wat").input_value() == "achterstand"
    assert "verschil met Voorbeeldland" in page.locator("#kaart-titel").inner_text()
    assert "plek=5.1000%2C52.1000%2C9.00" in page.url


def test_the_keyboard_reaches_the_choices_the_map_and_its_buttons(drawn):
    page = drawn()
    page.locator("#veld-indicator").focus()
    reached = set()
    for _ in range(16):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.id || document.activeElement.className"))
    assert {"veld-wat", "veld-niveau", "veld-gemeente"} <= reached
    assert any("maplibregl-canvas" in one for one in reached)
    assert any("maplibregl-ctrl-zoom-in" in one for one in reached)


def test_arrows_move_the_map_and_its_middle_is_said(drawn):
    page = drawn("&gemeente=GM9001")
    before = page.url
    page.locator("#kaart canvas").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("at => location.href !== at", arg=before, timeout=20_000)
    assert page.locator("#aanwijzing").inner_text()


def test_what_is_in_view_is_a_table_of_links(drawn):
    page = drawn("&gemeente=GM9001")
    page.locator("#als-tabel summary").click()
    link = page.locator("#als-tabel tbody a").first
    assert "/editie/voorbeeld/gebied/WK" in link.get_attribute("href")
    assert page.locator("#als-tabel tbody td").first.inner_text()


def test_the_years_play_and_stop(drawn):
    page = drawn()
    for option in page.locator("#veld-indicator option").all()[:12]:
        if page.locator("#speel").is_visible():
            break
        choose(page, "indicator", option.get_attribute("value"))
    page.locator("#speel").click()
    assert page.locator("#speel").inner_text() == "Stop"
    page.locator("#speel").click()
    assert page.locator("#speel").inner_text() == "Speel de jaren af"


def test_without_a_script_there_is_a_still_map_with_its_table(visit):
    page = visit(f"{MAP}&gemeente=GM9001", java_script_enabled=False)
    assert page.locator("svg.map a").count() > 1
    assert page.locator(".dots table tbody tr").count() > 1
    assert not page.locator("#verkenner").is_visible()


def test_where_no_map_can_be_drawn_the_still_map_takes_its_place(visit):
    page = visit(f"{MAP}&gemeente=GM9001")
    page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page.reload()
    page.wait_for_selector("svg.map a", timeout=30_000)
    assert not page.locator("#verkenner").is_visible()
