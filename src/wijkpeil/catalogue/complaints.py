"""How a fault is worded: the key where it stands, what stands there, what is allowed, and the likely spelling."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from wijkpeil.domain.complaint import Complaint, Severity

_LONGEST_LIST = 12
_LONGEST_QUOTE = 60


@dataclass(frozen=True)
class Where:
    """A place in a file: its path below the folder and the dotted key."""

    file: str
    place: str = ""

    def at(self, key: str) -> "Where":
        """Go one key deeper."""
        return Where(self.file, f"{self.place}.{key}" if self.place else key)

    def nth(self, index: int) -> "Where":
        """Go to an item of a list; people count from 1."""
        return Where(self.file, f"{self.place}[{index + 1}]")

    def complain(self, sentence: str, found: object = None, severity: Severity = Severity.ERROR) -> Complaint:
        """Word one complaint about this place; ``found`` is quoted as TOML writes it."""
        quoted = "" if found is None else quote(found)
        return Complaint(file=self.file, place=self.place, found=quoted, sentence=sentence, severity=severity)

    def warn(self, sentence: str, found: object = None) -> Complaint:
        """Word one warning about this place."""
        return self.complain(sentence, found, Severity.WARNING)


def quote(value: object) -> str:
    """Write a value as it stands in a TOML file, shortened to what fits in a sentence."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        text = f'"{value}"'
    elif isinstance(value, date):
        text = value.isoformat()
    elif isinstance(value, dict):
        text = "{ " + ", ".join(f"{key} = {quote(item)}" for key, item in list(value.items())[:3]) + " }"
    elif isinstance(value, list):
        text = "[" + ", ".join(quote(item) for item in value[:3]) + (", ..." if len(value) > 3 else "") + "]"
    else:
        text = str(value)
    return text if len(text) <= _LONGEST_QUOTE else f"{text[: _LONGEST_QUOTE - 4]} ..."


def suggestion(found: object, options: Iterable[str]) -> str:
    """Ask whether a near spelling was meant; empty where nothing is near."""
    by_lower = {option.lower(): option for option in options}
    near = get_close_matches(str(found).lower(), by_lower, n=1, cutoff=0.7)
    return f" Bedoelde je {by_lower[near[0]]}?" if near else ""


def listing(options: Iterable[str]) -> str:
    """Sum up what is allowed; a long list is cut and counted."""
    names = sorted(options)
    if not names:
        return "(nog geen)"
    if len(names) <= _LONGEST_LIST:
        return ", ".join(names)
    return f"{', '.join(names[:_LONGEST_LIST])} en nog {len(names) - _LONGEST_LIST}"
