"""Leefbaarometer 2: ordinal classes since 2002 and scores since 2012, all years on the codes of 2016."""

import re

import polars as pl

from wijkpeil.domain.source import Source, Table
from wijkpeil.sources.codes import AreasRead, read_areas, without_duplicates
from wijkpeil.sources.opening import open_workbook, read_sheet, refuse
from wijkpeil.sources.parsed import ParsedTable, parsed_table

_CODES = ("WK_CODE", "GM_CODE", "GBD", "BU_CODE")
_CLASS = re.compile(r"^KL(\d{2})$")
_CHANGE = re.compile(r"^VKL(\d{2})(\d{2})$")


def parse_classes(data: bytes, *, source: Source, table: Table, file: str) -> ParsedTable:
    """Read the classes (``KL02``, 1-9) and the classes of change (``VKL0216``, 4 is no change).

    One row per area and year of measurement, with the class in ``KL``; a class of change stands at the year in
    which it ends, in a column that bears the year in which it starts (``VKL2002``).
    """
    sheet, code = _sheet(data, file)
    areas = _areas(sheet, code, file)
    years = {name: _year(found[1]) for name in areas.frame.columns if (found := _CLASS.match(name))}
    if not years:
        raise refuse(file, "Dit zijn geen klassen van de Leefbaarometer 2: er is geen kolom KL02, KL08, ... in rij 1.")
    changes = [found for name in areas.frame.columns if (found := _CHANGE.match(name))]
    frames = []
    for name, year in years.items():
        ending = [pl.col(found[0]).alias(f"VKL{_year(found[1])}") for found in changes if _year(found[2]) == year]
        period = pl.lit(year, dtype=pl.Int16).alias("period")
        frames.append(areas.frame.select("area", period, pl.col(name).alias("KL"), *ending))
    lines = pl.concat([areas.lines] * len(years))
    frame = pl.concat(frames, how="diagonal")
    return parsed_table(frame, source=source, table=table, file=file, complaints=areas.complaints, lines=lines)


def parse_scores(data: bytes, *, source: Source, table: Table, file: str) -> ParsedTable:
    """Read the scores (``stand``: area and ``JAAR``) or their changes (``ontwikkeling``: ``BEGIN`` and ``EINDE``).

    The first sheet is the long one and is read; the second holds the same figures wide. A change stands at the
    year in which it ends, in a column that bears the year in which it starts (``DLBRMTR2012``). About one row in
    twenty is empty: too few dwellings for a score. Those rows stay, and their cells are missing.
    """
    sheet, code = _sheet(data, file)
    if {"BEGIN", "EINDE"} <= set(sheet.columns):
        return _changes(sheet, code, source, table, file)
    if "JAAR" not in sheet.columns:
        raise refuse(file, "Dit zijn geen scores van de Leefbaarometer 2: de kolom JAAR of BEGIN en EINDE ontbreekt.")
    dated = sheet.with_columns(pl.col("JAAR").cast(pl.Int16).alias("period")).drop("JAAR")
    areas = _areas(dated, code, file)
    return parsed_table(
        areas.frame, source=source, table=table, file=file, complaints=areas.complaints, lines=areas.lines
    )


def _changes(sheet: pl.DataFrame, code: str, source: Source, table: Table, file: str) -> ParsedTable:
    """Put the changes that end in one year beside each other, a column per start."""
    areas = read_areas(sheet, column=code, file=file, lines=_lines(sheet))
    numbered = areas.frame.with_columns(areas.lines.alias("line"), pl.col("BEGIN", "EINDE").cast(pl.Int16))
    scores = [name for name in areas.frame.columns if name not in {"area", "BEGIN", "EINDE"}]
    keys = numbered.group_by("area", pl.col("EINDE").alias("period"), maintain_order=True).agg(pl.col("line").min())
    for (start,), rows in numbered.partition_by("BEGIN", as_dict=True, maintain_order=True).items():
        named = [pl.col(name).alias(f"{name}{start}") for name in scores]
        since = without_duplicates(
            rows.select("area", pl.col("EINDE").alias("period"), *named), file=file, lines=rows["line"]
        )
        keys = keys.join(since.frame, on=["area", "period"], how="left", maintain_order="left")
        areas = AreasRead(frame=areas.frame, lines=areas.lines, complaints=areas.complaints + since.complaints)
    return parsed_table(
        keys.drop("line"), source=source, table=table, file=file, complaints=areas.complaints, lines=keys["line"]
    )


def _sheet(data: bytes, file: str) -> tuple[pl.DataFrame, str]:
    """Read the first sheet under its header; numbers keep all their digits."""
    reader = open_workbook(data, file=file)
    top = read_sheet(reader, file=file, as_text=True, rows=1)
    header = [str(name) for name in top.row(0)] if top.height else []
    code = next((name for name in _CODES if name in header), None)
    if code is None:
        allowed = ", ".join(_CODES)
        raise refuse(file, f"Er is geen kolom met gebiedscodes in rij 1; toegestaan zijn {allowed}.", place="rij 1")
    cells = read_sheet(reader, file=file, skip=1)
    return cells.rename({f"c{at}": name for at, name in enumerate(header)}), code


def _areas(sheet: pl.DataFrame, code: str, file: str) -> AreasRead:
    areas = read_areas(sheet, column=code, file=file, lines=_lines(sheet))
    single = without_duplicates(areas.frame, file=file, lines=areas.lines)
    return AreasRead(frame=single.frame, lines=single.lines, complaints=areas.complaints + single.complaints)


def _lines(sheet: pl.DataFrame) -> pl.Series:
    return pl.Series("line", range(2, sheet.height + 2), dtype=pl.UInt32)


def _year(digits: str) -> int:
    return 2000 + int(digits)
