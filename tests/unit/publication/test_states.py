"""Readers see an edition when it is published, from the hour of its embargo on, and no longer when it is withdrawn."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from wijkpeil.publication.library import EditionWithdrawnError, Library
from wijkpeil.publication.shelf import NoSuchEditionError
from wijkpeil.publication.states import Standing, State, StateDamagedError, keep, state_of

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


class Clock:
    """A clock that a test sets."""

    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now


@pytest.fixture
def shelf(tmp_path, example_shelf):
    """A shelf with an older and a newer edition, and one for another audience."""
    made = {"oud": ("2026-10-01", "openbaar"), "nieuw": ("2026-11-01", "openbaar"), "intern": ("2026-12-01", "intern")}
    for name, (day, audience) in made.items():
        (tmp_path / name).mkdir()
        for file in (example_shelf / "voorbeeld").iterdir():
            if file.name != "manifest.json":
                (tmp_path / name / file.name).symlink_to(file)
        said = json.loads((example_shelf / "voorbeeld" / "manifest.json").read_text(encoding="utf-8"))
        said |= {"id": name, "made_on": day, "audience": audience}
        (tmp_path / name / "manifest.json").write_text(json.dumps(said), encoding="utf-8")
    return tmp_path


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def library(shelf, clock):
    return Library(shelf, clock=clock)


def test_an_edition_without_a_state_is_published(library):
    assert [one.id for one in library.editions()] == ["oud", "nieuw"]
    assert library.newest() == "nieuw"
    assert library.before("nieuw") == "oud"
    assert library.before("oud") is None


def test_a_draft_is_not_there_for_readers(library, shelf):
    keep(shelf, "nieuw", State(standing=Standing.DRAFT, since=NOW))
    assert library.newest() == "oud"
    with pytest.raises(NoSuchEditionError):
        library.open("nieuw")


def test_an_embargo_ends_by_itself_at_its_hour(library, shelf, clock):
    hour = NOW + timedelta(hours=1)
    keep(shelf, "nieuw", State(standing=Standing.EMBARGOED, since=NOW, until=hour))
    assert library.newest() == "oud"
    clock.now = hour - timedelta(seconds=1)
    with pytest.raises(NoSuchEditionError):
        library.open("nieuw")
    clock.now = hour
    assert library.newest() == "nieuw"
    assert library.open("nieuw").id == "nieuw"


def test_of_an_edition_for_others_not_even_the_withdrawal_is_told(library, shelf, clock):
    keep(shelf, "intern", State(standing=Standing.WITHDRAWN, since=NOW, reason="voor ons alleen"))
    with pytest.raises(NoSuchEditionError) as told:
        library.open("intern")
    assert not isinstance(told.value, EditionWithdrawnError)
    with pytest.raises(EditionWithdrawnError):
        Library(shelf, clock=clock, audience="intern").open("intern")


def test_a_withdrawn_edition_is_known_with_its_reason_and_never_opened_not_even_from_memory(library, shelf):
    library.open("nieuw")
    keep(shelf, "nieuw", State(standing=Standing.WITHDRAWN, since=NOW, reason="Een bron was fout."))
    with pytest.raises(EditionWithdrawnError) as told:
        library.open("nieuw")
    assert told.value.state.reason == "Een bron was fout."
    assert [one.is_withdrawn for one in library.listed()] == [False, True]
    assert library.newest() == "oud"


def test_an_edition_for_others_is_served_only_where_they_are_named(library, shelf, clock):
    with pytest.raises(NoSuchEditionError):
        library.open("intern")
    theirs = Library(shelf, clock=clock, audience="intern")
    assert theirs.newest() == "intern"
    assert theirs.open("intern").id == "intern"
    assert theirs.open("oud").id == "oud"


def test_a_state_that_cannot_be_read_shows_nothing(library, shelf):
    (shelf / "nieuw.stand.json").write_text("{", encoding="utf-8")
    with pytest.raises(StateDamagedError, match=r"nieuw\.stand\.json"):
        state_of(shelf, "nieuw")
    with pytest.raises(NoSuchEditionError):
        library.open("nieuw")
    assert library.newest() == "oud"


def test_what_an_edition_was_before_is_kept(shelf):
    keep(shelf, "nieuw", State(standing=Standing.DRAFT, since=NOW))
    keep(shelf, "nieuw", State(standing=Standing.PUBLISHED, since=NOW))
    known = json.loads((shelf / "nieuw.stand.json").read_text(encoding="utf-8"))
    assert [one["standing"] for one in known] == ["draft", "published"]
    assert state_of(shelf, "nieuw").standing is Standing.PUBLISHED
