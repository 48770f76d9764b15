"""Overlap by a spatial index equals overlap by trying every pair."""

import numpy as np
import polars as pl
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkpeil.areas.overlap import overlaps

EDGE = st.integers(0, 12)
SIZE = st.integers(1, 6)
BOXES = st.lists(st.tuples(EDGE, EDGE, SIZE, SIZE), min_size=1, max_size=12)


def _rectangles(boxes: list[tuple[int, int, int, int]]) -> np.ndarray:
    return np.array([shapely.box(x, y, x + width, y + height) for x, y, width, height in boxes], dtype=object)


def _brute(
    ours: list[tuple[int, int, int, int]], theirs: list[tuple[int, int, int, int]]
) -> dict[tuple[int, int], int]:
    found = {}
    for i, (x, y, width, height) in enumerate(ours):
        for j, (left, low, wide, high) in enumerate(theirs):
            across = min(x + width, left + wide) - max(x, left)
            along = min(y + height, low + high) - max(y, low)
            if across > 0 and along > 0:
                found[i, j] = across * along
    return found


@settings(max_examples=60, deadline=None)
@given(BOXES, BOXES)
def test_the_index_misses_no_overlap_and_invents_none(
    ours: list[tuple[int, int, int, int]], theirs: list[tuple[int, int, int, int]]
) -> None:
    found = overlaps(_rectangles(ours), _rectangles(theirs))
    measured = {(row["ours"], row["theirs"]): row["area"] for row in found.iter_rows(named=True)}
    assert measured == pytest.approx(_brute(ours, theirs))


def test_neighbours_that_share_a_border_have_no_overlap() -> None:
    assert overlaps(_rectangles([(0, 0, 2, 2)]), _rectangles([(2, 0, 2, 2)])).is_empty()


def test_what_lies_wholly_inside_counts_whole() -> None:
    found = overlaps(_rectangles([(0, 0, 6, 6)]), _rectangles([(1, 1, 2, 3)]))
    assert found.equals(pl.DataFrame({"ours": [0], "theirs": [0], "area": [6.0]}, schema=found.schema))
