"""A study file is read as it stands, and whatever is wrong with it gets a sentence of its own."""

import copy
import json
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from wijkpeil import catalogue
from wijkpeil.catalogue.complaints import Where
from wijkpeil.catalogue.starter import STARTER
from wijkpeil.catalogue.studies import known_of, study_from
from wijkpeil.catalogue.study_rules import faults
from wijkpeil.catalogue.study_table import STUDY, STUDY_FILE
from wijkpeil.catalogue.study_treated import first_whole_year, last_whole_year, treated_of
from wijkpeil.domain.complaint import Complaint
from wijkpeil.domain.policy import Policy
from wijkpeil.domain.programme import Certainty, Neighbourhood, Programme
from wijkpeil.domain.study import Design, Expected, Study, StudyKind, TreatedArea

TODAY = date(2026, 11, 24)
STARTER_POLICY = catalogue.load(STARTER, today=TODAY)[0]
(PROGRAMME,) = STARTER_POLICY.programmes
INDICATORS = list(STARTER_POLICY.indicator)
OURS = catalogue.packaged_studies()

TEXT = f"""
kind = "evaluation"
title = "Hielp het?"
title_en = "Did it help?"
question = "Werd men vaker tevreden?"
question_en = "Were people satisfied more often?"
done = "Er kwam een buurthuis."
done_en = "A community centre opened."
mechanism = "Men leert elkaar kennen."
mechanism_en = "People get to know each other."
programme = "{PROGRAMME.id}"
designs = ["differences", "synthetic_differences"]
draws = 499

[[treated]]
area = "WK900101"
start = 2012

[[outcome]]
indicator = "tevreden_met_buurt"
expected = "up"
smallest = 0.02

[comparison]
level = "wijk"
ring_km = 1.5
estimate_ring = true

[periods]
first = 2006
last = 2018
"""

ELSEWHERE = """
kind = "elsewhere"
title = "Zij keken ook"
title_en = "They looked too"
question = "Hielp het?"
question_en = "Did it help?"
done = "Een programma."
done_en = "A programme."

[reported]
authors = "A. Ander"
year = 2015
source = "https://voorbeeld.example/studie"
design = "differences"
finding = "Er was geen verschil."
finding_en = "There was no difference."
effect = 0.06
low = -0.08
high = 0.2
unit = "verschil in helling"
unit_en = "difference in slope"

[reported.checks]
pre_trend = "doubtful"
"""

