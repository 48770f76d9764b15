"""A reference gives a figure with all that belongs to it, or says where it goes wrong and what was meant."""

from dataclasses import replace

import pytest

from wijkpeil.domain.evidence import Conclusion
from wijkpeil.domain.verdict import Verdict
from wijkpeil.reports.claims import Answer
from wijkpeil.reports.document import Figure, Table, words_of
from wijkpeil.reports.editing import Edited, edit
from wijkpeil.reports.grounds import Grounds
from wijkpeil.reports.reference_kinds import KINDS
from wijkpeil.reports.reference_programme import THINGS
from wijkpeil.reports.references import scan

PLACE = "Schippersbuurt"
FIGURE = "startkwalificatie"


def _edited(grounds: Grounds, text: str) -> Edited:
    return edit(grounds, "tekst.md", text)


def _answer(grounds: Grounds, reference: str) -> Answer:
    edited = _edited(grounds, "{{ " + reference + " }}")
    assert edited.faults == ()
    return edited.resolved[0].answer


def _note(answer: Answer) -> str:
    return " ".join(words_of(span.note) for span in answer.text if span.note)


def _reading(grounds: Grounds, indicator: str = FIGURE):
    return grounds.reading(grounds.area(PLACE), grounds.indicator(indicator))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in {"zie", "aanvaard"}])
def test_the_example_of_every_kind_resolves(grounds: Grounds, kind: str) -> None:
    example = KINDS[kind].example.replace("Havenhoek", PLACE).replace("eenzaam 2022", FIGURE)
    answer = _answer(grounds, example)
    assert answer.text or answer.blocks


def test_a_value_never_stands_without_margin_period_and_both_comparators(grounds: Grounds) -> None:
    answer, figure = _answer(grounds, f"cijfer {PLACE} {FIGURE}"), _reading(grounds).latest
    assert answer.words == grounds.speaker.value(_reading(grounds).indicator, figure)
    said = _note(answer)
    assert grounds.speaker.margin(_reading(grounds).indicator, figure) in said
    assert str(figure.period) in said
    assert "de rest van de stad" in said
    assert "gelijkende wijken" in said


def test_a_year_gives_the_figure_of_that_year(grounds: Grounds) -> None:
    reading = _reading(grounds)
    one = reading.present[2]
    assert _answer(grounds, f"cijfer {PLACE} {FIGURE} {one.period}").words == grounds.speaker.value(
        reading.indicator, one
    )


def test_a_gap_and_its_change_name_the_comparator_and_the_way(grounds: Grounds) -> None:
    gap = _answer(grounds, f"achterstand {PLACE} {FIGURE}")
    assert "procentpunt achter op de rest van de stad" in gap.words
    assert gap.claim.ahead == -1
    assert gap.claim.above == -1
    change = _answer(grounds, f"verandering {PLACE} {FIGURE} naast=look_alikes")
    assert "vergeleken met gelijkende wijken" in change.words
    assert "sinds 2007" in change.words
    assert change.claim.verdict is _reading(grounds).judgements["look_alikes"].verdict
    assert "Oordeel" in _note(change)


def test_of_a_burden_higher_is_behind(grounds: Grounds) -> None:
    answer = _answer(grounds, f"achterstand {PLACE} bijstand")
    beside = _reading(grounds, "bijstand").latest.beside["rest_of_city"]
    assert beside.gap < 0
    assert (answer.claim.ahead, answer.claim.above) == (-1, 1)


def test_a_course_goes_forward_in_time_and_never_across_a_break(grounds: Grounds) -> None:
    reading = _reading(grounds)
    first, last = reading.present[0], reading.present[-1]
    answer = _answer(grounds, f"ontwikkeling {PLACE} {FIGURE}")
    assert f"in {first.period} naar" in answer.words
    assert answer.claim.rose == (1 if last.value > first.value else -1)
    broken = _edited(grounds, "{{ ontwikkeling " + PLACE + " werkzoekend }}")
    assert "De meting is veranderd (2015" in broken.faults[0].sentence
    back = _edited(grounds, "{{ ontwikkeling " + f"{PLACE} {FIGURE} van={last.period} tot={first.period}" + " }}")
    assert "later jaar" in back.faults[0].sentence


def test_a_verdict_is_worded_as_on_every_page(grounds: Grounds) -> None:
    answer = _answer(grounds, f"oordeel {PLACE} {FIGURE}")
    for sentence in grounds.speaker.verdict_sentences(replace(_reading(grounds), first_two=("rest_of_city",) * 2)):
        assert sentence in answer.words
    whole = _answer(grounds, f"zin {PLACE} {FIGURE}").words
    assert all(part in whole for part in ("marge", "Oordeel", "nulmeting"))


