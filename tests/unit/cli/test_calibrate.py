"""``wijkpeil calibrate`` prints a table, ends with 1 outside its limits, and names a mistake."""

import json

import pytest

from wijkpeil.analysis import intervals
from wijkpeil.calibration import Effort, Part, effect_sizes
from wijkpeil.domain.study import Design

FEW = {Part.COVERAGE: 200, Part.ONE_SIDED: 200, Part.COUNT: 40, Part.PANEL_NOISE: 5, Part.POWER: 20}
"""Worlds that take no time and still let what holds be seen to hold."""


@pytest.fixture
def few(monkeypatch):
    """Prove little, so that it takes no time."""
    named = (Part.COVERAGE, Part.COUNT, Part.PANEL_NOISE, Part.POWER)
    rounds = {part: (1, FEW[part]) for part in named}
    monkeypatch.setattr(Effort, "quick", classmethod(lambda cls: cls(rounds=rounds)))


def test_a_house_that_holds_says_so_and_ends_well(run, few):
    ran = run("calibrate", "--quick")
    assert (ran.code, ran.err) == (0, "")
    assert "houden stand" in ran.out
    assert "aandeel (Wilson)" in ran.out and "30.000" in ran.out and "93,0% tot 97,0%" in ran.out


def test_a_house_that_is_broken_names_what_does_not_hold_and_ends_with_1(run, few, monkeypatch):
    of = intervals.wilson
    monkeypatch.setattr(intervals, "wilson", lambda value, base, **named: of(value, base * 4, **named))
    ran = run("calibrate", "--quick")
    assert ran.code == 1
    assert "houden geen stand: niveau, aandeel (Wilson), 30 mensen" in ran.err
    assert "nee" in ran.out and "!" in ran.out and "houden stand" not in ran.out


def test_the_same_seed_gives_the_same_table_and_another_another(run, few):
    first = run("calibrate", "--quick", "--seed", "7", "--csv")
    assert first.out == run("calibrate", "--quick", "--seed", "7", "--csv").out
    assert first.out != run("calibrate", "--quick", "--seed", "8", "--csv").out
    assert first.out.startswith("part,claim,of,base,")


def test_a_program_gets_every_line_with_its_limits(run, few):
    told = json.loads(run("calibrate", "--quick", "--seed", "3", "--json").out)
    assert (told["seed"], told["quick"]) == (3, True)
    line = next(one for one in told["lines"] if one["of"] == "share" and one["claim"] == "gap")
    assert (line["part"], line["base"], line["limit_low"], line["limit_high"]) == ("coverage", 30, 0.93, 0.97)
    free = next(one for one in told["lines"] if one["part"] == "power")
    assert (free["limit_low"], free["limit_high"], free["within"]) == (None, None, True)


def test_it_speaks_english(run, few):
    ran = run("calibrate", "--quick", "--lang", "en")
    assert "share (Wilson)" in ran.out and "93.0% to 97.0%" in ran.out
    assert "aandeel" not in ran.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--seed", "veel"), "'veel' kan hier niet: kies een heel getal van 0 of meer"),
        (("--seed", "-1"), "'-1' kan hier niet: kies een heel getal van 0 of meer"),
        (("--seed", "1.5"), "'1.5' kan hier niet: kies een heel getal van 0 of meer"),
        (("--seed",), "hier hoort één waarde"),
        (("--snel",), "Onbekend argument: --snel"),
        (("--json", "--csv"), "kan niet samen met"),
    ],
)
def test_a_mistake_gets_one_sentence_and_code_2(run, words, said):
    ran = run("calibrate", *words)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err and len(ran.err.strip().splitlines()) == 1


@pytest.mark.slow
def test_the_short_form_proves_the_house_but_for_what_takes_minutes(run, monkeypatch):
    """All of its parts are run through in few worlds, one design of effects among them.

    That they hold in as many worlds as the short form takes is for ``test_proofs`` and ``test_effect_sizes``, that the
    whole house does is proved here.
    """
    rounds = {part: (turns, min(worlds, FEW.get(part, 4))) for part, (turns, worlds) in Effort.quick().rounds.items()}
    monkeypatch.setattr(Effort, "quick", classmethod(lambda cls: cls(rounds=rounds)))
    monkeypatch.setattr(effect_sizes, "DESIGNS", {Design.DIFFERENCES: effect_sizes.DESIGNS[Design.DIFFERENCES]})
    ran = run("calibrate", "--quick", "--json")
    assert ran.code == 0, ran.err
    told = {line["part"] for line in json.loads(ran.out)["lines"]}
    assert told == {part.value for part in Part} - {Part.EFFECT_MATRIX.value}