Read = Callable[[str], tuple[Study | None, list[Complaint]]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read(text: str, name: str = "hielp-het.toml") -> tuple[Study | None, list[Complaint]]:
        (tmp_path / name).write_text(text, encoding="utf-8")
        study, complaints = catalogue.read_study(tmp_path / name, policy=STARTER_POLICY)
        return study, list(complaints)

    return read


def test_a_study_is_read_with_everything_that_was_declared(read: Read):
    study, complaints = read(TEXT)
    assert not complaints
    assert (study.id, study.kind, study.draws) == ("hielp-het", StudyKind.EVALUATION, 499)
    assert study.designs == (Design.DIFFERENCES, Design.SYNTHETIC_DIFFERENCES)
    assert study.treated == (TreatedArea(area="WK900101", start=2012),)
    assert study.outcomes[0].expected is Expected.UP
    assert (study.candidates.level, study.candidates.ring_km, study.candidates.estimate_ring) == ("wijk", 1.5, True)
    assert (study.first, study.last) == (2006, 2018)
    assert not study.is_as_registered


def test_a_study_by_others_needs_no_areas_outcomes_or_designs(read: Read):
    study, complaints = read(ELSEWHERE)
    assert not complaints
    assert (study.reported.effect, study.reported.areas, study.treated) == (0.06, None, ())
    assert study.reported.checks == ("pre_trend: doubtful",)


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ('indicator = "tevreden_met_buurt"', 'indicator = "tevreden_met_burt"', "outcome[1].indicator", "Bedoelde je"),
        (f'programme = "{PROGRAMME.id}"', 'programme = "elders"', "programme", "Er is geen programma"),
        ('"synthetic_differences"', '"synthetic_diferences"', "designs[2]", "Bedoelde je synthetic_differences?"),
        ('"synthetic_differences"', '"experiment"', "designs[2]", "studies van anderen"),
        ('"synthetic_differences"', '"discontinuity"', "cutoff", "hoort een grens"),
        ('designs = ["differences", "synthetic_differences"]', "", "designs", "als eerste"),
        ("start = 2012", "start = 2001", "treated[1].start", "voor het eerste jaar"),
        ("start = 2012", "start = 2019", "treated[1].start", "na het laatste jaar"),
        ("start = 2012", "start = 2012\nend = 2011", "treated[1].end", "voor het eerste (2012)"),
        ("last = 2018", "last = 2006", "periods.last", "niet na het eerste"),
        ('area = "WK900101"', "area = 900101", "treated[1].area", "nooit een getal"),
        ('area = "WK900101"', f'area = "{PROGRAMME.id}.niets"', "treated[1].area", "Er is geen wijk van een programma"),
        ("smallest = 0.02", "smallest = 2", "outcome[1].smallest", "Bedoelde je 0.02?"),
        ("draws = 499", "draws = 50", "draws", "van 99 tot en met 9999"),
        ("ring_km = 1.5\n", "", "comparison.ring_km", "hoe breed de ring"),
        (
            '[comparison]\nlevel = "wijk"\nring_km = 1.5\nestimate_ring = true',
            "",
            "comparison",
            "vergelijkt met andere",
        ),
        ('title_en = "Did it help?"', "", "title_en", "Deze sleutel ontbreekt"),
        ('mechanism_en = "People get to know each other."', "", "mechanism_en", "horen bij elkaar"),
        ("draws = 499", "drws = 499", "drws", "Bedoelde je draws?"),
        ("draws = 499", "ends = true", "ends", "treated_from_programme"),
        ("draws = 499", "treated_from_programme = true", "treated", "laat [[treated]] weg"),
        (
            "[periods]",
            '[[movers]]\noutcome = "x"\nstayers = "x"\nnewcomers = "x"\n[periods]',
            "movers[1].outcome",
            "geen",
        ),
        (
            "[periods]",
            '[cutoff]\nindicator = "tevreden_met_buurt"\nyear = 2008\nthreshold = 0.5\n[periods]',
            "cutoff",
            "al",
        ),
    ],
)
def test_every_fault_has_its_place_and_its_sentence(read: Read, old: str, new: str, place: str, words: str):
    assert old in TEXT
    study, complaints = read(TEXT.replace(old, new, 1))
    assert study is None
    assert [one for one in complaints if one.place == place and words in one.sentence], complaints


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("[reported]", "draws = 99\n[reported]", "draws", "studie van anderen"),
        ("unit = ", "eenheid = ", "reported.unit", "waarin het effect"),
        ("low = -0.08\n", "", "reported.low", "beide grenzen"),
        ("effect = 0.06", "effect = 0.6", "reported.effect", "niet tussen zijn grenzen"),
        ("effect = 0.06\n", "", "reported.low", "hoort bij een effect"),
        ('kind = "elsewhere"', 'kind = "evaluation"', "reported", "elsewhere"),
        ("pre_trend = ", "pretrend = ", "reported.checks.pretrend", "Bedoelde je pre_trend?"),
        ('"doubtful"', '"good"', "reported.checks.pre_trend", "holds, doubtful"),
        ("effect = 0.06", "effect = nan", "reported.effect", "een getal"),
        ("[reported]", "[appraisal]\ndesign = 6\n[reported]", "appraisal.design", "van 1 tot en met 5"),
    ],
)
def test_faults_in_a_study_by_others_are_told_too(read: Read, old: str, new: str, place: str, words: str):
    assert old in ELSEWHERE
    study, complaints = read(ELSEWHERE.replace(old, new, 1))
    assert study is None
    assert [one for one in complaints if one.place == place and words in one.sentence], complaints


def test_all_faults_come_at_once(read: Read):
    _, complaints = read(TEXT.replace("2012", "1999").replace("0.02", "-1").replace("draws", "drows"))
    assert {one.place for one in complaints} == {"treated[1].start", "outcome[1].smallest", "drows"}


def test_a_placebo_from_a_programme_states_the_start_that_never_was(read: Read):
    text = TEXT.replace('"evaluation"', '"placebo"').replace('[[treated]]\narea = "WK900101"\nstart = 2012\n', "")
    text = text.replace("draws = 499", "treated_from_programme = true")
    assert "placebo_start" in {one.place for one in read(text)[1]}
    study, complaints = read(
        text.replace("treated_from_programme = true", "treated_from_programme = true\nplacebo_start = 2010")
    )
    assert not complaints
    assert {one.start for one in study.treated} == {2010}
    assert all(one.end is None for one in study.treated)


