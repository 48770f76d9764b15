"""Writes what the code says of every method below the text of its page, so that the two cannot differ."""

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "methoden"
INDEX = FOLDER / "README.md"


@dataclass(frozen=True, kw_only=True)
class Method:
    """A page of ``docs/methoden``: the question that it answers, and the functions that do it."""

    name: str
    question: str
    functions: tuple[str, ...]

    @property
    def page(self) -> Path:
        """Where the page stands."""
        return FOLDER / f"{self.name}.md"

    @property
    def title(self) -> str:
        """The heading of the page."""
        return self.page.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")


def _method(name: str, question: str, *functions: str) -> Method:
    return Method(name=name, question=question, functions=functions)


CHAPTERS: dict[str, tuple[Method, ...]] = {
    "Cijfers": (
        _method("samenstellen", "Hoe krijgt een aandachtswijk haar cijfer?", "compose.composed", "compose.totals"),
        _method(
            "marges",
            "Hoe zeker is een cijfer?",
            "intervals.limits",
            "intervals.wilson",
            "intervals.poisson",
            "intervals.exact_share",
            "intervals.exact_poisson",
            "intervals.mean_with_spread",
            "resolution.step_of",
        ),
        _method("superpopulatie", "Waarom heeft een volledige telling een marge?", "intervals.limits"),
        _method(
            "paneelruis",
            "Wat is de marge van een score zonder marge?",
            "panel_noise.panel_noise",
            "panel_errors.with_panel_errors",
        ),
        _method("gestandaardiseerd", "Wat als iedereen even oud was?", "standardised.standardised"),
        _method("onthulling", "Wat mag een lezer zien?", "disclosure.release.release"),
    ),
    "Vergelijken": (
        _method(
            "rest_van_de_stad", "Waarmee vergelijk je een wijk?", "rest_of_city.rest_of_city", "rest_of_city.without"
        ),
        _method("vergelijkbare_gebieden", "Welke wijken lijken op haar?", "look_alikes.find_look_alikes"),
        _method(
            "een_gelijkende_wijk",
            "Hoe ver kan één gelijkende wijk ernaast liggen?",
            "one_look_alike.beside_one_look_alike",
        ),
    ),
    "Verandering en oordeel": (
        _method(
            "achterstand_en_verandering",
            "Loopt een wijk in?",
            "positions.positions",
            "changes.changes",
            "intervals.mover",
        ),
        _method("ontleding", "Wiens verandering is het?", "decomposition.parts_of_change"),
        _method("oordeel", "Wat mag je zeggen?", "verdict.judge", "verdict.p_values"),
        _method("veel_vergelijkingen", "Hoeveel oordelen zijn toeval?", "family.adjusted"),
        _method(
            "telling_en_toeval",
            "Twintig van de veertig: is dat veel?",
            "counts.count_by_chance",
            "counts.false_among",
        ),
        _method("selectie", "Wat was er vanzelf gebeurd?", "selection.correct_for_selection"),
    ),
    "Hielp het?": (
        _method(
            "verschil_in_verschillen",
            "Wat was er zonder aanpak gebeurd?",
            "effects.differences.differences",
            "effects.imputation.imputation",
            "effects.doubly_robust.doubly_robust",
            "effects.two_way.two_way",
            "effects.in_time.pre_trend",
            "effects.in_time.placebo_in_time",
        ),
        _method(
            "synthetische_controle",
            "Lijkt een mengsel van andere wijken erop?",
            "effects.synthetic_control.synthetic_control",
            "effects.synthetic_differences.synthetic_differences",
            "effects.near_optimal.near_optimal",
        ),
        _method(
            "gekoppelde_vergelijking",
            "Welke wijken stonden er hetzelfde voor?",
            "effects.matching.matched",
            "effects.matching.balanced",
            "effects.balance.balance_check",
            "effects.regression_to_the_mean.regression_to_the_mean",
        ),
        _method(
            "onderbroken_reeks",
            "Wat als er niemand is om mee te vergelijken?",
            "effects.interrupted.interrupted",
            "effects.before_after.before_after",
        ),
        _method(
            "grenswaarde",
            "Zijn de wijken op een grens gekozen?",
            "effects.validity.discontinuity",
            "effects.discontinuity.jump",
            "effects.local_randomisation.local_placements",
        ),
        _method(
            "plaatsing",
            "Hoe vaak zie je dit zonder aanpak?",
            "effects.placements.infer",
            "effects.wild_bootstrap.wild_bootstrap",
            "effects.conformal.conformal",
            "effects.several_outcomes.adjusted",
        ),
        _method(
            "gevoeligheid",
            "Hoeveel mag er mis zijn?",
            "effects.sensitivity.relative_check",
            "effects.sensitivity.smooth_check",
            "effects.relative_violations.relative_interval",
            "effects.smooth_violations.smooth_interval",
        ),
        _method(
            "bewijskracht",
            "Hoe zeker weten we het?",
            "effects.grade.grade",
            "effects.data_grade.data_grade",
            "effects.conclusion.conclude",
            "effects.threats.threats",
            "effects.refusals.refusals",
            "effects.reported.graded",
        ),
    ),
    "Bewijs": (
        _method(
            "ijking",
            "Klopt wat we zeggen?",
            "calibration.coverage.coverage",
            "calibration.families.families",
            "calibration.bounds.one_sided",
            "calibration.luck.selection",
            "calibration.luck.counts",
            "calibration.luck.noise",
            "calibration.house.house",
            "calibration.effect_sizes.effect_sizes",
            "calibration.effect_matrix.effect_matrix",
        ),
    ),
    "Lijnen, plaatjes en scores": (
        _method("kleine_gebieden", "Wat als er weinig mensen wonen?", "small_areas.smoothed"),
        _method("trend", "Welke lijn loopt achter de cijfers?", "trend.trend"),
        _method("trechter", "Welke wijken wijken echt af?", "funnel.funnel"),
        _method("themascore", "Hoe staat een thema ervoor, in één getal?", "composite.theme_scores"),
    ),
}
METHODS = tuple(method for methods in CHAPTERS.values() for method in methods)

