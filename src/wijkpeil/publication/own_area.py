"""An area that a reader composes from published figures, and when it is refused.

Nothing that is hidden goes in, and nothing that comes out may tell a hidden figure by subtraction: a figure is refused
where a part is hidden, where what is left of the area above it holds a hidden part or is too small, and where it
differs too little from an area that is published itself.
"""

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl

from wijkpeil.disclosure.hiding import minimum_base
from wijkpeil.disclosure.rounding import rounded_value
from wijkpeil.domain.area import Level
from wijkpeil.domain.comparator import Comparator
from wijkpeil.domain.indicator import Indicator, Kind
from wijkpeil.domain.policy import DisclosureRule
from wijkpeil.domain.status import HIDDEN, Status
from wijkpeil.portrayal.likeness import Match
from wijkpeil.portrayal.own_area import OwnFigure, Refusal
from wijkpeil.portrayal.reading import Beside, Figure, Reading, among_peers
from wijkpeil.portrayal.subject import AreaCard, Subject
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.subject import edition_card, peer_values

_LEVELS = (Level.BUURT, Level.PC4, Level.WIJK)
"""An area is composed of the smallest areas that its gemeente has."""

_RANK = {status: place for place, status in enumerate(Status)}


@dataclass(frozen=True, kw_only=True)
class Map:
    """The areas of a gemeente in terms of its smallest ones.

    ``above`` gives of each part the area right above it; ``published`` of every area that has figures of its own the
    parts it is made of, the gemeente among them.
    """

    gemeente: str
    level: Level
    above: Mapping[str, str]
    published: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def parts(self) -> frozenset[str]:
        """All parts of the gemeente."""
        return frozenset(self.above)


def map_of(edition: Edition, gemeente: str) -> Map:
    """Draw the map of a gemeente; raises ``KeyError`` where the edition has no such gemeente or nothing in it."""
    there = edition.areas.filter(pl.col("gemeente") == gemeente)
    for level in _LEVELS:
        small = there.filter(pl.col("level") == level)
        if small.height:
            break
    else:
        raise KeyError(gemeente)
    wijk = pl.col("wijk") if level is Level.BUURT else pl.lit(gemeente)
    above = dict(small.select("code", wijk.fill_null(gemeente)).iter_rows())
    published = {gemeente: frozenset(above)}
    for part, over in above.items():
        published[over] = published.get(over, frozenset()) | {part}
    composed = there.filter(pl.col("level").is_in([Level.PROGRAMME_AREA, Level.GROUP]))["code"]
    for code, of in edition.composition.filter(pl.col("composed").is_in(composed.implode())).group_by("composed"):
        members: set[str] = set()
        for row in of.sort("sign", descending=True).iter_rows(named=True):
            theirs = published.get(row["part"], frozenset({row["part"]}) & frozenset(above))
            members = members | theirs if row["sign"] > 0 else members - theirs
        published[str(code[0])] = frozenset(members)
    return Map(gemeente=gemeente, level=level, above=above, published=published)


def own_area(edition: Edition, chosen: Collection[str]) -> list[OwnFigure]:
    """Compose an area of parts of one gemeente; raises ``KeyError`` for parts that are not in one gemeente."""
    rows = edition.areas.filter(pl.col("code").is_in(list(chosen)))
    homes = set(rows["gemeente"])
    if len(homes) != 1 or rows.height != len(set(chosen)):
        raise KeyError(", ".join(sorted(set(chosen) - set(rows["code"]))))
    where = map_of(edition, homes.pop())
    if not set(chosen) <= where.parts:
        raise KeyError(", ".join(sorted(set(chosen) - where.parts)))
    figures = edition.city_figures(where.gemeente)
    rule = edition.policy.rule[edition.manifest.audience]
    return composed(figures, where, frozenset(chosen), indicators=edition.policy.indicators, rule=rule)


def own_subject(edition: Edition, chosen: Collection[str], name: str) -> tuple[Subject, list[OwnFigure]]:
    """Gather a composed area as a page shows it, with every figure that is refused."""
    found = own_area(edition, chosen)
    rows = edition.areas.filter(pl.col("code").is_in(list(chosen))).sort("name")
    gemeente = rows["gemeente"][0]
    city = edition.areas.row(by_predicate=pl.col("code") == gemeente, named=True)
    level = Level(rows["level"][0])
    bare = [Reading(indicator=one.indicator, figures=(one.figure,)) for one in found if one.figure]
    about = Subject(
        area=AreaCard(
            code="",
            vintage=city["vintage"],
            name=name,
            level=level,
            gemeente=gemeente,
            gemeente_name=city["name"],
            population=_total(rows["population"]),
            land_km2=_total(rows["land_km2"]),
            pc4=(),
            programmes=(),
            parts=tuple(f"{row['name']} ({row['code']})" for row in rows.iter_rows(named=True)),
        ),
        edition=edition_card(edition),
        policy=edition.policy,
        readings=among_peers(bare, peer_values(edition, level, gemeente)),
        look_alikes=(),
        match=Match(reason="none_alike", found=0, difference=None),
        peers_level=level,
    )
    return about, [one for one in found if one.refusal]


