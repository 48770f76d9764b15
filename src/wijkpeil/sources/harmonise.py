"""From a publisher's columns to observations: one value, one base, one status, or a complaint."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import dataframely as dy
import polars as pl

from wijkpeil.domain.complaint import Complaint
from wijkpeil.domain.frames import Observations, StatusType
from wijkpeil.domain.indicator import Column, Form, Indicator, Kind, Nature
from wijkpeil.domain.policy import Policy
from wijkpeil.domain.status import Status
from wijkpeil.sources import faults
from wijkpeil.sources.cells import CellsRead, read_cells
from wijkpeil.sources.column_names import ColumnNames
from wijkpeil.sources.parsed import AREA, PERIOD, ParsedTable

ROUNDING_NOISE = 2
"""A share of two counts that were each rounded may pass 1 by this many times the rounding."""

CHANGED_PART = 0.05
"""A column of percentages of which more than this part lies outside 0-100 holds something else than percentages."""

OFF_BY = 50.0
"""A median that is so many times that of the other years is a change of meaning, not of the world."""

FEWEST_AREAS = 10
"""Medians of fewer areas than this are not compared between years."""

_AT = " row of the table"
_FACTORS = {Form.PERCENT: 0.01, Form.PER_1000: 0.001, Form.THOUSANDS: 1000.0}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One indicator in one period, with the columns of the file (by their names there) that make it."""

    indicator: Indicator
    spec: Column
    column: str
    base: str | None
    error: str | None


def observations(parsed: ParsedTable, policy: Policy) -> tuple[dy.DataFrame[Observations], tuple[Complaint, ...]]:
    """Take every indicator that this source gives from the columns of its period.

    The columns are read together and each indicator is then one selection of them, because yearly files are wide
    (hundreds of columns) and a join per indicator would not scale. Only good cells become values: a cell that is
    complained of has no value and status ``missing`` here, so that a caller who goes on in spite of the
    complaints publishes nothing of it.

    Returns
    -------
    tuple
        One row per area, indicator and period: ``value`` in the units of a frame (shares as fractions, rates per
        person), ``base`` as the publisher counts it (null where it does not), ``se`` likewise, ``status`` the
        reason for absence or the most that may be said of a value. Then the complaints: absent columns, cells
        that are no numbers, shares outside 0-100% and columns that changed meaning. Areas that stand in the file
        twice were complained of by the parser.
    """
    complaints: tuple[Complaint, ...] = ()
    parts: list[pl.DataFrame] = [Observations.create_empty()]
    numbered = parsed.frame.with_row_index(_AT)
    for (period,), rows in numbered.partition_by(PERIOD, as_dict=True, maintain_order=True).items():
        wanted, absent = wanted_of(parsed, policy, int(str(period)))
        lines = None if parsed.lines is None else parsed.lines.gather(rows[_AT])
        where = faults.Rows(parsed, rows[AREA], lines)
        made, found = _of_period(rows, where, wanted)
        parts += made
        complaints += absent + found
    return Observations.validate(pl.concat(parts, rechunk=False)), complaints


def wanted_of(parsed: ParsedTable, policy: Policy, period: int) -> tuple[list[Wanted], tuple[Complaint, ...]]:
    """Find the columns of every indicator in one period, and complain of those that are not there.

    Where the source has several tables about the period (wijken and gemeenten, classes and scores) a column may
    stand in another one, so there nothing is said of absent columns.
    """
    names = ColumnNames(parsed.columns)
    tables = [table for table in policy.source[parsed.source].tables if table.year in (None, period)]
    wanted: list[Wanted] = []
    absent: defaultdict[str, list[str]] = defaultdict(list)
    for indicator in policy.indicators:
        given = [
            source.columns[period]
            for source in indicator.sources
            if source.source == parsed.source and period in source.columns
        ]
        found = [(spec, column) for spec in given if (column := names.find(spec.name)) is not None]
        for spec, column in found[:1]:
            base, error = names.find(spec.base), names.find(spec.error)
            for name, there in ((spec.base, base), (spec.error, error)):
                if name is not None and there is None:
                    absent[name].append(indicator.label)
            if base is not None or spec.form is not Form.NUMERATOR:
                wanted.append(Wanted(indicator=indicator, spec=spec, column=column, base=base, error=error))
        if given and not found and len(tables) <= 1:
            absent[given[0].name].append(indicator.label)
    return wanted, tuple(faults.absent_column(parsed, name, labels) for name, labels in absent.items())


