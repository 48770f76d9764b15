"""A measure gives the draft of a study that the checker accepts, and leads to the studies that name it."""

import tomllib
from datetime import date

import pytest

from wijkpeil.catalogue import read_study
from wijkpeil.publication import Shelf
from wijkpeil.web.programmes.models import Measure


@pytest.fixture
def page_of(lived_in):
    return lambda name: f"/programma/wijkaanpak/maatregelen/{lived_in.key(name)}"


def test_the_draft_of_a_measure_passes_the_check(lived_in, visitor, page_of, example_shelf, tmp_path):
    hostile = 'Sloten "op maat"\\ \n# geen commentaar = 1'
    Measure.objects.filter(key=lived_in.key("schipper-leerwerk")).update(mechanism=hostile)
    policy = Shelf(example_shelf).open("voorbeeld").policy
    for name in ("schipper-sloten", "schipper-leerwerk", "tuin-baan", "hoek-buurtapp"):
        answer = visitor.get(f"{page_of(name)}/studie.toml")
        assert answer.headers["Content-Disposition"].endswith('.toml"')
        file = tmp_path / f"{name}.toml"
        file.write_bytes(answer.content)
        study, complaints = read_study(file, policy=policy)
        assert [one.sentence for one in complaints] == []
        assert study.programme == "wijkaanpak"
    assert tomllib.loads((tmp_path / "schipper-leerwerk.toml").read_text())["mechanism"] == hostile


def test_the_draft_holds_every_area_with_the_measure_and_ends_only_what_stopped(visitor, page_of):
    secured = tomllib.loads(visitor.get(f"{page_of('schipper-sloten')}/studie.toml").content.decode())
    assert {one["area"]: one["start"] for one in secured["treated"]} == {
        "wijkaanpak.9001-03": 2009,
        "wijkaanpak.9001-39": 2009,
        "wijkaanpak.9001-78": 2009,
        "wijkaanpak.9003-28": 2010,
    }
    assert not any("end" in one for one in secured["treated"])
    assert [one["expected"] for one in secured["outcome"]] == ["down"]
    stopped = tomllib.loads(visitor.get(f"{page_of('hoek-buurtapp')}/studie.toml").content.decode())
    assert [(one["start"], one["end"]) for one in stopped["treated"]] == [(2016, 2017)]


def test_what_may_not_be_known_or_not_be_studied_gives_no_draft(lived_in, visitor, page_of):
    assert visitor.get(f"{page_of('schipper-buurtkamer')}/studie.toml").status_code == 404
    assert "studie.toml" in visitor.get(page_of("schipper-sloten")).content.decode()
    Measure.objects.filter(key=lived_in.key("schipper-sloten")).update(started=date(2026, 1, 1))
    assert visitor.get(f"{page_of('schipper-sloten')}/studie.toml").status_code == 404
    assert "studie.toml" not in visitor.get(page_of("schipper-sloten")).content.decode()


def test_a_measure_leads_to_the_study_that_names_it(visitor, page_of):
    assert "Waren er minder inbraken door goede sloten?</a>" in visitor.get(page_of("schipper-sloten")).content.decode()
    assert (
        "Waren er minder inbraken door goede sloten?</a>"
        not in visitor.get(page_of("schipper-folders")).content.decode()
    )
