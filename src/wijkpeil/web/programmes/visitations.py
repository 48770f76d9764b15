"""What can be done to visitations, their recommendations, and reviews of studies."""

from collections.abc import Mapping
from typing import Any

from wijkpeil.portrayal.language import mark
from wijkpeil.web.accounts.models import Account
from wijkpeil.web.accounts.roles import Verb
from wijkpeil.web.programmes.acting import NotNowError, acting
from wijkpeil.web.programmes.models.visitation import (
    Answer,
    Recommendation,
    RecommendationState,
    Review,
    Visitation,
)
from wijkpeil.web.programmes.policy import put, require_another, require_partners, require_reason, step
from wijkpeil.web.programmes.states import PUBLICATION, RECOMMENDATION

FIELDS = ("committee", "on", "met", "findings", "report_at")
REVIEW_FIELDS = ("study", "committee", "verdict", "is_example")
Published = Visitation | Review


def add(thing: Published, *, by: Account, reason: str = "") -> Published:
    """Add a visitation, or a review of a study, as a draft."""
    thing.author = by
    payload = {name: getattr(thing, name) for name in _fields(thing)}
    with acting(thing, Verb.ADD, by=by, reason=reason, payload=payload):
        thing.save()
    return thing


def change(thing: Published, values: Mapping[str, Any], *, by: Account, reason: str, seen: int) -> None:
    """Change a draft; what was published stays."""
    with acting(thing, Verb.CHANGE, by=by, reason=reason, payload=dict(values), seen=seen):
        step(thing, PUBLICATION, Verb.CHANGE)
        put(thing, values, _fields(thing))
        thing.save()


def publish(thing: Published, *, by: Account, reason: str, seen: int) -> None:
    """Publish what somebody else wrote; the ministry publishes what a committee found, and changes no word of it."""
    with acting(thing, Verb.PUBLISH, by=by, reason=reason, payload={}, seen=seen):
        require_another(thing, by)
        step(thing, PUBLICATION, Verb.PUBLISH)
        thing.save()


def recommend(recommendation: Recommendation, *, by: Account, reason: str = "") -> Recommendation:
    """Add a recommendation to a visitation; it stands where the visitation stands."""
    visitation = recommendation.visitation
    recommendation.programme, recommendation.city, recommendation.area = (
        *(visitation.programme, visitation.city, visitation.area),
    )
    recommendation.author = by
    payload = {
        "visitation": visitation.key,
        "partner": recommendation.partner.key if recommendation.partner else "",
        "text": recommendation.text,
        "due": recommendation.due,
    }
    with acting(recommendation, Verb.ADD, by=by, reason=reason, payload=payload):
        require_partners(recommendation, [recommendation.partner] if recommendation.partner else [])
        recommendation.save()
    return recommendation


def respond(
    recommendation: Recommendation, answer: str, text: str, *, by: Account, reason: str = "", seen: int
) -> None:
    """Answer a recommendation: agree, agree in part or disagree, and why; the recommendation itself stays as it is."""
    payload = {"answer": answer, "text": text}
    with acting(recommendation, Verb.RESPOND, by=by, reason=reason, payload=payload, seen=seen):
        step(recommendation, RECOMMENDATION, Verb.RESPOND)
        if answer not in Answer.values:
            raise NotNowError(mark("Kies: eens, deels eens of oneens."))
        if not text.strip():
            raise NotNowError(mark("Schrijf op wat jullie ermee doen, of waarom niet."))
        recommendation.answer, recommendation.answer_text, recommendation.answered_by = answer, text.strip(), by
        recommendation.save()


def close(recommendation: Recommendation, state: str, *, by: Account, reason: str, seen: int) -> None:
    """Close a recommendation as done or not done, by a reviewer who did not answer it, with the reason."""
    with acting(recommendation, Verb.CLOSE, by=by, reason=reason, payload={"state": state}, seen=seen):
        require_reason(reason)
        if state not in {RecommendationState.DONE, RecommendationState.NOT_DONE}:
            raise NotNowError(mark("Kies: uitgevoerd of niet uitgevoerd."))
        if recommendation.answered_by_id == by.pk:
            raise NotNowError(mark("Je hebt zelf geantwoord. Een ander sluit de aanbeveling."))
        step(recommendation, RECOMMENDATION, Verb.CLOSE, state)
        recommendation.closed_because = reason
        recommendation.save()


def _fields(thing: Published) -> tuple[str, ...]:
    return FIELDS if isinstance(thing, Visitation) else REVIEW_FIELDS
