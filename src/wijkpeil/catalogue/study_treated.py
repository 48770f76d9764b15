"""Which areas a study treats and since when: named one by one, or taken from the file of a programme.

A programme file has days and a study has years. The first year of an area is the first one that was under treatment
from the first of January on, its last year the last one that was so until the thirty-first of December: a year in which
work began halfway would dilute what a whole year does.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from wijkpeil.catalogue.complaints import Where
from wijkpeil.catalogue.folder import entries
from wijkpeil.catalogue.rules import take
from wijkpeil.domain.complaint import Complaint
from wijkpeil.domain.policy import Policy
from wijkpeil.domain.programme import Programme
from wijkpeil.domain.study import StudyKind, TreatedArea

_SHOWN = 3


def first_whole_year(start: date) -> int:
    """Give the first year that lies wholly after a start."""
    return start.year if (start.month, start.day) == (1, 1) else start.year + 1


def last_whole_year(end: date) -> int:
    """Give the last year that lies wholly before an end."""
    return end.year if (end.month, end.day) == (12, 31) else end.year - 1


def treated_of(programme: Programme, *, ends: bool, placebo_start: int | None = None) -> tuple[TreatedArea, ...]:
    """Give the neighbourhoods of a programme with their first year under treatment, and with ``ends`` the last one.

    Without ``ends`` the treatment goes on: what a programme changed may outlast it. ``placebo_start`` takes the place
    of every start (a start that never was has no end either).
    """
    if placebo_start is not None:
        return tuple(TreatedArea(area=programme.code_of(one), start=placebo_start) for one in programme.neighbourhoods)
    return tuple(
        TreatedArea(
            area=programme.code_of(one),
            start=first_whole_year(one.start),
            end=last_whole_year(end) if ends and (end := one.end or programme.end) else None,
        )
        for one in programme.neighbourhoods
    )


def misplaced_treated(raw: dict[str, Any], where: Where, policy: Policy) -> Iterator[Complaint]:
    """Complain of areas that stand nowhere or twice, and of years that are not in order."""
    from_programme = raw.get("treated_from_programme") is True
    if from_programme:
        yield from _of_programme(raw, where, policy)
    else:
        for key in ("ends", "placebo_start"):
            if key in raw:
                yield where.at(key).complain("Deze sleutel hoort bij treated_from_programme = true.", raw[key])
    if from_programme and "treated" in raw:
        yield where.at("treated").complain("De gebieden komen al uit het programma: laat [[treated]] weg.")
    if not from_programme and "treated" not in raw:
        yield where.at("treated").complain(
            "Deze sleutel ontbreekt: noem de gebieden met [[treated]], of zet treated_from_programme = true."
        )
    yield from _one_by_one(raw, where)


def _of_programme(raw: dict[str, Any], where: Where, policy: Policy) -> Iterator[Complaint]:
    is_placebo = take(raw, "kind") == StudyKind.PLACEBO
    if "programme" not in raw:
        yield where.at("programme").complain("Deze sleutel ontbreekt: zeg uit welk programma de gebieden komen.")
    if is_placebo and "placebo_start" not in raw:
        sentence = (
            "Deze sleutel ontbreekt: een placebostudie heeft een verzonnen startjaar, en niet dat van het programma."
        )
        yield where.at("placebo_start").complain(sentence)
    if not is_placebo and "placebo_start" in raw:
        yield where.at("placebo_start").complain('Deze sleutel hoort alleen bij kind = "placebo".')
    programme = policy.programme.get(take(raw, "programme") or "")
    if programme is None:
        return
    treated = treated_of(programme, ends=raw.get("ends") is True, placebo_start=take(raw, "placebo_start", of=int))
    at = where.at("placebo_start" if "placebo_start" in raw else "treated_from_programme")
    for one in [one for one in treated if one.end is not None and one.end < one.start][:_SHOWN]:
        yield at.complain(f"In {one.area} duurde het programma geen heel jaar: noem de gebieden met [[treated]].")
    outside = [(one, sentence) for one in treated if (sentence := _outside(one.start, raw))]
    for one, sentence in outside[: 1 if "placebo_start" in raw else _SHOWN]:
        yield at.complain(f"{sentence} Zie {one.area}.", one.start)


def _one_by_one(raw: dict[str, Any], where: Where) -> Iterator[Complaint]:
    seen: set[str] = set()
    for treated, at in entries(raw, "treated", where):
        area, start, end = take(treated, "area"), take(treated, "start", of=int), take(treated, "end", of=int)
        if area in seen:
            yield at.at("area").complain("Dit gebied staat er al: noem elk gebied één keer.", area)
        seen.add(area or "")
        if start is not None and end is not None and end < start:
            yield at.at("end").complain(f"Het laatste jaar ligt voor het eerste ({start}).", end)
        if start is not None and (sentence := _outside(start, raw)):
            yield at.at("start").complain(sentence, start)


def _outside(start: int, raw: dict[str, Any]) -> str:
    """Say that a start lies before the first year or after the last one; nothing where it is in order.

    What only describes may begin after the start. The first year itself may be the start: a figure of the first of
    January was taken before it.
    """
    if take(raw, "kind") == StudyKind.DESCRIPTION:
        return ""
    first, last = (take(raw, "periods", key, of=int) for key in ("first", "last"))
    if first is not None and start < first:
        return f"Het startjaar ligt voor het eerste jaar van de cijfers ({first}): ervoor is een meting nodig."
    if last is not None and start > last:
        return f"Het startjaar ligt na het laatste jaar van de cijfers ({last})."
    return ""
