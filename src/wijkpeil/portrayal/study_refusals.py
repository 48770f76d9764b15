"""Why a study has no estimate: a sentence for every reason, what was counted, and which weaker designs remain."""

from collections.abc import Mapping

from wijkpeil.domain.evidence import CheckKind
from wijkpeil.domain.refusal import Fact, Refusal, RefusalReason
from wijkpeil.portrayal.language import Language, mark
from wijkpeil.portrayal.study_checks import CHECKS
from wijkpeil.portrayal.study_words import design_words

REFUSALS = {
    RefusalReason.MODELLED: mark(
        "Dit cijfer is geschat met een model, niet geteld of gevraagd. Zo'n schatting komt uit kenmerken van "
        "de wijk en "
        "haar bewoners. Wat een maatregel deed, zit daar niet in. Daarom zeggen we hiermee nooit iets over een effect."
    ),
    RefusalReason.ORDINAL: mark(
        "Dit is een klasse, geen getal. Tussen twee klassen kun je geen verschil uitrekenen. We laten wel zien hoeveel "
        "wijken van klasse veranderden."
    ),
    RefusalReason.CONTEXT: mark("Dit cijfer is achtergrond: het heeft geen betere of slechtere kant."),
    RefusalReason.UNKNOWN_AREA: mark(
        "Een wijk van dit onderzoek staat niet in de editie. Kijk de code na, of kies een andere editie."
    ),
    RefusalReason.NO_FIGURES: mark("Voor de wijken waar iets gedaan is, is er geen cijfer."),
    RefusalReason.NO_PERIOD_BEFORE: mark(
        "Er is geen meting van voor de start. Dan weten we niet hoe het ervoor was, en dus ook niet wat er veranderde."
    ),
    RefusalReason.TREATED_BEFORE_DATA: mark(
        "In deze wijken was er al iets gedaan voordat de cijfers beginnen. Hoe het zonder was, is nooit gemeten."
    ),
    RefusalReason.NO_PERIOD_AFTER: mark(
        "Er is nog geen meting van na de start (en na de jaren dat je nog niets verwacht). Wacht op nieuwe cijfers."
    ),
    RefusalReason.NO_DONORS: mark("Er is geen enkele wijk om mee te vergelijken."),
    RefusalReason.DONORS_TREATED_LATER: mark(
        "Alle wijken om mee te vergelijken kregen later zelf ook de aanpak. Er is niemand over bij wie niets gedaan is."
    ),
    RefusalReason.CONSTANT: mark("Dit cijfer is overal en altijd hetzelfde. Dan is er niets te vergelijken."),
    RefusalReason.OVERLAPPING_PROGRAMMES: mark(
        "In dezelfde wijken liep tegelijk een ander programma. Wat van wie komt, is niet uit elkaar te halen."
    ),
    RefusalReason.CITY_WHOLLY_TREATED: mark(
        "In deze stad kreeg elke wijk de aanpak. In dezelfde stad is er dus niets om mee te vergelijken."
    ),
    RefusalReason.GAPS: mark("Er ontbreken te veel metingen om een hele reeks te maken."),
    RefusalReason.BROKEN_SERIES: mark(
        "De manier van meten veranderde juist rond de start. Het verschil kan dan ook van het meten komen."
    ),
    RefusalReason.TOO_FEW_PERIODS: mark("Er zijn te weinig metingen voor deze manier van vergelijken."),
    RefusalReason.TOO_FEW_AREAS: mark("Er zijn te weinig wijken om mee te vergelijken."),
    RefusalReason.TOO_FEW_TREATED: mark(
        "Er zijn te weinig wijken waar iets gedaan is voor deze manier van vergelijken."
    ),
    RefusalReason.PROGRAMME_BEGAN_EARLIER: mark(
        "Het programma begon al voordat de cijfers beginnen. Dit onderzoek kan dus niet zeggen wat het deed."
    ),
    RefusalReason.INVALID_CUTOFF: mark(
        "De wijken zijn niet zuiver op hun score gekozen. Net boven en net onder de grens zijn ze dus niet te "
        "vergelijken alsof er geloot was."
    ),
    RefusalReason.POOR_FIT: mark(
        "Geen enkele vergelijking leek voor de start genoeg op deze wijken. Dan zegt zij erna ook niets."
    ),
    RefusalReason.NO_COVARIATES: mark("De kenmerken waarop we zouden vergelijken, zijn er niet van voor de start."),
    RefusalReason.SINGULAR: mark(
        "De gekozen kenmerken zeggen hetzelfde, of er zijn er te veel voor zo weinig wijken. De som heeft "
        "dan geen antwoord."
    ),
}
"""A sentence for every reason."""

