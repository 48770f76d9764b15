"""Studies that tests run on a country by hand, and what must hold of whatever comes out."""

import re
from dataclasses import replace
from datetime import date

import small_country
from study_country import OUTCOME, HandMade, noisy, treated, wijken
from wijkpeil.domain.evidence import OutcomeResult, StudyResult
from wijkpeil.domain.period import Moment
from wijkpeil.domain.programme import Neighbourhood
from wijkpeil.domain.study import (
    Study,
)
from wijkpeil.portrayal import study_page
from wijkpeil.portrayal.language import CODES, language
from wijkpeil.publication.study_records import from_json, to_json
from wijkpeil.publication.studying import run_study

DAY = date(2026, 11, 24)
WIJKEN = wijken(20)
ONE, TWO, *OTHERS = WIJKEN
GAIN = -0.02


def ran(of: Study, edition: HandMade) -> StudyResult:
    """Run a study, and hold what came out to what must hold of every result."""
    found = run_study(of, edition, computed_on=DAY)
    assert from_json(to_json(found)) == found
    for code in CODES:
        page = study_page.page(found, edition.policy, language(code))
        assert not re.search(r">\s*(None|nan|inf)\b", page)
    return found


def only(of: Study, edition: HandMade) -> OutcomeResult:
    (outcome,) = ran(of, edition).outcomes
    return outcome


def helped(**changed) -> HandMade:
    """Two areas in which something was done that worked."""
    values = noisy(WIJKEN, effect={ONE: GAIN, TWO: GAIN})
    return HandMade(**{"values": {OUTCOME: values}, **changed})


def of_outcome(**traits) -> tuple:
    return (small_country.indicator(OUTCOME, **{"moment": Moment.WHOLE_YEAR, **traits}),)


BOTH = treated([ONE, TWO])


class _Programme(HandMade):
    """A programme of two neighbourhoods, of one part each, that began on some day."""

    began = date(2010, 1, 1)

    @property
    def policy(self):
        neighbourhoods = tuple(
            Neighbourhood(
                id=code.split(".")[1], name=code, gemeente="GM0001", parts=parts, certainty="official", start=self.began
            )
            for code, parts in self.composed.items()
        )
        own = replace(small_country.programme(), id="eigen", start=self.began, neighbourhoods=neighbourhoods)
        return replace(super().policy, programmes=(own,))


def programme(began: date) -> _Programme:
    """Give a country with a programme; its neighbourhoods have the figures of their parts."""
    composed = {f"eigen.{area.lower()}": (area,) for area in (ONE, TWO)}
    values = helped().values[OUTCOME]
    made = _Programme(
        values={OUTCOME: values | {code: values[parts[0]] for code, parts in composed.items()}}, composed=composed
    )
    made.began = began
    return made
