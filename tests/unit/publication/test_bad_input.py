"""Bad input gives an answer with its reason: never a warning of a library, never NaN, never a claim."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

import troubled_country as troubled
from troubled_country import ANDERS, EENLING, HAVEN
from wijkpeil.cli import main
from wijkpeil.domain.status import Status
from wijkpeil.domain.verdict import Verdict
from wijkpeil.portrayal import reasons
from wijkpeil.portrayal.language import language
from wijkpeil.portrayal.reading import FIRST_TWO
from wijkpeil.portrayal.verdicts import judgements, sentences
from wijkpeil.portrayal.words import Speaker
from wijkpeil.publication import Edition

pytestmark = pytest.mark.filterwarnings("error")

NO_NUMBER = re.compile(r"\b(NaN|nan|inf|Infinity|None|null|NaT)\b")


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    folder = tmp_path_factory.mktemp("pech")
    troubled.write(folder)
    return troubled.build_of(folder, folder / "edities")


@pytest.fixture
def run(edition: Edition, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Run a command on this edition and give all that it wrote."""
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.delenv("WIJKPEIL_TAAL", raising=False)

    def run_with(*typed: str) -> str:
        code = main.main([*typed, "--shelf", str(edition.folder.parent)])
        written = capsys.readouterr()
        assert code == 0, written.err
        return written.out

    return run_with


def verdict(edition: Edition, area: str, indicator: str, comparator: str = "rest_of_city") -> tuple[str, str | None]:
    one = edition.verdicts(area=area, indicator=indicator, comparator=comparator).row(0, named=True)
    return one["verdict"], one["reason"]


@pytest.mark.parametrize(
    ("indicator", "area", "comparator", "expected"),
    [
        ("basis_nul", HAVEN, "rest_of_city", ("not_judged", "hidden")),
        ("een_jaar", HAVEN, "rest_of_city", ("not_judged", "one_period")),
        ("constant", HAVEN, "rest_of_city", ("cannot_tell", None)),
        ("niemand", HAVEN, "rest_of_city", ("cannot_tell", None)),
        ("iedereen", HAVEN, "rest_of_city", ("cannot_tell", None)),
        ("niemand_naar_verhouding", HAVEN, "rest_of_city", ("not_judged", "no_ratio")),
        ("breuk", HAVEN, "rest_of_city", ("not_judged", "broken")),
        ("verborgen", HAVEN, "rest_of_city", ("not_judged", "hidden")),
        ("bij_de_bron_geheim", HAVEN, "rest_of_city", ("not_judged", "no_figures")),
        ("zonder_grondslag", HAVEN, "rest_of_city", ("not_judged", "no_error_known")),
        ("score", HAVEN, "rest_of_city", ("not_judged", "no_error_known")),
        ("gewoon", EENLING, "rest_of_city", ("not_judged", "no_comparator")),
        ("gewoon", ANDERS, "look_alikes", ("not_judged", "no_comparator")),
    ],
)
def test_bad_input_gives_no_verdict_but_its_reason(
    edition: Edition, indicator: str, area: str, comparator: str, expected: tuple[str, str | None]
) -> None:
    assert verdict(edition, area, indicator, comparator) == expected


def test_a_figure_with_nothing_wrong_is_judged_among_all_that_is(edition: Edition) -> None:
    assert verdict(edition, HAVEN, "gewoon") == ("catching_up", None)


def test_nothing_but_the_sound_figure_gives_a_claim(edition: Edition) -> None:
    """But for the neighbourhood of 90,000 people, of whom so many are asked that no change is surely no change."""
    found = edition.verdicts().filter(pl.col("indicator") != "gewoon", pl.col("area") != ANDERS)
    assert {Verdict(one) for one in found["verdict"].unique()} == {Verdict.CANNOT_TELL, Verdict.NOT_JUDGED}


@pytest.mark.parametrize(
    ("area", "indicator"),
    [*((HAVEN, name) for name in troubled.INDICATORS), *((area, "gewoon") for area in (EENLING, ANDERS))],
)
def test_a_screen_says_the_verdict_or_why_there_is_none(
    run: Callable[..., str], edition: Edition, area: str, indicator: str
) -> None:
    out = run("show", area, "--indicator", indicator)
    assert not NO_NUMBER.search(out), out
    said = " ".join(out.split())
    figure = edition.figures(area=area, indicator=indicator).sort("period").row(-1, named=True)
    speaker = Speaker(language=language("nl"), policy=edition.policy)
    judged = judgements(edition.verdicts(area=area, indicator=indicator))[indicator]
    for comparator in FIRST_TWO if figure["value"] is not None else ():
        first = sentences(speaker.language, judged[comparator], speaker.comparator(comparator))[0]
        assert first in said
    if figure["value"] is None:
        assert reasons.sentence(speaker.language, Status(figure["status"])) in said


@pytest.mark.parametrize(
    ("area", "tongue"),
    [(HAVEN, "nl"), (HAVEN, "en"), (EENLING, "nl"), (ANDERS, "nl"), (troubled.OUTSIDE, "nl"), ("GM9002", "en")],
)
def test_a_page_and_a_screen_hold_no_number_that_is_none(
    run: Callable[..., str], tmp_path: Path, area: str, tongue: str
) -> None:
    run("profile", area, "--out", str(tmp_path / "profiel.html"), "--lang", tongue)
    page = (tmp_path / "profiel.html").read_text(encoding="utf-8")
    assert not NO_NUMBER.search(run("show", area, "--lang", tongue))
    drawn = re.sub(r"<style.*?</style>", "", page, flags=re.DOTALL)
    assert not NO_NUMBER.search(drawn)


@pytest.mark.parametrize("area", [HAVEN, EENLING])
def test_what_a_program_reads_holds_no_number_that_is_none(run: Callable[..., str], area: str) -> None:
    def refuse(word: str) -> float:
        raise AssertionError(word)

    json.loads(run("show", area, "--json"), parse_constant=refuse)
    assert not NO_NUMBER.search(run("show", area, "--csv"))


def test_no_file_of_the_edition_holds_a_number_that_is_none(edition: Edition) -> None:
    for path in sorted(edition.folder.rglob("*.parquet")):
        frame = pl.read_parquet(path)
        for name, kind in frame.schema.items():
            if kind in (pl.Float32, pl.Float64):
                assert frame[name].is_finite().all(), f"{path.name}: {name}"


def test_an_area_outside_the_programme_is_judged_with_its_own_changes_as_the_family(edition: Edition) -> None:
    own = edition.verdicts(area=troubled.OUTSIDE)
    assert set(own["area"]) == {troubled.OUTSIDE}
    assert own.height == edition.changes(area=troubled.OUTSIDE).height
    one = own.filter(indicator="gewoon", comparator="look_alikes").row(0, named=True)
    assert one["verdict"] == "cannot_tell"
    assert one["q"] == 1.0
    assert edition.verdicts(area=troubled.OUTSIDE, indicator="gewoon").equals(own.filter(indicator="gewoon"))
