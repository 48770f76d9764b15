"""A profile says what edition and programme support, in both languages, and where there is nothing it says so."""

from dataclasses import replace

import pytest

from pdf_reading import text_of
from wijkpeil.domain.area import Level
from wijkpeil.portrayal.language import language
from wijkpeil.reports.checking import check
from wijkpeil.reports.document import Figure, Heading, Table, Text, every_block, words_of
from wijkpeil.reports.profile import address, profile
from wijkpeil.reports.state import ProgrammeState, state_hash
from wijkpeil.reports.typesetting import compile_pdf

LONG = "Zuidwesterkwartier en de Nieuwe Tuinen van Sint-Jansgeleen-Oost"


def made(about, state=None, code: str = "nl"):
    return profile(about, language(code), edition_hash="ab" * 32, state=state)


def all_words(whole) -> str:
    """Give every text of a document, however deep."""
    found: list[str] = []

    def walk(thing) -> None:
        if isinstance(thing, str):
            found.append(thing)
        elif isinstance(thing, tuple | list):
            if thing and all(type(one).__name__ == "Span" for one in thing):
                found.append(words_of(thing))
            else:
                for one in thing:
                    walk(one)
        elif hasattr(thing, "__dataclass_fields__") and type(thing).__name__ != "Printed":
            for one in vars(thing).values():
                walk(one)

    walk(whole.blocks)
    return "\n".join(found)


def part(whole, id_: str) -> list:
    """Give the blocks between a heading and the next one of the same level or above."""
    found, level = [], 0
    for block in whole.blocks:
        if isinstance(block, Heading):
            if level and block.level <= level:
                break
            level = block.level if block.id == id_ else level
        if level:
            found.append(block)
    return found


def table(whole, id_: str) -> list[list[Text]]:
    found = next(one for one in every_block(whole.blocks) if isinstance(one, Table) and one.id == id_)
    return [[" ".join(words_of(line) for line in cell) for cell in row] for row in found.rows]


def test_every_strip_stands_beside_both_comparators(about):
    said = all_words(made(about))
    assert said.count("Rest van de stad: ") >= 3
    assert said.count("Gelijkende wijken: ") >= 3


def test_every_picture_tells_its_numbers_and_names_no_one_else(about):
    pictures = [one for one in every_block(made(about).blocks) if isinstance(one, Figure)]
    assert len(pictures) > 5
    assert all(any(letter.isdigit() for letter in one.alt) for one in pictures)


def test_without_a_state_the_profile_says_that_there_is_none(about):
    whole = made(about)
    assert "geen stand van een programma gegeven" in all_words(whole)
    assert not whole.provenance.state_hash
    assert not [one for one in whole.blocks if isinstance(one, Table)]


def test_what_a_partner_reports_stands_beside_what_was_found(about, state):
    what, who, money, due, reported, found = table(made(about, state), "tabel-afspraken-1")[0]
    assert (what, who, money) == ("Honderd woningen opknappen", "Woonbedrijf", "€\xa02.500.000")
    assert "te laat" in due
    assert reported.startswith("nagekomen")
    assert found.startswith("deels nagekomen")


def test_an_ambition_is_told_apart_from_the_gap(about, state):
    said = "\n".join(map(str, part(made(about, state), "ambities")))
    assert "betekent niet dat de ambitie is gehaald" in said


@pytest.mark.parametrize("count", [0, 1, 40])
def test_no_measure_one_and_forty_make_a_profile(about, state, count):
    one = state.measures[0]
    measures = tuple(replace(one, name=f"Maatregel {number}") for number in range(count))
    whole = made(about, replace(state, measures=measures))
    said = all_words(whole)
    if count:
        assert len(table(whole, "tabel-maatregelen")) == min(count, 8)
    assert ("Er zijn geen maatregelen gepubliceerd." in said) == (count == 0)
    assert ("Nog 32 maatregelen" in said) == (count == 40)
    compile_pdf(whole)


