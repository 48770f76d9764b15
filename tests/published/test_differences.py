"""The minimum wage and teenagers at work: what R's own packages, and Card and Krueger in 1994, found."""

import csv
from pathlib import Path

import numpy as np
import pytest

from wijkpeil.effects.differences import differences
from wijkpeil.effects.doubly_robust import doubly_robust
from wijkpeil.effects.imputation import imputation
from wijkpeil.effects.large_sample import Printed, as_software_prints_it
from wijkpeil.effects.panel import panel
from wijkpeil.effects.two_way import as_older_studies_print_it, two_way

pytestmark = pytest.mark.real

FIRST = 2003


def rows(file: Path) -> list[dict[str, str]]:
    with file.open() as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def cases(shared: Path) -> Path:
    return shared / "cases" / "statistics"


@pytest.fixture(scope="module")
def counties(cases):
    """Give employment of teenagers in 500 counties, 2003-2007, with the year in which their state raised the wage."""
    lines = sorted(rows(cases / "mpdta.csv"), key=lambda row: (row["countyreal"], row["year"]))
    first = lines[::5]
    starts = [int(row["first.treat"]) - FIRST if row["first.treat"] != "0" else 5 for row in first]
    return panel(
        np.reshape([float(row["lemp"]) for row in lines], (-1, 5)),
        starts,
        areas=[row["countyreal"] for row in first],
        periods=range(FIRST, FIRST + 5),
        covariates=[[float(row["lpop"])] for row in first],
        names=("lpop",),
    )


def printed(found):
    """Give what ``did`` prints: by table, and the two keys of a line in it (years, or times since the start)."""
    lines = {("attgt", start + FIRST, period + FIRST): one for (start, period), one in found.group_time().items()}
    lines["simple", None, None] = found.simple()
    for name, (overall, each), shift in (
        ("dynamic", found.dynamic(), 0),
        ("group", found.group(), FIRST),
        ("calendar", found.calendar(), FIRST),
    ):
        lines[name, None, None] = overall
        lines |= {(f"{name}_e", key + shift, None): one for key, one in each.items()}
    return lines


def as_in_did_2_1_2(tables):
    """Give the error of the average over cohorts with a slip of ``did`` 2.1.2: it takes every cohort for the first.

    Where it adds that the shares of the cohorts are a sample, it reads the members of the first three *cells*, all of
    the first cohort. The error is 0.25% smaller for it (0.012415 for 0.012446); ours does not repeat it.
    """
    starts = np.unique(tables.cells[:, 0])
    mine = [(tables.cells[:, 0] == start) & (tables.cells[:, 1] >= start) for start in starts]
    effects = np.array([tables.effects[one].mean() for one in mine])
    share = np.array([(tables.start == start).mean() for start in starts])
    part = share / share.sum()
    off = (tables.start == starts[0])[None] - share[:, None]
    sampled = effects @ (off - part[:, None] * off.sum(axis=0)) / share.sum()
    influence = part @ np.stack([tables.influence[one].mean(axis=0) for one in mine]) + sampled
    return Printed(
        effect=float(part @ effects), se_if_many_treated=float(np.sqrt((influence**2).mean() / len(influence)))
    )


def test_the_error_of_the_average_over_cohorts_is_that_of_the_other_packages(counties):
    overall, _ = as_software_prints_it(counties).group()
    assert overall.se_if_many_treated == pytest.approx(0.012446, abs=1e-6)


@pytest.mark.parametrize("covariates", ["~1", "~lpop"])
@pytest.mark.parametrize("control", ["nevertreated", "notyettreated"])
def test_every_line_of_callaway_and_santanna_is_that_of_r(cases, counties, covariates, control):
    tables = as_software_prints_it(
        counties, not_yet_treated=control == "notyettreated", by_covariates=covariates == "~lpop"
    )
    found = printed(tables)
    expected = {
        (row["type"], *(None if row[key] == "NA" else int(row[key]) for key in "ab")): row
        for row in rows(cases / "mpdta_R_did_reference.csv")
        if row["xformla"] == covariates and row["control"] == control
    }
    assert expected.keys() == found.keys() and len(expected) == 30
    found["group", None, None] = as_in_did_2_1_2(tables)
    for key, row in expected.items():
        assert found[key].effect == pytest.approx(float(row["att"]), abs=1e-6), key
        assert found[key].se_if_many_treated == pytest.approx(float(row["se"]), abs=1e-5), key


def test_the_designs_that_are_used_give_the_same_effects(counties):
    assert differences().estimate(counties).effect == pytest.approx(-0.039951, abs=1e-6)
    assert doubly_robust().estimate(counties).effect == pytest.approx(-0.041752, abs=1e-6)
    late = differences(not_yet_treated=True).estimate(counties).effect
    assert late == pytest.approx(-0.0397636, abs=1e-6)
    path = differences().estimate(counties).path[counties.event_times >= 0]
    assert path[:4] == pytest.approx([-0.019932, -0.050957, -0.137259, -0.100811], abs=1e-6)


def test_the_regression_of_older_studies_is_that_of_plm(counties):
    found = as_older_studies_print_it(counties)
    assert found.effect == pytest.approx(-0.036549, abs=1e-6)
    assert two_way().estimate(counties).effect == pytest.approx(found.effect, abs=1e-12)
    assert found.se_if_many_treated == pytest.approx(0.013241, rel=0.003)


@pytest.fixture(scope="module")
def staff(cases):
    """Give the staff (full-time equivalents) of 410 shops before and after, NaN where unknown, and who is in NJ."""
    lines = sorted(rows(cases / "card_krueger.csv"), key=lambda row: (int(row["id"]), row["d"]))
    staff = [np.nan if row["fte"] == "NA" else float(row["fte"]) for row in lines]
    return np.reshape(staff, (-1, 2)), np.array([row["nj"] == "1" for row in lines[::2]])


def test_all_shops_with_figures_of_card_and_krueger_1994_give_2_76_more(staff):
    figures, in_nj = staff
    means = np.array([np.nanmean(figures[in_nj], axis=0), np.nanmean(figures[~in_nj], axis=0)])
    assert means.ravel() == pytest.approx([20.44, 21.03, 23.33, 21.17], abs=0.005)
    assert differences().estimate(panel(means, [1, 2])).effect == pytest.approx(2.754, abs=5e-4)


def test_the_shops_seen_twice_by_card_and_krueger_1994_give_2_75_more(staff):
    figures, in_nj = staff
    twice = np.isfinite(figures).all(axis=1)
    data = panel(figures[twice], np.where(in_nj[twice], 1, 2))
    assert len(data.areas) == 384
    for design in (differences(), imputation(), two_way()):
        assert design.estimate(data).effect == pytest.approx(2.750, abs=5e-4)
    assert as_software_prints_it(data).simple().se_if_many_treated == pytest.approx(1.339, abs=0.01)
