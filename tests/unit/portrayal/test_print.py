"""A picture for paper stands on its own: no class, no variable, no percentage, the same shapes in the same places."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from wijkpeil.portrayal import gapline, spine
from wijkpeil.portrayal.print import printed
from wijkpeil.portrayal.print_style import INK, style_of
from wijkpeil.portrayal.subject import has_number
from wijkpeil.portrayal.svg import element, picture, stretched


def shapes(svg: str) -> list[ElementTree.Element]:
    return [node for node in ElementTree.fromstring(svg).iter() if not node.tag.endswith(("}svg", "}g"))]


@pytest.fixture(scope="module")
def pictures(about, dutch) -> list[Markup]:
    drawn = [spine.strip(dutch, one, identity="x", around="y") for one in about.readings]
    lines = [
        gapline.line(dutch, one, name, identity="x", start=2016)
        for one in about.readings
        if has_number(one)
        for name in one.first_two
    ]
    return [one.picture for one in (*drawn, *lines) if one is not None]


def test_nothing_is_left_that_a_browser_must_fill_in(pictures):
    assert len(pictures) > 10
    for one in pictures:
        made = printed(one, width=330, ends=("links", "rechts"), sides=("voor", "achter"))
        assert not re.search(r"class=|var\(|%\"|vector-effect|aria-|<style|<title|<desc|currentColor", made.svg)


def test_every_drawn_shape_has_a_colour(pictures):
    for one in pictures:
        for node in shapes(printed(one, width=330).svg):
            if not node.tag.endswith(("text", "clipPath")):
                around = node.get("fill") or node.get("stroke")
                assert around or node.tag.endswith("path"), ElementTree.tostring(node)


def test_the_alternative_text_is_that_of_the_screen(pictures):
    for one in pictures:
        said = re.search(r"<desc[^>]*>(.*?)</desc>", one)[1]
        assert printed(one, width=330).alt == Markup(said).unescape()


def test_the_same_picture_is_the_same_on_paper(pictures):
    assert [printed(one, width=300) for one in pictures] == [printed(one, width=300) for one in pictures]


@given(share=st.floats(0, 1), width=st.integers(100, 1000))
def test_a_place_keeps_its_share_of_the_width(share, width):
    drawn = picture("i", "t", "d", element("circle", cx=f"{share * 100:.2f}%", cy=5, r=3), height=10, class_="x")
    node = shapes(printed(drawn, width=width).svg)[0]
    assert float(node.get("cx")) == pytest.approx(share * width, abs=0.01 * width / 100 + 0.01)
    assert node.get("r") == "3"


def test_a_layer_that_stretches_keeps_its_strokes_upright():
    layer = stretched(element("path", d="M50 4v16M100 4h0", class_="tick"), height=60)
    drawn = picture("i", "t", "d", layer, height=60, class_="spine")
    assert shapes(printed(drawn, width=330).svg)[0].get("d") == "M 165 4 v 16 M 330 4 h 0"


def test_words_are_text_and_never_part_of_the_drawing():
    drawn = picture("i", "t", 'a <b> & "c"', element("text", "<script> & co", x=1, y=2), height=9, class_="x")
    made = printed(drawn, width=100, ends=("<i>", "&"))
    assert [node.text for node in shapes(made.svg)] == ["<script> & co", "<i>", "&"]
    assert made.alt == 'a <b> & "c"'


def test_what_is_no_picture_is_refused():
    with pytest.raises(ValueError, match="geen plaatje"):
        printed(Markup("<svg><path></svg>"), width=10)


def test_the_stronger_rule_decides_as_in_a_browser():
    here = ("circle", frozenset({"here"}))
    hollow = ("circle", frozenset({"here", "hollow"}))
    assert style_of([here])["fill"] == INK["--here"]
    assert style_of([hollow])["fill"] == INK["--paper"]
    assert style_of([hollow])["stroke-width"] == "3"


def test_a_rule_for_one_picture_is_not_for_another():
    line = ("path", frozenset({"line"}))
    assert style_of([("svg", frozenset({"gapline"})), line])["stroke"] == INK["--here"]
    assert "stroke" not in style_of([("svg", frozenset({"spine"})), line])


def test_what_tells_apart_on_paper_differs_in_grey():
    def grey(colour: str) -> float:
        red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    assert grey(INK["--paper"]) - grey(INK["--half"]) > 15
    assert grey(INK["--half"]) - grey(INK["--tick"]) > 60
    assert grey(INK["--tick"]) - grey(INK["--here"]) > 60
