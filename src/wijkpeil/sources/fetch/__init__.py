"""The real thing, downloaded politely: asked what it is, kept page by page, and never fetched twice."""

from wijkpeil.sources.fetch.download import Desk, Fetched, Outcome, Step, fetch
from wijkpeil.sources.fetch.errand import can_be_fetched
from wijkpeil.sources.fetch.keeping import Check, Keeper, Retrieval
from wijkpeil.sources.fetch.line import Line, open_client
from wijkpeil.sources.fetch.patience import Patience

__all__ = [
    "Check",
    "Desk",
    "Fetched",
    "Keeper",
    "Line",
    "Outcome",
    "Patience",
    "Retrieval",
    "Step",
    "can_be_fetched",
    "fetch",
    "open_client",
]
