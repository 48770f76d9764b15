"""Takes a draft back: it is never public, and who could read it still finds it, with the reason."""

from collections.abc import Mapping

from wijkpeil.portrayal.language import mark
from wijkpeil.web.accounts.models import Account
from wijkpeil.web.accounts.roles import Kind, Verb
from wijkpeil.web.programmes.acting import acting
from wijkpeil.web.programmes.forms.fields import NeedsReason
from wijkpeil.web.programmes.models.agreement import Agreement, ItemState
from wijkpeil.web.programmes.models.thing import Retractable
from wijkpeil.web.programmes.policy import require_reason, step
from wijkpeil.web.programmes.sections import Act
from wijkpeil.web.programmes.states import (
    AGREEMENT,
    AMBITION,
    DECISION,
    DOCUMENT,
    ITEM,
    MEASURE,
    PROMISE,
    PUBLICATION,
    Steps,
)

STEPS: Mapping[Kind, Steps] = {
    Kind.AMBITION: AMBITION,
    Kind.AGREEMENT: AGREEMENT,
    Kind.MEASURE: MEASURE,
    Kind.VISITATION: PUBLICATION,
    Kind.REVIEW: PUBLICATION,
    Kind.DECISION: DECISION,
    Kind.PROMISE: PROMISE,
    Kind.DOCUMENT: DOCUMENT,
}
"""The table of every kind of thing of which a draft can be withdrawn."""


def withdraw(thing: Retractable, *, by: Account, reason: str, seen: int) -> None:
    """Withdraw a draft with the reason; the items of an agreement that nobody signed lapse with it."""
    with acting(thing, Verb.WITHDRAW, by=by, reason=reason, payload={}, seen=seen):
        require_reason(reason)
        step(thing, STEPS[thing.KIND], Verb.WITHDRAW)
        thing.withdrawn_because = reason
        thing.save()
        if isinstance(thing, Agreement):
            _lapse(thing)


def _lapse(agreement: Agreement) -> None:
    for item in agreement.items.select_for_update().filter(state=ItemState.PROPOSED):
        step(item, ITEM, Verb.END)
        item.version += 1
        item.save()


class WithdrawForm(NeedsReason):
    """Why a draft is taken back."""

    WHY = mark("Waarom trek je dit in?")
    WHY_HELP = mark("Wie het concept kon lezen, leest ook dit. Het wordt niet openbaar. Noem geen namen van personen.")


def withdrawing(kind: Kind) -> Act:
    """Give the verb as people meet it at the desk, in every state in which the table has it."""
    return Act(
        slug="intrekken",
        verb=Verb.WITHDRAW,
        label=mark("Intrekken"),
        form=WithdrawForm,
        states=frozenset(str(state) for state, verb in STEPS[kind] if verb == Verb.WITHDRAW),
        do=lambda one, said, by, seen: withdraw(one, by=by, reason=said["reason"], seen=seen),
    )
