"""An independent judge: no hidden figure is a sum or difference of published ones.

Every area is written as the buurten that live in it; what is published then spans a space of such sums, and a
hidden area must lie outside it. Exact fractions, and nothing of the code that decides what to hide.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from small_country import areas, composition, figures, indicator, policy, population
from wijkpeil.analysis import figures_of
from wijkpeil.disclosure import release
from wijkpeil.domain.frames import LookAlikesFound
from wijkpeil.domain.indicator import Kind

MINIMUM = 50


@dataclass(frozen=True)
class Country:
    """Buurten with their people, which areas are given by their publisher, and what is composed of what."""

    people: dict[str, int]
    given: tuple[str, ...]
    parts: dict[str, tuple[str, ...]]
    has_base: bool
    kind: Kind


def lives_in(area: str, country: Country) -> dict[str, int]:
    """Write an area as buurten: +1 for each that lives in it."""
    if area in country.parts:
        total: dict[str, int] = {}
        for part in country.parts[area]:
            sign = -1 if part.startswith("-") else 1
            for buurt, times in lives_in(part.removeprefix("-"), country).items():
                total[buurt] = total.get(buurt, 0) + sign * times
        return total
    return {buurt: 1 for buurt in country.people if area in {"NL00", "GM" + buurt[2:6], "WK" + buurt[2:8], buurt}}


def spans(rows: Sequence[Sequence[int]], wanted: Sequence[int]) -> bool:
    """Tell whether ``wanted`` is a sum of multiples of ``rows``, by elimination in fractions."""

    def rank(matrix: list[list[Fraction]]) -> int:
        matrix, found = [row[:] for row in matrix], 0
        for column in range(len(wanted)):
            pivot = next((row for row in range(found, len(matrix)) if matrix[row][column]), None)
            if pivot is None:
                continue
            matrix[found], matrix[pivot] = matrix[pivot], matrix[found]
            for row in range(found + 1, len(matrix)):
                times = matrix[row][column] / matrix[found][column]
                matrix[row] = [one - times * other for one, other in zip(matrix[row], matrix[found], strict=True)]
            found += 1
        return found

    exact = [[Fraction(number) for number in row] for row in rows]
    return rank(exact) == rank([*exact, [Fraction(number) for number in wanted]])


@st.composite
def countries(draw) -> Country:
    people = {}
    for gemeente in range(1, draw(st.integers(1, 2)) + 1):
        for wijk in range(1, draw(st.integers(1, 3)) + 1):
            for buurt in range(1, draw(st.integers(1, 4)) + 1):
                people[f"BU000{gemeente}0{wijk}0{buurt}"] = draw(st.sampled_from([10, 30, 60, 100, 200, 400]))
    buurten = sorted(people)
    wijken = sorted({"WK" + code[2:8] for code in buurten})
    gemeenten = sorted({"GM" + code[2:6] for code in buurten})
    parts: dict[str, tuple[str, ...]] = {}
    for name in draw(st.sampled_from([(), ("a",), ("a", "b"), ("a", "b", "c")])):
        gemeente = draw(st.sampled_from(gemeenten))
        inside = [code for code in (*wijken, *buurten) if code[2:6] == gemeente[2:]]
        chosen = draw(st.lists(st.sampled_from(inside), min_size=1, max_size=3, unique=True))
        parts[f"prog.{name}"] = tuple(code for code in chosen if "WK" + code[2:8] not in chosen or code[:2] == "WK")
    programme = sorted({part for some in parts.values() for part in some})
    programme = [code for code in programme if code[:2] == "WK" or "WK" + code[2:8] not in programme]
    if programme:
        parts["prog.alle"] = tuple(programme)
        parts["NL00-buiten-prog"] = ("NL00", *(f"-{code}" for code in programme))
        for gemeente in gemeenten:
            here = [f"-{code}" for code in programme if code[2:6] == gemeente[2:]]
            if here:
                parts[f"{gemeente}-buiten-prog"] = (gemeente, *here)
    optional = draw(st.lists(st.sampled_from([*wijken, *gemeenten, "NL00"]), unique=True))
    return Country(
        people=people,
        given=(*buurten, *sorted(optional)),
        parts=parts,
        has_base=draw(st.booleans()),
        kind=draw(st.sampled_from([Kind.PROPORTION, Kind.MEAN])),
    )


def published(country: Country) -> list[dict]:
    rows, register = [], {"NL00": sum(country.people.values())}
    for buurt in country.people:
        for area in ("GM" + buurt[2:6], "WK" + buurt[2:8], buurt):
            register[area] = sum(country.people[one] for one in lives_in(area, country))
    for area in country.given:
        inside = lives_in(area, country)
        amount = sum(country.people[buurt] * (1 + place % 7) / 10 for place, buurt in enumerate(sorted(inside)))
        rows.append(
            {"area": area, "value": amount / register[area], "base": register[area] if country.has_base else None}
        )
    composed = {code: None if code in {"prog.alle", "NL00-buiten-prog"} else "GM0001" for code in country.parts}
    for code, some in country.parts.items():
        if composed[code]:
            composed[code] = "GM" + some[0][2:6]
    frames = {"areas": areas(register, composed), "composition": composition(country.parts)}
    rules = policy(indicator(kind=country.kind), minimum={country.kind.value: MINIMUM})
    unreleased = figures_of(figures(rows), population=population(), policy=rules, **frames)
    return release(
        unreleased, look_alikes=LookAlikesFound.create_empty(), policy=rules, audience="openbaar", **frames
    ).to_dicts()


@settings(max_examples=100, deadline=None)
@given(countries())
def test_no_hidden_figure_follows_from_the_published_ones(country):
    rows = published(country)
    buurten = sorted(country.people)

    def sums(area: str) -> list[int]:
        inside = lives_in(area, country)
        return [inside.get(buurt, 0) for buurt in buurten]

    known = [sums(row["area"]) for row in rows if row["value"] is not None]
    for row in rows:
        if row["rest_value"] is not None:
            gemeente = "GM" + next(iter(lives_in(row["area"], country)))[2:6]
            known.append([one - other for one, other in zip(sums(gemeente), sums(row["area"]), strict=True)])
    hidden = [row for row in rows if row["status"] in {"too_few", "protects_another"}]
    for row in hidden:
        assert not spans(known, sums(row["area"])), f"{row['area']} follows from {known}"
    for row in rows:
        people = sum(country.people[buurt] * times for buurt, times in lives_in(row["area"], country).items())
        if row["value"] is not None:
            assert people >= MINIMUM


@settings(max_examples=30, deadline=None)
@given(countries())
def test_nothing_is_hidden_where_everybody_is_many(country):
    many = Country(
        people={code: number + MINIMUM for code, number in country.people.items()},
        given=country.given,
        parts={},
        has_base=country.has_base,
        kind=country.kind,
    )
    assert pl.DataFrame(published(many))["status"].is_in(["too_few", "protects_another"]).sum() == 0
