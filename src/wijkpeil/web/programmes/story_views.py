"""Stories at the desk; who is portrayed, and who agreed, is never public."""

from typing import Any

from wijkpeil.portrayal.language import mark
from wijkpeil.web.accounts.roles import Kind, Verb
from wijkpeil.web.programmes import stories
from wijkpeil.web.programmes.desk import Desk
from wijkpeil.web.programmes.forms.attachment import and_attach, attachment_acts
from wijkpeil.web.programmes.forms.fields import JustDo
from wijkpeil.web.programmes.forms.story import ConsentForm, StoryForm
from wijkpeil.web.programmes.forms.talk import EraseForm
from wijkpeil.web.programmes.models.story import Consent, Story, StoryState
from wijkpeil.web.programmes.sections import Act, Section
from wijkpeil.web.programmes.taking import place, taken

_CONSENT = ("name", "is_minor", "guardian", "given_on", "until")
_WRITING = frozenset({StoryState.DRAFT, StoryState.SUBMITTED})


def detail(one: Story, desk: Desk) -> dict[str, Any]:
    """Give the story; whether everybody agreed only to who works in the programme."""
    say, policy = desk.request.tongue.say, desk.edition.policy
    indicator = policy.indicator.get(one.indicator)
    facts = [(say("Wijk"), desk.where(one)), (say("Jaar"), str(one.year))]
    if indicator is not None:
        facts.append((say("Bij het cijfer"), desk.request.tongue.label(indicator)))
    facts.append((say("Gezocht of ongezocht"), say("gezocht") if one.was_sought else say("ongezocht")))
    texts = [(say("Het verhaal"), [one.text]), (say("Waar het uit blijkt"), [one.evidence])]
    if desk.may(Kind.STORY, Verb.READ, one.place):
        facts.append((say("Herkenbaar"), str(one.portrayed)))
        texts.append((say("Toestemming van"), [given.name for given in one.consents.order_by("pk") if given.name]))
    return {"facts": facts, "texts": texts}


def opening(one: Story) -> dict[str, Any]:
    """Give what stands in the form."""
    own = {name: getattr(one, name) for name in stories.FIELDS if name != "partner"}
    return own | {"partner": one.partner.key if one.partner else ""}


STORIES = Section(
    slug="verhalen",
    model=Story,
    heading=mark("Verhalen"),
    lead=mark("Kleine successen en onverwachte opbrengsten, met waar dat uit blijkt."),
    template="programmes/judged.html.j2",
    title=lambda one: str(one.title) or f"{one.year}",
    said=lambda one, desk: f"{desk.where(one)}, {one.year}",
    detail=detail,
    order=("-year", "pk"),
    related=("partner",),
    acts=(
        Act(
            slug="wijzigen",
            verb=Verb.CHANGE,
            label=mark("Wijzigen"),
            form=StoryForm,
            states=_WRITING,
            opening=opening,
            do=and_attach(
                lambda one, said, by, seen: stories.change(
                    one, taken(said, stories.FIELDS), by=by, reason=said["reason"], seen=seen
                )
            ),
        ),
        Act(
            slug="toestemming",
            verb=Verb.CHANGE,
            label=mark("Toestemming vastleggen"),
            form=ConsentForm,
            states=_WRITING,
            do=lambda one, said, by, seen: stories.consent(
                one, Consent(**taken(said, _CONSENT)), by=by, reason=said["reason"], seen=seen
            ),
        ),
        Act(
            slug="voorleggen",
            verb=Verb.SUBMIT,
            label=mark("Voorleggen"),
            form=JustDo,
            states=frozenset({StoryState.DRAFT}),
            do=lambda one, said, by, seen: stories.submit(one, by=by, reason=said["reason"], seen=seen),
        ),
        Act(
            slug="publiceren",
            verb=Verb.PUBLISH,
            label=mark("Publiceren"),
            form=JustDo,
            states=frozenset({StoryState.SUBMITTED}),
            do=lambda one, said, by, seen: stories.publish(one, by=by, reason=said["reason"], seen=seen),
        ),
        Act(
            slug="intrekken",
            verb=Verb.WITHDRAW,
            label=mark("Intrekken"),
            form=JustDo,
            states=_WRITING | {StoryState.PUBLISHED},
            do=lambda one, said, by, seen: stories.withdraw(one, by=by, reason=said["reason"], seen=seen),
        ),
        Act(
            slug="wissen",
            verb=Verb.ERASE,
            label=mark("Wissen"),
            form=EraseForm,
            states=frozenset({StoryState.WITHDRAWN}),
            suits=lambda one, desk: one.erased_at is None,
            do=lambda one, said, by, seen: stories.erase(one, by=by, reason=said["reason"], seen=seen),
        ),
        *attachment_acts(),
    ),
    adding=Act(
        slug="nieuw",
        verb=Verb.ADD,
        label=mark("Nieuw verhaal"),
        form=StoryForm,
        do=and_attach(lambda one, said, by, seen: stories.add(one, by=by, reason=said["reason"])),
    ),
    new_of=lambda desk, said: Story(**place(desk, said), **taken(said, stories.FIELDS)),
)
