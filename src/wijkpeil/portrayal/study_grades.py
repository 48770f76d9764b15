"""How well we know it: the level of the evidence from 1 to 5, the grade of the figures, and why it is not higher."""

from wijkpeil.domain.grading import DataGrade, DataLevel, DataReason, Grade, GradeReason
from wijkpeil.portrayal.everywhere import nature_words
from wijkpeil.portrayal.language import Language, mark

SHORT = {
    1: mark("zonder goede vergelijking"),
    2: mark("een vergelijking waar twijfel bij is"),
    3: mark("voor en na, naast andere wijken"),
    4: mark("bijna als een loting"),
    5: mark("door loting"),
}
"""Each level in a few words."""

LEVELS = {
    1: mark(
        "Niveau 1 van 5: geen goede vergelijking. We zien wat er veranderde, niet of dat kwam door wat er gedaan is."
    ),
    2: mark(
        "Niveau 2 van 5: er is een vergelijking, maar de groepen kunnen van tevoren verschild hebben. Het is een "
        "aanwijzing, geen bewijs."
    ),
    3: mark(
        "Niveau 3 van 5: voor en na vergeleken met wijken waar niets gedaan is. Zonder de aanpak was het hier "
        "waarschijnlijk net zo gegaan als daar."
    ),
    4: mark("Niveau 4 van 5: bijna als een loting. Toeval bepaalde grotendeels waar het gebeurde, en dat is nagegaan."),
    5: mark("Niveau 5 van 5: door loting is bepaald waar het gebeurde. Zekerder kan het niet."),
}
"""What each level of the Maryland Scientific Methods Scale means to a reader."""

DATA = {
    DataLevel.GOOD: (mark("goed"), mark("De cijfers zijn goed genoeg om een effect mee te zien.")),
    DataLevel.FAIR: (mark("redelijk"), mark("De cijfers zijn redelijk: een effect is te zien, maar ruw.")),
    DataLevel.WEAK: (mark("zwak"), mark("De cijfers zijn zwak: alleen een groot effect zou te zien zijn.")),
    DataLevel.UNFIT: (mark("ongeschikt"), mark("De cijfers zijn ongeschikt om een effect mee te zien.")),
}
"""What each grade of the figures means."""

REASONS = {
    GradeReason.NO_COMPARISON: mark("Er is geen vergelijking met wijken waar niets gedaan is."),
    GradeReason.NO_PERIOD_BEFORE: mark("Er is geen meting van voor de start."),
    GradeReason.NOT_BY_CHANCE: mark("Niet het toeval, maar een keuze bepaalde waar het gebeurde."),
    GradeReason.CHANCE_ONLY_NEAR_CUTOFF: mark("Alleen dicht bij de grens lijkt het op een loting."),
    GradeReason.FORBIDDEN_COMPARISONS: mark(
        "Wijken die later begonnen zijn vergeleken met wijken die al begonnen waren."
    ),
    GradeReason.UNTESTED: mark("Waar deze opzet op rust, is niet nagegaan."),
    GradeReason.PRE_TREND: mark("Voor de start liepen de lijnen al uit elkaar."),
    GradeReason.PLACEBO_IN_TIME: mark("Ook met een verzonnen eerdere start is er een effect."),
    GradeReason.ANTICIPATION: mark("Vlak voor de start veranderde er al iets."),
    GradeReason.FIT_BEFORE: mark("Voor de start leek de vergelijking te weinig op deze wijken."),
    GradeReason.BALANCE: mark("De wijken verschillen in hun kenmerken, ook na het vergelijken."),
    GradeReason.DISPLACEMENT: mark("In de ring eromheen veranderde het ook."),
    GradeReason.COMPOSITION: mark("Er kwamen andere mensen wonen."),
    GradeReason.CITY_SHOCK: mark("Andere wijken van dezelfde stad veranderden mee."),
    GradeReason.DENSITY: mark("Aan één kant van de grens liggen opvallend veel wijken."),
    GradeReason.COVARIATE_JUMP: mark("Op de grens springen ook de kenmerken van de wijken."),
    GradeReason.MOVED_ACROSS: mark("Er zijn wijken over de grens geschoven."),
    GradeReason.REGRESSION_TO_THE_MEAN: mark("Een verandering als deze kan ook vanzelf bijtrekken zijn."),
    GradeReason.SERIAL_CORRELATION: mark("Opeenvolgende jaren hangen zo samen dat de marge te smal kan zijn."),
    GradeReason.RESTS_ON_ONE_AREA: mark("De uitkomst hangt aan één wijk."),
    GradeReason.RESTS_ON_ONE_CITY: mark("De uitkomst hangt aan één stad."),
    GradeReason.RESTS_ON_THE_WEIGHTS: mark("Een bijna even goed mengsel van wijken geeft iets anders."),
    GradeReason.SENSITIVE_TO_TRENDS: mark(
        "Een kleine afwijking van gelijk oplopen is al genoeg voor een ander antwoord."
    ),
    GradeReason.ONE_DOUBT: mark("Bij één toets is er twijfel."),
    GradeReason.SEVERAL_DOUBTS: mark("Bij meer dan één toets is er twijfel."),
    GradeReason.ONE_TREATED_AREA: mark("Het gaat om één wijk: wat daar toevallig gebeurde, telt helemaal mee."),
    GradeReason.TOO_FEW_PLACEMENTS: mark("Er zijn te weinig andere wijken om toeval goed te kunnen uitsluiten."),
}
"""Why the level is not higher, or what must be said beside it."""

