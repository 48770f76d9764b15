"""A change by what was done, in words: how much higher or lower, between which ends, and how often by chance."""

from dataclasses import replace

from wijkpeil.domain.evidence import Inference, Method
from wijkpeil.domain.indicator import Indicator
from wijkpeil.domain.study import Design
from wijkpeil.portrayal import quantity
from wijkpeil.portrayal.language import Language, mark

DESIGNS = {
    Design.DIFFERENCES: mark("verschil in verschil"),
    Design.IMPUTATION: mark("aangevulde lijnen"),
    Design.SYNTHETIC_CONTROL: mark("samengestelde tweelingwijk"),
    Design.SYNTHETIC_DIFFERENCES: mark("samengesteld verschil in verschil"),
    Design.MATCHED_DIFFERENCES: mark("verschil met gelijkende wijken"),
    Design.TWO_WAY: mark("gewone regressie met wijken en jaren"),
    Design.DISCONTINUITY: mark("net wel en net niet gekozen"),
    Design.INTERRUPTED_SERIES: mark("eigen lijn voor en na"),
    Design.BEFORE_AFTER: mark("voor en na"),
    Design.EXPERIMENT: mark("loting"),
    Design.CROSS_SECTION: mark("één moment"),
}
"""What each design is called."""

HOW = {
    Design.DIFFERENCES: mark(
        "We kijken hoeveel meer of minder het hier veranderde dan in wijken waar niets gedaan is. Elke wijk telt vanaf "
        "haar eigen start."
    ),
    Design.IMPUTATION: mark(
        "Uit de jaren voor de start en uit wijken waar niets gedaan is, schatten we hoe het hier zonder was gegaan."
    ),
    Design.SYNTHETIC_CONTROL: mark(
        "Uit wijken waar niets gedaan is stellen we een mengsel samen dat er voor de start net zo uitzag. Na de start "
        "kijken we hoe ver het uit elkaar loopt."
    ),
    Design.SYNTHETIC_DIFFERENCES: mark(
        "We wegen wijken en jaren zo, dat de vergelijking voor de start net zo liep. Dan kijken we hoeveel meer of "
        "minder het hier veranderde."
    ),
    Design.MATCHED_DIFFERENCES: mark(
        "Bij elke wijk zoeken we wijken die er voor de start op leken. Dan kijken we hoeveel meer of minder het hier "
        "veranderde dan daar."
    ),
    Design.TWO_WAY: mark(
        "Eén regressie over alle wijken en jaren. Begint niet elke wijk tegelijk, dan kan dat een vertekend "
        "beeld geven."
    ),
    Design.DISCONTINUITY: mark(
        "We vergelijken wijken die door hun score net wel meededen met wijken die net niet meededen."
    ),
    Design.INTERRUPTED_SERIES: mark(
        "We trekken de lijn van voor de start door, en kijken hoe ver het daarna van die lijn af ligt. Een "
        "vergelijking "
        "met andere wijken is er niet."
    ),
    Design.BEFORE_AFTER: mark(
        "We kijken alleen hoe het voor en na de start was. Alles wat er verder veranderde, telt dan mee."
    ),
    Design.EXPERIMENT: mark("Door loting is bepaald waar het gebeurde en waar niet."),
    Design.CROSS_SECTION: mark(
        "We vergelijken op één moment waar het wel en niet gebeurde. Hoe het ervoor was, telt niet mee."
    ),
}
"""How each design makes its comparison."""

_GROUPS = {
    Method.PLACEMENTS: (mark("willekeurige groepen van {count} wijken"), mark("wijken waar niets gedaan is")),
    Method.LOCAL_PLACEMENTS: (
        mark("verdelingen van de wijken dicht bij de grens"),
        mark("verdelingen van de wijken dicht bij de grens"),
    ),
    Method.PLACEBO_AREAS: (
        mark("groepen van even veel wijken waar niets gedaan is"),
        mark("wijken waar niets gedaan is"),
    ),
    Method.CONFORMAL: (mark("keren dat we de jaren verschuiven"), mark("keren dat we de jaren verschuiven")),
    Method.WILD_BOOTSTRAP: (
        mark("nagespeelde keren waarin het niets deed"),
        mark("nagespeelde keren waarin het niets deed"),
    ),
}
"""Among what a change is counted that is as large: for several treated areas, and for one."""

_MARGINS = {
    Method.PLACEMENTS: mark(
        "We meten een verandering af aan hoe onrustig de cijfers van die wijken zijn. In de marge staan alle effecten "
        "die bij deze cijfers kunnen passen."
    ),
    Method.LOCAL_PLACEMENTS: mark("De marge komt uit opnieuw verdelen van de wijken dicht bij de grens."),
    Method.PLACEBO_AREAS: mark(
        "We meten een verandering af aan hoe onrustig de cijfers van die wijken zijn. De marge komt uit de wijken waar "
        "niets gedaan is."
    ),
    Method.CONFORMAL: mark("De marge komt uit het verschuiven van de jaren."),
    Method.WILD_BOOTSTRAP: mark("De marge komt uit naspelen met groepen wijken."),
    Method.LOCAL_POLYNOMIAL: mark("De marge komt uit de spreiding van de wijken dicht bij de grens."),
    Method.SERIAL_ERRORS: mark("De marge komt uit hoe onrustig de eigen lijn is."),
}


def design_words(language: Language, design: Design) -> str:
    """Name a design."""
    return language.say(DESIGNS[design])


def how_words(language: Language, design: Design) -> str:
    """Say how a design makes its comparison."""
    return language.say(HOW[design])


