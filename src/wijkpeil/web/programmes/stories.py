"""What can be done to a story: told, agreed to by those in it, published, withdrawn and erased."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from wijkpeil.portrayal.language import mark
from wijkpeil.web.accounts.models import Account
from wijkpeil.web.accounts.roles import Kind, Verb
from wijkpeil.web.logbook.erasing import erase_texts
from wijkpeil.web.programmes.acting import NotNowError, acting
from wijkpeil.web.programmes.attaching import clear
from wijkpeil.web.programmes.documents import redact
from wijkpeil.web.programmes.models.story import Consent, Story, StoryState
from wijkpeil.web.programmes.policy import put, require_another, require_partners, require_reason, step
from wijkpeil.web.programmes.states import STORY

FIELDS = ("title", "text", "evidence", "year", "indicator", "was_sought", "partner", "portrayed")


def add(story: Story, *, by: Account, reason: str = "") -> Story:
    """Tell a story, as a draft."""
    story.author = by
    payload = {name: getattr(getattr(story, name), "key", getattr(story, name)) for name in FIELDS}
    with acting(story, Verb.ADD, by=by, reason=reason, payload=payload):
        _require_partner(story)
        story.save()
    return story


def change(story: Story, values: Mapping[str, Any], *, by: Account, reason: str, seen: int) -> None:
    """Change a draft; one that was submitted becomes a draft again."""
    payload = {name: getattr(value, "key", value) for name, value in values.items()}
    with acting(story, Verb.CHANGE, by=by, reason=reason, payload=payload, seen=seen):
        step(story, STORY, Verb.CHANGE)
        put(story, values, FIELDS)
        _require_partner(story)
        story.save()


def consent(story: Story, given: Consent, *, by: Account, reason: str = "", seen: int) -> None:
    """Record that somebody who is portrayed agreed; of a minor a guardian must be named."""
    payload = {"name": given.name, "is_minor": given.is_minor, "guardian": given.guardian, "until": given.until}
    with acting(story, Verb.CHANGE, by=by, reason=reason, payload=payload, seen=seen):
        step(story, STORY, Verb.CHANGE)
        if not given.name.strip():
            raise NotNowError(mark("Schrijf op wie toestemming gaf. Dat is nooit openbaar."))
        if given.is_minor and not given.guardian.strip():
            raise NotNowError(mark("Voor een kind geeft een ouder of voogd toestemming. Schrijf op wie."))
        given.story = story
        given.save(force_insert=True)
        story.save()


def submit(story: Story, *, by: Account, reason: str, seen: int) -> None:
    """Lay a story before the one who publishes."""
    with acting(story, Verb.SUBMIT, by=by, reason=reason, payload={}, seen=seen):
        if not story.evidence.strip():
            raise NotNowError(mark("Schrijf op waar dit uit blijkt."))
        _require_consent(story)
        step(story, STORY, Verb.SUBMIT)
        story.save()


def publish(story: Story, *, by: Account, reason: str, seen: int) -> None:
    """Publish a story of somebody else, for as long as everybody in it agreed to."""
    with acting(story, Verb.PUBLISH, by=by, reason=reason, payload={}, seen=seen):
        require_another(story, by)
        ends = [one.until for one in _require_consent(story) if one.until is not None]
        step(story, STORY, Verb.PUBLISH)
        story.shown_until = min(ends, default=None)
        story.save()


def withdraw(story: Story, *, by: Account | None, reason: str, seen: int | None = None) -> None:
    """Withdraw a story at once, for good: who is portrayed takes a consent back and owes nobody a reason.

    Its photos are not kept for a moment longer, and no document tells it any more; its own text waits for ``erase``.
    """
    with acting(story, Verb.WITHDRAW, by=by, reason=reason, payload={}, seen=seen):
        step(story, STORY, Verb.WITHDRAW)
        clear(story)
        redact(story)
        story.consents.filter(withdrawn_at=None).update(withdrawn_at=timezone.now())
        story.save()


def erase(story: Story, *, by: Account | None, reason: str, seen: int | None = None) -> None:
    """Erase the text and the names of a story that was withdrawn, here and in the texts of the logbook."""
    with acting(story, Verb.ERASE, by=by, reason=reason, payload={}, seen=seen):
        require_reason(reason)
        if story.state != StoryState.WITHDRAWN or story.erased_at is not None:
            raise NotNowError(mark("Trek het verhaal eerst in. Wat is ingetrokken, kun je één keer wissen."))
        story.title, story.text, story.evidence, story.erased_at = "", "", "", timezone.now()
        story.save()
        story.consents.update(name="", guardian="")
        redact(story)
        erase_texts(Kind.STORY, story.key)


def _require_consent(story: Story) -> list[Consent]:
    today = timezone.localdate()
    given = list(story.consents.all())
    if len(given) < story.portrayed or not all(one.holds(today) for one in given):
        raise NotNowError(mark("Niet iedereen die herkenbaar in het verhaal staat, heeft toestemming gegeven."))
    return given


def _require_partner(story: Story) -> None:
    require_partners(story, [story.partner] if story.partner else [])
