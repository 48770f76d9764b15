"""What a design was tested on by its own figures: the question, and what the figures answered."""

from collections.abc import Mapping
from dataclasses import dataclass

from wijkpeil.domain.evidence import Check, CheckKind, CheckStatus
from wijkpeil.domain.indicator import Indicator
from wijkpeil.portrayal.language import Language, mark
from wijkpeil.portrayal.study_words import change_words, inside, p_words, span_words
from wijkpeil.portrayal.words import Speaker

STATUSES = {
    CheckStatus.HOLDS: ("✓", mark("klopt")),
    CheckStatus.DOUBTFUL: ("?", mark("twijfel")),
    CheckStatus.FAILS: ("✗", mark("klopt niet")),
    CheckStatus.NOT_POSSIBLE: ("–", mark("niet na te gaan")),
}
"""The sign and the word of every status."""


@dataclass(frozen=True, kw_only=True)
class Wording:
    """The words of one check: what is asked, and what it says when it holds, is doubtful, fails or cannot be done."""

    asks: str
    holds: str
    doubtful: str
    fails: str
    not_possible: str

    def of(self, status: CheckStatus) -> str:
        """Give the sentence of a status."""
        return {
            CheckStatus.HOLDS: self.holds,
            CheckStatus.DOUBTFUL: self.doubtful,
            CheckStatus.FAILS: self.fails,
            CheckStatus.NOT_POSSIBLE: self.not_possible,
        }[status]


