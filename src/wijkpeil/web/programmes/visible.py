"""Which things of a programme somebody may know of, as one question to the database."""

from typing import Any

from wijkpeil.web.accounts.models import Account
from wijkpeil.web.programmes.seeing import seen_by


def visible(model: Any, programme: str, by: Account | None) -> Any:
    """Give the things of a programme that somebody (or, with nobody, the public) may know of.

    What may not be known is not in it, so no count or page number tells of it.
    """
    return seen_by(model.objects.filter(programme=programme), by)
