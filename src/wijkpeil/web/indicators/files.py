"""What the page of an indicator shows, as a file: the names of the columns are those of the API."""

import csv
from io import StringIO

from wijkpeil.portrayal.inert import inert
from wijkpeil.publication.everywhere import Everywhere

COLUMNS = (
    "gebied",
    "naam",
    "indicator",
    "periode",
    "waarde",
    "ondergrens",
    "bovengrens",
    "marge",
    "status",
    "vergelijking",
    "vergelekenWaarde",
    "achterstand",
    "achterstandOndergrens",
    "achterstandBovengrens",
    "nulmeting",
    "verandering",
    "veranderingOndergrens",
    "veranderingBovengrens",
    "oordeel",
    "bron",
)


def as_csv(found: Everywhere) -> str:
    """Write a row per area; shares are fractions, and an absent value is empty beside its reason in ``status``."""
    written = StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    comparator = found.choice.comparator
    for one in found.places:
        figure, beside = one.figure, one.beside(comparator)
        shift, judged = one.reading.shifts.get(comparator), one.reading.judgements.get(comparator)
        writer.writerow(
            (
                one.code,
                inert(one.name),
                found.indicator.id,
                found.period if found.period is not None else "",
                one.value,
                *(
                    (figure.low, figure.high, figure.interval, figure.status.value)
                    if figure
                    else ("", "", "", "missing")
                ),
                comparator,
                *((beside.value, beside.gap, beside.gap_low, beside.gap_high) if beside else ("", "", "", "")),
                *((shift.baseline, shift.change, shift.change_low, shift.change_high) if shift else ("", "", "", "")),
                judged.verdict.value if judged else "",
                figure.source if figure else "",
            )
        )
    return written.getvalue()