def test_an_absent_figure_prints_its_reason_and_stops_nothing(grounds: Grounds) -> None:
    hidden = _answer(grounds, f"cijfer {PLACE} groen_dichtbij 2010")
    assert hidden.is_absent
    assert hidden.words == "geen cijfers (bron geeft het niet vrij)"
    assert "meestal omdat het over te weinig mensen gaat" in _note(hidden)


def test_an_outcome_says_counts_luck_and_both_means_and_the_verdicts_apart(grounds: Grounds) -> None:
    answer = _answer(grounds, "uitkomst wijkaanpak.bijstand:rest_of_city")
    one = grounds.outcome("rest_of_city", indicator="bijstand")
    assert f"in {one.smaller} van de {one.changes} wijken" in answer.words
    assert f"{one.luck.low} tot {one.luck.high}" in answer.words
    assert "Gemiddeld over de wijken" in answer.words
    assert "naar inwoners" in answer.words
    assert "Oordelen: " in answer.words
    theme = _answer(grounds, "uitkomst wijkaanpak.werken")
    assert "Gemiddeld naar inwoners" in theme.words
    assert _answer(grounds, "uitkomst wijkaanpak").words.startswith("Naast de rest van de stad: in ")


def test_a_count_keeps_its_sentence_in_the_footnote(grounds: Grounds) -> None:
    one = grounds.outcome("rest_of_city", theme="werken")
    counted = _answer(grounds, "uitkomst wijkaanpak.werken:rest_of_city aantal=catching_up")
    assert counted.words == f"{one.verdicts[Verdict.CATCHING_UP]} van de {one.changes} vergelijkingen"
    assert counted == _answer(grounds, "uitkomst wijkaanpak.werken:rest_of_city aantal=loopt_in")
    assert "Zou er niets veranderd zijn" in _note(counted)
    mean = _answer(grounds, "uitkomst wijkaanpak.bijstand gemiddelde=inwoners")
    assert "pp" in mean.words
    assert "Zou er niets veranderd zijn" in _note(mean)


def test_what_only_describes_has_no_count_and_says_so(grounds: Grounds) -> None:
    answer = _answer(grounds, "uitkomst wijkaanpak.koopwoningen")
    assert answer.is_absent
    assert "achtergrond" in answer.words


def test_an_effect_never_stands_without_its_grade(grounds: Grounds) -> None:
    for part in ("effect", "antwoord"):
        answer = _answer(grounds, f"studie goede-sloten {part}")
        assert "95%-marge" in answer.words
        assert "Bewijs: 3 van 5" in _note(answer)
    graded = _answer(grounds, "studie goede-sloten graad")
    assert graded.claim.grade == 3
    assert graded.claim.effect is Conclusion.HELPED
    refused = _answer(grounds, "studie wijkaanpak-bijstand antwoord")
    assert "geen uitspraak" in refused.words
    assert refused.claim.effect is Conclusion.NO_STATEMENT


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("ambities", "1"),
        ("overeenkomsten", "1"),
        ("afspraken", "2"),
        ("afspraken stand=kept", "1"),
        ("maatregelen jaar=2010", "1"),
        ("maatregelen jaar=2011", "0"),
        ("besluiten", "3"),
        ("besluiten koers=wind_down aantal", "2"),
        (f"besluiten koers=afbouwen wijk={PLACE}", "1"),
        ("visitaties", "1"),
        ("aanbevelingen", "2"),
        ("toezeggingen", "1"),
        ("verhalen", "1"),
        ("wijken", "40"),
        ("wijken koers=afbouwen", "2"),
        ("wijken koers=intensiveren", "0"),
    ],
)
def test_what_is_in_the_programme_is_counted_with_the_day(grounds: Grounds, asked: str, number: str) -> None:
    words = asked.replace(" aantal", "").split()
    suffix = " aantal" if asked.endswith(" aantal") else ""
    answer = _answer(grounds, f"programma {' '.join(words)}{suffix}")
    assert answer.words == number
    assert "1 oktober 2026" in _note(answer)
    assert words[0] in THINGS


def test_the_last_decision_of_a_neighbourhood_holds(grounds: Grounds) -> None:
    assert _answer(grounds, "wijken afbouwen").words == "Fabrieksbuurt en Schippersbuurt"
    assert _answer(grounds, "wijken intensiveren").words == "geen enkele wijk"


