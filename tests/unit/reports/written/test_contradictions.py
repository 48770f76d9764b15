"""A sentence that says another thing than its figure is seen, and one that says the same is left alone."""

import pytest

from wijkpeil.domain.evidence import Conclusion
from wijkpeil.domain.verdict import Verdict
from wijkpeil.portrayal.language import language
from wijkpeil.reports.claims import Answer, Claim
from wijkpeil.reports.contradiction_words import RULES
from wijkpeil.reports.contradictions import contradictions, sentences
from wijkpeil.reports.document import plain
from wijkpeil.reports.editing import edit
from wijkpeil.reports.grounds import Grounds
from wijkpeil.reports.typed_figures import typed_figures

SIGN, OTHER = "\U000f0000", "\U000f0001"
DUTCH = language("nl")

RISEN = Claim(words="van 10% naar 12%", rose=1, better=-1)
FALLEN = Claim(words="van 12% naar 10%", rose=-1, better=1)
CAUGHT_UP = Claim(words="2 pp beter", narrowed=1, better=1, ahead=-1, above=-1, verdict=Verdict.CATCHING_UP)
LOST = Claim(words="2 pp slechter", narrowed=-1, better=-1, ahead=1, above=1, verdict=Verdict.FALLING_BEHIND)
UNSURE = Claim(words="1 pp beter", narrowed=1, better=1, by_chance=True, verdict=Verdict.CANNOT_TELL)
STEADY = Claim(words="gelijk", narrowed=0, better=0, above=0, verdict=Verdict.STEADY)
HELPED = Claim(words="Het hielp.", effect=Conclusion.HELPED, grade=3, better=1)
WEAK = Claim(words="Het hielp.", effect=Conclusion.HELPED, grade=2)
NOTHING = Claim(words="Geen uitspraak.", effect=Conclusion.NO_STATEMENT, grade=4)

BEARS = {
    "steeg": (RISEN, FALLEN),
    "daalde": (FALLEN, RISEN),
    "werd kleiner": (CAUGHT_UP, LOST),
    "werd groter": (LOST, CAUGHT_UP),
    "loopt in": (CAUGHT_UP, UNSURE),
    "raakt achter": (LOST, UNSURE),
    "verbeterde": (CAUGHT_UP, LOST),
    "verslechterde": (LOST, CAUGHT_UP),
    "hoger dan": (LOST, CAUGHT_UP),
    "lager dan": (CAUGHT_UP, LOST),
    "achter": (CAUGHT_UP, LOST),
    "voor": (LOST, CAUGHT_UP),
    "gelijk gebleven": (STEADY, UNSURE),
    "even hoog als": (STEADY, LOST),
    "meer dan de helft": (Claim(words="21 van de 40", part=21, of=40), Claim(words="20 van de 40", part=20, of=40)),
    "minder dan de helft": (Claim(words="19 van de 40", part=19, of=40), Claim(words="20 van de 40", part=20, of=40)),
    "alle": (Claim(words="40 van de 40", part=40, of=40), Claim(words="39 van de 40", part=39, of=40)),
    "vrijwel alle": (Claim(words="38 van de 40", part=38, of=40), Claim(words="30 van de 40", part=30, of=40)),
    "geen enkele": (Claim(words="0 van de 40", part=0, of=40), Claim(words="1 van de 40", part=1, of=40)),
    "een kwart": (Claim(words="10 van de 40", part=10, of=40), Claim(words="20 van de 40", part=20, of=40)),
    "een derde": (Claim(words="13 van de 40", part=13, of=40), Claim(words="20 van de 40", part=20, of=40)),
    "twee derde": (Claim(words="26 van de 40", part=26, of=40), Claim(words="20 van de 40", part=20, of=40)),
    "driekwart": (Claim(words="30 van de 40", part=30, of=40), Claim(words="20 van de 40", part=20, of=40)),
    "de helft": (Claim(words="20 van de 40", part=20, of=40), Claim(words="30 van de 40", part=30, of=40)),
    "significant": (CAUGHT_UP, UNSURE),
    "dankzij": (HELPED, WEAK),
}
PHRASES = [(rule.name, phrase) for rule in RULES for phrase in rule.phrases]


