"""A table of one's own becomes a row per area and period, in wide or in long form alike."""

import re
from dataclasses import dataclass
from difflib import get_close_matches

import polars as pl

from wijkpeil.domain.complaint import Complaint, Severity
from wijkpeil.domain.mapping import Decimal, Layout, TableMapping
from wijkpeil.sources.codes import SHOWN, read_areas, without_duplicates
from wijkpeil.sources.headers import beside_keys, clean
from wijkpeil.sources.opening import refuse
from wijkpeil.sources.parsed import KEYS
from wijkpeil.sources.table.grid import Grid, read_grid

_YEAR_LAST = re.compile(r"^(.*?)[\s_|.:(\-]*(?<!\d)((?:19|20)\d{2})\)?$")
_YEAR_FIRST = re.compile(r"^((?:19|20)\d{2})[\s_|.:\-]+(.+)$")


@dataclass(frozen=True, kw_only=True)
class TableRead:
    """A table with its keys recognised: ``area``, ``name``, ``period`` and a column per figure."""

    frame: pl.DataFrame
    lines: pl.Series
    complaints: tuple[Complaint, ...]


def read_table(data: bytes, layout: TableMapping, *, file: str, year: int | None = None) -> TableRead:
    """Read any CSV or Excel file as its mapping says.

    ``year`` is the period of all rows where neither a column, nor the names of the columns, nor the mapping gives
    it. Rows without an area or a year, duplicates and marks that mean nothing are complained of and left out; the
    rest is read. Raises ``FaultsFound`` where the file is no table, or its columns are not those of the mapping.
    """
    grid = read_grid(data, layout, file=file)
    columns = _value_columns(grid, file)
    frame = grid.frame.with_columns(_as_declared(grid.frame, columns, layout))
    keyed = read_areas(
        _keys_named(frame, layout, columns),
        column="_code",
        called=layout.code_column,
        file=file,
        lines=grid.lines,
        level=layout.level,
    )
    columns = [beside_keys(name) for name in columns]
    named = TableRead(frame=keyed.frame, lines=keyed.lines, complaints=(*grid.complaints, *keyed.complaints))
    dated = _dated(named, layout, columns, layout.year or year, file)
    return _single(dated, layout, file)


def split_year(name: str) -> tuple[str, int] | None:
    """Part a column's name from the year in it ("inwoners 2019", "2019 | inwoners", "2019"), or give ``None``."""
    if found := _YEAR_LAST.match(name):
        return found[1], int(found[2])
    if found := _YEAR_FIRST.match(name):
        return found[2], int(found[1])
    return None


def _value_columns(grid: Grid, file: str) -> list[str]:
    """Give the columns with figures; refuse a file without the columns that the mapping names."""
    layout, names = grid.layout, grid.frame.columns
    named = {
        "code_column": layout.code_column,
        "name_column": layout.name_column,
        "period_column": layout.period_column,
        "indicator_column": layout.indicator_column,
        "value_column": layout.value_column,
    } | {f"value_columns[{at}]": name for at, name in enumerate(layout.value_columns, 1)}
    for key, name in named.items():
        if name is not None and name not in names:
            near = get_close_matches(name, names, n=1)
            meant = f" Bedoelde je '{near[0]}'?" if near else ""
            allowed = ", ".join(names[:12]) + (" ..." if len(names) > 12 else "")
            sentence = f"De kolom '{name}' ({key}) staat niet in het bestand.{meant} Er zijn: {allowed}."
            raise refuse(file, sentence, place=f"rij {layout.header_row}")
    if layout.layout is Layout.LONG:
        return [layout.value_column or ""]
    keys = {layout.code_column, layout.name_column, layout.period_column}
    return list(layout.value_columns) or [name for name in names if name not in keys]


def _as_declared(frame: pl.DataFrame, columns: list[str], layout: TableMapping) -> list[pl.Expr]:
    """Take own marks of absence out of the text columns, and write their numbers with a decimal point."""
    kinds = frame.schema
    texts = [name for name in columns if kinds[name] == pl.String]
    exprs = []
    for name in texts:
        text = pl.col(name)
        if layout.missing:
            text = pl.when(~text.str.strip_chars().is_in(list(layout.missing))).then(text)
        exprs.append(_with_point(text, layout.decimal).alias(name))
    return exprs if layout.missing or layout.decimal else []