def test_money_says_of_how_many_it_is_known(grounds: Grounds) -> None:
    promised = _answer(grounds, "geld toegezegd")
    assert promised.words == "€\N{NO-BREAK SPACE}250.000"
    assert "over 1 van 2 afspraken" in _note(promised)
    assert _answer(grounds, "geld besteed").words == "€\N{NO-BREAK SPACE}240.000"
    assert _answer(grounds, "geld maatregelen").words == "€\N{NO-BREAK SPACE}10.000"
    assert _answer(grounds, "geld toegezegd wijk=Fabrieksbuurt").is_absent


@pytest.mark.parametrize("kind", ["uitkomsten werken", "oordelen", "verschillen bijstand", "onderzoeken", "besluiten"])
def test_a_table_has_a_caption_a_name_and_rows(grounds: Grounds, kind: str) -> None:
    (made,) = _answer(grounds, f"tabel {kind}").blocks
    assert isinstance(made, Table)
    assert made.rows
    assert words_of(made.caption)
    assert made.id == f"tabel-{kind.replace(' ', '-')}"


@pytest.mark.parametrize("kind", ["afspraken", "toezeggingen", "aanbevelingen", "onderzoek goede-sloten"])
def test_a_table_of_the_programme_or_a_study_has_a_header_per_cell(grounds: Grounds, kind: str) -> None:
    (made,) = _answer(grounds, f"tabel {kind} naam=x").blocks
    assert isinstance(made, Table)
    assert made.id == "x"
    assert {len(row) for row in made.rows} == {len(made.headers)}


@pytest.mark.parametrize("kind", [f"verloop {PLACE} {FIGURE}", "effect goede-sloten"])
def test_a_figure_says_aloud_what_it_shows(grounds: Grounds, kind: str) -> None:
    (made,) = _answer(grounds, f"figuur {kind}").blocks
    assert isinstance(made, Figure)
    assert made.alt.strip()
    assert words_of(made.caption)


def test_papers_notes_and_typed_figures_have_their_source_in_a_footnote(grounds: Grounds) -> None:
    paper = _note(_answer(grounds, "kamerstuk 30995 92 2012-2013"))
    assert paper == "Tweede Kamer, vergaderjaar 2012–2013, kamerstuk 30\N{NO-BREAK SPACE}995, nr. 92."
    assert _note(_answer(grounds, 'noot "Zie het advies."')) == "Zie het advies."
    typed = _answer(grounds, 'vast "40" "Besluit van 2007"')
    assert (typed.words, _note(typed)) == ("40", "Niet uit de editie. Bron: Besluit van 2007")


FAULTS = [
    ("cijfr Schippersbuurt bijstand", "bestaat niet", "cijfer"),
    ("cijfer Schipersbuurt bijstand", "geen gebied", "Schippersbuurt"),
    ("cijfer Schippersbuurt bijstandd", "geen cijfer", "bijstand"),
    ("cijfer Schippersbuurt bijstand 1999", "niet voor 1999", "2005"),
    ("cijfer Schippersbuurt bijstand nu", "geen jaar", ""),
    ("cijfer Rivierenpark bijstand", "meer dan één gebied", "wijkaanpak.9001-62"),
    ("cijfer Schippersbuurt", "Zo schrijf je", ""),
    ("cijfer Schippersbuurt bijstand naast=city", "hoort niet bij cijfer", ""),
    ("achterstand Schippersbuurt bijstand naast=rest_of_cty", "kan niet", "rest_of_city"),
    ("uitkomst wijkaanpk.werken", "geen programma", "wijkaanpak"),
    ("uitkomst wijkaanpak.werkn", "geen thema of cijfer", "werken"),
    ("uitkomst wijkaanpak.werken:stad", "kan niet", "rest_of_city"),
    ("uitkomst wijkaanpak.werken aantal=veel", "kennen we niet", "kleiner"),
    ("uitkomst wijkaanpak.werken gemiddelde=inwoners", "eenheden verschillen", ""),
    ("uitkomst wijkaanpak.bijstand gemiddelde=mensen", "wijken of inwoners", "inwoners"),
    ("studie goede-slooten effect", "geen onderzoek", "goede-sloten"),
    ("studie goede-sloten effct", "is er geen", "effect"),
    ("studie goede-sloten effect bijstand", "geen uitkomst", "inbraken"),
    ("programma plannen", "tellen we geen", "ambities"),
    ("programma besluiten koers=stoppen", "bestaat niet", "afbouwen"),
    ("programma plan koers=afbouwen", "tellen we geen", ""),
    ("programma ambities koers=afbouwen", "hoort niet bij ambities", "wijk"),
    ("programma afspraken stand=nagekomen", "bestaat niet", "kept"),
    ("programma besluiten jaar=toen", "geen jaar", ""),
    ("programma besluiten lijst", "geven we het aantal", "aantal"),
    ("geld toegezegd koers=afbouwen", "hoort niet bij", ""),
    ("tabel besluiten werken", "hele programma", ""),
    ("tabel besluiten naast=city", "hoort niet bij besluiten", ""),
    ('tabel besluiten naam="A b"', "kleine letters", ""),
    ("figuur effect goede-sloten naast=city", "hoort niet bij effect", ""),
    ("uitkomst wijkaanpak.bijstand aantal=kleiner gemiddelde=wijken", "niet beide", ""),
    ("studie goede-sloten naam inbraken", "alleen bij", "effect"),
    ("geld beloofd", "Welk geld", "toegezegd"),
    ("tabel uitkomst werken", "is er niet", "uitkomsten"),
    ("tabel uitkomsten", "waarover zij gaat", ""),
    ("figuur taart bijstand", "Een figuur is", "verloop"),
    ("kamerstuk 309 92", "vijf cijfers", ""),
    ("kamerstuk 30995 92 2012-2014", "twee jaren na elkaar", ""),
    ('vast "40" ""', "hoort een bron", ""),
    ('ontbreekt "bijstand"', "wel cijfers", "bijstand"),
    ('aanvaard "omdat"', "drie woorden", ""),
]


