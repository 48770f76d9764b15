"""Small maps to draw in a test, and the real code lists and polygons read once through the real parsers."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import dataframely as dy
import polars as pl
import pytest
import shapely

from wijkpeil.areas.lineage import trace
from wijkpeil.catalogue import load, packaged_folder
from wijkpeil.domain.area import level_of
from wijkpeil.domain.frames import Boundaries, CodeList, Lineage, Observations
from wijkpeil.domain.indicator import Kind, SourceColumns
from wijkpeil.domain.policy import Policy
from wijkpeil.domain.source import Source, Table
from wijkpeil.sources.boundaries import BOUNDARY_FORMS
from wijkpeil.sources.code_list import code_list
from wijkpeil.sources.forms import FORMS

CodesOf = Callable[..., dy.DataFrame[CodeList]]
MapOf = Callable[..., dy.DataFrame[Boundaries]]
Observed = Callable[..., dy.DataFrame[Observations]]
PolicyWith = Callable[..., Policy]

FACTS = ("population", "land_km2", "total_km2", "comparability", "pc4")


def _codes(vintage: int, *rows: dict[str, Any]) -> dy.DataFrame[CodeList]:
    blank = dict.fromkeys(FACTS)
    full = [{**blank, "vintage": vintage, "level": level_of(row["code"]).value, **row} for row in rows]
    schema = {name: column.dtype for name, column in CodeList.columns().items()}
    return CodeList.validate(pl.DataFrame(full, schema=schema), cast=True)


def _map(
    vintage: int, *, is_coarse: bool = False, **boxes: tuple[float, float, float, float]
) -> dy.DataFrame[Boundaries]:
    shapes = [shapely.to_wkb(shapely.transform(shapely.box(*box), lambda km: km * 1000)) for box in boxes.values()]
    frame = pl.DataFrame({"code": list(boxes), "name": list(boxes), "geometry_rd": shapes})
    return Boundaries.validate(frame.with_columns(vintage=vintage, is_coarse=is_coarse), cast=True)


def _observed(vintage: int, indicator: str, **values: Any) -> dy.DataFrame[Observations]:
    """Observe ``value`` or ``(value, base)`` or ``(value, base, se)`` per area; a text is a status without a value."""
    rows = []
    for area, given in values.items():
        value, base, se = (*(given if isinstance(given, tuple) else (given,)), None, None)[:3]
        status = value if isinstance(value, str) else "final"
        rows.append((area, None if isinstance(value, str) else value, base, se, status))
    schema = {"area": pl.String, "value": pl.Float64, "base": pl.Float64, "se": pl.Float64, "status": pl.String}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    filled = frame.with_columns(
        vintage=vintage, indicator=pl.lit(indicator), period=vintage, rounded_to=None, source=pl.lit("bron:tabel")
    )
    return Observations.validate(filled.select(Observations.column_names()), cast=True)


@pytest.fixture(scope="session")
def codes_of() -> CodesOf:
    return _codes


@pytest.fixture(scope="session")
def map_of() -> MapOf:
    return _map


@pytest.fixture(scope="session")
def observed() -> Observed:
    return _observed


@pytest.fixture(scope="session")
def policy() -> Policy:
    return load(packaged_folder(), today=date(2026, 11, 1))[0]


@pytest.fixture(scope="session")
def policy_with(policy: Policy) -> PolicyWith:
    """Give the packaged policy with other indicators: ``policy_with(bijstand=Kind.PROPORTION)``."""

    def with_kinds(*, sources: tuple[str, ...] = ("bron",), **kinds: Kind) -> Policy:
        columns = tuple(SourceColumns(source=source, columns={}) for source in sources)
        example = policy.indicators[0]
        made = (replace(example, id=name, kind=kind, sources=columns) for name, kind in kinds.items())
        return replace(policy, indicators=tuple(made))

    return with_kinds


@pytest.fixture(scope="session")
def code_lists(shared: Path, policy: Policy) -> list[dy.DataFrame[CodeList]]:
    parsed = (
        (FORMS[table.form](path.read_bytes(), source=source, table=table, file=path.name), table)
        for source, table, path in _files(policy, shared / "data")
        if table.form in FORMS and (table.code_list or table.form.startswith("codes_"))
    )
    lists = (code_list(frame, table) for frame, table in parsed)
    return [codes for codes in lists if codes is not None]


@pytest.fixture(scope="session")
def boundaries(shared: Path, policy: Policy) -> list[dy.DataFrame[Boundaries]]:
    return [
        BOUNDARY_FORMS[table.form](path.read_bytes(), table=table, file=path.name)
        for _, table, path in _files(policy, shared / "data")
        if table.form in BOUNDARY_FORMS
    ]


@pytest.fixture(scope="session")
def real_lineage(
    code_lists: list[dy.DataFrame[CodeList]], boundaries: list[dy.DataFrame[Boundaries]]
) -> dy.DataFrame[Lineage]:
    return trace(code_lists, boundaries, map_year=2020)


def _files(policy: Policy, folder: Path) -> Iterator[tuple[Source, Table, Path]]:
    for source in policy.sources:
        for table in source.tables:
            for pattern in table.files:
                yield from ((source, table, path) for path in sorted(folder.rglob(pattern)))
