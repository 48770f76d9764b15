"""Tells the story of the invented programme into an empty database, in the order in which it happened."""

from collections.abc import Mapping
from itertools import chain
from typing import Any

from django.db import transaction

from wijkpeil.site.example.playing import steps_of
from wijkpeil.site.example.stage import Stage, Step, clock_at
from wijkpeil.sources.example.programme import chapters
from wijkpeil.web.accounts.models import Account
from wijkpeil.web.logbook.models import Line


class StoryError(Exception):
    """A step of the story that the rules of a programme do not allow."""


def is_empty() -> bool:
    """Say whether nobody is known yet and nothing was ever done: a story is only told where nothing else is kept."""
    return not Account.objects.exists() and not Line.objects.exists()


def tell(story: Mapping[str, Any] | None = None) -> int:
    """Play every step through its verb, with the clock of its day; all of it or nothing. Gives how many there were.

    The lines of the logbook have the times of the story, as all of it is invented: the first of them say so.
    Raises ``StoryError`` with the step where the rules refuse one.
    """
    steps = in_order(chapters() if story is None else story)
    stage = Stage()
    with transaction.atomic():
        for step in steps:
            with clock_at(step.on):
                _play(step, stage)
    return len(steps)


def in_order(story: Mapping[str, Any]) -> list[Step]:
    """Put the steps of every chapter in the order of their days; of one day, in the order in which they are told."""
    return sorted(chain.from_iterable(steps_of(chapter) for chapter in story.values()), key=lambda step: step.on)


def _play(step: Step, stage: Stage) -> None:
    try:
        step.do(stage)
    except Exception as fault:
        raise StoryError(f"{step.on} {step.said}: {type(fault).__name__} {fault}") from fault
