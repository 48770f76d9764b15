"""Every page of the site, open in a real browser: for everyone, at any width, and with nobody else listening."""

from itertools import pairwise

import pytest

from browser.axe import serious_for_axe
from browser.pages import PAGES

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TOO_SMALL = (
    "[...document.querySelectorAll('a[href], button, input, select, summary')]"
    ".filter(one => !one.closest('p, dd, svg, .skip') && !one.matches('.skip') && one.offsetParent)"
    ".filter(one => !one.matches('td a') || one.closest('td').textContent.trim() === one.textContent.trim())"
    ".map(one => [one.textContent.trim().slice(0, 40), one.getBoundingClientRect()])"
    ".filter(([, box]) => box.height < 24 || box.width < 24).map(([said]) => said)"
)
"""Links and buttons that a finger misses, outside sentences."""

PHONE, DESKTOP = 360, 1280
SIGHTS = [
    *((page, (("light", PHONE), ("dark", DESKTOP)), True) for page in PAGES),
    *((f"/en{page}", (("light", DESKTOP), ("dark", PHONE)), False) for page in PAGES),
]
"""Every page in both languages, in both schemes, at both widths, each pair of these once; the colours, which do not
depend on the language, in Dutch."""
MAY_BE_SAID = ("GL Driver Message", "status of 404")


@pytest.mark.parametrize(("path", "ways", "colours"), SIGHTS, ids=[path for path, _, _ in SIGHTS])
def test_a_page_fits_a_small_phone_asks_only_its_own_site_is_in_order_and_bars_nobody(visit, site, path, ways, colours):
    page = visit(path, 320)
    page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate(TOO_SMALL) == []
    assert [at for at in page.asked if not at.startswith((f"{site}/", "data:"))] == []
    may_be_said = MAY_BE_SAID if page.answer.status == 404 else MAY_BE_SAID[:1]
    assert [said for said in page.complaints if not any(words in said for words in may_be_said)] == []
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(one => +one.tagName[1])")
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    for scheme, width in ways:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        assert serious_for_axe(page, colours=colours) == [], (scheme, width)


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