DATA_REASONS = {
    DataReason.MODELLED: mark(
        "Een geschat cijfer kan geen effect laten zien: wat er gedaan is, zit niet in het model."
    ),
    DataReason.SURVEYED: mark("Het is gevraagd aan een deel van de mensen, dus toeval telt mee."),
    DataReason.NO_PERIOD_BEFORE: mark("Hoe het voor de start was, weten we niet."),
    DataReason.VERY_FEW_PERIODS_BEFORE: mark("Er zijn heel weinig metingen van voor de start."),
    DataReason.FEW_PERIODS_BEFORE: mark("Er zijn weinig metingen van voor de start."),
    DataReason.SOME_MISSING: mark("Een deel van de metingen ontbreekt."),
    DataReason.MANY_MISSING: mark("Veel metingen ontbreken."),
    DataReason.BREAKS: mark("Over een verandering van meten heen kun je niet vergelijken."),
}
"""What keeps the figures from being better."""


def level_short(language: Language, level: int) -> str:
    """Name a level in a few words: 3 van 5: voor en na, naast andere wijken."""
    return language.say("{level} van 5: {words}", level=level, words=language.say(SHORT[level]))


def level_sentences(language: Language) -> list[str]:
    """Say what every level means, from the lowest."""
    return [language.say(sentence) for sentence in LEVELS.values()]


def grade_sentences(language: Language, grade: Grade) -> list[str]:
    """Say what a level means, what the design could have earned, and why it did not."""
    said = [language.say(LEVELS[grade.level])]
    if grade.level < grade.from_design:
        said.append(
            language.say("Deze opzet kan niveau {level} halen, maar haalt dat hier niet.", level=grade.from_design)
        )
    return said


def grade_reasons(language: Language, grade: Grade) -> list[str]:
    """Give the reasons why a level is not higher."""
    return [language.say(REASONS[one]) for one in grade.reasons]


def data_short(language: Language, data: DataGrade) -> str:
    """Name the grade of the figures in a word."""
    return language.say(DATA[data.level][0])


def data_sentences(language: Language, data: DataGrade) -> list[str]:
    """Say how good the figures are, on what that rests, and what keeps them from being better."""
    say = language.say
    missing = language.number(data.missing * 100, 0 if data.missing >= 0.1 or data.missing == 0 else 1)
    said = [
        say(DATA[data.level][1]),
        language.say_count(
            "Soort cijfer: {nature}. Er is {count} meting van voor de start. Er ontbreekt {missing}%.",
            "Soort cijfer: {nature}. Er zijn {count} metingen van voor de start. Er ontbreekt {missing}%.",
            data.before,
            nature=nature_words(language, data.nature),
            missing=missing,
        ),
    ]
    if data.breaks:
        said.append(
            language.say_count(
                "De manier van meten veranderde {count} keer.",
                "De manier van meten veranderde {count} keer.",
                data.breaks,
            )
        )
    return [*said, *(say(DATA_REASONS[one]) for one in data.reasons)]