def _found(sentence: str, *claims: Claim | Answer) -> list[str]:
    answers = {
        chr(0xF0000 + place): claim if isinstance(claim, Answer) else Answer(text=plain(claim.words), claim=claim)
        for place, claim in enumerate(claims)
    }
    return [one.rule for one in contradictions(DUTCH, sentence, answers)]


@pytest.mark.parametrize(("rule", "phrase"), PHRASES)
def test_every_phrase_is_borne_by_the_right_figure_and_by_no_other(rule: str, phrase: str) -> None:
    right, wrong = BEARS[rule]
    said = f"Hier {phrase.replace('…', ' werd ')} wat we zagen ({SIGN})."
    assert _found(said, right) == []
    assert rule in _found(said, wrong)


def test_every_rule_has_a_figure_that_bears_it() -> None:
    assert {rule.name for rule in RULES} == set(BEARS)


@pytest.mark.parametrize("claim", [UNSURE, NOTHING, RISEN, CAUGHT_UP, WEAK])
def test_thanks_to_needs_a_study_of_enough_grade(claim: Claim) -> None:
    assert _found(f"Dankzij de aanpak ging het zo ({SIGN}).", claim) == ["dankzij"]
    assert _found(f"Dankzij de aanpak ging het zo ({SIGN}), zegt {OTHER}.", claim, HELPED) == []


def test_thanks_to_is_wrong_without_any_figure() -> None:
    assert _found("Dit heeft geleid tot een fijnere wijk.") == ["dankzij"]
    assert _found("Dat het door de aanpak kwam, is niet te zeggen.") == []
    assert _found("Dit is niet dankzij het programma.") == []


def test_a_denied_word_is_the_other_way_round() -> None:
    assert _found(f"Het aandeel is niet gestegen ({SIGN}).", FALLEN) == []
    assert _found(f"Het aandeel is niet gestegen ({SIGN}).", RISEN) == ["steeg"]


def test_a_clause_is_held_against_its_own_figure() -> None:
    said = f"Hier is het gestegen ({SIGN}), terwijl het daar daalde ({OTHER})."
    assert _found(said, RISEN, FALLEN) == []
    assert _found(said, FALLEN, RISEN) == ["steeg", "daalde"]


def test_a_gap_that_grew_is_no_figure_that_rose() -> None:
    assert _found(f"De achterstand is toegenomen ({SIGN}).", LOST) == []
    assert _found(f"De achterstand is toegenomen ({SIGN}).", CAUGHT_UP) == ["werd groter"]


def test_a_change_that_may_be_chance_bears_no_direction() -> None:
    assert _found(f"Het is verbeterd ({SIGN}).", UNSURE) == ["verbeterde"]


def test_a_statement_beside_an_absent_figure_is_seen() -> None:
    absent = Answer(text=plain("geen cijfers (te weinig mensen)"), is_absent=True)
    assert _found(f"Het aandeel is gestegen: {SIGN}.", absent) == ["steeg"]
    assert _found(f"Hierover zijn er {SIGN}.", absent) == []


def test_words_without_a_figure_in_their_sentence_are_left_alone() -> None:
    assert _found("Het aandeel is gestegen.") == []


def test_sentences_end_at_a_full_stop_and_not_at_an_abbreviation() -> None:
    said = f"Dit is er een, bijv. Havenhoek, nr. 5. Dit is twee? {SIGN} is drie."
    assert [one for _, one in sentences(said)] == [
        "Dit is er een, bijv. Havenhoek, nr. 5.",
        "Dit is twee?",
        f"{SIGN} is drie.",
    ]


