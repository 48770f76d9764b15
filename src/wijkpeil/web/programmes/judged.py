"""Reads from an edition what a proposal needs: plain records of one neighbourhood beside both comparators."""

from wijkpeil.domain.verdict import Verdict
from wijkpeil.publication.edition import Edition
from wijkpeil.web.programmes.models.ambition import Ambition, AmbitionState
from wijkpeil.web.programmes.proposal import BOTH, Judged, Level, Wanted


def judged_of(edition: Edition, programme: str, area: str) -> list[Judged]:
    """Give the verdicts on a neighbourhood beside its city and beside its look-alikes.

    It is behind where the gap is on the wrong side of nothing by more than is worth a word.
    """
    rows = edition.verdicts(programme=programme, area=area, comparators=list(BOTH)).iter_rows(named=True)
    return [
        Judged(
            indicator=row["indicator"],
            comparator=row["comparator"],
            level=_level(row["gap_latest"], row["materiality"] if row["scale"] == "absolute" else 0.0),
            verdict=Verdict(row["verdict"]),
            change=row["change"],
            low=row["change_low"],
            high=row["change_high"],
            latest=row["latest"],
        )
        for row in rows
    ]


def wanted_of(edition: Edition, programme: str, area: str) -> list[Wanted]:
    """Give the approved ambitions of a neighbourhood, and whether the measured ones were reached."""
    found = Ambition.objects.filter(programme=programme, area=area, state=AmbitionState.APPROVED).order_by("pk")
    return [Wanted(words=one.words, is_reached=_is_reached(edition, one)) for one in found]


def _is_reached(edition: Edition, ambition: Ambition) -> bool | None:
    """Say whether the latest figure is where people wanted it; nobody knows where the edition has none any more."""
    indicator = edition.policy.indicator.get(ambition.indicator)
    if indicator is None or ambition.target is None or ambition.baseline is None:
        return None
    if ambition.area not in edition.areas["code"]:
        return None
    figures = edition.figures(area=ambition.area, indicator=ambition.indicator).sort("period").drop_nulls("value")
    if figures.is_empty():
        return None
    factor = 100 if indicator.unit.value == "percent" else 1
    latest = float(figures["value"][-1]) * factor
    return latest >= ambition.target if ambition.target > ambition.baseline else latest <= ambition.target


def _level(gap: float | None, materiality: float | None) -> Level:
    if gap is None:
        return Level.UNKNOWN
    return Level.BEHIND if gap < -(materiality or 0.0) else Level.NOT_BEHIND
