"""A photo as a picture that stands on its own, so that every renderer places it as it places a drawing."""

import base64
from collections.abc import Mapping
from io import BytesIO

from wijkpeil.portrayal.print import Printed
from wijkpeil.reports.checking import DocumentError
from wijkpeil.reports.document import Figure
from wijkpeil.reports.state import Picture

PHOTO = "foto-"
"""How the id of a figure begins that is a photo and no chart."""


def photo(picture: Picture, content: Mapping[str, bytes], *, place: str) -> Figure | None:
    """Make a figure of a photo, or nothing where its bytes are not there any more.

    ``content`` has the bytes by their hash; ``place`` makes the id of the figure its own. Raises ``DocumentError`` for
    bytes that are no picture, and for a photo that nobody described.
    """
    found = content.get(picture.sha256)
    if found is None:
        return None
    if not picture.alt.strip():
        raise DocumentError(f"De foto {picture.sha256[:12]} heeft geen beschrijving voor wie haar niet ziet.")
    width, height = _size(picture, found)
    address = f"data:{picture.media_type};base64,{base64.b64encode(found).decode('ascii')}"
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f'<image href="{address}" width="{width}" height="{height}"/></svg>'
    )
    drawn = Printed(svg=svg, title="", alt=picture.alt, width=float(width), height=float(height))
    return Figure(picture=drawn, alt=picture.alt, id=f"{PHOTO}{place}")


def _size(picture: Picture, found: bytes) -> tuple[int, int]:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(found)) as opened:
            return opened.size
    except (UnidentifiedImageError, OSError) as fault:
        raise DocumentError(f"De foto {picture.sha256[:12]} is niet te lezen als plaatje.") from fault
