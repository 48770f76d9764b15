"""A small map: each area is a link that says its figure, and an area without one is hatched."""

from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from markupsafe import Markup

from wijkpeil.portrayal.classes import Classes
from wijkpeil.portrayal.language import Language
from wijkpeil.portrayal.svg import Attribute, element

WIDTH = 600
_TALLEST = 620


@dataclass(frozen=True, kw_only=True)
class Spot:
    """One area on a map: ``kind`` is its class of the legend, ``None`` where it has no figure."""

    code: str
    said: str
    address: str
    shape: shapely.Geometry
    kind: int | None
    is_unsure: bool = False


@dataclass(frozen=True, kw_only=True)
class Sign:
    """One line of a legend: the class of its colour, what it means, and how many areas have it."""

    colour: str
    text: str
    count: int


def drawn(spots: Sequence[Spot], classes: Classes, *, identity: str, title: str, description: str) -> Markup | None:
    """Draw areas (in the Dutch grid, metres) as links; nothing where no area has a shape.

    The map is no picture but a list of links, so that a reader of it hears every area; the keyboard reaches each.
    """
    if not spots:
        return None
    west, south, east, north = (float(one) for one in shapely.total_bounds([one.shape for one in spots]))
    scale = min(WIDTH / max(east - west, 1.0), _TALLEST / max(north - south, 1.0))
    wide, tall = round((east - west) * scale), round((north - south) * scale)
    frame = _Frame(west=west, north=north, scale=scale)
    areas = [
        _area(one, frame, classes, identity) for one in sorted(spots, key=lambda one: -float(shapely.area(one.shape)))
    ]
    return element(
        "svg",
        element("title", title, id=f"{identity}-t"),
        element("desc", description, id=f"{identity}-d"),
        _patterns(identity),
        *areas,
        role="group",
        aria_labelledby=f"{identity}-t",
        aria_describedby=f"{identity}-d",
        class_="map",
        viewBox=f"-2 -2 {wide + 4} {tall + 4}",
        xmlns="http://www.w3.org/2000/svg",
    )


def legend(language: Language, spots: Sequence[Spot], classes: Classes) -> list[Sign]:
    """Say every class with how many areas it has, and those without a figure and unsure ones where there are any."""
    counted = [sum(one.kind == kind for one in spots) for kind in range(len(classes.labels))]
    signs = [
        Sign(colour=colour, text=text, count=count)
        for colour, text, count in zip(classes.colours, classes.labels, counted, strict=True)
    ]
    absent = sum(one.kind is None for one in spots)
    unsure = sum(one.is_unsure for one in spots)
    if unsure:
        text = language.say("streepjes over een kleur: de marge valt over meer dan één kleur")
        signs.append(Sign(colour="is-unsure", text=text, count=unsure))
    if absent:
        signs.append(Sign(colour="is-absent", text=language.say("geen cijfer"), count=absent))
    return signs


@dataclass(frozen=True, kw_only=True)
class _Frame:
    west: float
    north: float
    scale: float

    def path(self, shape: shapely.Geometry) -> str:
        return "".join(
            self._ring(ring) for part in shapely.get_parts(shape) for ring in [part.exterior, *part.interiors]
        )

    def _ring(self, ring: shapely.LinearRing) -> str:
        places = [
            (round((x - self.west) * self.scale, 1), round((self.north - y) * self.scale, 1))
            for x, y in shapely.get_coordinates(ring)[:-1]
        ]
        kept = list(dict.fromkeys(places))
        return "M" + "L".join(f"{x:g} {y:g}" for x, y in kept) + "Z" if len(kept) > 2 else ""


def _area(spot: Spot, frame: _Frame, classes: Classes, identity: str) -> Markup:
    path = frame.path(spot.shape)
    if spot.kind is None:
        filled = element(
            "path", element("title", spot.said), d=path, class_="map-edge", fill=f"url(#{identity}-absent)"
        )
    else:
        colour = f"map-edge filled {classes.colours[spot.kind]}"
        filled = element("path", element("title", spot.said), d=path, class_=colour)
    over = element("path", d=path, fill=f"url(#{identity}-unsure)", pointer_events="none") if spot.is_unsure else ""
    return element("a", filled, over, href=spot.address, aria_label=spot.said)


def _patterns(identity: str) -> Markup:
    turned: dict[str, Attribute] = {
        "width": 7,
        "height": 7,
        "patternUnits": "userSpaceOnUse",
        "patternTransform": "rotate(45)",
    }
    absent = element(
        "pattern",
        element("rect", width=7, height=7, class_="hatch-ground"),
        element("line", x1=1, x2=1, y1=0, y2=7, class_="hatch-line"),
        id=f"{identity}-absent",
        **turned,
    )
    unsure = element(
        "pattern", element("line", x1=1, x2=1, y1=0, y2=7, class_="unsure-line"), id=f"{identity}-unsure", **turned
    )
    return element("defs", absent, unsure)