def medians_of(observed: dy.DataFrame[Observations]) -> pl.DataFrame:
    """Give the median of every indicator, period and source in the observations of one file.

    Returns ``indicator``, ``period``, ``source``, ``value`` (the median of the values above 0) and ``areas`` (how
    many there are): a few rows per file, so that files of many years need not be in memory together.
    """
    positive = observed.lazy().filter(pl.col("value") > 0)
    return positive.group_by("indicator", "period", "source").agg(pl.col("value").median(), areas=pl.len()).collect()


def changed_meaning(medians: Iterable[pl.DataFrame], policy: Policy) -> tuple[Complaint, ...]:
    """Complain of a period in which the median of an indicator is far off that of the other periods.

    ``medians`` are those of all files (``medians_of``): one file cannot know what the others hold. Counts are left
    out (the median gemeente is far larger than the median buurt), and so are scores and classes.
    """
    compared = [i.id for i in policy.indicators if i.kind in {Kind.PROPORTION, Kind.RATE, Kind.MEAN}]
    found = pl.concat([medians_of(Observations.create_empty()), *medians])
    usual = found.filter(pl.col("indicator").is_in(compared) & (pl.col("areas") >= FEWEST_AREAS))
    pairs = usual.join(usual, on="indicator", suffix="_other").filter(pl.col("period") != pl.col("period_other"))
    off = (
        pairs.group_by("indicator", "period", "source")
        .agg(pl.col("value").first(), pl.col("value_other").median())
        .with_columns(ratio=pl.col("value") / pl.col("value_other"))
        .filter((pl.col("ratio") > OFF_BY) | (pl.col("ratio") < 1 / OFF_BY))
        .sort("indicator", "period", "source")
    )
    return tuple(
        Complaint(
            file=source,
            place=f"{policy.indicator[indicator].label}, {period}",
            found=f"{value:g}",
            sentence=(
                f"De middelste waarde is hier heel anders dan in andere jaren ({other:g}); "
                "de kolom betekent waarschijnlijk iets anders."
            ),
        )
        for indicator, period, source, value, other, _ in off.iter_rows()
    )


def _of_period(
    rows: pl.DataFrame, where: faults.Rows, wanted: list[Wanted]
) -> tuple[list[pl.DataFrame], tuple[Complaint, ...]]:
    """Make the observations of one period: one frame per indicator, in one order of rows."""
    if not wanted:
        return [], ()
    columns = dict.fromkeys(name for want in wanted for name in (want.column, want.base, want.error) if name)
    cells = read_cells(rows, list(columns))
    numbers = cells.values.select(_number(want).alias(str(place)) for place, want in enumerate(wanted))
    numbers, complaints = _within_bounds(numbers, cells.values, wanted, where)
    reasons = _reasons(cells)
    made = [
        _frame(rows, numbers[str(place)], want, cells=cells, reasons=reasons, parsed=where.parsed)
        for place, want in enumerate(wanted)
    ]
    return made, where.unreadable(cells.faults) + complaints


def _number(want: Wanted) -> pl.Expr:
    """Bring the number of a column to the units of a frame.

    A share of two counts that were each rounded can pass 1 in a small area; within the rounding it is 1.
    """
    number = pl.col(want.column)
    if want.spec.form is not Form.NUMERATOR:
        return number * _FACTORS.get(want.spec.form, 1.0)
    base = pl.col(str(want.base))
    share = pl.when(base > 0).then(number / base)
    if want.indicator.kind is not Kind.PROPORTION or not want.spec.rounded_to:
        return share
    noise = ROUNDING_NOISE * want.spec.rounded_to
    return pl.when((number > base) & (number - base <= noise)).then(pl.when(base > 0).then(1.0)).otherwise(share)


def _within_bounds(
    numbers: pl.DataFrame, values: pl.DataFrame, wanted: list[Wanted], where: faults.Rows
) -> tuple[pl.DataFrame, tuple[Complaint, ...]]:
    """Take out numbers that cannot be: shares outside 0-1, and negative counts and rates."""
    slack = 1e-9
    bounded = {
        str(place): (want, 1.0 if want.indicator.kind is Kind.PROPORTION else float("inf"))
        for place, want in enumerate(wanted)
        if want.indicator.kind in {Kind.PROPORTION, Kind.COUNT, Kind.RATE}
    }
    outside = {name: ~pl.col(name).is_between(-slack, top + slack) for name, (_, top) in bounded.items()}
    often = numbers.select(bad.sum().alias(name) for name, bad in outside.items()).row(0, named=True) if outside else {}
    complaints: tuple[Complaint, ...] = ()
    for name in (name for name, count in often.items() if count):
        want, top = bounded[name]
        bad = numbers.select(outside[name].fill_null(value=False)).to_series()
        rows = bad.arg_true().to_list()
        part = len(rows) / (numbers[name].len() - numbers[name].null_count())
        if top == 1.0 and len(rows) > 1 and part > CHANGED_PART:
            example = values[want.column][rows[0]]
            complaints += (faults.changed_to_counts(where.parsed, want.column, part, example),)
            numbers = numbers.with_columns(pl.lit(None, dtype=pl.Float64).alias(name))
            continue
        cells = [(row, f"{values[want.column][row]:g}") for row in rows]
        complaints += where.complaints("share" if top == 1.0 else "negative", want.column, cells)
        numbers = numbers.with_columns(pl.when(~bad).then(name).alias(name))
    return numbers, complaints


