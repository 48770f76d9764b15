"""Writes the handbook's page of columns from the frames themselves, so that the two cannot differ."""

import inspect
from pathlib import Path

import dataframely as dy
import polars as pl

from wijkpeil.analysis.look_alikes import MatchQuality
from wijkpeil.domain import frames
from wijkpeil.domain.outcomes import Outcomes
from wijkpeil.domain.status import Status
from wijkpeil.domain.verdict import Verdicts
from wijkpeil.portrayal import reasons
from wijkpeil.portrayal.language import language

PAGE = Path(__file__).parent / "handboek" / "kolommen.md"

READERS: dict[str, tuple[type[dy.Schema], str]] = {
    "figures": (frames.Figures, "`by_city/*.parquet`, `by_indicator/*.parquet`, `edition.figures(...)`"),
    "positions": (frames.Positions, "`edition.positions(...)`"),
    "changes": (frames.Changes, "`edition.changes(...)`"),
    "verdicts": (Verdicts, "`verdicts.parquet`, `edition.verdicts(...)`; daarvoor staat nog `programme`"),
    "outcomes": (Outcomes, "`edition.outcomes(...)`, `wijkpeil outcomes --csv`"),
    "areas": (frames.Areas, "`areas.parquet`, `edition.areas`"),
    "composition": (frames.Composition, "`composition.parquet`, `edition.composition`"),
    "look_alikes": (frames.LookAlikesFound, "`look_alikes.parquet`, `edition.look_alikes`"),
    "match_quality": (MatchQuality, "`match_quality.parquet`, `edition.match_quality`"),
    "lineage": (frames.Lineage, "`lineage.parquet`, `edition.lineage`"),
    "code_lists": (frames.CodeList, "`code_lists.parquet`, `edition.code_lists`"),
    "boundaries": (frames.Boundaries, "`boundaries.parquet`, `edition.boundaries`"),
}
"""The frames that a reader of an edition meets, and where."""

HEAD = """\
# De kolommen van een editie

Deze pagina is gemaakt uit de code (`python docs/columns.py`); de beschrijvingen zijn in het Engels, net als de code.
Hoe je de bestanden leest, staat in [Onderzoek doen](06-onderzoek.md).

"""


def page() -> str:
    """Give the whole page: of every frame where it is found, what it is and its columns; then statuses and margins."""
    parts = [_frame(name, schema, where) for name, (schema, where) in READERS.items()]
    return HEAD + "\n".join([*parts, _statuses(), _intervals()])


def _statuses() -> str:
    dutch = language("nl")
    rows = [
        f"| `{status.value}` | {'ja' if status.is_present else 'nee'} | {reasons.short(dutch, status)} "
        f"| {reasons.sentence(dutch, status)} |"
        for status in Status
    ]
    head = ["| status | is er een cijfer | kort | wat het betekent |", "| --- | --- | --- | --- |"]
    return "## status\n\nDe woorden in alle kolommen met `status`.\n\n" + "\n".join([*head, *rows]) + "\n"


def _intervals() -> str:
    dutch = language("nl")
    rows = [f"| `{word}` | {reasons.how_sure(dutch, word)} |" for word in frames.IntervalType.categories]
    head = ["| interval | wat het betekent |", "| --- | --- |"]
    return "## interval\n\nHoe de marge van een cijfer is gemaakt, of waarom zij er niet is.\n\n" + "\n".join(
        [*head, *rows, ""]
    )


def _frame(name: str, schema: type[dy.Schema], where: str) -> str:
    about = (inspect.getdoc(schema) or "").replace("``", "`")
    rows = [
        f"| `{column}` | {_kind(definition.dtype)} | {'ja' if definition.nullable else 'nee'} |"
        for column, definition in schema.columns().items()
    ]
    table = "\n".join(["| kolom | soort | mag leeg zijn |", "| --- | --- | --- |", *rows])
    return f"## {name}\n\nHier te vinden: {where}.\n\n{about}\n\n{table}\n"


def _kind(dtype: pl.DataType) -> str:
    if isinstance(dtype, pl.Enum):
        if dtype.categories.to_list() == frames.STATUSES:
            return "een [status](#status)"
        return "een van: " + ", ".join(f"`{value}`" for value in dtype.categories)
    return f"`{dtype}`"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
