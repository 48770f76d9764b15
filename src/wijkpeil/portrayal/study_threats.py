"""What else could have made the difference: what each threat is, how it stands after the checks, and why so."""

from wijkpeil.domain.grading import Threat, ThreatBecause, ThreatKind, ThreatStatus
from wijkpeil.portrayal.language import Language, mark

STATUSES = {
    ThreatStatus.EXCLUDED: ("✓", mark("uitgesloten")),
    ThreatStatus.TESTED: ("✓", mark("nagegaan, niets gezien")),
    ThreatStatus.OPEN: ("?", mark("open")),
    ThreatStatus.PRESENT: ("✗", mark("speelt mee")),
}
"""The sign and the word of every status."""

NAMES = {
    ThreatKind.SELECTION: mark("Hoe de wijken gekozen zijn"),
    ThreatKind.REGRESSION_TO_THE_MEAN: mark("Vanzelf bijtrekken"),
    ThreatKind.DISPLACEMENT: mark("Opschuiven naar de buren"),
    ThreatKind.COMPOSITION: mark("Andere bewoners"),
    ThreatKind.ANTICIPATION: mark("Vooruitlopen op de start"),
    ThreatKind.CONTAMINATION: mark("Andere programma's"),
    ThreatKind.OTHER_SHOCKS: mark("Iets anders tegelijk"),
}

WHAT = {
    ThreatKind.SELECTION: mark("De gekozen wijken kunnen van tevoren al anders geweest zijn dan de andere."),
    ThreatKind.REGRESSION_TO_THE_MEAN: mark("Wie gekozen is omdat het slecht stond, trekt vaak vanzelf bij."),
    ThreatKind.DISPLACEMENT: mark("Een probleem kan naar de buurwijken opschuiven."),
    ThreatKind.COMPOSITION: mark(
        "Er kunnen andere mensen zijn komen wonen: dan veranderen de bewoners, niet hun leven."
    ),
    ThreatKind.ANTICIPATION: mark("Mensen kunnen op de start vooruitgelopen zijn."),
    ThreatKind.CONTAMINATION: mark("Een ander programma kan het verschil maken, hier of in de vergelijking."),
    ThreatKind.OTHER_SHOCKS: mark("Er kan tegelijk iets anders gebeurd zijn dat alleen deze wijken raakte."),
}
"""What each threat is."""

BECAUSE = {
    ThreatBecause.NOT_TESTED: mark("Dit is niet nagegaan."),
    ThreatBecause.TEST_UNCLEAR: mark("Dit is nagegaan, maar de cijfers geven geen duidelijk antwoord."),
    ThreatBecause.NO_COMPARISON: mark("Zonder vergelijking met andere wijken is dit niet te zien."),
    ThreatBecause.BY_LOT: mark("Er is geloot."),
    ThreatBecause.NEAR_CUTOFF: mark("Net boven en net onder de grens zijn wijken bijna gelijk."),
    ThreatBecause.CUTOFF_INVALID: mark("De grens is niet zuiver toegepast."),
    ThreatBecause.PARALLEL_BEFORE: mark("Voor de start liepen de lijnen gelijk op."),
    ThreatBecause.NOT_PARALLEL_BEFORE: mark("Voor de start liepen de lijnen al uit elkaar."),
    ThreatBecause.FITS_BEFORE: mark("Voor de start lag de vergelijking dicht op deze wijken."),
    ThreatBecause.NO_FIT_BEFORE: mark("Voor de start lag de vergelijking te ver van deze wijken."),
    ThreatBecause.BALANCED_BEFORE: mark("Voor de start leken de wijken op elkaar in hun kenmerken."),
    ThreatBecause.NOT_BALANCED_BEFORE: mark("Voor de start verschilden de wijken in hun kenmerken."),
    ThreatBecause.RETURN_SMALL: mark("Wat er vanzelf bijtrekt is hier klein naast het verschil."),
    ThreatBecause.RETURN_EXPECTED: mark("Wat er vanzelf bijtrekt is hier groot naast het verschil."),
    ThreatBecause.RING_UNCHANGED: mark("In de ring eromheen veranderde niets bijzonders."),
    ThreatBecause.RING_CHANGED: mark("In de ring eromheen veranderde het mee."),
    ThreatBecause.RING_LEFT_OUT: mark("De ring eromheen telt niet mee in de vergelijking, maar is zelf niet geschat."),
    ThreatBecause.NO_RING: mark("De buurwijken tellen mee in de vergelijking."),
    ThreatBecause.SAME_PEOPLE: mark("Wie er bleef wonen laat hetzelfde zien."),
    ThreatBecause.OTHER_PEOPLE: mark("Wie er bleef wonen laat iets anders zien dan iedereen samen."),
    ThreatBecause.MOVERS_UNKNOWN: mark("Cijfers over wie bleef en wie kwam zijn er niet."),
    ThreatBecause.NOTHING_BEFORE_START: mark("In de jaren vlak voor de start is niets te zien."),
    ThreatBecause.MOVED_BEFORE_START: mark("In de jaren vlak voor de start bewoog de lijn al."),
    ThreatBecause.YEARS_LEFT_OUT: mark("De jaren vlak voor de start tellen niet mee."),
    ThreatBecause.PROGRAMMES_LEFT_OUT: mark("Wijken van andere programma's zijn uit de vergelijking gelaten."),
    ThreatBecause.IN_OTHER_PROGRAMMES: mark("Een deel van deze wijken hoort ook bij een ander programma."),
    ThreatBecause.PROGRAMMES_UNKNOWN: mark("Welke andere programma's er liepen, is niet opgegeven."),
    ThreatBecause.CITY_UNCHANGED: mark("De rest van de stad veranderde niet mee."),
    ThreatBecause.CITY_CHANGED: mark("De rest van de stad veranderde mee."),
    ThreatBecause.SAME_CITY: mark("De vergelijking komt uit dezelfde stad."),
    ThreatBecause.SEVERAL_CITIES: mark(
        "Het gaat om wijken uit verschillende steden: iets in één stad valt dan minder op."
    ),
    ThreatBecause.OTHER_CITIES: mark("De vergelijking komt uit andere steden: wat hier alleen gebeurde, telt mee."),
}
"""On what a status rests."""


def threat_words(language: Language, threat: Threat) -> tuple[str, str, list[str]]:
    """Give the name of a threat, its status with its sign, what it is and on what its status rests."""
    sign, word = STATUSES[threat.status]
    said = [language.say(WHAT[threat.kind]), language.say(BECAUSE[threat.because])]
    return language.say(NAMES[threat.kind]), f"{sign} {language.say(word)}", said
