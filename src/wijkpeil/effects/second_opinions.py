"""The same figures held against chance of another sort: the years of one area, or cities as a whole."""

from dataclasses import replace

from wijkpeil.domain.evidence import Alternative, Found, Inference
from wijkpeil.domain.refusal import RefusedError
from wijkpeil.domain.study import Design
from wijkpeil.effects.conformal import conformal
from wijkpeil.effects.estimating import Case, before_anyone_knew
from wijkpeil.effects.two_way import two_way
from wijkpeil.effects.wild_bootstrap import wild_bootstrap

CONFORMAL, WILD_BOOTSTRAP = "conformal", "wild_bootstrap"
"""The names of these alternatives."""

_LINEAR = frozenset({Design.DIFFERENCES, Design.IMPUTATION, Design.TWO_WAY})
_FEWEST = 3
"""Fewer treated areas lie in fewer cities than the bootstrap can do with, and nobody misses it."""


def second_opinions(found: Found, case: Case) -> tuple[Alternative, ...]:
    """Give the alternatives that ask whether it is chance by other means than placements on areas.

    A synthetic control of one treated area has its own years to go by, where other areas are few or odd
    (``conformal``). What befalls a city is shared by its areas, which shows when whole cities are drawn
    (``wild_bootstrap``): its effect is that of one regression, told only where all start together, for else that
    regression is biased itself. One that can not be had with these figures stands there with its refusal.
    """
    early = before_anyone_knew(case)
    if found.design is Design.SYNTHETIC_CONTROL and found.treated == 1:
        return (_by_years(found, early),)
    if found.design in _LINEAR and found.treated >= _FEWEST and len(early.panel.cohorts) == 1:
        return (_by_cities(early),)
    return ()


def _by_years(found: Found, case: Case) -> Alternative:
    try:
        inferred = conformal(case.panel, lag=case.lag)
    except RefusedError as refused:
        return _refused(CONFORMAL, found.design, refused)
    return _told(CONFORMAL, found.design, found.effect, inferred)


def _by_cities(case: Case) -> Alternative:
    try:
        inferred = wild_bootstrap(case.panel, case.city, lag=case.lag, draws=case.draws, seed=case.seed)
        effect = two_way().estimate(case.panel, lag=case.lag).effect
    except RefusedError as refused:
        return _refused(WILD_BOOTSTRAP, Design.TWO_WAY, refused)
    return _told(WILD_BOOTSTRAP, Design.TWO_WAY, effect, inferred)


def _told(name: str, design: Design, effect: float, inferred: Inference) -> Alternative:
    return Alternative(name=name, design=design, effect=effect, low=inferred.low, high=inferred.high, p=inferred.p)


def _refused(name: str, design: Design, refused: RefusedError) -> Alternative:
    refusal = replace(refused.refusal, design=design)
    return Alternative(name=name, design=design, effect=None, low=None, high=None, p=None, refusal=refusal)