def _total(column: pl.Series) -> float | None:
    return None if column.null_count() else float(column.sum())


def composed(
    figures: pl.DataFrame, where: Map, chosen: frozenset[str], *, indicators: Iterable[Indicator], rule: DisclosureRule
) -> list[OwnFigure]:
    """Compose the latest figure of every indicator from published ones, or say why it is refused.

    ``figures`` are rows of ``Figures`` of the parts and the areas above them. The period is the latest that any of the
    chosen parts has a row for: an older one is not put in its place.
    """
    columns = ("area", "indicator", "period", "value", "low", "high", "interval", "base", "status", "source")
    wanted = figures.select(*columns, "apportioned").filter(pl.col("area").is_in([*where.parts, where.gemeente]))
    told = wanted.filter(pl.col("value").is_not_null() | pl.col("status").is_in([one.value for one in HIDDEN]))
    last = told.filter(pl.col("area").is_in(list(chosen))).group_by("indicator").agg(pl.col("period").max())
    now = wanted.join(last, on=["indicator", "period"], how="semi")
    by_indicator: dict[str, dict[str, dict[str, Any]]] = {}
    for row in now.iter_rows(named=True):
        by_indicator.setdefault(row["indicator"], {})[row["area"]] = row
    return [_one(by_indicator.get(one.id, {}), where, chosen, indicator=one, rule=rule) for one in indicators]


def _one(
    rows: Mapping[str, Mapping[str, Any]],
    where: Map,
    chosen: frozenset[str],
    *,
    indicator: Indicator,
    rule: DisclosureRule,
) -> OwnFigure:
    if not rows:
        return OwnFigure(indicator=indicator, refusal=Refusal.NO_FIGURE)
    period = next(iter(rows.values()))["period"]
    refusal = _refusal(rows, where, chosen, indicator=indicator, least=minimum_base(indicator, rule))
    if refusal is not None:
        return OwnFigure(indicator=indicator, refusal=refusal, period=period)
    parts = [rows[part] for part in sorted(chosen)]
    own = _together(parts, indicator, rule)
    rest = _rest(rows, where, chosen, own, indicator=indicator, rule=rule)
    beside = {Comparator.REST_OF_CITY.value: _beside(own, rest, indicator)} if rest else {}
    return OwnFigure(indicator=indicator, figure=_figure(own, parts, beside), period=period)


def _refusal(
    rows: Mapping[str, Mapping[str, Any]],
    where: Map,
    chosen: frozenset[str],
    *,
    indicator: Indicator,
    least: int,
) -> Refusal | None:
    of_parts = _refused_part(rows, chosen, indicator)
    if of_parts is not None:
        return of_parts
    touched = {where.above[part] for part in chosen}
    left = {part for part, over in where.above.items() if over in touched} - chosen
    has_hidden = any(part in rows and Status(rows[part]["status"]) in HIDDEN for part in left)
    if has_hidden or _is_small(rows, where.parts - chosen, indicator, least):
        return Refusal.REST_HIDDEN
    near = (chosen ^ theirs for theirs in where.published.values())
    return Refusal.TOO_NEAR if any(_is_small(rows, one, indicator, least) for one in near) else None


def _refused_part(
    rows: Mapping[str, Mapping[str, Any]], chosen: frozenset[str], indicator: Indicator
) -> Refusal | None:
    statuses = [Status(rows[part]["status"]) if part in rows else Status.MISSING for part in chosen]
    if any(status in HIDDEN for status in statuses):
        return Refusal.PART_HIDDEN
    if not all(status.is_present for status in statuses):
        return Refusal.PART_MISSING
    if indicator.kind in {Kind.ORDINAL, Kind.SCORE}:
        return Refusal.NOT_ADDED
    has_sizes = indicator.kind is Kind.COUNT or all(_size(rows, part, indicator) for part in chosen)
    return None if has_sizes else Refusal.NO_BASE


