"""Many comparisons: what is tested together is adjusted together, and nothing else."""

import numpy as np

from wijkpeil.analysis.tree import Floats, Ints


def adjusted(p: Floats, family: Ints) -> Floats:
    """Give the q-value of every p-value within its family (Benjamini and Hochberg); unknown stays unknown.

    Forty neighbourhoods with 150 figures give 300 false claims where nothing happened and each is tested at 5%.
    What is tested together is therefore adjusted together. Cells that are not tested are not in the family: they
    would make the claims about others either too easy or too hard.

    What it says
    ------------
    Of all that is claimed at q <= 0.05 at most about one in twenty is false.

    What it does not say
    --------------------
    Not which one, and not that a certain claim is 95% sure. It is a mean over many families, also of tests that hang
    together as those of one city do.

    Formula
    -------
    With p(1) <= ... <= p(m) the p-values of one family, ``q(i) = min over j >= i of p(j) m / j``.

    Parameters
    ----------
    p
        p-values (0-1), NaN where nothing is tested.
    family
        The number of the family of each.

    Source
    ------
    Benjamini, Hochberg (1995), J. R. Statist. Soc. B 57, 289-300.

    Written out, since ``scipy.stats`` takes a second to import for these three lines; a test holds the two together.

    Examples
    --------
    Four tests of one family and one that stands alone: 0.04 is a claim by itself, and no longer among four.

    >>> q = adjusted(np.array([0.001, 0.04, 0.3, np.nan, 0.6, 0.04]), np.array([0, 0, 0, 0, 0, 1]))
    >>> q.round(3).tolist()
    [0.004, 0.08, 0.4, nan, 0.6, 0.04]
    """
    q = np.full(p.shape, np.nan)
    tested = np.flatnonzero(~np.isnan(p))
    for one in np.unique(family[tested]):
        inside = tested[family[tested] == one]
        rising = inside[np.argsort(p[inside])]
        each = p[rising] * len(rising) / np.arange(1, len(rising) + 1)
        q[rising] = np.minimum.accumulate(each[::-1])[::-1]
    return q
