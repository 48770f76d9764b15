"""The page of a document: in order for who hears it, whole without a network, and safe within a site."""

from itertools import pairwise

import pytest

from renderings import drawn, everything, tree
from wijkpeil.reports.document import Figure, Paragraph, Span
from wijkpeil.reports.page import fragment, page_html, style
from wijkpeil.reports.profile import profile


@pytest.fixture(scope="module")
def read(paper):
    return tree(page_html(paper(*everything(), contents=True)))


def test_headings_go_down_one_level_at_a_time_below_one_title(read):
    levels = [int(one.tag[1]) for one in read.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(later - before <= 1 for before, later in pairwise(levels))


def test_a_table_has_a_caption_with_its_number_and_headers_for_columns_and_rows(read):
    (table,) = read.xpath("//table[@id='standen']")
    assert table.xpath("string(caption)").startswith("Tabel 1. De stand")
    assert table.xpath("thead//th/@scope") == ["col", "col"]
    assert table.xpath("tbody/tr/th/@scope") == ["row", "row"]
    assert table.xpath("tbody/tr/*[1]") == table.xpath("tbody/tr/th")


def test_a_footnote_leads_there_and_back(read):
    (mark,) = read.xpath("//sup/a")
    (note,) = read.xpath(f"//li[@id='{mark.get('href')[1:]}']")
    assert "Kamerstuk woord" in note.text_content()
    assert f"#{mark.get('id')}" in note.xpath("a/@href")


def test_every_picture_says_what_it_shows_and_keeps_its_own_names(read):
    assert read.xpath("//svg/@aria-label") == ["Beeld woord", "Beschreven woord"]
    assert set(read.xpath("//svg/@role")) == {"img"}
    names = read.xpath("//@id")
    assert len(names) == len(set(names))
    assert read.xpath("//g/@clip-path") == [f"url(#{name})" for name in read.xpath("//svg//*[@id]/@id")]


def test_every_link_within_the_page_leads_somewhere(read):
    names = set(read.xpath("//@id"))
    links = [one[1:] for one in read.xpath("//a/@href") if one.startswith("#")]
    assert len(links) > 5
    assert set(links) <= names


def test_the_language_of_a_piece_is_said_where_it_is_another(read):
    assert read.get("lang") == "nl"
    assert read.xpath("//span[@lang='en']/text()") == ["woord"]


def test_a_drawing_loses_what_runs_or_fetches(paper):
    extra = (
        '<script>alert(1)</script><a href="javascript:x"><rect onclick="x" width="3" style="fill:url(http://x)"/></a>'
        '<foreignObject/><image href="https://example.org/x.png"/><rect fill="url(https://example.org/#x)"/>'
    )
    page = page_html(paper(Figure(picture=drawn(extra=extra), alt="Een plaatje")))
    svg = page[page.index("<svg") : page.index("</svg>")]
    assert not [one for one in ("script", "onclick", "style", "foreignObject", "example.org", "<a") if one in svg]
    assert "#0a4f8f" in svg


def test_a_page_asks_nothing_of_the_network_and_no_style_stands_in_an_attribute(paper):
    page = page_html(paper(*everything()))
    assert "url(" not in style()
    assert not tree(page).xpath("//@style | //script | //link | //img | //iframe")


def test_a_fragment_stands_below_the_title_of_a_site(paper):
    read = tree(str(fragment(paper(*everything()), top=2)))
    assert not read.xpath("//h1 | //style | //main | //head/*")
    assert read.xpath("//article/header/h2/text()") == ["Een document"]
    assert read.xpath("//h3[@id='kop']")


def test_a_link_is_only_an_address(paper):
    from wijkpeil.reports.checking import DocumentError

    with pytest.raises(DocumentError, match="geen adres"):
        page_html(paper(Paragraph(text=(Span(text="klik", link="javascript:alert(1)"),))))


def test_the_page_of_a_profile_has_each_of_its_strips(about, state):
    from wijkpeil.portrayal.language import language
    from wijkpeil.reports.document import every_block

    document = profile(about, language("nl"), edition_hash="ab" * 32, state=state)
    figures = [one for one in every_block(document.blocks) if isinstance(one, Figure)]
    assert len(tree(page_html(document)).xpath("//svg[@role='img']")) == len(figures) > 3
