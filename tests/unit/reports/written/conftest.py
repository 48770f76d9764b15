"""What a progress report of the example stands on, read once for all tests that ask of it."""

from datetime import date
from pathlib import Path

import pytest

from wijkpeil.portrayal.language import language
from wijkpeil.publication import Shelf
from wijkpeil.publication.evidence_library import studies_on
from wijkpeil.reports.grounds import Grounds
from wijkpeil.reports.state import (
    Agreement,
    Ambition,
    Course,
    Decision,
    Item,
    ItemStatus,
    Measure,
    ProgrammeState,
    Promise,
    Recommendation,
    Said,
    Story,
    Visitation,
)

SCHIPPERSBUURT, FABRIEKSBUURT = "wijkaanpak.9001-03", "wijkaanpak.9001-19"


@pytest.fixture(scope="session")
def told_state() -> ProgrammeState:
    """Give a state with one of everything, of which every number can be counted by hand."""
    here = {"area": SCHIPPERSBUURT, "city": "GM9001"}
    return ProgrammeState(
        programme="wijkaanpak",
        taken_on=date(2026, 10, 1),
        ambitions=(
            Ambition(**here, theme="leren", words="Elk kind een diploma.", satisfied_when="Als het zo is."),
            Ambition(**here, theme="wonen", words="Oud.", satisfied_when="Nooit.", ended_because="Gehaald"),
        ),
        agreements=(
            Agreement(
                **here,
                title="Afspraak",
                items=(
                    Item(
                        what="Sloten",
                        partner="Woonstede",
                        due=date(2026, 1, 1),
                        status=ItemStatus.KEPT,
                        budget_cents=250_000_00,
                        reported=(Said(on=date(2026, 1, 2), status=ItemStatus.KEPT, spent_cents=240_000_00),),
                    ),
                    Item(what="Huiskamer", partner="Gemeente", due=date(2027, 1, 1), status=ItemStatus.AGREED),
                ),
            ),
            Agreement(**here, title="Oud", is_replaced=True, items=()),
        ),
        measures=(Measure(**here, name="Klas", aim="Leren", started=date(2010, 1, 1), cost_cents=10_000_00),),
        decisions=(
            Decision(**here, course=Course.INTENSIFY, decided_on=date(2020, 1, 1), why="Het ging traag."),
            Decision(**here, course=Course.WIND_DOWN, decided_on=date(2025, 1, 1), why="Het is klaar."),
            Decision(area=FABRIEKSBUURT, course=Course.WIND_DOWN, decided_on=date(2024, 1, 1), why="Idem."),
        ),
        visitations=(
            Visitation(
                **here,
                committee="Commissie",
                on=date(2024, 1, 1),
                findings="Gezien.",
                recommendations=(Recommendation(text="Doe meer."), Recommendation(text="Doe minder.")),
            ),
        ),
        promises=(Promise(sort="motion", paper="Motie 1", text="Vergelijk.", due=date(2013, 1, 1)),),
        stories=(Story(**here, title="Koffie", text="Elke dinsdag.", year=2025),),
    )


@pytest.fixture(scope="session")
def grounds(example_shelf: Path, told_state: ProgrammeState) -> Grounds:
    """Give the edition of the example with its studies and a state."""
    edition = Shelf(example_shelf).open("voorbeeld")
    return Grounds(
        edition=edition,
        programme=edition.policy.programme["wijkaanpak"],
        language=language("nl"),
        state=told_state,
        studies=studies_on(example_shelf),
    )
