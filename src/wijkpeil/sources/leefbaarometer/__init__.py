"""The Leefbaarometer: classes and scores of version 2 per year of measurement, and scores of version 3."""

from wijkpeil.sources.leefbaarometer.lbm2 import parse_classes, parse_scores
from wijkpeil.sources.leefbaarometer.lbm3 import parse as parse_lbm3
from wijkpeil.sources.parsed import Parser

FORMS: dict[str, Parser] = {
    "lbm2_klasse_xlsx": parse_classes,
    "lbm2_score_xlsx": parse_scores,
    "lbm3_csv": parse_lbm3,
}
"""The forms in which the Leefbaarometer is published, and the parser of each."""
