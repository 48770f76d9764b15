"""What an edition has to take away: files by theme, with how much is in them, their formats and licences."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from wijkpeil.domain.area import Level
from wijkpeil.portrayal.language import Language
from wijkpeil.portrayal.table import Table
from wijkpeil.publication.downloads import rows_of
from wijkpeil.publication.edition import Edition
from wijkpeil.web.design.addresses import address


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """The files of one theme, as a table with an address per row."""

    id: str
    title: str
    table: Table
    links: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Offer:
    """Everything on the page of downloads."""

    size: str
    figures: str
    content: str
    themes: tuple[Shelf, ...]
    programme_areas: tuple[tuple[str, str], ...]
    gemeenten: tuple[tuple[str, str], ...]


def offer(edition: Edition, tongue: Language) -> Offer:
    """Gather what can be taken away."""
    return Offer(
        size=size_words(tongue, sum(edition.manifest.sizes.values())),
        figures=tongue.whole(edition.manifest.figures),
        content=edition.manifest.content,
        themes=tuple(_themes(edition, tongue)),
        programme_areas=_areas(edition, Level.PROGRAMME_AREA),
        gemeenten=_areas(edition, Level.GEMEENTE),
    )


def size_words(tongue: Language, size: int) -> str:
    """Write a size as people do: 512 kB, 50,6 MB."""
    if size < 1_000_000:
        return f"{tongue.whole(max(1, round(size / 1000)))} kB"
    return f"{tongue.number(size / 1_000_000, 1)} MB"


def _themes(edition: Edition, tongue: Language) -> Iterator[Shelf]:
    say = tongue.say
    counted = rows_of(edition)
    for theme in edition.policy.themes:
        listed = [one for one in edition.policy.indicators if one.theme == theme.id and counted.get(one.id)]
        if not listed:
            continue
        rows = tuple(
            (
                (tongue.label(one),),
                (tongue.whole(counted[one.id]),),
                tuple(dict.fromkeys(edition.policy.source[each.source].licence for each in one.sources)),
            )
            for one in listed
        )
        yield Shelf(
            id=theme.id,
            title=tongue.label(theme),
            table=Table(
                caption=say("{theme}: een zip per cijfer (CSV en Parquet)", theme=tongue.label(theme)),
                headers=(say("Cijfer"), say("Regels"), say("Licentie van de bron")),
                rows=rows,
                notes=(),
            ),
            links=tuple(address("download-indicator", edition=edition.id, indicator=one.id) for one in listed),
        )


def _areas(edition: Edition, level: Level) -> tuple[tuple[str, str], ...]:
    found = edition.areas.filter(pl.col("level").cast(pl.String) == level.value).sort("name")
    return tuple(
        (row["name"], address("download-area", edition=edition.id, code=row["code"]))
        for row in found.iter_rows(named=True)
    )
