"""Many comparisons: what is tested together is adjusted together, and nothing else."""

import numpy as np

from wijkpeil.analysis.tree import Floats, Ints


def adjusted(p: Floats, family: Ints) -> Floats:
    """Give the q-value of every p-value within its family (Benjamini and Hochberg); unknown stays unknown.

    Of all that is claimed at q <= 0.05 at most about one in twenty is false. Cells that are not tested are not
    in the family: they would make the claims about others either too easy or too hard.

    Parameters are p-values (0-1, NaN where nothing is tested) and the number of the family of each. Source:
    Benjamini, Hochberg (1995), J. R. Statist. Soc. B 57, 289-300; ``scipy.stats.false_discovery_control``.
    """
    from scipy import stats  # takes a second to import, and whoever only reads figures adjusts nothing

    q = np.full(p.shape, np.nan)
    tested = ~np.isnan(p)
    for one in np.unique(family[tested]):
        inside = tested & (family == one)
        q[inside] = stats.false_discovery_control(p[inside], method="bh")
    return q
