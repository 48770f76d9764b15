"""Why a figure is not there, or what to keep in mind when it is: every status has a sentence."""

from wijkpeil.domain.reason import Reason
from wijkpeil.domain.status import Status
from wijkpeil.portrayal.language import Language, mark

SHORT = {
    Status.FINAL: mark("definitief"),
    Status.PROVISIONAL: mark("voorlopig"),
    Status.MODELLED: mark("geschat"),
    Status.BELOW_HALF_UNIT: mark("bijna 0"),
    Status.APPROXIMATE: mark("bij benadering"),
    Status.NOT_APPLICABLE: mark("kan hier niet bestaan"),
    Status.NOT_YET: mark("komt nog"),
    Status.MISSING: mark("niet bekend"),
    Status.SUPPRESSED_BY_SOURCE: mark("bron geeft het niet vrij"),
    Status.INCOMPLETE: mark("niet compleet"),
    Status.NOT_COMPARABLE: mark("niet te vergelijken"),
    Status.NO_COMPARATOR: mark("geen vergelijking"),
    Status.TOO_FEW: mark("te weinig mensen"),
    Status.PROTECTS_ANOTHER: mark("beschermt een ander cijfer"),
}

_SENTENCES = {
    Status.FINAL: mark("Dit cijfer is definitief."),
    Status.PROVISIONAL: mark("Dit cijfer is voorlopig: de bron kan het nog bijstellen."),
    Status.MODELLED: mark(
        "Dit cijfer is geschat met een model, niet geteld. De marge is niet gepubliceerd. "
        "Je kunt er niet aan zien of een maatregel heeft gewerkt."
    ),
    Status.BELOW_HALF_UNIT: mark("Het zijn er nul of bijna nul: de bron rondt zo kleine aantallen af naar 0."),
    Status.APPROXIMATE: mark(
        "Dit cijfer is bij benadering: het is samengesteld uit delen waarvan we niet precies weten hoe zwaar ze wegen."
    ),
    Status.NOT_APPLICABLE: mark(
        "Dit cijfer kan hier niet bestaan: er woont bijvoorbeeld niemand, of het is een klasse en het gebied bestaat "
        "uit delen."
    ),
    Status.NOT_YET: mark("De bron heeft dit cijfer nog niet gepubliceerd. Het komt later."),
    Status.MISSING: mark("We weten het niet: de bron geeft voor dit gebied geen cijfer."),
    Status.SUPPRESSED_BY_SOURCE: mark(
        "We weten het niet: de bron laat dit cijfer weg, meestal omdat het over te weinig mensen gaat."
    ),
    Status.INCOMPLETE: mark("We weten het niet: van een deel van dit gebied is er geen cijfer."),
    Status.NOT_COMPARABLE: mark(
        "We weten het niet: de grens van dit gebied is te veel veranderd om de cijfers te vergelijken."
    ),
    Status.NO_COMPARATOR: mark("Er is niets om dit gebied mee te vergelijken."),
    Status.TOO_FEW: mark(
        "Dit cijfer gaat over te weinig mensen. We laten het weg: anders zou je iets over één van hen te weten komen."
    ),
    Status.PROTECTS_ANOTHER: mark(
        "We laten dit cijfer weg, omdat je er anders een ander, verborgen cijfer mee kunt uitrekenen."
    ),
}

_INTERVALS = {
    "wilson": mark("marge van 95%, uit het aantal mensen (Wilson)"),
    "poisson": mark("marge van 95%, uit het aantal keren (Poisson)"),
    "exact": mark("marge van minstens 95%, uit het aantal mensen of keren (exact)"),
    "known_spread": mark("marge van 95%, uit het aantal mensen en hoeveel zij verschillen"),
    "panel": mark("marge van 95%, geschat uit hoe onrustig het cijfer is"),
    "standard_error": mark("marge van 95%, uit de fout die de bron opgeeft"),
    "none_known": mark("geen marge bekend"),
    "modelled": mark("marge niet gepubliceerd"),
    "not_applicable": mark("geteld, zonder marge"),
}

_BASELINES = {
    "one_period": mark("Er is maar één meting. Over verandering weten we dus niets."),
    "broken": mark("De manier van meten is veranderd. Daarom vergelijken we de jaren niet met elkaar."),
    "ordinal": mark("Dit is een klasse, geen getal. Daarom rekenen we er geen verandering mee uit."),
    "no_figures": mark("Er zijn te weinig cijfers om een verandering te laten zien."),
}

_NO_ANSWER = {
    Reason.BROKEN_SERIES: mark("De manier van meten is veranderd: de jaren ervoor en erna passen niet bij elkaar."),
    Reason.NO_FIGURE: mark("Er is geen cijfer."),
    Reason.NO_BASE: mark("We weten niet over hoeveel mensen dit cijfer gaat."),
    Reason.NO_ERROR_KNOWN: mark("We weten niet hoe groot de marge van dit cijfer is."),
    Reason.NO_COMPARATOR: mark("Er is geen cijfer van de stad zelf om mee te vergelijken."),
    Reason.NO_COVARIATE: mark("We kennen de kenmerken van dit gebied niet die hiervoor nodig zijn."),
    Reason.NO_SPREAD: mark("De cijfers verschillen niet van elkaar, dus is er niets te rekenen."),
    Reason.IMPOSSIBLE_FIGURE: mark("Dit cijfer kan niet kloppen: het ligt buiten wat mogelijk is."),
    Reason.MODELLED: mark(
        "Dit cijfer is geschat met een model en de marge is niet gepubliceerd. "
        "Daarom weten we niet wat toeval kan zijn."
    ),
    Reason.COUNTED: mark("Dit is een volledige telling: toeval telt hier niet mee."),
    Reason.ORDINAL: mark("Dit is een klasse, geen getal. Daarom rekenen we er niet mee."),
    Reason.PART_MISSING: mark("Een onderdeel ontbreekt. Zonder dat onderdeel zou het een andere score zijn."),
    Reason.TOO_FEW_AREAS: mark("Er zijn te weinig gebieden met een cijfer om dit te berekenen."),
    Reason.TOO_FEW_PEOPLE: mark("Hier wonen te weinig mensen om dit te berekenen."),
    Reason.TOO_FEW_PERIODS: mark("Er zijn minder dan drie metingen. Daar trekken we geen lijn door."),
}


def no_answer(language: Language, reason: Reason) -> str:
    """Say why a method has no answer."""
    return language.say(_NO_ANSWER[reason])


def short(language: Language, status: Status) -> str:
    """Name a status in as few words as a cell of a table has."""
    return language.say(SHORT[status])


def sentence(language: Language, status: Status) -> str:
    """Say what a status means to a reader."""
    return language.say(_SENTENCES[status])


def how_sure(language: Language, interval: str) -> str:
    """Say how the interval of a value was made, or why there is none."""
    return language.say(_INTERVALS[interval])


def no_change(language: Language, baseline_status: str) -> str | None:
    """Say why there is no change since the baseline, or nothing where there may be one."""
    sentence_of = _BASELINES.get(baseline_status)
    return language.say(sentence_of) if sentence_of else None
