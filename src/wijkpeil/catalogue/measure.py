"""The part of an indicator's file that says what is measured, and how sure such a figure can be."""

from wijkpeil.catalogue.tables import Field, Table
from wijkpeil.catalogue.values import YEAR, Choice, Number, Reference, whole
from wijkpeil.domain.indicator import IntervalChoice, Kind, Nature
from wijkpeil.domain.period import Moment

MEASURE = Table(
    Field("kind", Choice(Kind), "Wat voor getal het is; klassen zijn ordinal."),
    Field(
        "nature",
        Choice(Nature),
        "Geteld in een registratie, gevraagd in een enquête, of berekend met een model.",
    ),
    Field("base", Reference("base", "grondslag"), "Over wie of wat het cijfer gaat."),
    Field("moment", Choice(Moment), "Waarop het jaartal slaat."),
    Field("decimals", whole(0, 6), "Het aantal decimalen dat een lezer ziet."),
    Field("price_year", YEAR, "Het prijspeil, bij euro's.", None),
    Field("minimum_base", whole(1), "Strenger dan de regels voor onthulling: over minstens zoveel mensen.", None),
    Field(
        "spread",
        Number(above=0),
        "De bekende standaardafwijking tussen mensen (huishoudens, woningen), bij een gemiddelde of score.",
        None,
    ),
    Field(
        "design_effect",
        Number(above=0),
        "Hoeveel groter de steekproef had moeten zijn dan een eenvoudige; bij een gevraagd aandeel.",
        1.0,
    ),
    Field(
        "interval",
        Choice(IntervalChoice),
        "Of de marge gemiddeld 95% haalt (usual), of altijd minstens 95% (exact); bij aandelen en per 1.000.",
        IntervalChoice.USUAL,
    ),
)
