"""All codes and polygons of all map years, and which polygon may stand for a code of another year."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import dataframely as dy
import polars as pl

from wijkpeil.areas.code_lists import combined, of_year
from wijkpeil.areas.matching import agrees, matched
from wijkpeil.areas.shapes import measured
from wijkpeil.domain.area import Level
from wijkpeil.domain.frames import Boundaries, CodeList

REDRAWN = 3
"""What CBS writes for an area whose border moved since the year before."""

_INSIDE = (Level.BUURT, Level.WIJK, Level.GEMEENTE)
_NEARLY_ALL = 0.98
_KNOWN = pl.Schema(
    [("code_from", pl.String()), ("code", pl.String()), ("kind", pl.String()), ("vintage_from", pl.Int16())]
)
_PIECES = pl.Schema({"code": pl.String(), "geometry_rd": pl.List(pl.Binary()), "population": pl.Float64()})


@dataclass(frozen=True, kw_only=True)
class Atlas:
    """Codes (one row per code and map year) and the polygons fine enough to measure with.

    What was listed and matched once is remembered: the same years are asked for again to find polygons that may
    serve.
    """

    codes: dy.DataFrame[CodeList]
    shapes: pl.DataFrame
    _levels: dict[tuple[int, Level], pl.DataFrame] = field(default_factory=dict)
    _matched: dict[tuple[int, int, Level], pl.DataFrame] = field(default_factory=dict)

    @classmethod
    def of(
        cls, code_lists: Sequence[dy.DataFrame[CodeList]], boundaries: Sequence[dy.DataFrame[Boundaries]]
    ) -> "Atlas":
        """Bring lists and boundaries together; a code that only has a polygon is listed by its name there."""
        shapes = measured(boundaries)
        facts = ("population", "land_km2", "total_km2", "comparability", "pc4")
        named = shapes.select("code", "vintage", "name", "level", *(pl.lit(None).alias(fact) for fact in facts))
        drawn = CodeList.validate(named, cast=True)
        return cls(codes=combined([*code_lists, drawn]), shapes=shapes)

    def level(self, vintage: int, level: Level) -> pl.DataFrame:
        """Take the codes of one level and year, with the area of their own polygon (``shape_km2``, or null)."""
        key = (vintage, level)
        if key not in self._levels:
            own = self.shapes.filter(pl.col("vintage") == vintage).select("code", "shape_km2")
            listed = of_year(self.codes, vintage, level)
            self._levels[key] = listed.join(own, on="code", how="left", maintain_order="left")
        return self._levels[key]

    def matched(self, one: int, other: int, level: Level) -> pl.DataFrame:
        """Match a level between two years by code, name and land."""
        key = (one, other, level)
        if key not in self._matched:
            ours, theirs = self.level(one, level), self.level(other, level)
            self._matched[key] = matched(ours, theirs, self._redrawn(one, other))
        return self._matched[key]

    def stand_ins(self, vintage: int, level: Level) -> pl.DataFrame:
        """Give the areas of a map year the polygon that may stand for them.

        The map year's own polygons serve. Where it has none, the nearest year that has them serves for a code
        that is known to be the same place by code, name and area, and only where the polygon agrees within five
        per cent with the area that the publisher gives for the code.

        Returns ``code`` and ``geometry_rd`` (a list of WKB) for the areas that have one.
        """
        codes = self.level(vintage, level)
        drawn = self.shapes.filter(pl.col("level") == level.value)
        others = self._elsewhere(vintage, level, drawn).join(codes, on="code")
        fitting = others.filter(agrees(pl.col("drawn_km2"), pl.coalesce("total_km2", "land_km2")))
        nearest = fitting.sort((pl.col("vintage_from") - vintage).abs(), "vintage_from", "code")
        own = drawn.filter(pl.col("vintage") == vintage)
        found = [own, nearest, self._dissolved(vintage)] if level is Level.GEMEENTE else [own, nearest]
        chosen = pl.concat([frame.select("code", "geometry_rd") for frame in found])
        return chosen.unique("code", keep="first", maintain_order=True).sort("code")

    def _dissolved(self, vintage: int) -> pl.DataFrame:
        """Put a gemeente together from the polygons of all its wijken."""
        shapes = self.stand_ins(vintage, Level.WIJK)
        wijken = self.level(vintage, Level.WIJK).join(shapes, on="code", how="left", maintain_order="left")
        whole = wijken.group_by("gemeente", maintain_order=True).agg(
            "geometry_rd", missing=pl.col("geometry_rd").null_count()
        )
        return whole.filter(pl.col("missing") == 0).select(
            code="gemeente", geometry_rd=pl.col("geometry_rd").list.eval(pl.element().explode())
        )

    def pieces(self, vintage: int, level: Level) -> pl.DataFrame:
        """Cut the areas of a map year into the finest polygons whose inhabitants are known.

        A wijk is cut into its buurten where (nearly) all its people live in buurten that have a polygon;
        otherwise it is one piece. Returns ``code`` (of the area), ``geometry_rd`` and ``population`` per piece.
        """
        found = pl.DataFrame(schema=_PIECES)
        for finer in _INSIDE[: _INSIDE.index(level) + 1]:
            shapes = self.stand_ins(vintage, finer)
            listed = self.level(vintage, finer).join(shapes, on="code", how="left", maintain_order="left")
            cut = listed.select("geometry_rd", "population", code="code" if finer is level else level.value)
            drawn = cut.filter(pl.col("geometry_rd").is_not_null() & pl.col("code").is_not_null())
            enough = drawn if finer is level else drawn.join(_nearly_all_of(cut), on="code", how="semi")
            found = pl.concat([found, enough.join(found, on="code", how="anti").select(*_PIECES)])
        return found.sort("code", maintain_order=True)

    def _elsewhere(self, vintage: int, level: Level, drawn: pl.DataFrame) -> pl.DataFrame:
        years = [year for year in drawn["vintage"].unique().sort() if year != vintage]
        known = [self.matched(year, vintage, level).with_columns(vintage_from=pl.lit(year, pl.Int16)) for year in years]
        shapes = drawn.select("code", "vintage", "geometry_rd", drawn_km2="shape_km2")
        return pl.concat([pl.DataFrame(schema=_KNOWN), *known]).join(
            shapes, left_on=["code_from", "vintage_from"], right_on=["code", "vintage"]
        )

    def _redrawn(self, one: int, other: int) -> pl.Series:
        """Give the codes that CBS called redrawn in a year between two map years."""
        between = pl.col("vintage").is_between(min(one, other), max(one, other), closed="right")
        return self.codes.filter(between & (pl.col("comparability") == REDRAWN))["code"].unique()


def _nearly_all_of(cut: pl.DataFrame) -> pl.DataFrame:
    """Give the areas of which nearly all inhabitants live in a piece that is drawn."""
    everybody = pl.col("population").sum()
    drawn = pl.col("population").filter(pl.col("geometry_rd").is_not_null()).sum()
    shares = cut.group_by("code").agg(everybody=everybody, drawn=drawn, unknown=pl.col("population").null_count())
    return shares.filter(
        (pl.col("unknown") == 0) & (pl.col("everybody") > 0) & (pl.col("drawn") >= _NEARLY_ALL * pl.col("everybody"))
    )
