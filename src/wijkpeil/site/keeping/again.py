"""Erases again, in a database that was put back, what was erased after its backup was made."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from wijkpeil.portrayal.language import mark
from wijkpeil.site.keeping.archive import RefusedError
from wijkpeil.web.accounts import leaving
from wijkpeil.web.accounts.models import Account
from wijkpeil.web.accounts.roles import Kind, Verb
from wijkpeil.web.logbook.remembering import Gone
from wijkpeil.web.programmes import attaching, emptying, stories, talks
from wijkpeil.web.programmes.models import (
    Agreement,
    Attachment,
    Decision,
    Finding,
    Item,
    Measure,
    Output,
    Report,
    Story,
    Talk,
    Visitation,
)
from wijkpeil.web.programmes.models.story import StoryState
from wijkpeil.web.programmes.taking_away import take_away

REASON = mark("Opnieuw gewist: het was al gewist voordat deze databank werd teruggezet.")
KINDS: Mapping[str, Any] = {one.KIND: one for one in (Agreement, Decision, Item, Measure, Story, Talk, Visitation)}
"""The kinds of things of which anything is erased; a test sees that none is forgotten."""
_SAID: Mapping[str, Any] = {"report": Report, "finding": Finding, "output": Output}


def erase_again(gone: Iterable[Gone]) -> int:
    """Erase and withdraw whatever is on the list and is there again; give how many were done.

    Within the transaction that puts the rest back, so that nobody ever sees it. Raises ``RefusedError`` for an
    erasure that this version does not know: then nothing is put back.
    """
    return sum(_erase(one) for one in gone)


def _erase(one: Gone) -> bool:
    if one.kind == Kind.ACCOUNT:
        return _account(one)
    thing = KINDS[one.kind].objects.filter(key=one.thing).first() if one.kind in KINDS else None
    part = next((name for name in (*_SAID, "attachment") if name in one.about), None)
    again = _part(part) if part is not None else _WHOLE.get((one.kind, one.verb))
    if one.kind not in KINDS or again is None:
        raise RefusedError(
            mark("Op de lijst van wat gewist is, staat iets wat deze versie niet kent: {kind}. Gebruik een nieuwere."),
            kind=one.kind,
        )
    return thing is not None and again(thing, one)


def _account(one: Gone) -> bool:
    found = Account.objects.filter(pk=one.thing).first()
    if found is None or leaving.is_erased(found):
        return False
    leaving.erase(found, reason=REASON)
    return True


def _part(name: str) -> Callable[[Any, Gone], bool]:
    return _file if name == "attachment" else _words


def _file(thing: Any, one: Gone) -> bool:
    found = Attachment.objects.filter(key=one.about["attachment"], erased_at=None).first()
    if found is not None:
        attaching.erase(thing, found, by=None, reason=REASON)
    return found is not None


def _words(thing: Any, one: Gone) -> bool:
    """Take words of a report, a finding or an output away again."""
    name, model = next((name, model) for name, model in _SAID.items() if name in one.about)
    told = model.objects.filter(pk=one.about[name], erased_at=None).first()
    if told is not None:
        take_away(thing, told, by=None, reason=REASON)
    return told is not None


def _talk(talk: Talk, one: Gone) -> bool:
    if talk.is_erased:
        return False
    talks.erase(talk, by=None, reason=REASON)
    return True


def _withdraw(story: Story, one: Gone) -> bool:
    if story.state == StoryState.WITHDRAWN:
        return False
    stories.withdraw(story, by=None, reason=REASON)
    return True


def _story(story: Story, one: Gone) -> bool:
    if story.erased_at is not None:
        return False
    _withdraw(story, one)
    stories.erase(Story.objects.get(pk=story.pk), by=None, reason=REASON)
    return True


def _texts(thing: Any, one: Gone) -> bool:
    if emptying.is_empty(thing):
        return False
    emptying.empty(thing, reason=REASON)
    return True


_WHOLE: Mapping[tuple[str, str], Callable[[Any, Gone], bool]] = {
    (Kind.TALK, Verb.ERASE): _talk,
    (Kind.STORY, Verb.WITHDRAW): _withdraw,
    (Kind.STORY, Verb.ERASE): _story,
    **{(kind, Verb.ERASE): _texts for kind in emptying.MODELS},
}
