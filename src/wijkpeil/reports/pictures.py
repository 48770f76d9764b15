"""The pictures of a document as files: drawings that are safe in any page, and the same in points for who needs those.

A drawing is read and written again, sign by sign of what a drawing needs: whatever could run, or fetch something, is
left out. Points are made by the program that sets the pages, with our own font and no clock.
"""

import base64
import binascii
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from xml.etree import ElementTree

import typst
from markupsafe import escape

from wijkpeil.portrayal.print import Printed
from wijkpeil.reports.checking import DocumentError

_SVG = "{http://www.w3.org/2000/svg}"
_DRAWN = frozenset(
    {"svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan"}
    | {"clipPath", "defs", "image", "linearGradient", "stop"}
)
_PHOTO = re.compile(r"data:image/(png|jpeg|webp);base64,([A-Za-z0-9+/=]+)")
_OURS = re.compile(r"url\(#([\w-]+)\)")
_SHARP = 288
"""Points per inch: twice what an office program shows, so that letters stay letters in print."""


@dataclass(frozen=True, kw_only=True)
class Photo:
    """The bytes of a photo, and of which sort they are (``jpeg``, ``png`` or ``webp``)."""

    sort: str
    content: bytes


def photo_in(picture: Printed) -> Photo | None:
    """Give the photo that a picture holds; nothing for a drawing."""
    found = _PHOTO.search(picture.svg) if "<image" in picture.svg else None
    if found is None:
        return None
    try:
        return Photo(sort=found[1], content=base64.b64decode(found[2], validate=True))
    except binascii.Error as fault:
        raise DocumentError("Een foto in dit document is niet te lezen.") from fault


def drawing(picture: Printed, *, own: str = "", **root: str) -> str:
    """Write a picture again with nothing but what draws; raises ``DocumentError`` for what is no drawing.

    ``own`` is put before every id, so that many drawings can stand in one page; ``root`` are attributes of the whole.
    """
    try:
        node = ElementTree.fromstring(picture.svg)
    except ElementTree.ParseError as fault:
        raise DocumentError(f"Een plaatje in dit document is geen tekening: {fault}.") from fault
    return _written(node, own, {"xmlns": "http://www.w3.org/2000/svg", **root})


def _written(node: ElementTree.Element, own: str, more: dict[str, str] | None = None) -> str:
    name = node.tag.removeprefix(_SVG) if isinstance(node.tag, str) else ""
    if name not in _DRAWN:
        return ""
    kept = {key: _own(key, value, own) for key, value in node.attrib.items() if _is_kept(key, value)}
    said = "".join(f' {key}="{escape(value)}"' for key, value in {**kept, **(more or {})}.items())
    inner = str(escape(node.text or "")) if name in {"text", "tspan"} else ""
    for child in node:
        inner += _written(child, own)
        inner += str(escape(child.tail or "")) if name in {"text", "tspan"} else ""
    return f"<{name}{said}>{inner}</{name}>" if inner else f"<{name}{said}/>"


def _is_kept(key: str, value: str) -> bool:
    if key in {"href", "{http://www.w3.org/1999/xlink}href"}:
        return _PHOTO.fullmatch(value) is not None
    if "}" in key or key.startswith("on") or key == "style":
        return False
    return key == "transform" or "(" not in value or _OURS.fullmatch(value) is not None or value.startswith("rgb")


def _own(key: str, value: str, own: str) -> str:
    if not own:
        return value
    return f"{own}-{value}" if key == "id" else _OURS.sub(rf"url(#{own}-\1)", value)


def in_points(pictures: Sequence[Printed]) -> list[bytes]:
    """Give every picture as a PNG, all made in one go; the same pictures give the same bytes."""
    if not pictures:
        return []
    drawings = [{"svg": drawing(one), "wide": one.width, "tall": one.height} for one in pictures]
    try:
        made = _compiler().compile(format="png", ppi=_SHARP, sys_inputs={"pictures": json.dumps(drawings)})
    except typst.TypstError as fault:
        raise DocumentError(f"Een plaatje in dit document kan geen PNG worden: {fault}") from fault
    return [made] if isinstance(made, bytes) else list(made or ())


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    here = Path(str(files("wijkpeil.reports")))
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(here / "fonts")])
    folder = here / "templates"
    return typst.Compiler(str(folder / "pictures.typ"), root=str(folder), font_paths=fonts, ignore_system_fonts=True)
