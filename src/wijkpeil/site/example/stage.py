"""Where a story is played: who is there, what was made, and the clock of the moment that is told."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from wijkpeil.web.accounts.models import Account
from wijkpeil.web.programmes.models.partner import Partner

PROGRAMME = "wijkaanpak"
_MORNING = time(9, 0)


@dataclass(kw_only=True)
class Stage:
    """People, parties and things by the names that the story gives them."""

    people: dict[str, Account] = field(default_factory=dict)
    parties: dict[str, Partner] = field(default_factory=dict)
    speakers: dict[str, str] = field(default_factory=dict)
    """Who speaks for a party."""
    things: dict[str, Any] = field(default_factory=dict)

    def keep(self, name: str, thing: Any) -> None:
        """Keep a thing under the name that the story gives it; raises ``ValueError`` for a name that is taken."""
        if name in self.things:
            raise ValueError(f"the story has two things with the name {name}")
        self.things[name] = thing

    def thing(self, name: str) -> Any:
        """Give a thing as it is now."""
        kept = self.things[name]
        return type(kept).objects.get(pk=kept.pk)

    def partners(self, names: list[str]) -> list[Partner]:
        """Give parties by name."""
        return [self.parties[name] for name in names]

    def speaker(self, party: str) -> Account:
        """Give who speaks for a party."""
        return self.people[self.speakers[party]]


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing that happened on a day; ``said`` names it for who has to mend the story."""

    on: date
    said: str
    do: Callable[[Stage], None]


def place(area: str) -> dict[str, str]:
    """Say where something stands: the neighbourhood of a code, its whole city (``9001``) or the whole programme."""
    if not area:
        return {"programme": PROGRAMME, "city": "", "area": ""}
    area_id = f"{PROGRAMME}.{area}" if "-" in area else ""
    return {"programme": PROGRAMME, "city": f"GM{area[:4]}", "area": area_id}


def key_of(name: str) -> str:
    """Give the public name of a thing of the story; it is the same each time it is told, so that links keep."""
    return hashlib.sha256(f"voorbeeldland {name}".encode()).hexdigest()[:16]


def named(name: str) -> dict[str, Any]:
    """Give a thing of the story its public name, and the moment that is told."""
    return {"key": key_of(name), "made_at": timezone.now()}


@contextmanager
def clock_at(day: date) -> Iterator[None]:
    """Let the verbs believe that it is the morning of a day of the story, as all of them ask Django what time it is.

    Only a command that tells a story in a process of its own may do this: it holds for the whole process.
    """
    real = timezone.now
    moment = datetime.combine(day, _MORNING, tzinfo=timezone.get_default_timezone())
    timezone.now = lambda: moment
    try:
        yield
    finally:
        timezone.now = real
