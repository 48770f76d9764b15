"""The theme: whoever replaces it keeps what these claims say, in light and in dark."""

import re
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from wijkpeil.web import design

STATIC = Path(design.__file__).parent / "static" / "design"
THEME = (STATIC / "theme" / "wijkpeil.css").read_text(encoding="utf-8")
LIGHT_AND_DARK = ("light", "dark")
VERDICTS = ("catching-up", "falling-behind", "steady", "cannot-tell", "not-judged", "absent")
COMPARATORS = ("here", "rest", "like")
CLASSES = [f"class-{number}" for number in range(1, 8)]
WAYS = ["behind-3", "behind-2", "behind-1", "level", "ahead-1", "ahead-2", "ahead-3"]


def tokens(scheme: str) -> dict[str, str]:
    """Read the decisions as a browser does: what dark says comes over what light says."""
    light, _, rest = THEME.partition("@media screen and (prefers-color-scheme: dark)")
    dark = rest.partition("@media (forced-colors: active)")[0]
    found = dict(re.findall(r"--wp-([a-z0-9-]+):\s*([^;]+);", light))
    return found | dict(re.findall(r"--wp-([a-z0-9-]+):\s*([^;]+);", dark)) if scheme == "dark" else found


def linear(colour: str) -> list[float]:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def luminance(colour: str) -> float:
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def lab(colour: str) -> tuple[float, float, float]:
    red, green, blue = linear(colour)
    white = (0.95047, 1.0, 1.08883)
    x, y, z = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / white[0],
        (0.2126 * red + 0.7152 * green + 0.0722 * blue) / white[1],
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / white[2],
    )
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def difference(one: str, other: str) -> float:
    """Give how different two colours look (CIE 1976)."""
    return sum((a - b) ** 2 for a, b in zip(lab(one), lab(other), strict=True)) ** 0.5


@pytest.fixture(params=LIGHT_AND_DARK)
def theme(request):
    return tokens(request.param)


def test_the_measure_of_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        *((text, ground) for text in ("ink", "soft", "link", "link-hover") for ground in ("paper", "wash")),
        *((f"{name}", f"{name}-ground") for name in VERDICTS),
        *((name, "paper") for name in VERDICTS),
        ("on-brand", "brand"),
        ("on-brand", "brand-strong"),
        ("link-hover", "brand-wash"),
        ("link", "brand-wash"),
        ("on-masthead", "masthead"),
        ("on-masthead-soft", "masthead"),
        ("on-accent", "accent"),
        ("on-accent", "accent-hover"),
        ("ink", "notice-ground"),
        ("notice", "notice-ground"),
        ("link", "notice-ground"),
        ("ink", "alarm-ground"),
        ("alarm", "alarm-ground"),
        ("soft", "absent-ground"),
    ],
)
def test_every_text_can_be_read_on_its_ground(theme, text, ground):
    assert contrast(theme[text], theme[ground]) >= 4.5


@pytest.mark.parametrize(
    "mark", [*VERDICTS, *COMPARATORS, *(f"area-{number}" for number in range(1, 7)), "edge", "focus", "tick"]
)
@pytest.mark.parametrize("ground", ["paper", "wash"])
def test_every_mark_stands_out_from_its_ground(theme, mark, ground):
    assert contrast(theme[mark], theme[ground]) >= 3


def test_the_focus_and_the_current_room_stand_out_on_the_masthead(theme):
    assert contrast(theme["on-masthead"], theme["masthead"]) >= 3
    assert contrast(theme["accent"], theme["masthead"]) >= 3


def test_verdicts_comparators_and_compared_areas_do_not_look_alike(theme):
    areas = [f"area-{number}" for number in range(1, 7)]
    for together in (VERDICTS[:2], COMPARATORS, areas):
        for one, other in combinations(together, 2):
            assert difference(theme[one], theme[other]) >= 25, (one, other)


def test_the_classes_of_a_map_go_one_way_in_steps_that_can_be_seen(theme):
    steps = [luminance(theme[name]) for name in CLASSES]
    assert steps in (sorted(steps), sorted(steps, reverse=True))
    assert all(difference(theme[one], theme[other]) >= 9 for one, other in pairwise(CLASSES))
    assert contrast(theme[CLASSES[0]], theme[CLASSES[-1]]) >= 4.5


def test_behind_and_ahead_part_ways_from_the_middle(theme):
    assert all(difference(theme[one], theme[other]) >= 12 for one, other in pairwise(WAYS))
    for near, far in pairwise((0, 1, 2)):
        assert difference(theme[WAYS[near]], theme["level"]) > difference(theme[WAYS[far]], theme["level"])
        assert difference(theme[WAYS[6 - near]], theme["level"]) > difference(theme[WAYS[6 - far]], theme["level"])


def test_no_data_is_hatched_and_never_a_pale_version_of_low(theme):
    """Its lines stand out from their ground, and both differ from every class of a map."""
    assert contrast(theme["absent"], theme["absent-ground"]) >= 3
    for name in (*CLASSES[:2], *WAYS):
        assert difference(theme["absent-ground"], theme[name]) >= 5 or contrast(theme["absent"], theme[name]) >= 3
    assert difference(theme["absent-ground"], theme["class-1"]) >= 8


def test_an_organisation_replaces_one_file_of_about_eighty_decisions():
    assert 60 <= len(tokens("light")) <= 110
    assert set(tokens("dark")) == set(tokens("light"))


@pytest.mark.parametrize("name", ["wijkpeil.css", "parts.css", "mapping.css"])
def test_no_other_file_names_a_colour(name):
    style = (STATIC / name).read_text(encoding="utf-8")
    assert re.findall(r"#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(", style) in ([], ["#000"])


@pytest.mark.parametrize("name", ["wijkpeil.css", "parts.css", "mapping.css"])
def test_every_decision_that_is_used_is_made(name):
    used = set(re.findall(r"var\(--wp-([a-z0-9-]+)", (STATIC / name).read_text(encoding="utf-8")))
    assert used <= set(tokens("light"))