def test_a_description_estimates_nothing_and_may_begin_after_the_start(read: Read):
    text = TEXT.replace('"evaluation"', '"description"').replace("start = 2012", "start = 2001")
    assert {one.place for one in read(text)[1]} == {"designs", "comparison"}
    for gone in (
        'designs = ["differences", "synthetic_differences"]',
        '[comparison]\nlevel = "wijk"\nring_km = 1.5\nestimate_ring = true',
    ):
        text = text.replace(gone, "")
    assert read(text)[0].designs == ()


@pytest.mark.parametrize(
    ("day", "year"), [(date(2008, 1, 1), 2008), (date(2008, 1, 2), 2009), (date(2007, 12, 31), 2008)]
)
def test_the_first_year_is_the_first_whole_one(day: date, year: int):
    assert first_whole_year(day) == year


@pytest.mark.parametrize(("day", "year"), [(date(2012, 12, 31), 2012), (date(2012, 12, 30), 2011)])
def test_the_last_year_is_the_last_whole_one(day: date, year: int):
    assert last_whole_year(day) == year


def neighbourhood(id_: str, start: date, end: date | None = None) -> Neighbourhood:
    return Neighbourhood(
        id=id_, name=id_, gemeente="GM9001", parts=("WK900101",), certainty=Certainty.OFFICIAL, start=start, end=end
    )


def test_areas_of_a_programme_end_with_it_only_where_the_study_says_so():
    early, late = neighbourhood("een", date(2007, 3, 1), date(2010, 6, 30)), neighbourhood("twee", date(2009, 1, 1))
    programme = Programme(**{**vars(PROGRAMME), "id": "p", "end": date(2015, 12, 31), "neighbourhoods": (early, late)})
    assert [(one.area, one.start, one.end) for one in treated_of(programme, ends=True)] == [
        ("p.een", 2008, 2009),
        ("p.twee", 2009, 2015),
    ]
    assert [one.end for one in treated_of(programme, ends=False)] == [None, None]


def test_layout_comments_line_endings_and_the_registration_are_not_in_the_hash(read: Read, tmp_path: Path):
    plain = read(TEXT)[0]
    stamped = TEXT + f'\n[registration]\nby = "A"\non = 2026-11-24\nhash = "{plain.hash}"\nfigures_seen = false\n'
    assert read("# een opmerking\n" + TEXT.replace(" = ", "   =   "))[0].hash == plain.hash
    assert read(stamped)[0].hash == plain.hash
    assert read(stamped)[0].is_as_registered
    (tmp_path / "hielp-het.toml").write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    assert catalogue.read_study(tmp_path / "hielp-het.toml", policy=STARTER_POLICY)[0].hash == plain.hash


def test_every_change_of_what_is_said_is_in_the_hash(read: Read):
    hashes = {
        read(TEXT.replace(old, new, 1))[0].hash
        for old, new in [
            ("x", "x"),
            ("0.02", "0.03"),
            ('["differences", "synthetic_differences"]', '["synthetic_differences", "differences"]'),
            ("2012", "2013"),
            ("Hielp het?", "Hielp het wel?"),
            ("draws = 499", ""),
        ]
    }
    assert len(hashes) == 6


def test_a_file_that_is_no_toml_or_has_no_id_for_a_name_is_a_complaint(read: Read, tmp_path: Path):
    assert "geen geldige TOML" in read("kind = ")[1][0].sentence
    assert "De bestandsnaam is de id" in read(TEXT, name="Mijn studie.toml")[1][0].sentence
    assert "bestaat niet" in catalogue.read_study(tmp_path / "weg.toml", policy=STARTER_POLICY)[1][0].sentence


def test_a_folder_gives_the_good_studies_and_the_faults_of_the_others(tmp_path: Path):
    (tmp_path / "b.toml").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.toml").write_text(ELSEWHERE, encoding="utf-8")
    (tmp_path / "c.toml").write_text("x = 1", encoding="utf-8")
    (tmp_path / "b.resultaat.json").write_text("{}", encoding="utf-8")
    studies, complaints = catalogue.read_studies(tmp_path, policy=STARTER_POLICY)
    assert [study.id for study in studies] == ["a", "b"]
    assert {one.file for one in complaints} == {"c.toml"}


