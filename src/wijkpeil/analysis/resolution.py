"""How precisely a publisher writes a figure, read off the figures themselves."""

import numpy as np

from wijkpeil.analysis.tree import Floats

FEWEST = 20
"""Fewer figures than this do not show on what they were rounded."""

_DIFFERENT = 5
_ENOUGH = 0.9
_LOOK_AT = 2000
_STEPS = 10.0 ** np.arange(4, -5, -1)
_DUST = 1e-6


def step_of(values: Floats) -> float:
    """Give the power of ten (10,000 to 0.0001) of which nearly all figures are a multiple, 0 where there is none.

    A share that is published as a whole percentage has 0.01. Its rounding error is as likely anywhere within half a
    step, which is a variance of step^2/12. Figures that were apportioned over a border or copied from
    another table may lie elsewhere: nine in ten are enough. Zeros, ones and unknown figures show nothing,
    nor do fewer than five different figures.
    """
    shown = values[np.isfinite(values) & (values != 0) & (values != 1)]
    if len(shown) < FEWEST:
        return 0.0
    some = np.abs(shown[:: -(-len(shown) // _LOOK_AT)])
    if len(np.unique(some)) < _DIFFERENT:
        return 0.0
    for step in _STEPS[np.quantile(some, 1 - _ENOUGH) >= _STEPS]:
        multiple = some / step
        if (np.abs(multiple - np.rint(multiple)) < _DUST * np.maximum(multiple, 1)).mean() >= _ENOUGH:
            return float(step)
    return 0.0
