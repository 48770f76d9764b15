"""What can be done to files: attached to a thing and detached again while it is being written, and erased by law."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils import timezone

from wijkpeil.portrayal.language import mark
from wijkpeil.web.accounts.models import Account
from wijkpeil.web.accounts.roles import Kind, Verb
from wijkpeil.web.programmes.acting import NotNowError, acting
from wijkpeil.web.programmes.attachments.sent import Sent
from wijkpeil.web.programmes.models.agreement import OPEN, AgreementState
from wijkpeil.web.programmes.models.attachment import Attachment, AttachmentBytes
from wijkpeil.web.programmes.models.decision import DecisionState
from wijkpeil.web.programmes.models.measure import MeasureState
from wijkpeil.web.programmes.models.story import Story, StoryState
from wijkpeil.web.programmes.models.visitation import PublicationState
from wijkpeil.web.programmes.policy import require_reason, step
from wijkpeil.web.programmes.states import STORY

MOST = 20
"""So many files stand with one thing at most."""


def _in(*states: str) -> Callable[[Any], bool]:
    return lambda thing: thing.state in states


IS_OPEN: Mapping[Kind, Callable[[Any], bool]] = {
    Kind.AGREEMENT: _in(AgreementState.DRAFT),
    Kind.ITEM: _in(*OPEN),
    Kind.MEASURE: _in(MeasureState.DRAFT, MeasureState.APPROVED),
    Kind.VISITATION: _in(PublicationState.DRAFT),
    Kind.TALK: lambda talk: not talk.is_erased and not talk.decisions.filter(state=DecisionState.DECIDED).exists(),
    Kind.STORY: _in(StoryState.DRAFT, StoryState.SUBMITTED),
}
"""With which kinds of things files stand, and when they may come or go: never once others signed, approved, published
or decided on what was there."""


def attach(thing: Any, sent: Sent, *, by: Account, reason: str = "", seen: int | None = None) -> Attachment:
    """Attach a file that was cleaned; the line of the logbook holds its hash, and never its name.

    A story with a new photo is a draft again, as whoever publishes it must see it.
    """
    made = Attachment(
        programme=thing.programme,
        kind=thing.KIND,
        thing=thing.key,
        name=sent.name,
        shows=sent.shows,
        media_type=sent.media_type,
        size=len(sent.content),
        sha256=sent.sha256,
        author=by,
    )
    with acting(thing, Verb.ATTACH, by=by, reason=reason, payload=_told(made), seen=seen):
        _require_open(thing)
        if there(thing).count() >= MOST:
            raise NotNowError(mark("Er staan al twintig bijlagen bij. Haal er eerst een weg, of voeg ze samen."))
        if isinstance(thing, Story):
            _require_described(made)
            step(thing, STORY, Verb.CHANGE)
            thing.save()
        made.save(force_insert=True)
        AttachmentBytes.objects.create(attachment=made, content=sent.content)
    return made


def detach(thing: Any, attachment: Attachment, *, by: Account, reason: str, seen: int | None = None) -> None:
    """Take a file away that nobody relied on yet; that it was there stays, without its name and bytes."""
    with acting(thing, Verb.DETACH, by=by, reason=reason, payload=_told(attachment), seen=seen):
        require_reason(reason)
        _require_open(thing)
        _require_unseen(thing, attachment)
        _remove(thing, attachment)


def erase(thing: Any, attachment: Attachment, *, by: Account | None, reason: str, seen: int | None = None) -> None:
    """Erase a file by law, whatever rests on it; its hash stays, so that it is known what was there."""
    with acting(thing, Verb.ERASE, by=by, reason=reason, payload=_told(attachment), seen=seen):
        require_reason(reason)
        _remove(thing, attachment)


def clear(thing: Any) -> None:
    """Remove every file of a thing, within the verb that erases the thing itself or takes a consent back."""
    for one in there(thing):
        _remove(thing, one)


def there(thing: Any) -> Any:
    """Give the files that stand with a thing, without their bytes."""
    return Attachment.objects.filter(kind=thing.KIND, thing=thing.key, erased_at=None).order_by("pk")


def may_come_and_go(thing: Any) -> bool:
    """Say whether files of a thing may come and go now."""
    return thing.KIND in IS_OPEN and IS_OPEN[thing.KIND](thing)


def _told(attachment: Attachment) -> dict[str, Any]:
    return {name: getattr(attachment, name) for name in ("sha256", "media_type", "size")} | {
        "attachment": attachment.key
    }


def _require_open(thing: Any) -> None:
    if not may_come_and_go(thing):
        raise NotNowError(mark("Bijlagen veranderen in deze stand niet meer: anderen gaan uit van wat er staat."))


def _require_described(made: Attachment) -> None:
    if made.is_image and not made.shows.strip():
        raise NotNowError(mark("Beschrijf wat er op de foto te zien is, voor wie haar niet kan zien."))


def _require_unseen(thing: Any, attachment: Attachment) -> None:
    """Refuse to take away what somebody independent looked at."""
    since = timezone.localdate(attachment.made_at)
    is_seen = (thing.KIND == Kind.ITEM and thing.findings.filter(on__gte=since).exists()) or (
        thing.KIND == Kind.MEASURE and thing.outputs.exclude(checked_by=None).exists()
    )
    if is_seen:
        raise NotNowError(mark("Een ander heeft dit al nagekeken. De bijlage blijft staan."))


def _remove(thing: Any, attachment: Attachment) -> None:
    now = there(thing).select_for_update().filter(pk=attachment.pk).first()
    if now is None:
        raise NotNowError(mark("Deze bijlage is al weg."))
    AttachmentBytes.objects.filter(attachment=now).delete()
    now.name, now.shows, now.erased_at = "", "", timezone.now()
    now.save()
