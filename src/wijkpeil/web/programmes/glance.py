"""The quadrant and the rug as small pictures on the page from which a programme is steered, drawn once an edition."""

from django.template.loader import render_to_string
from markupsafe import Markup

from wijkpeil.domain.comparator import Comparator
from wijkpeil.portrayal.language import Language
from wijkpeil.portrayal.rug import Moment
from wijkpeil.portrayal.words import Speaker
from wijkpeil.publication.edition import Edition
from wijkpeil.web.programmes.asking import Asked
from wijkpeil.web.programmes.desk import Desk
from wijkpeil.web.programmes.gathering import rug_of
from wijkpeil.web.programmes.steering import first_of, offered, quadrant_of

_KEPT = 16
"""So many are kept: a programme in a language takes one, and an edition has few programmes."""
_DRAWN: dict[tuple[str, str, str], Markup] = {}


def pictures(desk: Desk) -> Markup:
    """Give both pictures; what they show is in the edition, so they are drawn once for everybody."""
    language = desk.request.tongue
    key = (desk.edition.manifest.content, desk.programme.id, language.code)
    if key not in _DRAWN:
        if len(_DRAWN) >= _KEPT:
            _DRAWN.pop(next(iter(_DRAWN)), None)
        _DRAWN[key] = _draw(desk.edition, desk, language)
    return _DRAWN[key]


def _draw(edition: Edition, desk: Desk, language: Language) -> Markup:
    about = Asked(
        edition=edition,
        programme=desk.programme,
        comparator=Comparator.REST_OF_CITY.value,
        speaker=Speaker(language=language, policy=edition.policy),
    )
    choice = offered(about)
    chosen = first_of(about, choice) if choice else None
    written = render_to_string(
        "programmes/glance.html.j2",
        {
            "say": language.say,
            "label": language.label(chosen) if chosen else "",
            "drawn": quadrant_of(about, chosen) if chosen else None,
            "rug": rug_of(about, Moment.CHANGE, about.judged, in_full=False),
            "other": about.other,
            "quadrant_at": about.at("quadrant"),
            "rug_at": about.at("rug"),
        },
    )
    return Markup(written)  # our own template escaped it
