"""An invented edition with every kind of figure, and a programme in full swing."""

import sys
from collections.abc import Callable
from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from wijkpeil.publication.subject import subject_of
from wijkpeil.reports.document import Block, Document, Heading, Provenance
from wijkpeil.reports.state import (
    Agreement,
    Ambition,
    Course,
    Decision,
    Item,
    ItemStatus,
    Measure,
    Output,
    ProgrammeState,
    Said,
    Story,
)

IMAGINED = Path(__file__).parent.parent / "portrayal" / "imagined.py"
MADE_ON = date(2026, 11, 24)


@pytest.fixture(scope="session")
def imagined() -> ModuleType:
    if "imagined" not in sys.modules:
        spec = spec_from_file_location("imagined", IMAGINED)
        module = module_from_spec(spec)
        sys.modules["imagined"] = module
        spec.loader.exec_module(module)
    return sys.modules["imagined"]


@pytest.fixture(scope="session")
def about(imagined: ModuleType) -> Any:
    return subject_of(imagined.ImaginedEdition(), imagined.HERE, beside_all=False)


@pytest.fixture(scope="session")
def paper() -> Callable[..., Document]:
    """Make a document of some blocks."""

    def make(*blocks: Block, **changed: Any) -> Document:
        usual = {
            "title": "Een document",
            "language": "nl",
            "provenance": Provenance(edition="2026-11", edition_hash="ab" * 32, made_on=MADE_ON, code_version="0.1.0"),
            "blocks": (Heading(text="Een kop", id="kop"), *blocks),
        }
        return Document(**(usual | changed))

    return make


@pytest.fixture(scope="session")
def state(about: Any) -> ProgrammeState:
    return programme_state(about.area.code, about.readings[0].indicator.id, measures=3)


def programme_state(area: str, indicator: str, *, measures: int) -> ProgrammeState:
    """A programme in which a partner says more than was found."""
    reported = Said(on=date(2026, 5, 1), status=ItemStatus.KEPT, text="klaar")
    found = Said(on=date(2026, 7, 1), status=ItemStatus.PARTLY, text="62 van de 100")
    item = Item(
        what="Honderd woningen opknappen",
        partner="Woonbedrijf",
        due=date(2026, 6, 1),
        status=ItemStatus.UNDERWAY,
        budget_cents=250_000_000,
        reported=(reported,),
        found=(found,),
    )
    return ProgrammeState(
        programme="wijkaanpak",
        taken_on=date(2026, 10, 1),
        ambitions=(Ambition(area=area, theme="wonen", words="We groeten elkaar.", satisfied_when="Wij zeggen het."),),
        agreements=(Agreement(area=area, title="Wijkcontract", signed_on=date(2024, 6, 1), items=(item,)),),
        measures=tuple(
            Measure(
                area=area,
                name=f"Maatregel {number}",
                aim="Meer jongeren halen een diploma",
                started=date(2012 + number % 8, 3, 1),
                indicators=(indicator,),
                outputs=(Output(year=2021, what="begeleid", quantity=140, unit="jongeren"),),
            )
            for number in range(measures)
        ),
        decisions=(
            Decision(
                area=area, course=Course.CONTINUE, decided_on=date(2019, 3, 4), why="Het loopt.", grounds=("A", "B")
            ),
        ),
        stories=(Story(area=area, title="De koffie", text="Elke dinsdag.", year=2025, was_sought=False),),
    )