COUNTED = (
    ("area", mark("Het gaat om {area}.")),
    ("areas", mark("Het gaat om: {areas}.")),
    ("city", mark("Het gaat om {city}.")),
    ("cities", mark("Het gaat om: {cities}.")),
    ("programme", mark("Het gaat om het programma: {programme}.")),
    ("programmes", mark("Het gaat om: {programmes}.")),
    ("covariate", mark("Het gaat om het kenmerk: {covariate}.")),
    ("treated", mark("Wijken waar iets gedaan is: {treated}.")),
    ("donors", mark("Wijken om mee te vergelijken: {donors}.")),
    ("compared", mark("Wijken om mee te vergelijken: {compared}.")),
    ("before", mark("Metingen voor de start: {before}.")),
    ("after", mark("Metingen na de start: {after}.")),
    ("periods", mark("Metingen: {periods}.")),
    ("missing", mark("Er ontbreekt {missing}% van de metingen.")),
    ("placements", mark("Manieren om de aanpak anders te verdelen: {placements}.")),
    (
        "cities_with_room",
        mark(
            "Wijken van één stad blijven bij elkaar als we het toeval naspelen, en zoveel andere steden hebben daar "
            "plaats voor: {cities_with_room}. Vergelijk binnen de stad, met same_city."
        ),
    ),
    ("needed", mark("Nodig: {needed}.")),
    ("start", mark("De start was in {start}.")),
    ("begun", mark("Het programma begon in {begun}.")),
    ("first", mark("De eerste meting is van {first}.")),
    ("last", mark("De laatste meting is van {last}.")),
    ("lag", mark("Jaren waarin je nog niets verwacht: {lag}.")),
    ("year", mark("Jaar: {year}.")),
)
"""What a refusal may have counted or named; what is not in this list stands in the file of the study only."""
_YEARS = {"start", "begun", "first", "last", "year"}


def refusal_sentences(language: Language, refusal: Refusal, names: Mapping[str, str] | None = None) -> list[str]:
    """Say why there is no estimate, what was counted, and what can still be done, which is then weaker evidence."""
    facts = refusal.facts
    said = [language.say(REFUSALS[refusal.reason]), *_failing(language, facts)]
    said += counted_sentences(language, facts, names or {})
    if refusal.weaker:
        designs = language.series(design_words(language, design) for design in refusal.weaker)
        said.append(language.say("Wat nog wel kan, als zwakker bewijs: {designs}.", designs=designs))
    elif refusal.reason not in _FINAL:
        said.append(language.say("Er is geen zwakkere vergelijking die wel kan."))
    return said


def _failing(language: Language, facts: Mapping[str, Fact]) -> list[str]:
    """Say of every check that a refusal names what it found."""
    named = [one.strip() for one in str(facts.get("failing", "")).split(",") if one.strip()]
    wordings = [CHECKS[CheckKind(one)] for one in named]
    return [f"{language.say(one.asks)} {language.say(one.fails)}" for one in wordings]


def counted_sentences(language: Language, facts: Mapping[str, Fact], names: Mapping[str, str]) -> list[str]:
    """Say what a refusal counted or named, each in its own sentence."""
    return [
        language.say(pattern, **{key: fact_words(language, key, facts[key], names)})
        for key, pattern in COUNTED
        if key in facts
    ]


def fact_words(language: Language, key: str, fact: Fact, names: Mapping[str, str]) -> str:
    """Write a fact as readers see it: areas by their name, years plainly, numbers in two decimals at most."""
    if isinstance(fact, str):
        parts = [part.strip() for part in fact.split(",")]
        return language.series(names.get(part, part) for part in parts)
    if key == "missing":
        return language.number(fact * 100, 0)
    if key in _YEARS or key.startswith("year"):
        return str(int(fact))
    return language.whole(fact) if float(fact).is_integer() else language.number(fact, 3 if abs(fact) < 0.1 else 2)


_FINAL = {
    RefusalReason.MODELLED,
    RefusalReason.ORDINAL,
    RefusalReason.CONTEXT,
    RefusalReason.UNKNOWN_AREA,
    RefusalReason.NO_PERIOD_AFTER,
}
"""Of these no other design is the way out: their sentence says why, or what to do."""
