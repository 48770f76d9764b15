"""A state goes to a file and back unchanged; a file that is none is refused with the place where it is wrong."""

from dataclasses import replace

import pytest

from wijkpeil.reports.state import StateError, read_state, state_hash, state_text


def test_a_state_comes_back_from_its_file_as_it_was(state, tmp_path):
    file = tmp_path / "stand.json"
    file.write_text(state_text(state), encoding="utf-8")
    assert read_state(file) == state
    assert state_hash(read_state(file)) == state_hash(state)


def test_the_hash_changes_with_one_letter(state):
    assert state_hash(replace(state, programme="wijkaanpaK")) != state_hash(state)
    assert state_hash(None) == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "geen JSON"),
        ('{"programme": "a"}', "Bij taken_on: dit ontbreekt"),
        ('{"programme": "a", "taken_on": "2026-01-01", "verhalen": []}', "Bij verhalen: deze naam kennen we niet"),
        ('{"programme": "a", "taken_on": "32 mei"}', "Bij taken_on: '32 mei' kan hier niet"),
        (
            '{"programme": "a", "taken_on": "2026-01-01", "agreements": [{"title": "t", "items": [{"what": "w", '
            '"partner": "p", "due": "2026-01-01", "status": "bijna"}]}]}',
            "Bij agreements.0.items.0.status: 'bijna' kan hier niet; kies uit",
        ),
    ],
)
def test_a_fault_is_told_with_its_place(tmp_path, text, said):
    file = tmp_path / "stand.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(StateError) as fault:
        read_state(file)
    assert said in str(fault.value)


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path):
    with pytest.raises(StateError, match="bestaat niet"):
        read_state(tmp_path / "weg.json")
    (tmp_path / "x.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(StateError, match="niet te lezen"):
        read_state(tmp_path / "x.json")
