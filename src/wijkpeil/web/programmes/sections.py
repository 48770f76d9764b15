"""What every kind of thing has at the desk: a list, a page for each, and a form for every verb."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from textwrap import shorten
from typing import Any

from wijkpeil.web.accounts.models import Account
from wijkpeil.web.accounts.roles import Kind, Verb
from wijkpeil.web.programmes.desk import Desk
from wijkpeil.web.programmes.forms.fields import DeskForm

Do = Callable[[Any, dict[str, Any], Account, int], Any]
"""Does a verb: to a thing, with what was filled in, by whom, and the version that he saw."""


def beginning(text: str) -> str:
    """Give a text as a title: where it is long its first words, on one line."""
    return shorten(text, 120, placeholder=" …")


def state_of(thing: Any, desk: Desk, *, is_late: bool = False) -> str:
    """Say in which state a thing is, and that it should have been over by now."""
    say = desk.request.tongue.say
    state = str(say(thing.get_state_display()))
    return f"{state}, {say('te laat')}" if is_late else state


@dataclass(frozen=True, kw_only=True)
class Act:
    """A verb as people meet it: the address and words of its form, and in which states it is offered."""

    slug: str
    verb: Verb
    label: str
    form: type[DeskForm]
    do: Do
    states: frozenset[str] = frozenset()
    kind: Kind | None = None
    """The kind that the permission is asked for, where it is not that of the thing itself."""
    opening: Callable[[Any], Mapping[str, Any]] = lambda thing: {}
    """What stands in the form when it opens."""
    suits: Callable[[Any, Desk], bool] = lambda thing, desk: True
    """Whether it makes sense for this thing, besides its state and the permission."""

    def is_offered(self, thing: Any, desk: Desk) -> bool:
        """Whether who sits at the desk finds a button for it."""
        in_time = not self.states or str(getattr(thing, "state", "")) in self.states
        return in_time and desk.may(self.kind or thing.KIND, self.verb, thing.place) and self.suits(thing, desk)


@dataclass(frozen=True, kw_only=True)
class Section:
    """A kind of thing at the desk: ``slug`` is in its addresses, ``title`` names one, ``said`` tells of it in lists."""

    slug: str
    model: Any
    heading: str
    lead: str
    template: str
    title: Callable[[Any], str]
    said: Callable[[Any, Desk], str]
    detail: Callable[[Any, Desk], dict[str, Any]]
    acts: tuple[Act, ...]
    adding: Act | None = None
    new_of: Callable[[Desk, dict[str, Any]], Any] | None = None
    order: tuple[str, ...] = ("area", "-made_at")
    related: tuple[str, ...] = field(default=())

    def act(self, slug: str) -> Act | None:
        """Find a verb by its address."""
        return next((one for one in self.acts if one.slug == slug), None)
