import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from wijkpeil.portrayal import profile
from wijkpeil.portrayal.language import language
from wijkpeil.publication.subject import subject_of

VOID = {"meta", "br", "link", "img", "input", "hr"}


class Page(HTMLParser):
    """Every element of a page, with its attributes and the headings in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.text += data

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module", params=["nl", "en"])
def page(request, about):
    return Page(profile.page(about, language(request.param)))


@pytest.fixture(scope="module")
def dutch_text(about):
    return Page(profile.page(about, language("nl"))).text


def test_the_page_reaches_for_nothing_outside_itself(about):
    text = profile.page(about, language("nl"))
    assert not re.search(r"\b(src|srcset|action|poster)=", text)
    assert not re.search(r"url\(|@import|<script|<link|<iframe", text)
    assert all(href.startswith("#") for href in re.findall(r'href="([^"]*)"', text))


def test_every_tag_is_closed_and_every_id_is_there_once(page):
    assert page.open == []
    ids = Counter(attributes["id"] for _, attributes in page.elements if "id" in attributes)
    assert not [id_ for id_, count in ids.items() if count > 1]
    pointed = [id_ for _, attributes in page.elements for id_ in attributes.get("aria-labelledby", "").split()]
    assert set(pointed) <= set(ids)
    assert {attributes["href"][1:] for attributes in page.all("a")} <= set(ids)


def test_the_same_subject_gives_the_same_page(about):
    assert profile.page(about, language("nl")) == profile.page(about, language("nl"))


def test_headings_go_down_one_step_at_a_time(page):
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_page_names_its_language_and_that_of_its_dutch_parts(about):
    english = profile.page(about, language("en"))
    assert '<html lang="en">' in english
    assert '<dd lang="nl">Zegt niets over de oorzaak.</dd>' in english
    assert '<html lang="nl">' in profile.page(about, language("nl"))


def test_every_table_has_a_caption_and_headers_with_a_scope(page):
    tables = len(page.all("table"))
    assert tables == len(page.all("caption")) > 0
    assert {attributes.get("scope") for attributes in page.all("th")} == {"col", "row"}


def test_every_picture_has_a_name_or_is_decoration(page):
    for attributes in page.all("svg"):
        nested = "aria-labelledby" not in attributes and ("x" in attributes or "y" in attributes)
        assert nested or attributes.get("role") == "img" or attributes.get("aria-hidden") == "true"


def test_a_hostile_name_is_text_and_not_markup(about):
    text = profile.page(about, language("nl"))
    assert "<b>&" not in text
    assert "&lt;b&gt;&amp;" in text
    assert "De stad &lt;O&amp;S&gt;" in text


def test_a_suppressed_figure_never_reaches_the_page_but_its_reason_does(dutch_text):
    assert "Geregistreerde problematische schulden" in dutch_text
    assert "Dit cijfer gaat over te weinig mensen." in dutch_text


def test_every_indicator_is_on_the_page_with_a_value_or_a_reason(about, dutch_text):
    for reading in about.readings:
        assert reading.indicator.label in dutch_text


def test_a_theme_without_series_says_so(dutch_text):
    assert "nog geen cijfers over tijd" in dutch_text


def test_sources_stand_with_licence_and_years(dutch_text):
    assert "Telling van de stad" in dutch_text
    assert "CC BY 4.0" in dutch_text
    assert "2006" in dutch_text


def test_look_alikes_stand_by_name_with_how_well_they_match(dutch_text):
    assert "Wijk 10" in dutch_text
    assert "maar zwak" in dutch_text


def test_the_page_says_which_edition_and_map_it_is_of(dutch_text):
    assert "Editie 2026-11, gemaakt op 24 november 2026, kaart van 2020" in dutch_text


@pytest.mark.parametrize(("code", "mark"), [("nl", "VERZONNEN LAND"), ("en", "FICTIONAL COUNTRY")])
def test_an_invented_country_is_marked_in_title_top_and_foot(imagined, code, mark):
    invented = imagined.ImaginedEdition(fictional=True)
    text = profile.page(subject_of(invented, imagined.HERE), language(code))
    assert text.count(mark) == 3
    assert f"<title>{mark}" in text


def test_an_edition_that_is_not_public_is_marked(imagined):
    closed = imagined.ImaginedEdition(audience="onderzoek")
    text = profile.page(subject_of(closed, imagined.HERE), language("nl"))
    assert "NIET OPENBAAR" in text
    assert "onderzoekers met een afspraak" in text


def test_a_public_real_edition_carries_no_warning(dutch_text):
    assert "VERZONNEN" not in dutch_text
    assert "NIET OPENBAAR" not in dutch_text


def test_the_page_shows_verdicts_a_funnel_a_line_and_a_score_with_its_parts(about, dutch_text):
    text = profile.page(about, language("nl"))
    assert 'class="verdict' in text
    assert 'class="funnel"' in text
    assert 'class="gapline level"' in text
    assert "Score Geldzorgen" in dutch_text
    assert "100 plus alle punten samen is de score." in dutch_text


def test_a_page_without_methods_has_none_of_them_and_stands(edition, imagined):
    text = profile.page(subject_of(edition, imagined.HERE), language("nl"))
    assert 'class="funnel"' not in text
    assert "Score Geldzorgen" not in text


def test_the_page_of_a_city_stands_without_rest_or_look_alikes(edition):
    text = Page(profile.page(subject_of(edition, "GM0080"), language("nl"))).text
    assert "Leeuwarden" in text
    assert "We hebben voor dit gebied geen bron met dit cijfer." in text


def test_english_page_has_no_dutch_sentence_of_ours(about, translations):
    english = Page(profile.page(about, language("en"))).text
    ours = [m.id for m in translations.catalogue() if isinstance(m.id, str) and len(m.id) > 25 and "{" not in m.id]
    assert not [sentence for sentence in ours if sentence in english]
