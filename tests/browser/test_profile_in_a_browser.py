from itertools import pairwise

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WIDTHS = (320, 390, 768, 1280)

CONTRAST = """() => {
  const luminance = ([r, g, b]) => {
    const part = c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const numbers = colour => colour.match(/[\\d.]+/g).map(Number);
  const ground = element => {
    for (let one = element; one; one = one.parentElement) {
      const colour = numbers(getComputedStyle(one).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const ratio = (a, b) => {
    const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };
  const texts = [...document.querySelectorAll('body *')].filter(
    one => !['title', 'desc', 'style'].includes(one.tagName.toLowerCase()) && !one.closest('.skip')
      && [...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()));
  return texts.map(one => {
    const style = getComputedStyle(one);
    const colour = one.closest('svg') ? style.fill : style.color;
    return [one.textContent.trim().slice(0, 40), ratio(numbers(colour), ground(one)), parseFloat(style.fontSize)];
  });
}"""

GRAPHICS = """() => ['--here', '--rest', '--like', '--better', '--worse', '--soft'].map(name => {
  const probe = document.body.appendChild(document.createElement('i'));
  probe.style.color = `var(${name})`;
  probe.style.backgroundColor = 'var(--paper)';
  const style = getComputedStyle(probe);
  const found = [name, style.color, style.backgroundColor];
  probe.remove();
  return found;
})"""

OVERLAPS = """() => [...document.querySelectorAll('svg.gapline')].flatMap(picture => {
  const boxes = [...picture.querySelectorAll('text')].map(one => [one.textContent, one.getBoundingClientRect()]);
  return boxes.flatMap(([a, x], i) => boxes.slice(i + 1).filter(([b, y]) =>
    x.left < y.right && y.left < x.right && x.top < y.bottom && y.top < x.bottom).map(([b]) => [a, b]));
})"""


def luminance(colour: str) -> float:
    parts = [float(part) / 255 for part in colour[colour.index("(") + 1 : -1].split(",")[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_never_scrolls_sideways(opened, width):
    page = opened(width, unfold=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_page_asks_nothing_of_a_network(opened, page_file):
    page = opened(1280, unfold=True)
    page.wait_for_load_state("networkidle")
    assert page.requests == [page_file.as_uri()]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(opened, scheme):
    measured = opened(1280, scheme=scheme, unfold=True).evaluate(CONTRAST)
    assert len(measured) > 100
    assert not [(text, ratio) for text, ratio, _ in measured if ratio < 4.5]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_mark_in_a_picture_stands_out_from_the_paper(opened, scheme):
    for name, colour, paper in opened(1280, scheme=scheme).evaluate(GRAPHICS):
        assert contrast(colour, paper) >= 3, name


@pytest.mark.parametrize("width", [360, 1280])
def test_no_text_is_tiny(opened, width):
    assert min(size for _, _, size in opened(width, unfold=True).evaluate(CONTRAST)) >= 12.5


@pytest.mark.parametrize("width", [360, 390, 1280])
def test_numbers_and_years_in_a_picture_never_cover_each_other(opened, width):
    assert opened(width).evaluate(OVERLAPS) == []


@pytest.mark.parametrize("width", [360, 390])
def test_every_picture_stays_inside_the_page(opened, width):
    outside = opened(width).evaluate(
        "() => [...document.querySelectorAll('svg text, svg circle')].map(one => one.getBoundingClientRect())"
        ".filter(box => box.left < 0 || box.right > innerWidth).length"
    )
    assert outside == 0


def test_the_keyboard_reaches_everything_in_reading_order_and_shows_where_it_is(opened):
    page = opened(1280)
    wanted = page.evaluate("document.querySelectorAll('a[href], summary').length")
    tops, seen = [], 0
    for _ in range(wanted):
        page.keyboard.press("Tab")
        place = page.evaluate(
            "() => { const one = document.activeElement, box = one.getBoundingClientRect();"
            " return [one.tagName, box.top + scrollY, getComputedStyle(one).outlineStyle]; }"
        )
        assert place[0] in {"A", "SUMMARY"}
        assert place[2] != "none"
        tops.append(place[1])
        seen += 1
    assert seen == wanted
    assert all(later >= earlier - 60 for earlier, later in pairwise(tops[1:]))


def test_a_fold_opens_with_the_keyboard_and_without_script(opened):
    page = opened(1280, java_script_enabled=False)
    fold = page.locator("details.table").first
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    assert fold.locator("table").is_visible()


def test_targets_are_large_enough_for_a_finger(opened):
    small = opened(390).evaluate(
        "() => [...document.querySelectorAll('nav a, summary')].map(one => one.getBoundingClientRect())"
        ".filter(box => box.height < 24 || box.width < 24).length"
    )
    assert small == 0


def test_the_printed_page_has_its_tables_and_no_navigation(opened):
    page = opened(1280)
    page.emulate_media(media="print")
    assert not page.locator("nav").is_visible()
    assert page.locator("details.table table").first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_the_pictures_can_be_read_in_grey(opened):
    """Each mark differs from the others by shape or dashes, not only by colour."""
    page = opened(1280)
    shapes = page.evaluate(
        "() => [...document.querySelectorAll('svg.spine')].map(one => ({"
        "here: !!one.querySelector('circle.here'), rest: one.querySelector('.rest path')?.getAttribute('d'),"
        "like: one.querySelector('.like path')?.getAttribute('d'),"
        "dashed: one.querySelector('.like-line')"
        " && getComputedStyle(one.querySelector('.like-line')).strokeDasharray}))"
    )
    assert shapes
    for one in shapes:
        assert one["here"]
        if one["rest"] and one["like"]:
            assert one["rest"] != one["like"]
            assert one["dashed"] != "none"
