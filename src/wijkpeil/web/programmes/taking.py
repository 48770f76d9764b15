"""What is taken from a form that was filled in."""

from collections.abc import Iterable, Mapping
from typing import Any

from wijkpeil.web.programmes.desk import Desk


def taken(said: Mapping[str, Any], fields: Iterable[str]) -> dict[str, Any]:
    """Take the fields that an author writes, as far as the form asked for them."""
    return {name: said[name] for name in fields if name in said}


def place(desk: Desk, said: Mapping[str, Any]) -> dict[str, str]:
    """Take where a new thing stands."""
    return desk.chosen(said["area"])