@pytest.mark.parametrize(("asked", "said", "near"), FAULTS)
def test_every_fault_has_its_line_and_column_and_what_was_meant(
    grounds: Grounds, asked: str, said: str, near: str
) -> None:
    edited = _edited(grounds, "Eerst een regel.\n\nDan ‘é’ {{ " + asked + " }} en verder.\n")
    (fault,) = [one for one in edited.faults if one.rule == "verwijzing"]
    assert str(fault.place) == "tekst.md:3:9"
    assert said in fault.sentence
    assert near == "" or near in fault.near


def test_all_faults_are_told_at_once_in_the_order_of_the_text(grounds: Grounds) -> None:
    edited = _edited(grounds, "{{ cijfer X bijstand }} {{ y }}\n\nMaar {{ cijfer " + PLACE + " z }} nu 12% meer.\n")
    assert [str(one.place) for one in edited.faults] == [
        "tekst.md:1:1",
        "tekst.md:1:25",
        "tekst.md:3:6",
        "tekst.md:3:39",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Een {{ cijfer zonder einde.", "wordt niet gesloten"),
        ("Een {{ cijfer\nover }} regels.", "wordt niet gesloten"),
        ("Leeg {{ }}.", "is leeg"),
        ('Half {{ noot "tekst }}.', "niet te lezen"),
        ("Twee {{ tabel oordelen naam=a naam=b }}.", "twee keer"),
    ],
)
def test_what_is_no_reference_is_told(grounds: Grounds, text: str, said: str) -> None:
    (fault,) = _edited(grounds, text).faults
    assert said in fault.sentence
    assert str(fault.place) == "tekst.md:1:6" if text.startswith(("Leeg", "Half", "Twee")) else "tekst.md:1:5"


def test_without_a_state_only_what_asks_for_one_stops(grounds: Grounds) -> None:
    bare = replace(grounds, state=None)
    assert _edited(bare, "{{ cijfer " + PLACE + " bijstand }}").faults == ()
    (fault,) = _edited(bare, "Er zijn {{ programma besluiten }} besluiten.").faults
    assert "--state" in fault.sentence


def test_braces_that_are_escaped_are_text(grounds: Grounds) -> None:
    scanned = scan("t.md", "Zo: \\{{ cijfer }}.", grounds.say)
    assert scanned.text == "Zo: {{ cijfer }}."
    assert not scanned.found


def test_a_block_stands_on_its_own_line_and_a_heading_holds_no_reference(grounds: Grounds) -> None:
    inline = _edited(grounds, "Zie {{ tabel oordelen }} hier.")
    assert "eigen regel" in inline.faults[0].sentence
    head = _edited(grounds, "# Kop {{ editie }}\n")
    assert "In een kop" in head.faults[0].sentence
