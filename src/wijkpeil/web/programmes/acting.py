"""The one way in which anything in a programme changes; it is that of every room, see ``logbook.acting``."""

from wijkpeil.web.accounts.refusals import ChangedMeanwhileError, ForbiddenError, HiddenError, NotNowError
from wijkpeil.web.logbook.acting import acting, is_visible, require

__all__ = [
    "ChangedMeanwhileError",
    "ForbiddenError",
    "HiddenError",
    "NotNowError",
    "acting",
    "is_visible",
    "require",
]
