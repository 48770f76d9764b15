"""Neighbourhoods outside any programme that resemble one before it starts."""

from dataclasses import dataclass

import dataframely as dy
import numpy as np
import polars as pl
from scipy.spatial import cKDTree

from wijkpeil.analysis.tree import NONE, AreaTree, Bools, Floats, Ints, tree_of
from wijkpeil.domain.area import Level
from wijkpeil.domain.frames import LEVELS, Areas, Composition, LookAlikesFound
from wijkpeil.domain.policy import LookAlikes

REASONS = ["found", "no_characteristics", "too_few_people", "none_alike"]
"""Why an area has look-alikes or has none."""

_MORE = 4
"""How many neighbours are asked for besides those wanted: some live in the same gemeente."""

_LOOKS = (1, 2)
"""How many times as many are asked for: first for all, then for whoever lives among its own gemeente."""


class MatchQuality(dy.Schema):
    """How well the look-alikes of an area match it: distances in standard deviations of the characteristics.

    ``difference`` is the mean, and ``largest_difference`` the greatest, over the characteristics of the
    standardised difference between the area and the mean of its look-alikes; below 0.1 is usually called good.
    """

    area = dy.String(primary_key=True)
    reason = dy.Enum(REASONS, nullable=False)
    found = dy.Int16(nullable=False)
    mean_distance = dy.Float64(nullable=True)
    largest_distance = dy.Float64(nullable=True)
    difference = dy.Float64(nullable=True)
    largest_difference = dy.Float64(nullable=True)


@dataclass(frozen=True, kw_only=True, eq=False)
class _Match:
    """The look-alikes of ``targets``: places of areas and distances, -1 and infinity where there are fewer."""

    targets: Ints
    places: Ints
    distances: Floats
    differences: Floats


def find_look_alikes(
    characteristics: pl.DataFrame,
    *,
    areas: dy.DataFrame[Areas],
    composition: dy.DataFrame[Composition],
    rule: LookAlikes,
) -> tuple[dy.DataFrame[LookAlikesFound], dy.DataFrame[MatchQuality]]:
    """Find for every wijk, buurt and programme neighbourhood the areas most alike on declared characteristics.

    Distance is the root mean square over the characteristics of the difference in standard deviations (of the
    areas of that level outside every programme). Within the caliper the nearest ``rule.number`` are taken: never
    from any programme (nor an area that holds, or lies in, a part of one), never from the same gemeente, because
    that is already the other comparator and catches what a programme displaces, and never with fewer people
    than the floor. Wijken are set beside wijken, buurten beside buurten, programme neighbourhoods beside wijken.
    A tree finds them: no area is compared with all others.

    Parameters
    ----------
    characteristics
        ``area``, ``indicator``, ``period``, ``value``: the figures that ``rule.characteristics``
        (``indicator@year``) names, of before the programme; others are left aside. ``Unreleased`` fits.

    Returns
    -------
    tuple
        The look-alikes with their rank and distance, and for every area how well they match or why there are
        none: ``no_characteristics`` where one of them is not known.
    """
    tree = tree_of(areas, composition)
    levels = _standing(characteristics, rule=rule, tree=tree)
    candidate = _may_be_chosen(tree, areas) & (tree.population >= rule.minimum_population)
    buurt, wijk = _is_level(tree, Level.BUURT), _is_level(tree, Level.WIJK)
    known: Bools = np.count_nonzero(np.isnan(levels), axis=1) < min(levels.shape[1], 1)
    large = np.nan_to_num(_people(tree)) >= rule.minimum_population
    matches = [
        _match(levels, targets=kind & known & large, candidates=level & known & candidate, rule=rule, tree=tree)
        for kind, level in ((may_have_look_alikes(tree) & ~buurt, wijk), (buurt, buurt))
    ]
    asked = np.flatnonzero(may_have_look_alikes(tree))
    reason = np.where(known[asked], np.where(large[asked], "none_alike", "too_few_people"), "no_characteristics")
    return _found(matches, tree), _quality(matches, asked, reason, tree)


def may_have_look_alikes(tree: AreaTree) -> Bools:
    """Tell which areas are neighbourhoods: wijken, buurten and those of a programme, not cities or groups."""
    programme = _is_level(tree, Level.PROGRAMME_AREA) & ~tree.is_remainder & (tree.gemeente != NONE)
    neighbourhood: Bools = programme | _is_level(tree, Level.WIJK) | _is_level(tree, Level.BUURT)
    return neighbourhood


