"""A study file as it is written: which keys it has, and what each of them means."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from wijkpeil.catalogue.complaints import Where
from wijkpeil.catalogue.files import A_PROGRAMME, AN_INDICATOR, HYPHENATED, TEXT, FileKind
from wijkpeil.catalogue.tables import ByName, Field, ListOf, Table
from wijkpeil.catalogue.values import (
    NOTE,
    YEAR,
    AreaCode,
    Choice,
    Day,
    Flag,
    JsonSchema,
    Known,
    Number,
    Reference,
    Text,
    whole,
)
from wijkpeil.domain.area import Level
from wijkpeil.domain.complaint import Complaint
from wijkpeil.domain.evidence import CheckKind, CheckStatus
from wijkpeil.domain.study import Design, Expected, Family, StudyKind

REGISTRATION = "registration"
"""The one table of a study file that its hash does not cover."""


class ComparedLevel(StrEnum):
    """The kinds of area that can be compared with; those of a programme for starts that come one after another."""

    GEMEENTE = Level.GEMEENTE.value
    WIJK = Level.WIJK.value
    BUURT = Level.BUURT.value
    PC4 = Level.PC4.value
    PROGRAMME_AREA = Level.PROGRAMME_AREA.value


_HASH = Text(r"[0-9a-f]{64}", "64 cijfers en letters van a tot en met f, zoals wijkpeil study register ze schrijft")
_LEVELS = (Level.GEMEENTE, Level.WIJK, Level.BUURT, Level.PC4)
_NEIGHBOURHOOD = Reference("neighbourhood", "wijk van een programma")


@dataclass(frozen=True)
class StudyArea(AreaCode):
    """A publisher's area, or a neighbourhood of a programme: ``aandachtswijken.de-baarsjes``."""

    @property
    def allowed(self) -> str:
        """Give an example of each."""
        return f"{super().allowed}, of programma en wijk met een punt ertussen"

    def faults(self, value: Any, where: Where, known: Known) -> Iterator[Complaint]:
        """Complain of a neighbourhood that no programme has, and of what is no code."""
        is_composed = isinstance(value, str) and "." in value
        yield from (_NEIGHBOURHOOD.faults if is_composed else super().faults)(value, where, known)

    def schema(self) -> JsonSchema:
        """Describe as a string: a schema knows no programmes."""
        return {"type": "string", "pattern": rf"{super().schema()['pattern']}|\."}


TREATED_AREA = StudyArea(_LEVELS)

_TREATED = Table(
    Field("area", TREATED_AREA, "Het gebied waar iets gedaan is."),
    Field("start", YEAR, "Het eerste jaar waarin er het hele jaar iets gedaan is."),
    Field("end", YEAR, "Het laatste jaar waarin er het hele jaar iets gedaan is, als het is opgehouden.", None),
)

_OUTCOME = Table(
    Field("indicator", AN_INDICATOR, "De indicator waaraan je het effect afmeet."),
    Field("expected", Choice(Expected), "Welke kant je verwacht dat het cijfer op gaat."),
    Field(
        "smallest",
        Number(above=0),
        "Het kleinste effect dat de moeite waard is; een aandeel als fractie: 0.01 is één procentpunt.",
    ),
)

_COMPARISON = Table(
    Field("level", Choice(ComparedLevel), "Van welke soort de gebieden zijn waarmee je vergelijkt."),
    Field("same_city", Flag(), "Of alleen gebieden in dezelfde steden meedoen.", False),
    Field("without_programmes", ListOf(A_PROGRAMME, at_least=0), "Programma's waarvan de wijken niet meedoen.", ()),
    Field("without", ListOf(TREATED_AREA, at_least=0), "Losse gebieden die niet meedoen.", ()),
    Field("ring_km", Number(above=0), "Zo dichtbij doet een gebied niet mee: problemen kunnen opschuiven.", None),
    Field("estimate_ring", Flag(), "Of die ring zelf ook als behandelde groep wordt doorgerekend.", False),
    Field("minimum_population", whole(0), "Het kleinste aantal inwoners om mee te doen.", 0),
)

_CUTOFF = Table(
    Field("indicator", AN_INDICATOR, "De indicator waarop gekozen is."),
    Field("year", YEAR, "Het jaar van het cijfer waarnaar gekeken is."),
    Field("threshold", Number(), "De grens; een aandeel als fractie."),
    Field("treated_above", Flag(), "Of juist gebieden op of boven de grens gekozen zijn.", True),
    Field("bandwidth", Number(above=0), "Tot hoe ver van de grens je kijkt; laat weg om dat te laten berekenen.", None),
)

_MOVERS = Table(
    Field("outcome", AN_INDICATOR, "De uitkomst die gesplitst kan worden."),
    Field("stayers", AN_INDICATOR, "Dezelfde uitkomst voor wie bleef wonen."),
    Field("newcomers", AN_INDICATOR, "Dezelfde uitkomst voor wie er kwam wonen."),
)

