"""The forty aandachtswijken stand in their programme file as the lists say, and every quarrel between the lists too."""

import csv
import re
import tomllib
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from wijkpeil import catalogue
from wijkpeil.catalogue.complaints import Where
from wijkpeil.catalogue.files import GROUPS, PROGRAMME

Key = tuple[str, str]
Rows = dict[Key, list[dict[str, str]]]
ROOT = catalogue.packaged_folder()
CERTAINTY = {
    "wijk": "name_match",
    "wijken": "name_match",
    "buurten": "name_match",
    "wijk_ruimer": "wider",
    "onzeker": "uncertain",
    "buurten_onzeker": "uncertain",
}


def harmonised(gemeente: str, name: str) -> Key:
    """Bring a neighbourhood to its city and bare name: the lists spell both differently."""
    city = "Den Haag" if gemeente == "'s-Gravenhage" else gemeente
    bare = re.sub(r"\(.*\)", "", name).casefold().replace(city.casefold(), "").strip().removeprefix("de ")
    return city, re.sub(r"[^a-z]", "", bare)


def rows(path: Path) -> Rows:
    found: Rows = defaultdict(list)
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            found[harmonised(row["gemeente"], row["wijk"])].append(row)
    return found


@pytest.fixture(scope="module")
def candidates(shared: Path) -> Rows:
    return rows(shared / "data/outcomemonitor/aandachtswijken_40_kandidaat_cbs2020.csv")


@pytest.fixture(scope="module")
def postcodes(shared: Path) -> Rows:
    return rows(shared / "data/outcomemonitor/aandachtswijken.csv")


@pytest.fixture(scope="module")
def law(shared: Path) -> Rows:
    return rows(shared / "data/outcomemonitor/aandachtswijken_40_besluit_BWBR0004418.csv")


