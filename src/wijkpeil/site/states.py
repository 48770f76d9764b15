"""Ties two rooms that do not know each other: reports need the state of a programme, and programmes know it."""

from django.utils import timezone

from wijkpeil.reports.state import ProgrammeState
from wijkpeil.web.programmes.state_of import programme_state


def state_today(programme: str) -> ProgrammeState:
    """Give what everybody may know of a programme today."""
    return programme_state(programme, taken_on=timezone.localdate())
