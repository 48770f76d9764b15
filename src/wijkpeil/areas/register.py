"""The areas of an edition: what publishers count, and what is composed of it for comparing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import dataframely as dy
import polars as pl

from wijkpeil.areas.code_lists import combined
from wijkpeil.areas.parts import Known, Made, made_of
from wijkpeil.domain.area import Level
from wijkpeil.domain.complaint import Complaint, FaultsFound, Severity
from wijkpeil.domain.frames import Areas, CodeList, Composition
from wijkpeil.domain.policy import Group, Policy
from wijkpeil.domain.programme import Programme


@dataclass(frozen=True, kw_only=True)
class _Composed:
    """One composed area: what is added, and what is left out of it."""

    code: str
    name: str
    level: Level
    parts: tuple[str, ...]
    without: tuple[str, ...] = ()
    gemeente: str | None = None
    pc4: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()


def areas_of(
    code_lists: Sequence[dy.DataFrame[CodeList]], policy: Policy
) -> tuple[dy.DataFrame[Areas], dy.DataFrame[Composition]]:
    """List the areas of the policy's map year with their parents, and all that is composed of them.

    Composed are: the neighbourhoods of every programme (``<programme>.<id>``), all of a programme together
    (``<programme>.alle``), every city without them (``GM0363-buiten-<programme>``), the country without them
    (``NL00-buiten-<programme>``) and the declared groups. A buurt inside a wijk of a programme belongs to the
    programme; a wijk that merely holds one does not.

    Returns the areas (sorted by code) and their composition (sign 1 is added, -1 left out). Raises
    ``FaultsFound`` with every part that does not exist or stands twice; ``complaints_of`` gives the warnings.
    """
    known = Known.of(combined(code_lists), policy.map_year)
    made, complaints = made_of(policy, known)
    groups, group_complaints = _groups(policy, known)
    faults = tuple(c for c in (*complaints, *group_complaints) if c.severity is Severity.ERROR)
    if faults:
        raise FaultsFound(faults)
    composed = [*_of_programmes(policy, made, known), *groups]
    plain = _plain(known, made)
    composition = _composition(composed)
    areas = pl.concat([plain, _as_areas(composed, composition, plain)]).with_columns(vintage=pl.lit(policy.map_year))
    return Areas.validate(areas.select(Areas.column_names()).sort("code"), cast=True), composition


def complaints_of(code_lists: Sequence[dy.DataFrame[CodeList]], policy: Policy) -> tuple[Complaint, ...]:
    """Give every fault and warning about the programmes and groups of a policy on these code lists."""
    known = Known.of(combined(code_lists), policy.map_year)
    return (*made_of(policy, known)[1], *_groups(policy, known)[1])


def _plain(known: Known, made: tuple[Made, ...]) -> pl.DataFrame:
    """Write the published areas with their parents and the programmes they belong to."""
    prefix = pl.col("code").str.slice(0, 2)
    member = pl.DataFrame(
        [(part, one.programme.id) for one in made for part in one.parts],
        schema={"part": pl.String, "programme": pl.String},
        orient="row",
    ).unique()
    owned = known.codes.select("code", part=pl.concat_list("code", "WK" + pl.col("code").str.slice(2, 6)).list.unique())
    owned = (
        owned.explode("part")
        .join(member, on="part")
        .group_by("code")
        .agg(programmes=pl.col("programme").unique().sort())
    )
    parents = known.codes.select(
        "code", wijk="WK" + pl.col("code").str.slice(2, 6), gemeente="GM" + pl.col("code").str.slice(2, 4)
    )
    return (
        known.codes.join(owned, on="code", how="left")
        .join(parents, on="code")
        .select(
            "code",
            "name",
            pl.col("level").cast(pl.String),
            gemeente=pl.when(prefix.is_in(["WK", "BU"])).then("gemeente"),
            wijk=pl.when(prefix == "BU").then("wijk"),
            population="population",
            land_km2="land_km2",
            pc4=pl.concat_list(
                pl.coalesce("pc4", pl.when(prefix == "PC").then(pl.col("code").str.slice(2)))
            ).list.drop_nulls(),
            programmes=pl.col("programmes").fill_null([]),
        )
    )


def _of_programmes(policy: Policy, made: tuple[Made, ...], known: Known) -> Iterator[_Composed]:
    for programme in policy.programmes:
        here = [one for one in made if one.programme is programme]
        if here:
            yield from _of_programme(programme, here, known, policy.country)


def _of_programme(programme: Programme, made: list[Made], known: Known, country: str) -> Iterator[_Composed]:
    postcodes = dict(zip(known.codes["code"], known.codes["pc4"], strict=True))
    for one in made:
        own = [postcodes[part] for part in one.parts if postcodes[part]]
        yield _Composed(
            code=one.code,
            name=one.neighbourhood.name,
            level=Level.PROGRAMME_AREA,
            parts=one.parts,
            gemeente=one.neighbourhood.gemeente,
            pc4=one.neighbourhood.pc4 or tuple(dict.fromkeys(own)),
            programmes=(programme.id,),
        )
    everything = tuple(dict.fromkeys(part for one in made for part in one.parts))
    yield _Composed(
        code=f"{programme.id}.alle",
        name=f"{programme.label} samen",
        level=Level.GROUP,
        parts=everything,
        programmes=(programme.id,),
    )
    for gemeente in dict.fromkeys(one.neighbourhood.gemeente for one in made):
        inside = tuple(part for one in made if one.neighbourhood.gemeente == gemeente for part in one.parts)
        if gemeente in known.names and gemeente not in inside:
            yield _outside(programme, gemeente, known.names[gemeente], inside, gemeente)
    if country in known.names:
        yield _outside(programme, country, known.names[country], everything, None)


def _outside(programme: Programme, whole: str, name: str, inside: tuple[str, ...], gemeente: str | None) -> _Composed:
    return _Composed(
        code=f"{whole}-buiten-{programme.id}",
        name=f"{name} zonder {programme.label[:1].lower()}{programme.label[1:]}",
        level=Level.GROUP,
        parts=(whole,),
        without=inside,
        gemeente=gemeente,
    )


def _groups(policy: Policy, known: Known) -> tuple[list[_Composed], list[Complaint]]:
    """Compose the groups of which every member is there; of the others say what is missing."""
    made, complaints = [], []
    for group in policy.groups:
        absent = [member for member in group.members if member not in known.names]
        if group.vintage != policy.map_year:
            sentence = f"De codes van een groep staan op het kaartjaar van de editie: {policy.map_year}."
            complaints.append(_about(group, str(group.vintage), sentence, Severity.ERROR))
        elif absent:
            sentence = f"{group.label} doet niet mee in deze editie: niet alle leden staan in de codelijst."
            complaints.append(_about(group, ", ".join(absent), sentence, Severity.WARNING))
        else:
            made.append(_Composed(code=group.id, name=group.label, level=Level.GROUP, parts=group.members))
    return made, complaints


def _about(group: Group, found: str, sentence: str, severity: Severity) -> Complaint:
    return Complaint(
        file="groepen.toml", place=f"group.{group.id}.members", found=found, sentence=sentence, severity=severity
    )


def _composition(composed: list[_Composed]) -> dy.DataFrame[Composition]:
    signed = [(one.code, part, 1) for one in composed for part in one.parts]
    signed += [(one.code, part, -1) for one in composed for part in one.without]
    frame = pl.DataFrame(signed, schema=["composed", "part", "sign"], orient="row") if signed else None
    return Composition.create_empty() if frame is None else Composition.validate(frame, cast=True)


def _as_areas(composed: list[_Composed], composition: pl.DataFrame, plain: pl.DataFrame) -> pl.DataFrame:
    """Write the composed areas, with people and land counted from their parts; unknown where one is unknown."""
    sums = (
        composition.join(plain, left_on="part", right_on="code", how="left")
        .group_by("composed")
        .agg(
            pl.when(pl.col(fact).null_count() == 0).then((pl.col(fact) * pl.col("sign")).sum()).alias(fact)
            for fact in ("population", "land_km2")
        )
    )
    rows = pl.DataFrame(
        [
            (one.code, one.name, one.level.value, one.gemeente, None, list(one.pc4), list(one.programmes))
            for one in composed
        ],
        schema={
            name: plain.schema[name] for name in ("code", "name", "level", "gemeente", "wijk", "pc4", "programmes")
        },
        orient="row",
    )
    return rows.join(sums, left_on="code", right_on="composed", how="left").select(plain.columns)
