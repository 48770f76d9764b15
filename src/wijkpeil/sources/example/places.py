"""The places of a fictional country: cities of neighbourhoods, drawn on two maps that differ where it matters."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

OLD_MAP, NEW_MAP = 2012, 2020
"""The two map years; figures up to and including 2012 stand on the old one."""

_CITY_STEMS = [
    "Aarden", "Beek", "Coever", "Duin", "Eelder", "Ferwer", "Gooi", "Heide", "IJssel", "Jutter", "Kreken", "Lommer",
    "Meeren", "Noorder", "Oever", "Polder", "Riet", "Schelpen",
]  # fmt: skip
_CITY_ENDS = ["haven", "koord", "stad", "burg", "dam", "veen", "rode", "monde", "lo", "wolde", "recht", "zijl",
              "drecht", "hage", "voorde", "meer", "horst", "kerke", "wijk"]  # fmt: skip
_QUARTERS = [
    "Molen", "Bloemen", "Sterren", "Schippers", "Wevers", "Kastanje", "Parken", "Haven", "Kanaal", "Zeehelden",
    "Componisten", "Vogel", "Rivieren", "Stations", "Tuin", "Linden", "Grachten", "Dijk", "Akker", "Fabrieks",
    "Kloosters", "Eiken", "Water", "Veld", "Zonnen",
]  # fmt: skip
_QUARTER_ENDS = ["buurt", "kwartier", "park", "hoek", "landen", "oord", "dorp", "hof"]


@dataclass(frozen=True, kw_only=True)
class Size:
    """How large a country is drawn.

    ``neighbourhoods`` are those of the programme, ``others`` all outside it; ``level`` is ``wijk`` (at most 99 a
    city) or ``buurt``.
    """

    cities: int = 18
    neighbourhoods: int = 40
    others: int = 900
    first_year: int = 2005
    last_year: int = 2024
    indicators: int = 60
    level: str = "wijk"

    @property
    def joined(self) -> int:
        """How many neighbourhoods of the programme are made of two places."""
        return self.neighbourhoods // 10

    @property
    def years(self) -> range:
        """All years that are drawn."""
        return range(self.first_year, self.last_year + 1)


def draw_places(size: Size, rng: np.random.Generator) -> pl.DataFrame:
    """Draw the neighbourhoods of the new map, one row each.

    Returns ``place`` (0, 1, ...), ``city`` (0, 1, ...), ``gemeente``, ``gemeente_name``, ``code``, ``name``,
    ``inhabitants``, ``households``, ``dwellings`` (whole numbers) and the corners ``x0 y0 x1 y1`` in metres of
    its square. About one in sixty is an industrial estate with hardly any inhabitants.
    """
    count = size.neighbourhoods + size.joined + size.others
    weight = 1 / np.arange(3, size.cities + 3)
    city = np.sort(_spread(count, weight / weight.sum()))
    within = np.arange(count) - np.searchsorted(city, city)
    inhabitants = np.rint(rng.lognormal(8.4 if size.level == "wijk" else 7.0, 0.55, count)).astype(np.int64)
    estate = rng.random(count) < 1 / 60
    inhabitants[estate] = rng.integers(5, 45, estate.sum())
    households = np.maximum(1, np.rint(inhabitants / rng.normal(2.1, 0.2, count).clip(1.5, 2.8))).astype(np.int64)
    row, column = np.divmod(within, 10)
    across = int(np.ceil(np.sqrt(size.cities)))
    x0 = 10_000 + (city % across) * (260_000 // across) + column * 1_000
    y0 = 310_000 + (city // across) * (300_000 // across) + row * 1_000
    return pl.DataFrame(
        {
            "place": np.arange(count),
            "city": city,
            "gemeente": [f"GM{9001 + c:04d}" for c in city],
            "gemeente_name": [_city_name(c) for c in city],
            "code": [_code(size, c, w) for c, w in zip(city, within, strict=True)],
            "name": [_quarter_name(w, c) for w, c in zip(within, city, strict=True)],
            "inhabitants": inhabitants,
            "households": households,
            "dwellings": np.maximum(1, np.rint(households * 1.03)).astype(np.int64),
            "x0": x0.astype(float),
            "y0": y0.astype(float),
            "x1": x0 + 1_000.0,
            "y1": y0 + 1_000.0,
        }
    )


@dataclass(frozen=True, kw_only=True)
class OldMap:
    """How the old map differs: its areas, and which part of each place of the new map lay in which of them.

    ``areas`` has ``old`` (0, 1, ...), ``city``, ``gemeente``, ``gemeente_name``, ``code``, ``name`` and corners;
    ``parts`` has ``place``, ``old`` and ``part`` (0-1). ``story`` names what was done to which codes.
    """

    areas: pl.DataFrame
    parts: pl.DataFrame
    story: dict[str, list[str]]


def draw_old_map(places: pl.DataFrame, *, programme: list[int]) -> OldMap:
    """Draw the map of before: one split, one merger, a small and a large shift of a border, and a reused code.

    Works on pairs of places that lie side by side and outside the programme; the code that is reused is that of
    a programme neighbourhood, as happened to Heechterp/Schieringen.
    """
    areas = places.select("city", "gemeente", "gemeente_name", "code", "name", "x0", "y0", "x1", "y1", old="place")
    (a, b), (c, d), (e, f), (g, h) = _pairs_side_by_side(places, programme)[:4]
    i = programme[0]
    same_city = places.filter((pl.col("city") == places["city"][i]) & ~pl.col("place").is_in([i, *programme]))
    j = same_city["place"].item(-1)
    code, name = places["code"].to_list(), places["name"].to_list()
    parts = {place: {place: 1.0} for place in places["place"].to_list()}
    edits: dict[int, dict[str, object]] = {}
    gone = {b}
    parts[b] = {a: 1.0}
    edits[a] = {"x1": places["x1"][b], "name": f"{name[a]} en {name[b]}"}
    new_old = places.height
    parts[c] = {c: 0.6, new_old: 0.4}
    edits[c] = {"x1": places["x0"][c] + 600.0, "name": f"{name[c]}-West"}
    extra = {**areas.row(c, named=True), "old": new_old, "x0": places["x0"][c] + 600.0, "name": f"{name[c]}-Oost",
             "code": f"{code[c][:-2]}Z9"}  # fmt: skip
    for left, right, shift in ((e, f, 0.1), (g, h, 0.45)):
        parts[right] = {right: 1 - shift, left: shift}
        edits[left] = {"x1": places["x1"][left] + shift * 1_000}
        edits[right] = {"x0": places["x0"][right] + shift * 1_000}
    edits[i], edits[j] = {"code": code[j]}, {"code": code[i]}
    rows = [{**row, **edits.get(row["old"], {})} for row in areas.iter_rows(named=True) if row["old"] not in gone]
    return OldMap(
        areas=pl.DataFrame([*rows, extra], schema=areas.schema),
        parts=pl.DataFrame(
            [(place, old, part) for place, of in parts.items() for old, part in of.items()],
            schema={"place": pl.Int64, "old": pl.Int64, "part": pl.Float64},
            orient="row",
        ),
        story={
            "split": [code[a], code[b]],
            "merged": [code[c]],
            "shifted_a_little": [code[e], code[f]],
            "shifted_much": [code[g], code[h]],
            "reused": [code[i], code[j]],
            "untouched_beside": [code[d]],
        },
    )


def _pairs_side_by_side(places: pl.DataFrame, programme: list[int]) -> list[tuple[int, int]]:
    """Give pairs of places of which the second lies right of the first, inhabited and each in one pair only."""
    after = places.shift(-1)
    fits = (
        (places["city"] == after["city"])
        & (places["y0"] == after["y0"])
        & (places["place"] % 2 == 0)
        & ~places["place"].is_in(programme)
        & ~(places["place"] + 1).is_in(programme)
        & (places["inhabitants"] > 1_000)
        & (after["inhabitants"] > 1_000)
    )
    return [(place, place + 1) for place in places.filter(fits)["place"].to_list()]


def _spread(count: int, weight: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Share ``count`` neighbourhoods among the cities by weight, at least two and (as codes go) at most 99 each."""
    share = np.clip(np.floor(weight * count), 2, 99).astype(int)
    if not 2 * len(share) <= count <= 99 * len(share):
        raise ValueError(f"{count} neighbourhoods do not fit in {len(share)} cities of 2 to 99")
    at = 0
    while (missing := count - share.sum()) != 0:
        if (missing > 0 and share[at] < 99) or (missing < 0 and share[at] > 2):
            share[at] += np.sign(missing)
        at = (at + 1) % len(share)
    return np.repeat(np.arange(len(share)), share)


def _code(size: Size, city: int, within: int) -> str:
    return f"WK{9001 + city:04d}{within:02d}" if size.level == "wijk" else f"BU{9001 + city:04d}{within:04d}"


def _city_name(city: int) -> str:
    turn, stem = divmod(city, len(_CITY_STEMS))
    return _CITY_STEMS[stem] + _CITY_ENDS[(stem + 5 * turn) % len(_CITY_ENDS)]


def _quarter_name(within: int, city: int) -> str:
    end, stem = divmod(within, len(_QUARTERS))
    return _QUARTERS[(stem + 7 * city) % len(_QUARTERS)] + _QUARTER_ENDS[(end + city) % len(_QUARTER_ENDS)]
