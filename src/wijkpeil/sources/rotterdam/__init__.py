"""Rotterdam publishes its Wijkprofiel: a social, a safety and a physical index with all that lies under them."""

from wijkpeil.sources.parsed import Parser
from wijkpeil.sources.rotterdam.wijkprofiel import parse

FORMS: dict[str, Parser] = {"rotterdam_wijkprofiel_csv": parse}
"""The form in which Rotterdam publishes, and its parser."""
