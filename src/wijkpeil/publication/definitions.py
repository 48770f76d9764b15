"""What belongs to figures so that they can be read alone: areas, definitions, sources and reasons, as tables."""

from collections.abc import Sequence

import polars as pl

from wijkpeil.domain.frames import StatusType
from wijkpeil.domain.source import Source
from wijkpeil.domain.status import Status
from wijkpeil.portrayal import reasons
from wijkpeil.portrayal.language import language
from wijkpeil.publication.edition import Edition

_INDICATORS: dict[str, pl.DataType] = {
    **dict.fromkeys(("id", "label", "label_en", "theme", "unit"), pl.String()),
    "factor": pl.Int64(),
    **dict.fromkeys(("direction", "kind", "nature", "base"), pl.String()),
    "materiality": pl.Float64(),
    **dict.fromkeys(("question", "definition", "not_for"), pl.String()),
    "price_year": pl.Int64(),
}
_SOURCES = ("id", "label", "publisher", "licence", "attribution", "landing_page", "cadence", "note")


def areas(edition: Edition, codes: pl.Series) -> pl.DataFrame:
    """Give the areas of some codes with the areas in which they lie, so that every name is there."""
    wanted = edition.areas.filter(pl.col("code").is_in(codes.to_list()))
    over = pl.concat([wanted["code"], wanted["gemeente"], wanted["wijk"]]).drop_nulls().unique()
    return edition.areas.filter(pl.col("code").is_in(over.to_list())).sort("code")


def indicators(edition: Edition, ids: pl.Series) -> pl.DataFrame:
    """Give what is measured by some indicators, and how it is to be read."""
    wanted = set(ids)
    rows = [
        {
            **{name: getattr(one, name) for name in _INDICATORS if name != "factor"},
            "unit": one.unit.value,
            "factor": one.unit.factor,
            "direction": one.direction.value,
            "kind": one.kind.value,
            "nature": one.nature.value,
        }
        for one in edition.policy.indicators
        if one.id in wanted
    ]
    return pl.DataFrame(rows, schema=_INDICATORS)


def sources_of(edition: Edition, figures: pl.DataFrame) -> list[Source]:
    """Give the sources that figures name, in the order of the policy."""
    said = figures["source"].unique().to_list()
    return [one for one in edition.policy.sources if any(f"{one.id}:" in text for text in said)]


def sources(listed: Sequence[Source]) -> pl.DataFrame:
    """Give sources as a table."""
    return pl.DataFrame(
        [[getattr(one, name) for name in _SOURCES] for one in listed],
        schema=dict.fromkeys(_SOURCES, pl.String()),
        orient="row",
    )


def statuses() -> pl.DataFrame:
    """Give every reason for which a figure is there or not, with its sentence."""
    dutch = language("nl")
    rows = [(one.value, one.is_present, reasons.short(dutch, one), reasons.sentence(dutch, one)) for one in Status]
    schema = {"status": StatusType, "present": pl.Boolean(), "short": pl.String(), "sentence": pl.String()}
    return pl.DataFrame(rows, schema=schema, orient="row")
