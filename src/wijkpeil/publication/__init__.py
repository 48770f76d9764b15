"""Editions: how they are built (``publication.build``), where they stand, and how they are read."""

from wijkpeil.publication.edition import Edition
from wijkpeil.publication.manifest import EditionDamagedError, Manifest
from wijkpeil.publication.shelf import EditionExistsError, NoSuchEditionError, Shelf, ShelfBusyError

__all__ = [
    "Edition",
    "EditionDamagedError",
    "EditionExistsError",
    "Manifest",
    "NoSuchEditionError",
    "Shelf",
    "ShelfBusyError",
]
