"""Every page of the site, open in a real browser: for everyone, at any width, and with nobody else listening."""

import json
from itertools import pairwise

import pytest

from browser.pages import PAGES

pytestmark = [pytest.mark.browser, pytest.mark.slow]

EVERYWHERE = [f"{tongue}{page}" for page in PAGES for tongue in ("", "/en")]
WIDTHS = {"phone": 360, "desktop": 1280}


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", EVERYWHERE)
def test_axe_finds_nothing_serious(visit, path, scheme, width):
    from axe_playwright_python.sync_playwright import Axe

    page = visit(path, width, color_scheme=scheme, bypass_csp=True)
    page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
    found = Axe().run(page).response["violations"]
    serious = [
        (one["id"], node["html"][:160], node.get("failureSummary", "")[:200])
        for one in found
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"][:3]
    ]
    assert serious == [], json.dumps(serious, indent=1, ensure_ascii=False)


@pytest.mark.parametrize("path", EVERYWHERE)
def test_no_page_scrolls_sideways_at_the_width_of_a_small_phone(visit, path):
    page = visit(path, 320)
    page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("path", EVERYWHERE)
def test_a_page_asks_only_its_own_site_and_complains_of_nothing(visit, site, path):
    page = visit(path)
    assert [at for at in page.asked if not at.startswith((f"{site}/", "data:"))] == []
    expected = (
        "Failed to load resource: the server responded with a status of 404" if page.answer.status == 404 else None
    )
    assert [said for said in page.complaints if expected is None or not said.startswith(expected)] == []


@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_link_and_button_is_large_enough_for_a_finger_or_stands_in_a_sentence(visit, path):
    small = visit(path, 360).evaluate(
        "() => [...document.querySelectorAll('a[href], button, input, select, summary')]"
        ".filter(one => !one.closest('p, dd, svg, .skip') && !one.matches('.skip') && one.offsetParent)"
        ".map(one => [one.textContent.trim().slice(0, 40), one.getBoundingClientRect()])"
        ".filter(([, box]) => box.height < 24 || box.width < 24).map(([said]) => said)"
    )
    assert small == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_one_title_and_no_level_of_headings_is_skipped(visit, path):
    levels = visit(path).evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(one => +one.tagName[1])")
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_the_frame_works_without_a_script(visit):
    page = visit("/editie/voorbeeld", java_script_enabled=False)
    page.locator("main input[name=q]").fill("Schippersbuurt")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zoek?q=Schippersbuurt")
    assert page.locator("main a", has_text="Schippersbuurt").count() >= 1


def test_the_first_stop_of_the_keyboard_skips_to_the_content(visit):
    page = visit("/editie/voorbeeld/gebied/WK900103")
    page.keyboard.press("Tab")
    assert page.locator(":focus").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhoud"