CHECKS = {
    CheckKind.PRE_TREND: Wording(
        asks=mark("Liepen de lijnen voor de start gelijk op?"),
        holds=mark("Ja: voor de start is er geen verschil te zien dat groter is dan toeval."),
        doubtful=mark("Voor de start liepen zij al iets uit elkaar. Dat kan toeval zijn, maar zeker is het niet."),
        fails=mark("Nee: voor de start liepen zij al uit elkaar. Het verschil erna kan daar een vervolg op zijn."),
        not_possible=mark("Er zijn te weinig metingen van voor de start om dit te zien."),
    ),
    CheckKind.PLACEBO_IN_TIME: Wording(
        asks=mark("Vinden we ook een effect als we doen alsof het eerder begon?"),
        holds=mark("Nee: met een verzonnen eerdere start vinden we geen effect."),
        doubtful=mark("Met een verzonnen eerdere start vinden we iets, maar dat kan toeval zijn."),
        fails=mark("Ja: ook met een verzonnen eerdere start vinden we een effect. Dan kan dit het ook niet zijn."),
        not_possible=mark("Er zijn te weinig metingen van voor de start voor een verzonnen eerdere start."),
    ),
    CheckKind.ANTICIPATION: Wording(
        asks=mark("Veranderde er al iets vlak voor de start?"),
        holds=mark("Nee: vlak voor de start is niets bijzonders te zien."),
        doubtful=mark("Vlak voor de start bewoog er iets, maar dat kan toeval zijn."),
        fails=mark("Ja: vlak voor de start veranderde er al iets. Mensen liepen er misschien op vooruit."),
        not_possible=mark("Er is geen meting van vlak voor de start."),
    ),
    CheckKind.LEAVE_ONE_OUT: Wording(
        asks=mark("Hangt de uitkomst aan één wijk?"),
        holds=mark("Nee: laat je één wijk weg, dan verandert de uitkomst weinig."),
        doubtful=mark("Laat je één wijk weg, dan wordt het effect duidelijk groter of kleiner."),
        fails=mark("Ja: laat je één wijk weg, dan is de uitkomst een andere."),
        not_possible=mark("Er is maar één wijk waar iets gedaan is: die kun je niet weglaten."),
    ),
    CheckKind.LEAVE_ONE_CITY_OUT: Wording(
        asks=mark("Hangt de uitkomst aan één stad?"),
        holds=mark("Nee: laat je één stad weg, dan verandert de uitkomst weinig."),
        doubtful=mark("Laat je één stad weg, dan wordt het effect duidelijk groter of kleiner."),
        fails=mark("Ja: laat je één stad weg, dan is de uitkomst een andere."),
        not_possible=mark("Alle wijken liggen in één stad."),
    ),
    CheckKind.FIT_BEFORE: Wording(
        asks=mark("Leek de vergelijking er voor de start op?"),
        holds=mark("Ja: voor de start liggen de lijnen dicht op elkaar."),
        doubtful=mark("Voor de start liggen de lijnen wat uit elkaar."),
        fails=mark("Nee: voor de start lijken de lijnen te weinig op elkaar."),
        not_possible=mark("Er zijn te weinig metingen van voor de start om dit te zien."),
    ),
    CheckKind.NEAR_OPTIMAL: Wording(
        asks=mark("Geeft een bijna even goed mengsel van wijken hetzelfde?"),
        holds=mark("Ja: alle mengsels die er bijna even goed op lijken, wijzen dezelfde kant op."),
        doubtful=mark("Mengsels die er bijna even goed op lijken, kunnen ook de andere kant op wijzen."),
        fails=mark("Nee: andere mengsels die er bijna even goed op lijken, geven een heel ander effect."),
        not_possible=mark("Er is maar één mengsel mogelijk."),
    ),
    CheckKind.BALANCE: Wording(
        asks=mark("Leken de wijken op elkaar in hun kenmerken?"),
        holds=mark("Ja: na het vergelijken is er bijna geen verschil in kenmerken meer."),
        doubtful=mark("Na het vergelijken blijft er wat verschil in kenmerken over."),
        fails=mark("Nee: ook na het vergelijken verschillen de wijken duidelijk."),
        not_possible=mark("Er zijn geen kenmerken opgegeven om op te vergelijken."),
    ),
    CheckKind.SENSITIVITY: Wording(
        asks=mark("Wat als de lijnen niet helemaal gelijk op waren gelopen?"),
        holds=mark("Ook als het na de start evenveel afwijkt als het ervoor deed, blijft er een effect over."),
        doubtful=mark(
            "Het effect blijft over als het na de start half zoveel afwijkt als ervoor, maar niet als het evenveel is."
        ),
        fails=mark("Een kleine afwijking na de start is al genoeg om het effect te laten verdwijnen."),
        not_possible=mark("Er zijn te weinig metingen van voor de start om dit uit te rekenen."),
    ),
    CheckKind.SENSITIVITY_SMOOTH: Wording(
        asks=mark("Wat als de lijnen al langzaam uit elkaar liepen?"),
        holds=mark("Ook als een verschil in helling langzaam doorloopt, blijft er een effect over."),
        doubtful=mark(
            "Bij een gelijke helling blijft er een effect over, maar buigt de lijn iets dan kan het weg zijn."
        ),
        fails=mark("Trek je het verschil in helling van voor de start door, dan blijft er geen effect over."),
        not_possible=mark("Er zijn te weinig metingen van voor de start om een helling te zien."),
    ),
    CheckKind.DISPLACEMENT: Wording(
        asks=mark("Schoof het probleem op naar de buurwijken?"),
        holds=mark("Daar is niets van te zien: in de ring eromheen veranderde er niets bijzonders."),
        doubtful=mark("De ring eromheen veranderde mee: het reikte misschien verder dan de wijken zelf."),
        fails=mark("Daar lijkt het op: in de ring eromheen ging het de andere kant op."),
        not_possible=mark("Dat is niet te zeggen: over de ring eromheen zijn geen cijfers, of ze zijn te onzeker."),
    ),
    CheckKind.COMPOSITION: Wording(
        asks=mark("Bleven het dezelfde bewoners?"),
        holds=mark("Genoeg: wie er kwam en ging, kan het verschil niet verklaren."),
        doubtful=mark("Dat is niet zeker: een deel van het verschil kan komen van wie er kwam en ging."),
        fails=mark("Nee: minstens de helft van het verschil komt van wie er kwam en ging."),
        not_possible=mark(
            "Dat is niet te zeggen: over wie bleef en wie kwam zijn geen cijfers, of ze zijn te onzeker."
        ),
    ),
    CheckKind.CITY_SHOCK: Wording(
        asks=mark("Gebeurde er in één stad tegelijk iets anders?"),
        holds=mark("Daar is niets van te zien: de rest van de stad veranderde niet mee."),
        doubtful=mark("In minstens één stad veranderde de rest mee, maar binnen die stad blijft het effect over."),
        fails=mark("In minstens één stad veranderde de rest mee, en binnen die stad blijft het effect niet over."),
        not_possible=mark("Er zijn te weinig andere wijken of steden om dit te zien."),
    ),
    CheckKind.DENSITY: Wording(
        asks=mark("Liggen er aan beide kanten van de grens ongeveer evenveel wijken?"),
        holds=mark("Ja: rond de grens is geen sprong in het aantal wijken te zien."),
        doubtful=mark("Rond de grens is een kleine sprong in het aantal wijken te zien."),
        fails=mark("Nee: net aan één kant van de grens liggen opvallend veel wijken. Er lijkt geschoven te zijn."),
        not_possible=mark("Er liggen te weinig wijken rond de grens om dit te zien."),
    ),
    CheckKind.COVARIATE_JUMP: Wording(
        asks=mark("Leken de wijken aan beide kanten van de grens op elkaar?"),
        holds=mark("Ja: in hun kenmerken is geen sprong te zien."),
        doubtful=mark("In een van de kenmerken is een kleine sprong te zien."),
        fails=mark("Nee: ook hun kenmerken springen op de grens. Dan komt het verschil misschien daarvan."),
        not_possible=mark("Er zijn geen kenmerken opgegeven om op te vergelijken."),
    ),
    CheckKind.MOVED_ACROSS: Wording(
        asks=mark("Deed mee wie volgens de score mee mocht doen?"),
        holds=mark("Ja: de score bepaalde wie meedeed."),
        doubtful=mark("Bij enkele wijken week de keuze af van de score."),
        fails=mark("Nee: er zijn wijken van de ene naar de andere kant geschoven."),
        not_possible=mark("Van niet alle wijken is de score bekend."),
    ),
    CheckKind.REGRESSION_TO_THE_MEAN: Wording(
        asks=mark("Zou het vanzelf ook zijn bijgetrokken?"),
        holds=mark("Nee: wijken die even slecht stonden en waar niets gedaan is, veranderden niet zo."),
        doubtful=mark(
            "Een deel van de verandering is te verwachten bij wijken die gekozen zijn omdat zij slecht stonden."
        ),
        fails=mark("Ja: wijken die zo slecht stonden trekken vanzelf bij. Meer dan dat zien we niet."),
        not_possible=mark("Op welk cijfer de wijken gekozen zijn, is niet bekend."),
    ),
    CheckKind.SERIAL_CORRELATION: Wording(
        asks=mark("Hangen opeenvolgende jaren aan elkaar?"),
        holds=mark("Weinig, en de marge houdt daar rekening mee."),
        doubtful=mark("Ja. De marge houdt daar rekening mee, maar met zo weinig jaren blijft het onzeker."),
        fails=mark("Ja, en sterk: de marge is waarschijnlijk te smal."),
        not_possible=mark("Er zijn te weinig metingen om dit te zien."),
    ),
}
"""The words of every check."""