_REPORTED = Table(
    Field("authors", TEXT, "Wie de studie schreef."),
    Field("year", YEAR, "Het jaar waarin ze verscheen."),
    Field("source", TEXT, "Waar ze te vinden is."),
    Field("design", Choice(Design), "Hoe er vergeleken is."),
    Field("areas", whole(1), "In hoeveel gebieden iets gedaan was, als de studie het zegt.", None),
    Field("people", whole(1), "Over hoeveel mensen (woningen) het gaat, als de studie het zegt.", None),
    Field("finding", TEXT, "Wat ze vond, in eigen woorden."),
    Field("finding_en", TEXT, "Hetzelfde in het Engels."),
    Field("comparison", TEXT, "Waarmee er vergeleken is.", ""),
    Field("comparison_en", TEXT, "Hetzelfde in het Engels.", ""),
    Field(
        "checks",
        ByName(Choice(CheckKind), Choice(CheckStatus)),
        "Welke controles de studie zelf deed, en wat eruit kwam.",
        None,
    ),
    Field("effect", Number(), "Het gevonden effect, als de studie een getal geeft.", None),
    Field("low", Number(), "De ondergrens van 95% zekerheid.", None),
    Field("high", Number(), "De bovengrens van 95% zekerheid.", None),
    Field("unit", TEXT, "Waarin het effect is uitgedrukt.", ""),
    Field("unit_en", TEXT, "Hetzelfde in het Engels.", ""),
    Field("is_modelled", Flag(), "Of de uitkomst met een model berekend is.", False),
)

_SCORE = whole(1, 5)
_APPRAISAL = Table(
    Field("design", _SCORE, "De opzet, van 1 (zwak) tot 5 (sterk)."),
    Field("execution", _SCORE, "De uitvoering, van 1 tot 5."),
    Field("policy_yield", _SCORE, "Wat beleid eraan heeft, van 1 tot 5."),
    Field("by", TEXT, "Wie dit oordeel gaf."),
    Field("note", NOTE, "Waarom.", ""),
)

_BY = Field("by", TEXT, "Wie de studie vastlegde.")
_ON = Field("on", Day(), "De dag waarop.")
_STAMP = Field("hash", _HASH, "De vingerafdruk van wat er toen stond.")
_SEEN = Field("figures_seen", Flag(), "Of er toen al cijfers van na de start waren.", None)

_REGISTRATION = Table(
    _BY,
    _ON,
    _STAMP,
    _SEEN,
    Field(
        "smallest_visible",
        ByName(AN_INDICATOR, Number(above=0)),
        "Per uitkomst het kleinste effect dat toen te zien was geweest.",
        None,
    ),
    Field(
        "earlier",
        ListOf(
            Table(_BY, _ON, _STAMP, Field("reason", TEXT, "Waarom opnieuw vastgelegd is."), _SEEN),
            at_least=0,
        ),
        "Eerdere keren dat de studie is vastgelegd.",
        (),
    ),
)

_TEXT_EN = "Hetzelfde in het Engels."

STUDY = Table(
    Field("kind", Choice(StudyKind), "Wat voor studie het is; elsewhere is een studie van anderen."),
    Field("title", TEXT, "Hoe de studie heet."),
    Field("title_en", TEXT, _TEXT_EN),
    Field("question", TEXT, "De vraag die de studie beantwoordt."),
    Field("question_en", TEXT, _TEXT_EN),
    Field("done", TEXT, "Wat er gedaan is."),
    Field("done_en", TEXT, _TEXT_EN),
    Field("mechanism", TEXT, "Waardoor dat zou moeten werken.", ""),
    Field("mechanism_en", TEXT, _TEXT_EN, ""),
    Field("programme", A_PROGRAMME, "Het programma waarover het gaat.", None),
    Field("treated_from_programme", Flag(), "Of de wijken en hun startjaar uit het programma komen.", False),
    Field("ends", Flag(), "Of ook het eindjaar uit het programma komt; anders werkt het door.", False),
    Field("placebo_start", YEAR, "Het verzonnen startjaar van een placebostudie met wijken uit een programma.", None),
    Field("treated", ListOf(_TREATED), "De gebieden waar iets gedaan is.", ()),
    Field("outcome", ListOf(_OUTCOME), "De uitkomsten, vooraf genoemd.", ()),
    Field("lag", whole(0, 20), "In hoeveel jaar na de start je nog geen effect verwacht.", 0),
    Field("anticipation", whole(0, 20), "Hoeveel jaar voor de start mensen er al naar konden handelen.", 0),
    Field("comparison", _COMPARISON, "Waarmee je vergelijkt.", None),
    Field(
        "periods",
        Table(
            Field("first", YEAR, "Het eerste jaar van de cijfers."),
            Field("last", YEAR, "Het laatste jaar van de cijfers."),
        ),
        "Over welke jaren het gaat; anders alle jaren die er zijn.",
        None,
    ),
    Field("covariates", ListOf(AN_INDICATOR, at_least=0), "Indicatoren waarvoor je corrigeert.", ()),
    Field(
        "designs",
        ListOf(Choice(Design)),
        "De ontwerpen: het eerste is de keuze, de andere staan ernaast ter controle.",
        (),
    ),
    Field("family", Choice(Family), "Hoe meer uitkomsten samen tegen toeval gehouden worden.", Family.ROMANO_WOLF),
    Field("draws", whole(99, 9999), "Hoe vaak het toeval nagespeeld wordt.", 999),
    Field("seed", whole(0), "Waarmee het toeval begint; hetzelfde getal geeft hetzelfde.", 1),
    Field("cutoff", _CUTOFF, 'De grens waarop gekozen is, bij het ontwerp "discontinuity".', None),
    Field("movers", ListOf(_MOVERS, at_least=0), "Uitkomsten die er zijn voor blijvers en nieuwkomers apart.", ()),
    Field("reported", _REPORTED, 'Wat een studie van anderen vond, bij kind = "elsewhere".', None),
    Field("appraisal", _APPRAISAL, "Het oordeel dat iemand over de studie gaf.", None),
    Field(REGISTRATION, _REGISTRATION, "Wat wijkpeil study register onderaan zet; schrijf dit niet zelf.", None),
)

STUDY_FILE = FileKind(name="studie", pattern="*.toml", table=STUDY, defines="study", id_shape=HYPHENATED)
