import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from wijkpeil.domain.indicator import Direction
from wijkpeil.domain.reason import Reason
from wijkpeil.portrayal import crowd, funnel, levelline, reasons, scores, steady
from wijkpeil.portrayal.badges import badges
from wijkpeil.portrayal.findings import Crowd, Findings, Limits, Member, Smoothed, Trend, TrendPoint, Zone
from wijkpeil.portrayal.language import language

HERE = "A0"


def member(number: int, value: float | None, *, marked: bool = False, zone: Zone = Zone.WITHIN, reason=None) -> Member:
    return Member(
        code=f"A{number}", name=f"Wijk {number} <&>", value=value, size=100.0 * (number + 1),
        zone=None if reason else zone, is_marked=marked, q=0.01 if marked else 0.6, reason=reason,
    )  # fmt: skip


@pytest.fixture
def found() -> Crowd:
    sizes = (100.0, 300.0, 500.0, 700.0)
    return Crowd(
        city="Leeuwarden",
        period=2020,
        whole=0.2,
        by_base=True,
        is_dispersed=False,
        members=(
            member(0, 0.21),
            member(1, 0.19),
            member(2, 0.45, marked=True, zone=Zone.OUTSIDE_998),
            member(3, 0.02, marked=True, zone=Zone.OUTSIDE_998),
            member(4, 0.30, zone=Zone.OUTSIDE_95),
            member(5, None, reason=Reason.NO_FIGURE),
        ),
        limits=tuple(
            Limits(size=size, low_95=0.2 - 1 / size, high_95=0.2 + 1 / size, low_998=0.19 - 1 / size, high_998=0.23)
            for size in sizes
        ),
    )


@pytest.fixture
def judged(about):
    return next(one.indicator for one in about.readings if one.indicator.id == "huisgeld")


def of_class(drawn: funnel.Drawn, name: str) -> list[ElementTree.Element]:
    return [one for one in ElementTree.fromstring(drawn.picture).iter() if name in one.get("class", "").split()]


def drawn(dutch, judged, found, **options):
    return funnel.funnel(dutch, judged, found, identity="f", around="de wijken van Leeuwarden", **options)


def test_exceptions_differ_by_shape_and_the_favourable_side_is_up_whichever_way_is_better(dutch, judged, found):
    for direction, best in ((Direction.LOWER_IS_BETTER, "Wijk 3"), (Direction.HIGHER_IS_BETTER, "Wijk 2")):
        made = drawn(dutch, replace(judged, direction=direction), found)
        up, down = of_class(made, "up"), of_class(made, "down")
        assert len(up) == len(down) == 1
        assert float(up[0].get("y")) < float(of_class(made, "zero")[0].get("y1")) < float(down[0].get("y"))
        assert best in "".join(up[0].itertext())
        assert up[0][0].get("d") != down[0][0].get("d")


def test_every_area_with_a_place_is_drawn_once_and_this_one_larger(dutch, judged, found):
    made = drawn(dutch, judged, found, here=HERE)
    dots = re.findall(r"M[\d.]+ [\d.]+h0", of_class(made, "dots")[0].get("d"))
    assert len(dots) + len(of_class(made, "up")) + len(of_class(made, "down")) + 1 == len(found.placed)
    assert len(of_class(made, "here")) == 1
    assert not of_class(made, "ring")
    assert of_class(drawn(dutch, judged, found, here="A2"), "ring")


def test_both_pairs_of_limits_are_drawn_one_of_them_dashed_by_its_class(dutch, judged, found):
    made = drawn(dutch, judged, found)
    assert len(of_class(made, "inner")) == len(of_class(made, "outer")) == 1
    assert ".outer { stroke-dasharray" in funnel._STYLE


def test_the_picture_stands_in_a_file_with_its_words_and_every_name_escaped(dutch, judged, found):
    root = ElementTree.fromstring(funnel.standing_alone(drawn(dutch, judged, found)))
    text = "".join(root.itertext())
    assert "↑ gunstig" in text
    assert "↓ ongunstig" in text
    assert "Wijk 2 <&>" in text


def test_the_sentences_count_the_exceptions_and_say_where_this_area_lies(dutch, judged, found):
    said = crowd.sentences(dutch, judged, found, around="de wijken", here=HERE)
    assert said[0] == "Van de wijken (5) wijken er 2 duidelijk af van Leeuwarden: 1 gunstig, 1 ongunstig."
    assert "binnen de grenzen" in said[-1]
    for code, words in (("A2", "uitzondering"), ("A4", "buiten een grens"), ("A5", "staat er niet in")):
        assert words in crowd.sentences(dutch, judged, found, around="de wijken", here=code)[-1]