AMOUNTS = (
    ("effect", mark("verschil: {amount}")),
    ("expected", mark("vanzelf te verwachten: {amount}")),
    ("ring", mark("in de ring: {amount}")),
    ("within", mark("binnen de stad: {amount}")),
    ("stayers", mark("bij wie bleef: {amount}")),
    ("newcomers", mark("bij wie kwam: {amount}")),
    ("composition", mark("door wie kwam en ging: {amount}")),
    ("visible", mark("een afwijking van {amount} was opgevallen")),
)
"""Facts of a check that are in the unit of the outcome."""
_OWN_EFFECT = {
    CheckKind.PLACEBO_IN_TIME,
    CheckKind.ANTICIPATION,
    CheckKind.SENSITIVITY_SMOOTH,
    CheckKind.NEAR_OPTIMAL,
}
"""Checks that find an effect of their own; the others repeat that of the study."""
NUMBERS = (
    ("tried", mark("geprobeerd: {number}")),
    ("cities", mark("steden: {number}")),
    ("years", mark("jaren: {number}")),
    ("added", mark("deden mee tegen de score in: {number}")),
    ("removed", mark("deden niet mee tegen de score in: {number}")),
    ("correlation", mark("samenhang met het jaar ervoor: {number}")),
    ("breakdown", mark("houdt stand tot {number} keer de afwijking van ervoor")),
    ("misfit", mark("afstand voor de start: {number} keer de spreiding")),
    ("difference", mark("grootste verschil in kenmerken: {number} standaardafwijking")),
)
"""Facts of a check that are plain numbers."""


