"""Partners at the desk."""

from typing import Any

from wijkpeil.portrayal.language import mark
from wijkpeil.web.accounts.roles import Verb
from wijkpeil.web.programmes import partners
from wijkpeil.web.programmes.desk import Desk
from wijkpeil.web.programmes.forms.partner import PartnerForm
from wijkpeil.web.programmes.models.agreement import Agreement
from wijkpeil.web.programmes.models.partner import Partner
from wijkpeil.web.programmes.sections import Act, Section
from wijkpeil.web.programmes.taking import taken


def detail(partner: Partner, desk: Desk) -> dict[str, Any]:
    """Give the agreements in which it takes part."""
    return {"agreements": desk.visible(Agreement).filter(partners=partner).order_by("-made_at")}


PARTNERS = Section(
    slug="partners",
    model=Partner,
    heading=mark("Partijen"),
    lead=mark("Wie meedoet aan het programma."),
    template="programmes/partner.html.j2",
    title=lambda one: str(one.name),
    said=lambda one, desk: f"{desk.request.tongue.say(one.get_kind_display())}, {desk.where(one)}",
    detail=detail,
    order=("city", "name"),
    acts=(
        Act(
            slug="wijzigen",
            verb=Verb.CHANGE,
            label=mark("Wijzigen"),
            form=PartnerForm,
            opening=lambda one: {name: getattr(one, name) for name in partners.FIELDS},
            do=lambda one, said, by, seen: partners.change(
                one, taken(said, partners.FIELDS), by=by, reason=said["reason"], seen=seen
            ),
        ),
    ),
    adding=Act(
        slug="nieuw",
        verb=Verb.ADD,
        label=mark("Nieuwe partij"),
        form=PartnerForm,
        do=lambda one, said, by, seen: partners.add(one, by=by, reason=said["reason"]),
    ),
    new_of=lambda desk, said: Partner(**desk.chosen(said["city"]), **taken(said, partners.FIELDS)),
)
