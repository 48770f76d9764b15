"""Which files of a thing somebody sees: as far as the thing itself, and photos only with a consent that holds."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from wijkpeil.portrayal.language import NO_BREAK, Language
from wijkpeil.web.accounts.roles import Kind
from wijkpeil.web.programmes.attaching import IS_OPEN, there
from wijkpeil.web.programmes.attachments.types import FORMATS
from wijkpeil.web.programmes.desk import Desk
from wijkpeil.web.programmes.models.attachment import Attachment
from wijkpeil.web.programmes.models.story import Story, StoryState

_MEGA, _KILO = 1_000_000, 1_000


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A file as a page tells of it; ``picture_at`` is where a photo is that the page itself may show."""

    name: str
    at: str
    words: str
    shows: str = ""
    picture_at: str = ""


def attached(thing: Any, desk: Desk, slug: str) -> list[Shown]:
    """Give the files of a thing that is visible to who sits at the desk."""
    if thing.KIND not in IS_OPEN or not may_be_shown(thing, timezone.localdate()):
        return []
    return [_shown(one, desk, slug, thing.key) for one in there(thing)]


def may_be_shown(thing: Any, today: date) -> bool:
    """Say whether files of a thing may be shown to anybody at all today.

    Those of a story only while everybody who is portrayed agreed, and from the day after the first consent ends, or the
    moment that one is taken back, to nobody: neither to readers nor to who works in the programme.
    """
    if not isinstance(thing, Story):
        return True
    given = list(thing.consents.all())
    return (
        thing.state != StoryState.WITHDRAWN
        and (thing.shown_until is None or today <= thing.shown_until)
        and len(given) >= thing.portrayed
        and all(one.holds(today) for one in given)
    )


def size_words(size: int, language: Language) -> str:
    """Say how large a file is, as people say it: 240 kB, 1,2 MB."""
    if size >= _MEGA - _KILO // 2:
        return f"{language.number(size / _MEGA, 1)}{NO_BREAK}MB"
    return f"{language.number(max(1, round(size / _KILO)))}{NO_BREAK}kB"


def _shown(one: Attachment, desk: Desk, slug: str, key: str) -> Shown:
    language = desk.request.tongue
    words = (
        language.say(FORMATS[one.media_type].words),
        size_words(one.size, language),
        language.short_day(timezone.localdate(one.made_at)),
    )
    is_photo = one.kind == Kind.STORY and one.is_image
    return Shown(
        name=one.name,
        at=desk.at(f"{slug}_attachment", key=key, attachment=one.key),
        words=", ".join(words),
        shows=one.shows,
        picture_at=desk.at(f"{slug}_picture", key=key, attachment=one.key) if is_photo else "",
    )
