"""What is tested together is adjusted together, as a library does it that writes the same method."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from wijkpeil.analysis.family import adjusted

P = st.one_of(st.floats(0, 1), st.just(np.nan), st.sampled_from([0.0, 0.05, 1.0]))


@given(cells=st.lists(st.tuples(P, st.integers(0, 3)), max_size=40))
def test_every_family_by_itself_is_adjusted_as_scipy_does_and_what_is_not_tested_stays_unknown(cells):
    p, family = np.array([p for p, _ in cells], dtype=float), np.array([one for _, one in cells], dtype=np.int64)
    q = adjusted(p, family)
    for one in range(4):
        inside = (family == one) & ~np.isnan(p)
        if inside.any():
            np.testing.assert_allclose(q[inside], stats.false_discovery_control(p[inside]), rtol=1e-12)
    np.testing.assert_array_equal(np.isnan(q), np.isnan(p))
