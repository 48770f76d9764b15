"""The outcomes of a programme from what an edition publishes."""

from collections.abc import Callable, Sequence

import dataframely as dy
import polars as pl

from wijkpeil.analysis.outcomes import outcomes
from wijkpeil.analysis.positions import positions
from wijkpeil.domain.area import Level
from wijkpeil.domain.frames import Areas, Figures, Positions
from wijkpeil.domain.outcomes import Outcomes
from wijkpeil.domain.policy import Policy
from wijkpeil.domain.programme import Programme
from wijkpeil.domain.verdict import Verdicts


def outcomes_of(
    programme: Programme,
    verdicts: dy.DataFrame[Verdicts],
    *,
    figures: Callable[[str], pl.DataFrame],
    areas: dy.DataFrame[Areas],
    policy: Policy,
    comparators: Sequence[str],
) -> dy.DataFrame[Outcomes]:
    """Count the outcomes of one programme beside some comparators, with what luck gives where a change has an error.

    ``verdicts`` are those of the programme, and ``figures`` gives the published figures of one indicator: only those
    of which a change has an interval are read, for it alone tells which part of it a city shares.
    """
    known = verdicts.filter(pl.col("change_low").is_not_null() | pl.col("relative_low").is_not_null())
    own = pl.col("area").is_in(known["area"].unique().to_list())
    wide = areas.filter(pl.col("level").is_in([Level.GEMEENTE, Level.GROUP, Level.COUNTRY]))["code"].to_list()
    beside = [
        positions(
            Figures.cast(figures(indicator).filter(own | pl.col("area").is_in(wide))),
            areas=areas,
            policy=policy,
            comparators=comparators,
            programme=programme.id,
        ).filter(own)
        for indicator in known["indicator"].unique().sort()
    ]
    return outcomes(
        verdicts,
        positions=Positions.cast(pl.concat(beside)) if beside else Positions.create_empty(),
        areas=areas,
        policy=policy,
        programme=programme,
        comparators=comparators,
    )
