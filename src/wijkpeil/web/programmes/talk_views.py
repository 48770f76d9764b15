"""Status talks at the desk; no word of them is public."""

from typing import Any

from django.utils import timezone

from wijkpeil.portrayal.language import mark
from wijkpeil.web.accounts.roles import Verb
from wijkpeil.web.programmes import talks
from wijkpeil.web.programmes.desk import Desk
from wijkpeil.web.programmes.forms.attachment import and_attach, attachment_acts
from wijkpeil.web.programmes.forms.talk import DissentForm, EraseForm, TalkForm, participants_as_typed
from wijkpeil.web.programmes.models.decision import Talk
from wijkpeil.web.programmes.sections import Act, Section
from wijkpeil.web.programmes.taking import place, taken


def detail(talk: Talk, desk: Desk) -> dict[str, Any]:
    """Give when it was, who was there, the minutes, and what people did not agree with."""
    say, language = desk.request.tongue.say, desk.request.tongue
    there = [f"{one.role}: {one.name}" if one.name else one.role for one in talk.participants.order_by("pk")]
    facts = [(say("Wijk"), desk.where(talk)), (say("Dag"), language.day(talk.on)), (say("Onderwerp"), talk.about)]
    if talk.erased_at is not None:
        facts.append((say("Namen en verslag gewist op"), language.day(timezone.localdate(talk.erased_at))))
    dissents = [one.text for one in talk.dissents.order_by("at") if one.text]
    return {
        "facts": facts,
        "texts": [(say("Wie waren erbij"), there), (say("Verslag"), [talk.minutes]), (say("Niet mee eens"), dissents)],
    }


def opening(talk: Talk) -> dict[str, Any]:
    """Give what stands in the form."""
    return {name: getattr(talk, name) for name in talks.FIELDS} | {"participants": participants_as_typed(talk)}


def is_there(talk: Talk, desk: Desk) -> bool:
    """Whether names and texts are still there."""
    return not talk.is_erased


TALKS = Section(
    slug="gesprekken",
    model=Talk,
    heading=mark("Statusgesprekken"),
    lead=mark("Wat er met een wijk besproken is. Alleen wie in het programma werkt, kan dit lezen."),
    template="programmes/judged.html.j2",
    title=lambda one: str(one.about) or f"{one.on:%d-%m-%Y}",
    said=lambda one, desk: f"{desk.where(one)}, {desk.request.tongue.day(one.on)}",
    detail=detail,
    order=("-on", "pk"),
    acts=(
        Act(
            slug="wijzigen",
            verb=Verb.CHANGE,
            label=mark("Wijzigen"),
            form=TalkForm,
            suits=is_there,
            opening=opening,
            do=and_attach(
                lambda one, said, by, seen: talks.change(
                    one, taken(said, talks.FIELDS), said["participants"], by=by, reason=said["reason"], seen=seen
                )
            ),
        ),
        Act(
            slug="bezwaar",
            verb=Verb.DISSENT,
            label=mark("Vastleggen dat je het niet eens bent"),
            form=DissentForm,
            suits=is_there,
            do=lambda one, said, by, seen: talks.dissent(one, said["text"], by=by, reason=said["reason"]),
        ),
        Act(
            slug="wissen",
            verb=Verb.ERASE,
            label=mark("Namen en verslag wissen"),
            form=EraseForm,
            suits=is_there,
            do=lambda one, said, by, seen: talks.erase(one, by=by, reason=said["reason"], seen=seen),
        ),
        *attachment_acts(),
    ),
    adding=Act(
        slug="nieuw",
        verb=Verb.ADD,
        label=mark("Gesprek vastleggen"),
        form=TalkForm,
        do=and_attach(lambda one, said, by, seen: talks.add(one, said["participants"], by=by, reason=said["reason"])),
    ),
    new_of=lambda desk, said: Talk(**place(desk, said), **taken(said, talks.FIELDS)),
)
