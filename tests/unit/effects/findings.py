"""Findings to grade: whatever a test does not say is in order."""

from hypothesis import strategies as st

from wijkpeil.domain.evidence import Check, CheckKind, CheckStatus, Found, Inference, Method
from wijkpeil.domain.indicator import Nature
from wijkpeil.domain.study import Candidates, Design, Study, StudyKind, TreatedArea
from wijkpeil.effects.data_grade import data_grade

GOOD = data_grade(Nature.MEASURED, Design.DIFFERENCES, before=8, missing=0.0, breaks=0)
MODELLED = data_grade(Nature.MODELLED, Design.DIFFERENCES, before=8, missing=0.0, breaks=0)

LEVELS = tuple(CheckStatus)


def check(kind: CheckKind, status: CheckStatus = CheckStatus.HOLDS, **facts) -> Check:
    return Check(kind=kind, status=status, facts=facts)


def found(
    *checks: Check,
    design: Design = Design.DIFFERENCES,
    effect: float = 0.03,
    low: float | None = 0.01,
    high: float | None = 0.05,
    p: float = 0.01,
    treated: int = 5,
    attainable: float = 0.001,
) -> Found:
    inference = Inference(
        method=Method.PLACEMENTS, p=p, low=low, high=high, placebos=999, as_large=9, attainable=attainable
    )
    return Found(
        design=design,
        effect=effect,
        inference=inference,
        treated=treated,
        compared=60,
        before=8,
        after=4,
        checks=checks,
    )


def study(*starts: int, **traits) -> Study:
    traits = {"candidates": Candidates(level="wijk"), **traits}
    return Study(
        id="zuid",
        kind=traits.pop("kind", StudyKind.EVALUATION),
        title="",
        title_en="",
        question="",
        question_en="",
        done="",
        mechanism="",
        hash="",
        treated=tuple(TreatedArea(area=f"WK{start}", start=start) for start in starts or (2012,)),
        **traits,
    )


def checks() -> st.SearchStrategy[list[Check]]:
    """Any checks, each kind at most once."""
    one = st.builds(check, st.sampled_from(CheckKind), st.sampled_from(CheckStatus))
    return st.lists(one, max_size=8, unique_by=lambda made: made.kind)
