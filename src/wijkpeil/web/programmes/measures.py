"""What can be done to a measure: from a draft to how it ended, with what it made and who checked that."""

import math
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from wijkpeil.portrayal.language import mark
from wijkpeil.web.accounts.models import Account
from wijkpeil.web.accounts.roles import Verb
from wijkpeil.web.programmes.acting import NotNowError, acting
from wijkpeil.web.programmes.models.measure import EndClass, Measure, MeasureState, Output
from wijkpeil.web.programmes.models.partner import Partner
from wijkpeil.web.programmes.policy import (
    put,
    require_amount,
    require_another,
    require_independent,
    require_partners,
    require_reason,
    step,
)
from wijkpeil.web.programmes.states import MEASURE

FIELDS = ("name", "aim", "mechanism", "theme", "indicators", "lag", "started", "cost_cents", "partner", "item")
"""What an author writes."""


def add(measure: Measure, paid_by: Sequence[Partner] = (), *, by: Account, reason: str = "") -> Measure:
    """Add a measure as a draft."""
    measure.author = by
    with acting(measure, Verb.ADD, by=by, reason=reason, payload=written(measure)):
        _require_sound(measure, paid_by)
        measure.save()
        measure.paid_by.set(paid_by)
    return measure


def change(
    measure: Measure,
    values: Mapping[str, Any],
    paid_by: Sequence[Partner] | None = None,
    *,
    by: Account,
    reason: str,
    seen: int,
) -> None:
    """Change a draft; what was approved was fixed before its outcome was known, and stays."""
    payload = {name: _plain(value) for name, value in values.items()}
    with acting(measure, Verb.CHANGE, by=by, reason=reason, payload=payload, seen=seen):
        step(measure, MEASURE, Verb.CHANGE)
        put(measure, values, FIELDS)
        _require_sound(measure, paid_by or ())
        measure.save()
        if paid_by is not None:
            measure.paid_by.set(paid_by)


def approve(measure: Measure, *, by: Account, reason: str, seen: int) -> None:
    """Approve a measure of somebody else; from then on everybody sees it."""
    with acting(measure, Verb.APPROVE, by=by, reason=reason, payload={}, seen=seen):
        require_another(measure, by)
        step(measure, MEASURE, Verb.APPROVE)
        measure.approved_by = by
        measure.save()


def report(measure: Measure, output: Output, *, by: Account, reason: str = "", seen: int) -> Output:
    """Report what a measure made or did; it is unchecked until somebody else looked at the source."""
    payload = {name: getattr(output, name) for name in ("year", "what", "quantity", "unit", "source")}
    with acting(measure, Verb.REPORT, by=by, reason=reason, payload=payload, seen=seen) as written_down:
        step(measure, MEASURE, Verb.REPORT)
        _require_output(measure, output)
        output.measure, output.by, output.checked_by = measure, by, None
        measure.save()
        output.save()
        written_down["output"] = output.pk
    return output


def check(measure: Measure, output: Output, *, by: Account, reason: str = "", seen: int) -> None:
    """Say that an output is what its source says, by somebody who is no party to the measure and did not report it."""
    with acting(measure, Verb.FIND, by=by, reason=reason, payload={"output": output.pk}, seen=seen):
        now = measure.outputs.select_for_update().get(pk=output.pk)
        involved = {measure.author_id, *measure.outputs.values_list("by_id", flat=True)}
        parties = {measure.partner_id, *measure.paid_by.values_list("pk", flat=True)}
        require_independent(by, parties=parties, involved=involved)
        step(measure, MEASURE, Verb.FIND)
        if now.erased_at is not None:
            raise NotNowError(mark("De tekst van deze opbrengst is weggehaald. Er is niets meer na te kijken."))
        if now.checked_by_id is not None:
            raise NotNowError(mark("Deze opbrengst is al nagekeken."))
        now.checked_by = output.checked_by = by
        now.save()
        measure.save()


def end(
    measure: Measure,
    end_class: str,
    *,
    by: Account,
    reason: str,
    seen: int,
    on: date,
    secured_at: str = "",
    evaluated_by: str = "",
) -> None:
    """End a measure with a class and a reason; what was secured says where, and an evaluation who made it."""
    payload = {"end_class": end_class, "on": on, "secured_at": secured_at, "evaluated_by": evaluated_by}
    with acting(measure, Verb.END, by=by, reason=reason, payload=payload, seen=seen):
        require_reason(reason)
        step(measure, MEASURE, Verb.END, MeasureState.ENDED)
        if end_class not in EndClass.values:
            raise NotNowError(mark("Kies hoe de maatregel is geëindigd."))
        if end_class == EndClass.SECURED and not secured_at.strip():
            raise NotNowError(mark("Schrijf op bij wie de maatregel is geborgd."))
        if on < measure.started:
            raise NotNowError(mark("Een maatregel eindigt niet voordat hij begon. Kijk de datum na."))
        measure.end_class, measure.ended, measure.ended_because = end_class, on, reason
        measure.secured_at, measure.evaluated_by = secured_at.strip(), evaluated_by.strip()
        measure.save()


def written(measure: Measure) -> dict[str, Any]:
    """Give what the author wrote."""
    return {name: _plain(getattr(measure, name)) for name in FIELDS}


def _plain(value: object) -> object:
    return getattr(value, "key", value)


def _require_sound(measure: Measure, paid_by: Sequence[Partner]) -> None:
    require_amount(measure.cost_cents)
    require_partners(measure, [measure.partner, *paid_by])
    item = measure.item
    if item is not None and (item.programme != measure.programme or item.city not in {"", measure.city}):
        raise NotNowError(mark("Kies een onderdeel van een afspraak in deze stad."))


def _require_output(measure: Measure, output: Output) -> None:
    if not math.isfinite(output.quantity) or output.quantity < 0:
        raise NotNowError(mark("Een aantal is nul of meer."))
    if output.year < measure.started.year:
        raise NotNowError(mark("De maatregel liep in dat jaar nog niet. Kijk het jaar na."))
    if not output.source.strip():
        raise NotNowError(mark("Schrijf op waar het aantal vandaan komt. Zonder bron kan niemand het nakijken."))
