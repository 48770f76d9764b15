"""One reading of cells for all publishers: a number, a reason that there is none, or a complaint."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from wijkpeil.domain.frames import StatusType
from wijkpeil.domain.status import Status

MARKS = {
    "": Status.MISSING,
    ".": Status.MISSING,
    "na": Status.MISSING,
    "n/a": Status.MISSING,
    "nan": Status.MISSING,
    "null": Status.MISSING,
    "n.b.": Status.MISSING,
    "n.b": Status.MISSING,
    "nb": Status.MISSING,
    "onbekend": Status.MISSING,
    "x": Status.SUPPRESSED_BY_SOURCE,
    "geheim": Status.SUPPRESSED_BY_SOURCE,
    "n.v.t.": Status.NOT_APPLICABLE,
    "n.v.t": Status.NOT_APPLICABLE,
    "nvt": Status.NOT_APPLICABLE,
}
"""What publishers write where there is no number, in small letters and without padding."""

NIL = ("-", "–", "—")
"""A dash was "nil" in tables before 2010: the number 0, not an absence."""

NUMBER_MARKS = {-99999999.0: Status.MISSING, -99999998.0: Status.MISSING, -99997.0: Status.SUPPRESSED_BY_SOURCE}
"""The numbers that stand for "no number" in map files of CBS: missing, and secret."""

COMMON_MARKS = (".", "", "NA")
"""The marks that fill whole columns, known before anything else is looked at."""

_MONTHS = "jan|feb|mrt|mar|maa|apr|mei|may|jun|jul|aug|sep|okt|oct|nov|dec"
_DATE = (
    rf"^(\d{{1,4}}[-/ .]({_MONTHS})[a-z]*\.?([-/ .]\d{{2,4}})?|({_MONTHS})[a-z]*\.?[-/ .]\d{{1,4}}"
    r"|\d{1,4}[-/]\d{1,2}([-/]\d{1,4})?([ t]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?)$"
)
_EITHER_POINT = r"^[+-]?[1-9]\d{0,2}\.\d{3}$"
_EITHER_COMMA = r"^[+-]?[1-9]\d{0,2},\d{3}$"
_EITHER = r"^[+-]?[1-9]\d{0,2}[.,]\d{3}$"
_DUTCH_THOUSANDS = r"^[+-]?\d{1,3}(\.\d{3})+(,\d+)?$"
_ENGLISH_THOUSANDS = r"^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$"
_SPACED_THOUSANDS = r"^[+-]?\d{1,3}([ \x{a0}\x{202f}']\d{3})+([.,]\d+)?$"
_DECIMAL = r"^[+-]?(\d+[.,]?\d*|[.,]\d+)(e[+-]?\d+)?$"

_FIRST_ROWS = 500

Kind = pl.DataType | type[pl.DataType]

_CELLS: dict[str, Kind] = {"row": pl.UInt32, "column": pl.String, "found": pl.String}
_REASONS: dict[str, Kind] = {"row": pl.UInt32, "column": pl.String, "status": StatusType}
_FAULTS: dict[str, Kind] = {"row": pl.UInt32, "column": pl.String, "found": pl.String, "fault": pl.String}


@dataclass(frozen=True, kw_only=True)
class CellsRead:
    """The cells of some columns, read.

    ``values`` has the same columns and rows, all Float64 and finite, null where there is no number. Every null
    is ``missing`` but for the rows of ``reasons`` (``row`` from 0, ``column``, ``status``). ``faults`` are the
    cells that cannot be read (``row``, ``column``, ``found``, ``fault``: ``date``, ``ambiguous`` or
    ``unreadable``); their value is null, and never silently so.
    """

    values: pl.DataFrame
    reasons: pl.DataFrame
    faults: pl.DataFrame


def read_cells(frame: pl.DataFrame, columns: Sequence[str]) -> CellsRead:
    """Read columns of any publisher as numbers, with the reason where there is none.

    Nearly all cells are plain numbers or a mark of absence, so whole columns are read at once and only what is
    left over is looked at, once per distinct text. ``1.234`` and ``1,234`` may be decimals or thousands: they
    are decimals when another cell of their column shows that this sign is the decimal sign (``0,5``, ``12.25``),
    and otherwise a fault rather than a guess of a factor of a thousand. A per cent sign is dropped: the number
    before it stays (67 of ``67%``).
    """
    numeric = [name for name in columns if frame.schema[name].is_numeric()]
    texts = [name for name in columns if frame.schema[name] == pl.String]
    others = [name for name in columns if name not in numeric and name not in texts]
    signs = _decimal_signs(frame, texts)
    values = frame.select(
        [_finite(pl.col(name).cast(pl.Float64)) for name in numeric]
        + [_finite(_decimal(name, signs[name])) for name in texts]
        + [pl.lit(None, dtype=pl.Float64).repeat_by(pl.len()).explode().alias(name) for name in others]
    ).select(columns)
    left = [_left_over(frame[name], values[name]) for name in (*texts, *others)]
    cells = _by_kind(pl.concat([pl.DataFrame(schema=_CELLS), *left]))
    marked = [_number_marks(frame[name]) for name in numeric]
    reasons = [cells.filter(pl.col("status") != Status.MISSING.value).select(*_REASONS), *marked]
    return CellsRead(
        values=_put(values, cells.filter(pl.col("value").is_not_null())),
        reasons=pl.concat([pl.DataFrame(schema=_REASONS), *reasons]),
        faults=cells.filter(pl.col("fault").is_not_null()).select(*_FAULTS),
    )


@dataclass(frozen=True, kw_only=True)
class _Signs:
    """What a column shows of its own decimal sign."""

    has_comma: bool
    has_point: bool
    comma_is_doubtful: bool
    point_is_doubtful: bool


def _decimal_signs(frame: pl.DataFrame, texts: Sequence[str]) -> dict[str, _Signs]:
    """Tell per text column which signs it has, and which of them some cell shows to be the decimal sign.

    One such cell is enough, and nearly every column has one in its first rows; only the others are read through.
    """
    has = _ask(frame, {"comma": _has(","), "point": _has(".")}, texts)
    shown = {"comma": set[str](), "point": set[str]()}
    for rows in (frame.head(_FIRST_ROWS), frame):
        for sign, shows in (("comma", _shows_comma()), ("point", _shows_point())):
            open_columns = sorted(has[sign] - shown[sign])
            shown[sign] |= _ask(rows, {sign: shows}, open_columns)[sign]
    return {
        name: _Signs(
            has_comma=name in has["comma"],
            has_point=name in has["point"],
            comma_is_doubtful=name in has["comma"] - shown["comma"],
            point_is_doubtful=name in has["point"] - shown["point"],
        )
        for name in texts
    }


def _ask(frame: pl.DataFrame, questions: dict[str, pl.Expr], columns: Sequence[str]) -> dict[str, set[str]]:
    """Give per question (an expression over any column) the columns of which some cell says yes."""
    return {
        question: {name for name, yes in frame.select(columns).select(asked).row(0, named=True).items() if yes}
        if columns
        else set()
        for question, asked in questions.items()
    }


def _has(sign: str) -> pl.Expr:
    """Ask whether a cell has this sign, and is not that sign alone."""
    return (pl.all().str.contains(sign, literal=True) & (pl.all().str.len_bytes() > 1)).any()


def _shows_point() -> pl.Expr:
    """Ask whether a cell is a number with a point that cannot be one of thousands."""
    text = pl.all().str.strip_chars().str.strip_suffix("%")
    return (text.str.contains(r"^[+-]?\d*\.\d+$") & ~text.str.contains(_EITHER_POINT)).any()


def _shows_comma() -> pl.Expr:
    """Ask whether a cell is a number with a comma that cannot be one of thousands."""
    text = pl.all().str.strip_chars().str.strip_suffix("%")
    return (text.str.contains(r"^[+-]?\d*,\d+$") & ~text.str.contains(_EITHER_COMMA)).any()


def _decimal(name: str, signs: _Signs) -> pl.Expr:
    """Read the plain numbers of a text column; what is no plain number, or is ambiguous, is null for now."""
    text = pl.col(name).str.strip_chars()
    if signs.point_is_doubtful:
        text = pl.when(~text.str.contains(_EITHER_POINT)).then(text)
    if signs.comma_is_doubtful:
        text = pl.when(~text.str.contains(_EITHER_COMMA)).then(text)
    if signs.has_comma and signs.has_point:
        with_comma = text.str.contains(",", literal=True) & ~text.str.contains(".", literal=True)
        text = pl.when(with_comma).then(text.str.replace(",", ".", literal=True)).otherwise(text)
    elif signs.has_comma:
        text = text.str.replace(",", ".", literal=True)
    return text.cast(pl.Float64, strict=False).alias(name)


def _finite(number: pl.Expr) -> pl.Expr:
    """Leave out what is no number: infinite, not-a-number, and the numbers that stand for absence."""
    return pl.when(number.is_finite() & ~number.is_in(list(NUMBER_MARKS))).then(number)


def _left_over(series: pl.Series, values: pl.Series) -> pl.DataFrame:
    """Give the cells of a column that hold something and were not read, but for the marks that fill columns."""
    rows = (series.is_not_null() & values.is_null()).arg_true().cast(pl.UInt32)
    cells = pl.DataFrame({"row": rows, "found": series.gather(rows).cast(pl.String).str.strip_chars()})
    cells = cells.filter(~pl.col("found").is_in(COMMON_MARKS))
    return cells.select("row", pl.lit(series.name).alias("column"), "found")


def _by_kind(cells: pl.DataFrame) -> pl.DataFrame:
    """Read each distinct text that is left over and put ``value``, ``status`` or ``fault`` beside its cells."""
    text = pl.col("found").str.to_lowercase()
    number = text.str.strip_suffix("%").str.strip_chars()
    plain = (
        pl.when(text.is_in(NIL))
        .then(pl.lit("0"))
        .when(number.str.contains(_EITHER))
        .then(pl.lit(None))
        .when(number.str.contains(_DUTCH_THOUSANDS))
        .then(number.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True))
        .when(number.str.contains(_ENGLISH_THOUSANDS))
        .then(number.str.replace_all(",", "", literal=True))
        .when(number.str.contains(_SPACED_THOUSANDS))
        .then(number.str.replace_all(r"[ \x{a0}\x{202f}']", "").str.replace(",", ".", literal=True))
        .when(number.str.contains(_DECIMAL))
        .then(number.str.replace(",", ".", literal=True))
    ).cast(pl.Float64, strict=False)
    marks = pl.Series(list(MARKS)), pl.Series([status.value for status in MARKS.values()], dtype=StatusType)
    numbers = pl.Series(list(NUMBER_MARKS)), pl.Series([s.value for s in NUMBER_MARKS.values()], dtype=StatusType)
    kinds = (
        cells.select(pl.col("found").unique())
        .with_columns(value=plain)
        .with_columns(
            status=pl.coalesce(
                text.replace_strict(*marks, default=None, return_dtype=StatusType),
                pl.col("value").replace_strict(*numbers, default=None, return_dtype=StatusType),
            )
        )
        .with_columns(value=pl.when(pl.col("status").is_null() & pl.col("value").is_finite()).then("value"))
        .with_columns(
            fault=pl.when(pl.col("status").is_null() & pl.col("value").is_null()).then(
                pl.when(text.str.contains(_DATE))
                .then(pl.lit("date"))
                .when(number.str.contains(_EITHER))
                .then(pl.lit("ambiguous"))
                .otherwise(pl.lit("unreadable"))
            )
        )
    )
    return cells.join(kinds, on="found", how="left", maintain_order="left")


def _number_marks(series: pl.Series) -> pl.DataFrame:
    """Give the reasons other than ``missing`` that a numeric column writes as a number."""
    secret = [number for number, status in NUMBER_MARKS.items() if status is not Status.MISSING]
    rows = series.cast(pl.Float64).is_in(secret).arg_true().cast(pl.UInt32)
    status = pl.lit(Status.SUPPRESSED_BY_SOURCE.value, dtype=StatusType).alias("status")
    return pl.DataFrame({"row": rows}).select("row", pl.lit(series.name).alias("column"), status)


def _put(values: pl.DataFrame, read: pl.DataFrame) -> pl.DataFrame:
    """Put the numbers that were read one by one in their places."""
    return values.with_columns(
        values[name].scatter(cells["row"], cells["value"])
        for (name,), cells in read.partition_by("column", as_dict=True, maintain_order=True).items()
    )
