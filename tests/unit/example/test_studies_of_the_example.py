"""In the invented country what a measure did is known: its study finds that, and a biased choice gets no statement."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from wijkpeil import catalogue
from wijkpeil.domain.evidence import CheckKind, CheckStatus, Conclusion, Found, StudyResult
from wijkpeil.domain.grading import ThreatKind, ThreatStatus
from wijkpeil.publication import Edition, Shelf
from wijkpeil.publication.studying import run_study
from wijkpeil.sources import example
from wijkpeil.sources.example.policy import PROGRAMME, neighbourhood_id
from wijkpeil.sources.example.studies import MEASURE, studies_of

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def country() -> example.Country:
    return example.draw()


@pytest.fixture(scope="module")
def edition(example_shelf: Path) -> Edition:
    return Shelf(example_shelf).open("voorbeeld")


@pytest.fixture(scope="module")
def results(
    country: example.Country, edition: Edition, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, StudyResult]:
    folder = tmp_path_factory.mktemp("studies")
    for name, text in studies_of(country).items():
        (folder / name).write_text(text, encoding="utf-8")
    studies, complaints = catalogue.read_studies(folder, policy=edition.policy)
    assert complaints == ()
    return {study.id: run_study(study, edition, computed_on=date(2026, 11, 24)) for study in studies}


def truth_of(country: example.Country, result: StudyResult, indicator: str, found: Found) -> float:
    """Give what was planted in the treated areas of a study less that in those compared, after the lag.

    A neighbourhood of two places has the mean of both, weighed by their people.
    """
    study, years = result.study, np.array(country.size.years)
    treated = {one.area for one in study.treated}
    after = (years >= min(one.start for one in study.treated) + study.lag) & (years <= study.last)
    people = country.reported["inwoners"]
    planted = {
        f"{PROGRAMME}.{neighbourhood_id(country, number)}": np.average(
            country.planted[indicator][list(parts)], axis=0, weights=people[list(parts)]
        )[after].mean()
        for number, parts in enumerate(country.programme)
    }
    inside = [value for area, value in planted.items() if area in treated]
    outside = [value for area, value in planted.items() if area not in treated]
    assert (len(inside), len(outside)) == (20, 20)
    assert found.treated <= len(inside)
    return float(np.mean(inside) - np.mean(outside))


def test_what_the_measure_did_is_found(country: example.Country, results: dict[str, StudyResult]) -> None:
    burglaries = results[MEASURE].outcomes[0]
    assert burglaries.conclusion is Conclusion.HELPED
    assert burglaries.found is not None
    truth = truth_of(country, results[MEASURE], "inbraken", burglaries.found)
    low, high = burglaries.found.inference.low, burglaries.found.inference.high
    assert low is not None
    assert high is not None
    assert low < truth < high < 0
    assert burglaries.found.effect == pytest.approx(truth, rel=0.35)


def test_what_the_measure_did_not_do_is_not_found(country: example.Country, results: dict[str, StudyResult]) -> None:
    violence = results[MEASURE].outcomes[1]
    assert violence.found is not None
    assert truth_of(country, results[MEASURE], "geweld", violence.found) == 0
    low, high = violence.found.inference.low, violence.found.inference.high
    assert low is not None
    assert high is not None
    assert low < 0 < high
    assert violence.conclusion is Conclusion.CANNOT_TELL


def test_of_areas_that_were_chosen_for_being_worst_nothing_is_said_and_it_says_why(
    results: dict[str, StudyResult],
) -> None:
    (assistance,) = results["wijkaanpak-bijstand"].outcomes
    assert assistance.found is not None
    assert assistance.found.inference.p < 0.05
    assert assistance.conclusion is Conclusion.NO_STATEMENT
    assert assistance.grade is not None
    assert assistance.grade.level == 1
    trend = assistance.found.check(CheckKind.PRE_TREND)
    assert trend is not None
    assert trend.status is CheckStatus.FAILS
    selection = next(one for one in assistance.threats if one.kind is ThreatKind.SELECTION)
    assert selection.status is ThreatStatus.PRESENT


def test_the_example_treats_those_that_were_helped(country: example.Country, results: dict[str, StudyResult]) -> None:
    helped = {f"{PROGRAMME}.{neighbourhood_id(country, number)}" for number in country.helped}
    assert {one.area for one in results[MEASURE].study.treated} == helped
    assert {one.fictional for one in results.values()} == {True}
