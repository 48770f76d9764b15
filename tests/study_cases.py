"""Outcomes as designs meet them: noise around levels, with an effect on the first areas."""

from typing import Any

import numpy as np

from wijkpeil.domain.study import Candidates, Design, Expected, Study, StudyKind, StudyOutcome, TreatedArea
from wijkpeil.effects.answering import Question
from wijkpeil.effects.estimating import Case
from wijkpeil.effects.panel import Panel, panel

EFFECT = -2.0
OUTCOME = StudyOutcome(indicator="arm", expected=Expected.DOWN, smallest=0.1)


def moved(
    effect: float = EFFECT,
    *,
    areas: int = 24,
    treated: int = 2,
    start: int = 6,
    years: int = 10,
    seed: int = 1,
    noise: float = 0.2,
    **parts: Any,
) -> Panel:
    """A panel in which the first areas are treated from a period on."""
    rng = np.random.default_rng(seed)
    outcome = (
        rng.normal(size=(areas, 1)) + rng.normal(scale=0.3, size=years) + rng.normal(scale=noise, size=(areas, years))
    )
    outcome[:treated, start:] += effect
    starts = np.where(np.arange(areas) < treated, start, years)
    return panel(outcome, starts, periods=range(2004, 2004 + years), **parts)


def case(data: Panel | None = None, **changed: Any) -> Case:
    """A case in six cities."""
    data = moved() if data is None else data
    usual = {"panel": data, "city": np.arange(len(data.areas)) % 6, "lag": 0, "ahead": 0, "draws": 199, "seed": 1}
    return Case(**{**usual, **changed})


def question(
    data: Panel | None = None, *, designs: tuple[Design, ...] = (Design.DIFFERENCES,), **parts: Any
) -> Question:
    """A question about an outcome; what is no part of a question is one of its study."""
    data = moved() if data is None else data
    own = {name: parts.pop(name) for name in ("ring", "people", "size", "scored", "city") if name in parts}
    study = Study(
        id="s", kind=StudyKind.EVALUATION, title="", title_en="", question="", question_en="", done="", mechanism="",
        hash="", treated=tuple(TreatedArea(area=area, start=2010) for area in data.areas[:2]),
        candidates=Candidates(level="wijk"), **{"outcomes": (OUTCOME,), "designs": designs, "draws": 199, **parts},
    )  # fmt: skip
    return Question(
        **{"study": study, "outcome": OUTCOME, "panel": data, "city": np.arange(len(data.areas)) % 6, **own}
    )
