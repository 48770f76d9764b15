"""The pages about areas: found, read, compared, composed, and never a hidden figure on them."""

import gzip
import re
from html import unescape

import polars as pl
import pytest
from django.test import override_settings

from wijkpeil.domain.status import HIDDEN
from wijkpeil.publication.records import csv_text, figures_table
from wijkpeil.publication.shelf import Shelf

EDITION = "/editie/voorbeeld"
AREA = f"{EDITION}/gebied/wijkaanpak.9001-03"
EVERY_KIND = ("WK900103", "WK900110", "GM9001", "wijkaanpak.9001-03", "wijkaanpak.alle", "V4", "VL00")
PAGES = (
    EDITION,
    *(f"{EDITION}/gebied/{code}" for code in EVERY_KIND),
    f"{AREA}/inkomen_schulden",
    f"{EDITION}/gebied/GM9001/veiligheid",
    f"{EDITION}/gebied/VL00/wonen",
    f"{EDITION}/vergelijk",
    f"{EDITION}/vergelijk?gebied=WK900103&gebied=GM9001&thema=veiligheid",
    f"{EDITION}/vergelijk?gebied=WK900103&erbij=haven",
    f"{EDITION}/eigen-gebied",
    f"{EDITION}/eigen-gebied?gemeente=GM9001",
    f"{EDITION}/eigen-gebied?deel=WK900103&deel=WK900104&naam=Havenkant",
)


@pytest.fixture(scope="session")
def edition(example_shelf):
    return Shelf(example_shelf).open("voorbeeld")


def page(client, at: str) -> str:
    answer = client.get(at)
    assert answer.status_code == 200, at
    return answer.content.decode()


