"""From an opened edition to what one page or screen about one area shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from wijkpeil.domain.area import Level
from wijkpeil.domain.comparator import Comparator
from wijkpeil.domain.frames import Changes
from wijkpeil.domain.indicator import Indicator
from wijkpeil.portrayal.likeness import LookAlike, Match
from wijkpeil.portrayal.overview import key_readings
from wijkpeil.portrayal.reading import FIRST_TWO, Reading, among_peers, read
from wijkpeil.portrayal.subject import AreaCard, EditionCard, Subject
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.findings import scores_of, with_findings
from wijkpeil.publication.library import AT_ONCE

WIDE = (Level.GEMEENTE, Level.GROUP, Level.COUNTRY)
"""Levels that stand beside the country and groups, having no city around them."""

_GROUPS = 2
"""Of so many groups one is shown beside an area that has no city around it: the first may be unknown."""

_CITIES = 24
"""Of so many cities the values are kept."""

_NO_CHANGES = Changes.create_empty()


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
    in_short: bool = False,
    beside_all: bool = True,
    with_peers: bool = True,
    with_methods: bool = False,
) -> Subject:
    """Gather all that the edition says of one area; ``indicators`` are ids, all of them when left out.

    A programme area is drawn among the areas of the level that it is composed of: a city has few programme areas,
    and many wijken. Only pictures need those others: without ``with_peers`` they are not read. Only
    ``with_methods`` there are trends, funnels, smoothed figures and theme scores: they take about a second.
    Without ``beside_all`` it stands beside the two comparators that are shown first and no others.
    ``in_short`` is for the first look at an area: the latest figures beside the two comparators that are shown first,
    with the verdicts of its programme; no changes, and peers only for the key indicators.
    Raises ``KeyError`` for an unknown code.
    """
    area = area_card(edition, code)
    chosen = [one for one in edition.policy.indicators if indicators is None or one.id in indicators]
    level = _peers_level(edition.areas, area)
    readings = _in_short(edition, area, chosen) if in_short else _in_full(edition, area, chosen, beside_all=beside_all)
    if with_peers:
        readings = _with_peers(edition, area, readings, level=level, only_key=in_short)
    return Subject(
        area=area,
        edition=edition_card(edition),
        policy=edition.policy,
        readings=with_findings(edition, area, readings, level=level) if with_methods else readings,
        look_alikes=_look_alikes(edition, code),
        match=_match(edition, code),
        peers_level=level,
        scores=scores_of(edition, area, level=level, themes={one.theme for one in chosen}) if with_methods else (),
    )


def _in_full(edition: Edition, area: AreaCard, chosen: Sequence[Indicator], *, beside_all: bool) -> tuple[Reading, ...]:
    """Read every period, with changes and verdicts."""
    mine, programme = pl.col("indicator").is_in([one.id for one in chosen]), _programme(edition, area)
    beside = None if beside_all else _shown_first(edition, area)
    figures = edition.figures(area=area.code).filter(mine)
    periods = figures.select("indicator", "period")
    return read(
        chosen,
        figures,
        edition.positions(area=area.code, comparators=beside, periods=periods),
        edition.changes(area=area.code, comparators=beside, programme=programme, periods=periods),
        verdicts=edition.verdicts(area=area.code, comparators=beside, programme=programme).filter(mine),
    )


def _programme(edition: Edition, area: AreaCard) -> str:
    """Give the programme since whose baseline an area is followed: its own, or else that of the edition."""
    own = area.programmes[:1] if area.level is Level.PROGRAMME_AREA else ()
    return own[0] if own else edition.manifest.default_programme


def _in_short(edition: Edition, area: AreaCard, chosen: Sequence[Indicator]) -> tuple[Reading, ...]:
    """Read the latest figures beside the comparators that are shown first, with verdicts that need no work."""
    figures = edition.figures(area=area.code).filter(pl.col("indicator").is_in([one.id for one in chosen]))
    there = pl.col("value").is_finite().fill_null(False)
    latest = figures.sort("indicator", there, "period").unique("indicator", keep="last", maintain_order=True)
    now = edition.positions(
        area=area.code, comparators=_shown_first(edition, area), periods=latest.select("indicator", "period")
    )
    is_judged = area.level is Level.PROGRAMME_AREA
    verdicts = edition.verdicts(area=area.code, programme=_programme(edition, area)) if is_judged else None
    return read(chosen, latest, now, _NO_CHANGES, verdicts=verdicts)


def _shown_first(edition: Edition, area: AreaCard) -> Sequence[str]:
    """Give the comparators of which two are shown first; of a gemeente those are the country and groups."""
    if area.level not in WIDE:
        return FIRST_TWO
    groups = [one for one in edition.comparators if one not in set(Comparator) and one != area.code]
    return [Comparator.COUNTRY.value, *groups[:_GROUPS]]


def _with_peers(
    edition: Edition, area: AreaCard, readings: tuple[Reading, ...], *, level: Level, only_key: bool
) -> tuple[Reading, ...]:
    """Set readings among the areas of this level in the city; a gemeente among all gemeenten."""
    gemeente = None if area.level is Level.GEMEENTE else area.gemeente
    if gemeente is None and area.level is not Level.GEMEENTE:
        return readings
    values = peer_values(edition, level, gemeente)
    if not only_key:
        return among_peers(readings, values)
    key = {one.indicator.id for theme in edition.policy.themes for one in key_readings(readings, theme.id)}
    found = among_peers([one for one in readings if one.indicator.id in key], values)
    by_id = {one.indicator.id: one for one in found}
    return tuple(by_id.get(one.indicator.id, one) for one in readings)


@lru_cache(maxsize=_CITIES)
def peer_values(edition: Edition, level: Level, gemeente: str | None) -> pl.DataFrame:
    """Give the values of all areas of a level, in one gemeente or everywhere; neighbours are read together."""
    same = edition.areas.filter(pl.col("level").cast(pl.String) == level.value)
    if gemeente is not None:
        codes = same.filter(pl.col("gemeente") == gemeente)["code"]
        figures = edition.city_figures(gemeente, columns=("area", "indicator", "period", "value"))
    else:
        codes = same["code"]
        figures = pl.concat([edition.figures(indicator=one.id) for one in edition.policy.indicators])
    known = figures.filter(pl.col("area").is_in(codes.implode()), pl.col("value").is_finite())
    return known.select("indicator", "period", "value")


def is_known(edition: Edition, code: str) -> bool:
    """Whether an edition has an area of this code."""
    return code in _places(edition).row


def area_card(edition: Edition, code: str) -> AreaCard:
    """Gather what the edition knows of the area itself; raises ``KeyError`` for an unknown code."""
    places = _places(edition)
    row = edition.areas.row(places.row[code], named=True)
    names = places.name
    parts = edition.composition.filter((pl.col("composed") == code) & (pl.col("sign") > 0))["part"].to_list()
    return AreaCard(
        code=row["code"],
        vintage=row["vintage"],
        name=row["name"],
        level=Level(row["level"]),
        gemeente=row["gemeente"],
        gemeente_name=names.get(row["gemeente"] or ""),
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


def _look_alikes(edition: Edition, code: str) -> tuple[LookAlike, ...]:
    places = _places(edition)
    found = edition.look_alikes.filter(pl.col("area") == code).sort("rank")
    return tuple(
        LookAlike(
            code=row["look_alike"],
            name=places.name.get(row["look_alike"], row["look_alike"]),
            gemeente_name=places.name.get(places.gemeente.get(row["look_alike"]) or ""),
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


@dataclass(frozen=True, kw_only=True)
class _Places:
    """Where each code stands in the frame of areas, its name and its gemeente."""

    row: Mapping[str, int]
    name: Mapping[str, str]
    gemeente: Mapping[str, str | None]


@lru_cache(maxsize=AT_ONCE)
def _places(edition: Edition) -> _Places:
    codes = edition.areas["code"].to_list()
    return _Places(
        row={code: place for place, code in enumerate(codes)},
        name=dict(zip(codes, edition.areas["name"], strict=True)),
        gemeente=dict(zip(codes, edition.areas["gemeente"], strict=True)),
    )
