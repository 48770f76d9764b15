"""What is looked at before anything is estimated, so that a question without an honest answer gets a sentence."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from wijkpeil.domain.indicator import Kind, Nature
from wijkpeil.domain.refusal import Fact, Refusal
from wijkpeil.domain.refusal import RefusalReason as Why
from wijkpeil.domain.study import Design, StudyKind


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of one outcome of a study before anything is estimated.

    ``start`` is the first year under treatment of any treated area; areas that were treated before the figures begin
    have been left out of it, unless no others remain. ``begun`` is the year in which a programme really began in
    them, ``None`` where that is unknown. ``first`` and ``last`` are the years of the first and last figure of the
    outcome, ``None`` where there is none. ``before`` and ``after`` count the periods of the panel before the first
    start, and from ``lag`` years after it on. ``with_figures`` are the treated areas with any figure, ``treated``
    those with a whole series. ``compared`` are the areas with a whole series that are never treated in it, ``later``
    those treated after the first start. ``missing`` is the part (0-1) of the cells without a figure. ``programmes``
    are the other programmes in the treated areas, ``wholly_treated`` the cities in which nobody is left to compare
    with.
    """

    kind: StudyKind
    design: Design
    nature: Nature
    measure: Kind
    start: int
    first: int | None
    last: int | None
    before: int
    after: int
    with_figures: int
    treated: int
    compared: int
    later: int = 0
    begun: int | None = None
    lag: int = 0
    missing: float = 0.0
    unknown: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    wholly_treated: tuple[str, ...] = ()
    same_city: bool = False
    is_broken: bool = False
    is_constant: bool = False

    @property
    def periods(self) -> int:
        """How many periods there are in all in which an effect could be seen or not be there yet."""
        return self.before + self.after


@dataclass(frozen=True, kw_only=True)
class Needs:
    """The periods before, after and together, and the areas to compare with, without which a design has no estimate."""

    before: int
    after: int = 1
    periods: int = 0
    compared: int = 2

    def are_met(self, facts: Facts) -> bool:
        """Whether these figures have that much."""
        own = (facts.before, facts.after, facts.periods, facts.compared)
        least = (self.before, self.after, self.periods, self.compared)
        return all(one >= wanted for one, wanted in zip(own, least, strict=True))


NEEDS: Mapping[Design, Needs] = {
    Design.DIFFERENCES: Needs(before=1),
    Design.IMPUTATION: Needs(before=1),
    Design.TWO_WAY: Needs(before=1),
    Design.MATCHED_DIFFERENCES: Needs(before=2),
    Design.SYNTHETIC_DIFFERENCES: Needs(before=2),
    Design.SYNTHETIC_CONTROL: Needs(before=3),
    Design.INTERRUPTED_SERIES: Needs(before=4, periods=8, compared=0),
    Design.BEFORE_AFTER: Needs(before=1, compared=1),
    Design.DISCONTINUITY: Needs(before=0),
    Design.EXPERIMENT: Needs(before=0),
    Design.CROSS_SECTION: Needs(before=0),
}
"""The least that a design can do with; what it needs to do well is for its own checks to say.

Before and after needs somebody by whom to tell how usual such a change is."""

_AFTER_ONLY = (Design.CROSS_SECTION,)
_ALONE = (Design.INTERRUPTED_SERIES, Design.BEFORE_AFTER)
_PLAIN = (Design.DIFFERENCES, *_ALONE, *_AFTER_ONLY)

WEAKER: Mapping[Why, tuple[Design, ...]] = {
    **dict.fromkeys(Why, ()),
    Why.NO_PERIOD_BEFORE: _AFTER_ONLY,
    Why.TREATED_BEFORE_DATA: _AFTER_ONLY,
    Why.PROGRAMME_BEGAN_EARLIER: _AFTER_ONLY,
    Why.BROKEN_SERIES: _AFTER_ONLY,
    Why.NO_DONORS: _ALONE,
    Why.DONORS_TREATED_LATER: _ALONE,
    Why.CITY_WHOLLY_TREATED: (Design.INTERRUPTED_SERIES,),
    Why.TOO_FEW_AREAS: _ALONE,
    Why.GAPS: _AFTER_ONLY,
    Why.TOO_FEW_PERIODS: (Design.DIFFERENCES, Design.BEFORE_AFTER, *_AFTER_ONLY),
    Why.TOO_FEW_TREATED: _PLAIN,
    Why.INVALID_CUTOFF: (Design.MATCHED_DIFFERENCES, *_PLAIN),
    Why.POOR_FIT: _PLAIN,
    Why.NO_COVARIATES: _PLAIN,
    Why.SINGULAR: _PLAIN,
}
"""Which designs a reason leaves, the strongest first; the others have none."""


def refusals(facts: Facts) -> tuple[Refusal, ...]:
    """Give every reason for which an outcome has no estimate, the weightiest first; none where it may have one.

    Of the reasons of one sort (what the figure is, what the study asks, the periods, the areas, the values) only the
    first is given, because it brings the others about: where the data begin too late there is no period before.

    A study of a fictitious start may be set in areas where a programme runs, and after it began: it asks whether the
    method finds nothing where nothing happened at that moment. An evaluation may not.
    """
    found = (next((rule for rule in sort if rule.holds(facts)), None) for sort in _RULES)
    return tuple(_refusal(rule, facts) for rule in found if rule is not None)