@pytest.fixture(scope="module")
def programme() -> dict[str, Any]:
    return tomllib.loads((ROOT / "programmas/aandachtswijken.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def forty(programme: dict[str, Any], postcodes: Rows) -> dict[Key, dict[str, Any]]:
    """Give the neighbourhoods of the programme by city and bare name."""
    city = {row[0]["gm_code"]: key[0] for key, row in postcodes.items()}
    return {harmonised(city[one["gemeente"]], one["name"]): one for one in programme["neighbourhood"]}


def about(neighbourhood: dict[str, Any]) -> set[str]:
    return {conflict["about"] for conflict in neighbourhood.get("conflict", [])}


def test_programme_and_groups_have_no_faults_of_form(programme):
    assert not list(PROGRAMME.faults(programme, Where("programma"), {}))
    groups = tomllib.loads((ROOT / "groepen.toml").read_text(encoding="utf-8"))
    assert not list(GROUPS.faults(groups, Where("groepen"), {}))


def test_forty_neighbourhoods_lie_in_eighteen_cities(programme):
    neighbourhoods = programme["neighbourhood"]
    assert len({one["id"] for one in neighbourhoods}) == len(neighbourhoods) == 40
    cities = {one["gemeente"] for one in neighbourhoods}
    assert len(cities) == 18
    groups = {one["id"]: one for one in tomllib.loads((ROOT / "groepen.toml").read_text(encoding="utf-8"))["group"]}
    assert set(groups["achttien_steden"]["members"]) == cities
    assert set(groups["G4"]["members"]) < cities


def test_only_kruiskamp_left_and_on_the_eleventh_of_october_2012(programme):
    ended = {one["id"]: one["end"] for one in programme["neighbourhood"] if "end" in one}
    assert ended == {"kruiskamp": date(2012, 10, 11)}


@pytest.mark.real
def test_the_three_lists_name_the_same_forty(law, candidates, postcodes, forty):
    assert set(law) == set(candidates) == set(postcodes) == set(forty)
    assert all(law[key][0]["wijk"] == one["name"] for key, one in forty.items())


@pytest.mark.real
def test_candidate_list_decides_the_codes(candidates, forty):
    for key, one in forty.items():
        assert one["parts"] == [row["cbs_code_2020"] for row in candidates[key]], key
        assert {one["certainty"]} == {CERTAINTY[row["match"]] for row in candidates[key]}, key
        assert one["note"], key


@pytest.mark.real
def test_postcode_list_decides_the_postcodes_and_the_gemeente(postcodes, forty):
    for key, one in forty.items():
        assert one.get("pc4", []) == [row["pc4"] for row in postcodes[key] if row["pc4"]], key
        assert {one["gemeente"]} == {row["gm_code"] for row in postcodes[key]}, key


@pytest.mark.real
def test_law_and_candidate_list_number_alike(law, candidates):
    assert all(law[key][0]["nr"] == candidates[key][0]["nr"] for key in law)


@pytest.mark.real
@pytest.mark.parametrize(
    ("what", "theirs", "ours"),
    [("nummer", "wijk_nr", "nr"), ("naam", "wijk", "wijk"), ("gemeente", "gemeente", "gemeente")],
)
def test_every_difference_between_the_lists_is_a_conflict_and_nothing_else_is(
    what, theirs, ours, candidates, postcodes, forty
):
    differing = {key for key in forty if postcodes[key][0][theirs] != candidates[key][0][ours]}
    assert {key for key, one in forty.items() if what in about(one)} == differing
    assert differing
    for key in differing:
        (conflict,) = [conflict for conflict in forty[key]["conflict"] if conflict["about"] == what]
        said = [source.partition(": ")[2] for source in conflict["sources"]]
        assert said == [candidates[key][0][ours], postcodes[key][0][theirs]]


def indicative(candidates: Rows) -> dict[Key, set[str]]:
    return {key: {pc4 for row in own for pc4 in row["pc4_indicatief"].split()} for key, own in candidates.items()}


@pytest.mark.real
def test_every_difference_in_postcodes_is_a_conflict(candidates, postcodes, forty):
    own = indicative(candidates)
    listed = {key: {row["pc4"] for row in postcodes[key]} - {""} for key in forty}
    differing = {key for key in forty if listed[key] != own[key]}
    assert {key for key, one in forty.items() if "pc4" in about(one)} == differing
    for key in differing:
        (conflict,) = [conflict for conflict in forty[key]["conflict"] if conflict["about"] == "pc4"]
        said = [set(re.findall(r"\b\d{4}\b", source)) for source in conflict["sources"]]
        assert said == [listed[key], own[key]], key
    without = {key for key in forty if {row["pc4"] for row in postcodes[key]} == {""}}
    assert without == {("Maastricht", "noordoost"), ("Rotterdam", "oudzuid"), ("Utrecht", "zuilenoost")}
    assert without <= differing


@pytest.mark.real
def test_postcodes_that_are_not_official_say_so(postcodes, forty):
    for key, one in forty.items():
        unofficial = {row["pc4_status"] for row in postcodes[key]} != {"official_scp_annex"}
        text = " ".join(" ".join([*conflict["sources"], conflict["decision"]]) for conflict in one.get("conflict", []))
        assert unofficial == (
            "niet officieel" in text or "niet van de officiële lijst" in text or "geen officiële" in text
        ), key


@pytest.mark.real
def test_postcode_that_the_lists_put_in_different_neighbourhoods_is_a_conflict_in_both(candidates, postcodes, forty):
    own = indicative(candidates)
    quarrels = {
        (row["pc4"], key, other)
        for key, listed in postcodes.items()
        for row in listed
        for other in own
        if other != key and other[0] == key[0] and row["pc4"] and row["pc4"] in own[other]
    }
    assert {pc4 for pc4, key, _ in quarrels if key[0] == "Amsterdam"} == {"1057", "1061"}
    for pc4, key, other in quarrels:
        assert f"postcode {pc4}" in about(forty[key]), (pc4, key)
        assert f"postcode {pc4}" in about(forty[other]), (pc4, other)


def test_kolenkit_is_in_bos_en_lommer_by_code_and_in_nieuw_west_by_postcode(programme):
    by_id = {one["id"]: one for one in programme["neighbourhood"]}
    assert "WK036339" in by_id["bos-en-lommer"]["parts"]
    assert "1061" in by_id["amsterdam-nieuw-west"]["pc4"]
    assert "1061" not in by_id["bos-en-lommer"]["pc4"]


def test_rotterdam_neighbourhoods_whose_extent_is_disputed_say_so(programme):
    disputed = {one["id"] for one in programme["neighbourhood"] if "omvang" in about(one)}
    assert disputed == {"overschie", "rotterdam-noord", "rotterdam-west", "zuidelijke-tuinsteden"}


def test_reused_code_of_leeuwarden_is_warned_for(programme):
    (one,) = [one for one in programme["neighbourhood"] if one["parts"] == ["WK008050"]]
    assert "WK008034 en WK008035" in one["note"]
