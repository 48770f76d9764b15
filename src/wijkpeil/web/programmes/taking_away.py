"""Takes away words that everybody could read and that tell of people: that something was said, and when, stays."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone

from wijkpeil.portrayal.language import mark
from wijkpeil.web.accounts.models import Account
from wijkpeil.web.accounts.roles import Verb
from wijkpeil.web.logbook.erasing import erase_texts
from wijkpeil.web.programmes.acting import NotNowError, acting
from wijkpeil.web.programmes.forms.fields import NeedsReason, choice
from wijkpeil.web.programmes.models.agreement import Finding, Item, Report
from wijkpeil.web.programmes.models.measure import Measure, Output
from wijkpeil.web.programmes.policy import require_reason
from wijkpeil.web.programmes.sections import Act

Told = Report | Finding | Output
WORDS: Mapping[type[Any], tuple[str, ...]] = {
    Report: ("text", "evidence"),
    Finding: ("text",),
    Output: ("what", "source"),
}
"""What people wrote in each; how far something is, how much there is and when it was said are no words."""
NAMES = {Report: "report", Finding: "finding", Output: "output"}
"""By which name the line of the logbook that wrote it knows it."""
_SHORT = 80


def take_away(thing: Item | Measure, told: Told, *, by: Account | None, reason: str, seen: int | None = None) -> None:
    """Take away the words of a report, a finding or an output, here and in the logbook, for good."""
    name = NAMES[type(told)]
    with acting(thing, Verb.ERASE, by=by, reason=reason, payload={name: told.pk}, seen=seen):
        require_reason(reason)
        if told.pk not in {one.pk for one in _told_of(thing) if type(one) is type(told)}:
            raise NotNowError(mark("Deze tekst is al weggehaald."))
        for field in WORDS[type(told)]:
            setattr(told, field, "")
        told.erased_at = timezone.now()
        told.save()
        thing.save()
        erase_texts(thing.KIND, thing.key, about=(name, told.pk))


class TakeAwayForm(NeedsReason):
    """Which words go, and why."""

    WHY = mark("Waarom haal je deze tekst weg?")
    WHY_HELP = mark("Wat je weghaalt, is voorgoed weg, ook uit het logboek. Noem hier geen namen van personen.")

    def build(self) -> None:
        """Offer what has words."""
        say, day = self.desk.request.tongue.say, self.desk.request.tongue.day
        offered = [(value_of(one), _named(one, say, day)) for one in _told_of(self.thing)]
        self.fields["told"] = choice(mark("Welke tekst?"), offered)

    def told(self) -> Told:
        """Give what was chosen."""
        return next(one for one in _told_of(self.thing) if value_of(one) == self.cleaned_data["told"])


TAKING_AWAY = Act(
    slug="weghalen-tekst",
    verb=Verb.ERASE,
    label=mark("Tekst over personen weghalen"),
    form=TakeAwayForm,
    suits=lambda thing, desk: any(True for _ in _told_of(thing)),
    do=lambda thing, said, by, seen: take_away(thing, said["form"].told(), by=by, reason=said["reason"], seen=seen),
)


def value_of(told: Told) -> str:
    """How it stands in a form."""
    return f"{NAMES[type(told)]}-{told.pk}"


def _told_of(thing: Item | Measure) -> Iterator[Told]:
    """Give what was said of a thing and still has its words."""
    if isinstance(thing, Item):
        yield from thing.reports.filter(erased_at=None).order_by("pk")
        yield from thing.findings.filter(erased_at=None).order_by("pk")
    else:
        yield from thing.outputs.filter(erased_at=None).order_by("pk")


def _named(told: Told, say: Any, day: Any) -> str:
    if isinstance(told, Output):
        return f"{told.year}: {told.what[:_SHORT]}"
    said = mark("Gemeld op {day}: {text}") if isinstance(told, Report) else mark("Vastgesteld op {day}: {text}")
    return str(say(said, day=day(told.on), text=told.text[:_SHORT]))