def margin_words(language: Language, method: Method) -> str:
    """Say where a margin comes from."""
    return language.say(_MARGINS[method])


def inside(label: str) -> str:
    """Write a label as it stands in the middle of a sentence; an abbreviation keeps its capitals."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def finer(indicator: Indicator) -> Indicator:
    """Give a share or a rate at least one decimal: an effect is smaller than a level, and would be rounded away."""
    return replace(indicator, decimals=max(indicator.decimals, 1)) if indicator.unit.factor > 1 else indicator


def change_words(language: Language, indicator: Indicator, change: float) -> str:
    """Write a change with its way in words: 4,2 procentpunt lager."""
    fine = finer(indicator)
    return _change(language, fine, change, quantity.size(language, fine, change))


def short_change(language: Language, indicator: Indicator, change: float) -> str:
    """Write a change in as little room as a picture has: 4,2 pp lager."""
    fine = finer(indicator)
    return _change(language, fine, change, quantity.short_size(language, fine, change))


def span_words(language: Language, indicator: Indicator, low: float | None, high: float | None) -> str:
    """Write between which ends a change lies, of which one may be open: 1,2 tot 5,6 procentpunt lager.

    The end nearest to zero, or the lowest, comes first; ends on both sides of zero each have their own way.
    """
    indicator = finer(indicator)
    if low is None and high is None:
        return language.say("geen marge bekend")
    if low is None:
        return _half_open(language, indicator, high or 0.0, upwards=False)
    if high is None:
        return _half_open(language, indicator, low, upwards=True)
    if quantity.is_zero(indicator, low) and quantity.is_zero(indicator, high):
        return language.say("geen verschil")
    if low < 0 < high or quantity.is_zero(indicator, low) or quantity.is_zero(indicator, high):
        first, last = (change_words(language, indicator, end) for end in (low, high))
        return language.say("van {first} tot {last}", first=first, last=last)
    near, far = sorted((low, high), key=abs)
    number = quantity.plain_number(language, indicator, abs(near))
    return language.say("{first} tot {last}", first=number, last=change_words(language, indicator, far))


def frequency_words(language: Language, inference: Inference, treated: int) -> list[str]:
    """Say how often a change as large is found where there is no effect, as one counts it: 14 of 100.

    From a hundred tries on it is told of 100, and "fewer than 1" or "more than 99" where rounding would say never or
    always; of fewer tries the count itself. What cannot be seen with so many tries is said beside it. Several treated
    areas are placed among all, so that some of them may be in such a group: then it is no group without an effect.

    References
    ----------
    Gigerenzer and Hoffrage (1995), Psychological Review 102: people read counts better than chances.
    """
    if inference.method not in _GROUPS or inference.placebos < 1:
        return []
    many, single = _GROUPS[inference.method]
    group = language.say(single if treated == 1 else many, count=language.whole(treated))
    counted = as_counted(language, inference.as_large, inference.placebos)
    said = [
        language.say(
            "Een even grote verandering (omhoog of omlaag) zien we in {counted} {group}.", counted=counted, group=group
        )
    ]
    if draws_treated_areas(inference.method, treated):
        said.append(
            language.say(
                "In zo'n groep zit soms een wijk waar wel iets gedaan is. Haar effect telt dan mee in de groep. De "
                "marge houdt daar rekening mee."
            )
        )
    if inference.as_large == 0 or inference.attainable > 0.05:
        tries = max(1, round(1 / inference.attainable)) if inference.attainable > 0 else inference.placebos + 1
        said.append(
            language.say(
                "Zeldzamer dan 1 op de {tries} kunnen we met zoveel vergelijkingen niet zien.",
                tries=language.whole(tries),
            )
        )
    return said


def draws_treated_areas(method: Method, treated: int) -> bool:
    """Say whether the groups in which chance is counted may hold some of the treated areas; one alone never returns."""
    return method is Method.PLACEMENTS and treated > 1


def as_counted(language: Language, some: int, all_: int) -> str:
    """Write a part as one counts it: ``2 van de 17``, ``14 van de 100``, ``minder dan 1 van de 100``."""
    if all_ < 100:
        return language.say("{some} van de {all}", some=language.whole(some), all=language.whole(all_))
    share = some / all_ * 100
    if share < 1:
        return language.say("minder dan 1 van de 100")
    if share > 99:
        return language.say("meer dan 99 van de 100")
    whole = int(share + 0.5)
    pattern = mark("{some} van de 100") if abs(share - whole) < 1e-9 else mark("ongeveer {some} van de 100")
    return language.say(pattern, some=whole)


def p_words(language: Language, p: float) -> str:
    """Write a p-value in the decimals that it can bear, never as nothing."""
    if p < 0.001:
        return language.say("p kleiner dan {number}", number=language.number(0.001, 3))
    return language.say("p = {number}", number=language.number(p, 3 if p < 0.1 else 2))


def _change(language: Language, indicator: Indicator, change: float, size: str) -> str:
    if quantity.is_zero(indicator, change):
        return language.say("geen verschil")
    return language.say(mark("{size} lager") if change < 0 else mark("{size} hoger"), size=size)


def _half_open(language: Language, indicator: Indicator, end: float, *, upwards: bool) -> str:
    """Say a margin with one end, which goes on without end the other way."""
    away = end > 0 if upwards else end < 0
    pattern = (
        mark("minstens {change}, zonder grens aan de andere kant")
        if away
        else mark("hoogstens {change}, zonder grens aan de andere kant")
    )
    return language.say(pattern, change=change_words(language, indicator, end))
