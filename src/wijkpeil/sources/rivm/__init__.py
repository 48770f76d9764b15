"""RIVM publishes health per wijk and buurt on StatLine, all years on the codes of one map year."""

from wijkpeil.sources.parsed import Parser
from wijkpeil.sources.rivm.statline_untyped import parse

FORMS: dict[str, Parser] = {"statline_untyped_xlsx": parse}
"""The forms in which RIVM publishes, and the parser of each."""
