"""When a status decision is allowed: its sources, its talk with residents, and what it follows on."""

from datetime import date

from django.utils import timezone

from wijkpeil.portrayal.language import mark
from wijkpeil.web.programmes.acting import NotNowError
from wijkpeil.web.programmes.models.decision import Course, Decision, DecisionState, Ground

TWO = 2
"""A decision rests on so many named sources at least."""


def standing(programme: str, area: str) -> Decision | None:
    """Give the decision that holds for a neighbourhood today."""
    decided = Decision.objects.filter(programme=programme, area=area, state=DecisionState.DECIDED)
    return decided.order_by("decided_on", "pk").last()


def require_decidable(decision: Decision, grounds: list[Ground]) -> None:
    """Refuse a decision that may not be taken as it is; all of it is looked at again when it is taken."""
    if decision.course not in {Course.WIND_DOWN, Course.CONTINUE, Course.INTENSIFY, Course.RETURN}:
        raise NotNowError(mark("Een besluit is afbouwen, doorgaan, intensiveren of terugkeren."))
    if not decision.why.strip():
        raise NotNowError(mark("Schrijf op waarom jullie dit besluiten. Iedereen kan dat lezen."))
    names = {" ".join(one.name.split()).casefold() for one in grounds if one.name.strip() and one.says.strip()}
    if len(names) < TWO:
        raise NotNowError(
            mark("Een besluit rust op minstens twee bronnen met een eigen naam. Schrijf bij elke bron op wat zij zegt.")
        )
    _require_talk(decision)
    _require_course(decision)


def require_day(day: date, after: date | None) -> None:
    """Refuse a day that has yet to come, or that lies before what it follows on."""
    if day > timezone.localdate():
        raise NotNowError(mark("Deze dag moet nog komen. Kijk de datum na."))
    if after is not None and day < after:
        raise NotNowError(mark("Deze dag ligt voor het gesprek of het besluit zelf. Kijk de datum na."))


def _require_talk(decision: Decision) -> None:
    talk = decision.talk
    if talk is not None and (talk.programme, talk.area) != (decision.programme, decision.area):
        raise NotNowError(mark("Het gesprek ging over een andere wijk."))
    if decision.course != Course.WIND_DOWN:
        return
    if talk is None or not talk.had_residents:
        raise NotNowError(mark("Afbouwen kan pas na een gesprek waar bewoners bij waren. Leg dat gesprek eerst vast."))
    if not decision.returns_when.strip():
        raise NotNowError(mark("Schrijf bij afbouwen op wanneer de wijk terugkeert als het weer slechter gaat."))


def _require_course(decision: Decision) -> None:
    before = standing(decision.programme, decision.area)
    is_out = before is not None and before.course == Course.WIND_DOWN
    if decision.course == Course.RETURN and not is_out:
        raise NotNowError(mark("Terugkeren kan alleen een wijk die is afgebouwd."))
    if decision.course != Course.RETURN and is_out:
        raise NotNowError(mark("Deze wijk is afgebouwd. Zij komt alleen terug met een besluit om terug te keren."))
