"""A small map of one indicator, made here: each area is a link, and the table beside it says the same."""

from dataclasses import dataclass

from markupsafe import Markup

from wijkpeil.portrayal import everywhere
from wijkpeil.portrayal.classes import by_quantiles
from wijkpeil.portrayal.map import Sign, Spot, drawn, legend
from wijkpeil.portrayal.words import Speaker
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.everywhere import Everywhere
from wijkpeil.publication.shapes import in_plane
from wijkpeil.web.design.addresses import address


@dataclass(frozen=True, kw_only=True)
class SmallMap:
    """A map with its caption and its legend; ``lacks`` says how many areas have no shape."""

    picture: Markup
    caption: str
    signs: tuple[Sign, ...]
    lacks: str


def small_map(speaker: Speaker, edition: Edition, found: Everywhere, caption: str) -> SmallMap | None:
    """Draw the areas that are shown by their figure; nothing where none has a figure and a shape."""
    shapes = in_plane(edition, [one.code for one in found.places])
    values = [one.value for one in found.places if one.value is not None]
    if not shapes or not values:
        return None
    classes = by_quantiles(speaker, found.indicator, values)
    spots = [
        Spot(
            code=one.code,
            said=everywhere.said(speaker, found.indicator, one),
            address=address("area", edition=edition.id, code=one.code),
            shape=shapes[one.code],
            kind=None if one.value is None else classes.of(one.value),
            is_unsure=one.value is not None
            and one.figure is not None
            and classes.is_unsure(one.figure.low, one.figure.high),
        )
        for one in found.places
        if one.code in shapes
    ]
    language = speaker.language
    description = language.say("Elk gebied is een link. De tabel op deze pagina zegt hetzelfde.")
    picture = drawn(spots, classes, identity="kaart", title=caption, description=description)
    without = len(found.places) - len(spots)
    lacks = language.say(
        "Van {count} gebieden hebben we geen grens: zij staan alleen in de tabel.", count=language.whole(without)
    )
    if picture is None:
        return None
    return SmallMap(
        picture=picture, caption=caption, signs=tuple(legend(language, spots, classes)), lacks=lacks if without else ""
    )
