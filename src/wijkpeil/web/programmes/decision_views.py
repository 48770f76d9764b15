"""Status decisions at the desk: what the figures propose stands beside what people decide."""

from typing import Any

from wijkpeil.domain.verdict import Verdict
from wijkpeil.portrayal.language import mark
from wijkpeil.portrayal.verdicts import word
from wijkpeil.portrayal.words import Speaker
from wijkpeil.web.accounts.roles import Kind, Verb
from wijkpeil.web.programmes import decisions
from wijkpeil.web.programmes.desk import Desk
from wijkpeil.web.programmes.forms.decision import (
    DecideForm,
    DecisionForm,
    InformForm,
    grounds_as_typed,
    grounds_of,
)
from wijkpeil.web.programmes.forms.fields import JustDo
from wijkpeil.web.programmes.judged import judged_of, wanted_of
from wijkpeil.web.programmes.models.decision import Course, Decision, DecisionState
from wijkpeil.web.programmes.proposal import Revised, propose, revised
from wijkpeil.web.programmes.sections import Act, Section
from wijkpeil.web.programmes.taking import place, taken
from wijkpeil.web.programmes.withdrawing import withdrawing


def detail(decision: Decision, desk: Desk) -> dict[str, Any]:
    """Give the decision, its sources and what the figures proposed; objections only to who works in the programme."""
    say, language = desk.request.tongue.say, desk.request.tongue
    facts = [(say("Wijk"), desk.where(decision)), (say("Besluit"), say(str(Course(decision.course).label)))]
    if decision.decided_on is not None:
        facts.append((say("Besloten op"), language.day(decision.decided_on)))
    if decision.parliament_informed_on is not None:
        told = f"{language.day(decision.parliament_informed_on)}, {decision.parliament_paper}"
        facts.append((say("Kamer geïnformeerd"), told))
    facts.append((say("Editie"), decision.edition))
    facts.append((say("Voorstel uit de cijfers"), say(str(Course(decision.proposal).label))))
    if decision.talk is not None:
        with_residents = say("ja, met bewoners") if decision.talk.had_residents else say("ja, zonder bewoners")
        facts.append((say("Gesprek"), with_residents))
    sources = [": ".join(filter(None, (one.name, one.says))) for one in decision.grounds.order_by("pk")]
    reasons = [say(one["text"], **one["parts"]) for one in decision.proposal_record.get("reasons", [])]
    now = judged_of(desk.edition, desk.programme.id, decision.area) if desk.edition.id != decision.edition else []
    changed = [revised_words(one, desk) for one in revised(decision.verdicts, now)] if now else []
    texts = [
        (say("Waarom"), [decision.why]),
        (say("Bronnen"), sources),
        (say("Waarom de cijfers dit voorstellen"), reasons),
        (say("Wanneer de wijk terugkeert"), [decision.returns_when]),
        (say("Een latere editie zegt iets anders"), changed),
    ]
    if desk.may(Kind.DECISION, Verb.READ, decision.place):
        texts.append((say("Bezwaren"), [decision.objections]))
    return {"facts": facts, "texts": texts}


def revised_words(one: Revised, desk: Desk) -> str:
    """Say what a verdict was and what it is now."""
    language, policy = desk.request.tongue, desk.edition.policy
    indicator = policy.indicator.get(one.indicator)
    return language.say(
        "{label}, naast {other}: was ‘{before}’, is nu ‘{after}’",
        label=language.label(indicator) if indicator else one.indicator,
        other=Speaker(language=language, policy=policy).comparator(one.comparator),
        before=word(language, Verdict(one.before)),
        after=word(language, Verdict(one.after)) if one.after else language.say("niet meer beoordeeld"),
    )


def opening(decision: Decision) -> dict[str, Any]:
    """Give what stands in the form."""
    own = {name: getattr(decision, name) for name in decisions.FIELDS if name != "talk"}
    return own | {"talk": decision.talk.key if decision.talk else ""} | grounds_as_typed(decision)


def new_of(desk: Desk, said: dict[str, Any]) -> Decision:
    """Make a decision that rests on the newest edition, with what its figures propose."""
    judged = judged_of(desk.edition, desk.programme.id, said["area"])
    proposal = propose(judged, wanted_of(desk.edition, desk.programme.id, said["area"]))
    said["basis"] = {"edition": desk.edition.id, "judged": judged, "proposal": proposal}
    return Decision(**place(desk, said), **taken(said, decisions.FIELDS))


DECISIONS = Section(
    slug="besluiten",
    model=Decision,
    heading=mark("Statusbesluiten"),
    lead=mark(
        "Afbouwen, doorgaan, intensiveren of terugkeren: wat besloten is, op grond waarvan, en wat de Kamer hoorde."
    ),
    template="programmes/judged.html.j2",
    title=lambda one: str(Course(one.course).label).capitalize(),
    said=lambda one, desk: f"{desk.where(one)}, {desk.request.tongue.say(one.get_state_display())}",
    detail=detail,
    order=("-decided_on", "-made_at"),
    related=("talk",),
    acts=(
        Act(
            slug="wijzigen",
            verb=Verb.CHANGE,
            label=mark("Wijzigen"),
            form=DecisionForm,
            states=frozenset({DecisionState.DRAFT, DecisionState.SUBMITTED}),
            opening=opening,
            do=lambda one, said, by, seen: decisions.change(
                one, taken(said, decisions.FIELDS), grounds_of(said), by=by, reason=said["reason"], seen=seen
            ),
        ),
        Act(
            slug="voorleggen",
            verb=Verb.SUBMIT,
            label=mark("Voorleggen"),
            form=JustDo,
            states=frozenset({DecisionState.DRAFT}),
            do=lambda one, said, by, seen: decisions.submit(one, by=by, reason=said["reason"], seen=seen),
        ),
        Act(
            slug="besluiten",
            verb=Verb.DECIDE,
            label=mark("Besluiten"),
            form=DecideForm,
            states=frozenset({DecisionState.SUBMITTED}),
            do=lambda one, said, by, seen: decisions.decide(
                one, on=said["on"], by=by, reason=said["reason"], seen=seen
            ),
        ),
        Act(
            slug="kamer",
            verb=Verb.INFORM,
            label=mark("Vastleggen dat de Kamer het weet"),
            form=InformForm,
            states=frozenset({DecisionState.DECIDED}),
            do=lambda one, said, by, seen: decisions.inform(
                one, on=said["on"], paper=said["paper"], by=by, reason=said["reason"], seen=seen
            ),
        ),
        withdrawing(Kind.DECISION),
    ),
    adding=Act(
        slug="nieuw",
        verb=Verb.ADD,
        label=mark("Besluit voorbereiden"),
        form=DecisionForm,
        do=lambda one, said, by, seen: decisions.add(
            one, grounds_of(said), **said["basis"], by=by, reason=said["reason"]
        ),
    ),
    new_of=new_of,
)
