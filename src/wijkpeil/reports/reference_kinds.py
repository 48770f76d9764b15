"""Everything that a reference can ask for: one closed table, from which the handbook's table is made and checked."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from wijkpeil.reports import reference_blocks as blocks
from wijkpeil.reports import reference_figures as figures
from wijkpeil.reports import reference_outcomes as outcomes
from wijkpeil.reports import reference_programme as programme
from wijkpeil.reports import reference_studies as studies
from wijkpeil.reports.claims import Answer
from wijkpeil.reports.document import Span, plain
from wijkpeil.reports.grounds import Grounds
from wijkpeil.reports.references import AskedError, Reference, near

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of reference: ``least`` to ``most`` words, the names it takes, and what it gives."""

    shape: str
    what: str
    example: str
    least: int
    most: int
    answer: Callable[[Grounds, Reference], Answer]
    options: tuple[str, ...] = ()
    is_block: bool = False


def _note(grounds: Grounds, asked: Reference) -> Answer:
    return Answer(text=(Span(text="", note=plain(asked.words[0])),))


def _typed(grounds: Grounds, asked: Reference) -> Answer:
    """Let a typed figure stand, with its source in the footnote."""
    if not asked.words[1].strip():
        raise AskedError(grounds.say("Bij een getal dat je zelf typt hoort een bron."))
    source = grounds.say("Niet uit de editie. Bron: {source}", source=asked.words[1])
    return Answer(text=(Span(text=asked.words[0], note=plain(source)),))


def _missing(grounds: Grounds, asked: Reference) -> Answer:
    """Say that the edition has no figures on a subject; raises ``AskedError`` where it does have them."""
    subject = asked.words[0]
    labels = [label for one in grounds.edition.policy.indicators for label in (one.id, one.label)]
    there = [label for label in labels if subject.casefold() in label.casefold()]
    if there:
        said = grounds.say("Over {subject} heeft de editie wel cijfers.", subject=repr(subject))
        raise AskedError(said, near=tuple(there[:3]))
    note = grounds.say("Over ‘{subject}’ heeft editie {id} geen enkel cijfer.", subject=subject, id=grounds.edition.id)
    return Answer(text=(Span(text=grounds.say("geen cijfers"), note=plain(note)),), is_absent=True)


def _see(grounds: Grounds, asked: Reference) -> Answer:
    return Answer(text=(Span(text="", to=asked.words[0]),))


def _edition(grounds: Grounds, asked: Reference) -> Answer:
    made_on = grounds.language.day(grounds.edition.manifest.made_on)
    note = grounds.say("Gemaakt op {day}.", day=made_on)
    return Answer(text=(Span(text=grounds.say("editie {id}", id=grounds.edition.id), note=plain(note)),))


def _accept(grounds: Grounds, asked: Reference) -> Answer:
    if len(asked.words[0].split()) < 3:
        raise AskedError(
            grounds.say("Schrijf bij ‘aanvaard’ een reden van minstens drie woorden tussen aanhalingstekens.")
        )
    return Answer(accepts=asked.words[0])


