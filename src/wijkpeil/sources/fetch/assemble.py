"""Pages put together into the one file that the parsers read, under the name by which the policy knows it."""

import csv
import fnmatch
import gzip
import io
import json
import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TextIO

import polars as pl

from wijkpeil.domain.source import Table
from wijkpeil.sources.fetch.dialect import Record, Shape, fields_of

Pages = Iterable[list[Record]]
Writer = Callable[[Pages, Path], None]


def file_name(table: Table) -> str | None:
    """Give a name that the patterns of the policy recognise, or ``None`` when none can be made of them.

    A pattern without wildcards is the name itself; of another, the wildcards are filled in as shortly as they
    allow. Patterns of whole paths are left aside: a download has a folder of its own.
    """
    by_wildcards = sorted(
        (each for each in table.files if "/" not in each), key=lambda pattern: any(sign in pattern for sign in "*?[")
    )
    for pattern in by_wildcards:
        name = re.sub(r"\[([^\]])[^\]]*\]", r"\1", pattern).replace("?", "0").replace("*", "")
        if name and fnmatch.fnmatchcase(name, pattern):
            return name
    return None


def writer_for(shape: Shape, form: str) -> Writer | None:
    """Give what turns pages of this shape into a file of this form, or ``None`` where nothing does."""
    return _WRITERS.get((shape, form))


def put_together(writer: Writer, pages: Pages, target: Path) -> None:
    """Write the file next to its place and move it there when it is whole.

    Raises ``OSError`` when the disk is full; nothing half stays behind.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".half-{target.name}")
    try:
        writer(pages, draft)
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _records_as_json(pages: Pages, draft: Path) -> None:
    """Write rows, or observations, as one OData answer, a page at a time."""
    _write_list(draft, '{"value":[', (record for page in pages for record in page), "]}")


def _records_as_parquet(pages: Pages, draft: Path) -> None:
    """Write rows, or observations, as Parquet; a column that is empty in one page takes its type from another."""
    _joined([pl.from_dicts(page, infer_schema_length=None) for page in pages if page]).write_parquet(draft)


def _features_as_geojson(pages: Pages, draft: Path) -> None:
    """Write features as one GeoJSON collection, a page at a time."""
    opening = '{"type":"FeatureCollection","features":['
    _write_list(draft, opening, (feature for page in pages for feature in page), "]}")


def _features_as_csv(pages: Pages, draft: Path) -> None:
    """Write the fields of features as CSV, without their shapes; the first feature decides the columns."""
    fields = (fields_of(feature) for page in pages for feature in page)
    first = next(fields)
    with draft.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(first), extrasaction="ignore")
        writer.writeheader()
        writer.writerow(first)
        writer.writerows(fields)


def _write_list(draft: Path, opening: str, records: Iterable[Record], closing: str) -> None:
    """Write records one by one between an opening and a closing; packed where the name ends in ``.gz``."""
    with _opened(draft) as file:
        file.write(opening)
        for number, record in enumerate(records):
            file.write(",\n" if number else "\n")
            file.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")))
        file.write(f"\n{closing}\n")


def _opened(draft: Path) -> TextIO:
    """Open a text file to write to; packed without a date, so that the same records give the same bytes."""
    if draft.suffix != ".gz":
        return draft.open("w", encoding="utf-8")
    packed = gzip.GzipFile(draft, "wb", mtime=0)
    return io.TextIOWrapper(packed, encoding="utf-8")


def _joined(parts: list[pl.DataFrame]) -> pl.DataFrame:
    """Put pages under each other, also where their columns differ in type or are not in all of them."""
    return pl.concat(parts, how="diagonal_relaxed") if parts else pl.DataFrame()


_WRITERS: dict[tuple[Shape, str], Writer] = {
    (Shape.ROWS, "odata_typed_json"): _records_as_json,
    (Shape.ROWS, "odata_typed_parquet"): _records_as_parquet,
    (Shape.ROWS, "codes_parquet"): _records_as_parquet,
    (Shape.LONG, "odata_typed_json"): _records_as_json,
    (Shape.LONG, "odata_typed_parquet"): _records_as_parquet,
    (Shape.LONG, "codes_parquet"): _records_as_parquet,
    (Shape.FEATURES, "boundaries_geojson"): _features_as_geojson,
    (Shape.FEATURES, "lbm3_csv"): _features_as_csv,
}
