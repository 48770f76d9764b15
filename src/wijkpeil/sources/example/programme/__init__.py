"""The years of life of Voorbeeldland's programme, a file for each city: who wanted, promised, did and decided what."""

import tomllib
from importlib import resources
from typing import Any

Chapter = dict[str, list[dict[str, Any]]]
"""What happened in one city: by kind of thing, the things in the order in which they are told."""


def chapters() -> dict[str, Chapter]:
    """Read the story: the cast first, then every city; the name of a file is the name of its chapter."""
    folder = resources.files(__package__)
    files = sorted((one for one in folder.iterdir() if one.name.endswith(".toml")), key=_cast_first)
    return {one.name.removesuffix(".toml"): tomllib.loads(one.read_text(encoding="utf-8")) for one in files}


def _cast_first(file: Any) -> tuple[bool, str]:
    return file.name != "cast.toml", file.name