PLANTED = [
    ("Het aandeel jongeren is gedaald: {{ ontwikkeling Schippersbuurt startkwalificatie }}.", "is gedaald"[3:]),
    ("De Schippersbuurt loopt in ({{ verandering Schippersbuurt startkwalificatie }}).", "loopt in"),
    ("Dat is hoger dan in de stad: {{ achterstand Schippersbuurt startkwalificatie }}.", "hoger dan"),
    ("In minder dan de helft van de wijken, {{ uitkomst wijkaanpak.bijstand aantal=kleiner }}.", "minder dan de helft"),
    ("In {{ uitkomst wijkaanpak.werken aantal=kleiner }} ging het significant beter.", "significant"),
    ("Dankzij de aanpak heeft {{ cijfer Schippersbuurt startkwalificatie }} een diploma.", "Dankzij"),
    ("Door de aanpak daalde de bijstand: {{ studie wijkaanpak-bijstand effect }}.", "Door de aanpak"),
]


@pytest.mark.parametrize(("text", "words"), PLANTED)
def test_what_is_planted_in_a_text_is_found_at_its_place(grounds: Grounds, text: str, words: str) -> None:
    edited = edit(grounds, "tekst.md", f"# Kop\n\n{text}\n")
    (fault,) = [one for one in edited.faults if f"‘{words}’" in one.sentence]
    assert fault.rule == "tegenspraak"
    assert str(fault.place) == f"tekst.md:3:{text.index(words) + 1}"


def test_a_study_that_found_it_bears_thanks_to(grounds: Grounds) -> None:
    said = "Dankzij de sloten zijn er minder inbraken. {{ studie goede-sloten effect }}"
    assert [one.rule for one in edit(grounds, "t.md", said).faults] == ["tegenspraak"]
    together = "Dankzij de sloten zijn er minder inbraken: {{ studie goede-sloten graad }}"
    assert edit(grounds, "t.md", together).faults == ()


def test_a_complaint_is_accepted_with_a_reason_in_its_sentence_only(grounds: Grounds) -> None:
    said = 'Dit heeft geleid tot rust. Dit leidde tot rust {{ aanvaard "Zo zegt de wijk het zelf." }}.'
    edited = edit(grounds, "t.md", said)
    assert len(edited.faults) == 1
    assert [one.reason for one in edited.accepted] == ["Zo zegt de wijk het zelf."]


@pytest.mark.parametrize(
    "text",
    [
        "Op 24 oktober 2012 en in 2007-2012 en 2011/12, om 14.00 uur.",
        "Kamerstuk 30995, nr. 92; 30 995, nr. 14; motie 31757 nr. 42; artikel 3, lid 2; § 2.1; bijlage 4.",
        "Platform31 en de G4 zagen de 5e meting, zie tabel 3 en figuur 12.",
        "Zie https://site.example/2012/40 of 1234 AB.",
        "Tussen 2012–2014 en op 2012-10-24.",
    ],
)
def test_dates_papers_and_numbering_are_no_typed_figures(text: str) -> None:
    assert list(typed_figures(text)) == []


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("In 20 van de wijken", "20"),
        ("Het aandeel is 12,3% geworden", "12,3%"),
        ("Er kwam € 2.000.000 bij", "€ 2.000.000"),
        ("Dat zijn 2007 mensen", "2007 mensen"),
        ("Wel 40 wijken in 2012", "40 wijken"),
        ("Een groei van 3 procentpunt", "3 procentpunt"),
        ("(40)", "40"),
    ],
)
def test_what_looks_like_a_figure_is_seen(text: str, figure: str) -> None:
    assert [found for _, found in typed_figures(text)] == [figure]


def test_the_number_of_a_heading_is_no_figure(grounds: Grounds) -> None:
    assert list(typed_figures("2.1 De wijken", is_heading=True)) == []
    (fault,) = edit(grounds, "t.md", "Er zijn 40 wijken.").faults
    assert fault.rule == "getypt"
    assert 'vast "40 wijken"' in fault.sentence
