"""A programme at a glance: every neighbourhood and every judged figure, beside a comparator that is named."""

import re
from html import unescape

import pytest

from wijkpeil.publication import Shelf

AT = "/editie/voorbeeld/programma/wijkaanpak"


@pytest.fixture(scope="module")
def edition(example_shelf):
    return Shelf(example_shelf).open("voorbeeld")


def page(client, at: str) -> str:
    answer = client.get(at)
    assert answer.status_code == 200, at
    return unescape(answer.content.decode())


def cells(written: str) -> list[tuple[str, str]]:
    """The class and the hidden sentence of every cell of a rug."""
    body = written[written.index("<tbody>") : written.index("</tbody>")]
    return re.findall(r'<td class="([a-z0-9_-]+)">.*?<span class="unseen">(.*?)</span>', body)


def test_one_programme_is_opened_at_once(client):
    assert client.get("/editie/voorbeeld/programma").headers["Location"] == AT


def test_the_glance_names_every_neighbourhood_and_what_luck_gives(client, edition):
    written = page(client, AT)
    for one in edition.policy.programme["wijkaanpak"].neighbourhoods:
        assert f"/editie/voorbeeld/gebied/wijkaanpak.{one.id}" in written
    assert "Naast de rest van de stad" in written
    assert "Naast gelijkende wijken" in written
    assert "Zou er niets veranderd zijn" in written


def test_every_cell_of_the_rug_is_the_verdict_of_the_edition(client, edition):
    theme = "werken"
    ids = [one.id for one in edition.policy.indicators if one.theme == theme and one.is_judged]
    found = edition.verdicts(comparator="rest_of_city")
    verdict = {(row["area"], row["indicator"]): row["verdict"] for row in found.iter_rows(named=True)}
    written = page(client, f"{AT}/overzicht?thema={theme}")
    codes = re.findall(r'<th scope="row"><a href="/editie/voorbeeld/gebied/([^"]+)"', written)
    drawn = [kind for kind, _ in cells(written) if kind != "count"]
    assert drawn == [f"is-{verdict.get((code, id_), 'not_judged')}" for code in codes for id_ in ids]
    assert len(codes) == 40


@pytest.mark.parametrize("moment", ["verandering", "nu", "begin"])
@pytest.mark.parametrize("beside", ["rest_of_city", "look_alikes", "country"])
def test_the_comparator_stands_in_heading_caption_legend_and_every_cell(client, moment, beside):
    written = page(client, f"{AT}/overzicht?thema=werken&moment={moment}&vergelijking={beside}")
    other = {"rest_of_city": "de rest van de stad", "look_alikes": "gelijkende wijken", "country": "Voorbeeldland"}[
        beside
    ]
    assert re.search(rf"<h2>[^<]*naast {other}</h2>", written)
    assert re.search(rf"<caption[^>]*>[^<]*naast {other}</caption>", written)
    assert f'aria-label="Wat de tekens zeggen, naast {other}"' in written
    said = [sentence for kind, sentence in cells(written) if kind != "count"]
    assert said
    assert all(f"naast {other}" in sentence and len(sentence) > 30 for sentence in said)


def test_a_cell_leads_to_the_theme_of_its_area_and_says_all_in_its_name(client, edition):
    written = page(client, f"{AT}/overzicht?thema=werken")
    [at] = set(re.findall(r'<td class="is-[a-z_]+"><a href="([^"]+)"', written)[:1])
    assert client.get(at).status_code == 200
    assert at.endswith("/werken")
    _, sentence = cells(written)[0]
    assert re.match(r".+, .+: .+ \(naast de rest van de stad\)\. Sinds \d{4}: .+ \(marge.*\)\.", sentence)


