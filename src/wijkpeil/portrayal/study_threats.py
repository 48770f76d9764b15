"""What else could have made the difference: a sentence for every threat, as it stands after the checks."""

from wijkpeil.domain.evidence import Threat, ThreatBecause, ThreatKind, ThreatStatus
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

THREATS = {
    ThreatKind.SELECTION: {
        ThreatStatus.EXCLUDED: mark(
            "De wijken verschilden van tevoren niet: de keuze hing niet af van hoe het zou gaan."
        ),
        ThreatStatus.TESTED: mark(
            "Voor de start liepen de wijken gelijk op. Dat maakt een vertekende keuze minder waarschijnlijk."
        ),
        ThreatStatus.OPEN: mark("De wijken kunnen gekozen zijn om iets wat de uitkomst ook zelf verandert."),
        ThreatStatus.PRESENT: mark(
            "De gekozen wijken verschilden van tevoren al van de andere. Dat telt mee in het verschil."
        ),
    },
    ThreatKind.REGRESSION_TO_THE_MEAN: {
        ThreatStatus.EXCLUDED: mark("De wijken zijn niet gekozen op een uitschieter van dit cijfer."),
        ThreatStatus.TESTED: mark("Wijken die even slecht stonden en waar niets gedaan is, trokken niet zo bij."),
        ThreatStatus.OPEN: mark(
            "Wie gekozen is omdat het slecht stond, trekt vaak vanzelf bij. Hoeveel, weten we hier niet."
        ),
        ThreatStatus.PRESENT: mark("De verandering is niet groter dan wat vanzelf bijtrekt."),
    },
    ThreatKind.DISPLACEMENT: {
        ThreatStatus.EXCLUDED: mark("Dit kan niet naar de buurwijken opschuiven."),
        ThreatStatus.TESTED: mark(
            "In de ring eromheen is niets te zien, en die ring telt niet mee in de vergelijking."
        ),
        ThreatStatus.OPEN: mark("Misschien schoof het op naar buurwijken. Dat is niet nagegaan."),
        ThreatStatus.PRESENT: mark("In de buurwijken veranderde het ook: een deel lijkt opgeschoven."),
    },
    ThreatKind.COMPOSITION: {
        ThreatStatus.EXCLUDED: mark("Het zijn steeds dezelfde bewoners."),
        ThreatStatus.TESTED: mark("Het effect is er ook bij wie er bleef wonen."),
        ThreatStatus.OPEN: mark(
            "Misschien kwamen er andere mensen wonen. Over wie bleef en wie kwam zijn geen aparte cijfers."
        ),
        ThreatStatus.PRESENT: mark("Er kwamen andere mensen wonen, en dat maakt (een deel van) het verschil."),
    },
    ThreatKind.ANTICIPATION: {
        ThreatStatus.EXCLUDED: mark("Niemand kon op de start vooruitlopen."),
        ThreatStatus.TESTED: mark("Vlak voor de start is niets bijzonders te zien."),
        ThreatStatus.OPEN: mark("Mensen kunnen op de start vooruitgelopen zijn. Dat is niet na te gaan."),
        ThreatStatus.PRESENT: mark("Vlak voor de start veranderde er al iets."),
    },
    ThreatKind.CONTAMINATION: {
        ThreatStatus.EXCLUDED: mark("Wijken van andere programma's tellen niet mee."),
        ThreatStatus.TESTED: mark("Zonder wijken van andere programma's is de uitkomst dezelfde."),
        ThreatStatus.OPEN: mark("In de andere wijken kan ook iets gedaan zijn wat wij niet weten."),
        ThreatStatus.PRESENT: mark("In dezelfde wijken, of in die van de vergelijking, liep nog een programma."),
    },
    ThreatKind.OTHER_SHOCKS: {
        ThreatStatus.EXCLUDED: mark("Wat er verder gebeurde, raakte beide groepen evenveel."),
        ThreatStatus.TESTED: mark(
            "Andere wijken van dezelfde stad veranderden niet mee, en één stad weglaten maakt weinig uit."
        ),
        ThreatStatus.OPEN: mark("Er kan tegelijk iets anders gebeurd zijn dat alleen deze wijken raakte."),
        ThreatStatus.PRESENT: mark("Er gebeurde tegelijk iets anders in (een van) deze steden."),
    },
}
"""A sentence for every threat in every status."""

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
    """Give the name of a threat, its status with its sign, what it means here and on what that rests."""
    sign, word = STATUSES[threat.status]
    said = [language.say(THREATS[threat.kind][threat.status]), language.say(BECAUSE[threat.because])]
    return language.say(NAMES[threat.kind]), f"{sign} {language.say(word)}", said
