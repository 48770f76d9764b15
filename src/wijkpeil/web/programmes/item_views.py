"""Items of agreements at the desk: what was reported beside what was found."""

from typing import Any

from django.utils import timezone

from wijkpeil.portrayal.language import mark
from wijkpeil.web.accounts.roles import Verb
from wijkpeil.web.programmes import items
from wijkpeil.web.programmes.desk import Desk
from wijkpeil.web.programmes.forms.attachment import and_attach, attachment_acts
from wijkpeil.web.programmes.forms.fields import JustDo, in_euros
from wijkpeil.web.programmes.forms.item import EndItemForm, FindForm, ItemForm, ReportForm
from wijkpeil.web.programmes.models.agreement import OPEN, Agreement, AgreementState, Item, ItemState
from wijkpeil.web.programmes.models.measure import Measure
from wijkpeil.web.programmes.sections import Act, Section, beginning, state_of
from wijkpeil.web.programmes.taking import taken
from wijkpeil.web.programmes.taking_away import TAKING_AWAY


def detail(item: Item, desk: Desk) -> dict[str, Any]:
    """Give what was reported and found, what it was in the version before, and the measures that are part of it."""
    return {
        "late": items.days_late(item, timezone.localdate()),
        "reports": item.reports.order_by("-on", "-pk"),
        "findings": item.findings.order_by("-on", "-pk"),
        "before": desk.visible(Item).filter(pk=item.follows_id).first(),
        "after": desk.visible(Item).filter(follows=item).exclude(agreement__state=AgreementState.WITHDRAWN).first(),
        "agreement": desk.visible(Agreement).filter(pk=item.agreement_id).first(),
        "measures": desk.visible(Measure).filter(item=item),
    }


def opening(item: Item) -> dict[str, Any]:
    """Give what stands in the form."""
    return items.written(item) | {
        "budget_cents": in_euros(item.budget_cents),
        "supporting": [one.key for one in item.supporting.all()],
    }


def is_draft(item: Item, desk: Desk) -> bool:
    """Whether its agreement can still be changed."""
    return item.agreement.state == AgreementState.DRAFT


ITEMS = Section(
    slug="onderdelen",
    model=Item,
    heading=mark("Onderdelen van afspraken"),
    lead=mark("Wat elke partij beloofde, wat zij daarvan meldt, en wat een ander heeft vastgesteld."),
    template="programmes/item.html.j2",
    title=lambda one: beginning(one.what),
    said=lambda one, desk: desk.request.tongue.say(
        "{partner}, klaar op {due}, {state}",
        partner=one.partner.name,
        due=desk.request.tongue.short_day(one.due),
        state=state_of(one, desk, is_late=one.is_overdue(timezone.localdate())),
    ),
    detail=detail,
    order=("due", "pk"),
    related=("partner", "agreement"),
    acts=(
        Act(
            slug="wijzigen",
            verb=Verb.CHANGE,
            label=mark("Wijzigen"),
            form=ItemForm,
            states=frozenset({ItemState.PROPOSED}),
            suits=is_draft,
            opening=opening,
            do=lambda one, said, by, seen: items.change(
                one, taken(said, items.FIELDS), list(said["supporting"]), by=by, reason=said["reason"], seen=seen
            ),
        ),
        Act(
            slug="weghalen",
            verb=Verb.END,
            label=mark("Weghalen"),
            form=JustDo,
            states=frozenset({ItemState.PROPOSED}),
            suits=lambda one, desk: is_draft(one, desk) and one.follows_id is None,
            do=lambda one, said, by, seen: items.drop(one, by=by, reason=said["reason"], seen=seen),
        ),
        Act(
            slug="starten",
            verb=Verb.START,
            label=mark("Starten"),
            form=JustDo,
            states=frozenset({ItemState.AGREED}),
            do=lambda one, said, by, seen: items.start(one, by=by, reason=said["reason"], seen=seen),
        ),
        Act(
            slug="melden",
            verb=Verb.REPORT,
            label=mark("Melden hoe ver het is"),
            form=ReportForm,
            states=OPEN,
            do=and_attach(
                lambda one, said, by, seen: items.report(
                    one,
                    said["status"],
                    said["text"],
                    by=by,
                    reason=said["reason"],
                    seen=seen,
                    spent_cents=said["spent_cents"],
                    evidence=said["evidence"],
                )
            ),
        ),
        Act(
            slug="vaststellen",
            verb=Verb.FIND,
            label=mark("Vaststellen hoe ver het is"),
            form=FindForm,
            states=OPEN,
            do=lambda one, said, by, seen: items.find(
                one, said["status"], said["text"], by=by, reason=said["reason"], seen=seen
            ),
        ),
        Act(
            slug="beeindigen",
            verb=Verb.END,
            label=mark("Beëindigen"),
            form=EndItemForm,
            states=OPEN,
            do=lambda one, said, by, seen: items.end(one, said["end_class"], by=by, reason=said["reason"], seen=seen),
        ),
        TAKING_AWAY,
        *attachment_acts(),
    ),
)
