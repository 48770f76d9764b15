"""Visitations, their recommendations and reviews of studies at the desk."""

from typing import Any

from wijkpeil.portrayal.language import mark
from wijkpeil.web.accounts.roles import Kind, Verb
from wijkpeil.web.programmes import visitations
from wijkpeil.web.programmes.desk import Desk
from wijkpeil.web.programmes.forms.attachment import and_attach, attachment_acts
from wijkpeil.web.programmes.forms.fields import JustDo
from wijkpeil.web.programmes.forms.visitation import (
    CloseForm,
    RecommendationForm,
    RespondForm,
    ReviewForm,
    VisitationForm,
)
from wijkpeil.web.programmes.models.visitation import (
    PublicationState,
    Recommendation,
    RecommendationState,
    Review,
    Visitation,
)
from wijkpeil.web.programmes.sections import Act, Section, beginning
from wijkpeil.web.programmes.taking import place, taken
from wijkpeil.web.programmes.withdrawing import withdrawing

_DRAFT = frozenset({PublicationState.DRAFT})
_OPEN = frozenset({RecommendationState.OPEN})


def visitation(one: Visitation, desk: Desk) -> dict[str, Any]:
    """Give what was found, and each recommendation with its answer."""
    say, language = desk.request.tongue.say, desk.request.tongue
    recommended = desk.visible(Recommendation).filter(visitation=one).select_related("partner").order_by("pk")
    return {
        "facts": [(say("Wijk"), desk.where(one)), (say("Dag"), language.day(one.on)), (say("Rapport"), one.report_at)],
        "texts": [(say("Gesproken met"), [one.met]), (say("Bevindingen"), [one.findings])],
        "links": [
            (two.text[:200], desk.at("aanbevelingen_one", key=two.key), answer_words(two, desk)) for two in recommended
        ],
    }


def recommendation(one: Recommendation, desk: Desk) -> dict[str, Any]:
    """Give what was recommended to whom, the answer, and whether it was done."""
    say, language = desk.request.tongue.say, desk.request.tongue
    facts = [(say("Stand"), say(one.get_state_display())), (say("Antwoord"), answer_words(one, desk))]
    if one.partner is not None:
        facts.insert(0, (say("Aan"), one.partner.name))
    if one.due is not None:
        facts.append((say("Klaar op"), language.day(one.due)))
    texts = [
        (say("Aanbeveling"), [one.text]),
        (say("Antwoord"), [one.answer_text]),
        (say("Gesloten omdat"), [one.closed_because]),
    ]
    return {"facts": facts, "texts": texts}


def answer_words(one: Recommendation, desk: Desk) -> str:
    """Say what the answer was, or that there is none."""
    say = desk.request.tongue.say
    return say(one.get_answer_display()) if one.answer else say("nog geen antwoord")


def review(one: Review, desk: Desk) -> dict[str, Any]:
    """Give the verdict on a study."""
    say = desk.request.tongue.say
    facts = [(say("Studie"), one.study), (say("Commissie"), one.committee)]
    return {
        "facts": [*facts, (say("Voorbeeld voor anderen"), say("ja") if one.is_example else say("nee"))],
        "texts": [(say("Oordeel"), [one.verdict])],
    }


def _change(fields: tuple[str, ...], form: Any) -> Act:
    return Act(
        slug="wijzigen",
        verb=Verb.CHANGE,
        label=mark("Wijzigen"),
        form=form,
        states=_DRAFT,
        opening=lambda one: {name: getattr(one, name) for name in fields},
        do=and_attach(
            lambda one, said, by, seen: visitations.change(
                one, taken(said, fields), by=by, reason=said["reason"], seen=seen
            )
        ),
    )


_PUBLISH = Act(
    slug="publiceren",
    verb=Verb.PUBLISH,
    label=mark("Publiceren"),
    form=JustDo,
    states=_DRAFT,
    do=lambda one, said, by, seen: visitations.publish(one, by=by, reason=said["reason"], seen=seen),
)


def _add(label: str, form: Any) -> Act:
    return Act(
        slug="nieuw",
        verb=Verb.ADD,
        label=label,
        form=form,
        do=and_attach(lambda one, said, by, seen: visitations.add(one, by=by, reason=said["reason"])),
    )


VISITATIONS = Section(
    slug="visitaties",
    model=Visitation,
    heading=mark("Visitaties"),
    lead=mark("Wat een commissie zag toen zij langskwam, en wat zij aanbeveelt."),
    template="programmes/judged.html.j2",
    title=lambda one: str(one.committee),
    said=lambda one, desk: f"{desk.where(one)}, {desk.request.tongue.day(one.on)}",
    detail=visitation,
    order=("-on", "pk"),
    acts=(
        _change(visitations.FIELDS, VisitationForm),
        Act(
            slug="aanbevelen",
            verb=Verb.ADD,
            kind=Kind.RECOMMENDATION,
            label=mark("Aanbeveling toevoegen"),
            form=RecommendationForm,
            do=lambda one, said, by, seen: visitations.recommend(
                Recommendation(visitation=one, partner=said["partner"], text=said["text"], due=said["due"]),
                by=by,
                reason=said["reason"],
            ),
        ),
        _PUBLISH,
        withdrawing(Kind.VISITATION),
        *attachment_acts(),
    ),
    adding=_add(mark("Nieuwe visitatie"), VisitationForm),
    new_of=lambda desk, said: Visitation(**place(desk, said), **taken(said, visitations.FIELDS)),
)
RECOMMENDATIONS = Section(
    slug="aanbevelingen",
    model=Recommendation,
    heading=mark("Aanbevelingen"),
    lead=mark("Wat visitaties aanbevolen, wat het antwoord was, en of het is gedaan."),
    template="programmes/judged.html.j2",
    title=lambda one: beginning(one.text),
    said=lambda one, desk: f"{answer_words(one, desk)}, {desk.request.tongue.say(one.get_state_display())}",
    detail=recommendation,
    order=("due", "pk"),
    related=("visitation", "partner"),
    acts=(
        Act(
            slug="antwoorden",
            verb=Verb.RESPOND,
            label=mark("Antwoorden"),
            form=RespondForm,
            states=_OPEN,
            opening=lambda one: {"answer": one.answer, "text": one.answer_text},
            do=lambda one, said, by, seen: visitations.respond(
                one, said["answer"], said["text"], by=by, reason=said["reason"], seen=seen
            ),
        ),
        Act(
            slug="sluiten",
            verb=Verb.CLOSE,
            label=mark("Sluiten"),
            form=CloseForm,
            states=_OPEN,
            do=lambda one, said, by, seen: visitations.close(
                one, said["state"], by=by, reason=said["reason"], seen=seen
            ),
        ),
    ),
)
REVIEWS = Section(
    slug="beoordelingen",
    model=Review,
    heading=mark("Beoordelingen van studies"),
    lead=mark("Wat de wetenschappelijke commissie van een studie vindt."),
    template="programmes/judged.html.j2",
    title=lambda one: str(one.study),
    said=lambda one, desk: str(one.committee),
    detail=review,
    acts=(_change(visitations.REVIEW_FIELDS, ReviewForm), _PUBLISH, withdrawing(Kind.REVIEW)),
    adding=_add(mark("Nieuwe beoordeling"), ReviewForm),
    new_of=lambda desk, said: Review(**place(desk, said), **taken(said, visitations.REVIEW_FIELDS)),
)
