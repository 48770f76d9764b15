"""The names of columns."""

from hypothesis import given
from hypothesis import strategies as st

from wijkpeil.sources.headers import joined, unique_names


def test_merged_cells_continue_over_the_columns_on_their_right() -> None:
    rows = [["", "Inwoners", "", "Wonen"], ["code", "2018", "2019", "WOZ"]]
    assert joined(rows) == ["code", "Inwoners|2018", "Inwoners|2019", "Wonen|WOZ"]


def test_a_level_that_says_the_same_is_said_once() -> None:
    assert joined([["Jaar", "||Inwoners"], ["Jaar", "aantal"]]) == ["Jaar", "Inwoners|aantal"]


def test_a_name_that_comes_twice_and_a_name_that_is_not_there_are_complained_of() -> None:
    names, complaints = unique_names(["code", "% x ", None, "%  x"], file="x", row=3)
    assert names == ["code", "% x", "kolom 3", "% x (2)"]
    assert [complaint.place for complaint in complaints] == ["rij 3, kolom 3", "rij 3"]


@given(st.lists(st.text(max_size=6) | st.sampled_from(["a", "a (2)", "kolom 2", ""]), min_size=1, max_size=8))
def test_all_names_differ_and_none_is_empty(names: list[str]) -> None:
    unique, _ = unique_names(names, file="x", row=1)
    assert len(set(unique)) == len(names) and all(unique)
