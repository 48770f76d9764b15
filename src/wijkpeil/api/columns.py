"""Dutch outside, English inside: what each column of an edition is called in the interface."""

import polars as pl

AREAS = {
    "code": "code",
    "vintage": "kaartjaar",
    "name": "naam",
    "level": "niveau",
    "gemeente": "gemeente",
    "wijk": "wijk",
    "population": "inwoners",
    "land_km2": "landKm2",
    "pc4": "postcodes",
    "programmes": "programmas",
}
FIGURES = {
    "area": "gebied",
    "indicator": "indicator",
    "period": "periode",
    "value": "waarde",
    "low": "ondergrens",
    "high": "bovengrens",
    "interval": "marge",
    "base": "grondslag",
    "status": "status",
    "source": "bron",
    "apportioned": "verdeeld",
    "rest_value": "restWaarde",
    "rest_low": "restOndergrens",
    "rest_high": "restBovengrens",
    "rest_status": "restStatus",
    "like_value": "gelijkendWaarde",
    "like_low": "gelijkendOndergrens",
    "like_high": "gelijkendBovengrens",
    "like_n": "gelijkendAantal",
    "like_status": "gelijkendStatus",
}
GAPS = {
    "area": "gebied",
    "indicator": "indicator",
    "period": "periode",
    "comparator": "vergelijking",
    "value": "waarde",
    "low": "ondergrens",
    "high": "bovengrens",
    "status": "status",
    "comparator_value": "vergelekenWaarde",
    "comparator_low": "vergelekenOndergrens",
    "comparator_high": "vergelekenBovengrens",
    "comparator_status": "vergelekenStatus",
    "gap": "achterstand",
    "gap_low": "achterstandOndergrens",
    "gap_high": "achterstandBovengrens",
    "relative_gap": "relatieveAchterstand",
}
VERDICTS = {
    "programme": "programma",
    "area": "gebied",
    "indicator": "indicator",
    "comparator": "vergelijking",
    "baseline": "nulmeting",
    "latest": "laatste",
    "baseline_status": "nulmetingStatus",
    "gap_baseline": "achterstandToen",
    "gap_latest": "achterstandNu",
    "change": "verandering",
    "change_low": "veranderingOndergrens",
    "change_high": "veranderingBovengrens",
    "own_part": "eigenDeel",
    "comparator_part": "deelVergelijking",
    "like_n": "gelijkendAantal",
    "like_more": "gelijkendMeerVooruit",
    "materiality": "drempel",
    "p": "p",
    "q": "q",
    "q_steady": "qGelijk",
    "alone": "opZichzelf",
    "verdict": "oordeel",
    "reason": "reden",
    "scales_differ": "schalenVerschillen",
    "bars_effect": "geenEffectuitspraak",
}
LOOK_ALIKES = {"area": "gebied", "look_alike": "lijktOp", "rank": "rang", "distance": "afstand"}


def outside(frame: pl.DataFrame, names: dict[str, str]) -> pl.DataFrame:
    """Give a frame the names, and the order, of the interface."""
    return frame.select(pl.col(inside).alias(name) for inside, name in names.items())
