"""Ties two rooms that do not know each other: the open interface tells what was approved, and programmes know it."""

from collections.abc import Mapping, Sequence
from typing import Any

from wijkpeil.api.approved import Sort, Told
from wijkpeil.web.programmes import open_records
from wijkpeil.web.programmes.records import KINDS, Records


class OfProgrammes:
    """The public records of programmes, as the interface asks for them."""

    def sorts(self) -> Sequence[Sort]:
        """Give the kinds of records with the fields that are for everybody."""
        return [_sort(one) for one in KINDS.values()]

    def page(
        self, sort: str, programme: str, wanted: Mapping[str, Any], *, start: int, most: int | None
    ) -> tuple[int, list[dict[str, Any]]]:
        """Give how many records fit, and a part of them."""
        return open_records.public_page(sort, programme, wanted, start=start, most=most)

    def one(self, sort: str, programme: str, key: str) -> dict[str, Any] | None:
        """Give one record, or nothing."""
        return open_records.public_record(sort, programme, key)


def _sort(one: Records) -> Sort:
    return Sort(
        id=one.id,
        title=one.title,
        meaning=one.meaning,
        fields=[
            Told(name=part.name, meaning=part.meaning, form=part.form.value, codes=part.codes)
            for part in open_records.public_fields(one.id)
        ],
        states=open_records.public_states(one.id),
        has_theme=one.id in open_records.THEMED,
        year=open_records.YEARS[one.id][0] if one.id in open_records.YEARS else "",
    )


approved = OfProgrammes()
