"""The whole house at once: the planted country is built and read, and its verdicts are set beside its truths."""

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from wijkpeil.analysis.tree import Floats
from wijkpeil.calibration.lines import Claim, Limits, Line, Part
from wijkpeil.domain.comparator import Comparator
from wijkpeil.domain.verdict import Verdict
from wijkpeil.publication.build import build
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.shelf import Shelf
from wijkpeil.sources import example
from wijkpeil.sources.example import Country, Size

SIZE = Size(cities=10, neighbourhoods=40, others=260, first_year=2005, last_year=2016, indicators=60)
"""Forty neighbourhoods with look-alikes and every kind of indicator, small enough to be built often."""

FALSE_AT_MOST = Limits(high=0.05)
_PEOPLE = {"inhabitants": "inwoners", "households": "huishoudens", "dwellings": "woningen"}
_DAY = date(2026, 1, 1)


def house(builds: int, rng: np.random.Generator) -> list[Line]:
    """Build countries and count the verdicts beside the rest of the city that do not agree with the truth.

    The truth of a share is the chance that was planted, not what was counted; that of an area of two places and of
    the rest of a city is weighed with the people of that year. The effects of the programme, the passing states,
    the trends and the redrawn borders are all in it. The error is that of drawing so many verdicts one by one.
    """
    found = [_judged(int(rng.integers(2**31))) for _ in range(builds)]
    claims, false = (np.array([one[place] for one in found], dtype=np.float64) for place in (0, 1))
    error = np.sqrt(FALSE_AT_MOST.high * (1 - FALSE_AT_MOST.high) / np.maximum(claims, 1))
    return [
        _line(Claim.VERDICTS, float(claims.mean()), 0.0, Limits(), builds),
        _line(
            Claim.FALSE,
            float(np.mean(false / np.maximum(claims, 1))),
            float(np.sqrt((error**2).sum()) / builds),
            FALSE_AT_MOST,
            builds,
        ),
    ]


def _line(claim: Claim, measured: float, error: float, limits: Limits, builds: int) -> Line:
    return Line(
        part=Part.HOUSE, claim=claim, of="country", measured=measured, error=error, limits=limits, worlds=builds
    )


def _judged(seed: int) -> tuple[int, int]:
    with tempfile.TemporaryDirectory(prefix="wijkpeil-") as folder:
        place = Path(folder)
        country = example.write(place / "land", example.draw(SIZE, seed=seed))
        edition = build(
            policy_folder=place / "land" / "beleid",
            data_folder=place / "land" / "data",
            shelf=Shelf(place / "plank"),
            made_on=_DAY,
            id_="ijking",
            accept_complaints=True,
        )
        return _counted(country, edition)


def _counted(country: Country, edition: Edition) -> tuple[int, int]:
    """Count the claims, and those that are false."""
    said = edition.verdicts(comparator=Comparator.REST_OF_CITY.value).filter(
        pl.col("verdict").is_in([one.value for one in Verdict if one.is_claim])
    )
    true = np.array([_true_change(country, edition, row) for row in said.iter_rows(named=True)])
    verdict, bound = said["verdict"].cast(pl.String).to_numpy(), said["materiality"].to_numpy()
    false = np.select(
        [verdict == Verdict.CATCHING_UP.value, verdict == Verdict.FALLING_BEHIND.value],
        [true <= bound, true >= -bound],
        np.abs(true) >= bound,
    )
    return said.height, int(false.sum())


def _true_change(country: Country, edition: Edition, row: dict[str, object]) -> float:
    """Give the true change that a verdict is about, on the scale that decides.

    That is the change of the gap; where the programme was chosen on the indicator and the verdict rests on what is
    left after the return of the selected, it is the part of the change that was planted.
    """
    whole = _change(country, edition, row, lambda id_: country.true[id_])
    if row.get("excess") is None:
        return whole
    return whole - _change(country, edition, row, lambda id_: country.true[id_] - country.planted[id_])


def _change(country: Country, edition: Edition, row: dict[str, object], figures: Callable[[str], Floats]) -> float:
    programme = edition.policy.programme[edition.manifest.default_programme]
    number = [programme.code_of(one) for one in programme.neighbourhoods].index(str(row["area"]))
    spec = next(one for one in country.specs if one.id == row["indicator"])
    gaps = []
    for year in (row["latest"], row["baseline"]):
        at = country.size.years.index(int(str(year)))
        people = country.reported[_PEOPLE[spec.people]][:, at]
        area, rest = _two_sides(country, figures(spec.id)[:, at], people, country.programme[number])
        gaps.append(np.log(area / rest) if row["scale"] == "relative" else area - rest)
    sign = edition.policy.indicator[spec.id].direction.sign
    return float(sign * (gaps[0] - gaps[1]))


def _two_sides(country: Country, true: Floats, people: Floats, parts: tuple[int, ...]) -> tuple[float, float]:
    """Weigh the places of an area, and those of the rest of its city, by their people."""
    city = country.places["city"].to_numpy()
    own = np.isin(np.arange(len(city)), parts)
    rest = (city == city[parts[0]]) & ~own
    return float(np.average(true[own], weights=people[own])), float(np.average(true[rest], weights=people[rest]))
