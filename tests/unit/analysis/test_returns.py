"""What a programme was chosen on returns by itself; beside look-alikes only where they were sought on the same."""

from dataclasses import replace

import polars as pl

from small_country import indicator, policy, programme
from wijkpeil.analysis.returns import GapsBefore, returns
from wijkpeil.analysis.verdict import judge
from wijkpeil.domain.frames import Changes
from wijkpeil.domain.policy import LookAlikes

CHOSEN = replace(programme(), selected_on=("arm@2006", "arm@2007"))


def judged(*sought_on: str) -> dict[str, object]:
    """The verdict beside look-alikes on a clear change of what the programme was chosen on."""
    rules = policy(
        indicator("arm", materiality=0.01),
        look_alikes=LookAlikes(characteristics=sought_on, number=3, caliper=1.0, minimum_population=0, note=""),
    )
    row = {"area": "WK000100", "indicator": "arm", "comparator": "look_alikes", "baseline": 2007, "latest": 2012}
    row |= {"baseline_status": "in_window", "status": "final", "comparator_status": "final", "gap_baseline": -0.1}
    row |= {"change": 0.05, "change_low": 0.03, "change_high": 0.07, "like_n": 20, "like_more": 0}
    changed = Changes.validate(pl.DataFrame([row], schema=Changes.create_empty().schema))
    found = returns(changed, GapsBefore.create_empty(), policy=rules, programme=CHOSEN)
    return judge(changed, policy=rules, returns=found).row(0, named=True)


def test_look_alikes_that_stood_as_low_return_as_well():
    assert judged("arm@2007")["verdict"] == "catching_up"


def test_look_alikes_that_were_sought_on_something_else_tell_nothing_of_what_returns():
    for sought_on in ((), ("huur@2007",), ("arm@2012",)):
        said = judged(*sought_on)
        assert (said["verdict"], said["reason"], said["not_estimable"]) == ("not_judged", "selected", "not_alike")
