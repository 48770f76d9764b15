"""The verdicts of an edition: for every programme, its own neighbourhoods beside every comparator."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import dataframely as dy
import polars as pl

from wijkpeil.analysis.changes import changes
from wijkpeil.analysis.one_look_alike import beside_one_look_alike
from wijkpeil.analysis.positions import positions
from wijkpeil.analysis.returns import GapsBefore, gaps_before, none_estimable, returns
from wijkpeil.analysis.verdict import judge
from wijkpeil.domain.area import Level, level_of
from wijkpeil.domain.comparator import Comparator
from wijkpeil.domain.frames import Areas, Changes, Figures, LookAlikesFound, Positions
from wijkpeil.domain.policy import Policy
from wijkpeil.domain.programme import Programme
from wijkpeil.domain.verdict import NotEstimable, Verdicts


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """The changes of a programme, and the gaps of all that might have been chosen in it where it says on what."""

    changes: list[dy.DataFrame[Changes]] = field(default_factory=list)
    gaps: list[dy.DataFrame[GapsBefore]] = field(default_factory=list)


ProgrammeChanges = dict[str, Gathered]
"""What is gathered of every programme, chunk by chunk: a family is adjusted when all of it is there."""


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
        of_programme = gathered.setdefault(programme.id, Gathered())
        of_programme.changes.append(found)
        if programme.looked_at.keys() & set(found["indicator"]):
            of_programme.gaps.append(_candidates(codes, figures, areas=areas, policy=policy, programme=programme))


def judged(gathered: ProgrammeChanges, policy: Policy) -> pl.DataFrame:
    """Judge every programme as a family of its own; the columns are ``programme`` and those of ``Verdicts``."""
    frames = []
    for id_, parts in sorted(gathered.items()):
        programme, all_of_it = policy.programme[id_], Changes.cast(pl.concat(parts.changes))
        gaps = GapsBefore.cast(pl.concat(parts.gaps or [GapsBefore.create_empty()]))
        of_themselves = returns(all_of_it, gaps, policy=policy, programme=programme)
        frames.append(_by_programme(judge(all_of_it, policy=policy, returns=of_themselves), id_))
    return pl.concat(frames or [_by_programme(Verdicts.create_empty(), "")])


def judged_by_itself(
    changed: dy.DataFrame[Changes], *, areas: dy.DataFrame[Areas], policy: Policy, programme: Programme
) -> pl.DataFrame:
    """Judge areas that are not a neighbourhood of the programme, with their own changes as the family.

    What lies in a chosen neighbourhood was chosen with it, and by itself nobody can tell what that brought: it is
    not judged on what the programme was chosen on.
    """
    within = areas.filter(pl.col("programmes").list.contains(programme.id))["code"]
    chosen = Changes.cast(changed.filter(pl.col("area").is_in(within.implode())))
    unknown = none_estimable(chosen, NotEstimable.ONLY_A_PART, policy=policy, programme=programme)
    return _by_programme(judge(changed, policy=policy, returns=unknown), programme.id)


def _candidates(
    chosen: Sequence[str],
    figures: dy.DataFrame[Figures],
    *,
    areas: dy.DataFrame[Areas],
    policy: Policy,
    programme: Programme,
) -> dy.DataFrame[GapsBefore]:
    """Give the gaps of a programme's neighbourhoods, and of every area that might have been one.

    Those are the areas of the level of which most of its parts are, in no programme, with as many inhabitants as an
    area must have to be a look-alike.
    """
    parts = [level_of(part) for one in programme.neighbourhoods for part in one.parts]
    might = areas.filter(
        pl.col("level") == max(sorted(set(parts)), key=parts.count).value,
        pl.col("programmes").list.len() == 0,
        pl.col("population").fill_null(0) >= policy.look_alikes.minimum_population,
    )
    wide = areas.filter(pl.col("level").is_in([Level.GEMEENTE, Level.GROUP, Level.COUNTRY]))
    wanted = [*chosen, *might["code"]]
    known = figures.filter(
        pl.col("indicator").is_in(list(programme.looked_at)), pl.col("area").is_in([*wanted, *wide["code"]])
    )
    beside = positions(
        Figures.cast(known),
        areas=areas,
        policy=policy,
        comparators=[name for name in comparators_of(areas) if name != Comparator.LOOK_ALIKES.value],
        programme=programme.id,
    )
    return gaps_before(Positions.cast(beside.filter(pl.col("area").is_in(wanted))), policy=policy)


def _by_programme(verdicts: pl.DataFrame, programme: str) -> pl.DataFrame:
    named = verdicts.select(pl.lit(programme).alias("programme"), *Verdicts.column_names())
    return named.sort("programme", "indicator", "area", "comparator", maintain_order=True)
