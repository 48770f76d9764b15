"""Who may: one table of kinds and verbs by role, and nothing else decides on it."""

from collections.abc import Mapping
from dataclasses import dataclass

from wijkpeil.web.accounts.roles import Kind, Reach, Role, Verb

_S, _O = Reach.SCOPE, Reach.OWN
_R, _C, _P, _V, _M, _D, _A, _B = (
    Role.RESIDENTS,
    Role.COORDINATOR,
    Role.PARTNER,
    Role.REVIEWER,
    Role.MANAGER,
    Role.MINISTER,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
)

_INSIDE: Mapping[Role, Reach] = {_R: _S, _C: _S, _V: _S, _M: _S, _D: _S, _A: _S}
"""Those who work in a neighbourhood, and the auditor, read its drafts; a partner reads those of its own."""
_DRAFTS: Mapping[Role, Reach] = {**_INSIDE, _P: _O}

PERMISSIONS: Mapping[tuple[Kind, Verb], Mapping[Role, Reach]] = {
    (Kind.PARTNER, Verb.READ): _DRAFTS,
    (Kind.PARTNER, Verb.ADD): {_M: _S},
    (Kind.PARTNER, Verb.CHANGE): {_M: _S},
    (Kind.AMBITION, Verb.READ): _DRAFTS,
    (Kind.AMBITION, Verb.ADD): {_R: _S, _C: _S},
    (Kind.AMBITION, Verb.CHANGE): {_R: _S, _C: _S},
    (Kind.AMBITION, Verb.SUBMIT): {_R: _S, _C: _S},
    (Kind.AMBITION, Verb.APPROVE): {_M: _S},
    (Kind.AMBITION, Verb.END): {_M: _S},
    (Kind.AMBITION, Verb.WITHDRAW): {_R: _S, _C: _S},
    (Kind.AGREEMENT, Verb.READ): _DRAFTS,
    (Kind.AGREEMENT, Verb.ADD): {_C: _S},
    (Kind.AGREEMENT, Verb.CHANGE): {_C: _S},
    (Kind.AGREEMENT, Verb.SUBMIT): {_C: _S},
    (Kind.AGREEMENT, Verb.SIGN): {_P: _O, _D: _S},
    (Kind.AGREEMENT, Verb.PUBLISH): {_D: _S},
    (Kind.AGREEMENT, Verb.WITHDRAW): {_C: _S},
    (Kind.AGREEMENT, Verb.ATTACH): {_C: _S},
    (Kind.AGREEMENT, Verb.DETACH): {_C: _S},
    (Kind.AGREEMENT, Verb.ERASE): {_M: _S},
    (Kind.ITEM, Verb.READ): _DRAFTS,
    (Kind.ITEM, Verb.ADD): {_C: _S},
    (Kind.ITEM, Verb.CHANGE): {_C: _S},
    (Kind.ITEM, Verb.START): {_P: _O, _C: _S},
    (Kind.ITEM, Verb.REPORT): {_P: _O},
    (Kind.ITEM, Verb.FIND): {_V: _S},
    (Kind.ITEM, Verb.END): {_C: _S, _M: _S},
    (Kind.ITEM, Verb.ERASE): {_C: _S, _M: _S},
    (Kind.ITEM, Verb.ATTACH): {_P: _O},
    (Kind.ITEM, Verb.DETACH): {_P: _O},
    (Kind.MEASURE, Verb.READ): _DRAFTS,
    (Kind.MEASURE, Verb.ADD): {_C: _S, _P: _O},
    (Kind.MEASURE, Verb.CHANGE): {_C: _S, _P: _O},
    (Kind.MEASURE, Verb.APPROVE): {_M: _S},
    (Kind.MEASURE, Verb.REPORT): {_P: _O, _C: _S},
    (Kind.MEASURE, Verb.FIND): {_V: _S},
    (Kind.MEASURE, Verb.END): {_C: _S, _M: _S},
    (Kind.MEASURE, Verb.WITHDRAW): {_C: _S, _P: _O},
    (Kind.MEASURE, Verb.ERASE): {_C: _S, _M: _S},
    (Kind.MEASURE, Verb.ATTACH): {_C: _S, _P: _O},
    (Kind.MEASURE, Verb.DETACH): {_C: _S, _P: _O},
    (Kind.MEASURE, Verb.IMPORT): {_C: _S, _M: _S},
    (Kind.VISITATION, Verb.READ): _DRAFTS,
    (Kind.VISITATION, Verb.ADD): {_V: _S},
    (Kind.VISITATION, Verb.CHANGE): {_V: _S},
    (Kind.VISITATION, Verb.PUBLISH): {_D: _S},
    (Kind.VISITATION, Verb.ATTACH): {_V: _S},
    (Kind.VISITATION, Verb.DETACH): {_V: _S},
    (Kind.VISITATION, Verb.ERASE): {_M: _S},
    (Kind.VISITATION, Verb.WITHDRAW): {_V: _S},
    (Kind.RECOMMENDATION, Verb.READ): _DRAFTS,
    (Kind.RECOMMENDATION, Verb.ADD): {_V: _S},
    (Kind.RECOMMENDATION, Verb.RESPOND): {_C: _S, _M: _S, _P: _O},
    (Kind.RECOMMENDATION, Verb.CLOSE): {_V: _S},
    (Kind.REVIEW, Verb.READ): _INSIDE,
    (Kind.REVIEW, Verb.ADD): {_V: _S},
    (Kind.REVIEW, Verb.CHANGE): {_V: _S},
    (Kind.REVIEW, Verb.PUBLISH): {_D: _S},
    (Kind.REVIEW, Verb.WITHDRAW): {_V: _S},
    (Kind.TALK, Verb.READ): {_R: _S, _C: _S, _M: _S, _D: _S, _A: _S},
    (Kind.TALK, Verb.ADD): {_M: _S},
    (Kind.TALK, Verb.CHANGE): {_M: _S},
    (Kind.TALK, Verb.DISSENT): {_R: _S, _C: _S},
    (Kind.TALK, Verb.ERASE): {_M: _S},
    (Kind.TALK, Verb.ATTACH): {_M: _S},
    (Kind.TALK, Verb.DETACH): {_M: _S},
    (Kind.DECISION, Verb.READ): {_C: _S, _M: _S, _D: _S, _A: _S},
    (Kind.DECISION, Verb.ADD): {_M: _S},
    (Kind.DECISION, Verb.CHANGE): {_M: _S},
    (Kind.DECISION, Verb.SUBMIT): {_M: _S},
    (Kind.DECISION, Verb.DECIDE): {_D: _S},
    (Kind.DECISION, Verb.INFORM): {_D: _S},
    (Kind.DECISION, Verb.WITHDRAW): {_M: _S},
    (Kind.PROMISE, Verb.READ): _INSIDE,
    (Kind.PROMISE, Verb.ADD): {_D: _S},
    (Kind.PROMISE, Verb.CHANGE): {_D: _S},
    (Kind.PROMISE, Verb.CLOSE): {_D: _S},
    (Kind.PROMISE, Verb.WITHDRAW): {_D: _S},
    (Kind.STORY, Verb.READ): _DRAFTS,
    (Kind.STORY, Verb.ADD): {_R: _S, _C: _S, _P: _O},
    (Kind.STORY, Verb.CHANGE): {_R: _S, _C: _S, _P: _O},
    (Kind.STORY, Verb.SUBMIT): {_R: _S, _C: _S, _P: _O},
    (Kind.STORY, Verb.PUBLISH): {_M: _S},
    (Kind.STORY, Verb.WITHDRAW): {_R: _S, _C: _S, _M: _S, _D: _S},
    (Kind.STORY, Verb.ERASE): {_M: _S},
    (Kind.STORY, Verb.ATTACH): {_R: _S, _C: _S, _P: _O},
    (Kind.STORY, Verb.DETACH): {_R: _S, _C: _S, _P: _O},
    (Kind.DOCUMENT, Verb.READ): {_M: _S, _D: _S, _A: _S},
    (Kind.DOCUMENT, Verb.ADD): {_M: _S},
    (Kind.DOCUMENT, Verb.CHANGE): {_M: _S},
    (Kind.DOCUMENT, Verb.FREEZE): {_M: _S},
    (Kind.DOCUMENT, Verb.APPROVE): {_D: _S},
    (Kind.DOCUMENT, Verb.SEND): {_D: _S},
    (Kind.DOCUMENT, Verb.WITHDRAW): {_M: _S},
    (Kind.GRANT, Verb.READ): {_B: _S, _A: _S},
    (Kind.GRANT, Verb.GRANT): {_B: _S},
    (Kind.GRANT, Verb.REVOKE): {_B: _S},
    (Kind.GRANT, Verb.EXPORT): {_A: _S},
}


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a thing stands: its programme, and the city and neighbourhood where it has those; ``parties`` hold it."""

    programme: str
    city: str = ""
    area: str = ""
    parties: frozenset[int] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Held:
    """A role that somebody holds, and how far it reaches (empty is everywhere); ``party`` is whom a partner is of."""

    role: Role
    programme: str
    city: str = ""
    area: str = ""
    party: int | None = None

    def covers(self, place: Place) -> bool:
        """Say whether a thing lies within this role's programme, city and neighbourhood."""
        return self.programme == place.programme and self.city in {"", place.city} and self.area in {"", place.area}


def may(roles: tuple[Held, ...], kind: Kind, verb: Verb, place: Place) -> bool:
    """Say whether somebody with these roles may do this to a thing of this kind in this place."""
    allowed = PERMISSIONS.get((kind, verb), {})
    return any(
        held.covers(place)
        and (
            allowed.get(held.role) == Reach.SCOPE
            or (allowed.get(held.role) == Reach.OWN and held.party is not None and held.party in place.parties)
        )
        for held in roles
    )
