"""The words that say something about a figure, and what it must say to bear them: one table, Dutch and English."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from wijkpeil.domain.evidence import Conclusion
from wijkpeil.domain.verdict import Verdict
from wijkpeil.portrayal.language import mark
from wijkpeil.reports.claims import Claim
from wijkpeil.reports.reference_studies import ENOUGH

_GAP = 40
"""So many letters may stand in the place of the three dots in a phrase."""
_FOUND = {Conclusion.HELPED, Conclusion.HARMED, Conclusion.CHANGED}


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Phrases that say the same, and the test on a figure: true, false, or nothing where it says nothing about that.

    ``because`` is what is said of a figure that fails it. ``about_gaps`` keeps a rule to clauses that speak of a gap
    (true), or to those that do not (false). ``alone`` tells that the phrase needs a study in its sentence, and is
    wrong without any.
    """

    name: str
    phrases: tuple[str, ...]
    test: Callable[[Claim], bool | None]
    because: str
    about_gaps: bool | None = None
    alone: bool = False
    when_denied: bool = True

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Find any of the phrases as whole words."""
        said = "|".join(
            rf"[^.;]{{0,{_GAP}}}?".join(re.escape(part) for part in one.split("…"))
            for one in sorted(self.phrases, key=len, reverse=True)
        )
        return re.compile(rf"(?<!\w)(?:{said})(?!\w)", re.IGNORECASE)


def _is(name: str, wanted: int) -> Callable[[Claim], bool | None]:
    def test(claim: Claim) -> bool | None:
        found = getattr(claim, name)
        if found is None:
            return None
        return bool(found == wanted) and not (wanted != 0 and _may_be_chance(claim))

    return test


def _may_be_chance(claim: Claim) -> bool:
    """Whether the margin of a change holds nothing and no verdict says otherwise."""
    return claim.by_chance is True and claim.verdict not in {Verdict.CATCHING_UP, Verdict.FALLING_BEHIND}


def _judged(wanted: Verdict, way: int) -> Callable[[Claim], bool | None]:
    def test(claim: Claim) -> bool | None:
        if claim.verdict is not None:
            return claim.verdict is wanted
        return None if claim.narrowed is None else claim.narrowed == way

    return test


def _steady(claim: Claim) -> bool | None:
    if claim.verdict is not None:
        return claim.verdict is Verdict.STEADY
    return None if claim.rose is None else claim.rose == 0


def _share(low: float, high: float) -> Callable[[Claim], bool | None]:
    def test(claim: Claim) -> bool | None:
        return None if not claim.of or claim.part is None else low <= claim.part / claim.of <= high

    return test


def _surely(claim: Claim) -> bool | None:
    if claim.effect is not None:
        return claim.effect in _FOUND
    if claim.verdict is not None:
        return claim.verdict.is_claim
    if claim.as_luck is not None:
        return not claim.as_luck
    return False if claim.by_chance is None else not claim.by_chance


def _caused(claim: Claim) -> bool | None:
    if claim.effect is None:
        return None
    return claim.effect in _FOUND and (claim.grade or 0) >= ENOUGH


_MORE, _LESS = 0.5 + 1e-9, 0.5 - 1e-9
_SAYS = mark("het cijfer zegt: {words}")
_VERDICT = mark("het oordeel is: {verdict}")

RULES: tuple[Rule, ...] = (
    Rule(
        name="steeg",
        phrases=(
            *("toegenomen", "gestegen", "steeg", "stegen", "groeide", "groeiden", "gegroeid", "nam toe", "namen toe"),
            *("nam … toe", "een stijging", "een toename", "omhoog gegaan"),
            *("increased", "rose", "has risen", "went up", "grew"),
        ),
        test=_is("rose", 1),
        because=_SAYS,
        about_gaps=False,
    ),
    Rule(
        name="daalde",
        phrases=(
            *(
                "afgenomen",
                "gedaald",
                "daalde",
                "daalden",
                "gezakt",
                "zakte",
                "zakten",
                "nam af",
                "namen af",
                "nam … af",
            ),
            *("een daling", "een afname", "omlaag gegaan", "decreased", "fell", "has fallen", "went down", "declined"),
        ),
        test=_is("rose", -1),
        because=_SAYS,
        about_gaps=False,
    ),
    Rule(
        name="werd kleiner",
        phrases=(
            *("achterstand … kleiner", "achterstanden … kleiner", "achterstand … afgenomen", "achterstand nam af"),
            *("achterstand slinkt", "achterstanden slinken", "verschil … kleiner", "verschillen … kleiner"),
            *("gap narrowed", "gap … smaller"),
        ),
        test=_is("narrowed", 1),
        because=_SAYS,
    ),
    Rule(
        name="werd groter",
        phrases=(
            *("achterstand … groter", "achterstanden … groter", "achterstand … toegenomen", "achterstand nam toe"),
            *("achterstand groeide", "achterstand … gegroeid", "verschil … groter", "verschillen … groter"),
            *("gap widened", "gap … larger"),
        ),
        test=_is("narrowed", -1),
        because=_SAYS,
    ),
    Rule(
        name="loopt in",
        phrases=("loopt in", "lopen in", "liep in", "liepen in", "loopt … in", "ingelopen", "catching up", "caught up"),
        test=_judged(Verdict.CATCHING_UP, 1),
        because=_VERDICT,
    ),
    Rule(
        name="raakt achter",
        phrases=(
            "raakt achter",
            "raken achter",
            "raakte achter",
            "achterop geraakt",
            "achteropgeraakt",
            "falling behind",
        ),
        test=_judged(Verdict.FALLING_BEHIND, -1),
        because=_VERDICT,
    ),
    Rule(
        name="verbeterde",
        phrases=(
            *(
                "verbeterd",
                "verbeterde",
                "verbeterden",
                "vooruitgegaan",
                "ging vooruit",
                "gingen vooruit",
                "vooruitgang",
            ),
            *("beter geworden", "positief ontwikkeld", "ontwikkelt zich positief", "gunstig ontwikkeld", "improved"),
        ),
        test=_is("better", 1),
        because=_SAYS,
    ),
    Rule(
        name="verslechterde",
        phrases=(
            *(
                "verslechterd",
                "verslechterde",
                "verslechterden",
                "achteruitgegaan",
                "ging achteruit",
                "gingen achteruit",
            ),
            *("achteruitgang", "slechter geworden", "ongunstig ontwikkeld", "deteriorated", "worsened"),
        ),
        test=_is("better", -1),
        because=_SAYS,
    ),
    Rule(
        name="hoger dan",
        phrases=("hoger dan", "ligt boven", "liggen boven", "higher than", "above the"),
        test=_is("above", 1),
        because=_SAYS,
    ),
    Rule(
        name="lager dan",
        phrases=("lager dan", "ligt onder", "liggen onder", "lower than", "below the"),
        test=_is("above", -1),
        because=_SAYS,
    ),
    Rule(
        name="achter",
        phrases=("loopt achter", "ligt achter", "staat achter", "heeft een achterstand", "lags behind"),
        test=_is("ahead", -1),
        because=_SAYS,
    ),
    Rule(
        name="voor",
        phrases=("loopt voor", "ligt voor", "staat voor op", "heeft een voorsprong", "beter dan", "is ahead of"),
        test=_is("ahead", 1),
        because=_SAYS,
    ),
    Rule(
        name="gelijk gebleven",
        phrases=(
            *("vrijwel gelijk", "gelijk gebleven", "bleef gelijk", "bleven gelijk", "bleef stabiel", "is stabiel"),
            *("onveranderd", "ongewijzigd", "nauwelijks veranderd", "remained stable", "unchanged"),
        ),
        test=_steady,
        because=_VERDICT,
        when_denied=False,
    ),
    Rule(
        name="even hoog als",
        phrases=("even hoog als", "even groot als", "even laag als", "the same as"),
        test=_is("above", 0),
        because=_SAYS,
    ),
    Rule(
        name="meer dan de helft",
        phrases=(
            "meer dan de helft",
            "een meerderheid",
            "de meerderheid",
            "de meeste",
            "het merendeel",
            "more than half",
            "most of",
            "a majority",
        ),
        test=_share(_MORE, 1.0),
        because=_SAYS,
    ),
    Rule(
        name="minder dan de helft",
        phrases=(
            "minder dan de helft",
            "een minderheid",
            "de minderheid",
            "een klein deel",
            "less than half",
            "a minority",
        ),
        test=_share(0.0, _LESS),
        because=_SAYS,
    ),
    Rule(
        name="alle",
        phrases=("in alle wijken", "alle wijken", "elke wijk", "all neighbourhoods"),
        test=_share(1.0, 1.0),
        because=_SAYS,
    ),
    Rule(
        name="vrijwel alle",
        phrases=("vrijwel alle", "bijna alle", "vrijwel elke", "bijna elke", "nearly all", "almost all"),
        test=_share(0.9, 1.0),
        because=_SAYS,
        when_denied=False,
    ),
    Rule(
        name="geen enkele",
        phrases=("geen enkele wijk", "in geen enkele", "geen van de wijken", "none of the"),
        test=_share(0.0, 0.0),
        because=_SAYS,
        when_denied=False,
    ),
    Rule(name="een kwart", phrases=("een kwart", "a quarter"), test=_share(0.2, 0.3), because=_SAYS, when_denied=False),
    Rule(name="een derde", phrases=("een derde", "a third"), test=_share(0.28, 0.39), because=_SAYS, when_denied=False),
    Rule(
        name="twee derde",
        phrases=("twee derde", "two thirds"),
        test=_share(0.6, 0.72),
        because=_SAYS,
        when_denied=False,
    ),
    Rule(
        name="driekwart",
        phrases=("driekwart", "three quarters"),
        test=_share(0.7, 0.8),
        because=_SAYS,
        when_denied=False,
    ),
    Rule(
        name="de helft",
        phrases=("ongeveer de helft", "de helft van", "half of the"),
        test=_share(0.45, 0.55),
        because=_SAYS,
        when_denied=False,
    ),
    Rule(
        name="significant",
        phrases=(
            *("significant", "significante", "aantoonbaar", "aantoonbare", "duidelijk", "duidelijke", "overtuigend"),
            *("onmiskenbaar", "opvallend", "opvallende", "clearly", "demonstrably"),
        ),
        test=_surely,
        because=mark("of dit meer is dan toeval, zegt dit cijfer niet: {words}"),
        when_denied=False,
    ),
    Rule(
        name="dankzij",
        phrases=(
            *(
                "dankzij",
                "door de aanpak",
                "door het programma",
                "door de maatregel",
                "door de maatregelen",
                "door onze inzet",
            ),
            *("als gevolg van de aanpak", "als gevolg van het programma", "heeft geleid tot", "hebben geleid tot"),
            *("leidde tot", "leidden tot", "het effect van", "heeft gewerkt", "hebben gewerkt", "heeft geholpen"),
            *(
                "is effectief",
                "is succesvol",
                "was succesvol",
                "zijn succesvol",
                "werpt vruchten af",
                "resultaat van de aanpak",
            ),
            *("thanks to", "because of the programme", "has led to", "led to", "as a result of", "is effective"),
        ),
        test=_caused,
        because=mark(
            "dat iets ergens door kwam, zegt alleen een onderzoek met minstens niveau {enough} in dezelfde zin"
        ),
        alone=True,
        when_denied=False,
    ),
)
"""The rules; a phrase with three dots may have some words in their place."""
