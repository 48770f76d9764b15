"""Promises to parliament at the desk."""

from typing import Any

from django.utils import timezone

from wijkpeil.portrayal.language import mark
from wijkpeil.web.accounts.roles import Kind, Verb
from wijkpeil.web.programmes import promises
from wijkpeil.web.programmes.desk import Desk
from wijkpeil.web.programmes.forms.promise import AnswerForm, PromiseForm
from wijkpeil.web.programmes.models.promise import Promise, PromiseState
from wijkpeil.web.programmes.sections import Act, Section, beginning, state_of
from wijkpeil.web.programmes.taking import place, taken
from wijkpeil.web.programmes.withdrawing import withdrawing

_OPEN = frozenset({PromiseState.OPEN})


def detail(one: Promise, desk: Desk) -> dict[str, Any]:
    """Give what was promised, by when, and the answer."""
    say, language = desk.request.tongue.say, desk.request.tongue
    facts = [
        (say("Soort"), say(one.get_kind_display())),
        (say("Stuk"), one.paper),
        (say("Klaar op"), language.day(one.due)),
        (say("Stand"), say(one.get_state_display())),
    ]
    if one.answered_on is not None:
        facts.append((say("Beantwoord op"), f"{language.day(one.answered_on)}, {one.answer_paper}"))
    return {"facts": facts, "texts": [(say("Toezegging"), [one.text]), (say("Antwoord"), [one.answer])]}


PROMISES = Section(
    slug="toezeggingen",
    model=Promise,
    heading=mark("Toezeggingen aan de Kamer"),
    lead=mark("Wat de Kamer is toegezegd, voor wanneer, en wat het antwoord was."),
    template="programmes/judged.html.j2",
    title=lambda one: beginning(one.text),
    said=lambda one, desk: desk.request.tongue.say(
        "{paper}, klaar op {due}, {state}",
        paper=one.paper,
        due=desk.request.tongue.short_day(one.due),
        state=state_of(one, desk, is_late=one.is_overdue(timezone.localdate())),
    ),
    detail=detail,
    order=("due", "pk"),
    acts=(
        Act(
            slug="wijzigen",
            verb=Verb.CHANGE,
            label=mark("Wijzigen"),
            form=PromiseForm,
            states=_OPEN,
            opening=lambda one: {name: getattr(one, name) for name in promises.FIELDS},
            do=lambda one, said, by, seen: promises.change(
                one, taken(said, promises.FIELDS), by=by, reason=said["reason"], seen=seen
            ),
        ),
        Act(
            slug="beantwoorden",
            verb=Verb.CLOSE,
            label=mark("Beantwoorden"),
            form=AnswerForm,
            states=_OPEN,
            do=lambda one, said, by, seen: promises.answer(
                one, text=said["text"], paper=said["paper"], on=said["on"], by=by, reason=said["reason"], seen=seen
            ),
        ),
        withdrawing(Kind.PROMISE),
    ),
    adding=Act(
        slug="nieuw",
        verb=Verb.ADD,
        label=mark("Nieuwe toezegging"),
        form=PromiseForm,
        do=lambda one, said, by, seen: promises.add(one, by=by, reason=said["reason"]),
    ),
    new_of=lambda desk, said: Promise(**place(desk, said), **taken(said, promises.FIELDS)),
)
