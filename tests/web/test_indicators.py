"""The pages of indicators: every area with its margin and never a ranking, what is missing with its reason, a file."""

import csv
import io
import re

import pytest

from wijkpeil.publication import Shelf
from wijkpeil.publication.everywhere import latest_periods

LIST = "/editie/voorbeeld/indicatoren"
CITY = "GM9001"


@pytest.fixture(scope="module")
def edition(example_shelf):
    return Shelf(example_shelf).open("voorbeeld")


@pytest.fixture(scope="module")
def judged(edition):
    """An indicator with a better side, a series and a margin."""
    there = latest_periods(edition)
    for one in edition.policy.indicators:
        figures = edition.figures(indicator=one.id).drop_nulls("low")
        if one.is_judged and one.id in there and figures["period"].n_unique() > 1:
            return one
    raise AssertionError("The example has no judged indicator with a series.")


def at(id_: str, **query: str) -> str:
    return f"/editie/voorbeeld/indicator/{id_}?" + "&".join(f"{name}={value}" for name, value in query.items())


def page(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()[-800:]
    return answer.content.decode()


def rows(written: str) -> list[str]:
    part = written.split('class="dots"')[1].split("</table>")[0]
    return re.findall(r'<tr><th scope="row"><a href="[^"]+">([^<]+)</a>', part)


def test_every_indicator_is_listed_once_with_how_it_is_known_and_of_when(client, edition):
    written = page(client, LIST)
    for one in edition.policy.indicators:
        assert written.count(f'href="/editie/voorbeeld/indicator/{one.id}"') == 1
    assert any(word in written for word in ("geteld<br>", "gevraagd<br>", "geschat<br>"))


def test_a_theme_without_figures_is_listed_and_says_so(client, edition):
    written = page(client, LIST)
    assert all(f'id="{theme}"' in written for theme in edition.policy.theme)


@pytest.mark.parametrize("level", ["wijk", "programmagebied"])
def test_every_area_of_the_gemeente_is_on_the_page_with_a_figure_or_a_reason(client, edition, judged, level):
    written = page(client, at(judged.id, gemeente=CITY, niveau=level))
    areas = edition.areas.filter(level=level, gemeente=CITY)
    assert areas.height
    assert all(name in written for name in areas["name"])


def test_areas_stand_by_name_or_by_code_and_never_by_their_figure(client, edition, judged):
    by_name = rows(page(client, at(judged.id, gemeente=CITY, niveau="wijk")))
    by_code = rows(page(client, at(judged.id, gemeente=CITY, niveau="wijk", volgorde="code")))
    assert by_name == sorted(by_name, key=str.casefold)
    areas = edition.areas.filter(gemeente=CITY, level="wijk")
    codes = dict(zip(areas["name"], areas["code"], strict=True))
    assert [codes[name] for name in by_code] == sorted(codes[name] for name in by_code)
    assert client.get(at(judged.id, gemeente=CITY, volgorde="waarde")).status_code == 400


def test_the_comparator_and_the_period_stand_in_the_caption_of_the_table(client, judged):
    written = page(client, at(judged.id, gemeente=CITY, vergelijking="country"))
    caption = re.search(r"<caption>([^<]+)</caption>", written)[1]
    assert "naast Voorbeeldland" in caption
    assert re.search(r"\d{4}", caption)


def test_without_a_gemeente_all_gemeenten_are_shown(client, edition, judged):
    shown = rows(page(client, at(judged.id)))
    gemeenten = edition.areas.filter(level="gemeente")["name"].to_list()
    assert set(shown) <= set(gemeenten)
    assert shown


def test_each_area_on_the_map_is_a_link_that_says_its_figure(client, judged):
    written = page(client, at(judged.id, gemeente=CITY))
    drawn = written.split('class="map"')[1].split("</svg>")[0]
    spots = re.findall(r'<a href="/editie/voorbeeld/gebied/[^"]+" aria-label="([^"]+)">', drawn)
    assert spots
    assert all(re.search(r": .*(\d|geen cijfer)", one) for one in spots)


def test_no_figure_on_a_map_is_hatched_and_worded(client, edition):
    for one in edition.policy.indicators:
        written = page(client, at(one.id, gemeente=CITY, niveau="wijk"))
        if "geen cijfer (" in written and 'class="map"' in written:
            assert 'fill="url(#kaart-absent)"' in written
            assert 'class="swatch is-absent"' in written
            return
    pytest.fail("No map of the example has an area without a figure.")


def test_what_is_missing_is_listed_under_its_reason(client, edition):
    areas = edition.areas.filter(level="wijk").select("gemeente", "name", area="code")
    hidden = edition.figures().filter(status="too_few").join(areas, on="area")
    for row in hidden.unique("indicator", keep="last", maintain_order=True).iter_rows(named=True):
        query = {"gemeente": row["gemeente"], "niveau": "wijk", "periode": str(row["period"])}
        answer = client.get(at(row["indicator"], **query))
        if answer.status_code == 200:
            missing = answer.content.decode().split("Gebieden zonder cijfer")[1]
            assert "over te weinig mensen" in missing
            assert row["name"] in missing
            return
    pytest.fail("The example hides no figure of a wijk.")


def test_a_funnel_has_its_sentences_and_a_distribution_its_city(client, judged):
    written = page(client, at(judged.id, gemeente=CITY, niveau="wijk"))
    assert "Wie is een uitzondering?" in written
    assert re.search(r"wijk(t|en) er|Er is geen trechter", written)
    assert "ligt de middelste helft tussen" in written


def test_the_page_says_what_the_figure_does_not(client, edition, judged):
    written = page(client, at(judged.id))
    assert "Wat het niet zegt" in written or not judged.not_for
    assert "Licentie:" in written


def test_the_file_has_what_is_on_the_page(client, edition, judged):
    answer = client.get(f"/editie/voorbeeld/indicator/{judged.id}.csv?gemeente={CITY}&niveau=wijk&vergelijking=city")
    found = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert answer["Content-Type"].startswith("text/csv")
    assert {row["gebied"] for row in found} == set(edition.areas.filter(level="wijk", gemeente=CITY)["code"])
    assert {row["vergelijking"] for row in found} == {"city"}
    figures = edition.figures(indicator=judged.id)
    for row in found:
        [known] = figures.filter(area=row["gebied"], period=int(row["periode"])).to_dicts() or [None]
        assert row["waarde"] == ("" if known is None or known["value"] is None else str(known["value"]))


@pytest.mark.parametrize(
    "query",
    [
        {"gemeente": "GM0000"},
        {"niveau": "straat"},
        {"periode": "1066"},
        {"periode": "gisteren"},
        {"vergelijking": "../../etc"},
        {"periode": "9" * 4000},
        {"vergelijking": "look_alikes"},
    ],
)
def test_a_question_that_cannot_be_answered_gets_a_sentence(client, judged, query):
    answer = client.get(at(judged.id, **query))
    assert answer.status_code == 400
    assert "Traceback" not in answer.content.decode()


def test_an_unknown_indicator_is_not_there(client):
    assert client.get("/editie/voorbeeld/indicator/bestaat_niet").status_code == 404
    assert client.get("/editie/voorbeeld/indicator/bestaat_niet.csv").status_code == 404


@pytest.mark.slow
def test_no_page_of_an_indicator_shows_a_number_that_is_none(client, edition):
    for one in edition.policy.indicators[::7]:
        for query in ({}, {"gemeente": CITY}, {"gemeente": CITY, "niveau": "wijk"}, {"niveau": "programmagebied"}):
            written = page(client, at(one.id, **query))
            words = re.sub(r"<[^>]+>", " ", written)
            assert not re.search(r"\b(nan|NaN|None|inf)\b", words), (one.id, query)