def test_a_column_has_its_count_and_what_luck_gives_from_the_outcomes(client, edition):
    written = page(client, f"{AT}/overzicht?thema=werken")
    found = edition.outcomes(comparators=["rest_of_city"])
    ids = [one.id for one in edition.policy.indicators if one.theme == "werken" and one.is_judged]
    rows = {row["indicator"]: row for row in found.iter_rows(named=True)}
    foot = written[written.index("<tfoot>") : written.index("</tfoot>")]
    shown = re.findall(r'<td><span aria-hidden="true">([^<]*)</span>', foot)
    assert shown[: len(ids)] == [
        f"{rows[id_]['smaller']}/{rows[id_]['changes']}" if rows[id_]["changes"] else "–" for id_ in ids
    ]
    for text, id_ in zip(shown[len(ids) :], ids, strict=True):
        row = rows[id_]
        assert (
            text in {"?", "–"} if row["luck_low"] is None else text.startswith(f"{row['luck_low']}–{row['luck_high']}")
        )


def test_the_whole_rug_is_one_light_page_without_links_in_its_cells(client, edition):
    answer = client.get(f"{AT}/overzicht?thema=alle", headers={"Accept-Encoding": "gzip"})
    assert len(answer.content) < 40_000
    written = page(client, f"{AT}/overzicht?thema=alle")
    judged = [one for one in edition.policy.indicators if one.is_judged]
    assert len([kind for kind, _ in cells(written) if kind != "count"]) == 40 * len(judged)
    assert '<td class="is-cannot_tell"><a' not in written


def test_the_quadrant_names_its_corners_and_says_what_has_no_ellipse(client, edition):
    written = page(
        client, f"{AT}/kwadrant?indicator=werkt" if "werkt" in edition.policy.indicator else f"{AT}/kwadrant"
    )
    for corner in ("op koers", "haalt in", "zakt weg", "raakt achter"):
        assert f">{corner}</text>" in written
    assert 'class="both is-' in written
    assert "uit de drie marges die we publiceren" in written
    ids = re.findall(r'<option value="([a-z0-9_]+)"', written)
    modelled = next(
        one.id for one in edition.policy.indicators if one.id in ids and one.nature == "modelled" and one.is_judged
    )
    without = page(client, f"{AT}/kwadrant?indicator={modelled}")
    assert 'class="both' not in without
    assert "hebben geen ellips" in without


def test_only_figures_with_a_change_and_a_better_side_are_offered_in_the_quadrant(client, edition):
    offered = set(re.findall(r'<option value="([a-z0-9_]+)"', page(client, f"{AT}/kwadrant"))) & set(
        edition.policy.indicator
    )
    known = edition.verdicts(comparator="rest_of_city").drop_nulls("change")["indicator"].unique()
    assert offered == {id_ for id_ in known if edition.policy.indicator[id_].is_judged}


def test_the_outcomes_have_a_table_per_theme_and_how_to_read_them(client):
    written = page(client, f"{AT}/uitkomsten?vergelijking=look_alikes")
    assert "naast gelijkende wijken?</h2>" in written
    assert written.count("<caption>") >= 5
    assert "Door toeval" in written
    assert "**" not in written


@pytest.mark.parametrize(
    "asked",
    ["overzicht?thema=weg", "overzicht?moment=straks", "kwadrant?indicator=nee", "uitkomsten?vergelijking=niets"],
)
def test_a_question_that_is_none_gets_a_sentence_with_what_can_be_asked(client, asked):
    answer = client.get(f"{AT}/{asked}")
    assert answer.status_code == 400
    assert "Kies uit:" in answer.content.decode()


def test_a_programme_that_is_not_there_is_not_found(client):
    assert client.get("/editie/voorbeeld/programma/anders").status_code == 404


@pytest.mark.parametrize("at", ["", "/overzicht", "/overzicht?moment=nu", "/kwadrant", "/uitkomsten"])
def test_every_page_is_there_in_english_and_shows_no_empty_value(client, at):
    written = page(client, f"/en{AT}{at}")
    assert "None" not in written
    assert "nan" not in re.findall(r">\s*(nan|NaN)\s*<", written)
