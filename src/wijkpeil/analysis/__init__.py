"""What the figures say: areas composed, cities without their neighbourhood, look-alikes, gaps and changes."""

from wijkpeil.analysis.changes import changes
from wijkpeil.analysis.figures import figures_of
from wijkpeil.analysis.look_alikes import MatchQuality, find_look_alikes
from wijkpeil.analysis.positions import positions

__all__ = ["MatchQuality", "changes", "figures_of", "find_look_alikes", "positions"]
