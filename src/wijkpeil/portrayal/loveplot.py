"""The love plot: how far treated areas lay from all others before the start, and how far from their comparison.

Named after Thomas Love, who drew it first. A hollow dot is the difference with all other areas, a filled one that with
the comparison; a comparison that is any good draws every dot into the strip around zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from wijkpeil.domain.evidence import Balance
from wijkpeil.portrayal.study_checks import characteristic
from wijkpeil.portrayal.svg import Scale, element, percent, picture
from wijkpeil.portrayal.words import Speaker

SMALL = 0.1
"""Standard deviations within which a difference is small (Austin 2009)."""
_ROW, _TOP, _SIDE = 44, 8, 0.03


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A love plot, and what stands at both its ends."""

    picture: Markup
    left: str
    right: str


def love_plot(speaker: Speaker, balance: Sequence[Balance], *, identity: str) -> Drawn | None:
    """Draw the differences before the start, a row for each characteristic; nothing where none was compared."""
    if not balance:
        return None
    language = speaker.language
    widest = max(abs(end) for one in balance for end in (one.difference_raw, one.difference_compared))
    reach = max(widest, SMALL * 2.5) * 1.08
    scale = Scale(start=-reach, end=reach)
    height = _TOP + _ROW * len(balance)
    drawn = [
        element(
            "rect",
            x=percent(_across(scale, -SMALL)),
            y=0,
            width=percent(_across(scale, SMALL) - _across(scale, -SMALL)),
            height=height,
            class_="small",
        ),
        element("line", x1="50%", x2="50%", y1=0, y2=height, class_="zero"),
    ]
    for place, one in enumerate(balance):
        drawn += _row(speaker, one, scale, _TOP + place * _ROW)
    end = language.number(reach, 1)
    return Drawn(
        picture=picture(
            identity,
            language.say("Verschillen voor de start, voor en na het vergelijken"),
            description(speaker, balance),
            *drawn,
            height=height,
            class_="love",
        ),
        left=language.say("{number} lager", number=end),
        right=language.say("{number} hoger", number=end),
    )


def description(speaker: Speaker, balance: Sequence[Balance]) -> str:
    """Say in words how many characteristics lie within the strip, and which lies furthest out."""
    language = speaker.language
    near = sum(1 for one in balance if abs(one.difference_compared) <= SMALL)
    furthest = max(balance, key=lambda one: abs(one.difference_compared))
    return language.say(
        "Van de {all} kenmerken liggen er {near} binnen 0,1 standaardafwijking van de vergelijking. Het verst ligt "
        "{name}: {number}.",
        all=language.whole(len(balance)),
        near=language.whole(near),
        name=characteristic(speaker, furthest.name),
        number=language.number(furthest.difference_compared, 2),
    )


def _row(speaker: Speaker, one: Balance, scale: Scale, top: float) -> list[Markup]:
    middle = top + 30
    raw, compared = (_across(scale, end) for end in (one.difference_raw, one.difference_compared))
    return [
        element("text", characteristic(speaker, one.name), x="0", y=top + 14, class_="name"),
        element("line", x1=percent(_SIDE), x2=percent(1 - _SIDE), y1=middle, y2=middle, class_="axis"),
        element("line", x1=percent(raw), x2=percent(compared), y1=middle, y2=middle, class_="moved"),
        element("circle", cx=percent(raw), cy=middle, r=6, class_="here hollow"),
        element("circle", cx=percent(compared), cy=middle, r=6, class_="here"),
    ]


def _across(scale: Scale, value: float) -> float:
    return _SIDE + scale.at(value) * (1 - 2 * _SIDE)
