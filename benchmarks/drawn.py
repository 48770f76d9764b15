"""A country drawn in memory as the build hands it over: the areas, their look-alikes and figures by indicator."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import dataframely as dy
import numpy as np
import polars as pl

from wijkpeil import catalogue
from wijkpeil.analysis.look_alikes import find_look_alikes
from wijkpeil.domain.frames import Areas, Composition, Figures, LookAlikesFound
from wijkpeil.domain.policy import Policy
from wijkpeil.sources import example

_AT_A_TIME = 10
_CITIES = 342


@dataclass(frozen=True, kw_only=True, eq=False)
class Drawn:
    """Areas, years and a policy of as many indicators as were asked for; no figures yet."""

    policy: Policy
    areas: dy.DataFrame[Areas]
    characteristics: pl.DataFrame
    years: Sequence[int]

    def chunks(self) -> Iterator[dy.DataFrame[Figures]]:
        """Draw the figures of ten indicators at a time, of every area and year: none absent, all with margins."""
        ids = sorted(self.policy.indicator)
        for start in range(0, len(ids), _AT_A_TIME):
            yield self.figures(ids[start : start + _AT_A_TIME], seed=start)

    def figures(self, indicators: Sequence[str], *, seed: int) -> dy.DataFrame[Figures]:
        """Draw the published figures of some indicators, sorted as a build sorts them."""
        areas, years = self.areas.filter(pl.col("level") == "wijk")["code"], np.array(self.years, dtype=np.int16)
        height, random = len(areas) * len(years), np.random.default_rng(seed)
        return Figures.cast(pl.concat([_indicator(id_, areas, years, height, random) for id_ in indicators]))


def draw(*, areas: int, years: int, indicators: int) -> Drawn:
    """Draw a country of wijken in 342 gemeenten; its policy is that of the embedded example, with more indicators."""
    size = example.Size(cities=20, neighbourhoods=10, others=100, indicators=indicators)
    with tempfile.TemporaryDirectory() as folder:
        for name, text in example.policy_of(example.draw(size)).items():
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        policy, _ = catalogue.load(Path(folder), today=date(2026, 1, 1))
    cities = [f"GM{place:04}" for place in range(1, _CITIES + 1)]
    codes = sorted(f"WK{place % _CITIES + 1:04}{place // _CITIES:02}" for place in range(areas))
    register = pl.DataFrame({"code": [*cities, *codes]}).with_columns(
        vintage=policy.map_year,
        name="code",
        level=pl.when(pl.col("code").str.starts_with("GM")).then(pl.lit("gemeente")).otherwise(pl.lit("wijk")),
        gemeente="GM" + pl.col("code").str.slice(2, 4),
        wijk=pl.lit(None, dtype=pl.String),
        population=pl.lit(3000.0),
        land_km2=pl.lit(1.0),
        pc4=pl.lit([], dtype=pl.List(pl.String)),
        programmes=pl.lit([], dtype=pl.List(pl.String)),
    )
    return Drawn(
        policy=policy,
        areas=Areas.cast(register),
        characteristics=_characteristics(policy, codes),
        years=range(2024 - years, 2024),
    )


def look_alikes_of(drawn: Drawn) -> dy.DataFrame[LookAlikesFound]:
    """Find the look-alikes of all areas on the characteristics of the policy."""
    found, _ = find_look_alikes(
        drawn.characteristics, areas=drawn.areas, composition=Composition.create_empty(), rule=drawn.policy.look_alikes
    )
    return found


def _characteristics(policy: Policy, codes: Sequence[str]) -> pl.DataFrame:
    random = np.random.default_rng(1)
    frames = []
    for name in policy.look_alikes.characteristics:
        indicator, _, year = name.partition("@")
        frames.append(
            pl.DataFrame({"area": codes, "value": random.normal(0.3, 0.1, len(codes))}).with_columns(
                indicator=pl.lit(indicator), period=pl.lit(int(year), dtype=pl.Int16)
            )
        )
    return pl.concat(frames)


def _indicator(id_: str, areas: pl.Series, years: np.ndarray, height: int, random: np.random.Generator) -> pl.DataFrame:
    value, rest, like = (np.round(random.uniform(0.1, 0.4, height), 3) for _ in range(3))
    margins = {}
    for prefix, middle, width in (("", value, 0.03), ("rest_", rest, 0.003), ("like_", like, 0.01)):
        margins[f"{prefix}value"] = middle
        margins[f"{prefix}low"] = np.round(middle - width * random.uniform(0.8, 1, height), 4)
        margins[f"{prefix}high"] = np.round(middle + width * random.uniform(1, 1.2, height), 4)
    return (
        pl.DataFrame(
            {
                "area": areas.gather(np.repeat(np.arange(len(areas)), len(years))),
                "period": np.tile(years, len(areas)),
                **margins,
            }
        )
        .with_columns(
            indicator=pl.lit(id_),
            interval=pl.lit("wilson"),
            base=pl.lit(1000.0),
            status=pl.lit("final"),
            source=pl.lit("voorbeeld:1"),
            apportioned=pl.lit(0.0),
            rest_status=pl.lit("final"),
            like_n=pl.lit(20, dtype=pl.Int16),
            like_status=pl.lit("final"),
        )
        .select(Figures.column_names())
    )
