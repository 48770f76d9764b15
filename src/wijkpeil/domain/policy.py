"""The whole of ``beleid/`` as one value: what is measured, where, beside what, and what may be shown."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from wijkpeil.domain.composite import Composite
from wijkpeil.domain.indicator import Indicator
from wijkpeil.domain.programme import Programme
from wijkpeil.domain.source import Source


@dataclass(frozen=True, kw_only=True)
class Theme:
    """A folder of ``beleid/indicatoren``; a theme without series over time exists all the same and says so."""

    id: str
    label: str
    label_en: str
    order: int
    note: str


@dataclass(frozen=True, kw_only=True)
class Base:
    """Those whom a figure is about: its ``population`` is the counted indicator that weighs where no base is given."""

    id: str
    label: str
    label_en: str
    population: str


@dataclass(frozen=True, kw_only=True)
class Group:
    """A declared list of gemeenten (G4, a region) that serves as a comparator."""

    id: str
    label: str
    label_en: str
    members: tuple[str, ...]
    vintage: int


@dataclass(frozen=True, kw_only=True)
class LookAlikes:
    """How look-alikes are found: on which characteristics, before when, how many, and how near they must be.

    ``caliper`` is a distance in standard deviations over the characteristics; ``minimum_population`` keeps
    industrial estates out.
    """

    characteristics: tuple[str, ...]
    number: int
    caliper: float
    minimum_population: int
    note: str


@dataclass(frozen=True, kw_only=True)
class DisclosureRule:
    """What one audience may see: the minimum base by kind of indicator and the rounding of counts."""

    audience: str
    label: str
    minimum_base: dict[str, int]
    round_counts_to: int
    decimals_extra: int = 0


@dataclass(frozen=True, kw_only=True)
class Policy:
    """All policy files of one folder, checked.

    ``map_year`` is the vintage on which an edition stands; ``apportioned_limit`` the part of a value (0-1)
    that may come from apportioning over a redrawn border before it is not comparable.
    """

    name: str
    fictional: bool
    country: str
    map_year: int
    apportioned_limit: float
    default_programme: str
    themes: tuple[Theme, ...]
    indicators: tuple[Indicator, ...]
    sources: tuple[Source, ...]
    programmes: tuple[Programme, ...]
    bases: tuple[Base, ...]
    groups: tuple[Group, ...]
    look_alikes: LookAlikes
    disclosure: tuple[DisclosureRule, ...]
    checked_on: date
    composites: tuple[Composite, ...] = ()

    @cached_property
    def indicator(self) -> dict[str, Indicator]:
        """The indicators by id, in the order of the themes."""
        return {indicator.id: indicator for indicator in self.indicators}

    @cached_property
    def theme(self) -> dict[str, Theme]:
        """The themes by id, in their own order."""
        return {theme.id: theme for theme in self.themes}

    @cached_property
    def source(self) -> dict[str, Source]:
        """The sources by id."""
        return {source.id: source for source in self.sources}

    @cached_property
    def programme(self) -> dict[str, Programme]:
        """The programmes by id."""
        return {programme.id: programme for programme in self.programmes}

    @cached_property
    def composite(self) -> dict[str, Composite]:
        """The theme scores by id."""
        return {composite.id: composite for composite in self.composites}

    @cached_property
    def base(self) -> dict[str, Base]:
        """The bases by id."""
        return {base.id: base for base in self.bases}

    @cached_property
    def rule(self) -> dict[str, DisclosureRule]:
        """The disclosure rules by audience."""
        return {rule.audience: rule for rule in self.disclosure}
