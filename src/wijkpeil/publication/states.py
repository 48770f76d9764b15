"""Whether readers may see an edition: draft, embargoed until an hour, published, or withdrawn with a reason.

The state of an edition lies beside it on the shelf and never in it, for an edition does not change. An edition without
a state is published: whoever builds on the shelf of the site shows what is built, and shelves from before there were
states stay what they were. Whoever wants to look first builds with ``--draft``, and every change is then explained
before readers see it.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from tempfile import NamedTemporaryFile

_ENDING = ".stand.json"


class Standing(StrEnum):
    """What an edition is to readers."""

    DRAFT = "draft"
    EMBARGOED = "embargoed"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class State:
    """The standing of an edition since ``since``; ``until`` is the hour of an embargo, ``reason`` of a withdrawal."""

    standing: Standing
    since: datetime | None = None
    until: datetime | None = None
    reason: str = ""

    def at(self, now: datetime) -> Standing:
        """Give what it is at some moment: an embargo of which the hour has come is published."""
        if self.standing is Standing.EMBARGOED and self.until is not None and self.until <= now:
            return Standing.PUBLISHED
        return self.standing


class StateDamagedError(Exception):
    """The state of an edition cannot be read; it is then shown to nobody."""


def state_of(shelf: Path, id_: str) -> State:
    """Give the state of an edition; without a file it is published. Raises ``StateDamagedError``."""
    path = shelf / f"{id_}{_ENDING}"
    try:
        record = json.loads(path.read_text(encoding="utf-8"))[-1]
        return State(
            standing=Standing(record["standing"]),
            since=datetime.fromisoformat(record["since"]),
            until=datetime.fromisoformat(record["until"]) if record["until"] else None,
            reason=record["reason"],
        )
    except FileNotFoundError:
        return State(standing=Standing.PUBLISHED)
    except (OSError, ValueError, KeyError, IndexError, TypeError) as fault:
        raise StateDamagedError(
            f"De stand van editie {id_} is niet te lezen: {path.name} is beschadigd. Zet hem opnieuw met: "
            f"wijkpeil publish {id_}"
        ) from fault


def keep(shelf: Path, id_: str, state: State) -> None:
    """Write a state beside its edition, after those that it had before, in one step."""
    path = shelf / f"{id_}{_ENDING}"
    record = {
        "standing": state.standing.value,
        "since": state.since.isoformat() if state.since else "",
        "until": state.until.isoformat() if state.until else "",
        "reason": state.reason,
    }
    with NamedTemporaryFile("w", dir=shelf, prefix=".", encoding="utf-8", delete=False) as stream:
        json.dump([*_before(path), record], stream, ensure_ascii=False, indent=1)
    Path(stream.name).chmod(0o644)
    Path(stream.name).replace(path)


def _before(path: Path) -> list[object]:
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return known if isinstance(known, list) else []
