"""From an opened edition to what one page or screen about one area shows."""

import polars as pl

from wijkpeil.domain.area import Level
from wijkpeil.portrayal.likeness import LookAlike, Match
from wijkpeil.portrayal.reading import read
from wijkpeil.portrayal.subject import AreaCard, EditionCard, Subject
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.findings import scores_of, with_findings


def edition_card(edition: Edition) -> EditionCard:
    """Take from a manifest what every page and screen says."""
    manifest = edition.manifest
    return EditionCard(
        id=manifest.id,
        made_on=manifest.made_on,
        audience=manifest.audience,
        fictional=manifest.fictional,
        map_year=manifest.map_year,
        code_version=manifest.code_version,
    )


def subject_of(
    edition: Edition,
    code: str,
    *,
    indicators: tuple[str, ...] | None = None,
    with_peers: bool = True,
    with_methods: bool = False,
) -> Subject:
    """Gather all that the edition says of one area; ``indicators`` are ids, all of them when left out.

    A programme area is drawn among the areas of the level that it is composed of: a city has few programme areas,
    and many wijken. Only pictures need those others: without ``with_peers`` they are not read. Only
    ``with_methods`` there are trends, funnels, smoothed figures and theme scores: they take about a second.
    """
    area = area_card(edition, code)
    chosen = [one for one in edition.policy.indicators if indicators is None or one.id in indicators]
    ids = [one.id for one in chosen]
    level = _peers_level(edition.areas, area)
    readings = read(
        chosen,
        edition.figures(area=code).filter(pl.col("indicator").is_in(ids)),
        edition.positions(area=code).filter(pl.col("indicator").is_in(ids)),
        edition.changes(area=code).filter(pl.col("indicator").is_in(ids)),
        _peers(edition, area, level, ids) if with_peers else None,
        edition.verdicts(area=code).filter(pl.col("indicator").is_in(ids)),
    )
    return Subject(
        area=area,
        edition=edition_card(edition),
        policy=edition.policy,
        readings=with_findings(edition, area, readings, level=level) if with_methods else readings,
        look_alikes=_look_alikes(edition, code),
        match=_match(edition, code),
        peers_level=level,
        scores=scores_of(edition, area, level=level) if with_methods else (),
    )


def area_card(edition: Edition, code: str) -> AreaCard:
    """Gather what the edition knows of the area itself; raises ``KeyError`` for an unknown code."""
    found = edition.areas.filter(pl.col("code") == code)
    if found.is_empty():
        raise KeyError(code)
    row = found.row(0, named=True)
    names = _names(edition.areas)
    parts = edition.composition.filter((pl.col("composed") == code) & (pl.col("sign") > 0))["part"].to_list()
    return AreaCard(
        code=row["code"],
        vintage=row["vintage"],
        name=row["name"],
        level=Level(row["level"]),
        gemeente=row["gemeente"],
        gemeente_name=names.get(row["gemeente"]),
        population=row["population"],
        land_km2=row["land_km2"],
        pc4=tuple(row["pc4"]),
        programmes=tuple(row["programmes"]),
        parts=tuple(f"{names[part]} ({part})" if part in names else part for part in parts),
    )


def _peers_level(areas: pl.DataFrame, area: AreaCard) -> Level:
    if area.level is not Level.PROGRAMME_AREA:
        return Level.GEMEENTE if area.level in {Level.GROUP, Level.COUNTRY} else area.level
    codes = [part.rpartition("(")[2].rstrip(")") for part in area.parts]
    levels = areas.filter(pl.col("code").is_in(codes))["level"].cast(pl.String).unique().to_list()
    return Level(levels[0]) if len(levels) == 1 else Level.WIJK


def _peers(edition: Edition, area: AreaCard, level: Level, indicators: list[str]) -> pl.DataFrame | None:
    """Give the figures of the areas of this level in the city; of a gemeente, those of all gemeenten."""
    same = edition.areas.filter(pl.col("level").cast(pl.String) == level.value)
    if area.level is Level.GEMEENTE:
        among = pl.col("area").is_in(same["code"].to_list())
        return pl.concat([edition.figures(indicator=one).filter(among) for one in indicators])
    if area.gemeente is None:
        return None
    codes = same.filter(pl.col("gemeente") == area.gemeente)["code"].to_list()
    return edition.city_figures(area.code).filter(pl.col("area").is_in(codes), pl.col("indicator").is_in(indicators))


def _look_alikes(edition: Edition, code: str) -> tuple[LookAlike, ...]:
    names = _names(edition.areas)
    gemeenten = dict(zip(edition.areas["code"], edition.areas["gemeente"], strict=True))
    found = edition.look_alikes.filter(pl.col("area") == code).sort("rank")
    return tuple(
        LookAlike(
            name=names.get(row["look_alike"], row["look_alike"]),
            gemeente_name=names.get(gemeenten.get(row["look_alike"])),
            rank=row["rank"],
            distance=row["distance"],
        )
        for row in found.iter_rows(named=True)
    )


def _match(edition: Edition, code: str) -> Match:
    found = edition.match_quality.filter(pl.col("area") == code)
    if found.is_empty():
        return Match(reason="none_alike", found=0, difference=None)
    row = found.row(0, named=True)
    return Match(reason=row["reason"], found=row["found"], difference=row["difference"])


def _names(areas: pl.DataFrame) -> dict[str | None, str]:
    return dict(zip(areas["code"], areas["name"], strict=True))
