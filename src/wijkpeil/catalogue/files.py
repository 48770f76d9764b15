"""Every kind of policy file: where it stands, which keys it has, and what each of them means."""

from dataclasses import dataclass
from enum import StrEnum

from wijkpeil.catalogue.composites import COMPOSITE, REVIEW
from wijkpeil.catalogue.mapping import MAPPING
from wijkpeil.catalogue.measure import MEASURE
from wijkpeil.catalogue.tables import ByYear, Field, ListOf, Table
from wijkpeil.catalogue.values import (
    NOTE,
    YEAR,
    AreaCode,
    Choice,
    Day,
    Flag,
    Number,
    Reference,
    ReferenceInYear,
    Text,
    whole,
)
from wijkpeil.domain.area import Level
from wijkpeil.domain.indicator import Direction, Form, GapScale, Kind, Unit
from wijkpeil.domain.programme import Certainty

TEXT = Text()
NAME = Text(r"[A-Za-z][A-Za-z0-9_]*", "een naam van letters, cijfers en _, die met een letter begint, zoals G4")
SMALL_NAME = Text(r"[a-z][a-z0-9_]*", "een naam van kleine letters, cijfers en _, zoals moeite_met_rondkomen")
HYPHENATED = Text(r"[a-z0-9]+(-[a-z0-9]+)*", "een naam van kleine letters, cijfers en streepjes, zoals oud-zuid")
TABLE_ID = Text(r"[^\s:]+", "een naam zonder spaties en zonder dubbele punt, zoals 50090NED-2016")
ADDRESS = Text(r"https?://\S+", "een webadres dat met https:// begint")
POSTCODE = Text(r"[1-9]\d{3}", 'vier cijfers tussen aanhalingstekens, zoals "3075"')


class Protocol(StrEnum):
    """How a table is fetched from its publisher."""

    ODATA_V4 = "odata_v4"
    ODATA_V3 = "odata_v3"
    WFS = "wfs"
    OGC_FEATURES = "ogc_features"


A_SOURCE = Reference("source", "bron")
AN_INDICATOR = Reference("indicator", "indicator")
AN_INDICATOR_IN_YEAR = ReferenceInYear("indicator", "indicator")
A_PROGRAMME = Reference("programme", "programma")

_LABEL = Field("label", TEXT, "Hoe het heet, voor lezers.")
_LABEL_EN = Field("label_en", TEXT, "Hoe het heet in het Engels.")
_NOTE = Field("note", NOTE, "Wat een lezer of beheerder nog moet weten.", "")
_VINTAGE = Field("vintage", YEAR, "Het kaartjaar van de gebiedscodes; dat is niet het jaar van de cijfers.")

POLICY = Table(
    Field("name", TEXT, "De naam van het hele land, zoals lezers die zien."),
    Field("fictional", Flag(), "Of het land verzonnen is; dan staat dat op elk scherm.", False),
    Field("country", AreaCode((Level.COUNTRY,)), "De code van het hele land."),
    Field("map_year", YEAR, "Het kaartjaar waarop een editie staat."),
    Field(
        "apportioned_limit",
        Number(low=0, high=1),
        "Het deel van een waarde (0 tot 1) dat over een nieuwe grens verdeeld mag zijn; daarboven: niet vergelijkbaar.",
    ),
    Field("default_programme", A_PROGRAMME, "Het programma dat geldt als een opdracht er geen noemt."),
)

THEMES = Table(
    Field(
        "theme",
        ListOf(
            Table(
                Field("id", SMALL_NAME, "De naam van de map met indicatoren."),
                _LABEL,
                _LABEL_EN,
                Field("order", whole(0), "De plaats in de rij van thema's, van klein naar groot."),
                _NOTE,
            )
        ),
        "De thema's.",
    )
)

BASES = Table(
    Field(
        "base",
        ListOf(
            Table(
                Field("id", SMALL_NAME, "Waarmee indicatoren naar deze grondslag verwijzen."),
                _LABEL,
                _LABEL_EN,
                Field(
                    "population", AN_INDICATOR, "De getelde indicator die weegt als een bron zelf geen aantal geeft."
                ),
            )
        ),
        "Over wie of wat cijfers gaan.",
    )
)

