"""The country's figures as its statistical office would publish them: a CSV a year, and a map for each map year."""

import json

import numpy as np
import polars as pl

from wijkpeil.sources.example.country import Array, Country, Spec
from wijkpeil.sources.example.places import NEW_MAP, OLD_MAP

COUNTRY_CODE = "VL00"
COUNTRY_NAME = "Voorbeeldland"
PEOPLE = {"inhabitants": "inwoners", "households": "huishoudens", "dwellings": "woningen"}


def is_counted(spec: Spec) -> bool:
    """Whether the office publishes a number of people (a numerator), or the figure itself."""
    return spec.nature == "measured" and spec.kind in {"proportion", "rate", "count"}


def map_year(country: Country, year: int) -> int:
    """Tell on which map the figures of a year stand."""
    return OLD_MAP if country.old_map is not None and year <= OLD_MAP else NEW_MAP


def files_of(country: Country) -> dict[str, bytes]:
    """Write every file of the country: the yearly figures and the boundaries."""
    files = {f"cijfers_{year}.csv": _year(country, year) for year in country.size.years}
    files[f"grenzen_{NEW_MAP}.geojson"] = _map(country.places)
    if country.old_map is not None:
        files[f"grenzen_{OLD_MAP}.geojson"] = _map(country.old_map.areas)
    return files


def _year(country: Country, year: int) -> bytes:
    """Write the figures of one year for the country, its gemeenten and its neighbourhoods, on the map of that year."""
    at = year - country.size.first_year
    old = country.old_map if map_year(country, year) == OLD_MAP else None
    low = country.places if old is None else old.areas
    shares = None if old is None else _shares(country.places.height, old.parts, old.areas["old"])
    cities = country.places.select("city", code="gemeente", name="gemeente_name").unique("city", maintain_order=True)
    city = low["city"].to_numpy()
    people = {column: _moved(country.reported[id_][:, at], shares) for column, id_ in PEOPLE.items()}
    columns: dict[str, pl.Series] = {
        "gebied": pl.Series([COUNTRY_CODE, *cities["code"], *low["code"]]),
        "naam": pl.Series([COUNTRY_NAME, *cities["name"], *low["name"]]),
        "oppervlakte_ha": pl.Series(_with_totals(_hectares(low), city)),
    }
    for spec in country.specs:
        if is_counted(spec):
            columns[spec.id] = _whole(_with_totals(_moved(country.reported[spec.id][:, at], shares), city))
            continue
        weight = people[spec.people]
        figure = _mean(country.reported[spec.id][:, at], country.reported[PEOPLE[spec.people]][:, at], shares)
        columns[spec.id] = pl.Series(_with_means(figure, weight, city)).round(4)
        if spec.id in country.errors:
            error = _mean(country.errors[spec.id][:, at], country.reported[PEOPLE[spec.people]][:, at], shares)
            columns[f"{spec.id}_fout"] = pl.Series(_with_errors(error, weight, city)).round(6)
    table = pl.DataFrame(columns)
    return _with_absences(country, table, year).write_csv(null_value=".").encode()


def _with_absences(country: Country, table: pl.DataFrame, year: int) -> pl.DataFrame:
    """Leave out what an office leaves out: whole columns of an early release, and here and there a secret cell."""
    rng = np.random.default_rng([country.seed, year])
    for spec in country.specs:
        if spec.kind == "count":
            continue
        if year == country.size.last_year and spec.id in country.truths.early_release:
            table = table.with_columns(pl.lit(None, dtype=table.schema[spec.id]).alias(spec.id))
        elif country.truths.hidden > 0:
            drawn = pl.Series(rng.random(table.height) < country.truths.hidden)
            secret = drawn & table["gebied"].str.starts_with("WK")
            if secret.any():
                shown = pl.when(secret).then(pl.lit("x")).otherwise(pl.col(spec.id).cast(pl.String))
                table = table.with_columns(shown.alias(spec.id))
    return table


def _shares(places: int, parts: pl.DataFrame, order: pl.Series) -> Array:
    """Give for each old area (row) the part of each place (column) that lay in it."""
    row = {old: at for at, old in enumerate(order)}
    shares = np.zeros((len(row), places))
    for place, old, part in parts.iter_rows():
        shares[row[old], place] = part
    return shares


def _moved(counts: Array, shares: Array | None) -> Array:
    return counts.astype(float) if shares is None else np.rint(shares @ counts)


def _mean(figure: Array, people: Array, shares: Array | None) -> Array:
    return figure if shares is None else (shares @ (figure * people)) / (shares @ people)


def _with_totals(low: Array, city: Array) -> Array:
    return np.concatenate([[low.sum()], np.bincount(city, low), low])


def _with_means(low: Array, weight: Array, city: Array) -> Array:
    means = np.bincount(city, low * weight) / np.bincount(city, weight)
    return np.concatenate([[(low * weight).sum() / weight.sum()], means, low])


def _with_errors(low: Array, weight: Array, city: Array) -> Array:
    squares = (low * weight) ** 2
    errors = np.sqrt(np.bincount(city, squares)) / np.bincount(city, weight)
    return np.concatenate([[np.sqrt(squares.sum()) / weight.sum()], errors, low])


def _whole(numbers: Array) -> pl.Series:
    return pl.Series(np.rint(numbers).astype(np.int64))


def _hectares(places: pl.DataFrame) -> Array:
    width, height = (places["x1"] - places["x0"]), (places["y1"] - places["y0"])
    return (width * height / 10_000).to_numpy()


def _map(places: pl.DataFrame) -> bytes:
    """Draw the neighbourhoods, and the gemeenten around them as the box that holds them, in the Dutch grid."""
    around = places.group_by(code="gemeente", name="gemeente_name", maintain_order=True).agg(
        pl.min("x0", "y0"), pl.max("x1", "y1")
    )
    boxes = pl.concat([places.select("code", "name", "x0", "y0", "x1", "y1"), around], how="diagonal")
    features = [
        {
            "type": "Feature",
            "properties": {"statcode": code, "statnaam": name},
            "geometry": {"type": "Polygon", "coordinates": [[[x0, y0], [x1, y0], [x1, y1], [x0, y1], [x0, y0]]]},
        }
        for code, name, x0, y0, x1, y1 in boxes.iter_rows()
    ]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}
    return json.dumps({"type": "FeatureCollection", "crs": crs, "features": features}).encode()