def test_measures_that_should_move_a_figure_are_marked_under_its_line(about, state):
    def marked(whole) -> int:
        pictures = [one for one in every_block(whole.blocks) if isinstance(one, Figure)]
        return sum("Maatregel 0" in one.alt for one in pictures)

    moved = next(one.indicator.id for one in about.readings if one.has_series and one.indicator.is_judged)
    aimed = replace(state, measures=tuple(replace(one, indicators=(moved,)) for one in state.measures), decisions=())
    astray = replace(state, measures=tuple(replace(one, indicators=()) for one in state.measures), decisions=())
    assert marked(made(about, aimed)) == 2
    assert marked(made(about, astray)) == 0


def test_only_what_is_of_this_area_its_city_or_the_programme_is_told(about, state):
    elsewhere = replace(state.stories[0], area="WK999999", title="Elders")
    city = replace(state.stories[0], area="", city=about.area.gemeente, title="In de stad")
    other = replace(state.stories[0], area="", city="GM9999", title="Andere stad")
    said = all_words(made(about, replace(state, stories=(elsewhere, city, other))))
    assert "In de stad" in said
    assert "Elders" not in said
    assert "Andere stad" not in said


def test_the_state_that_is_hashed_is_what_is_told_here(about, state):
    here = state.of(about.area.code, about.area.gemeente)
    assert made(about, state).provenance.state_hash == state_hash(here)
    more = replace(state.stories[0], area="WK999999", title="Elders")
    assert made(about, replace(state, stories=(*state.stories, more))).provenance.state_hash == state_hash(here)


def test_an_area_without_a_figure_says_so_and_draws_nothing(about):
    bare = replace(about, readings=tuple(replace(one, figures=(), judgements={}) for one in about.readings))
    whole = check(made(bare))
    said = all_words(whole)
    assert "geen cijfers die we mogen laten zien" in said
    assert "nog geen cijfers over tijd" in said
    assert not [one for one in every_block(whole.blocks) if isinstance(one, Figure)]
    assert 1 <= text_of(compile_pdf(whole)).count("Colofon") <= 2


@pytest.mark.parametrize("level", list(Level))
def test_every_level_of_area_has_a_profile_with_a_long_name(about, level):
    named = replace(about, area=replace(about.area, name=LONG, level=level))
    said = " ".join(text_of(compile_pdf(made(named))).replace("\ufffe\r\n", "").split())
    assert LONG.split()[0] in said


def test_english_has_an_english_frame_and_keeps_the_words_of_people(about, state):
    whole = made(about, state, code="en")
    assert whole.language == "en"
    assert "We groeten elkaar." in all_words(whole)


def test_the_address_keeps_the_edition(about):
    assert (
        address(about, "https://wijkpeil.nl/")
        == f"https://wijkpeil.nl/editie/{about.edition.id}/gebied/{about.area.code}"
    )
    assert address(about, "").startswith("/editie/")


def test_years_without_a_gap_are_written_as_a_stretch():
    from wijkpeil.reports.profile import _years

    assert _years("2005, 2006, 2007 en 2012") == "2005–2007, 2012"


def test_an_invented_country_is_warned_of_before_anything_else(about):
    whole = made(replace(about, edition=replace(about.edition, fictional=True)))
    assert whole.blocks[0].alarm
    assert whole.blocks[0].title == "VERZONNEN LAND"


def test_a_state_without_anything_says_so_part_by_part(about):
    said = all_words(made(about, ProgrammeState(programme="wijkaanpak", taken_on=about.edition.made_on)))
    for sentence in (
        "Er zijn geen ambities vastgelegd.",
        "Er zijn geen afspraken gepubliceerd.",
        "Er zijn geen maatregelen gepubliceerd.",
        "Er zijn nog geen verhalen uit de wijk.",
    ):
        assert sentence in said
