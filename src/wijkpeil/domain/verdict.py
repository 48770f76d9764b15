"""A verdict is a tested statement about the change of a gap since the baseline, or the reason that there is none."""

from enum import StrEnum

import dataframely as dy
import polars as pl

from wijkpeil.domain.frames import Changes


class Verdict(StrEnum):
    """What may be said of the change of a gap; ``cannot_tell`` is an answer."""

    CATCHING_UP = "catching_up"
    STEADY = "steady"
    FALLING_BEHIND = "falling_behind"
    CANNOT_TELL = "cannot_tell"
    NOT_JUDGED = "not_judged"

    @property
    def is_claim(self) -> bool:
        """Whether it says something about what happened."""
        return self in {Verdict.CATCHING_UP, Verdict.STEADY, Verdict.FALLING_BEHIND}


class NotJudged(StrEnum):
    """Why there is no verdict; each has one sentence for readers in ``portrayal``."""

    CONTEXT = "context"
    ORDINAL = "ordinal"
    COUNT = "count"
    HIDDEN = "hidden"
    NO_COMPARATOR = "no_comparator"
    NO_FIGURES = "no_figures"
    ONE_PERIOD = "one_period"
    BROKEN = "broken"
    NO_RATIO = "no_ratio"
    MODELLED = "modelled"
    NO_ERROR_KNOWN = "no_error_known"
    SELECTED = "selected"


class NotEstimable(StrEnum):
    """Why it cannot be told what selection brings; each has one sentence for readers in ``portrayal``."""

    ONE_PRE_PERIOD = "one_pre_period"
    TOO_FEW_AREAS = "too_few_areas"
    NOT_SEEN = "not_seen"
    LATE_BASELINE = "late_baseline"
    CHOSEN_TOO = "chosen_too"
    ONLY_A_PART = "only_a_part"
    NOT_ALIKE = "not_alike"


VerdictType = pl.Enum([verdict.value for verdict in Verdict])
NotJudgedType = pl.Enum([reason.value for reason in NotJudged])
NotEstimableType = pl.Enum([reason.value for reason in NotEstimable])


class Returns(dy.Schema):
    """What selection brought of itself: one row per change of an indicator that a programme was chosen on.

    ``by_selection`` is the change that was to be expected where nothing was done, on the scale that decides;
    ``excess`` what the change is above it, with its 95% interval. Where it is not known, ``not_estimable`` says why,
    and where nothing does, the change has no known interval.
    """

    area = dy.String(nullable=False)
    indicator = dy.String(nullable=False)
    comparator = dy.String(nullable=False)
    by_selection = dy.Float64(nullable=True)
    excess = dy.Float64(nullable=True)
    excess_low = dy.Float64(nullable=True)
    excess_high = dy.Float64(nullable=True)
    not_estimable = dy.Enum(list(NotEstimableType.categories), nullable=True)


class Verdicts(Changes):
    """Changes with what may be said of them: one row per area, indicator and comparator of one family.

    ``change`` is the naive one. Where a programme was chosen on the indicator, the verdict rests on ``excess``: the
    change less what selection brought of itself (``by_selection``), on the scale that decides (see ``Returns``); where
    that is ``not_estimable`` there is no verdict. Elsewhere these are null.
    ``scale`` is the one that decides, and ``materiality`` the smallest change on it that is worth a word.
    ``p_up`` and ``p_down`` test "the change (or the excess) is at most d" and "at least -d", ``p`` is both taken
    together and ``p_steady`` the larger of the two tests that put the change within (-d, d). ``q`` and ``q_steady`` are
    adjusted for all that was tested in the family. ``alone`` is the verdict of the interval by itself and
    ``verdict`` the one after adjustment: readers get the second and are told where they differ. ``scales_differ``
    marks a difference and a ratio that point opposite ways. ``bars_effect`` marks what may never carry a
    statement on effect. ``by_count`` marks a complete register that its file exempts from chance: it is judged
    on materiality only and stands outside the family.
    """

    scale = dy.Enum(["absolute", "relative"], nullable=False)
    materiality = dy.Float64(nullable=True)
    p_up = dy.Float64(nullable=True)
    p_down = dy.Float64(nullable=True)
    p = dy.Float64(nullable=True)
    p_steady = dy.Float64(nullable=True)
    q = dy.Float64(nullable=True)
    q_steady = dy.Float64(nullable=True)
    alone = dy.Enum(list(VerdictType.categories), nullable=False)
    verdict = dy.Enum(list(VerdictType.categories), nullable=False)
    reason = dy.Enum(list(NotJudgedType.categories), nullable=True)
    scales_differ = dy.Bool(nullable=False)
    bars_effect = dy.Bool(nullable=False)
    by_count = dy.Bool(nullable=False)
    by_selection = dy.Float64(nullable=True)
    excess = dy.Float64(nullable=True)
    excess_low = dy.Float64(nullable=True)
    excess_high = dy.Float64(nullable=True)
    not_estimable = dy.Enum(list(NotEstimableType.categories), nullable=True)

    @dy.rule()
    def a_reason_stands_exactly_where_there_is_no_verdict(cls) -> pl.Expr:
        """What is not judged says why, and nothing else does."""
        return pl.col("reason").is_not_null() == (pl.col("verdict") == Verdict.NOT_JUDGED.value)