def _is_level(tree: AreaTree, level: Level) -> Bools:
    is_level: Bools = tree.levels == LEVELS.index(level)
    return is_level


def _standing(characteristics: pl.DataFrame, *, rule: LookAlikes, tree: AreaTree) -> Floats:
    levels = np.full((tree.size, len(rule.characteristics)), np.nan)
    for column, name in enumerate(rule.characteristics):
        indicator, _, year = name.partition("@")
        chosen = characteristics.filter(pl.col("indicator") == indicator, pl.col("period") == int(year))
        levels[tree.places(chosen["area"]), column] = chosen["value"].to_numpy().astype(np.float64)
    return levels


def _people(tree: AreaTree) -> Floats:
    people = tree.population.copy()
    people[tree.composed.rows] = np.where(
        np.isnan(people[tree.composed.rows]),
        tree.composed.matrix @ np.nan_to_num(tree.population),
        people[tree.composed.rows],
    )
    copies = np.flatnonzero((tree.copy_of >= 0) & np.isnan(people))
    people[copies] = people[tree.copy_of[copies]]
    return people


def _may_be_chosen(tree: AreaTree, areas: dy.DataFrame[Areas]) -> Bools:
    """Leave out what belongs to a programme, what lies in a part of one, and what holds such a part."""
    programme = np.flatnonzero(_is_level(tree, Level.PROGRAMME_AREA) & ~tree.is_remainder)
    in_programme = np.zeros(tree.size, dtype=np.bool_)
    in_programme[tree.places(areas.filter(pl.col("programmes").list.len() > 0)["code"])] = True
    rows = np.isin(tree.composed.rows, programme)
    in_programme[(tree.composed.unsigned[rows].sum(axis=0) > 0).nonzero()[0]] = True
    copied = tree.copy_of[programme]
    in_programme[copied[copied >= 0]] = True
    is_buurt = _is_level(tree, Level.BUURT)
    holds = np.zeros(tree.size, dtype=np.bool_)
    holds[tree.wijk[in_programme & is_buurt & (tree.wijk != NONE)]] = True
    lies_in = is_buurt & (tree.wijk != NONE) & in_programme[tree.wijk]
    free: Bools = ~(in_programme | holds | lies_in)
    return free


def _match(levels: Floats, *, targets: Bools, candidates: Bools, rule: LookAlikes, tree: AreaTree) -> _Match:
    target, candidate = np.flatnonzero(targets), np.flatnonzero(candidates)
    scaled = _scaled(levels, candidate)
    places, distances = _nearest(scaled, target=target, candidate=candidate, rule=rule, tree=tree)
    return _Match(targets=target, places=places, distances=distances, differences=_differences(scaled, target, places))


def _scaled(levels: Floats, candidate: Ints) -> Floats:
    """Measure in standard deviations of the candidates, so that Euclid's distance is their root mean square.

    A characteristic in which nobody differs separates nobody and is left out.
    """
    if not len(candidate):
        return levels[:, :0]
    spread = np.asarray(levels[candidate].std(axis=0), dtype=np.float64)
    used = spread > 0
    scaled_columns = int(used.sum())
    centred = levels[:, used] - levels[candidate][:, used].mean(axis=0)
    return np.asarray(centred / spread[used] / np.sqrt(max(scaled_columns, 1)))


def _nearest(scaled: Floats, *, target: Ints, candidate: Ints, rule: LookAlikes, tree: AreaTree) -> tuple[Ints, Floats]:
    """Ask a tree of all candidates first; what then lacks neighbours elsewhere asks one without its own gemeente."""
    places = np.full((len(target), rule.number), NONE, dtype=np.int64)
    distances = np.full((len(target), rule.number), np.inf)
    if not (len(target) and len(candidate) and scaled.shape[1]):
        return places, distances
    home, of_candidate = tree.gemeente[target], tree.gemeente[candidate]
    asking = np.arange(len(target))
    space = cKDTree(scaled[candidate])
    for times in _LOOKS:
        wanted = min(times * (rule.number + _MORE), len(candidate))
        place, away = _asked(space, scaled[target[asking]], candidate, wanted, rule.caliper)
        elsewhere = (place != NONE) & (tree.gemeente[place] != home[asking][:, None])
        ready = (elsewhere.sum(axis=1) >= rule.number) | (place[:, -1] == NONE) | (wanted == len(candidate))
        away = np.where(elsewhere, away, np.inf)[ready]
        _keep(asking[ready], place[ready], away, places=places, distances=distances)
        asking = asking[~ready]
    for gemeente in np.unique(home[asking]):
        own, others = asking[home[asking] == gemeente], candidate[of_candidate != gemeente]
        if len(others):
            wanted = min(rule.number + _MORE, len(others))
            found = _asked(cKDTree(scaled[others]), scaled[target[own]], others, wanted, rule.caliper)
            _keep(own, *found, places=places, distances=distances)
    places[~np.isfinite(distances)] = NONE
    return places, distances


