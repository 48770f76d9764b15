"""The effect picture: its lines, its zero, its start, its grade, and the words and the table behind it."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as some

from wijkpeil.domain.evidence import EventPoint, PlaceboPath
from wijkpeil.domain.indicator import Direction
from wijkpeil.portrayal import loveplot, spec_curve
from wijkpeil.portrayal.effect import effect_picture, event_table, lines_drawn

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def indicator(imagined):
    return imagined.policy().indicator["huisgeld"]


@pytest.fixture(scope="module")
def drawn(dutch, indicator, imagined_study):
    return effect_picture(dutch, indicator, imagined_study.found(), identity="e", lag=1, grade=3)


def parts(drawn, class_):
    root = ElementTree.fromstring(str(drawn.picture))
    return [one for one in root.iter() if class_ in one.get("class", "").split()]


def heights(path: str) -> list[float]:
    return [float(y) for _, y in re.findall(r"[ML]([\d.-]+) ([\d.-]+)", path)]


def test_it_has_a_title_a_description_and_one_of_every_part(drawn):
    root = ElementTree.fromstring(str(drawn.picture))
    assert root.find(f"{SVG}title").text
    assert "bewijs 3 van 5" in root.find(f"{SVG}desc").text
    assert [len(parts(drawn, name)) for name in ("zero", "start", "lag", "line", "grey")] == [1, 1, 1, 1, 1]


def test_the_grade_fills_as_many_steps_as_its_level(drawn):
    assert len(parts(drawn, "step")) == 5
    assert len(parts(drawn, "full")) == 3


def test_without_a_grade_there_is_no_badge(dutch, indicator, imagined_study):
    assert not parts(effect_picture(dutch, indicator, imagined_study.found(), identity="e"), "step")


def test_the_reference_year_is_hollow_and_cuts_the_band(drawn):
    assert len(parts(drawn, "band")) == 2
    assert len(parts(drawn, "hollow")) == 1


def test_the_favourable_side_is_up(dutch, indicator, imagined_study):
    good = effect_picture(dutch, indicator, imagined_study.found(), identity="e")
    line = heights(parts(good, "line")[0].get("d"))
    assert line[-1] < line[0]
    assert good.above.endswith("lager, gunstig")
    other = replace(indicator, direction=Direction.HIGHER_IS_BETTER)
    bad = effect_picture(dutch, other, imagined_study.found(), identity="e")
    line = heights(parts(bad, "line")[0].get("d"))
    assert line[-1] > line[0]
    assert bad.below.endswith("lager, ongunstig")


def test_the_table_has_every_year_with_its_margin_beside_where_nothing_was_done(dutch, indicator, imagined_study):
    found = imagined_study.found()
    table = event_table(dutch, indicator, found)
    assert len(table.rows) == len(found.path)
    assert table.rows[0][0] == ("5 jaar ervoor",)
    assert table.rows[-1][1] == ("3,0 procentpunt lager",)
    assert all(cell for row in table.rows for cell in row[2])
    assert all(row[3] != ("–",) for row in table.rows)


def test_grey_lines_of_groups_drawn_from_all_are_never_called_areas_where_nothing_was_done(
    dutch, indicator, imagined_study
):
    several, alone = (imagined_study.found(treated=number) for number in (3, 1))
    assert event_table(dutch, indicator, several).headers[-1] == "Willekeurige groepen"
    assert event_table(dutch, indicator, alone).headers[-1] == "Waar niets gedaan is"
    said, beside = (effect_picture(dutch, indicator, one, identity="e").notes[-1] for one in (several, alone))
    assert "willekeurige groep van 3 wijken" in said and "effect er eerst uit gehaald" in said
    assert "waar niets gedaan is" in beside and "effect" not in beside


def test_of_many_placebos_an_even_part_is_drawn(imagined_study):
    assert len(lines_drawn(imagined_study.placebo_paths(60))) == 60
    assert 40 <= len(lines_drawn(imagined_study.placebo_paths(999))) <= 80


def test_fewer_than_two_years_are_no_picture(dutch, indicator, imagined_study):
    one = imagined_study.found(path=imagined_study.path()[:1])
    assert effect_picture(dutch, indicator, one, identity="e") is None


effects = some.floats(-0.9, 0.9)


@given(
    some.lists(some.tuples(effects, some.floats(0, 0.5), some.booleans(), some.booleans()), min_size=2, max_size=14),
    some.integers(-6, 0),
    some.lists(some.floats(-5, 5), max_size=5),
)
def test_whatever_was_found_the_line_and_the_band_stay_in_the_picture(
    dutch, indicator, imagined_study, steps, first, placebos
):
    path = tuple(
        EventPoint(
            time=first + place,
            effect=effect,
            low=None if no_low else effect - margin,
            high=None if no_high else effect + margin,
        )
        for place, (effect, margin, no_low, no_high) in enumerate(steps)
    )
    times = tuple(point.time for point in path)
    grey = tuple(PlaceboPath(name="", times=times, effects=(level,) * len(times)) for level in placebos)
    found = imagined_study.found(path=path, placebo_paths=grey)
    drawn = effect_picture(dutch, indicator, found, identity="e", lag=1)
    for name in ("line", "band"):
        for part in parts(drawn, name):
            assert all(43 <= height <= 215 for height in heights(part.get("d")))
    assert "nan" not in str(drawn.picture)


def test_a_love_plot_says_how_many_characteristics_are_near(dutch, imagined_study):
    drawn = loveplot.love_plot(dutch, imagined_study.found().balance, identity="l")
    assert "Van de 2 kenmerken liggen er 1 binnen 0,1" in str(drawn.picture)
    assert len(parts(drawn, "hollow")) == 2
    assert loveplot.love_plot(dutch, (), identity="l") is None


def test_only_many_alternatives_are_a_curve_and_the_chosen_one_is_a_square(dutch, indicator, imagined_study):
    found = imagined_study.found()
    few, many = imagined_study.alternatives(4), imagined_study.alternatives(14)
    assert spec_curve.curve(dutch, indicator, found, few, identity="c") is None
    drawn = spec_curve.curve(dutch, indicator, found, many, identity="c")
    root = ElementTree.fromstring(str(drawn.picture))
    assert len([one for one in root.iter(f"{SVG}rect") if one.get("class") == "chosen"]) == 1
    assert len(list(root.iter(f"{SVG}circle"))) == 13


@pytest.mark.parametrize(("level", "is_inside"), [(-0.06, True), (0.06, True), (0.4, False), (-0.4, False)])
def test_grey_lines_have_room_but_never_flatten_the_line_itself(dutch, indicator, imagined_study, level, is_inside):
    path = imagined_study.path()
    times = tuple(point.time for point in path)
    grey = (PlaceboPath(name="", times=times, effects=(level,) * len(times)),)
    drawn = effect_picture(dutch, indicator, imagined_study.found(placebo_paths=grey), identity="e")
    [line], [own] = parts(drawn, "grey"), parts(drawn, "line")
    assert all(44 <= height <= 214 for height in heights(line.get("d"))) == is_inside
    spread = heights(own.get("d"))
    assert max(spread) - min(spread) > 40
