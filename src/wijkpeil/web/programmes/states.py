"""Which step leads from which state to which: tables, from which the pictures in the handbook are made."""

from collections.abc import Mapping

from wijkpeil.web.accounts.roles import Verb
from wijkpeil.web.programmes.models.agreement import AgreementState, ItemState
from wijkpeil.web.programmes.models.ambition import AmbitionState
from wijkpeil.web.programmes.models.decision import DecisionState
from wijkpeil.web.programmes.models.document import DocumentState
from wijkpeil.web.programmes.models.measure import MeasureState
from wijkpeil.web.programmes.models.promise import PromiseState
from wijkpeil.web.programmes.models.story import StoryState
from wijkpeil.web.programmes.models.thing import WITHDRAWN
from wijkpeil.web.programmes.models.visitation import PublicationState, RecommendationState

Steps = Mapping[tuple[str, Verb], frozenset[str]]
"""For a state and a verb: the states to which it may lead."""


def _to(*states: str) -> frozenset[str]:
    return frozenset(states)


def _back(*states: str) -> Steps:
    """Give the steps by which a draft is withdrawn; what everybody read is ended or replaced instead."""
    return {(state, Verb.WITHDRAW): _to(WITHDRAWN) for state in states}


AMBITION: Steps = {
    (AmbitionState.DRAFT, Verb.CHANGE): _to(AmbitionState.DRAFT),
    (AmbitionState.DRAFT, Verb.SUBMIT): _to(AmbitionState.SUBMITTED),
    (AmbitionState.SUBMITTED, Verb.CHANGE): _to(AmbitionState.DRAFT),
    (AmbitionState.SUBMITTED, Verb.APPROVE): _to(AmbitionState.APPROVED),
    (AmbitionState.APPROVED, Verb.END): _to(AmbitionState.ENDED),
    **_back(AmbitionState.DRAFT, AmbitionState.SUBMITTED),
}
AGREEMENT: Steps = {
    (AgreementState.DRAFT, Verb.CHANGE): _to(AgreementState.DRAFT),
    (AgreementState.DRAFT, Verb.SUBMIT): _to(AgreementState.SUBMITTED),
    (AgreementState.SUBMITTED, Verb.CHANGE): _to(AgreementState.DRAFT),
    (AgreementState.SUBMITTED, Verb.SIGN): _to(AgreementState.SUBMITTED, AgreementState.SIGNED),
    (AgreementState.SIGNED, Verb.PUBLISH): _to(AgreementState.PUBLISHED),
    (AgreementState.PUBLISHED, Verb.PUBLISH): _to(AgreementState.REPLACED),
    **_back(AgreementState.DRAFT, AgreementState.SUBMITTED),
}
"""A signed version changes no more: it is replaced when the version after it is published."""
ITEM: Steps = {
    (ItemState.PROPOSED, Verb.CHANGE): _to(ItemState.PROPOSED),
    (ItemState.PROPOSED, Verb.END): _to(ItemState.LAPSED),
    (ItemState.AGREED, Verb.START): _to(ItemState.UNDERWAY),
    **{
        (state, verb): _to(state)
        for state in (ItemState.AGREED, ItemState.UNDERWAY, ItemState.LATE)
        for verb in (Verb.REPORT,)
    },
    **{
        (state, Verb.FIND): _to(state, ItemState.KEPT, ItemState.PARTLY, ItemState.LATE)
        for state in (ItemState.AGREED, ItemState.UNDERWAY, ItemState.LATE)
    },
    **{
        (state, Verb.END): _to(ItemState.STOPPED, ItemState.LAPSED)
        for state in (ItemState.AGREED, ItemState.UNDERWAY, ItemState.LATE)
    },
}
"""A partner reports and changes no state; only who is independent finds that something was kept."""
MEASURE: Steps = {
    (MeasureState.DRAFT, Verb.CHANGE): _to(MeasureState.DRAFT),
    (MeasureState.DRAFT, Verb.APPROVE): _to(MeasureState.APPROVED),
    (MeasureState.APPROVED, Verb.REPORT): _to(MeasureState.APPROVED),
    (MeasureState.APPROVED, Verb.FIND): _to(MeasureState.APPROVED),
    (MeasureState.APPROVED, Verb.END): _to(MeasureState.ENDED),
    **_back(MeasureState.DRAFT),
}
DECISION: Steps = {
    (DecisionState.DRAFT, Verb.CHANGE): _to(DecisionState.DRAFT),
    (DecisionState.DRAFT, Verb.SUBMIT): _to(DecisionState.SUBMITTED),
    (DecisionState.SUBMITTED, Verb.CHANGE): _to(DecisionState.DRAFT),
    (DecisionState.SUBMITTED, Verb.DECIDE): _to(DecisionState.DECIDED),
    (DecisionState.DECIDED, Verb.INFORM): _to(DecisionState.DECIDED),
    **_back(DecisionState.DRAFT, DecisionState.SUBMITTED),
}
PUBLICATION: Steps = {
    (PublicationState.DRAFT, Verb.CHANGE): _to(PublicationState.DRAFT),
    (PublicationState.DRAFT, Verb.PUBLISH): _to(PublicationState.PUBLISHED),
    **_back(PublicationState.DRAFT),
}
"""Of visitations and of reviews of studies."""
RECOMMENDATION: Steps = {
    (RecommendationState.OPEN, Verb.RESPOND): _to(RecommendationState.OPEN),
    (RecommendationState.OPEN, Verb.CLOSE): _to(RecommendationState.DONE, RecommendationState.NOT_DONE),
}
PROMISE: Steps = {
    (PromiseState.OPEN, Verb.CHANGE): _to(PromiseState.OPEN),
    (PromiseState.OPEN, Verb.CLOSE): _to(PromiseState.ANSWERED),
    **_back(PromiseState.OPEN),
}
DOCUMENT: Steps = {
    (DocumentState.DRAFT, Verb.CHANGE): _to(DocumentState.DRAFT),
    (DocumentState.DRAFT, Verb.FREEZE): _to(DocumentState.FROZEN),
    (DocumentState.FROZEN, Verb.CHANGE): _to(DocumentState.DRAFT),
    (DocumentState.FROZEN, Verb.APPROVE): _to(DocumentState.APPROVED),
    (DocumentState.APPROVED, Verb.SEND): _to(DocumentState.SENT),
    **_back(DocumentState.DRAFT, DocumentState.FROZEN),
}
"""Whoever changes a frozen document thaws it; what was sent stays, and an erratum is a document of its own."""
STORY: Steps = {
    (StoryState.DRAFT, Verb.CHANGE): _to(StoryState.DRAFT),
    (StoryState.DRAFT, Verb.SUBMIT): _to(StoryState.SUBMITTED),
    (StoryState.SUBMITTED, Verb.CHANGE): _to(StoryState.DRAFT),
    (StoryState.SUBMITTED, Verb.PUBLISH): _to(StoryState.PUBLISHED),
    **{
        (state, Verb.WITHDRAW): _to(StoryState.WITHDRAWN)
        for state in (StoryState.DRAFT, StoryState.SUBMITTED, StoryState.PUBLISHED)
    },
}
