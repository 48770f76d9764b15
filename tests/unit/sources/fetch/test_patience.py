"""Waiting grows, is never the same for two clients, and is never shorter than what the server asks."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkpeil.sources.fetch.patience import Patience, pause_after_failure, seconds_asked

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@given(failures=st.integers(1, 40), seed=st.integers())
def test_a_pause_lies_between_half_and_the_whole_of_the_doubled_one(failures: int, seed: int) -> None:
    patience = Patience()
    pause = pause_after_failure(failures, patience=patience, chance=random.Random(seed))
    doubled = min(patience.longest_pause, patience.first_pause * 2 ** (failures - 1))
    assert doubled / 2 <= pause <= doubled


@given(asked=st.floats(0, 1000), seed=st.integers())
def test_what_the_server_asks_is_never_undercut(asked: float, seed: int) -> None:
    assert pause_after_failure(1, patience=Patience(), chance=random.Random(seed), asked=asked) >= asked


def test_two_clients_that_failed_together_do_not_return_together() -> None:
    pauses = {pause_after_failure(3, patience=Patience(), chance=random.Random(seed)) for seed in range(10)}
    assert len(pauses) == 10


def test_the_same_seed_waits_the_same() -> None:
    first, second = (pause_after_failure(2, patience=Patience(), chance=random.Random(1)) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Tue, 24 Nov 2026 12:02:00 GMT", 120.0),
        ("Tue, 24 Nov 2026 11:00:00 GMT", 0.0),
        ("straks", None),
        ("-5", None),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date(header: str | None, seconds: float | None) -> None:
    assert seconds_asked(header, now=NOW) == seconds


@given(st.text())
def test_no_header_breaks_the_reading(header: str) -> None:
    asked = seconds_asked(header, now=NOW)
    assert asked is None or asked >= 0


def test_a_date_without_a_zone_is_read_as_utc() -> None:
    assert seconds_asked("24 Nov 2026 12:01:00 -0000", now=NOW) == timedelta(minutes=1).total_seconds()
