"""The page of a study that stands alone: whole, escaped, in both languages, with a table behind every picture."""

import re
from html.parser import HTMLParser

import pytest

from wijkpeil.domain import evidence as e
from wijkpeil.domain import study as s
from wijkpeil.portrayal import study_page
from wijkpeil.portrayal.language import CODES, language


class _Pages(HTMLParser):
    """Counts what opens, and checks that it closes."""

    EMPTY = frozenset({"meta", "br", "link", "input", "img"})

    def __init__(self):
        super().__init__()
        self.open, self.ids = [], []

    def handle_starttag(self, tag, attrs):
        if tag not in self.EMPTY:
            self.open.append(tag)
        self.ids += [value for name, value in attrs if name == "id"]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_startendtag(self, tag, attrs):
        self.ids += [value for name, value in attrs if name == "id"]


@pytest.fixture(scope="module", params=range(5), ids=["evaluation", "refused", "placebo", "description", "elsewhere"])
def result(request, imagined_study):
    return imagined_study.library()[request.param]


@pytest.mark.parametrize("code", CODES)
def test_every_kind_of_study_is_a_whole_page_in_both_languages(result, imagined, code):
    written = study_page.page(result, imagined.policy(), language(code))
    seen = _Pages()
    seen.feed(written)
    assert not seen.open
    assert len(seen.ids) == len(set(seen.ids))
    assert not re.search(r">\s*(None|nan|null)\b", written)
    assert "{" not in re.sub(r"<style>.*?</style>", "", written, flags=re.S)
    assert "<b>&" not in written


def test_a_picture_has_its_table_and_a_number_its_margin(imagined, imagined_study):
    written = study_page.page(imagined_study.result(), imagined.policy(), language("nl"))
    assert written.index('class="effect"') < written.index("Dit plaatje als tabel")
    assert "1,8 procentpunt lager dan zonder (95%-marge: 0,4 tot 3,1 procentpunt lager)" in written


def test_the_page_of_others_has_their_finding_their_grade_and_the_appraisal(imagined, imagined_study):
    dutch = study_page.page(imagined_study.elsewhere(), imagined.policy(), language("nl"))
    english = study_page.page(imagined_study.elsewhere(), imagined.policy(), language("en"))
    assert "De wijken gingen vooruit, maar gelijkende wijken ook." in dutch
    assert "so did neighbourhoods like them" in english
    assert "Bewijs 3 van 5" in dutch
    assert "niet nagerekend" in dutch
    assert re.search(r"gelijk op\?</th><td[^>]*><span>✓ klopt</span></td>", dutch)
    assert "Wat de commissie ervan vindt" in dutch


def test_a_start_that_never_was_and_a_description_have_no_level_of_evidence(imagined, imagined_study):
    for one in (imagined_study.placebo(), imagined_study.description()):
        assert "Bewijs" not in study_page.page(one, imagined.policy(), language("nl"))


def test_an_invented_country_says_so(imagined, imagined_study):
    fictional = imagined_study.result(fictional=True)
    assert "VERZONNEN LAND" in study_page.page(fictional, imagined.policy(fictional=True), language("nl"))


def test_many_alternatives_are_a_picture_with_the_table_behind_it(imagined, imagined_study):
    many = imagined_study.result(None, imagined_study.outcome(alternatives=imagined_study.alternatives(14)))
    written = study_page.page(many, imagined.policy(), language("nl"))
    assert 'class="curve"' in written
    assert "Alle manieren als tabel" in written
    few = study_page.page(imagined_study.result(), imagined.policy(), language("nl"))
    assert 'class="curve"' not in few


def test_who_stayed_and_who_came_stand_beside_everyone(imagined, imagined_study):
    of = imagined_study.study(movers=(s.Movers(outcome="huisgeld", stayers="bijstand", newcomers="startkwalificatie"),))
    outcomes = [imagined_study.outcome(id_) for id_ in ("huisgeld", "bijstand", "startkwalificatie")]
    written = study_page.page(imagined_study.result(of, *outcomes), imagined.policy(), language("nl"))
    assert "wie er bleef wonen" in written
    assert "wie er kwam wonen" in written


def test_classes_are_counted_and_never_subtracted(imagined, imagined_study):
    written = study_page.page(imagined_study.description(), imagined.policy(), language("nl"))
    cells = re.sub(r"<td[^>]*><span>", "<td>", written.replace("\N{NO-BREAK SPACE}", " "))
    cells = cells.replace("</span></td>", "</td>")
    assert "<td>klasse 4</td><td>klasse 5</td><td>12 van de 40<br>30,0%</td>" in cells
    assert "Klassen trekken we niet van elkaar af" in written


def test_an_outcome_that_the_edition_does_not_know_is_left_out(imagined, imagined_study):
    gone = imagined_study.result(None, e.OutcomeResult(indicator="weg", conclusion=e.Conclusion.NO_STATEMENT))
    assert study_page.page(gone, imagined.policy(), language("nl"))
