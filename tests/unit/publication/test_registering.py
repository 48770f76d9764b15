"""A registration is written behind the study and touches nothing else; whoever comes back says why."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkpeil import catalogue
from wijkpeil.catalogue.starter import STARTER
from wijkpeil.domain.period import Moment, Period
from wijkpeil.domain.study import Study, StudyKind, TreatedArea
from wijkpeil.publication import registering
from wijkpeil.publication.registering import (
    AlreadyRegisteredError,
    Known,
    NotOursToRegisterError,
    RegistrationMisplacedError,
    figures_seen,
    register,
)

POLICY = catalogue.load(STARTER, today=date(2026, 11, 24))[0]
DAY, LATER = date(2026, 11, 24), date(2026, 12, 1)
TEXT = """# Een studie, met een opmerking die blijft staan
kind = "evaluation"
title = "Hielp het?"
title_en = "Did it help?"
question = "Hielp het?"
question_en = "Did it help?"
done = '''
Er stond ooit:
[registration]
maar dat is tekst.'''
done_en = "Something."
mechanism = "Zo."
mechanism_en = "Like this."
designs = ["differences"]

[[treated]]
area = "WK900101"
start = 2012

[[outcome]]
indicator = "tevreden_met_buurt"
expected = "up"
smallest = 0.02

