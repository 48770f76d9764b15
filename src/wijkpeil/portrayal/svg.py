"""Drawing in SVG: elements that escape their text, and scales in percentages so that a picture fits any width.

Positions across are percentages and positions down are pixels: a picture then stretches with its column while its
dots stay round and its letters keep their size, without a script.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup, escape

Attribute = str | int | float


def element(name: str, *children: Markup | str, **attributes: Attribute) -> Markup:
    """Make one element; ``class_`` and ``stroke_width`` are written as SVG writes them, text is escaped."""
    written = "".join(
        f' {_attribute(key)}="{escape(value) if isinstance(value, str) else value}"'
        for key, value in attributes.items()
        if value != ""
    )
    inner = "".join(child if isinstance(child, Markup) else escape(child) for child in children)
    return Markup(f"<{name}{written}>{inner}</{name}>" if inner else f"<{name}{written}/>")


@lru_cache(maxsize=256)
def _attribute(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def picture(identity: str, title: str, description: str, *children: Markup, height: int, class_: str) -> Markup:
    """Make a picture as wide as its column, with a title and a description for who cannot see it."""
    return element(
        "svg",
        element("title", title, id=f"{identity}-t"),
        element("desc", description, id=f"{identity}-d"),
        *children,
        role="img",
        aria_labelledby=f"{identity}-t {identity}-d",
        class_=class_,
        width="100%",
        height=height,
        xmlns="http://www.w3.org/2000/svg",
    )


def stretched(*children: Markup, height: int) -> Markup:
    """Make a layer that stretches with the width of its picture: 0 to 100 across, pixels down."""
    return element(
        "svg",
        *children,
        x="0",
        y=0,
        width="100%",
        height=height,
        viewBox=f"0 0 100 {height}",
        preserveAspectRatio="none",
    )


def path(points: Sequence[tuple[float, float]]) -> str:
    """Write a line through points as SVG reads it, to a tenth of a part in a hundred across."""
    return "M" + "L".join(f"{round(x, 1):g} {round(y, 1):g}" for x, y in points) if points else ""


def strokes(points: Iterable[tuple[float, float]], *, length: float = 0.0) -> str:
    """Write an upright stroke of this length from every point, or a dot where it has none."""
    end = f"v{length:g}" if length else "h0"
    return "".join(f"M{x:g} {y:g}{end}" for x, y in sorted({(round(x, 1), round(y, 1)) for x, y in points}))


def percent(share: float) -> str:
    """Write a share of the width as SVG reads it."""
    return f"{share * 100:.2f}%"


@dataclass(frozen=True, kw_only=True)
class Scale:
    """Where a number lies between two ends: 0 at ``start``, 1 at ``end``; ``start`` may be the larger."""

    start: float
    end: float

    def at(self, value: float) -> float:
        """Give the place of a value as a share; the middle where both ends are the same."""
        return 0.5 if self.start == self.end else (value - self.start) / (self.end - self.start)


def scale_over(values: list[float], *, reverse: bool = False) -> Scale:
    """Make a scale from the lowest to the highest value, or the other way round."""
    low, high = min(values), max(values)
    return Scale(start=high, end=low) if reverse else Scale(start=low, end=high)