GROUPS = Table(
    Field(
        "group",
        ListOf(
            Table(
                Field("id", NAME, "De korte naam van de groep."),
                _LABEL,
                _LABEL_EN,
                _VINTAGE,
                Field("members", ListOf(AreaCode((Level.GEMEENTE,))), "De gemeenten van de groep."),
            ),
            at_least=0,
        ),
        "Vaste groepen gemeenten om mee te vergelijken.",
        (),
    )
)

LOOK_ALIKES = Table(
    Field(
        "characteristics",
        ListOf(AN_INDICATOR_IN_YEAR),
        "De indicatoren waarop een wijk moet lijken, elk met het jaar van het cijfer.",
    ),
    Field("number", whole(1), "Hoeveel vergelijkbare wijken er hoogstens gezocht worden."),
    Field("caliper", Number(above=0), "De grootste afstand die nog lijkt, in standaardafwijkingen."),
    Field("minimum_population", whole(0), "Het kleinste aantal inwoners; houdt bedrijventerreinen erbuiten."),
    _NOTE,
)

_KIND_WORDS = {
    Kind.PROPORTION: "aandelen",
    Kind.MEAN: "gemiddelden",
    Kind.RATE: "aantallen per 1.000",
    Kind.COUNT: "aantallen",
    Kind.SCORE: "scores",
    Kind.ORDINAL: "klassen",
}

DISCLOSURE = Table(
    Field(
        "audience",
        ListOf(
            Table(
                Field("id", SMALL_NAME, "De korte naam van dit publiek."),
                _LABEL,
                Field("round_counts_to", whole(1), "Waarop aantallen afgerond worden; 1 is niet afronden."),
                Field("decimals_extra", whole(0, 3), "Hoeveel decimalen meer dit publiek ziet.", 0),
                Field(
                    "minimum_base",
                    Table(
                        *(
                            Field(kind, whole(0), f"Over hoeveel mensen {words} minstens moeten gaan om ze te tonen.")
                            for kind, words in _KIND_WORDS.items()
                        )
                    ),
                    "Over hoeveel mensen (huishoudens, woningen) een cijfer minstens moet gaan, per soort.",
                ),
            )
        ),
        "Wie wat mag zien.",
    )
)

_CODE_LIST = Table(
    Field("population", TEXT, "De kolom met het aantal inwoners.", None),
    Field("land_ha", TEXT, "De kolom met de oppervlakte land in hectare.", None),
    Field("land_km2", TEXT, "De kolom met de oppervlakte land in vierkante kilometer.", None),
    Field("total_ha", TEXT, "De kolom met de oppervlakte land en water in hectare.", None),
    Field("total_km2", TEXT, "De kolom met de oppervlakte land en water in vierkante kilometer.", None),
    Field(
        "comparability", TEXT, "De kolom met 1 (gelijk), 2 (nieuwe code) of 3 (nieuwe grens) sinds vorig jaar.", None
    ),
    Field("pc4", TEXT, "De kolom met de meest voorkomende postcode.", None),
)

_UNCERTAINTY = Table(
    Field(
        "between_periods",
        Number(low=0, high=1),
        "De samenhang (0 tot 1) tussen de fouten in twee perioden; 0 bij steeds nieuwe steekproeven; anders weglaten.",
        None,
    ),
)