START = "<!-- Hieronder gemaakt uit de code met: python docs/methods.py -->"
_CODE = "## In de code\n\nGemaakt uit de code, en in het Engels zoals de code. Elk voorbeeld wordt uitgevoerd."
_HEADING = re.compile(r"^(?P<title>[A-Z][A-Za-z ]+)\n-{3,}$", re.MULTILINE)
_SHOWN = ("What it says", "What it does not say", "Formula", "Source", "References", "Examples")

_INDEX_HEAD = """\
# De rekenwijzen

Van elke rekenwijze: wat ze zegt, wat ze niet zegt, een voorbeeld, de formule en de bron. Onder elke pagina staat wat
de code er zelf over zegt. Alle voorbeelden worden uitgevoerd als de code verandert.

Deze pagina is gemaakt uit de code (`python docs/methods.py`).
"""


def page(method: Method) -> str:
    """Give a whole page: the text as it stands there, and below the mark what the docstrings say."""
    written = method.page.read_text(encoding="utf-8").partition(START)[0].rstrip()
    said = "\n\n".join(_said(name) for name in method.functions)
    return f"{written}\n\n{START}\n\n{_CODE}\n\n{said}\n"


def index() -> str:
    """Give the index: every method with its question, its page and its functions."""
    parts = [_INDEX_HEAD]
    for chapter, methods in CHAPTERS.items():
        rows = [f"| [{one.title}]({one.page.name}) | {one.question} | {_names(one)} |" for one in methods]
        table = "\n".join(["| rekenwijze | vraag | functie |", "| --- | --- | --- |", *rows])
        parts.append(f"## {chapter}\n\n{table}\n")
    return "\n".join(parts)


def function(name: str) -> Callable[..., Any]:
    """Find a function by its module and name; a module without its room is one of ``analysis``."""
    module, _, own = name.rpartition(".")
    room = module if "." in module else f"analysis.{module}"
    found: Callable[..., Any] = getattr(import_module(f"wijkpeil.{room}"), own)
    return found


def sections(docstring: str) -> dict[str, str]:
    """Part a docstring into its sections by heading; what stands before the first has no heading."""
    found = list(_HEADING.finditer(docstring))
    starts = [*(heading.start() for heading in found), len(docstring)]
    parts = {"": docstring[: starts[0]].strip()}
    for heading, end in zip(found, starts[1:], strict=True):
        parts[heading["title"]] = docstring[heading.end() : end].strip()
    return parts


def _names(method: Method) -> str:
    return ", ".join(f"`{name.rpartition('.')[2]}`" for name in method.functions)


def _said(name: str) -> str:
    one = function(name)
    parts = sections(inspect.getdoc(one) or "")
    given = ", ".join(_given(parameter) for parameter in inspect.signature(one).parameters.values())
    shown = [f"### `{one.__module__}.{one.__name__}`", f"`{one.__name__}({given})`", _prose(parts[""])]
    for title in _SHOWN:
        if title == "Examples" and title in parts:
            shown += ["**Examples.**", *_blocks(parts[title])]
        elif title in parts:
            shown.append(f"**{title}.** {_prose(parts[title])}")
    return "\n\n".join(shown)


def _given(parameter: inspect.Parameter) -> str:
    default = "" if parameter.default is inspect.Parameter.empty else "=…"
    return f"{parameter.name}{default}"


def _prose(text: str) -> str:
    return text.replace("``", "`")


def _blocks(example: str) -> list[str]:
    """Fence what is typed and answered, and leave the prose between as it is."""
    blocks = re.split(r"\n\s*\n", example)
    return [f"```pycon\n{block}\n```" if block.startswith(">>>") else _prose(block) for block in blocks]


if __name__ == "__main__":
    for one in METHODS:
        one.page.write_text(page(one), encoding="utf-8")
    INDEX.write_text(index(), encoding="utf-8")
