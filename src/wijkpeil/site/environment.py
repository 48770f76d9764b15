"""Reads settings from the environment: a text, a number, a yes or no, a list."""

import os

_YES, _NO = {"1", "ja", "yes", "true"}, {"", "0", "nee", "no", "false"}


def text(name: str) -> str:
    """Give the text of a variable, empty where it is not set."""
    return os.environ.get(name, "").strip()


def yes(name: str) -> bool:
    """Say whether a variable is switched on; raises ``ValueError`` for anything that is neither yes nor no."""
    said = text(name).casefold()
    if said not in _YES | _NO:
        raise ValueError(f"{name}={said!r} is geen ja of nee. Gebruik 1 of 0.")
    return said in _YES


def number(name: str, *, default: int) -> int:
    """Give the whole number of a variable, 0 or more; raises ``ValueError`` for anything else."""
    said = text(name)
    if said and not said.isdecimal():
        raise ValueError(f"{name}={said!r} is geen heel getal. Gebruik een getal van 0 of meer, zoals {default}.")
    return int(said) if said else default


def listed(name: str) -> list[str]:
    """Give the parts of a variable between commas."""
    return [part.strip() for part in text(name).split(",") if part.strip()]