def _reasons(cells: CellsRead) -> dict[str, pl.Series]:
    """Give the reasons for absence per column that has others than ``missing``, one per row."""
    nothing = pl.Series([None], dtype=StatusType).new_from_index(0, cells.values.height)
    return {
        str(column): nothing.clone().scatter(found["row"], found["status"])
        for (column,), found in cells.reasons.partition_by("column", as_dict=True).items()
    }


def _frame(
    rows: pl.DataFrame,
    number: pl.Series,
    want: Wanted,
    *,
    cells: CellsRead,
    reasons: dict[str, pl.Series],
    parsed: ParsedTable,
) -> pl.DataFrame:
    """Make the observations of one indicator in one period, in the columns of ``Observations``."""
    base = _column(cells, want.base)
    error = _column(cells, want.error) * _FACTORS.get(want.spec.form, 1.0)
    if want.spec.form is Form.NUMERATOR:
        error = error / base
    return rows.select(
        AREA,
        vintage=pl.lit(parsed.vintage, dtype=pl.Int16),
        indicator=pl.lit(want.indicator.id),
        period=PERIOD,
        value=number,
        base=base,
        se=pl.when(number.is_not_null()).then(error),
        rounded_to=pl.lit(want.spec.rounded_to, dtype=pl.Int16),
        status=_status(number, want, cells=cells, reasons=reasons, parsed=parsed),
        source=pl.lit(f"{parsed.source}:{parsed.table}"),
    )


def _column(cells: CellsRead, name: str | None) -> pl.Expr:
    """Give a column as it was read, or nothing where the policy files name none."""
    return pl.lit(None, dtype=pl.Float64) if name is None else pl.lit(cells.values[name])


def _status(
    number: pl.Series, want: Wanted, *, cells: CellsRead, reasons: dict[str, pl.Series], parsed: ParsedTable
) -> pl.Expr:
    """Say of each number what it is, and of each absent one why.

    A column without a single number or mark is one of an early release: the publisher has not filled it yet. A
    reported 0 that the publisher rounded is less than half a unit. A share of nobody is not applicable.
    """
    raw = cells.values[want.column]
    unread = want.column in reasons or want.column in cells.faults["column"]
    absent = _word(Status.NOT_YET if raw.null_count() == raw.len() and not unread else Status.MISSING)
    why = [pl.lit(reasons[name]) for name in (want.column, want.base) if name in reasons and _counts(name, want)]
    there = pl.lit(number.is_not_null())
    status = pl.when(there).then(_said_of(want, parsed)).otherwise(pl.coalesce(*why, absent))
    if want.spec.rounded_to:
        status = pl.when(there & pl.lit(raw == 0)).then(_word(Status.BELOW_HALF_UNIT)).otherwise(status)
    if want.spec.form is Form.NUMERATOR:
        of_nobody = ~there & pl.lit(raw.is_not_null()) & (_column(cells, want.base) == 0)
        status = pl.when(of_nobody).then(_word(Status.NOT_APPLICABLE)).otherwise(status)
    return status


def _counts(name: str, want: Wanted) -> bool:
    """Tell whether the reason for absence of this column is one for the indicator."""
    return name == want.column or want.spec.form is Form.NUMERATOR


def _said_of(want: Wanted, parsed: ParsedTable) -> pl.Expr:
    """Give the status of a value that is there: what it is before when it was published."""
    if want.indicator.nature is Nature.MODELLED:
        return _word(Status.MODELLED)
    return _word(Status.PROVISIONAL if parsed.provisional else Status.FINAL)


def _word(status: Status) -> pl.Expr:
    """Give a status as a value of a frame."""
    return pl.lit(status.value, dtype=StatusType)
