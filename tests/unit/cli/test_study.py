"""``wijkpeil study``: from a file to a registration, a result beside it, a page and a place on the site."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from wijkpeil import catalogue
from wijkpeil.catalogue.starter import STARTER
from wijkpeil.domain.evidence import Power
from wijkpeil.domain.study import StudyKind
from wijkpeil.publication.shelf import Shelf
from wijkpeil.publication.study_records import from_json, to_json

TEXT = """
kind = "evaluation"
title = "Hielp het?"
title_en = "Did it help?"
question = "Hielp het?"
question_en = "Did it help?"
done = "Iets."
done_en = "Something."
mechanism = "Zo."
mechanism_en = "Like this."
designs = ["differences"]

[[treated]]
area = "AREA"
start = 2012

[[outcome]]
indicator = "INDICATOR"
expected = "up"
smallest = 0.02

[comparison]
level = "wijk"
"""


def beside(name: str) -> ModuleType:
    path = Path(__file__).parents[1] / "portrayal" / f"{name}.py"
    spec = spec_from_file_location(f"{name}_for_the_command", path)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


IMAGINED = beside("imagined_study")


@pytest.fixture
def shelf(example_shelf: Path, tmp_path: Path) -> Shelf:
    """A shelf of one's own with the embedded example on it."""
    (tmp_path / "plank").mkdir()
    (tmp_path / "plank" / "voorbeeld").symlink_to(example_shelf / "voorbeeld")
    return Shelf(tmp_path / "plank")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A study that the starter's policy knows all of."""
    path = tmp_path / "hielp-het.toml"
    path.write_text(TEXT.replace("AREA", "WK900101").replace("INDICATOR", "tevreden_met_buurt"), encoding="utf-8")
    return path


@pytest.fixture
def own(file: Path, shelf: Shelf) -> Path:
    """The same study, of an area and an indicator of the example."""
    edition = shelf.open("voorbeeld")
    programme = next(iter(edition.policy.programme.values()))
    area = programme.code_of(programme.neighbourhoods[0])
    file.write_text(TEXT.replace("AREA", area).replace("INDICATOR", "onveilig_gevoel"), encoding="utf-8")
    return file


@pytest.fixture
def laboratory(monkeypatch: pytest.MonkeyPatch) -> None:
    """A laboratory that finds what is imagined, at once."""

    def run_study(study: Any, edition: Any, *, computed_on: date) -> Any:
        found = IMAGINED.on_the_example(IMAGINED.result(IMAGINED.study(), IMAGINED.outcome()))
        return replace(found, study=study, study_hash=study.hash, edition=edition.id, computed_on=computed_on)

    def power_of(study: Any, edition: Any) -> dict[str, Power]:
        return {"onveilig_gevoel": Power(smallest_visible=0.034, worth_having=0.02, chance_to_see=0.4)}

    monkeypatch.setattr("wijkpeil.publication.studying.run_study", run_study)
    monkeypatch.setattr("wijkpeil.cli.study_register.power_of", power_of)


def stamped(path: Path) -> dict[str, Any]:
    return catalogue.content_of(path.read_bytes())["registration"]


# check


def test_a_file_in_order_says_whether_it_was_put_down(run, file: Path):
    ran = run("study", "check", str(file), "--policy", str(STARTER))
    assert (ran.code, ran.out.strip()) == (0, f"{file} is in orde: nog niet vastgelegd.")
    run("study", "register", str(file), "--by", "Ada", "--policy", str(STARTER))
    assert "vastgelegd op" in run("study", "check", str(file), "--policy", str(STARTER)).out
    file.write_text(file.read_text().replace("0.02", "0.03"))
    assert "en daarna veranderd" in run("study", "check", str(file), "--policy", str(STARTER)).out


def test_every_fault_of_every_file_is_told_to_people_and_programs(run, file: Path, tmp_path: Path):
    file.write_text(file.read_text().replace('"differences"', '"diferences"'))
    words = ("study", "check", str(file), str(tmp_path / "weg.toml"), "--policy", str(STARTER))
    for form in ((), ("--json",), ("--csv",)):
        ran = run(*words, *form)
        assert ran.code == 1
        assert "Bedoelde je differences?" in ran.out
        assert "Dit bestand bestaat niet." in ran.out
    assert (
        len(json.loads(run(*words, "--json").out))
        == len(list(csv.DictReader(io.StringIO(run(*words, "--csv").out))))
        == 2
    )


def test_a_file_is_held_against_the_edition_at_hand(run, own: Path, file: Path, shelf: Shelf):
    assert run("study", "check", str(own), "--shelf", str(shelf.folder)).code == 0
    assert run("study", "check", str(own), "--policy", str(STARTER)).code == 1
    assert run("study", "check", str(own), "--shelf", str(shelf.folder), "--edition", "2020-01").code == 2