def _is_small(rows: Mapping[str, Mapping[str, Any]], parts: Collection[str], indicator: Indicator, least: int) -> bool:
    """Whether there is something, but of fewer than may be shown; what is hidden counts for nothing."""
    sizes = [_size(rows, part, indicator) for part in parts if part in rows]
    return bool(sizes) and sum(sizes) < max(least, 1)


def _size(rows: Mapping[str, Mapping[str, Any]], part: str, indicator: Indicator) -> float:
    size = rows[part]["value"] if indicator.kind is Kind.COUNT else rows[part]["base"]
    return float(size) if size is not None and math.isfinite(size) else 0.0


@dataclass(frozen=True, kw_only=True)
class _Sum:
    """A value with its limits (where every part has them) and those whom it is about."""

    value: float
    low: float | None
    high: float | None
    base: float | None
    status: Status


def _together(parts: Collection[Mapping[str, Any]], indicator: Indicator, rule: DisclosureRule) -> _Sum:
    """Add up counts; average shares, rates and means by their published bases.

    Errors of parts are independent: their distances to a limit are squared and added, each by its weight.
    """
    values = np.array([part["value"] for part in parts], dtype=np.float64)
    base = None
    weights = np.ones(len(values))
    if indicator.kind is not Kind.COUNT:
        bases = np.array([part["base"] for part in parts], dtype=np.float64)
        base, weights = float(bases.sum()), bases / bases.sum()
    exact = np.array([float(weights @ values)])
    value = float(rounded_value(exact, indicator, rule)[0])
    low = high = None
    if all(part["low"] is not None and part["high"] is not None for part in parts):
        below, above = (np.array([part[name] for part in parts], dtype=np.float64) for name in ("low", "high"))
        low = value - float(np.sqrt(((weights * (values - below)) ** 2).sum()))
        high = value + float(np.sqrt(((weights * (above - values)) ** 2).sum()))
        if indicator.kind in {Kind.PROPORTION, Kind.RATE}:
            low = max(low, 0.0)
        if indicator.kind is Kind.PROPORTION:
            high = min(high, 1.0)
    status = max((Status(part["status"]) for part in parts), key=lambda one: _RANK[one])
    return _Sum(value=value, low=low, high=high, base=base, status=status)


def _rest(
    rows: Mapping[str, Mapping[str, Any]],
    where: Map,
    chosen: frozenset[str],
    own: _Sum,
    *,
    indicator: Indicator,
    rule: DisclosureRule,
) -> _Sum | None:
    """Give the rest of the city: its other parts where all are shown, or else the city less this area."""
    if indicator.kind is Kind.COUNT:
        return None
    others = [rows.get(part) for part in sorted(where.parts - chosen)]
    whole = [one for one in others if one and one["value"] is not None and one["base"]]
    if whole and len(whole) == len(others):
        return _together(whole, indicator, rule)
    city = rows.get(where.gemeente)
    if not city or city["value"] is None or not city["base"] or not own.base:
        return None
    left = city["base"] - own.base
    if left < max(minimum_base(indicator, rule), 1):
        return None
    value = (city["value"] * city["base"] - own.value * own.base) / left
    if value < 0 or (indicator.kind is Kind.PROPORTION and value > 1):
        return None
    shown = float(rounded_value(np.array([value]), indicator, rule)[0])
    return _Sum(value=shown, low=None, high=None, base=left, status=Status(city["status"]))


def _beside(own: _Sum, rest: _Sum, indicator: Indicator) -> Beside:
    sign = indicator.direction.sign
    gap = sign * (own.value - rest.value)
    low = high = None
    if own.low is not None and own.high is not None and rest.low is not None and rest.high is not None:
        down = math.hypot(own.value - own.low, rest.high - rest.value)
        up = math.hypot(own.high - own.value, rest.value - rest.low)
        low, high = (gap - down, gap + up) if sign > 0 else (gap - up, gap + down)
    return Beside(
        comparator=Comparator.REST_OF_CITY.value,
        value=rest.value,
        low=rest.low,
        high=rest.high,
        status=rest.status,
        gap=gap,
        gap_low=low,
        gap_high=high,
        relative_gap=None,
    )


def _figure(own: _Sum, parts: Collection[Mapping[str, Any]], beside: Mapping[str, Beside]) -> Figure:
    first = next(iter(parts))
    lacking = next((part["interval"] for part in parts if part["low"] is None), first["interval"])
    return Figure(
        period=first["period"],
        value=own.value,
        low=own.low,
        high=own.high,
        interval=lacking,
        base=own.base,
        status=own.status,
        source="+".join(dict.fromkeys(part["source"] for part in parts)),
        apportioned=max(part["apportioned"] for part in parts),
        like_n=None,
        beside=beside,
    )