def before_estimating(facts: Facts) -> Refusal | None:
    """Give the weightiest reason for which an outcome has no estimate, or nothing where it may have one."""
    return next(iter(refusals(facts)), None)


def weaker(reason: Why, facts: Facts) -> tuple[Design, ...]:
    """Give the designs that a reason leaves and for which these figures suffice, the strongest first."""
    return tuple(one for one in WEAKER[reason] if one is not facts.design and NEEDS[one].are_met(facts))


@dataclass(frozen=True, kw_only=True)
class _Rule:
    """A reason, when it holds, and what its sentence names: the name of a fact by that of the field."""

    reason: Why
    holds: Callable[[Facts], bool]
    tells: tuple[tuple[str, str], ...] = ()


def _rule(reason: Why, holds: Callable[[Facts], bool], **tells: str) -> _Rule:
    return _Rule(reason=reason, holds=holds, tells=tuple(tells.items()))


def _looks_back(facts: Facts) -> bool:
    """Whether the design sets after beside before."""
    return NEEDS[facts.design].before > 0


def _compares(facts: Facts) -> bool:
    return NEEDS[facts.design].compared > 0


def _is_real(facts: Facts) -> bool:
    return facts.kind is not StudyKind.PLACEBO


def _began_earlier(facts: Facts) -> bool:
    """Whether a programme began before the figures do, and the study gives it a later start."""
    if facts.begun is None or facts.first is None or not _is_real(facts):
        return False
    return facts.begun < facts.start and facts.begun < facts.first


_RULES: tuple[tuple[_Rule, ...], ...] = (
    (
        _rule(Why.MODELLED, lambda facts: facts.nature is Nature.MODELLED),
        _rule(Why.ORDINAL, lambda facts: facts.measure is Kind.ORDINAL),
    ),
    (
        _rule(Why.UNKNOWN_AREA, lambda facts: bool(facts.unknown), areas="unknown"),
        _rule(
            Why.OVERLAPPING_PROGRAMMES,
            lambda facts: _is_real(facts) and bool(facts.programmes),
            programmes="programmes",
        ),
    ),
    (
        _rule(Why.NO_FIGURES, lambda facts: facts.first is None or facts.with_figures == 0),
        _rule(Why.PROGRAMME_BEGAN_EARLIER, _began_earlier, begun="begun", start="start", first="first"),
        _rule(
            Why.TREATED_BEFORE_DATA,
            lambda facts: _looks_back(facts) and facts.first is not None and facts.start < facts.first,
            start="start",
            first="first",
        ),
        _rule(
            Why.NO_PERIOD_BEFORE,
            lambda facts: _looks_back(facts) and facts.before == 0 and not facts.is_broken,
            start="start",
            first="first",
        ),
        _rule(Why.NO_PERIOD_AFTER, lambda facts: facts.after == 0, start="start", last="last", lag="lag"),
        _rule(Why.BROKEN_SERIES, lambda facts: _looks_back(facts) and facts.is_broken, start="start"),
        _rule(Why.TOO_FEW_PERIODS, lambda facts: facts.before < NEEDS[facts.design].before, before="before"),
        _rule(Why.TOO_FEW_PERIODS, lambda facts: facts.periods < NEEDS[facts.design].periods, periods="periods"),
    ),
    (
        _rule(Why.GAPS, lambda facts: facts.with_figures > 0 and facts.treated == 0, missing="missing"),
        _rule(
            Why.CITY_WHOLLY_TREATED,
            lambda facts: _compares(facts) and facts.same_city and bool(facts.wholly_treated),
            cities="wholly_treated",
        ),
        _rule(
            Why.DONORS_TREATED_LATER,
            lambda facts: _compares(facts) and facts.compared == 0 and facts.later > 0,
            treated="treated",
        ),
        _rule(Why.NO_DONORS, lambda facts: _compares(facts) and facts.compared == 0, treated="treated"),
        _rule(Why.TOO_FEW_AREAS, lambda facts: facts.compared < NEEDS[facts.design].compared, compared="compared"),
    ),
    (_rule(Why.CONSTANT, lambda facts: facts.is_constant),),
)


def _refusal(rule: _Rule, facts: Facts) -> Refusal:
    told = {name: _fact(getattr(facts, field)) for name, field in rule.tells if getattr(facts, field) is not None}
    if rule.reason in {Why.TOO_FEW_PERIODS, Why.TOO_FEW_AREAS}:
        told["needed"] = getattr(NEEDS[facts.design], rule.tells[0][1])
    return Refusal(reason=rule.reason, facts=told, design=facts.design, weaker=weaker(rule.reason, facts))


def _fact(value: Fact | tuple[str, ...]) -> Fact:
    return ", ".join(value) if isinstance(value, tuple) else value