KINDS: Mapping[str, Kind] = {
    "cijfer": Kind(
        shape="cijfer GEBIED CIJFER [JAAR]",
        what="een waarde; de marge, de periode en beide vergelijkingen staan in de voetnoot",
        example="cijfer Havenhoek eenzaam 2022",
        least=2,
        most=3,
        answer=figures.figure,
    ),
    "achterstand": Kind(
        shape="achterstand GEBIED CIJFER [JAAR] naast=VERGELIJKING",
        what="hoe ver een gebied achter of voor ligt op één vergelijking",
        example="achterstand Havenhoek eenzaam naast=look_alikes",
        least=2,
        most=3,
        answer=figures.gap,
        options=("naast",),
    ),
    "verandering": Kind(
        shape="verandering GEBIED CIJFER naast=VERGELIJKING",
        what="hoe het verschil veranderde sinds de nulmeting, met het oordeel in de voetnoot",
        example="verandering Havenhoek eenzaam",
        least=2,
        most=2,
        answer=figures.shift,
        options=("naast",),
    ),
    "ontwikkeling": Kind(
        shape="ontwikkeling GEBIED CIJFER van=JAAR tot=JAAR",
        what="hoe de waarde zelf ging, van een jaar naar een later jaar; nooit over een breuk in de meting heen",
        example="ontwikkeling Havenhoek eenzaam",
        least=2,
        most=2,
        answer=figures.course,
        options=("van", "tot"),
    ),
    "oordeel": Kind(
        shape="oordeel GEBIED CIJFER naast=VERGELIJKING",
        what="het oordeel in hele zinnen, zoals elke pagina het zegt",
        example="oordeel Havenhoek eenzaam",
        least=2,
        most=2,
        answer=figures.verdict,
        options=("naast",),
    ),
    "zin": Kind(
        shape="zin GEBIED CIJFER",
        what="alles over een cijfer in zinnen: de waarde, beide verschillen, de veranderingen en de oordelen",
        example="zin Havenhoek eenzaam",
        least=2,
        most=2,
        answer=figures.sentence,
    ),
    "uitkomst": Kind(
        shape="uitkomst PROGRAMMA[.THEMA|.CIJFER][:VERGELIJKING] [aantal=…|gemiddelde=…]",
        what="in hoeveel wijken iets veranderde, met wat toeval geeft, het gemiddelde en de oordelen",
        example="uitkomst wijkaanpak.werken:rest_of_city aantal=loopt_in",
        least=1,
        most=1,
        answer=outcomes.outcome,
        options=("aantal", "gemiddelde"),
    ),
    "studie": Kind(
        shape="studie ONDERZOEK [antwoord|effect|graad|oordeel|naam] [CIJFER]",
        what="een onderzoek op de plank: nooit een effect zonder zijn graad van zekerheid",
        example="studie goede-sloten effect",
        least=1,
        most=3,
        answer=studies.study,
    ),
    "programma": Kind(
        shape="programma WAT koers=… wijk=… stand=… jaar=…",
        what="hoeveel er zijn van iets in de stand van het programma",
        example="programma besluiten koers=afbouwen",
        least=1,
        most=2,
        answer=programme.counted,
        options=("koers", "wijk", "stand", "jaar"),
    ),
    "wijken": Kind(
        shape="wijken KOERS",
        what="de namen van de wijken waarvan het laatste besluit deze koers is",
        example="wijken afbouwen",
        least=1,
        most=1,
        answer=programme.listed,
    ),
    "geld": Kind(
        shape="geld toegezegd|besteed|maatregelen wijk=… jaar=…",
        what="geld bij elkaar opgeteld, met van hoeveel het bedrag bekend is",
        example="geld toegezegd",
        least=1,
        most=1,
        answer=programme.amount,
        options=("wijk", "jaar", "stand"),
    ),
    "ontbreekt": Kind(
        shape='ontbreekt "ONDERWERP"',
        what="‘geen cijfers’ over iets waarvan de editie niets heeft; heeft zij wel iets, dan stopt het rapport",
        example='ontbreekt "Cito-scores"',
        least=1,
        most=1,
        answer=_missing,
    ),
    "tabel": Kind(
        shape="tabel SOORT [WAARVAN] naam=…",
        what="een genummerde tabel, op een eigen regel; soorten: " + ", ".join(blocks.TABLES),
        example="tabel uitkomsten werken",
        least=1,
        most=2,
        answer=blocks.table,
        options=("naam", "naast"),
        is_block=True,
    ),
    "figuur": Kind(
        shape="figuur verloop GEBIED CIJFER naast=… naam=… | figuur effect ONDERZOEK [CIJFER]",
        what="een genummerde figuur, op een eigen regel",
        example="figuur verloop Havenhoek eenzaam",
        least=2,
        most=3,
        answer=blocks.figure,
        options=("naam", "naast"),
        is_block=True,
    ),
    "zie": Kind(
        shape="zie NAAM",
        what="verwijst naar een tabel of figuur met haar nummer",
        example="zie tabel-uitkomsten-werken",
        least=1,
        most=1,
        answer=_see,
    ),
    "kamerstuk": Kind(
        shape="kamerstuk DOSSIER NUMMER [VERGADERJAAR]",
        what="een voetnoot met een kamerstuk",
        example="kamerstuk 30995 92 2012-2013",
        least=2,
        most=3,
        answer=programme.paper,
    ),
    "noot": Kind(
        shape='noot "TEKST"',
        what="een voetnoot",
        example='noot "Zie het advies van de commissie."',
        least=1,
        most=1,
        answer=_note,
    ),
    "vast": Kind(
        shape='vast "GETAL" "BRON"',
        what="een getal dat niet uit de editie komt, met zijn bron in de voetnoot",
        example='vast "40" "Besluit van het kabinet, 2007"',
        least=2,
        most=2,
        answer=_typed,
    ),
    "editie": Kind(shape="editie", what="de naam van de editie", example="editie", least=0, most=0, answer=_edition),
    "standdag": Kind(
        shape="standdag",
        what="de dag van de stand van het programma",
        example="standdag",
        least=0,
        most=0,
        answer=programme.day_of_state,
    ),
    "aanvaard": Kind(
        shape='aanvaard "REDEN"',
        what="aanvaardt de klachten over deze zin; de reden komt achterin het document",
        example='aanvaard "De wijk noemt dit zelf zo, en wij niet."',
        least=1,
        most=1,
        answer=_accept,
    ),
}
"""The kinds of references by their first word."""


def resolve(grounds: Grounds, asked: Reference) -> Answer:
    """Give what stands in the place of a reference; raises ``AskedError`` with what was probably meant."""
    kind = KINDS.get(asked.kind)
    say = grounds.say
    if kind is None:
        raise AskedError(
            say("Een verwijzing {kind} bestaat niet.", kind=repr(asked.kind)), near=near(asked.kind, list(KINDS))
        )
    if not kind.least <= len(asked.words) <= kind.most:
        raise AskedError(say("Zo schrijf je deze verwijzing: {shape}", shape="{{ " + kind.shape + " }}"))
    unknown = [name for name in asked.options if name not in kind.options]
    if unknown:
        raise AskedError(
            say("De naam {name}= hoort niet bij {kind}.", name=unknown[0], kind=asked.kind),
            near=near(unknown[0], list(kind.options)) or kind.options,
        )
    name = asked.options.get("naam", "x")
    if not _NAME.fullmatch(name):
        raise AskedError(
            say("Een naam heeft kleine letters, cijfers en streepjes: tabel-werken, niet {name}.", name=repr(name))
        )
    return kind.answer(grounds, asked)
