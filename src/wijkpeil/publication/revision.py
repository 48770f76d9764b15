"""The revision report: every figure that changed and every verdict that flipped between two editions, and why.

It goes indicator by indicator, so that a country fits in memory. A flip that nothing explains stops publication.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

import polars as pl

from wijkpeil.domain.comparator import Comparator
from wijkpeil.domain.verdict import Verdict
from wijkpeil.publication.causes import Cause, Causes, causes
from wijkpeil.publication.edition import Edition


class Kind(StrEnum):
    """What happened to a figure; a margin may change where its figure does not."""

    ADDED = "added"
    CHANGED = "changed"
    MARGIN = "margin"
    GONE = "gone"


_KEY = ["area", "indicator", "period"]
_COMPARED = ["value", "low", "high", "status", "source"]
_NOTHING = pl.DataFrame(
    schema={
        **dict.fromkeys(["area", "indicator"], pl.String),
        "period": pl.Int16,
        **dict.fromkeys(["value", "low", "high"], pl.Float64),
        **dict.fromkeys(["status", "source"], pl.String),
    }
)
_OF_VERDICT = ["programme", "area", "indicator", "comparator"]
_NUMBERS = ["baseline", "latest", "change", "change_low", "change_high", "p"]
_CLAIMS = [verdict.value for verdict in Verdict if verdict.is_claim]


@dataclass(frozen=True, kw_only=True, eq=False)
class Revision:
    """What differs between an older and a newer edition.

    ``counts`` holds ``indicator``, ``kind``, ``cause`` and ``figures``; ``flips`` a row per verdict that flipped, with
    ``before``, ``after``, ``causes`` (several may be) and the numbers of both.
    """

    old: str
    new: str
    counts: pl.DataFrame
    flips: pl.DataFrame

    @property
    def unexplained(self) -> pl.DataFrame:
        """The flips for which nothing was found: while there are any, the edition is not published."""
        return self.flips.filter(pl.col("causes").list.contains(Cause.UNEXPLAINED.value))


@dataclass(kw_only=True)
class _Told:
    """What was found so far, by indicator: how many figures of which kind by which cause."""

    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    causes: dict[str, set[Cause]] = field(default_factory=dict)


def compare(old: Edition, new: Edition) -> Revision:
    """Compare two editions."""
    why, told = causes(old, new), _Told()
    for indicator, found in changed_figures(old, new):
        told.causes[indicator] = {Cause(one) for one in found["cause"].unique()}
        for kind, cause, count in found.group_by("kind", "cause").len().iter_rows():
            told.counts[indicator, kind, cause] += count
    rows = [(*key, count) for key, count in sorted(told.counts.items())]
    schema = {"indicator": pl.String, "kind": pl.String, "cause": pl.String, "figures": pl.Int64}
    return Revision(
        old=old.id,
        new=new.id,
        counts=pl.DataFrame(rows, schema=schema, orient="row"),
        flips=_flips(old, new, why, told),
    )


def changed_figures(
    old: Edition, new: Edition, *, area: str | None = None, indicator: str | None = None
) -> Iterator[tuple[str, pl.DataFrame]]:
    """Give every indicator with its figures that are not what they were; of one area or one indicator when named.

    The columns are ``area``, ``indicator``, ``period``, ``kind``, ``cause``, and ``value``, ``low``, ``high``,
    ``status`` and ``source`` with those of before behind them (``value_before``).
    """
    why = causes(old, new)
    named = _named(old) | _named(new)
    elsewhere = not why.tables.isdisjoint(_of(old.manifest.inputs, new.manifest.inputs) - named)
    whole = [_of_area(edition, area) if area is not None else None for edition in (old, new)]
    known = dict.fromkeys([*new.policy.indicator, *old.policy.indicator])
    for id_ in known if indicator is None else [indicator]:
        before, after = (_figures(edition, id_, own) for edition, own in zip((old, new), whole, strict=True))
        found = _differing(before, after)
        if not found.is_empty():
            moved = pl.lit(elsewhere) | pl.col("period").is_in(_weighed_anew(old, new, id_))
            fed = _feeding(old, new, id_)
            yield id_, _explained(found, why, id_, before["period"].unique().to_list(), moved=moved, fed=fed)


def flips(old: Edition, new: Edition, *, programme: str) -> pl.DataFrame:
    """Give the verdicts of a programme that are others than they were; one that is not there was not judged.

    The columns are ``programme``, ``area``, ``indicator``, ``comparator``, ``before``, ``after``, and the numbers of
    both.
    """
    before, after = (_verdicts(edition, programme) for edition in (old, new))
    known = before.rename({name: f"{name}_before" for name in ("verdict", *_NUMBERS)})
    both = after.join(known, on=_OF_VERDICT, how="full", coalesce=True)
    absent = Verdict.NOT_JUDGED.value
    return (
        both.with_columns(before=pl.col("verdict_before").fill_null(absent), after=pl.col("verdict").fill_null(absent))
        .filter(pl.col("before") != pl.col("after"))
        .drop("verdict", "verdict_before")
        .sort(_OF_VERDICT)
    )


def _of_area(edition: Edition, area: str) -> pl.DataFrame:
    """Give all figures of an area; none where the edition does not know it."""
    try:
        return _compared(edition.figures(area=area))
    except KeyError:
        return _NOTHING


def _figures(edition: Edition, indicator: str, whole: pl.DataFrame | None) -> pl.DataFrame:
    """Give the figures of an indicator, out of those of an area where they are there already."""
    if whole is not None:
        return whole.filter(pl.col("indicator") == indicator)
    try:
        return _compared(edition.figures(indicator=indicator))
    except KeyError:
        return _NOTHING


def _compared(figures: pl.DataFrame) -> pl.DataFrame:
    return figures.select(*_KEY, *_COMPARED).with_columns(pl.col("status").cast(pl.String))


def _differing(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    known = before.rename({name: f"{name}_before" for name in _COMPARED})
    both = after.join(known, on=_KEY, how="full", coalesce=True)
    is_new, is_gone = pl.col("status_before").is_null(), pl.col("status").is_null()
    changed = pl.col("value").ne_missing(pl.col("value_before")) | (pl.col("status") != pl.col("status_before"))
    margin = pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name}_before")) for name in ("low", "high"))
    kind = (
        pl.when(is_new)
        .then(pl.lit(Kind.ADDED.value))
        .when(is_gone)
        .then(pl.lit(Kind.GONE.value))
        .when(changed)
        .then(pl.lit(Kind.CHANGED.value))
        .when(margin)
        .then(pl.lit(Kind.MARGIN.value))
    )
    return both.with_columns(kind=kind).filter(pl.col("kind").is_not_null()).sort(_KEY)


def _explained(
    found: pl.DataFrame, why: Causes, indicator: str, known: list[int], *, moved: pl.Expr, fed: set[str]
) -> pl.DataFrame:
    """Add the cause of every row: the first that explains it.

    What is composed of parts moves with the map and with the populations that weigh them (``moved``), and a margin that
    comes from a panel moves with every figure of its indicator, from whatever source in ``fed``.
    """
    tables = pl.concat_str("source", "source_before", separator="+", ignore_nulls=True).str.split("+")
    own = tables.list.eval(pl.element().str.strip_chars())
    gone_or_other = {table.partition(":")[0] for table in why.revised | why.gone}
    longer = {table.partition(":")[0] for table in why.added}
    is_other = own.list.set_intersection(sorted(why.tables)).list.len() > 0
    is_margin = pl.col("kind") == Kind.MARGIN.value
    is_panel = is_margin & pl.lit(not fed.isdisjoint(gone_or_other))
    is_longer = is_margin & pl.lit(not fed.isdisjoint(longer))
    is_new = (pl.col("kind") == Kind.ADDED.value) & ~pl.col("period").is_in(known)
    cause = (
        pl.when(is_new & is_other)
        .then(pl.lit(Cause.NEW_PERIOD.value))
        .when(pl.lit(indicator in why.definitions))
        .then(pl.lit(Cause.CHANGED_DEFINITION.value))
        .when(is_other | is_panel | moved & ~is_margin)
        .then(pl.lit(Cause.REVISED_SOURCE.value))
        .when(is_longer)
        .then(pl.lit(Cause.NEW_PERIOD.value))
        .when(moved)
        .then(pl.lit(Cause.REVISED_SOURCE.value))
        .otherwise(pl.lit((Cause.CHANGED_METHOD if why.method else Cause.UNEXPLAINED).value))
    )
    return found.with_columns(cause=cause)


def _named(edition: Edition) -> set[str]:
    """Give the tables from which figures come; the others are maps and lists of codes, on which every figure stands."""
    ids = {one.source for indicator in edition.policy.indicators for one in indicator.sources}
    return {f"{one.source}:{one.table}" for one in edition.manifest.inputs if one.source in ids}


def _of(*inputs: Iterable[object]) -> set[str]:
    return {f"{one.source}:{one.table}" for listed in inputs for one in listed}  # type: ignore[attr-defined]


def _feeding(old: Edition, new: Edition, indicator: str) -> set[str]:
    """Give the sources of an indicator."""
    known = (edition.policy.indicator.get(indicator) for edition in (old, new))
    return {source.source for one in known if one is not None for source in one.sources}


def _weighed_anew(old: Edition, new: Edition, indicator: str) -> list[int]:
    """Give the periods in which the population that weighs an indicator is not what it was.

    The last period of a population weighs all later figures too.
    """
    known = new.policy.indicator.get(indicator)
    base = new.policy.base.get(known.base) if known else None
    if base is None or base.population == indicator:
        return []
    now = _figures(new, base.population, None)
    changed = _differing(_figures(old, base.population, None), now)["period"].unique().to_list()
    last = now["period"].max()
    later = [] if last not in changed else range(int(str(last)), int(str(last)) + 100)
    return sorted({*changed, *later})


def _flips(old: Edition, new: Edition, why: Causes, told: _Told) -> pl.DataFrame:
    programmes = [id_ for id_ in new.policy.programme if id_ in old.policy.programme]
    frames = [flips(old, new, programme=id_) for id_ in programmes]
    found = pl.concat(frames) if frames else pl.DataFrame()
    if found.is_empty():
        schema = dict.fromkeys([*_OF_VERDICT, "before", "after"], pl.String) | {"causes": pl.List(pl.String)}
        return pl.DataFrame(schema=schema)
    listed = [[one.value for one in _causes_of(row, why, told, new)] for row in found.iter_rows(named=True)]
    return found.with_columns(causes=pl.Series(listed, dtype=pl.List(pl.String)))


def _verdicts(edition: Edition, programme: str) -> pl.DataFrame:
    found = edition.verdicts(programme=programme)
    return found.select(*_OF_VERDICT, *_NUMBERS, pl.col("verdict").cast(pl.String))


def _causes_of(row: dict[str, object], why: Causes, told: _Told, new: Edition) -> list[Cause]:
    """Give what explains one flip: what happened to its own figures, or to those with which it hangs together.

    Where its own numbers stayed, the correction for all that is tested together moved with the rest of the family; the
    look-alikes move with what they were chosen on.
    """
    indicator = str(row["indicator"])
    found = set(told.causes.get(indicator, ())) - {Cause.UNEXPLAINED}
    if indicator in why.definitions or row["programme"] in why.programmes:
        found.add(Cause.CHANGED_DEFINITION)
    if not found and row["comparator"] == Comparator.LOOK_ALIKES.value:
        chosen_on = (name.partition("@")[0] for name in new.policy.look_alikes.characteristics)
        found = {cause for name in chosen_on for cause in told.causes.get(name, ())} - {Cause.UNEXPLAINED}
    if not found and all(row[name] == row[f"{name}_before"] for name in _NUMBERS):
        found = {cause for causes_ in told.causes.values() for cause in causes_} - {Cause.UNEXPLAINED}
        found |= {Cause.CHANGED_DEFINITION} if why.definitions else set()
    if not found:
        found = {Cause.CHANGED_METHOD if why.method else Cause.UNEXPLAINED}
    return [cause for cause in Cause if cause in found]
