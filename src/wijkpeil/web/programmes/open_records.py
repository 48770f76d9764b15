"""What everybody may take of a programme: the records of what was approved, some at a time."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Q

from wijkpeil.web.programmes.models.thing import WITHDRAWN
from wijkpeil.web.programmes.record_shape import Audience, Field
from wijkpeil.web.programmes.records import KINDS, fields_for, records_of, rows_of

THEMED = frozenset({"ambities", "maatregelen"})
"""The kinds that have a theme."""


def _year(name: str) -> Callable[[int], Q]:
    return lambda year: Q(**{f"{name}__year": year})


def _ran(year: int) -> Q:
    """Keep what ran in a year, if only for a part of it."""
    return Q(started__year__lte=year) & (Q(ended=None) | Q(ended__year__gte=year))


YEARS: Mapping[str, tuple[str, Callable[[int], Q]]] = {
    "ambities": ("het jaar van het doel", lambda year: Q(target_year=year)),
    "afspraken": ("het jaar van ondertekenen", _year("signed_on")),
    "onderdelen": ("het jaar waarin het klaar moet zijn", _year("due")),
    "meldingen": ("het jaar van de melding", _year("on")),
    "bevindingen": ("het jaar van de bevinding", _year("on")),
    "maatregelen": ("een jaar waarin zij liep", _ran),
    "opbrengsten": ("het jaar waarin het is gedaan", lambda year: Q(year=year)),
    "visitaties": ("het jaar van het bezoek", _year("on")),
    "aanbevelingen": ("het jaar van de visitatie", _year("visitation__on")),
    "besluiten": ("het jaar van het besluit", _year("decided_on")),
    "toezeggingen": ("het jaar waarin het antwoord er moet zijn", _year("due")),
    "verhalen": ("het jaar waarin het speelde", lambda year: Q(year=year)),
}
"""Which year of a kind can be asked for, in words and as a question to the database."""


def public_fields(kind: str) -> list[Field]:
    """Give the fields of a kind that are for everybody."""
    return fields_for(kind, Audience.PUBLIC)


def public_states(kind: str) -> list[str]:
    """Give the states in which a thing of this kind can be public; none where it has no state of its own."""
    told = KINDS[kind]
    codes = next((one.codes for one in told.fields if one.name == "stand"), {}) if told.owners is None else {}
    public: frozenset[str] = getattr(told.model, "PUBLIC", frozenset())
    return [code for code in codes if code != WITHDRAWN and (code in public or not public)]


def public_page(
    kind: str, programme: str, wanted: Mapping[str, Any], *, start: int = 0, most: int | None = None
) -> tuple[int, list[dict[str, Any]]]:
    """Give how many public records fit, and a part of them in an order that stays.

    ``wanted`` has ``stad``, ``wijk``, ``thema``, ``stand`` or ``jaar``; raises ``KeyError`` for a kind that is not
    there, or a year of a kind that has none.
    """
    rows = rows_of(kind, programme, by=None).filter(_fitting(kind, wanted))
    told, end = KINDS[kind], None if most is None else start + most
    if told.owner:
        found = records_of(kind, programme, rows, by=None)
        return len(found), found[start:end]
    count = rows.count()
    return count, records_of(kind, programme, rows[start:end], by=None) if start < count else []


def public_record(kind: str, programme: str, key: str) -> dict[str, Any] | None:
    """Give one public record; nothing for what is not there and for what is not public, alike."""
    told = KINDS[kind]
    owner = key.rpartition("-")[0] if told.owner else key
    rows = rows_of(kind, programme, by=None).filter(**{f"{told.owner}__key" if told.owner else "key": owner})
    found = records_of(kind, programme, rows, by=None)
    return next((one for one in found if one["id"] == key), None)


def _fitting(kind: str, wanted: Mapping[str, Any]) -> Q:
    owner = f"{KINDS[kind].owner}__" if KINDS[kind].owner else ""
    asked = Q()
    for name, column in (("stad", f"{owner}city"), ("wijk", f"{owner}area"), ("thema", "theme"), ("stand", "state")):
        if wanted.get(name) is not None:
            asked &= Q(**{column: wanted[name]})
    return asked if wanted.get("jaar") is None else asked & YEARS[kind][1](wanted["jaar"])
