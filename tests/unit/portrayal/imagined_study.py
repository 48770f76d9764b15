"""Imagined studies: one with everything, a refused one, a placebo, a description and one by others."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from wijkpeil.domain import evidence as e
from wijkpeil.domain import grading as g
from wijkpeil.domain import refusal as r
from wijkpeil.domain import study as s
from wijkpeil.domain.indicator import Nature
from wijkpeil.publication.evidence_library import publish_study
from wijkpeil.publication.shelf import Shelf
from wijkpeil.publication.study_records import from_json, to_json

TREATED = tuple(s.TreatedArea(area=f"WK0080{number}", start=2016) for number in (10, 11, 12))
NAMES = {f"WK0080{number}": f"Wijk {number} <b>&" for number in range(10, 31)}


def study(id_: str = "wijkteams", **changed: Any) -> s.Study:
    """A study in which everything is said."""
    usual = {
        "kind": s.StudyKind.EVALUATION,
        "title": "Wijkteams tegen armoede",
        "title_en": "Neighbourhood teams against poverty",
        "question": "Hebben wijkteams minder mensen in de bijstand gebracht?",
        "question_en": "Did neighbourhood teams bring fewer people onto benefits?",
        "done": "In drie wijken ging een vast team langs de deuren.",
        "mechanism": "Wie eerder hulp krijgt, houdt vaker werk.",
        "hash": "a" * 64,
        "programme": "aandachtswijken",
        "treated": TREATED,
        "outcomes": (s.StudyOutcome(indicator="huisgeld", expected=s.Expected.DOWN, smallest=0.01),),
        "lag": 1,
        "candidates": s.Candidates(
            level="wijk", without_programmes=("aandachtswijken",), ring_km=1.5, minimum_population=1000
        ),
        "first": 2010,
        "last": 2020,
        "covariates": ("woz_waarde",),
        "designs": (s.Design.DIFFERENCES, s.Design.SYNTHETIC_DIFFERENCES),
        "registration": s.Registration(by="onderzoek@stad.example", on=date(2026, 3, 1), hash="a" * 64),
    }
    return s.Study(id=id_, **{**usual, **changed})


def path(*, step: float = -0.006, band: float = 0.012) -> tuple[e.EventPoint, ...]:
    """An event study from five years before to four after; the year before the start is the reference."""
    points = []
    for time in range(-5, 5):
        effect = 0.0 if time == -1 else 0.001 * (time % 3 - 1) if time < 0 else step * (time + 1)
        margin = None if time == -1 else band * (0.7 + 0.06 * abs(time))
        points.append(
            e.EventPoint(
                time=time,
                effect=effect,
                low=None if margin is None else effect - margin,
                high=None if margin is None else effect + margin,
            )
        )
    return tuple(points)


def placebo_paths(count: int = 60) -> tuple[e.PlaceboPath, ...]:
    """Paths that wander around zero, the same every time."""
    paths = []
    for number in range(count):
        effects, here = [], 0.0
        for time in range(-5, 5):
            here += 0.009 * (((number * 37 + (time + 5) * 101 + number * time * 13) % 97) / 96 - 0.5)
            effects.append(here)
        at_reference = effects[4]
        paths.append(
            e.PlaceboPath(
                name=f"{number}", times=tuple(range(-5, 5)), effects=tuple(one - at_reference for one in effects)
            )
        )
    return tuple(paths)


def inference(**changed: Any) -> e.Inference:
    """Inference in which 14 of 1000 placements gave as much."""
    usual = {
        "method": e.Method.PLACEMENTS,
        "p": 0.0149,
        "low": -0.031,
        "high": -0.004,
        "placebos": 1000,
        "as_large": 14,
        "attainable": 0.001,
    }
    return e.Inference(**{**usual, **changed})


def found(**changed: Any) -> e.Found:
    """What one design found, with all its parts."""
    usual = {
        "design": s.Design.DIFFERENCES,
        "effect": -0.018,
        "inference": inference(),
        "treated": 3,
        "compared": 18,
        "before": 5,
        "after": 5,
        "path": path(),
        "placebo_paths": placebo_paths(),
        "weights": tuple(e.Weight(name=f"WK0080{13 + n}", weight=1 / 18) for n in range(18)),
        "period_weights": (e.Weight(name="2014", weight=0.4), e.Weight(name="2015", weight=0.6)),
        "balance": (
            e.Balance(
                name="woz_waarde",
                treated=151000.0,
                raw=210000.0,
                compared=154000.0,
                difference_raw=-1.2,
                difference_compared=-0.06,
            ),
            e.Balance(
                name="level@2015",
                treated=0.34,
                raw=0.21,
                compared=0.33,
                difference_raw=1.6,
                difference_compared=0.14,
            ),
        ),
        "checks": (
            e.Check(kind=e.CheckKind.PRE_TREND, status=e.CheckStatus.HOLDS, facts={"p": 0.62, "largest": 0.0012}),
            e.Check(
                kind=e.CheckKind.LEAVE_ONE_OUT,
                status=e.CheckStatus.DOUBTFUL,
                facts={"tried": 3, "smallest": -0.028, "largest": -0.006, "without": "WK008011"},
            ),
            e.Check(
                kind=e.CheckKind.DISPLACEMENT, status=e.CheckStatus.FAILS, facts={"ring": 0.011, "areas": 4, "p": 0.02}
            ),
            e.Check(kind=e.CheckKind.COMPOSITION, status=e.CheckStatus.NOT_POSSIBLE, facts={}),
        ),
    }
    return e.Found(**{**usual, **changed})


def alternatives(count: int = 3) -> tuple[e.Alternative, ...]:
    """Alternatives of which the last is refused."""
    known = tuple(
        e.Alternative(
            name=f"last:{2020 - n}",
            design=s.Design.DIFFERENCES,
            effect=-0.020 + 0.003 * n,
            low=-0.034 + 0.003 * n,
            high=-0.004 + 0.003 * n,
            p=0.01 + 0.02 * n,
        )
        for n in range(count - 1)
    )
    refused = e.Alternative(
        name="design",
        design=s.Design.SYNTHETIC_CONTROL,
        effect=None,
        low=None,
        high=None,
        p=None,
        refusal=r.Refusal(reason=r.RefusalReason.POOR_FIT, facts={}),
    )
    return (*known, refused)


def outcome(indicator: str = "huisgeld", **changed: Any) -> e.OutcomeResult:
    """An outcome with everything."""
    usual = {
        "conclusion": e.Conclusion.HELPED,
        "found": found(),
        "p_adjusted": 0.03,
        "alternatives": alternatives(),
        "threats": (
            g.Threat(
                kind=g.ThreatKind.SELECTION,
                status=g.ThreatStatus.TESTED,
                because=g.ThreatBecause.PARALLEL_BEFORE,
                facts={},
            ),
            g.Threat(
                kind=g.ThreatKind.DISPLACEMENT,
                status=g.ThreatStatus.PRESENT,
                because=g.ThreatBecause.RING_CHANGED,
                facts={},
            ),
            g.Threat(
                kind=g.ThreatKind.COMPOSITION,
                status=g.ThreatStatus.OPEN,
                because=g.ThreatBecause.MOVERS_UNKNOWN,
                facts={},
            ),
        ),
        "grade": g.Grade(level=2, from_design=3, reasons=(g.GradeReason.DISPLACEMENT,)),
        "data": g.DataGrade(
            level=g.DataLevel.FAIR,
            nature=Nature.SURVEYED,
            before=5,
            missing=0.04,
            breaks=0,
            reasons=(g.DataReason.SURVEYED,),
        ),
        "power": e.Power(smallest_visible=0.021, worth_having=0.01, chance_to_see=0.34),
        "excluded": {"in_programme": 40, "in_ring": 6, "compared_with_gaps": 2},
        "ring": found(effect=0.011, inference=inference(low=0.001, high=0.021), treated=4),
    }
    return e.OutcomeResult(indicator=indicator, **{**usual, **changed})


def refused_outcome(indicator: str = "rondkomen") -> e.OutcomeResult:
    """An outcome that is modelled, so that nothing is said of an effect."""
    return e.OutcomeResult(
        indicator=indicator,
        conclusion=e.Conclusion.NO_STATEMENT,
        refusal=r.Refusal(reason=r.RefusalReason.MODELLED, facts={}),
        also=(r.Refusal(reason=r.RefusalReason.NO_PERIOD_BEFORE, facts={"start": 2007, "first": 2012}),),
    )


def result(of: s.Study | None = None, *outcomes: e.OutcomeResult, **changed: Any) -> e.StudyResult:
    """The result of a study."""
    usual = {
        "study": of or study(),
        "study_hash": "a" * 64,
        "edition": "voorbeeld",
        "fictional": False,
        "computed_on": date(2026, 11, 24),
        "version": "0.1.0",
        "family": s.Family.ROMANO_WOLF,
        "outcomes": outcomes or (outcome(), refused_outcome()),
        "names": NAMES,
        "grade": g.Grade(level=2, from_design=3, reasons=(g.GradeReason.DISPLACEMENT,)),
    }
    return e.StudyResult(**{**usual, **changed})


def refused() -> e.StudyResult:
    """A study that is refused as a whole."""
    reason = r.Refusal(
        reason=r.RefusalReason.PROGRAMME_BEGAN_EARLIER,
        facts={"begun": 2007, "start": 2016, "first": 2014},
        weaker=(s.Design.CROSS_SECTION,),
    )
    return replace(
        result(study("te-laat", title="Te laat begonnen", title_en="Begun too late"), refused_outcome()),
        outcomes=(),
        refusal=reason,
        grade=None,
    )


def placebo() -> e.StudyResult:
    """A start that never was, at which nothing was found."""
    of = study("proef", kind=s.StudyKind.PLACEBO, title="Een start die er niet was", title_en="A start that never was")
    nothing = found(
        effect=0.002, inference=inference(p=0.71, low=-0.011, high=0.015, as_large=710), path=path(step=0.0004)
    )
    return result(of, outcome(conclusion=e.Conclusion.CANNOT_TELL, found=nothing, ring=None))


def description(indicator: str = "leefbaarheid_klasse") -> e.StudyResult:
    """What moved, without an effect."""
    of = study("klassen", kind=s.StudyKind.DESCRIPTION, title="Klassen door de jaren", title_en="Classes over time")
    moved = tuple(
        e.Transition(group=group, first=2002, last=2016, before=before, after=after, areas=areas)
        for group, before, after, areas in (
            ("treated", "4", "5", 12),
            ("treated", "4", "4", 28),
            ("compared", "zwak", "voldoende", 31),
        )
    )
    one = replace(
        refused_outcome(indicator),
        refusal=r.Refusal(reason=r.RefusalReason.ORDINAL, facts={}),
        transitions=moved,
        also=(),
    )
    return replace(result(of, one), grade=None)


def elsewhere() -> e.StudyResult:
    """A study by others, with the appraisal of the committee."""
    of = study(
        "werk-aan-de-wijk",
        kind=s.StudyKind.ELSEWHERE,
        title="Werk aan de wijk",
        title_en="Work on the neighbourhood",
        treated=(),
        outcomes=(),
        candidates=None,
        designs=(s.Design.MATCHED_DIFFERENCES,),
        registration=None,
        done="",
        mechanism="",
        reported=s.Reported(
            authors="Permentier, Kullberg en Van Noije",
            year=2013,
            source="https://scp.example/werk-aan-de-wijk",
            design=s.Design.MATCHED_DIFFERENCES,
            areas=40,
            people=None,
            finding="De wijken gingen vooruit, maar gelijkende wijken ook.",
            finding_en="The neighbourhoods improved, but so did neighbourhoods like them.",
            comparison="gelijkende wijken",
            checks=("pre_trend: holds", "displacement: doubtful"),
        ),
        appraisal=s.Appraisal(design=4, execution=3, policy_yield=2, by="commissie", note="Degelijk, maar laat."),
    )
    return replace(
        result(of, refused_outcome()),
        outcomes=(),
        grade=g.Grade(level=3, from_design=3, reasons=(g.GradeReason.NOT_BY_CHANCE,)),
    )


def library() -> tuple[e.StudyResult, ...]:
    """All of them."""
    return (result(), refused(), placebo(), description(), elsewhere())


EXAMPLE = {
    "huisgeld": "onveilig_gevoel",
    "rondkomen": "moeite_rondkomen",
    "leefbaarheid_klasse": "leefbaarheidsscore",
    "woz_waarde": "woningwaarde",
    "aandachtswijken": "wijkaanpak",
    "WK008010": "WK900103",
}
"""What the imagined indicators, the programme and one of the areas are called in the embedded example."""


def on_the_example(result_: e.StudyResult) -> e.StudyResult:
    """Give a result the indicators of the embedded example."""
    text = to_json(result_)
    for here, there in EXAMPLE.items():
        text = text.replace(f'"{here}"', f'"{there}"').replace(f'"{here}@', f'"{there}@')
    return from_json(text)


def put_on(shelf: Path) -> None:
    """Lay all imagined studies on a shelf with the embedded example, as a publication does."""
    for one in library():
        publish_study(Shelf(shelf), on_the_example(one), now=datetime(2026, 12, 1, tzinfo=UTC))
