"""Pages put together into the one file that the parsers read, under the name by which the policy knows it."""

import csv
import fnmatch
import json
import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import polars as pl

from wijkpeil.domain.source import Table
from wijkpeil.sources.fetch.dialect import About, Record, Shape, fields_of
from wijkpeil.sources.fetch.odata_v4 import DIMENSIONS, MEASURES

Pages = Iterable[list[Record]]
Writer = Callable[[Pages, About, Path], None]

NAME_COLUMN = "_naam"
"""Put behind the name of an area dimension: the column that holds the names of its areas."""


def file_name(table: Table) -> str | None:
    """Give a name that the patterns of the policy recognise, or ``None`` when none can be made of them.

    A pattern without wildcards is the name itself; of another, the wildcards are filled in as shortly as they
    allow.
    """
    by_wildcards = sorted(table.files, key=lambda pattern: any(sign in pattern for sign in "*?["))
    for pattern in by_wildcards:
        name = re.sub(r"\[([^\]])[^\]]*\]", r"\1", pattern).replace("?", "0").replace("*", "")
        if name and fnmatch.fnmatchcase(name, pattern):
            return name
    return None


def writer_for(shape: Shape, form: str) -> Writer | None:
    """Give what turns pages of this shape into a file of this form, or ``None`` where nothing does."""
    return _WRITERS.get((shape, form))


def put_together(writer: Writer, pages: Pages, about: About, target: Path) -> None:
    """Write the file next to its place and move it there when it is whole.

    Raises ``OSError`` when the disk is full; nothing half stays behind.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".half-{target.name}")
    try:
        writer(pages, about, draft)
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _rows_as_json(pages: Pages, about: About, draft: Path) -> None:
    """Write rows as one OData answer, a page at a time."""
    _write_list(draft, '{"value":[', (record for page in pages for record in page), "]}")


def _rows_as_parquet(pages: Pages, about: About, draft: Path) -> None:
    """Write rows as Parquet; a column that is empty in one page takes its type from another."""
    _joined([pl.from_dicts(page, infer_schema_length=None) for page in pages if page]).write_parquet(draft)


def _long_as_json(pages: Pages, about: About, draft: Path) -> None:
    """Write observations as the rows of one OData answer, one row per area and period."""
    _write_list(draft, '{"value":[', _wide(pages, about).iter_rows(named=True), "]}")


def _long_as_parquet(pages: Pages, about: About, draft: Path) -> None:
    """Write observations as Parquet, one row per area and period."""
    _wide(pages, about).write_parquet(draft)


def _features_as_geojson(pages: Pages, about: About, draft: Path) -> None:
    """Write features as one GeoJSON collection, a page at a time."""
    opening = '{"type":"FeatureCollection","features":['
    _write_list(draft, opening, (feature for page in pages for feature in page), "]}")


def _features_as_csv(pages: Pages, about: About, draft: Path) -> None:
    """Write the fields of features as CSV, without their shapes; the first feature decides the columns."""
    fields = (fields_of(feature) for page in pages for feature in page)
    first = next(fields)
    with draft.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(first), extrasaction="ignore")
        writer.writeheader()
        writer.writerow(first)
        writer.writerows(fields)


def _write_list(draft: Path, opening: str, records: Iterable[Record], closing: str) -> None:
    """Write records one by one between an opening and a closing."""
    with draft.open("w", encoding="utf-8") as file:
        file.write(opening)
        for number, record in enumerate(records):
            file.write(",\n" if number else "\n")
            file.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")))
        file.write(f"\n{closing}\n")


def _wide(pages: Pages, about: About) -> pl.DataFrame:
    """Turn observations into rows: a column per measure, in the order of the table.

    Only the dimensions, the measure and its value are held in memory. Every measure has its column, also when
    all its values are absent in this release.
    """
    dimensions = [str(dimension["Identifier"]) for dimension in about[DIMENSIONS]]
    parts = [_observations(page, dimensions) for page in pages if page]
    schema = dict.fromkeys((*dimensions, "Measure"), pl.String) | {"Value": pl.Float64}
    measures = [str(measure["Identifier"]) for measure in sorted(about[MEASURES], key=lambda each: each["Index"])]
    columns = [measure for measure in measures if measure not in dimensions]
    wide = pl.concat([pl.DataFrame(schema=schema), *parts]).pivot(
        "Measure", index=dimensions, values="Value", on_columns=columns, maintain_order=True
    )
    return _with_names(wide, about)


def _observations(page: list[Record], dimensions: list[str]) -> pl.DataFrame:
    """Take what is needed out of one page of observations."""
    return pl.DataFrame(
        {name: [record.get(name) for record in page] for name in (*dimensions, "Measure", "Value")},
        schema=dict.fromkeys((*dimensions, "Measure"), pl.String) | {"Value": pl.Float64},
        strict=False,
    )


def _with_names(wide: pl.DataFrame, about: About) -> pl.DataFrame:
    """Put the names of the areas beside their codes."""
    for dimension in about[DIMENSIONS]:
        name = str(dimension["Identifier"])
        if str(dimension.get("Kind", "")).startswith("Geo"):
            codes = about[f"{name}Codes"]
            titles = {code["Identifier"]: code["Title"] for code in codes}
            named = pl.col(name).replace_strict(titles, default=None, return_dtype=pl.String)
            wide = wide.with_columns(named.alias(f"{name}{NAME_COLUMN}"))
    return wide


def _joined(parts: list[pl.DataFrame]) -> pl.DataFrame:
    """Put pages under each other, also where their columns differ in type or are not in all of them."""
    return pl.concat(parts, how="diagonal_relaxed") if parts else pl.DataFrame()


_WRITERS: dict[tuple[Shape, str], Writer] = {
    (Shape.ROWS, "odata_typed_json"): _rows_as_json,
    (Shape.ROWS, "odata_typed_parquet"): _rows_as_parquet,
    (Shape.LONG, "odata_typed_json"): _long_as_json,
    (Shape.LONG, "odata_typed_parquet"): _long_as_parquet,
    (Shape.FEATURES, "boundaries_geojson"): _features_as_geojson,
    (Shape.FEATURES, "lbm3_csv"): _features_as_csv,
}
