"""The policy that comes with the package is without faults, and carries what the monitor promises."""

from datetime import date

import pytest

from wijkpeil import catalogue
from wijkpeil.domain.indicator import Nature
from wijkpeil.domain.policy import Policy
from wijkpeil.sources.boundaries import BOUNDARY_FORMS
from wijkpeil.sources.forms import FORMS

THEMES = {
    "wonen",
    "leefbaarheid",
    "leren",
    "werken",
    "inkomen_schulden",
    "veiligheid",
    "gezondheid",
    "samen_leven",
    "bevolking",
}


@pytest.fixture(scope="module")
def policy() -> Policy:
    loaded, warnings = catalogue.load(
        catalogue.packaged_folder(), today=date(2026, 11, 24), forms={*FORMS, *BOUNDARY_FORMS}
    )
    assert warnings == ()
    return loaded


def test_at_least_eighty_indicators_over_all_themes(policy):
    assert len(policy.indicators) >= 80
    assert set(policy.theme) >= THEMES
    assert {indicator.theme for indicator in policy.indicators} >= THEMES


def test_population_is_context_and_never_judged(policy):
    assert not [one.id for one in policy.indicators if one.theme == "bevolking" and one.is_judged]


def test_every_indicator_says_what_it_does_not_say(policy):
    assert all(len(one.not_for) > 20 and len(one.definition) > 20 for one in policy.indicators)
    assert all(one.question.endswith("?") for one in policy.indicators)


def test_leefbaarometer_and_rivm_are_modelled(policy):
    for one in policy.indicators:
        if {source.source.split("_")[0].rstrip("123") for source in one.sources} & {"leefbaarometer", "rivm"}:
            assert one.nature is Nature.MODELLED, one.id


def test_forty_stand_on_the_map_year_of_the_edition(policy):
    programme = policy.programme[policy.default_programme]
    assert (programme.id, programme.vintage, policy.map_year) == ("aandachtswijken", 2020, 2020)
    assert len(programme.neighbourhoods) == 40