# The studies that come with the package


@pytest.fixture(scope="module")
def national() -> Policy:
    return catalogue.load(catalogue.packaged_folder(), today=TODAY)[0]


def test_every_packaged_study_is_without_fault(national: Policy):
    studies, complaints = catalogue.read_studies(OURS, policy=national)
    assert not complaints
    assert len(studies) == len(list(OURS.glob("*.toml"))) >= 12


def test_studies_by_others_say_where_they_are_found_in_both_languages(national: Policy):
    by_others = [one for one in catalogue.read_studies(OURS, policy=national)[0] if one.kind is StudyKind.ELSEWHERE]
    assert by_others
    for study in by_others:
        assert "https://" in study.reported.source or "http://" in study.reported.source
        assert study.reported.finding != study.reported.finding_en
        assert study.appraisal is None


# The schema


def validator() -> Draft202012Validator:
    return Draft202012Validator(
        json.loads(catalogue.published_studies()["studie.schema.json"]),
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )


def plain(value: Any) -> Any:
    return json.loads(json.dumps(value, default=lambda day: day.isoformat()))


@pytest.mark.parametrize("name", sorted(catalogue.published_studies()))
def test_committed_schema_is_the_one_of_the_check(name: str):
    assert (OURS / "schema" / name).read_text(encoding="utf-8") == catalogue.published_studies()[name], "run make fix"


ODD = [1, -1, 0.5, "x", "", " ", True, [], {}, [1], ["x", "x"], [["x"]], {"x": 1}, "WK900101", "GM9001", "a.b", 2012]
STAMPED = (
    TEXT
    + f'\n[[movers]]\noutcome = "{INDICATORS[0]}"\nstayers = "{INDICATORS[0]}"\nnewcomers = "{INDICATORS[0]}"\n'
    + f'\n[registration]\nby = "A"\non = 2026-11-24\nhash = "{"a" * 64}"\n'
    + f"smallest_visible = {{ {INDICATORS[0]} = 0.1 }}\n"
    + f'\n[[registration.earlier]]\nby = "A"\non = 2026-11-23\nhash = "{"b" * 64}"\nreason = "Anders."\n'
)


def places(value: Any, path: tuple = ()) -> list[tuple]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, item in items for place in places(item, (*path, key)))]


def changed(raw: dict[str, Any], data: st.DataObject) -> dict[str, Any]:
    for _ in range(data.draw(st.integers(1, 3))):
        where = data.draw(st.sampled_from(places(raw)[1:]))
        parent: Any = raw
        for key in where[:-1]:
            parent = parent[key]
        action = data.draw(st.sampled_from(["drop", "change", "add"]))
        if action == "drop" and isinstance(parent, dict):
            del parent[where[-1]]
        elif action == "add" and isinstance(parent, dict):
            parent[data.draw(st.sampled_from([*(field.key for field in STUDY.fields), "nieuw"]))] = copy.deepcopy(
                data.draw(st.sampled_from(ODD))
            )
        else:
            parent[where[-1]] = copy.deepcopy(data.draw(st.sampled_from(ODD)))
        if not raw:
            return raw
    return raw


@given(data=st.data())
@settings(max_examples=300, deadline=None, derandomize=True)
def test_schema_refuses_exactly_what_the_shapes_refuse(data: st.DataObject):
    raw = changed(tomllib.loads(data.draw(st.sampled_from([STAMPED, ELSEWHERE]))), data)
    assert any(STUDY.faults(raw, Where("x"), {})) == (not validator().is_valid(plain(raw))), raw


@given(data=st.data())
@settings(max_examples=400, deadline=None, derandomize=True)
def test_whatever_stands_in_a_file_gives_a_study_or_complaints_and_never_a_traceback(data: st.DataObject):
    raw = changed(tomllib.loads(data.draw(st.sampled_from([STAMPED, ELSEWHERE]))), data)
    shapes = list(STUDY_FILE.table.faults(raw, Where("x"), known_of(STARTER_POLICY)))
    if not [*shapes, *faults(raw, Where("x"), STARTER_POLICY)]:
        assert study_from("x", raw, policy=STARTER_POLICY).title
