"""The verdicts of an edition: for every programme, its own neighbourhoods beside every comparator."""

from collections.abc import Iterable, Sequence

import dataframely as dy
import polars as pl

from wijkpeil.analysis.changes import changes
from wijkpeil.analysis.one_look_alike import beside_one_look_alike
from wijkpeil.analysis.positions import positions
from wijkpeil.analysis.verdict import judge
from wijkpeil.domain.area import Level
from wijkpeil.domain.comparator import Comparator
from wijkpeil.domain.frames import Areas, Changes, Figures, LookAlikesFound, Positions
from wijkpeil.domain.policy import Policy
from wijkpeil.domain.programme import Programme
from wijkpeil.domain.verdict import Verdicts

ProgrammeChanges = dict[str, list[dy.DataFrame[Changes]]]
"""The changes of every programme, gathered chunk by chunk: a family is adjusted when all of it is there."""


def comparators_of(areas: pl.DataFrame) -> list[str]:
    """List everything that an area may be set beside: the names of ``Comparator`` and the codes of the groups."""
    groups = areas.filter((pl.col("level") == Level.GROUP) & pl.col("gemeente").is_null())["code"].to_list()
    return [*(name.value for name in Comparator if name is not Comparator.GROUP), *groups]


def changes_of(
    codes: Iterable[str],
    figures: dy.DataFrame[Figures],
    *,
    areas: dy.DataFrame[Areas],
    look_alikes: dy.DataFrame[LookAlikesFound],
    policy: Policy,
    programme: Programme,
    comparators: Sequence[str],
) -> dy.DataFrame[Changes]:
    """Give the changes of some areas since the baseline of a programme, from what is published.

    ``figures`` hold those of the areas, of what they are set beside and of their look-alikes.
    """
    wanted = list(codes)
    wide = areas.filter(pl.col("level").is_in([Level.GEMEENTE, Level.GROUP, Level.COUNTRY]))["code"].to_list()
    theirs = Figures.cast(figures.filter(pl.col("area").is_in([*wanted, *wide])))
    beside = positions(theirs, areas=areas, policy=policy, comparators=comparators, programme=programme.id)
    own = beside.filter(pl.col("area").is_in(wanted))
    return beside_one_look_alike(
        changes(Positions.cast(own), policy=policy, programme=programme),
        figures=figures,
        look_alikes=LookAlikesFound.cast(look_alikes.filter(pl.col("area").is_in(wanted))),
        policy=policy,
    )


def gather(
    gathered: ProgrammeChanges,
    figures: dy.DataFrame[Figures],
    *,
    areas: dy.DataFrame[Areas],
    look_alikes: dy.DataFrame[LookAlikesFound],
    policy: Policy,
) -> None:
    """Add the changes of a chunk of whole indicators to those of every programme."""
    for programme in policy.programmes:
        codes = [programme.code_of(one) for one in programme.neighbourhoods]
        found = changes_of(
            codes,
            figures,
            areas=areas,
            look_alikes=look_alikes,
            policy=policy,
            programme=programme,
            comparators=comparators_of(areas),
        )
        gathered.setdefault(programme.id, []).append(found)


def judged(gathered: ProgrammeChanges, policy: Policy) -> pl.DataFrame:
    """Judge every programme as a family of its own; the columns are ``programme`` and those of ``Verdicts``."""
    frames = [
        _by_programme(judge(Changes.cast(pl.concat(parts)), policy=policy), programme)
        for programme, parts in sorted(gathered.items())
    ]
    return pl.concat(frames or [_by_programme(Verdicts.create_empty(), "")])


def _by_programme(verdicts: pl.DataFrame, programme: str) -> pl.DataFrame:
    named = verdicts.select(pl.lit(programme).alias("programme"), *Verdicts.column_names())
    return named.sort("programme", "indicator", "area", "comparator", maintain_order=True)