SOURCE = Table(
    _LABEL,
    Field("publisher", TEXT, "Wie de cijfers uitgeeft."),
    Field("licence", TEXT, "De licentie van de cijfers."),
    Field("attribution", TEXT, "Hoe de bron genoemd moet worden."),
    Field("landing_page", ADDRESS, "De pagina van de uitgever over deze cijfers."),
    Field("cadence", TEXT, "Hoe vaak er nieuwe cijfers komen."),
    _NOTE,
    Field("uncertainty", _UNCERTAINTY, "Wat er bekend is over de fouten van deze bron.", None),
    Field(
        "table",
        ListOf(
            Table(
                Field("id", TABLE_ID, "De naam van deze tabel, uniek in dit bestand."),
                Field("year", YEAR, "Het jaar van de cijfers; laat weg als een bestand meer jaren bevat.", None),
                _VINTAGE,
                Field("files", ListOf(TEXT, at_least=0), "Patronen van bestandsnamen, zoals kwb-2020*.xlsx.", ()),
                Field("form", SMALL_NAME, "De vorm van het bestand; wijkpeil weet hoe die gelezen wordt."),
                Field("provisional", Flag(), "Of de cijfers voorlopig zijn.", False),
                Field("title", TEXT, "Hoe de tabel zichzelf noemt; wordt gecontroleerd bij het ophalen.", None),
                Field("protocol", Choice(Protocol), "Hoe de tabel opgehaald wordt.", None),
                Field("address", TEXT, "Waar de tabel opgehaald wordt, binnen de dienst van de uitgever.", None),
                Field("code_list", _CODE_LIST, "Kolommen die de gebieden zelf beschrijven.", None),
                Field("mapping", MAPPING, 'De indeling van een eigen tabel, bij form = "eigen_tabel".', None),
            )
        ),
        "De tabellen of jaarbestanden van deze bron.",
    ),
)

_FORM = Field(
    "form", Choice(Form), "Hoe het getal in de kolom geschreven staat; anders wat bij de eenheid hoort.", None
)
_BASE_COLUMN = Field("base", TEXT, "De kolom met het aantal over wie het cijfer gaat.", None)
_ROUNDED = Field("rounded_to", whole(1), "Waarop de uitgever aantallen afrondt, meestal 5 of 10.", None)
_ERROR = Field("error", TEXT, "De kolom met de standaardfout.", None)

_COLUMN = Table(Field("name", TEXT, "De naam van de kolom bij de uitgever."), _FORM, _BASE_COLUMN, _ROUNDED, _ERROR)

INDICATOR = Table(
    _LABEL,
    _LABEL_EN,
    Field("unit", Choice(Unit), "De eenheid waarin een lezer het cijfer ziet."),
    Field("direction", Choice(Direction), "Of meer beter is, of minder; context wordt nooit beoordeeld."),
    Field(
        "measure",
        MEASURE,
        "Wat er gemeten wordt.",
    ),
    Field(
        "judgement",
        Table(
            Field(
                "materiality",
                Number(above=0),
                "De kleinste verandering die een woord waard is; een aandeel als fractie: 0.01 is één procentpunt.",
            ),
            Field("gap_scale", Choice(GapScale), "Of het verschil of de verhouding telt.", GapScale.ABSOLUTE),
            Field(
                "superpopulation",
                Flag(),
                "Of ook bij een volledige telling toeval meetelt; zo niet, dan telt alleen de kleinste verandering.",
                True,
            ),
        ),
        'Hoe er geoordeeld wordt; laat deze tabel weg bij direction = "context".',
        None,
    ),
    Field(
        "source",
        ListOf(
            Table(
                Field("id", A_SOURCE, "De bron: een bestand in bronnen/."),
                _FORM,
                _BASE_COLUMN,
                _ROUNDED,
                _ERROR,
                Field("columns", ByYear(_COLUMN, "name"), "Per jaar de kolom waarin het cijfer staat."),
            ),
            or_one=True,
        ),
        "Waar het cijfer vandaan komt; bij meer bronnen geldt de eerste die het cijfer heeft.",
    ),
    Field(
        "meaning",
        Table(
            Field("definition", TEXT, "Wat er precies geteld wordt, en door wie."),
            Field("question", TEXT, "De vraag die het cijfer beantwoordt."),
            Field("not_for", TEXT, "Wat het cijfer niet zegt."),
        ),
        "Wat het cijfer betekent.",
    ),
    Field(
        "break",
        ListOf(
            Table(
                Field("year", YEAR, "Het eerste jaar van de nieuwe reeks."),
                Field("note", TEXT, "Wat er veranderd is."),
            ),
            at_least=0,
        ),
        "Breuken: over zo'n jaar heen wordt niet vergeleken.",
        (),
    ),
    REVIEW,
)