def _asked(space: cKDTree, points: Floats, candidate: Ints, wanted: int, caliper: float) -> tuple[Ints, Floats]:
    """Give the places of the candidates nearest to points and how far away; -1 and infinity beyond the caliper."""
    found = space.query(points, k=np.arange(1, wanted + 1), distance_upper_bound=np.nextafter(caliper, np.inf))
    away, neighbour = np.asarray(found[0], dtype=np.float64), np.asarray(found[1], dtype=np.int64)
    return np.where(np.isfinite(away), candidate[np.minimum(neighbour, len(candidate) - 1)], NONE), away


def _keep(row: Ints, place: Ints, away: Floats, *, places: Ints, distances: Floats) -> None:
    """Write the nearest of what was found into the tables, of equals the first code first."""
    distance = np.round(away, 9)
    order = np.lexsort((place, distance), axis=1)[:, : places.shape[1]]
    distances[row, : order.shape[1]] = np.take_along_axis(distance, order, axis=1)
    places[row, : order.shape[1]] = np.take_along_axis(place, order, axis=1)


def _differences(scaled: Floats, target: Ints, places: Ints) -> Floats:
    there = places != NONE
    count = there.sum(axis=1)
    sums = np.zeros((len(target), scaled.shape[1]))
    for rank in range(places.shape[1]):
        sums += np.where(there[:, [rank]], scaled[places[:, rank]], 0.0)
    difference = np.abs(sums / np.maximum(count, 1)[:, None] - scaled[target]) * np.sqrt(scaled.shape[1])
    return np.where(count[:, None] > 0, difference, np.nan)


def _found(matches: list[_Match], tree: AreaTree) -> dy.DataFrame[LookAlikesFound]:
    frames = []
    for match in matches:
        row, rank = np.nonzero(match.places != NONE)
        frames.append(
            pl.DataFrame(
                {
                    "area": pl.Series(match.targets[row].astype(np.uint32)).cat.to(tree.codes),
                    "look_alike": pl.Series(match.places[row, rank].astype(np.uint32)).cat.to(tree.codes),
                    "rank": (rank + 1).astype(np.int16),
                    "distance": match.distances[row, rank],
                }
            ).with_columns(pl.col("area", "look_alike").cast(pl.String))
        )
    return LookAlikesFound.validate(pl.concat(frames).sort("area", "rank"))


def _quality(matches: list[_Match], asked: Ints, reason: np.ndarray, tree: AreaTree) -> dy.DataFrame[MatchQuality]:
    quality = {name: np.full(tree.size, np.nan) for name in MatchQuality.column_names()[3:]}
    found = np.zeros(tree.size, dtype=np.int16)
    for match in matches:
        count = (match.places != NONE).sum(axis=1)
        target, some = match.targets[count > 0], count > 0
        found[match.targets] = count
        near = np.where(match.places != NONE, match.distances, 0.0)[some]
        quality["mean_distance"][target] = near.sum(axis=1) / count[some]
        quality["largest_distance"][target] = near.max(axis=1, initial=0.0)
        quality["difference"][target] = match.differences[some].sum(axis=1) / max(match.differences.shape[1], 1)
        quality["largest_difference"][target] = match.differences[some].max(axis=1, initial=0.0)
    frame = pl.DataFrame(
        {
            "area": pl.Series(asked.astype(np.uint32)).cat.to(tree.codes).cast(pl.String),
            "reason": pl.Series(np.where(found[asked] > 0, "found", reason)).cast(pl.Enum(REASONS)),
            "found": found[asked],
        }
    )
    numbers = {name: pl.Series(np.round(column[asked], 6), nan_to_null=True) for name, column in quality.items()}
    return MatchQuality.validate(frame.with_columns(**numbers))
