"""An edition: an immutable, citable set of figures, and the only thing that a reader ever reads."""

import json
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

import dataframely as dy
import polars as pl

from wijkpeil import catalogue
from wijkpeil.analysis.changes import changes as changes_since_baseline
from wijkpeil.analysis.composite import ThemeScores
from wijkpeil.analysis.funnel import Funnel
from wijkpeil.analysis.positions import positions as positions_beside
from wijkpeil.areas.find import Found, find
from wijkpeil.domain.area import Level
from wijkpeil.domain.comparator import Comparator
from wijkpeil.domain.complaint import Complaint, Severity
from wijkpeil.domain.composite import Against
from wijkpeil.domain.frames import Areas, CodeList, Figures, LookAlikesFound, Positions
from wijkpeil.domain.outcomes import Outcomes
from wijkpeil.domain.policy import Policy
from wijkpeil.domain.verdict import Verdicts
from wijkpeil.publication import methods
from wijkpeil.publication.manifest import EditionDamagedError, Manifest, hash_of, read_manifest
from wijkpeil.publication.methods import among
from wijkpeil.publication.outcomes import outcomes_of
from wijkpeil.publication.verdicts import changes_of, comparators_of, judged_by_itself
from wijkpeil.store import figures as figure_store

POLICY = "beleid"
AREAS = "areas.parquet"
COMPOSITION = "composition.parquet"
LOOK_ALIKES = "look_alikes.parquet"
MATCH_QUALITY = "match_quality.parquet"
VERDICTS = "verdicts.parquet"
LINEAGE = "lineage.parquet"
CODE_LISTS = "code_lists.parquet"
BOUNDARIES = "boundaries.parquet"
COMPLAINTS = "complaints.json"
ITS_OWN = frozenset({Comparator.REST_OF_CITY.value, Comparator.LOOK_ALIKES.value})
"""Comparators that lie in the figures of an area themselves."""