def _with_point(text: pl.Expr, decimal: Decimal | None) -> pl.Expr:
    if decimal is None:
        return text
    thousands, sign = (r"\.", ",") if decimal is Decimal.COMMA else (",", r"\.")
    number = rf"^\s*[+-]?\d{{1,3}}(?:{thousands}\d{{3}})+(?:{sign}\d+)?\s*%?\s*$"
    plain = pl.when(text.str.contains(number)).then(text.str.replace_all(thousands, "")).otherwise(text)
    if decimal is Decimal.POINT:
        return _decided(plain)
    comma = plain.str.contains(r"^\s*[+-]?\d*,\d+\s*%?\s*$")
    return _decided(pl.when(comma).then(plain.str.replace(",", ".", literal=True)).otherwise(plain))


def _decided(text: pl.Expr) -> pl.Expr:
    """Write ``1.234`` as ``1.2340``: the sign is declared here, and must not be doubted further on."""
    return text.str.replace(r"^(\s*[+-]?\d{1,3}\.\d{3})(\s*%?\s*)$", "${1}0${2}")


def _keys_named(frame: pl.DataFrame, layout: TableMapping, columns: list[str]) -> pl.DataFrame:
    """Keep the code, the keys under their own names, and the figures."""
    keys = {layout.name_column: "name", layout.period_column: "period", layout.indicator_column: "_indicator"}
    renamed = [pl.col(name).cast(pl.String).alias(key) for name, key in keys.items() if name is not None]
    figures = [pl.col(name).alias(beside_keys(name)) for name in columns]
    return frame.select(pl.col(layout.code_column).alias("_code"), *renamed, *figures)


def _dated(read: TableRead, layout: TableMapping, columns: list[str], year: int | None, file: str) -> TableRead:
    """Give every row its year: from its column, from the names of the columns, or the same for all."""
    if layout.period_column is not None:
        return _dated_by_column(read, layout.period_column, file)
    if layout.years_in_header:
        return _dated_by_header(read, layout, columns, year, file)
    if year is None:
        sentence = "Het jaar van de cijfers is niet bekend: noem het in de beschrijving (period_column of year)."
        raise refuse(file, sentence)
    period = pl.lit(year, dtype=pl.Int16).alias("period")
    return TableRead(frame=read.frame.with_columns(period), lines=read.lines, complaints=read.complaints)


def _dated_by_column(read: TableRead, column: str, file: str) -> TableRead:
    period = pl.col("period").str.extract(r"^\s*((?:19|20)\d{2})(?:JJ00|\.0|-01-01.*)?\s*$").cast(pl.Int16)
    frame = read.frame.with_columns(period)
    kept = frame["period"].is_not_null()
    if kept.all():
        return TableRead(frame=frame, lines=read.lines, complaints=read.complaints)
    without = pl.DataFrame({"line": read.lines, "found": read.frame["period"]}).filter(~kept)
    complaints = [
        Complaint(
            file=file,
            place=f"rij {line}, kolom {column}",
            found=found or "",
            sentence="Hier hoort een jaar, zoals 2019. De rij is niet gelezen.",
        )
        for line, found in without.head(SHOWN).iter_rows()
    ]
    if without.height > SHOWN:
        sentence = f"Nog {without.height - SHOWN} andere rijen hebben ook geen jaar."
        complaints.append(Complaint(file=file, place=f"kolom {column}", found="", sentence=sentence))
    return TableRead(
        frame=frame.filter(kept), lines=read.lines.filter(kept), complaints=(*read.complaints, *complaints)
    )


def _dated_by_header(
    read: TableRead, layout: TableMapping, columns: list[str], year: int | None, file: str
) -> TableRead:
    """Put the columns of each year under one another; a column without a year is of ``year``, or is left out."""
    years: dict[int, dict[str, str]] = {}
    complaints = list(read.complaints)
    for column in columns:
        stem, of = split_year(column) or (column, year)
        name = clean(stem) or layout.value_name or "waarde"
        if of is None:
            sentence = "In deze kolomnaam staat geen jaar; de kolom is niet gelezen."
            complaints.append(
                Complaint(file=file, place=f"kolom {column}", found="", sentence=sentence, severity=Severity.WARNING)
            )
        elif beside_keys(name) in years.setdefault(of, {}).values():
            raise refuse(file, f"Twee kolommen gaan over '{name}' in {of}.", place=f"kolom {column}")
        else:
            years[of][column] = beside_keys(name)
    if not years:
        raise refuse(file, "In geen van de kolomnamen staat een jaar.", place=f"rij {layout.header_row}")
    keys = [name for name in ("area", "name") if name in read.frame.columns]
    frames = [
        read.frame.select(*keys, pl.lit(of, dtype=pl.Int16).alias("period"), *names).rename(names)
        for of, names in sorted(years.items())
    ]
    lines = pl.concat([read.lines] * len(frames))
    return TableRead(frame=pl.concat(frames, how="diagonal_relaxed"), lines=lines, complaints=tuple(complaints))