# register


def test_registering_appends_and_says_what_was_known(run, own: Path, shelf: Shelf, laboratory: None):
    before = own.read_bytes()
    ran = run("study", "register", str(own), "--by", "Ada", "--shelf", str(shelf.folder))
    assert ran.code == 0
    assert own.read_bytes().startswith(before)
    assert stamped(own)["by"] == "Ada"
    assert stamped(own)["figures_seen"] is True
    assert stamped(own)["smallest_visible"] == {"onveilig_gevoel": 0.034}
    assert "er zijn al cijfers van na de start" in ran.out
    assert "3,4" in ran.out


def test_before_the_figures_are_there_it_says_so(run, own: Path, shelf: Shelf, laboratory: None):
    own.write_text(own.read_text().replace("start = 2012", "start = 2090"))
    ran = run("study", "register", str(own), "--by", "Ada", "--shelf", str(shelf.folder))
    assert stamped(own)["figures_seen"] is False
    assert "nog geen cijfers van na de start" in ran.out


def test_without_an_edition_nothing_is_claimed_of_the_figures(run, file: Path):
    ran = run("study", "register", str(file), "--by", "Ada", "--policy", str(STARTER))
    assert "figures_seen" not in stamped(file)
    assert "is niet nagegaan" in ran.out


def test_a_study_is_put_down_again_only_with_a_reason(run, file: Path):
    words = ("study", "register", str(file), "--by", "Ada", "--policy", str(STARTER))
    assert "laat --again weg" in run(*words, "--again", "te vroeg").err
    run(*words)
    once = file.read_bytes()
    refused = run(*words)
    assert refused.code == 2
    assert "is al vastgelegd op" in refused.err
    assert file.read_bytes() == once
    assert run(*words, "--again", "de uitkomst was te grof").code == 0
    assert [one["reason"] for one in stamped(file)["earlier"]] == ["de uitkomst was te grof"]


def test_a_file_with_faults_is_not_registered(run, file: Path):
    file.write_text(file.read_text().replace("0.02", "2"))
    before = file.read_bytes()
    ran = run("study", "register", str(file), "--by", "Ada", "--policy", str(STARTER))
    assert ran.code == 1
    assert "Bedoelde je 0.02?" in ran.err
    assert file.read_bytes() == before


def test_a_study_by_others_is_not_registered(run):
    path = next(one for one in sorted(catalogue.packaged_studies().glob("*.toml")) if "elsewhere" in one.read_text())
    before = path.read_bytes()
    ran = run("study", "register", str(path), "--by", "Ada", "--policy", str(catalogue.packaged_folder()))
    assert ran.code == 2
    assert "studie van anderen" in ran.err
    assert path.read_bytes() == before


# run and report


@pytest.fixture
def words(own: Path, shelf: Shelf, laboratory: None) -> Callable[..., tuple[str, ...]]:
    return lambda action, *more: ("study", action, str(own), "--shelf", str(shelf.folder), *more)


def test_a_result_lies_beside_the_file_as_it_was_found(run, words, own: Path):
    ran = run(*words("run"))
    assert ran.code == 0, ran.err
    kept = from_json((own.parent / "hielp-het.resultaat.json").read_text(encoding="utf-8"))
    assert (kept.study.id, kept.edition) == ("hielp-het", "voorbeeld")
    assert "95%-marge" in ran.out
    assert "niet vooraf vastgelegd" in ran.out
    assert "VERZONNEN LAND" in ran.out


def test_a_result_can_be_put_elsewhere(run, words, tmp_path: Path):
    assert run(*words("run", "--out", str(tmp_path / "r.json"))).code == 0
    assert run(*words("report")).code == 2
    assert run(*words("report", "--result", str(tmp_path / "r.json"))).code == 0


def test_a_file_with_faults_is_not_computed(run, words, own: Path):
    own.write_text(own.read_text().replace("0.02", "2"))
    assert run(*words("run")).code == 1
    assert not list(own.parent.glob("*.json"))


def test_a_report_asks_for_a_result_first(run, words, own: Path):
    ran = run(*words("report"))
    assert ran.code == 2
    assert "wijkpeil study run" in ran.err
    (own.parent / "hielp-het.resultaat.json").write_text("{", encoding="utf-8")
    assert "niet te lezen" in run(*words("report")).err


