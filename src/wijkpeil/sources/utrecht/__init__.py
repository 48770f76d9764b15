"""Utrecht publishes its residents' survey per subwijk, through the export of its Swing database."""

from wijkpeil.sources.parsed import Parser
from wijkpeil.sources.utrecht.swing import parse

FORMS: dict[str, Parser] = {"swing_csv": parse}
"""The form in which Utrecht publishes, and its parser."""
