"""Which areas play a part in a study: treated since when, compared with, in the ring around, or left out and why."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl
import shapely

from wijkpeil.domain.area import Level
from wijkpeil.domain.study import Candidates, Study
from wijkpeil.publication.edition import Edition

_METRES = 1000.0


@dataclass(frozen=True, kw_only=True)
class Roles:
    """Which areas play a part in a study.

    ``start`` gives the treated areas with their first year under treatment; ``compared`` may be compared with;
    ``ring`` lies within the ring, by the treated areas that it borders on. ``left_out`` counts the candidates that
    were left out, by why. ``city`` is the gemeente of every area and ``named`` its name.
    """

    start: Mapping[str, int]
    compared: tuple[str, ...]
    ring: Mapping[str, tuple[str, ...]]
    left_out: dict[str, int]
    city: Mapping[str, str]
    named: Mapping[str, str]
    unknown: tuple[str, ...]
    in_other_programmes: tuple[str, ...]
    wholly_treated: tuple[str, ...] = ()


def roles_of(study: Study, edition: Edition) -> Roles:
    """Say which areas of an edition are treated, compared, in the ring or left out."""
    areas = edition.areas
    known = set(areas["code"])
    start = {one.area: one.start for one in study.treated if one.area in known}
    rule = study.candidates or Candidates(level=Level.WIJK.value)
    candidates = areas.filter(pl.col("level").cast(pl.String) == rule.level)
    reasons = _reasons(study, edition, candidates, rule, start)
    ring = _ring(edition, candidates["code"], start, rule.ring_km)
    compared, left_out = [], dict[str, int]()
    for code, reason in zip(candidates["code"], reasons, strict=True):
        why = reason or ("in_ring" if code in ring else None)
        if why is None:
            compared.append(code)
        else:
            left_out[why] = left_out.get(why, 0) + 1
    free = {code for code, reason in zip(candidates["code"], reasons, strict=True) if reason is None}
    gemeente = dict(zip(areas["code"], areas["gemeente"].fill_null(""), strict=True))
    city_of = {code: gemeente[code] or code for code in known}
    cities = {city_of[code] for code in start}
    return Roles(
        start=start,
        compared=tuple(sorted(compared)),
        ring={code: near for code, near in ring.items() if code in free},
        left_out=left_out,
        city=city_of,
        named=dict(zip(areas["code"], areas["name"], strict=True)),
        unknown=tuple(one.area for one in study.treated if one.area not in known),
        in_other_programmes=_in_other_programmes(study, edition, start),
        wholly_treated=tuple(sorted(cities - {city_of[code] for code in compared})),
    )


def _reasons(
    study: Study, edition: Edition, candidates: pl.DataFrame, rule: Candidates, start: Mapping[str, int]
) -> list[str | None]:
    """Give for every candidate why it is left out, or nothing.

    The programme of the study is left out, unless its own neighbourhoods are compared: with and without a measure.
    """
    own = {study.programme} if study.programme else set()
    is_within = rule.level == Level.PROGRAMME_AREA.value
    programmes = {*rule.without_programmes} if is_within else {*rule.without_programmes, *own}
    parts = _overlapping(edition, start)
    cities = set(edition.areas.filter(pl.col("code").is_in(list(start)))["gemeente"])
    found: list[str | None] = []
    for code, gemeente, population, within in candidates.select(
        "code", "gemeente", "population", "programmes"
    ).iter_rows():
        if code in start or code in parts:
            found.append("treated")
        elif programmes & set(within or ()) or (is_within and not own <= set(within or ())):
            found.append("in_programme")
        elif code in rule.without:
            found.append("named")
        elif rule.same_city and gemeente not in cities:
            found.append("other_city")
        elif (population or 0) < rule.minimum_population:
            found.append("too_few_people")
        else:
            found.append(None)
    return found


def _overlapping(edition: Edition, start: Mapping[str, int]) -> set[str]:
    """Find the publisher's areas that hold, lie in, or are a part of a treated area."""
    composed = edition.composition.filter(pl.col("composed").is_in(list(start)) & (pl.col("sign") > 0))
    parts = {*start, *composed["part"]}
    areas = edition.areas
    holds = areas.filter(pl.col("code").is_in(list(parts)) & pl.col("wijk").is_not_null())["wijk"]
    within = areas.filter(pl.col("wijk").is_in(list(parts)))["code"]
    overlapping = {*parts, *holds, *within}
    sharing = edition.composition.filter(pl.col("part").is_in(list(overlapping)) & (pl.col("sign") > 0))["composed"]
    return overlapping | set(sharing)


def parts_of(edition: Edition, start: Mapping[str, int]) -> set[str]:
    """Give the publisher's areas of which the treated areas consist; an area of its own is its only part."""
    composed = edition.composition.filter(pl.col("composed").is_in(list(start)) & (pl.col("sign") > 0))
    return (set(start) - set(composed["composed"])) | set(composed["part"])


def _in_other_programmes(study: Study, edition: Edition, start: Mapping[str, int]) -> tuple[str, ...]:
    """Name the other programmes that a treated area has a part in."""
    rows = edition.areas.filter(pl.col("code").is_in(list(_overlapping(edition, start))))["programmes"]
    return tuple(sorted(set(rows.explode().drop_nulls()) - {study.programme or ""}))


def _ring(
    edition: Edition, candidates: pl.Series, start: Mapping[str, int], km: float | None
) -> dict[str, tuple[str, ...]]:
    """Find the candidates within so many kilometres of a treated area, each with those that it is near to."""
    if km is None or not start:
        return {}
    shapes = edition.boundaries.filter(vintage=edition.manifest.map_year)
    shape = dict(zip(shapes["code"], shapely.from_wkb(shapes["geometry_rd"].to_list()), strict=True))
    near_to = [code for code in candidates if code in shape and code not in start]
    treated = [code for code in start if code in shape]
    tree = shapely.STRtree([shape[code] for code in near_to])
    places = tree.query([shape[code] for code in treated], predicate="dwithin", distance=km * _METRES)
    found: dict[str, list[str]] = {}
    for whose, place in zip(*places, strict=True):
        found.setdefault(near_to[place], []).append(treated[whose])
    return {code: tuple(sorted(near)) for code, near in sorted(found.items())}
