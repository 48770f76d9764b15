"""The one door: a figure is shown, or the reason is given why it is not."""

from wijkpeil.disclosure.release import release

__all__ = ["release"]
