"""The state of a programme for a report: what everybody may know, no more and no less."""

from datetime import date
from pathlib import Path

from web.lived_in import LivedIn
from wijkpeil.reports.state import read_state, state_hash, state_text
from wijkpeil.web.programmes.models import Agreement, Ambition, Measure, Story
from wijkpeil.web.programmes.records import records
from wijkpeil.web.programmes.state_of import picture_bytes, programme_state

DAY = date(2026, 11, 24)
PROGRAMME = "wijkaanpak"


def test_state_holds_as_many_things_as_the_public_may_see(lived_in: LivedIn) -> None:
    state = programme_state(PROGRAMME, taken_on=DAY)
    for kind, there in {
        "ambities": state.ambitions,
        "afspraken": state.agreements,
        "maatregelen": state.measures,
        "besluiten": state.decisions,
        "visitaties": state.visitations,
        "toezeggingen": state.promises,
        "verhalen": state.stories,
        "onderdelen": [item for one in state.agreements for item in one.items],
        "opbrengsten": [output for one in state.measures for output in one.outputs],
    }.items():
        assert len(there) == len(records(kind, PROGRAMME, by=None)) > 0, kind


def test_no_draft_is_in_a_state(lived_in: LivedIn) -> None:
    written = state_text(programme_state(PROGRAMME, taken_on=DAY))
    for model, name in ((Ambition, "words"), (Measure, "name"), (Agreement, "title"), (Story, "title")):
        public = {getattr(one, name) for one in model.objects.all() if one.is_public}
        for one in model.objects.all():
            if not one.is_public and getattr(one, name) and getattr(one, name) not in public:
                assert getattr(one, name) not in written


def test_state_is_read_back_as_it_was_and_made_again_as_the_same(lived_in: LivedIn, tmp_path: Path) -> None:
    first, again = programme_state(PROGRAMME, taken_on=DAY), programme_state(PROGRAMME, taken_on=DAY)
    assert state_hash(first) == state_hash(again)
    file = tmp_path / "stand.json"
    file.write_text(state_text(first), encoding="utf-8")
    assert read_state(file) == first


def test_every_picture_of_a_state_has_its_bytes_and_words(lived_in: LivedIn) -> None:
    state = programme_state(PROGRAMME, taken_on=DAY)
    named = {picture.sha256: picture for story in state.stories for picture in story.pictures}
    assert named.keys() == picture_bytes(state).keys()
    assert all(one.alt for one in named.values())
