"""What is told of each kind of thing outside the desk, and to whom: one table for the API, the files and the feeds."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from wijkpeil.portrayal.language import mark
from wijkpeil.web.programmes.models.agreement import AgreementState, BudgetStatus, ItemState, ReasonClass
from wijkpeil.web.programmes.models.ambition import AmbitionState
from wijkpeil.web.programmes.models.decision import Course, DecisionState
from wijkpeil.web.programmes.models.measure import EndClass, MeasureState
from wijkpeil.web.programmes.models.promise import PromiseKind, PromiseState
from wijkpeil.web.programmes.models.story import StoryState
from wijkpeil.web.programmes.models.visitation import Answer, PublicationState, RecommendationState
from wijkpeil.web.programmes.record_shape import Audience, Field, Form, key_of, names_of, told

ID = told("id", mark("Kenmerk"), mark("De openbare naam, waarmee je het terugvindt op de site."), "key")
CITY = told("stad", mark("Stad"), mark("De code van de gemeente."), "city")
AREA = told("wijk", mark("Wijk"), mark("De code van de wijk in het programma; leeg is de hele stad of alles."), "area")
INSIDE = (
    told(
        "versie",
        mark("Versie van de regel"),
        mark("Hoe vaak er iets aan is gedaan; gaat omhoog bij elke handeling."),
        "version",
        Form.INTEGER,
        audience=Audience.PROGRAMME,
    ),
    told(
        "gemaaktOp",
        mark("Gemaakt op"),
        mark("De dag waarop het op de site is gezet."),
        lambda row, around: timezone.localdate(row.made_at),
        Form.DATE,
        audience=Audience.PROGRAMME,
    ),
    told(
        "ingetrokkenOmdat",
        mark("Ingetrokken omdat"),
        mark("Waarom een concept is teruggenomen; nooit openbaar."),
        lambda row, around: getattr(row, "withdrawn_because", ""),
        audience=Audience.PROGRAMME,
    ),
    told(
        "gemaaktDoor",
        mark("Gemaakt door"),
        mark("Het nummer van het account dat het op de site zette; geen naam."),
        lambda row, around: str(row.author_id),
        audience=Audience.AUDITOR,
    ),
)
"""What everything has that stands on its own, and that the public has no need of."""


def _state(codes: Any, meaning: str) -> Field:
    return told("stand", mark("Stand"), meaning, "state", codes=codes)


AMBITION: Sequence[Field] = (
    ID,
    CITY,
    AREA,
    _state(AmbitionState, mark("Hoe ver de ambitie is.")),
    told("thema", mark("Thema"), mark("Het thema waar zij bij hoort."), "theme"),
    told("tekst", mark("Ambitie"), mark("Wat bewoners en partijen willen, in hun eigen woorden."), "words"),
    told("tevredenAls", mark("Tevreden als"), mark("Vooraf vastgelegd: wanneer men tevreden is."), "satisfied_when"),
    told("indicator", mark("Cijfer"), mark("De id van het cijfer dat erbij hoort, als dat er is."), "indicator"),
    told("nulmeting", mark("Nulmeting"), mark("De waarde waarmee het begon."), "baseline", Form.NUMBER),
    told("nulmetingJaar", mark("Jaar van de nulmeting"), mark("Van welk jaar die is."), "baseline_year", Form.INTEGER),
    told("doel", mark("Doel"), mark("De waarde die men wil bereiken."), "target", Form.NUMBER),
    told("doelJaar", mark("Jaar van het doel"), mark("In welk jaar."), "target_year", Form.INTEGER),
    told("voorbehoud", mark("Voorbehoud"), mark("Wat het cijfer niet zegt."), "caveat"),
    told("beeindigdOmdat", mark("Beëindigd omdat"), mark("Waarom de ambitie niet meer geldt."), "ended_because"),
    *INSIDE,
)
AGREEMENT: Sequence[Field] = (
    ID,
    CITY,
    AREA,
    _state(AgreementState, mark("Hoe ver deze versie is.")),
    told("nummer", mark("Versie"), mark("De plaats in de rij van versies, vanaf 1."), "number", Form.INTEGER),
    told("vervangt", mark("Vervangt"), mark("Het kenmerk van de versie ervoor."), key_of("replaces")),
    told("titel", mark("Titel"), mark("Hoe de afspraak heet."), "title"),
    told("tekst", mark("Afspraak"), mark("De afspraak in het kort."), "text"),
    told("partijen", mark("Partijen"), mark("De organisaties die ondertekenen."), names_of("partners"), Form.LIST),
    told("geldtTot", mark("Geldt tot en met"), mark("De laatste dag waarop zij geldt."), "valid_to", Form.DATE),
    told("ondertekendOp", mark("Ondertekend op"), mark("De dag van de laatste ondertekening."), "signed_on", Form.DATE),
    told("reden", mark("Soort reden"), mark("Waarom er een nieuwe versie kwam."), "reason_class", codes=ReasonClass),
    told("waarom", mark("Waarom"), mark("De reden in woorden."), "why"),
    *INSIDE,
)
ITEM: Sequence[Field] = (
    ID,
    CITY,
    AREA,
    told("afspraak", mark("Afspraak"), mark("Het kenmerk van de versie waar het in staat."), key_of("agreement")),
    told("volgtOp", mark("Volgt op"), mark("Hetzelfde onderdeel in de versie ervoor."), key_of("follows")),
    _state(ItemState, mark("Hoe ver het onderdeel is; ‘te laat’ is geen stand maar volgt uit de datum.")),
    told("wat", mark("Wat"), mark("Wat er wordt gedaan."), "what"),
    told("partij", mark("Wie"), mark("De organisatie die het doet."), "partner.name"),
    told("helpers", mark("Helpt mee"), mark("Organisaties die meehelpen."), names_of("supporting"), Form.LIST),
    told("bedragCenten", mark("Bedrag"), mark("In hele eurocenten; leeg is niet bekend."), "budget_cents", Form.CENTS),
    told(
        "zekerheid",
        mark("Hoe zeker het geld is"),
        mark("Van plan, toegezegd of uitgegeven."),
        "budget_status",
        codes=BudgetStatus,
    ),
    told("klaarOp", mark("Klaar op"), mark("De dag waarop het af moet zijn."), "due", Form.DATE),
    told("bewijs", mark("Bewijs"), mark("Waaraan te zien is dat het klaar is."), "evidence_needed"),
    told(
        "reden", mark("Soort reden"), mark("Hoe het verschilt van de versie ervoor."), "reason_class", codes=ReasonClass
    ),
    told("waarom", mark("Waarom"), mark("De reden in woorden."), "why"),
    told("einde", mark("Hoe het eindigde"), mark("Hoe het onderdeel eindigde."), "end_class", codes=ReasonClass),
    told("beeindigdOmdat", mark("Beëindigd omdat"), mark("De reden in woorden."), "ended_because"),
    *INSIDE,
)


def _part(path: str) -> tuple[Field, ...]:
    """Give the fields of what belongs to a thing: a name made of that of the thing, and its place in the row."""
    return (
        told(
            "id",
            mark("Kenmerk"),
            mark("Het kenmerk van waar het bij hoort, met een volgnummer."),
            lambda row, around: f"{getattr(row, path).key}-{around.place_in(row)}",
        ),
        told("stad", mark("Stad"), mark("De code van de gemeente."), f"{path}.city"),
        told("wijk", mark("Wijk"), mark("De code van de wijk in het programma."), f"{path}.area"),
    )


_BY = told(
    "door",
    mark("Door"),
    mark("Het nummer van het account; geen naam."),
    lambda row, around: str(row.by_id),
    audience=Audience.AUDITOR,
)
REPORT: Sequence[Field] = (
    *_part("item"),
    told("onderdeel", mark("Onderdeel"), mark("Het kenmerk van het onderdeel."), key_of("item")),
    told("op", mark("Gemeld op"), mark("De dag van de melding."), "on", Form.DATE),
    told("stand", mark("Gemelde stand"), mark("Hoe ver het is volgens de partij zelf."), "status", codes=ItemState),
    told("tekst", mark("Melding"), mark("Wat er volgens de partij zelf is gebeurd."), "text"),
    told(
        "uitgegevenCenten",
        mark("Uitgegeven"),
        mark("In hele eurocenten; leeg is niet gemeld."),
        "spent_cents",
        Form.CENTS,
    ),
    told("bewijs", mark("Bewijs"), mark("Waar het is na te kijken."), "evidence"),
    _BY,
)
FINDING: Sequence[Field] = (
    *_part("item"),
    told("onderdeel", mark("Onderdeel"), mark("Het kenmerk van het onderdeel."), key_of("item")),
    told("op", mark("Vastgesteld op"), mark("De dag waarop het is vastgesteld."), "on", Form.DATE),
    told(
        "stand",
        mark("Vastgestelde stand"),
        mark("Hoe ver het is volgens iemand die er los van staat."),
        "status",
        codes=ItemState,
    ),
    told("tekst", mark("Bevinding"), mark("Wat die heeft gezien."), "text"),
    _BY,
)
MEASURE: Sequence[Field] = (
    ID,
    CITY,
    AREA,
    _state(MeasureState, mark("Hoe ver de maatregel is.")),
    told("naam", mark("Naam"), mark("Hoe de maatregel heet."), "name"),
    told("doel", mark("Wat beter moet worden"), mark("Wat de maatregel moet verbeteren."), "aim"),
    told("werking", mark("Hoe het werkt"), mark("Waarom het zou helpen."), "mechanism"),
    told("thema", mark("Thema"), mark("Het thema waar hij bij hoort."), "theme"),
    told(
        "indicatoren",
        mark("Cijfers"),
        mark("De id's van cijfers die moeten veranderen."),
        lambda row, around: list(row.indicators),
        Form.LIST,
    ),
    told("naJaren", mark("Na hoeveel jaar"), mark("Na hoeveel jaar dat te zien moet zijn."), "lag", Form.INTEGER),
    told("begonnenOp", mark("Begonnen op"), mark("De eerste dag."), "started", Form.DATE),
    told("geeindigdOp", mark("Geëindigd op"), mark("De laatste dag; leeg is: loopt nog."), "ended", Form.DATE),
    told(
        "einde",
        mark("Hoe het eindigde"),
        mark("Geborgd, gestopt, uitgesteld of afgerond."),
        "end_class",
        codes=EndClass,
    ),
    told("beeindigdOmdat", mark("Beëindigd omdat"), mark("De reden in woorden."), "ended_because"),
    told("geborgdBij", mark("Geborgd bij"), mark("Wie het voortzet."), "secured_at"),
    told(
        "onderzochtDoor", mark("Onderzocht door"), mark("De organisatie die onderzocht of het werkte."), "evaluated_by"
    ),
    told("kostenCenten", mark("Kosten"), mark("In hele eurocenten; leeg is niet bekend."), "cost_cents", Form.CENTS),
    told("partij", mark("Wie"), mark("De organisatie die het uitvoert."), "partner.name"),
    told("betalers", mark("Wie betaalt mee"), mark("Organisaties die meebetalen."), names_of("paid_by"), Form.LIST),
    told("onderdeel", mark("Onderdeel"), mark("Het onderdeel van een afspraak waar het bij hoort."), key_of("item")),
    *INSIDE,
)
OUTPUT: Sequence[Field] = (
    *_part("measure"),
    told("maatregel", mark("Maatregel"), mark("Het kenmerk van de maatregel."), key_of("measure")),
    told("jaar", mark("Jaar"), mark("Het jaar waarin het is gemaakt of gedaan."), "year", Form.INTEGER),
    told("wat", mark("Wat"), mark("Wat er is gemaakt of gedaan; dat zegt nog niet of het hielp."), "what"),
    told("aantal", mark("Aantal"), mark("Hoeveel."), "quantity", Form.NUMBER),
    told("eenheid", mark("Eenheid"), mark("Waarin het is geteld."), "unit"),
    told("bron", mark("Bron"), mark("Waar het aantal vandaan komt."), "source"),
    told(
        "nagekeken",
        mark("Nagekeken"),
        mark("Of iemand die er los van staat de bron heeft bekeken."),
        lambda row, around: row.checked_by_id is not None,
        Form.BOOLEAN,
    ),
    _BY,
)
VISITATION: Sequence[Field] = (
    ID,
    CITY,
    AREA,
    _state(PublicationState, mark("Of iedereen het kan lezen.")),
    told("commissie", mark("Commissie"), mark("Welke commissie kwam kijken."), "committee"),
    told("op", mark("Dag"), mark("De dag van het bezoek."), "on", Form.DATE),
    told("gesprokenMet", mark("Gesproken met"), mark("Met wie is gesproken: rollen, geen namen."), "met"),
    told("bevindingen", mark("Bevindingen"), mark("Wat de commissie zag."), "findings"),
    told("rapport", mark("Rapport"), mark("Het adres van het rapport."), "report_at"),
    *INSIDE,
)
RECOMMENDATION: Sequence[Field] = (
    ID,
    CITY,
    AREA,
    told("visitatie", mark("Visitatie"), mark("Het kenmerk van de visitatie."), key_of("visitation")),
    _state(RecommendationState, mark("Of zij is gesloten, en hoe.")),
    told("tekst", mark("Aanbeveling"), mark("Wat de commissie aanbeveelt."), "text"),
    told("aan", mark("Aan"), mark("De organisatie aan wie zij is gericht."), "partner.name"),
    told("klaarOp", mark("Klaar op"), mark("De dag waarop het gedaan moet zijn."), "due", Form.DATE),
    told("antwoord", mark("Antwoord"), mark("Eens, deels eens of oneens."), "answer", codes=Answer),
    told("toelichting", mark("Toelichting"), mark("Het antwoord in woorden."), "answer_text"),
    told("geslotenOmdat", mark("Gesloten omdat"), mark("Waarom zij is gesloten."), "closed_because"),
    *INSIDE,
)
DECISION: Sequence[Field] = (
    ID,
    CITY,
    AREA,
    _state(DecisionState, mark("Hoe ver het besluit is.")),
    told("besluit", mark("Besluit"), mark("Afbouwen, doorgaan, intensiveren of terugkeren."), "course", codes=Course),
    told("waarom", mark("Waarom"), mark("De reden in woorden."), "why"),
    told("beslotenOp", mark("Besloten op"), mark("De dag van het besluit."), "decided_on", Form.DATE),
    told(
        "bronnen",
        mark("Bronnen"),
        mark("De bronnen waar het besluit op rust, minstens twee."),
        lambda row, around: sorted(": ".join(filter(None, (one.name, one.says))) for one in row.grounds.all()),
        Form.LIST,
    ),
    told("editie", mark("Editie"), mark("De editie waar het besluit op rust."), "edition"),
    told("voorstel", mark("Voorstel"), mark("Wat uit de cijfers volgde; dat besluit niet."), "proposal", codes=Course),
    told(
        "metGesprek",
        mark("Met gesprek"),
        mark("Of er een statusgesprek aan vooraf ging."),
        lambda row, around: row.talk_id is not None,
        Form.BOOLEAN,
    ),
    told(
        "metBewoners",
        mark("Met bewoners"),
        mark("Of bewoners bij dat gesprek waren."),
        lambda row, around: row.talk is not None and any(one.is_resident for one in row.talk.participants.all()),
        Form.BOOLEAN,
    ),
    told(
        "keertTerugAls", mark("Keert terug als"), mark("Wanneer een wijk terugkeert in het programma."), "returns_when"
    ),
    told(
        "kamerGeinformeerdOp",
        mark("Kamer geïnformeerd op"),
        mark("De dag waarop de Kamer het hoorde."),
        "parliament_informed_on",
        Form.DATE,
    ),
    told("kamerstuk", mark("Kamerstuk"), mark("In welk stuk."), "parliament_paper"),
    told(
        "bezwaren",
        mark("Bezwaren"),
        mark("Bezwaren tegen het besluit; nooit openbaar."),
        "objections",
        audience=Audience.PROGRAMME,
    ),
    *INSIDE,
)
PROMISE: Sequence[Field] = (
    ID,
    CITY,
    AREA,
    _state(PromiseState, mark("Of zij is beantwoord.")),
    told("soort", mark("Soort"), mark("Toezegging, motie of vraag."), "kind", codes=PromiseKind),
    told("stuk", mark("Kamerstuk"), mark("In welk stuk zij staat."), "paper"),
    told("tekst", mark("Toezegging"), mark("Wat er is toegezegd of gevraagd."), "text"),
    told("klaarOp", mark("Uiterlijk"), mark("De dag waarop er een antwoord moet zijn."), "due", Form.DATE),
    told("antwoord", mark("Antwoord"), mark("Het antwoord."), "answer"),
    told("antwoordStuk", mark("Stuk van het antwoord"), mark("In welk stuk het antwoord staat."), "answer_paper"),
    told("beantwoordOp", mark("Beantwoord op"), mark("De dag van het antwoord."), "answered_on", Form.DATE),
    *INSIDE,
)
STORY: Sequence[Field] = (
    ID,
    CITY,
    AREA,
    _state(StoryState, mark("Hoe ver het verhaal is.")),
    told("titel", mark("Titel"), mark("Hoe het verhaal heet."), "title"),
    told("tekst", mark("Verhaal"), mark("Het verhaal; wie herkenbaar is, gaf toestemming."), "text"),
    told("bewijs", mark("Waar het uit blijkt"), mark("Waar het is na te kijken."), "evidence"),
    told("jaar", mark("Jaar"), mark("Het jaar waarin het speelde."), "year", Form.INTEGER),
    told("indicator", mark("Cijfer"), mark("De id van het cijfer waar het bij hoort."), "indicator"),
    told(
        "gezocht",
        mark("Gezocht"),
        mark("Of men deze opbrengst zocht; anders kwam zij onverwacht."),
        "was_sought",
        Form.BOOLEAN,
    ),
    told("partij", mark("Wie vertelt het"), mark("De organisatie die het vertelt."), "partner.name"),
    told(
        "herkenbaar",
        mark("Herkenbaar"),
        mark("Hoeveel mensen erin herkenbaar zijn."),
        "portrayed",
        Form.INTEGER,
        audience=Audience.PROGRAMME,
    ),
    *INSIDE,
)
REVIEW: Sequence[Field] = (
    ID,
    CITY,
    AREA,
    _state(PublicationState, mark("Of iedereen het kan lezen.")),
    told("studie", mark("Studie"), mark("De id van de studie."), "study"),
    told("commissie", mark("Commissie"), mark("Welke commissie de studie beoordeelde."), "committee"),
    told("oordeel", mark("Oordeel"), mark("Wat de commissie van de studie vindt."), "verdict"),
    told("voorbeeld", mark("Voorbeeld"), mark("Of de studie als voorbeeld mag gelden."), "is_example", Form.BOOLEAN),
    *INSIDE,
)
