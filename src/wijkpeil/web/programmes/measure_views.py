"""Measures at the desk, and the carousel: what came back under a new name, and what stands still."""

from typing import Any

from django.http import HttpResponse

from wijkpeil.portrayal.language import mark
from wijkpeil.web.accounts.refusals import HiddenError
from wijkpeil.web.accounts.roles import Kind, Verb
from wijkpeil.web.design.addresses import address
from wijkpeil.web.design.request import ReaderRequest
from wijkpeil.web.programmes import measures
from wijkpeil.web.programmes.carousel import unmoved
from wijkpeil.web.programmes.desk import Desk, desk_of
from wijkpeil.web.programmes.desk_views import answer
from wijkpeil.web.programmes.forms.attachment import and_attach, attachment_acts
from wijkpeil.web.programmes.forms.fields import JustDo, in_euros
from wijkpeil.web.programmes.forms.measure import CheckForm, EndMeasureForm, MeasureForm, OutputForm
from wijkpeil.web.programmes.models.agreement import Item
from wijkpeil.web.programmes.models.measure import Measure, MeasureState, Output
from wijkpeil.web.programmes.sections import Act, Section
from wijkpeil.web.programmes.study_draft import draft, studies_naming
from wijkpeil.web.programmes.taking import place, taken
from wijkpeil.web.programmes.taking_away import TAKING_AWAY
from wijkpeil.web.programmes.warning import warned
from wijkpeil.web.programmes.withdrawing import withdrawing

_OUTPUT = ("year", "what", "quantity", "unit", "source")


def detail(measure: Measure, desk: Desk) -> dict[str, Any]:
    """Give its theme and figures in words, who pays, and what it made."""
    policy, language = desk.edition.policy, desk.request.tongue
    theme = policy.theme.get(measure.theme)
    known = [(id_, policy.indicator.get(id_)) for id_ in measure.indicators]
    return {
        "theme": language.label(theme) if theme else measure.theme,
        "indicators": [language.label(one) if one else id_ for id_, one in known],
        "payers": list(measure.paid_by.order_by("name")),
        "outputs": list(measure.outputs.order_by("year", "pk")),
        "item": desk.visible(Item).filter(pk=measure.item_id).first(),
        "studies": [(title, address("study", id=id_)) for title, id_ in studies_naming(measure, desk)],
        "draft_at": desk.at("measure_study", key=measure.key) if draft(measure, desk) else "",
    }


def opening(measure: Measure) -> dict[str, Any]:
    """Give what stands in the form."""
    return measures.written(measure) | {
        "cost_cents": in_euros(measure.cost_cents),
        "paid_by": [one.key for one in measure.paid_by.all()],
    }


def carousel(request: ReaderRequest, programme: str) -> HttpResponse:
    """Show the warnings of the carousel to who works in the programme."""
    desk = desk_of(request, programme)
    if desk.by is None or not any(held.programme == programme for held in desk.by.held):
        raise HiddenError
    told = warned(programme, desk.by)
    verdicts = desk.edition.verdicts(programme=programme, comparator="rest_of_city")
    policy, language = desk.edition.policy, request.tongue
    return answer(
        desk,
        "programmes/carousel.html.j2",
        title=language.say("Draaimolen van projecten"),
        section=MEASURES,
        repeats=told.repeats,
        unmoved=unmoved(told.known, verdicts.iter_rows(named=True)),
        label=lambda id_: language.label(policy.indicator[id_]) if id_ in policy.indicator else id_,
    )


MEASURES = Section(
    slug="maatregelen",
    model=Measure,
    heading=mark("Maatregelen"),
    lead=mark("Wat waar gebeurt, wat het moet veranderen en na hoeveel jaar, en hoe het afliep."),
    template="programmes/measure.html.j2",
    title=lambda one: str(one.name),
    said=lambda one, desk: desk.request.tongue.say(
        "{where}, sinds {year}, {state}",
        where=desk.where(one),
        year=one.started.year,
        state=desk.request.tongue.say(one.get_end_class_display() or one.get_state_display()),
    ),
    detail=detail,
    order=("area", "-started", "name"),
    related=("partner",),
    acts=(
        Act(
            slug="wijzigen",
            verb=Verb.CHANGE,
            label=mark("Wijzigen"),
            form=MeasureForm,
            states=frozenset({MeasureState.DRAFT}),
            opening=opening,
            do=lambda one, said, by, seen: measures.change(
                one, taken(said, measures.FIELDS), list(said["paid_by"]), by=by, reason=said["reason"], seen=seen
            ),
        ),
        Act(
            slug="goedkeuren",
            verb=Verb.APPROVE,
            label=mark("Goedkeuren"),
            form=JustDo,
            states=frozenset({MeasureState.DRAFT}),
            do=lambda one, said, by, seen: measures.approve(one, by=by, reason=said["reason"], seen=seen),
        ),
        Act(
            slug="opbrengst",
            verb=Verb.REPORT,
            label=mark("Opbrengst melden"),
            form=OutputForm,
            states=frozenset({MeasureState.APPROVED}),
            do=and_attach(
                lambda one, said, by, seen: measures.report(
                    one, Output(**taken(said, _OUTPUT)), by=by, reason=said["reason"], seen=seen
                )
            ),
        ),
        Act(
            slug="nakijken",
            verb=Verb.FIND,
            label=mark("Opbrengst nakijken"),
            form=CheckForm,
            states=frozenset({MeasureState.APPROVED}),
            suits=lambda one, desk: one.outputs.filter(checked_by=None, erased_at=None).exists(),
            do=lambda one, said, by, seen: measures.check(one, said["output"], by=by, reason=said["reason"], seen=seen),
        ),
        Act(
            slug="beeindigen",
            verb=Verb.END,
            label=mark("Beëindigen"),
            form=EndMeasureForm,
            states=frozenset({MeasureState.APPROVED}),
            do=lambda one, said, by, seen: measures.end(
                one,
                said["end_class"],
                by=by,
                reason=said["reason"],
                seen=seen,
                on=said["on"],
                secured_at=said["secured_at"],
                evaluated_by=said["evaluated_by"],
            ),
        ),
        withdrawing(Kind.MEASURE),
        TAKING_AWAY,
        *attachment_acts(),
    ),
    adding=Act(
        slug="nieuw",
        verb=Verb.ADD,
        label=mark("Nieuwe maatregel"),
        form=MeasureForm,
        do=lambda one, said, by, seen: measures.add(one, list(said["paid_by"]), by=by, reason=said["reason"]),
    ),
    new_of=lambda desk, said: Measure(**place(desk, said), **taken(said, measures.FIELDS)),
)
