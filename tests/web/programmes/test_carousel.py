"""The carousel warns of what comes back under a new name, and of what stands still; it never warns of a name."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wijkpeil.web.programmes.carousel import ALIKE, WITHIN, Known, likeness, months_after, repeats, unmoved

AIM = "Jongeren zonder diploma naar werk begeleiden"


def known(key="a", **values) -> Known:
    return Known(
        **{"key": key, "name": f"Project {key}", "aim": AIM, "area": "p.w", "started": date(2020, 1, 1)} | values
    )


ENDED = known(ended=date(2021, 12, 31))


def pairs(*measures):
    return [(one.before.key, one.after.key) for one in repeats(measures)]


@pytest.mark.parametrize(
    ("started", "is_found"),
    [
        (date(2021, 6, 1), True),
        (date(2022, 1, 1), True),
        (date(2023, 12, 31), True),
        (date(2024, 1, 1), False),
        (date(2019, 1, 1), False),
    ],
)
def test_what_begins_within_24_months_of_the_end_of_the_same_comes_back(started, is_found):
    again = known("b", started=started, aim="Begeleiden van jongeren zonder diploma naar een baan of werk")
    assert pairs(ENDED, again) == ([("a", "b")] if is_found else [])


@pytest.mark.parametrize(
    "values",
    [
        {"area": "p.elders"},
        {"aim": "Woningen isoleren en gevels schilderen"},
        {"name": "  PROJECT A! "},
        {"aim": ""},
    ],
)
def test_another_place_another_aim_or_the_same_name_is_no_carousel(values):
    assert pairs(ENDED, known("b", started=date(2022, 3, 1), **values)) == []


def test_what_was_evaluated_or_still_runs_does_not_come_back():
    again = known("b", started=date(2022, 3, 1))
    assert pairs(known(ended=date(2021, 12, 31), evaluated=True), again) == []
    assert pairs(known(), again) == []


WORDS = ["", "jongeren werk", "Jongere taal werk", "wonen gevels", "taal", "gevels op wonen werk"]
DAY = st.integers(0, 2_500).map(lambda days: date(2018, 1, 1) + timedelta(days=days))
DRAWN = st.tuples(
    st.sampled_from(["Project", "project!", "Nieuw"]), st.sampled_from(WORDS), st.sampled_from(["GM1", "GM2"]),
    st.sampled_from(["p.w", ""]), DAY, st.none() | DAY, st.booleans(),
)  # fmt: skip


def every_pair(measures):
    """Say in the plainest way what comes back: look at every two measures."""
    return {
        (before.key, after.key, likeness(before.aim, after.aim))
        for before in measures
        for after in measures
        if before.ended is not None
        and not before.evaluated
        and (before.city, before.area) == (after.city, after.area)
        and before.started < after.started <= months_after(before.ended, WITHIN)
        and before.name.strip("!").casefold() != after.name.strip("!").casefold()
        and likeness(before.aim, after.aim) >= ALIKE
    }


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(DRAWN, max_size=10))
def test_what_is_looked_up_by_place_and_day_is_what_looking_at_every_pair_finds(drawn):
    names = ("name", "aim", "city", "area", "started", "ended", "evaluated")
    measures = [Known(key=str(key), **dict(zip(names, one, strict=True))) for key, one in enumerate(drawn)]
    found = repeats(measures)
    told = [(one.before.key, one.after.key, one.alike) for one in found]
    assert len(set(told)) == len(told)
    assert set(told) == every_pair(measures)
    assert [one.after.started for one in found] == sorted(one.after.started for one in found)


@given(st.text(max_size=80), st.text(max_size=80))
def test_likeness_is_a_share_and_the_same_both_ways(one, other):
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 60))
def test_so_many_months_later_is_in_that_month_and_never_later_in_it(day, months):
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


def verdict(indicator, said, latest="2024", area="p.w"):
    return {"area": area, "indicator": indicator, "verdict": said, "latest": latest}


MEASURE = known(indicators=("werkt", "diploma"), lag=3)


def test_a_measure_past_its_lag_of_which_nothing_moves_is_told():
    [found] = unmoved([MEASURE], [verdict("werkt", "steady"), verdict("diploma", "falling_behind")])
    assert found.verdicts == (("werkt", "steady"), ("diploma", "falling_behind"))


@pytest.mark.parametrize(
    "verdicts",
    [
        [verdict("werkt", "steady"), verdict("diploma", "catching_up")],
        [verdict("werkt", "cannot_tell"), verdict("diploma", "not_judged")],
        [verdict("werkt", "steady", latest="2022")],
        [verdict("werkt", "steady", area="p.elders")],
        [verdict("inkomen", "steady")],
        [],
    ],
)
def test_what_moves_what_nobody_can_tell_and_what_is_too_soon_are_not_told(verdicts):
    assert unmoved([MEASURE], verdicts) == []