[comparison]
level = "wijk"
"""

Lay = Callable[[bytes], Path]


@pytest.fixture
def lay(tmp_path: Path) -> Lay:
    def lay(data: bytes) -> Path:
        (tmp_path / "hielp-het.toml").write_bytes(data)
        return tmp_path / "hielp-het.toml"

    return lay


def read(path: Path) -> Study:
    study, complaints = catalogue.read_study(path, policy=POLICY)
    assert study is not None, complaints
    return study


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.rstrip("\n").encode(),
        TEXT.encode() + b"\n\n\n",
        TEXT.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
    ],
    ids=["plain", "no end of line", "blank lines", "Windows", "BOM"],
)
def test_every_byte_that_was_there_is_still_there(lay: Lay, data: bytes):
    path = lay(data)
    before = read(path)
    register(path, before, by="O. Nderzoeker", on=DAY, known=Known(figures_seen=False))
    assert path.read_bytes().startswith(data)
    after = read(path)
    assert after.is_as_registered
    assert (after.registration.by, after.registration.on, after.registration.figures_seen) == (
        "O. Nderzoeker",
        DAY,
        False,
    )
    assert replace(after, registration=None) == before


def test_the_lines_of_a_registration_end_as_those_of_the_file_do(lay: Lay):
    path = lay(TEXT.replace("\n", "\r\n").encode())
    register(path, read(path), by="A", on=DAY)
    assert path.read_bytes().count(b"\n") == path.read_bytes().count(b"\r\n")


def test_a_study_is_not_registered_twice_without_a_reason(lay: Lay):
    path = lay(TEXT.encode())
    register(path, read(path), by="A", on=DAY)
    stamped = path.read_bytes()
    with pytest.raises(AlreadyRegisteredError) as refused:
        register(path, read(path), by="B", on=LATER)
    assert refused.value.registration.by == "A"
    assert path.read_bytes() == stamped


def test_an_earlier_registration_stays_with_the_reason_why_there_is_another(lay: Lay):
    data = TEXT.encode()
    path = lay(data)
    first = register(path, read(path), by="A", on=DAY, known=Known(figures_seen=True))
    changed = path.read_bytes().replace(b"smallest = 0.02", b"smallest = 0.03")
    path.write_bytes(changed)
    assert not read(path).is_as_registered
    for number, reason in enumerate(('te streng: "0.02"', "nog eens \\ anders")):
        register(path, read(path), by=f"B{number}", on=LATER, reason=reason)
    after = read(path)
    assert path.read_bytes().startswith(data.replace(b"0.02", b"0.03"))
    assert after.is_as_registered
    assert after.registration.by == "B1"
    assert [(one.by, one.reason, one.figures_seen) for one in after.registration.earlier] == [
        ("A", 'te streng: "0.02"', True),
        ("B0", "nog eens \\ anders", None),
    ]
    assert after.registration.earlier[0].hash == first.hash != after.hash


def test_what_could_be_seen_then_is_kept(lay: Lay):
    path = lay(TEXT.encode())
    register(path, read(path), by="A", on=DAY, known=Known(smallest_visible={"tevreden_met_buurt": 1.5e-05}))
    assert read(path).registration.smallest_visible == {"tevreden_met_buurt": 1.5e-05}
    assert read(path).registration.figures_seen is None


def test_a_registration_that_is_not_last_is_never_rewritten(lay: Lay):
    path = lay(TEXT.encode())
    register(path, read(path), by="A", on=DAY)
    path.write_bytes(path.read_bytes() + b"[periods]\nfirst = 2005\nlast = 2018\n")
    before = path.read_bytes()
    with pytest.raises(RegistrationMisplacedError):
        register(path, read(path), by="B", on=LATER, reason="anders")
    assert path.read_bytes() == before


def test_a_file_that_changed_while_it_was_registered_is_left_alone(lay: Lay):
    path = lay(TEXT.encode())
    study = read(path)
    changed = TEXT.replace("0.02", "0.03").encode()
    path.write_bytes(changed)
    with pytest.raises(RegistrationMisplacedError):
        register(path, study, by="A", on=DAY)
    assert path.read_bytes() == changed


def test_a_write_that_stops_leaves_the_file_and_nothing_beside_it(lay: Lay, monkeypatch: pytest.MonkeyPatch):
    path = lay(TEXT.encode())

    def full(*_: Any) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(registering.Path, "replace", full)
    with pytest.raises(OSError, match="disk full"):
        register(path, read(path), by="A", on=DAY)
    assert path.read_bytes() == TEXT.encode()
    assert [one.name for one in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("by", ["", "  ", "a\nb", "a\x7f", "a\udc80"])
def test_a_name_is_one_line_of_text(lay: Lay, by: str):
    path = lay(TEXT.encode())
    with pytest.raises(ValueError):
        register(path, read(path), by=by, on=DAY)
    assert path.read_bytes() == TEXT.encode()


@given(by=st.text(min_size=1).filter(lambda text: text.strip() and text.isprintable()))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_any_printable_name_is_read_back(by: str, tmp_path_factory: pytest.TempPathFactory):
    path = tmp_path_factory.mktemp("studie") / "hielp-het.toml"
    path.write_text(TEXT, encoding="utf-8")
    register(path, read(path), by=by, on=DAY)
    assert read(path).registration.by == by.strip()


def test_a_study_by_others_is_not_ours_to_register(lay: Lay):
    path = lay(TEXT.encode())
    with pytest.raises(NotOursToRegisterError):
        register(path, replace(read(path), kind=StudyKind.ELSEWHERE), by="A", on=DAY)


# What was known by then


def edition(moment: Moment, *rows: tuple[str, int, float | None]) -> Any:
    """An edition with the figures of one indicator."""
    figures = pl.DataFrame(rows, schema=["area", "period", "value"], orient="row")
    indicator = SimpleNamespace(id="tevreden_met_buurt", period=lambda year: Period(year=year, moment=moment))
    return SimpleNamespace(
        areas=pl.DataFrame({"code": ["WK900101", "WK900102"]}),
        policy=SimpleNamespace(indicator={"tevreden_met_buurt": indicator}),
        figures=lambda indicator: figures,
    )


@pytest.mark.parametrize(
    ("moment", "row", "seen"),
    [
        (Moment.WHOLE_YEAR, ("WK900101", 2012, 0.5), True),
        (Moment.WHOLE_YEAR, ("WK900101", 2011, 0.5), False),
        (Moment.FIRST_OF_JANUARY, ("WK900101", 2012, 0.5), False),
        (Moment.FIRST_OF_JANUARY, ("WK900101", 2013, 0.5), True),
        (Moment.END_OF_YEAR, ("WK900101", 2012, 0.5), True),
        (Moment.WHOLE_YEAR, ("WK900102", 2015, 0.5), False),
    ],
)
def test_figures_were_seen_when_a_treated_area_has_one_of_after_its_start(
    lay: Lay, moment: Moment, row: tuple[str, int, float], seen: bool
):
    study = read(lay(TEXT.encode()))
    absent = ("WK900101", 2015, None)
    assert figures_seen(study, edition(moment, row, absent)) is seen


def test_each_area_has_its_own_start(lay: Lay):
    study = replace(
        read(lay(TEXT.encode())),
        treated=(TreatedArea(area="WK900101", start=2012), TreatedArea(area="WK900102", start=2016)),
    )
    assert figures_seen(study, edition(Moment.WHOLE_YEAR, ("WK900102", 2014, 0.5))) is False


def test_an_edition_that_knows_none_of_the_areas_cannot_tell(lay: Lay):
    study = replace(read(lay(TEXT.encode())), treated=(TreatedArea(area="WK008050", start=2012),))
    assert figures_seen(study, edition(Moment.WHOLE_YEAR, ("WK900101", 2015, 0.5))) is None