def words(written: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", written)))


@pytest.mark.parametrize("tongue", ["", "/en"])
@pytest.mark.parametrize("at", PAGES)
def test_every_page_is_there_in_both_languages_without_a_number_that_is_none(client, at, tongue):
    said = words(page(client, f"{tongue}{at}"))
    assert not re.search(r"\b(NaN|nan|None|inf|null)\b", said)


@pytest.mark.parametrize("at", PAGES)
def test_no_page_has_an_inline_style_or_script_and_every_picture_says_what_it_shows(client, at):
    written = page(client, at)
    assert " style=" not in written
    assert not re.search(r"<script(?![^>]*src=)", written)
    pictures = re.findall(r"<svg[^>]*role=\"img\"[^>]*>", written)
    assert all("aria-labelledby=" in one for one in pictures)
    identities = re.findall(r'\bid="([^"]+)"', written)
    assert len(identities) == len(set(identities))


def test_the_start_tells_the_programme_beside_both_comparators_and_what_is_new(client):
    said = words(page(client, EDITION))
    assert "Naast de rest van de stad" in said
    assert "Naast gelijkende wijken" in said
    assert "toeval" in said
    assert "Vorige editie dit is de eerste" in said
    assert "1.225.200" in said


def test_every_neighbourhood_of_the_programme_is_one_click_from_the_start(client, edition):
    written = page(client, EDITION)
    neighbourhoods = edition.areas.filter(pl.col("level") == "programmagebied")["code"]
    assert all(f'href="{EDITION}/gebied/{code}"' in written for code in neighbourhoods)


def test_the_start_counts_the_outcomes_of_an_edition_once(client, monkeypatch):
    from wijkpeil.publication.edition import Edition

    page(client, EDITION)
    monkeypatch.setattr(Edition, "outcomes", lambda *_, **__: pytest.fail("counted again"))
    page(client, EDITION)


def test_a_code_without_an_edition_goes_to_the_newest(client):
    assert client.get("/gebied/WK900103").headers["Location"] == f"{EDITION}/gebied/WK900103"


@pytest.mark.parametrize("code", EVERY_KIND)
def test_the_page_of_an_area_is_small_enough_for_a_phone(client, code):
    assert len(gzip.compress(client.get(f"{EDITION}/gebied/{code}").content, 6)) <= 25_000


def test_an_area_names_both_comparators_its_verdicts_and_what_is_not_known(client):
    said = words(page(client, AREA))
    assert "Oordelen naast de rest van de stad:" in said
    assert "Oordelen naast gelijkende wijken:" in said
    assert "niet te zeggen" in said
    assert "Wat we niet weten" in said


def test_the_first_look_and_the_theme_say_the_same_value(client):
    first = re.search(r"Huishoudens in energiearmoede .*?([\d,]+%)", words(page(client, AREA)))
    full = re.search(r"Huishoudens in energiearmoede ([\d,]+%)", words(page(client, f"{AREA}/inkomen_schulden")))
    assert first is not None
    assert full is not None
    assert first[1] == full[1]


def test_look_alikes_are_links_and_their_likeness_is_in_words(client, edition):
    written = page(client, AREA)
    theirs = edition.look_alikes.filter(pl.col("area") == "wijkaanpak.9001-03")["look_alike"]
    assert len(theirs) > 5
    assert all(f'href="{EDITION}/gebied/{code}"' in written for code in theirs)
    assert "Ze lijken er" in words(written)


def test_a_wijk_leads_to_its_gemeente_and_to_the_neighbourhood_of_the_programme(client):
    written = page(client, f"{EDITION}/gebied/WK900103")
    assert f'href="{EDITION}/gebied/GM9001"' in written
    assert f'href="{EDITION}/gebied/wijkaanpak.9001-03"' in written


def test_a_gemeente_leads_to_everything_in_it(client, edition):
    written = page(client, f"{EDITION}/gebied/GM9001")
    inside = edition.areas.filter(pl.col("gemeente") == "GM9001", pl.col("level") == "wijk")["code"]
    assert all(f'href="{EDITION}/gebied/{code}"' in written for code in inside)


def test_the_file_of_an_area_holds_what_the_terminal_gives(client, edition):
    answer = client.get(f"{EDITION}/gebied/WK900110.csv")
    wanted = csv_text(figures_table(edition, ["WK900110"], [one.id for one in edition.policy.indicators]))
    assert answer.content.decode() == wanted
    assert answer.headers["Content-Disposition"] == 'attachment; filename="wijkpeil-voorbeeld-WK900110.csv"'


def test_a_theme_tells_definition_caveat_and_sources_beside_the_figures(client):
    said = words(page(client, f"{AREA}/inkomen_schulden"))
    for name in ("De vraag", "Wat we tellen", "Wat het niet zegt", "Bronnen", "Sinds de nulmeting", "Oordeel:"):
        assert name in said


def test_every_indicator_of_a_theme_is_shown_or_has_its_reason(client, edition):
    said = words(page(client, f"{AREA}/gezondheid"))
    assert all(one.label in said for one in edition.policy.indicators if one.theme == "gezondheid")


def hidden_figures(edition) -> pl.DataFrame:
    return edition.figures().filter(
        pl.col("status").is_in([one.value for one in HIDDEN]), pl.col("area").str.starts_with("WK")
    )


def test_a_hidden_figure_has_its_reason_and_no_value_on_the_page(client, edition):
    latest = edition.figures().group_by("area", "indicator").agg(pl.col("period").max())
    every = hidden_figures(edition).group_by("area", "indicator").len()
    shown = edition.figures().filter(pl.col("value").is_not_null()).select("area", "indicator").unique()
    never = every.join(shown, on=["area", "indicator"], how="anti").join(latest, on=["area", "indicator"])
    for row in never.sort("area", "indicator").head(5).iter_rows(named=True):
        indicator = edition.policy.indicator[row["indicator"]]
        written = page(client, f"{EDITION}/gebied/{row['area']}/{indicator.theme}")
        assert f'id="{indicator.id}"' not in written
        assert indicator.label in words(written).partition("Wat we niet weten")[2]


def test_two_to_six_areas_are_compared_by_name_value_margin_and_comparator(client):
    said = words(page(client, f"{EDITION}/vergelijk?gebied=WK900103&gebied=WK900110&thema=veiligheid"))
    assert "Veiligheid, naast de rest van de stad" in said
    assert "verschillende grootte" not in said
    other = words(page(client, f"{EDITION}/vergelijk?gebied=WK900103&gebied=GM9001&vergelijking=look_alikes"))
    assert "naast gelijkende wijken" in other
    assert "verschillende grootte" in other


def test_an_area_is_added_by_its_name_or_chosen_from_those_that_were_meant(client):
    one = page(client, f"{EDITION}/vergelijk?gebied=GM9001&erbij=GM9002")
    assert 'value="GM9002" checked' in one
    many = page(client, f"{EDITION}/vergelijk?gebied=GM9001&erbij=Schippersbuurt")
    assert "Welk gebied bedoel je?" in many
    assert "gebied=GM9001&amp;gebied=" in many


TOO_MANY = "&".join(f"gebied=WK9001{place:02}" for place in range(1, 8))


@pytest.mark.parametrize(
    "at",
    [
        f"{EDITION}/vergelijk?{TOO_MANY}",
        f"{EDITION}/vergelijk?" + "&".join(f"gebied=X{place}" for place in range(1000)),
        f"{EDITION}/vergelijk?gebied=bestaatniet",
        f"{EDITION}/vergelijk?gebied=GM9001&thema=nergens",
        f"{EDITION}/vergelijk?gebied=GM9001&vergelijking=iets",
        f"{EDITION}/eigen-gebied?deel=WK900103&deel=WK900203",
        f"{EDITION}/eigen-gebied?deel=GM9001&deel=WK900103",
        f"{EDITION}/eigen-gebied?deel=bestaatniet",
        f"{EDITION}/eigen-gebied?gemeente=GM0000",
        f"{EDITION}/eigen-gebied?" + "&".join(f"deel=WK9001{place:02}" for place in range(150)),
    ],
)
@pytest.mark.parametrize("tongue", ["", "/en"])
def test_a_bad_question_is_answered_with_a_sentence(client, at, tongue):
    answer = client.get(f"{tongue}{at}")
    assert answer.status_code == 400
    assert 'role="search"' in answer.content.decode()


@pytest.mark.parametrize(
    "code", ["WK000000", "‮GM9001", "%00", "..%2f..%2fetc", "🙂", "GM9001%20", "gm9001", "a" * 3000]
)
@pytest.mark.parametrize("after", ["", ".csv", "/veiligheid"])
def test_an_unknown_code_is_a_page_that_is_not_there(client, code, after):
    assert client.get(f"{EDITION}/gebied/{code}{after}").status_code == 404


def test_an_unknown_theme_is_not_there(client):
    assert client.get(f"{AREA}/nergens").status_code == 404


@pytest.mark.parametrize(
    "at", ["zoek?q=", "vergelijk?erbij=", "eigen-gebied?gemeente=GM9001&naam=", "vergelijk?gebied="]
)
def test_ten_megabytes_of_question_never_break_a_page(client, at):
    with override_settings(DEBUG=False):
        assert client.get(f"{EDITION}/{at}{'x' * 10_000_000}").status_code in {200, 302, 400, 414}


@pytest.mark.parametrize("odd", ["é\u0301\u202e", "<b>x</b>", "\x00", "😀" * 50, "' OR 1=1 --", "%", "\ud7ff"])
def test_odd_letters_are_only_letters(client, odd):
    for at, key in (("zoek", "q"), ("vergelijk", "erbij"), ("eigen-gebied", "naam")):
        answer = client.get(f"{EDITION}/{at}", {key: odd})
        assert answer.status_code == 200
        assert "<b>x</b>" not in answer.content.decode()


def test_an_own_area_has_figures_beside_the_rest_of_the_city_and_a_sentence_for_each_that_is_refused(client):
    said = words(page(client, f"{EDITION}/eigen-gebied?deel=WK900103&deel=WK900104&naam=Havenkant"))
    assert "Havenkant" in said
    assert "rest van de stad" in said
    assert "Wat we niet laten zien" in said
    assert "klasse of een score" in said
    assert "naast gelijkende wijken" not in said


def test_the_choice_of_parts_stays_in_the_address(client):
    written = page(client, f"{EDITION}/eigen-gebied?deel=WK900103&deel=WK900104")
    assert set(re.findall(r'name="deel" value="(\w+)" checked', written)) == {"WK900103", "WK900104"}
