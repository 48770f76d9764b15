"""The sheets and columns of the workbook: one table that writes the template, drives the reading and is explained."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from wijkpeil.portrayal.language import Language, mark
from wijkpeil.web.programmes.models.agreement import BudgetStatus
from wijkpeil.web.programmes.models.partner import PartnerKind

EXAMPLE = "voorbeeld"
"""The mark of a row that is only there to be looked at."""
EXPLANATION = "Uitleg"


class Form(Enum):
    """What stands in a cell."""

    LINE = "line"
    PASSAGE = "passage"
    CHOICE = "choice"
    DAY = "day"
    AMOUNT = "amount"
    YEARS = "years"
    CITY = "city"
    AREA = "area"
    PARTNER = "partner"
    PARTNERS = "partners"
    THEME = "theme"
    INDICATORS = "indicators"
    MARK = "mark"
    """The mark of the row itself."""
    AGREEMENT = "agreement"
    ITEM = "item"


@dataclass(frozen=True, kw_only=True, eq=False)
class Column:
    """A column: its heading, the field it fills, and what may be typed."""

    heading: str
    name: str
    form: Form
    about: str
    example: str = ""
    is_required: bool = True
    most: int = 300
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, eq=False)
class Sheet:
    """A sheet: its name, what is on it, and its columns."""

    name: str
    about: str
    columns: Sequence[Column]

    def column(self, name: str) -> Column:
        """Give a column by the field it fills."""
        return next(one for one in self.columns if one.name == name)


def _choices(of: type[PartnerKind] | type[BudgetStatus]) -> dict[str, str]:
    return {str(code): str(word) for code, word in of.choices}


_MARK = Column(
    heading="Kenmerk",
    name="mark",
    form=Form.MARK,
    about=mark(
        "Een eigen naam voor deze regel, zoals A1. Daarmee verwijs je ernaar, en wordt de regel nooit dubbel ingelezen."
    ),
    is_required=False,
    most=100,
)
_CITY = Column(
    heading="Stad",
    name="city",
    form=Form.CITY,
    about=mark("De naam of de code van de stad. Nodig als de wijk leeg blijft of haar naam vaker voorkomt."),
    is_required=False,
)
_AREA = Column(
    heading="Wijk",
    name="area",
    form=Form.AREA,
    about=mark("De naam of de code van de wijk. Leeg is: de hele stad, en zonder stad het hele programma."),
    is_required=False,
)

PARTNERS = Sheet(
    name="Partijen",
    about=mark("Organisaties die meedoen. Alleen een programmamanager kan partijen toevoegen."),
    columns=(
        _MARK,
        Column(
            heading="Naam",
            name="name",
            form=Form.LINE,
            about=mark("Hoe de organisatie heet. Nooit de naam van een persoon."),
            example="Woningstichting Havenzicht",
            most=200,
        ),
        Column(
            heading="Soort",
            name="kind",
            form=Form.CHOICE,
            about=mark("Wat voor organisatie het is."),
            example="Woningcorporatie",
            choices=_choices(PartnerKind),
        ),
        Column(
            heading="Stad",
            name="city",
            form=Form.CITY,
            about=mark("De naam of de code van de stad. Leeg is: van het hele programma."),
            is_required=False,
        ),
    ),
)
AGREEMENTS = Sheet(
    name="Afspraken",
    about=mark("Een afspraak per regel. Elke afspraak wordt een concept."),
    columns=(
        _MARK,
        _CITY,
        _AREA,
        Column(
            heading="Titel",
            name="title",
            form=Form.LINE,
            about=mark("Hoe de afspraak heet."),
            example="Wonen in de wijk",
        ),
        Column(
            heading="Afspraak in het kort",
            name="text",
            form=Form.PASSAGE,
            about=mark("Wat de partijen afspreken."),
            example="Samen knappen we de woningen op.",
            is_required=False,
            most=20_000,
        ),
        Column(
            heading="Partijen",
            name="partners",
            form=Form.PARTNERS,
            about=mark("De partijen die ondertekenen, met een puntkomma ertussen."),
            example="Gemeente; Woningstichting Havenzicht",
            most=2_000,
        ),
        Column(
            heading="Geldt tot en met",
            name="valid_to",
            form=Form.DAY,
            about=mark("De laatste dag waarop de afspraak geldt."),
            example="31-12-2030",
            is_required=False,
        ),
    ),
)
ITEMS = Sheet(
    name="Onderdelen",
    about=mark("Wie wat doet: een regel per onderdeel van een afspraak die nog een concept is."),
    columns=(
        _MARK,
        Column(
            heading="Afspraak",
            name="agreement",
            form=Form.AGREEMENT,
            about=mark("Het kenmerk van de afspraak, op het blad Afspraken of van de site."),
            example="A1",
            most=100,
        ),
        Column(
            heading="Wat",
            name="what",
            form=Form.PASSAGE,
            about=mark("Wat er wordt gedaan."),
            example="Veertig woningen opknappen",
            most=20_000,
        ),
        Column(
            heading="Wie",
            name="partner",
            form=Form.PARTNER,
            about=mark("De partij die het doet. Zij ondertekent de afspraak ook."),
            example="Woningstichting Havenzicht",
        ),
        Column(
            heading="Helpt mee",
            name="supporting",
            form=Form.PARTNERS,
            about=mark("Partijen van de afspraak die meehelpen, met een puntkomma ertussen."),
            example="Gemeente",
            is_required=False,
            most=2_000,
        ),
        Column(
            heading="Bedrag",
            name="budget_cents",
            form=Form.AMOUNT,
            about=mark("In euro. Leeg is: nog niet bekend."),
            example="1.250.000,50",
            is_required=False,
        ),
        Column(
            heading="Hoe zeker",
            name="budget_status",
            form=Form.CHOICE,
            about=mark("Hoe zeker het geld is."),
            example="toegezegd",
            is_required=False,
            choices=_choices(BudgetStatus),
        ),
        Column(
            heading="Klaar op",
            name="due",
            form=Form.DAY,
            about=mark("De dag waarop het klaar moet zijn."),
            example="01-06-2028",
        ),
        Column(
            heading="Bewijs",
            name="evidence_needed",
            form=Form.PASSAGE,
            about=mark("Waaraan te zien is dat het klaar is."),
            example="Opleveringsrapport",
            most=20_000,
        ),
    ),
)
MEASURES = Sheet(
    name="Maatregelen",
    about=mark("Een maatregel (project) per regel. Elke maatregel wordt een concept."),
    columns=(
        _MARK,
        _CITY,
        _AREA,
        Column(heading="Naam", name="name", form=Form.LINE, about=mark("Hoe de maatregel heet."), example="Werkplaats"),
        Column(
            heading="Wat moet beter worden",
            name="aim",
            form=Form.PASSAGE,
            about=mark("Wat de maatregel moet verbeteren."),
            example="Jongeren vinden werk",
            most=20_000,
        ),
        Column(
            heading="Hoe het werkt",
            name="mechanism",
            form=Form.PASSAGE,
            about=mark("Waarom het zou helpen."),
            example="Vakmensen leren jongeren een vak",
            most=20_000,
        ),
        Column(heading="Thema", name="theme", form=Form.THEME, about=mark("De naam of de id van een thema.")),
        Column(
            heading="Cijfers",
            name="indicators",
            form=Form.INDICATORS,
            about=mark("De id's of namen van cijfers die moeten veranderen, met een puntkomma ertussen."),
            is_required=False,
            most=5_000,
        ),
        Column(
            heading="Na hoeveel jaar",
            name="lag",
            form=Form.YEARS,
            about=mark("Na hoeveel jaar dat te zien moet zijn: een heel getal van 0 tot en met 30."),
            example="2",
        ),
        Column(
            heading="Begonnen op",
            name="started",
            form=Form.DAY,
            about=mark("De eerste dag."),
            example="01-03-2026",
        ),
        Column(
            heading="Kosten",
            name="cost_cents",
            form=Form.AMOUNT,
            about=mark("In euro. Leeg is: niet bekend."),
            example="80.000",
            is_required=False,
        ),
        Column(
            heading="Wie",
            name="partner",
            form=Form.PARTNER,
            about=mark("De partij die het uitvoert."),
            example="Gemeente",
        ),
        Column(
            heading="Wie betaalt mee",
            name="paid_by",
            form=Form.PARTNERS,
            about=mark("Partijen die meebetalen, met een puntkomma ertussen."),
            is_required=False,
            most=2_000,
        ),
        Column(
            heading="Onderdeel",
            name="item",
            form=Form.ITEM,
            about=mark("Het kenmerk van het onderdeel van een afspraak waar het bij hoort."),
            is_required=False,
            most=100,
        ),
    ),
)
SHEETS: Sequence[Sheet] = (PARTNERS, AGREEMENTS, ITEMS, MEASURES)
"""In the order in which they are read: what is referred to comes first."""
FORM_WORDS: Mapping[Form, str] = {
    Form.LINE: mark("tekst"),
    Form.PASSAGE: mark("tekst"),
    Form.CHOICE: mark("keuze"),
    Form.DAY: mark("datum, zoals 31-12-2027"),
    Form.AMOUNT: mark("bedrag, zoals 12.500,50"),
    Form.YEARS: mark("heel getal"),
    Form.CITY: mark("stad"),
    Form.AREA: mark("wijk"),
    Form.PARTNER: mark("partij"),
    Form.PARTNERS: mark("partijen"),
    Form.THEME: mark("thema"),
    Form.INDICATORS: mark("cijfers"),
    Form.MARK: mark("kenmerk"),
    Form.AGREEMENT: mark("kenmerk"),
    Form.ITEM: mark("kenmerk"),
}


def handbook(language: Language) -> Iterator[str]:
    """Write the columns as the handbook tells of them, line by line."""
    say = language.say
    for sheet in SHEETS:
        yield from (f"### {sheet.name}", "", say(sheet.about), "")
        yield f"| {say('kolom')} | {say('wat erin staat')} | {say('verplicht')} | {say('uitleg')} |"
        yield "| --- | --- | --- | --- |"
        for one in sheet.columns:
            listed = f": {', '.join(say(word) for word in one.choices.values())}" if one.choices else ""
            needed = say("ja") if one.is_required else say("nee")
            yield f"| {one.heading} | {say(FORM_WORDS[one.form])}{listed} | {needed} | {say(one.about)} |"
        yield ""
