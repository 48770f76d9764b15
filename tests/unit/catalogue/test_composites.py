"""A theme score is read as declared, and a part that cannot be weighed is refused with a sentence."""

from datetime import date
from pathlib import Path

import pytest

from wijkpeil import catalogue

TODAY = date(2026, 11, 24)
FILE = "samenstellingen/buurt.toml"
OTHER = "indicatoren/samen_leven/helpt_buren.toml"
TEXT = """
label = "Buurt"
label_en = "Neighbourhood"
theme = "samen_leven"
base_year = 2020
why = "Een voorbeeld."

[[part]]
indicator = "tevreden_met_buurt"
weight = 2
why = "Het oordeel van bewoners zelf."

[[part]]
indicator = "helpt_buren"
weight = 1
why = "Wat bewoners doen."

[review]
author = "a@voorbeeldstad.example"
checked_by = "b@voorbeeldstad.example"
review_due = 2030-01-01
"""


@pytest.fixture
def scored(folder: Path) -> Path:
    """The starter with a second judged indicator and a theme score of both."""
    first = (folder / "indicatoren/samen_leven/tevreden_met_buurt.toml").read_text(encoding="utf-8")
    (folder / OTHER).write_text(first, encoding="utf-8")
    (folder / FILE).parent.mkdir()
    (folder / FILE).write_text(TEXT, encoding="utf-8")
    return folder


def test_a_folder_without_theme_scores_has_none(folder):
    assert catalogue.load(folder, today=TODAY)[0].composites == ()


def test_a_theme_score_is_read_with_its_parts_and_shares(scored):
    (composite,) = catalogue.load(scored, today=TODAY)[0].composites
    assert (composite.id, composite.theme, composite.base_year) == ("buurt", "samen_leven", 2020)
    assert composite.shares == {"tevreden_met_buurt": pytest.approx(2 / 3), "helpt_buren": pytest.approx(1 / 3)}
    assert composite.parts[1].why == "Wat bewoners doen."


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ('"helpt_buren"', '"tevreden_met_buurt"', "part[2].indicator", "telt al mee"),
        ('"helpt_buren"', '"inwoners"', "part[2].indicator", "geen betere kant"),
        ('"helpt_buren"', '"inwoners"', "part[2].indicator", "Aantallen en klassen"),
        ('"helpt_buren"', '"helpt_burn"', "part[2].indicator", "Er is geen indicator met deze id"),
        ("base_year = 2020", "base_year = 2019", "part[1].indicator", "geen cijfer over het basisjaar 2019"),
        ("weight = 1", "weight = 0", "part[2].weight", "groter dan 0"),
        ('why = "Wat bewoners doen."', "", "part[2].why", "ontbreekt"),
        ('theme = "samen_leven"', 'theme = "geluk"', "theme", "Er is geen thema met deze id"),
        ("2030-01-01", "2020-01-01", "review.review_due", "opnieuw bekeken"),
    ],
)
def test_what_cannot_be_weighed_is_refused_where_it_stands(scored, change, complaints, old, new, place, words):
    change(FILE, old, new)
    assert any(one.file == FILE and one.place == place and words in one.sentence for one in complaints()), [
        str(one) for one in complaints()
    ]


def test_a_score_of_one_part_is_no_score(scored, complaints):
    (scored / FILE).write_text(TEXT.replace(TEXT[TEXT.rindex("[[part]]") : TEXT.index("[review]")], ""), "utf-8")
    assert [one.place for one in complaints()] == ["part"]


@pytest.mark.parametrize("part", ["part = 3", "part = [1, 2]", "[part]\nindicator = 3"])
def test_odd_parts_give_complaints_and_no_traceback(scored, complaints, part):
    head, tail = TEXT[: TEXT.index("[[part]]")], TEXT[TEXT.index("[review]") :]
    (scored / FILE).write_text(f"{head}{part}\n{tail}", "utf-8")
    assert complaints()


def test_the_packaged_scores_have_a_reason_for_every_weight():
    policy = catalogue.load(catalogue.packaged_folder(), today=TODAY)[0]
    assert {one.id for one in policy.composites} == {"bestaanszekerheid", "veiligheid_rotterdam"}
    for composite in policy.composites:
        assert sum(composite.shares.values()) == pytest.approx(1)
        assert all(len(part.why) > 30 for part in composite.parts)
