"""The designs that compare over time, by the name that a study file gives them."""

from collections.abc import Callable

from wijkpeil.domain.study import Design
from wijkpeil.effects.before_after import before_after
from wijkpeil.effects.design import Comparing
from wijkpeil.effects.differences import differences
from wijkpeil.effects.doubly_robust import doubly_robust
from wijkpeil.effects.imputation import imputation
from wijkpeil.effects.matching import matched
from wijkpeil.effects.synthetic_control import synthetic_control
from wijkpeil.effects.synthetic_differences import synthetic_differences
from wijkpeil.effects.two_way import two_way

SYNTHETIC = frozenset({Design.SYNTHETIC_CONTROL, Design.SYNTHETIC_DIFFERENCES})
"""Designs that make a likeness of the treated areas out of others."""

COMPARING = SYNTHETIC | {
    Design.DIFFERENCES,
    Design.IMPUTATION,
    Design.TWO_WAY,
    Design.MATCHED_DIFFERENCES,
    Design.BEFORE_AFTER,
}
"""Designs that ``comparing`` makes; the threshold and the interrupted series are of another kind."""


_ALONE = 5
_PER_COVARIATE = 5
"""With fewer treated areas for each covariate their odds are mostly chance, and the regression is used alone."""


def comparing(design: Design, *, covariates: int = 0, treated: int = 0) -> Comparing:
    """Make a design of ``COMPARING``; raises ``KeyError`` for another.

    With ``covariates`` (so many) differences are doubly robust, or adjusted by regression
    alone where too few areas are ``treated`` to tell their odds. Few treated areas get a synthetic control each, more
    of them one together: ``is_pooled``.
    """
    if design is Design.DIFFERENCES and covariates:
        return doubly_robust(by_odds=treated >= _PER_COVARIATE * covariates)
    if design is Design.SYNTHETIC_CONTROL:
        return synthetic_control(pooled=is_pooled(treated))
    return _MADE[design]()


def is_pooled(treated: int) -> bool:
    """Say whether so many treated areas get one synthetic control together: their mean is easier to resemble."""
    return treated > _ALONE


_MADE: dict[Design, Callable[[], Comparing]] = {
    Design.DIFFERENCES: differences,
    Design.IMPUTATION: imputation,
    Design.TWO_WAY: two_way,
    Design.MATCHED_DIFFERENCES: matched,
    Design.SYNTHETIC_DIFFERENCES: synthetic_differences,
    Design.BEFORE_AFTER: before_after,
}