def test_a_page_is_written_once_and_replaced_only_when_asked(run, words, own: Path):
    run(*words("run"))
    assert run(*words("report")).code == 0
    page = own.with_suffix(".html")
    assert "Hielp het?" in page.read_text(encoding="utf-8")
    assert run(*words("report")).code == 2
    assert run(*words("report", "--overwrite", "--lang", "en")).code == 0
    assert "Did it help?" in page.read_text(encoding="utf-8")


def test_a_result_of_a_file_that_changed_since_says_so(run, words, own: Path):
    run(*words("register", "--by", "Ada"))
    run(*words("run"))
    assert "veranderd" not in run(*words("report")).out
    own.write_text(own.read_text().replace("0.02", "0.03"))
    assert "veranderd sinds dit resultaat is uitgerekend" in run(*words("report", "--overwrite")).out
    computed = run(*words("run"))
    assert "na het vastleggen is het onderzoek veranderd" in computed.out


def test_a_study_put_down_after_its_result_says_so(run, words):
    run(*words("run"))
    run(*words("register", "--by", "Ada"))
    assert "pas vastgelegd nadat dit resultaat er was" in run(*words("report")).out
    run(*words("run"))
    assert "pas vastgelegd" not in run(*words("report", "--overwrite")).out


def test_a_study_put_down_anew_after_its_result_says_so(run, words, own: Path):
    run(*words("register", "--by", "Ada"))
    run(*words("run"))
    own.write_text(own.read_text().replace("0.02", "0.03"))
    run(*words("register", "--by", "Ada", "--again", "te grof"))
    assert "opnieuw vastgelegd nadat dit resultaat er was" in run(*words("report")).out


def test_a_result_of_another_study_is_refused(run, words, own: Path):
    run(*words("run"))
    path = own.parent / "hielp-het.resultaat.json"
    kept = from_json(path.read_text(encoding="utf-8"))
    path.write_text(to_json(replace(kept, study=replace(kept.study, id="anders"))), encoding="utf-8")
    assert "andere studie: anders" in run(*words("report")).err


def test_publishing_puts_the_result_on_the_shelf_and_needs_no_page(run, words, own: Path, shelf: Shelf):
    run(*words("run"))
    assert run(*words("report", "--publish")).code == 0
    published = shelf.folder / "studies" / "hielp-het.json"
    assert from_json(published.read_text(encoding="utf-8")).study.kind is StudyKind.EVALUATION
    assert not own.with_suffix(".html").exists()
    assert run("editions", "--shelf", str(shelf.folder)).code == 0


def test_a_study_on_a_draft_stays_off_the_site(run, words, shelf: Shelf):
    run(*words("run"))
    run("publish", "voorbeeld", "--draft", "--shelf", str(shelf.folder))
    ran = run(*words("report", "--publish"))
    assert ran.code == 2
    assert "niet voor alle lezers" in ran.err.replace(" (of nog niet)", "")
    assert not (shelf.folder / "studies").exists()


# list


def test_studies_are_listed_with_what_readers_have_of_them(run, words, own: Path, shelf: Shelf):
    listing = ("study", "list", str(own.parent), "--shelf", str(shelf.folder))
    run(*words("run"))
    (before,) = json.loads(run(*listing, "--json").out)
    assert (before["id"], before["published_on"], before["as_registered"]) == ("hielp-het", None, False)
    run(*words("report", "--publish"))
    own.write_text(own.read_text().replace("0.02", "0.03"))
    (after,) = json.loads(run(*listing, "--json").out)
    assert after["published_hash"] == before["hash"] != after["hash"]
    assert "uit een eerdere versie" in run(*listing).out
    assert len(list(csv.DictReader(io.StringIO(run(*listing, "--csv").out)))) == 1


def test_what_cannot_be_read_is_named_and_is_a_fault(run, words, own: Path, shelf: Shelf):
    run(*words("run"))
    run(*words("report", "--publish"))
    (shelf.folder / "studies" / "stuk.json").write_text("{", encoding="utf-8")
    (own.parent / "fout.toml").write_text("x = 1", encoding="utf-8")
    ran = run("study", "list", str(own.parent), "--shelf", str(shelf.folder))
    assert ran.code == 1
    assert "studies/stuk.json is niet te lezen" in ran.err
    assert "fout.toml heeft fouten" in ran.err
    assert "hielp-het" in ran.out


def test_an_empty_folder_says_how_to_begin(run, shelf: Shelf, tmp_path: Path):
    (tmp_path / "leeg").mkdir()
    ran = run("study", "list", str(tmp_path / "leeg"), "--shelf", str(shelf.folder))
    assert ran.code == 0
    assert "nog geen studies" in ran.out
    assert run("study", "list", str(tmp_path / "weg"), "--shelf", str(shelf.folder)).code == 2
