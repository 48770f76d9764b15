"""Wijkpeil follows, judges and steers neighbourhoods with figures that can be traced."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wijkpeil.publication.edition import Edition

__all__ = ["open_edition"]

SHELF = "edities"
"""The folder of editions when nothing else is named: ``edities`` in the working directory."""


def open_edition(id_: str | None = None, *, shelf: Path | str | None = None) -> Edition:
    """Open an edition by its id (``2026-11``), or the newest.

    ``shelf`` is the folder of editions; left out, it is the one that ``WIJKPEIL_SHELF`` names, or ``edities``.
    The frames of the edition are Polars frames whose columns stand in ``wijkpeil.domain.frames``.

    Raises ``NoSuchEditionError`` with the ids that are there, and ``EditionDamagedError`` when a file is missing
    or is not what it was.
    """
    from wijkpeil.publication.shelf import Shelf

    return Shelf(shelf or os.environ.get("WIJKPEIL_SHELF") or SHELF).open(id_)
