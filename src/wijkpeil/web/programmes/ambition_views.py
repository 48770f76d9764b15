"""Ambitions at the desk."""

from typing import Any

from wijkpeil.portrayal.language import mark
from wijkpeil.web.accounts.roles import Kind, Verb
from wijkpeil.web.programmes import ambitions
from wijkpeil.web.programmes.desk import Desk
from wijkpeil.web.programmes.forms.ambition import AmbitionForm
from wijkpeil.web.programmes.forms.fields import JustDo, NeedsReason, in_words
from wijkpeil.web.programmes.models.ambition import Ambition, AmbitionState
from wijkpeil.web.programmes.sections import Act, Section, beginning
from wijkpeil.web.programmes.taking import place, taken
from wijkpeil.web.programmes.withdrawing import withdrawing


def detail(ambition: Ambition, desk: Desk) -> dict[str, Any]:
    """Give its theme and its figure in words."""
    policy, language = desk.edition.policy, desk.request.tongue
    theme, indicator = policy.theme.get(ambition.theme), policy.indicator.get(ambition.indicator)
    return {
        "theme": language.label(theme) if theme else ambition.theme,
        "indicator": language.label(indicator) if indicator else ambition.indicator,
        "numbers": {name: in_words(getattr(ambition, name)) for name in ("baseline", "target")},
    }


def opening(ambition: Ambition) -> dict[str, Any]:
    """Give what stands in the form."""
    numbers = {name: in_words(getattr(ambition, name)) for name in ("baseline", "target")}
    return ambitions.written(ambition) | numbers


AMBITIONS = Section(
    slug="ambities",
    model=Ambition,
    heading=mark("Ambities"),
    lead=mark("Wat bewoners en partijen willen voor hun wijk, in hun eigen woorden, en wanneer zij tevreden zijn."),
    template="programmes/ambition.html.j2",
    title=lambda one: beginning(one.words),
    said=lambda one, desk: f"{desk.where(one)}, {desk.request.tongue.say(one.get_state_display())}",
    detail=detail,
    acts=(
        Act(
            slug="wijzigen",
            verb=Verb.CHANGE,
            label=mark("Wijzigen"),
            form=AmbitionForm,
            states=frozenset({AmbitionState.DRAFT, AmbitionState.SUBMITTED}),
            opening=opening,
            do=lambda one, said, by, seen: ambitions.change(
                one, taken(said, ambitions.FIELDS), by=by, reason=said["reason"], seen=seen
            ),
        ),
        Act(
            slug="voorleggen",
            verb=Verb.SUBMIT,
            label=mark("Voorleggen"),
            form=JustDo,
            states=frozenset({AmbitionState.DRAFT}),
            do=lambda one, said, by, seen: ambitions.submit(one, by=by, reason=said["reason"], seen=seen),
        ),
        Act(
            slug="goedkeuren",
            verb=Verb.APPROVE,
            label=mark("Goedkeuren"),
            form=JustDo,
            states=frozenset({AmbitionState.SUBMITTED}),
            do=lambda one, said, by, seen: ambitions.approve(one, by=by, reason=said["reason"], seen=seen),
        ),
        Act(
            slug="beeindigen",
            verb=Verb.END,
            label=mark("Beëindigen"),
            form=NeedsReason,
            states=frozenset({AmbitionState.APPROVED}),
            do=lambda one, said, by, seen: ambitions.end(one, by=by, reason=said["reason"], seen=seen),
        ),
        withdrawing(Kind.AMBITION),
    ),
    adding=Act(
        slug="nieuw",
        verb=Verb.ADD,
        label=mark("Nieuwe ambitie"),
        form=AmbitionForm,
        do=lambda one, said, by, seen: ambitions.add(one, by=by, reason=said["reason"]),
    ),
    new_of=lambda desk, said: Ambition(**place(desk, said), **taken(said, ambitions.FIELDS)),
)