_ITSELF = {
    "level": mark("De uitkomst zelf, gemiddeld voor de start"),
    "slope": mark("De uitkomst zelf, verandering per jaar voor de start"),
}
"""What is compared of the outcome itself; all other names are those of indicators."""


def characteristic(speaker: Speaker, name: str) -> str:
    """Name what areas are compared on: an indicator, or the outcome itself; of a year where the name has one."""
    id_, _, year = name.partition("@")
    if year and id_ in _ITSELF:
        return speaker.language.say("De uitkomst zelf in {year}", year=year)
    indicator = speaker.policy.indicator.get(id_)
    label = speaker.language.label(indicator) if indicator else speaker.language.say(_ITSELF.get(id_, id_))
    return speaker.language.say("{label} in {year}", label=label, year=year) if year else label


def check_words(language: Language, check: Check) -> tuple[str, str, str]:
    """Give the question of a check, its status with its sign, and what the figures answered."""
    wording = CHECKS[check.kind]
    sign, word = STATUSES[check.status]
    return language.say(wording.asks), f"{sign} {language.say(word)}", language.say(wording.of(check.status))


def check_figures(speaker: Speaker, indicator: Indicator, check: Check, names: Mapping[str, str]) -> str:
    """Write the figures on which a check rests, those that readers can place; the rest stands in the file."""
    language, facts = speaker.language, check.facts
    if check.status is CheckStatus.NOT_POSSIBLE:
        return ""
    said = [
        language.say(pattern, amount=change_words(language, indicator, float(facts[key])))
        for key, pattern in AMOUNTS
        if isinstance(facts.get(key), int | float) and (key != "effect" or check.kind in _OWN_EFFECT)
    ]
    said += [*_margin(language, indicator, check), *_reach(speaker, indicator, check, names)]
    said += [
        language.say(pattern, number=_number(language, facts[key]))
        for key, pattern in NUMBERS
        if isinstance(facts.get(key), int | float)
    ]
    p = facts.get("p_adjusted", facts.get("p"))
    if isinstance(p, int | float):
        said.append(p_words(language, float(p)))
    return "; ".join(said)


def _margin(language: Language, indicator: Indicator, check: Check) -> list[str]:
    """Write the margin of what a check found; that of a characteristic is not in the unit of the outcome."""
    low, high = (
        float(end) if isinstance(end := check.facts.get(name), int | float) else None for name in ("low", "high")
    )
    if check.kind is CheckKind.COVARIATE_JUMP or (low is None and high is None):
        return []
    return [language.say("marge: {span}", span=span_words(language, indicator, low, high))]


def _reach(speaker: Speaker, indicator: Indicator, check: Check, names: Mapping[str, str]) -> list[str]:
    """Say between which ends the answers lie and where they lie furthest, and which characteristic jumps."""
    language, facts = speaker.language, check.facts
    low, high = facts.get("smallest"), facts.get("largest")
    said = []
    if isinstance(low, int | float) and isinstance(high, int | float):
        said.append(
            language.say(
                "van {first} tot {last}",
                first=change_words(language, indicator, float(low)),
                last=change_words(language, indicator, float(high)),
            )
        )
    elif isinstance(high, int | float):
        said.append(language.say("grootste verschil: {amount}", amount=change_words(language, indicator, float(high))))
    if isinstance(facts.get("without"), str):
        left_out = [names.get(code, code) for code in str(facts["without"]).split(", ")]
        city = check.kind is CheckKind.LEAVE_ONE_CITY_OUT
        pattern = mark("het meest zonder de stad van {names}") if city else mark("het meest zonder {names}")
        said.append(language.say(pattern, names=language.series(left_out[:1] if city else left_out)))
    named = facts.get("covariate") or facts.get("name")
    if isinstance(named, str):
        said.append(language.say("vooral: {label}", label=inside(characteristic(speaker, named))))
    return said


def _number(language: Language, fact: str | int | float) -> str:
    value = float(fact)
    return language.whole(value) if isinstance(fact, int) else language.number(value, 2)
