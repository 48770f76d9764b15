"""The local-level model finds what Durbin and Koopman found for the yearly flow of the Nile, 1871-1970."""

import numpy as np
import polars as pl
import pytest

from wijkpeil.analysis.trend import Series, forwards, most_likely_step, trend

NILE = (
    "1120 1160 963 1210 1160 1160 813 1230 1370 1140 995 935 1110 994 1020 960 1180 799 958 1140 1100 1210 1150 1250 "
    "1260 1220 1030 1100 774 840 874 694 940 833 701 916 692 1020 1050 969 831 726 456 824 702 1120 1100 832 764 821 "
    "768 845 864 862 698 845 744 796 1040 759 781 865 845 944 984 897 822 1010 771 676 649 846 812 742 801 1040 860 "
    "874 848 890 744 749 838 1050 918 986 797 923 975 815 1020 906 901 1170 912 746 919 718 714 740"
)


@pytest.fixture(scope="module")
def nile() -> np.ndarray:
    return np.array(NILE.split(), dtype=float)


def test_variances_and_likelihood_are_those_of_durbin_and_koopman(nile):
    series = Series(value=nile[None], error=np.ones((1, 100)), is_known=np.array([False]))
    step = most_likely_step(series, each=True)
    passed = forwards(series, step)
    assert passed.scale[0] == pytest.approx(15099, abs=1), "Durbin, Koopman (2012), 2.10.3"
    assert step[0] * passed.scale[0] == pytest.approx(1469.1, abs=0.5)
    assert passed.log_likelihood[0] - 99 / 2 * np.log(2 * np.pi) == pytest.approx(-632.55, abs=0.01)


def test_the_end_of_the_line_has_the_published_error(nile):
    # the steady state of the filter: P = (q + sqrt(q^2 + 4 q s)) / 2 ahead, s P / (P + s) = 4032.16 after a figure
    line = trend(
        pl.DataFrame({"area": ["Nijl"] * 100, "period": range(1871, 1971), "value": nile, "se": [15099**0.5] * 100})
    )
    width = (line["high"][-1] - line["low"][-1]) / 2 / 1.959963984540054
    assert width**2 == pytest.approx(4032.16, rel=2e-3)