def test_the_table_has_exceptions_and_this_area_and_no_order_of_the_others(dutch, judged, found):
    table = crowd.table(dutch, judged, found, caption="x", here=HERE)
    assert [row[0][0] for row in table.rows] == ["Wijk 0 <&>", "Wijk 2 <&>", "Wijk 3 <&>"]
    assert any("Niet in de trechter: 1." in note for note in table.notes)


def test_a_funnel_without_areas_is_not_drawn_and_says_why(dutch, judged, found):
    bare = replace(found, members=tuple(replace(one, reason=Reason.MODELLED) for one in found.members))
    assert drawn(dutch, judged, bare) is None
    assert crowd.sentences(dutch, judged, bare, around="x") == [
        "Er is geen trechter. " + reasons.no_answer(language("nl"), Reason.MODELLED)
    ]


@pytest.mark.parametrize("reason", list(Reason))
def test_every_absence_has_its_sentence_in_both_languages(reason):
    dutch, english = (reasons.no_answer(language(code), reason) for code in ("nl", "en"))
    assert dutch.endswith(".")
    assert dutch != english


def test_a_steadier_figure_stands_with_its_margin_and_only_small_areas_are_told(dutch, about):
    small = Smoothed(period=2020, value=0.32, low=0.30, high=0.34, own=0.5, reason=None)
    reading = replace(about.readings[3], findings=Findings(smoothed=small))
    said = steady.smoothed_sentences(dutch, reading, city="Leeuwarden")
    assert said == [
        "Gelet op Leeuwarden ligt het hier vermoedelijk tussen 30,0 en 34,0% (het meest waarschijnlijk 32,0%)."
    ]
    assert steady.is_small(small)
    assert not steady.is_small(replace(small, own=0.99))
    assert not steady.is_small(replace(small, own=None))


def test_a_line_is_told_from_its_last_break_on_and_drawn_in_pieces(dutch, about):
    points = tuple(
        TrendPoint(period=year, piece=int(year >= 2018), level=0.3, low=0.28, high=0.32)
        for year in (2014, 2015, 2016, 2017, 2018, 2019, 2020)
    )
    reading = replace(about.readings[3], findings=Findings(trend=Trend(points=points)))
    assert "(2018)" in steady.trend_sentences(dutch, reading)[0]
    made = ElementTree.fromstring(levelline.level(dutch, reading, identity="l"))
    assert sum(one.get("class") == "line" for one in made.iter()) == 2
    without = replace(reading, findings=Findings(trend=Trend(reason=Reason.TOO_FEW_PERIODS)))
    assert levelline.level(dutch, without, identity="l") is None
    assert "drie metingen" in steady.trend_sentences(dutch, without)[0]


def test_a_badge_has_its_sign_its_word_and_beside_what(dutch, about):
    shown = [one for reading in about.readings for one in badges(dutch, reading)]
    assert shown
    assert all(one.words[0] in "▲▼●▨○" and len(one.words) > 2 for one in shown)
    context = next(one for one in about.readings if not one.indicator.is_judged)
    assert badges(dutch, context) == ()
    modelled = next(one for one in about.readings if one.indicator.id == "rondkomen")
    assert [one.kind for one in badges(dutch, modelled)] == ["not_judged"]
    assert len(badges(dutch, modelled, merged=False)) == 2


def test_a_score_without_errors_gives_its_reason_and_no_place():
    from datetime import date

    from wijkpeil.domain.composite import Composite
    from wijkpeil.domain.indicator import Review

    review = Review(author="a", checked_by="b", review_due=date(2030, 1, 1))
    composite = Composite(
        id="g", theme="t", label="Geld", label_en="Money", base_year=2014, why="", parts=(), review=review
    )
    one = scores.Score(
        composite=composite, city="Leeuwarden", period=2018, score=95.0, low=None, high=None, place=None,
        other_weights=(90.0, 99.0), place_other_weights=(1, 9), among=20, of_same_year=96.0,
        margin_reason=Reason.NO_ERROR_KNOWN, parts=(), earlier={2014: 97.0},
    )  # fmt: skip
    said = " ".join(scores.sentences(language("nl"), one, name="Hier", around="de wijken"))
    assert "geen marge en geen plaats" in said
    assert "op plaats" not in said
    sure = replace(one, low=93.0, high=97.0, place=(4, 8), margin_reason=None)
    said = " ".join(scores.sentences(language("nl"), sure, name="Hier", around="de wijken"))
    assert "ergens op plaats 4 tot en met 8" in said
    assert scores.headline(language("nl"), sure) == "95 (marge 93 tot 97)"
