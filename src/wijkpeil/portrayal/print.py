"""A picture for paper: the same drawing at one width, with its style inside it and nothing left to a browser.

On the screen a picture stretches with its column and takes its colours from the page. A printer, an office program and
the maker of a PDF know neither: here every percentage becomes a place, every class an attribute, and the words that
stand beside a picture on a page stand in it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from markupsafe import Markup, escape

from wijkpeil.portrayal.print_style import FONT, INK, Named, style_of
from wijkpeil.portrayal.svg import Attribute, element

_ACROSS = frozenset({"x", "x1", "x2", "cx", "width", "dx"})
_DOWN = frozenset({"y", "y1", "y2", "cy", "height", "dy"})
_DROPPED = frozenset({"class", "role", "vector-effect", "href", "pointer-events", "overflow"})
_SAID = frozenset({"title", "desc"})
_STEP = re.compile(r"[A-Za-z]|-?[\d.]+(?:e-?\d+)?")
_WORDS = 13
"""The size of letters in a picture, in its own units."""
_GUTTER = 54.0
"""The room left of a picture for the names of its two sides."""


@dataclass(frozen=True, kw_only=True)
class Printed:
    """A picture that stands on its own; ``alt`` says in words what it shows, sizes are in the units of the picture."""

    svg: str
    title: str
    alt: str
    width: float
    height: float


@dataclass(frozen=True, kw_only=True)
class _Room:
    """Where a drawing lies: the size against which its percentages count, and how its own units become ours."""

    wide: float
    tall: float
    left: float = 0.0
    top: float = 0.0
    by_x: float = 1.0
    by_y: float = 1.0


def printed(
    picture: Markup,
    *,
    width: float,
    ends: tuple[str, str] | None = None,
    sides: tuple[str, str] | None = None,
    floor: float | None = None,
) -> Printed:
    """Draw a picture for paper, ``width`` units wide.

    ``ends`` are the words under its left and right end, ``sides`` those at the top and the bottom of its axis, which
    ends at ``floor``. The result depends on nothing else than these. Raises ``ValueError`` for what is no picture.
    """
    try:
        root = ElementTree.fromstring(picture)
    except ElementTree.ParseError as fault:
        raise ValueError(f"Dit is geen plaatje: {fault}.") from fault
    said = {_name(child): "".join(child.itertext()) for child in root if _name(child) in _SAID}
    gutter = _GUTTER if sides else 0.0
    box = _box(root)
    tall = _size(root.get("height"), 100.0)
    room = _Room(wide=width - gutter, tall=tall) if box is None else _fitted(box, width - gutter)
    chain = [_named(root)]
    inner = "".join(_drawn(child, room, chain) for child in root)
    under = _ends(ends, width, room.tall) if ends else ""
    height = room.tall + (_WORDS + 4 if ends else 0)
    body = f'<g transform="translate({_short(gutter)} 0)">{inner}</g>' if sides else inner
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_short(width)}" height="{_short(height)}" '
        f'viewBox="0 0 {_short(width)} {_short(height)}" font-family="{FONT}" font-size="{_WORDS}">'
        f"{body}{_sides(sides, room.tall - 30 if floor is None else floor) if sides else ''}{under}</svg>"
    )
    return Printed(svg=svg, title=said.get("title", ""), alt=said.get("desc", ""), width=width, height=height)


def _drawn(node: ElementTree.Element, room: _Room, chain: Sequence[Named]) -> str:
    """Write one element with all that is in it."""
    name = _name(node)
    if name in _SAID:
        return ""
    here = [*chain, _named(node)]
    if name == "svg":
        return _nested(node, room, here)
    if name == "a":
        return "".join(_drawn(child, room, here) for child in node)
    written = {**style_of(here), **_placed(node, room)}
    attributes = "".join(f' {key}="{escape(value)}"' for key, value in written.items())
    inner = str(escape(node.text or "")) if name in {"text", "tspan"} else ""
    inner += "".join(_drawn(child, room, here) for child in node)
    return f"<{name}{attributes}>{inner}</{name}>" if inner else f"<{name}{attributes}/>"


def _nested(node: ElementTree.Element, room: _Room, chain: Sequence[Named]) -> str:
    """Put a drawing within a drawing in its place: a layer that stretches, or a shape at one spot."""
    x, y = _length(node.get("x", "0"), room.wide), _length(node.get("y", "0"), room.tall)
    x, y = room.left + x * room.by_x, room.top + y * room.by_y
    box = _box(node)
    if box is None:
        inner = "".join(_drawn(child, _Room(wide=room.wide, tall=room.tall), chain) for child in node)
        style = "".join(f' {key}="{escape(value)}"' for key, value in style_of(chain).items())
        return f'<g transform="translate({_short(x)} {_short(y)})"{style}>{inner}</g>'
    wide = _length(node.get("width", "100%"), room.wide) * room.by_x
    tall = _length(node.get("height", "100%"), room.tall) * room.by_y
    by_x, by_y = wide / box[2], tall / box[3]
    within = _Room(wide=box[2], tall=box[3], left=x - box[0] * by_x, top=y - box[1] * by_y, by_x=by_x, by_y=by_y)
    inner = "".join(_drawn(child, within, chain) for child in node)
    if "clip" not in chain[-1][1]:
        return inner
    place = f'x="{_short(x)}" y="{_short(y)}" width="{_short(wide)}" height="{_short(tall)}"'
    return f'<clipPath id="clip"><rect {place}/></clipPath><g clip-path="url(#clip)">{inner}</g>'


def _placed(node: ElementTree.Element, room: _Room) -> dict[str, str]:
    """Give the attributes of an element with every place in our units."""
    placed = {}
    for key, value in node.attrib.items():
        if key in _DROPPED or key.startswith(("aria-", "data-")):
            continue
        if key == "d":
            placed[key] = _path(value, room)
        elif key == "transform" and (room.left or room.top or room.by_x != 1 or room.by_y != 1):
            placed[key] = f"translate({_short(room.left)} {_short(room.top)}) {value}"
        elif key in _ACROSS:
            shift = 0.0 if key in {"width", "dx"} else room.left
            placed[key] = _short(shift + _length(value, room.wide) * room.by_x)
        elif key in _DOWN:
            shift = 0.0 if key in {"height", "dy"} else room.top
            placed[key] = _short(shift + _length(value, room.tall) * room.by_y)
        else:
            placed[key] = value
    return placed


def _path(written: str, room: _Room) -> str:
    """Write a path in our units: the steps that our pictures use are M, L, H, V and Z, and h, v and l from there."""
    if not (room.left or room.top) and room.by_x == 1 and room.by_y == 1:
        return written
    steps, made, order, is_x = _STEP.findall(written), [], "M", True
    for step in steps:
        if step.isalpha():
            order, is_x = step, step not in "Vv"
            made.append(step)
            continue
        shift = 0.0 if order.islower() else (room.left if is_x else room.top)
        made.append(_short(shift + float(step) * (room.by_x if is_x else room.by_y)))
        is_x = is_x if order in "HhVv" else not is_x
    return " ".join(made)


def _ends(ends: tuple[str, str], width: float, top: float) -> str:
    left, right = ends
    style: dict[str, Attribute] = {"fill": INK["--soft"], "font_size": _WORDS}
    y = top + _WORDS - 1
    return str(
        element("text", left, x=0, y=y, **style)
        + element("text", right, x=_short(width), y=y, text_anchor="end", **style)
    )


def _sides(sides: tuple[str, str], floor: float) -> str:
    above, below = sides
    style: dict[str, Attribute] = {"fill": INK["--soft"], "font_size": _WORDS}
    return str(
        element("text", f"↑ {above}", x=0, y=_WORDS, **style)
        + element("text", f"↓ {below}", x=0, y=_short(floor), **style)
    )


def _fitted(box: tuple[float, float, float, float], width: float) -> _Room:
    """Make a drawing that has units of its own as wide as asked, in proportion."""
    scale = width / box[2]
    return _Room(wide=box[2], tall=box[3] * scale, left=-box[0] * scale, top=-box[1] * scale, by_x=scale, by_y=scale)


def _box(node: ElementTree.Element) -> tuple[float, float, float, float] | None:
    found = [float(part) for part in (node.get("viewBox") or "").split()]
    return (found[0], found[1], found[2], found[3]) if len(found) == 4 and found[2] and found[3] else None


def _length(value: str, whole: float) -> float:
    return float(value[:-1]) / 100 * whole if value.endswith("%") else float(value.removesuffix("px"))


def _size(value: str | None, fallback: float) -> float:
    return fallback if value is None or value.endswith("%") else float(value.removesuffix("px"))


def _short(number: float) -> str:
    """Write a number with five figures: a hundredth of a unit in a picture of some hundreds."""
    return f"{number + 0.0:.5g}"


def _named(node: ElementTree.Element) -> Named:
    return _name(node), frozenset((node.get("class") or "").split())


def _name(node: ElementTree.Element) -> str:
    return node.tag.rpartition("}")[2]