PROGRAMME = Table(
    _LABEL,
    _LABEL_EN,
    Field("start", Day(), "De dag waarop het programma begon."),
    Field("end", Day(), "De dag waarop het programma eindigde.", None),
    Field("baseline", Day(), "De dag van de nulmeting."),
    Field("baseline_window", whole(0, 20), "Hoeveel jaar ernaast nog als nulmeting telt."),
    _VINTAGE,
    Field(
        "selected_on",
        ListOf(AN_INDICATOR_IN_YEAR, at_least=0),
        "De cijfers waarop de wijken gekozen zijn, elk met het jaar waarnaar gekeken is.",
        (),
    ),
    _NOTE,
    Field(
        "neighbourhood",
        ListOf(
            Table(
                Field("id", HYPHENATED, "De korte naam van de wijk, uniek in het programma."),
                Field("name", TEXT, "De naam van de wijk."),
                Field("gemeente", AreaCode((Level.GEMEENTE,)), "De gemeente waarin de wijk ligt."),
                Field(
                    "parts", ListOf(AreaCode((Level.WIJK, Level.BUURT, Level.PC4))), "De gebieden waaruit ze bestaat."
                ),
                Field("certainty", Choice(Certainty), "Hoe zeker het is dat deze codes de wijk zijn."),
                Field("start", Day(), "De dag waarop de wijk meedeed; anders de start van het programma.", None),
                Field("end", Day(), "De dag waarop de wijk ermee stopte.", None),
                Field("wave", TEXT, "De lichting, als een programma er meer heeft.", None),
                Field(
                    "pc4",
                    ListOf(POSTCODE, at_least=0),
                    "Postcodes waaronder de wijk bekend is; alleen om te zoeken.",
                    (),
                ),
                _NOTE,
                Field(
                    "conflict",
                    ListOf(
                        Table(
                            Field("about", TEXT, "Waarover de lijsten verschillen."),
                            Field("sources", ListOf(TEXT, at_least=2), "Wat elke lijst zegt."),
                            Field("decision", TEXT, "Wat hier besloten is."),
                        ),
                        at_least=0,
                    ),
                    "Waar bronnen elkaar tegenspreken.",
                    (),
                ),
            )
        ),
        "De wijken van het programma.",
    ),
)


@dataclass(frozen=True, kw_only=True)
class FileKind:
    """One kind of policy file.

    ``pattern`` finds its files below the folder. ``defines`` is the kind of thing that a reference can point at:
    each file one (its ``id_shape`` is what the file name must be like), or else each entry of the list ``entries``.
    """

    name: str
    pattern: str
    table: Table
    defines: str = ""
    entries: str = ""
    id_shape: Text | None = None
    is_required: bool = True


KINDS = (
    FileKind(name="beleid", pattern="beleid.toml", table=POLICY),
    FileKind(name="themas", pattern="themas.toml", table=THEMES, defines="theme", entries="theme"),
    FileKind(name="grondslagen", pattern="grondslagen.toml", table=BASES, defines="base", entries="base"),
    FileKind(name="groepen", pattern="groepen.toml", table=GROUPS, defines="group", entries="group", is_required=False),
    FileKind(name="lijkt_op", pattern="lijkt_op.toml", table=LOOK_ALIKES),
    FileKind(name="onthulling", pattern="onthulling.toml", table=DISCLOSURE, defines="audience", entries="audience"),
    FileKind(name="bron", pattern="bronnen/*.toml", table=SOURCE, defines="source", id_shape=NAME),
    FileKind(
        name="indicator", pattern="indicatoren/*/*.toml", table=INDICATOR, defines="indicator", id_shape=SMALL_NAME
    ),
    FileKind(name="programma", pattern="programmas/*.toml", table=PROGRAMME, defines="programme", id_shape=SMALL_NAME),
    FileKind(
        name="samenstelling",
        pattern="samenstellingen/*.toml",
        table=COMPOSITE,
        defines="composite",
        id_shape=SMALL_NAME,
        is_required=False,
    ),
)
"""Every file that a policy folder may hold; anything else in it is no policy."""
