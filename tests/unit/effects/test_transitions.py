"""Areas are counted from class to class; no class is subtracted from another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkpeil.effects.transitions import transitions

SCALE = ("very weak", "weak", "fair", "good")
CLASSES = st.lists(st.tuples(*[st.one_of(st.none(), st.sampled_from(SCALE))] * 2, st.sampled_from(("ours", "others"))))


@given(areas=CLASSES)
def test_every_area_with_a_class_in_both_years_is_counted_once_in_its_group(areas):
    before, after, groups = ([area[place] for area in areas] for place in range(3))
    found = transitions(before, after, groups, classes=SCALE, first=2002, last=2016)
    for group in ("ours", "others"):
        counted = sum(one.areas for one in found if one.group == group)
        assert counted == sum(area[2] == group and None not in area[:2] for area in areas)


@given(areas=CLASSES)
def test_other_names_on_the_same_scale_change_no_count(areas):
    before, after, groups = ([area[place] for area in areas] for place in range(3))
    named = {**{name: name.upper() for name in SCALE}, None: None}
    one = transitions(before, after, groups, classes=SCALE, first=2002, last=2016)
    other = transitions(
        [named[name] for name in before],
        [named[name] for name in after],
        groups,
        classes=[named[name] for name in SCALE],
        first=2002,
        last=2016,
    )
    assert [each.areas for each in one] == [each.areas for each in other]


def test_they_are_told_by_group_and_along_the_scale():
    found = transitions(
        ["weak", "very weak", "weak", "good"],
        ["weak", "fair", "weak", "good"],
        ["ours", "ours", "ours", "others"],
        classes=SCALE,
        first=2002,
        last=2016,
    )
    told = [(one.group, one.before, one.after, one.areas) for one in found]
    assert told == [("ours", "very weak", "fair", 1), ("ours", "weak", "weak", 2), ("others", "good", "good", 1)]
    assert {(one.first, one.last) for one in found} == {(2002, 2016)}


def test_a_class_that_is_not_on_the_scale_is_no_class():
    with pytest.raises(ValueError, match="not on the scale: dreadful"):
        transitions(["dreadful"], ["good"], ["ours"], classes=SCALE, first=2002, last=2016)