class Edition:
    """One edition on a shelf, opened.

    Opening checks that every file is there with its size; the hash of a file is checked when it is first read,
    so that nothing damaged is ever shown and opening stays quick however large the edition.
    """

    def __init__(self, folder: Path) -> None:
        """Open the edition in ``folder``; raises ``EditionDamagedError`` when it is not whole."""
        self.folder = folder
        self.manifest: Manifest = read_manifest(folder)
        self._checked: dict[str, tuple[int, int]] = {}
        for name, size in self.manifest.sizes.items():
            path = folder / name
            if not path.is_file() or path.stat().st_size != size:
                raise _damaged(self.manifest.id, name)

    @property
    def id(self) -> str:
        """The name of the edition, for example ``2026-11``."""
        return self.manifest.id

    @cached_property
    def policy(self) -> Policy:
        """The policy files as they were when the edition was made; they lie in it."""
        for name in self.manifest.files:
            if name.startswith(f"{POLICY}/"):
                self._check(name)
        policy, _ = catalogue.load(self.folder / POLICY, today=self.manifest.made_on)
        return policy

    @cached_property
    def areas(self) -> pl.DataFrame:
        """All areas of the edition, composed ones too; the columns are those of ``domain.frames.Areas``."""
        return self._frame(AREAS)

    @cached_property
    def composition(self) -> pl.DataFrame:
        """What the composed areas are made of; the columns are those of ``domain.frames.Composition``."""
        return self._frame(COMPOSITION)

    @cached_property
    def look_alikes(self) -> pl.DataFrame:
        """The look-alikes of each area; the columns are those of ``domain.frames.LookAlikesFound``."""
        return self._frame(LOOK_ALIKES)

    @cached_property
    def match_quality(self) -> pl.DataFrame:
        """How well the look-alikes of each area match; the columns of ``analysis.look_alikes.MatchQuality``."""
        return self._frame(MATCH_QUALITY)

    @cached_property
    def lineage(self) -> pl.DataFrame:
        """Which codes of other map years went into which area; the columns of ``domain.frames.Lineage``."""
        return self._frame(LINEAGE)

    @cached_property
    def code_lists(self) -> pl.DataFrame:
        """The codes and names of every map year that was read; the columns of ``domain.frames.CodeList``."""
        return self._frame(CODE_LISTS)

    @cached_property
    def boundaries(self) -> pl.DataFrame:
        """The polygons that may serve the areas; the columns of ``domain.frames.Boundaries``."""
        return self._frame(BOUNDARIES)

    @cached_property
    def complaints(self) -> tuple[Complaint, ...]:
        """Everything that was wrong with what went in; it stays visible with the figures."""
        self._check(COMPLAINTS)
        records = json.loads((self.folder / COMPLAINTS).read_text(encoding="utf-8"))
        return tuple(Complaint(**{**record, "severity": Severity(record["severity"])}) for record in records)

    def figures(self, *, area: str | None = None, indicator: str | None = None) -> pl.DataFrame:
        """Give the published figures of one area, of one indicator, of both, or all of them.

        The columns are those of ``domain.frames.Figures``: shares as fractions, rates per person; every absent
        value has its reason in ``status``. Raises ``KeyError`` for an area that the edition does not know.
        """
        if area is not None:
            found = self._city(self._home(area), area)
            return found if indicator is None else found.filter(pl.col("indicator") == indicator)
        if indicator is not None:
            return self._indicator(indicator)
        ids = [entry.id for entry in self.policy.indicators]
        return pl.concat([self._indicator(id_) for id_ in ids])

    def city_figures(self, area: str, *, columns: Sequence[str] | None = None) -> pl.DataFrame:
        """Give the figures of every area in the city of an area, or some columns of them, as a background."""
        return self._city(self._home(area), columns=columns)

    def positions(
        self,
        *,
        area: str | None = None,
        indicator: str | None = None,
        comparators: Sequence[str] | None = None,
        programme: str | None = None,
        periods: pl.DataFrame | None = None,
    ) -> pl.DataFrame:
        """Set an area, or all areas for one indicator, beside its comparators.

        ``comparators`` are ``rest_of_city``, ``look_alikes``, ``city``, ``city_outside_programme``, ``country`` or
        the code of a group; all of them when left out. ``programme`` is the one that ``city_outside_programme``
        leaves out (the edition's own by default). ``periods`` (``indicator`` and ``period``) keeps to those periods.
        The columns are those of ``domain.frames.Positions``. Every gap is the difference of two published figures,
        so that nobody finds another on paper.
        """
        figures = self._needed(indicator) if area is None else self._with_comparators(area, comparators)
        if area is not None and indicator is not None:
            figures = figures.filter(pl.col("indicator") == indicator)
        if periods is not None:
            figures = figures.join(periods, on=["indicator", "period"], how="semi", maintain_order="left")
        beside = positions_beside(
            Figures.cast(figures),
            areas=Areas.cast(self.areas),
            policy=self.policy,
            comparators=comparators or self.comparators,
            programme=programme,
        )
        return beside if area is None else beside.filter(pl.col("area") == area)

    @cached_property
    def comparators(self) -> list[str]:
        """Everything that an area may be set beside: the names of ``Comparator`` and the codes of the groups."""
        return comparators_of(self.areas)

    def changes(
        self,
        *,
        area: str | None = None,
        indicator: str | None = None,
        comparators: Sequence[str] | None = None,
        programme: str | None = None,
        periods: pl.DataFrame | None = None,
    ) -> pl.DataFrame:
        """Give the change of the gap since the baseline of a programme (the edition's own when left out).

        ``periods`` is as in ``positions``. The columns are those of ``domain.frames.Changes``.
        """
        chosen = self.policy.programme[programme or self.manifest.default_programme]
        positions = self.positions(
            area=area, indicator=indicator, comparators=comparators, programme=chosen.id, periods=periods
        )
        return changes_since_baseline(Positions.cast(positions), policy=self.policy, programme=chosen)

    def verdicts(
        self,
        *,
        programme: str | None = None,
        area: str | None = None,
        indicator: str | None = None,
        comparator: str | None = None,
        comparators: Sequence[str] | None = None,
    ) -> pl.DataFrame:
        """Give the verdicts on the neighbourhoods of a programme (the edition's own when left out).

        An area that is not in the programme is judged when it is asked for, with its own changes as the family: those
        beside one comparator are one, so that leaving other comparators out changes no verdict.
        The columns are ``programme`` and those of ``domain.verdict.Verdicts``.
        """
        chosen = programme or self.manifest.default_programme
        found = self._verdicts.filter(pl.col("programme") == chosen)
        if area is not None and found.filter(pl.col("area") == area).is_empty():
            found = self._judged_by_itself(area, chosen, comparators or self.comparators)
        wanted = {"area": area, "indicator": indicator, "comparator": comparator}
        found = found.filter(*(pl.col(name) == value for name, value in wanted.items() if value is not None))
        return found if comparators is None else found.filter(pl.col("comparator").is_in(comparators))

    def outcomes(
        self, *, programme: str | None = None, comparators: Sequence[str] | None = None
    ) -> dy.DataFrame[Outcomes]:
        """Count in how many neighbourhoods of a programme gaps became smaller, beside what luck gives.

        ``programme`` is the edition's own when left out, ``comparators`` are as in ``positions``. The columns are those
        of ``domain.outcomes.Outcomes``.
        """
        chosen = self.policy.programme[programme or self.manifest.default_programme]
        return outcomes_of(
            chosen,
            Verdicts.cast(self.verdicts(programme=chosen.id)),
            figures=self._indicator,
            areas=Areas.cast(self.areas),
            policy=self.policy,
            comparators=comparators or self.comparators,
        )

    @cached_property
    def _verdicts(self) -> pl.DataFrame:
        return self._frame(VERDICTS)

    def _judged_by_itself(self, area: str, programme: str, comparators: Sequence[str]) -> pl.DataFrame:
        look_alikes = self.look_alikes.filter(pl.col("area") == area)
        figures = pl.concat([self._with_comparators(area, comparators), self._of_areas(look_alikes["look_alike"])])
        changed = changes_of(
            [area],
            Figures.cast(figures.unique(["area", "indicator", "period"], maintain_order=True)),
            areas=Areas.cast(self.areas),
            look_alikes=LookAlikesFound.cast(look_alikes),
            policy=self.policy,
            programme=self.policy.programme[programme],
            comparators=comparators,
        )
        chosen = self.policy.programme[programme]
        return judged_by_itself(changed, areas=Areas.cast(self.areas), policy=self.policy, programme=chosen)

    def trend(self, *, area: str, indicator: str) -> pl.DataFrame:
        """Draw the line behind the figures of an area, as ``publication.methods.trend`` says."""
        level = self.areas.filter(pl.col("code") == area)["level"].cast(pl.String)
        home = self._home(area)
        codes = among(self.areas, self.composition, city=home, level=Level(level.item()))
        figures = self._city(home).filter(pl.col("indicator") == indicator, pl.col("area").is_in(codes))
        drawn = methods.trend(figures, indicator=self.policy.indicator[indicator])
        return drawn.filter(pl.col("area") == area)

    def funnel(
        self, *, indicator: str, city: str, level: Level, period: int | None = None, area: str | None = None
    ) -> Funnel:
        """Set the areas of a level of a city (or of the country) in a funnel; the latest period when left out.

        ``area`` takes the place of its parts where it is composed of some of them. See ``publication.methods``.
        """
        figures = self._among(indicator, city=city, level=level, period=period, area=area)
        return methods.funnel(figures, indicator=self.policy.indicator[indicator], city=city)

    def smoothed(
        self, *, indicator: str, city: str, level: Level, period: int | None = None, area: str | None = None
    ) -> pl.DataFrame:
        """Pull the figures of the small areas of a city towards it, each beside its direct figure."""
        figures = self._among(indicator, city=city, level=level, period=period, area=area)
        return methods.smoothed(figures, indicator=self.policy.indicator[indicator], city=city, areas=self.areas)

    def theme_scores(
        self,
        *,
        composite: str,
        city: str,
        level: Level,
        area: str | None = None,
        against: Against = Against.BASE_YEAR,
    ) -> ThemeScores:
        """Give the theme scores of the areas of a level of a city, with the parts into which they open.

        Raises ``KeyError`` for a composite that the policy does not have.
        """
        chosen = self.policy.composite[composite]
        return methods.theme_scores(
            pl.concat([self._indicator(part) for part in chosen.shares]),
            composite=chosen,
            codes=among(self.areas, self.composition, city=city, level=level, area=area),
            city=city,
            areas=self.areas,
            policy=self.policy,
            against=against,
        )

    def _among(self, indicator: str, *, city: str, level: Level, period: int | None, area: str | None) -> pl.DataFrame:
        codes = among(self.areas, self.composition, city=city, level=level, area=area)
        figures = self._indicator(indicator).filter(pl.col("area").is_in([city, *codes]))
        chosen = methods.latest_period(figures, city=city) if period is None else period
        return figures.filter(pl.col("period").is_in([chosen]))

    def find(self, text: str) -> Found:
        """Find areas by code, name or postcode, and say where the same code is another place in another year."""
        return find(Areas.cast(self.areas), text, other_years=CodeList.cast(self.code_lists))

    def verify(self) -> None:
        """Check the hash of every file; raises ``EditionDamagedError`` naming the first that differs."""
        for name in self.manifest.files:
            self._check(name)

    def _home(self, area: str) -> str:
        found = self._home_of.get(area)
        if found is None:
            raise KeyError(area)
        return found

    @cached_property
    def _home_of(self) -> dict[str, str]:
        homes = figure_store.homes_of(self.areas, self.manifest.country)
        return dict(zip(homes["area"], homes["home"], strict=True))

    def _with_comparators(self, area: str, comparators: Sequence[str] | None = None) -> pl.DataFrame:
        """Give the figures of an area with those of everything it may be set beside.

        Its figures hold the rest of its city and its look-alikes: beside those alone nothing else is read.
        """
        if comparators is not None and set(comparators) <= ITS_OWN:
            return self._city(self._home(area), area)
        beside = self.areas.filter(pl.col("level").is_in([Level.GEMEENTE, Level.GROUP, Level.COUNTRY]))[
            "code"
        ].to_list()
        home = self._home(area)
        wanted = pl.col("area").is_in([area, *beside])
        frames = [self._city(home).filter(wanted)]
        if home != self.manifest.country:
            frames.append(self._city(self.manifest.country).filter(wanted))
        return pl.concat(frames)

    def _needed(self, indicator: str | None) -> pl.DataFrame:
        if indicator is None:
            raise ValueError("Noem een gebied, een indicator, of allebei.")
        return self._indicator(indicator)

    def _city(self, home: str, area: str | None = None, columns: Sequence[str] | None = None) -> pl.DataFrame:
        self._check(f"{figure_store.BY_CITY}/{home}.parquet")
        return figure_store.read_city(self.folder, home, area=area, columns=columns)

    def _of_areas(self, areas: Iterable[str]) -> pl.DataFrame:
        """Give the figures of some areas, wherever their cities are."""
        by_home: dict[str, list[str]] = {}
        for area in areas:
            by_home.setdefault(self._home(area), []).append(area)
        for home in by_home:
            self._check(f"{figure_store.BY_CITY}/{home}.parquet")
        return figure_store.read_cities(self.folder, by_home)

    def _indicator(self, indicator: str) -> pl.DataFrame:
        if indicator not in self.policy.indicator:
            raise KeyError(indicator)
        self._check(f"{figure_store.BY_INDICATOR}/{indicator}.parquet")
        return figure_store.read_indicator(self.folder, indicator)

    def _frame(self, name: str) -> pl.DataFrame:
        self._check(name)
        return pl.read_parquet(self.folder / name)

    def _check(self, name: str) -> None:
        """Compare a file with its hash, once for as long as the disk says that it did not change."""
        if name not in self.manifest.files:
            return
        path = self.folder / name
        try:
            now = path.stat()
            if self._checked.get(name) == (now.st_mtime_ns, now.st_size):
                return
            is_whole = hash_of(path) == self.manifest.files[name]
        except OSError:
            is_whole = False
        if not is_whole:
            raise _damaged(self.manifest.id, name)
        self._checked[name] = (now.st_mtime_ns, now.st_size)


def _damaged(edition: str, name: str) -> EditionDamagedError:
    return EditionDamagedError(
        f"Editie {edition} is beschadigd: het bestand {name} ontbreekt of is niet meer wat het was. "
        "Zet de editie terug uit een kopie, of bouw hem opnieuw."
    )