def _single(read: TableRead, layout: TableMapping, file: str) -> TableRead:
    """Bring it to one row per area and period."""
    if layout.layout is Layout.WIDE:
        single = without_duplicates(read.frame, file=file, lines=read.lines)
        return TableRead(frame=single.frame, lines=single.lines, complaints=read.complaints + single.complaints)
    return _from_long(read, layout, file)


def _from_long(read: TableRead, layout: TableMapping, file: str) -> TableRead:
    """Give every indicator of a long table a column of its own.

    The same figure twice is one figure; two different figures for one area, year and indicator are both left out.
    """
    value = beside_keys(layout.value_column or "")
    figures = read.frame.with_columns(
        pl.col("_indicator").str.strip_chars().str.replace_all(r"\s+", " "), read.lines.alias("_line")
    )
    complaints = list(read.complaints)
    unnamed = figures.filter(pl.col("_indicator").is_null() | (pl.col("_indicator") == ""))
    if unnamed.height:
        complaints.append(_unnamed(unnamed["_line"], layout.indicator_column or "", file))
        figures = figures.join(unnamed.select("_line"), on="_line", how="anti", maintain_order="left")
    in_the_way = pl.when(pl.col("_indicator").is_in(list(KEYS))).then(pl.col("_indicator") + "_column")
    figures = figures.with_columns(in_the_way.otherwise(pl.col("_indicator")).alias("_indicator"))
    keys = ["area", "period", "_indicator"]
    twice = figures.filter(pl.struct(keys).is_duplicated()) if figures.height else figures
    if twice.height:
        groups = twice.group_by(keys, maintain_order=True).agg(
            pl.col(value).n_unique().alias("_kinds"), pl.col("_line")
        )
        differing = groups.filter(pl.col("_kinds") > 1)
        complaints.extend(_twice(row, value, file) for row in differing.head(SHOWN).iter_rows(named=True))
        if differing.height > SHOWN:
            sentence = f"Nog {differing.height - SHOWN} andere cijfers staan er ook meer dan eens."
            complaints.append(Complaint(file=file, place=f"kolom {value}", found="", sentence=sentence))
        blank = figures.join(differing.select(keys), on=keys, how="semi").get_column("_line")
        figures = figures.with_columns(pl.when(~pl.col("_line").is_in(blank.implode())).then(value).alias(value))
        figures = figures.unique(subset=keys, keep="first", maintain_order=True)
    return _pivoted(figures, value, tuple(complaints))


def _pivoted(figures: pl.DataFrame, value: str, complaints: tuple[Complaint, ...]) -> TableRead:
    index = ["area", "period"]
    about = [pl.col("_line").min(), *([pl.col("name").first()] if "name" in figures.columns else [])]
    keys = figures.group_by(index, maintain_order=True).agg(about)
    wide = figures.pivot(on="_indicator", index=index, values=value, maintain_order=True)
    frame = keys.join(wide, on=index, how="left", maintain_order="left")
    lines = frame["_line"].alias("line")
    return TableRead(frame=frame.drop("_line"), lines=lines, complaints=complaints)


def _unnamed(lines: pl.Series, column: str, file: str) -> Complaint:
    sentence = f"Bij {lines.len()} rijen staat niet om welk cijfer het gaat; ze zijn niet gelezen."
    return Complaint(file=file, place=f"rij {lines[0]}, kolom {column}", found="", sentence=sentence)


def _twice(row: dict[str, object], value: str, file: str) -> Complaint:
    rows = row["_line"]
    assert isinstance(rows, list)
    return Complaint(
        file=file,
        place=f"rijen {', '.join(str(line) for line in rows[:6])}, kolom {value}",
        found=f"{row['area']} ({row['period']}), {row['_indicator']}",
        sentence="Dit cijfer staat er meer dan eens met verschillende waarden; geen ervan is gelezen.",
    )
