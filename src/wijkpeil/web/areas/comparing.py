"""Compare: which areas a reader set beside each other, and how another is added."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from wijkpeil.domain.comparator import Comparator
from wijkpeil.domain.policy import Theme
from wijkpeil.portrayal.language import Language
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.subject import area_card, is_known
from wijkpeil.web.areas.around import what_and_where
from wijkpeil.web.areas.finding import Hits, hits
from wijkpeil.web.design.addresses import address
from wijkpeil.web.design.errors import BadQuestionError

MOST = 6
"""So many areas stand beside each other at most."""

_BESIDE = (Comparator.REST_OF_CITY.value, Comparator.LOOK_ALIKES.value)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a reader asked: codes of areas, a theme, beside what, and the words with which another was sought."""

    codes: tuple[str, ...]
    theme: Theme
    comparator: str
    found: Hits


def asked(edition: Edition, language: Language, query: QueryDict) -> Asked:
    """Read what a reader asked; raises ``BadQuestionError`` for what cannot be compared."""
    say = language.say
    codes = tuple(dict.fromkeys(code for code in query.getlist("gebied") if code))
    if len(codes) > MOST:
        raise BadQuestionError(say("Kies hoogstens {count} gebieden.", count=MOST))
    for code in codes:
        if not is_known(edition, code):
            raise BadQuestionError(say("Dit gebied kennen we niet: {code}.", code=code[:40]))
    theme = edition.policy.theme.get(query.get("thema", "") or edition.policy.themes[0].id)
    if theme is None:
        raise BadQuestionError(say("Dit onderwerp kennen we niet."))
    comparator = query.get("vergelijking", "") or _BESIDE[0]
    if comparator not in _BESIDE:
        raise BadQuestionError(say("Met dit gebied kun je hier niet vergelijken."))
    found = hits(edition, language, query.get("erbij", "").strip()[:200])
    if found.only and len(codes) < MOST:
        codes = tuple(dict.fromkeys((*codes, found.only)))
    return Asked(codes=codes, theme=theme, comparator=comparator, found=found)


def chosen(edition: Edition, language: Language, codes: Sequence[str]) -> list[tuple[str, str, str, str]]:
    """List the chosen areas: code, name, what and where, and its own page."""
    cards = [area_card(edition, code) for code in codes]
    return [
        (one.code, one.name, what_and_where(language, one), address("area", edition=edition.id, code=one.code))
        for one in cards
    ]


def at(edition: Edition, wanted: Asked, *, codes: Sequence[str] | None = None, theme: str = "") -> str:
    """Give the address of this comparison with other areas or another theme."""
    query = {
        "gebied": list(wanted.codes if codes is None else codes),
        "thema": theme or wanted.theme.id,
        "vergelijking": wanted.comparator if wanted.comparator != _BESIDE[0] else "",
    }
    return address("compare", edition=edition.id, query=dict(query))


def comparators() -> tuple[str, ...]:
    """Give the comparators beside which gaps and verdicts can stand here."""
    return _BESIDE
