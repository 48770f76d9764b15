"""From a folder of files to an edition on the shelf: every step once, in one direction."""

import json
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path

import dataframely as dy
import polars as pl

from wijkpeil import catalogue
from wijkpeil.analysis.figures import figures_of
from wijkpeil.analysis.look_alikes import MatchQuality, find_look_alikes
from wijkpeil.areas.code_lists import combined
from wijkpeil.areas.convert import to_map_year
from wijkpeil.areas.lineage import trace
from wijkpeil.areas.maps import edition_boundaries
from wijkpeil.areas.register import areas_of, complaints_of
from wijkpeil.disclosure.release import release
from wijkpeil.domain.complaint import FaultsFound, Severity
from wijkpeil.domain.frames import (
    Areas,
    CodeList,
    Composition,
    Figures,
    Lineage,
    LookAlikesFound,
    Observations,
    OnMapYear,
    Population,
)
from wijkpeil.domain.policy import Policy
from wijkpeil.publication import edition as names
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.intake import Intake, take_in
from wijkpeil.publication.manifest import Manifest, content_hash, hash_of
from wijkpeil.publication.shelf import Shelf, check_id
from wijkpeil.publication.verdicts import ProgrammeChanges, gather, judged
from wijkpeil.sources.boundaries import BOUNDARY_FORMS
from wijkpeil.sources.forms import FORMS
from wijkpeil.store.figures import homes_of, write_by_city, write_by_indicator
from wijkpeil.store.observations import ObservationStore

ROWS_AT_ONCE = 3_000_000
"""How many observations are worked on together; a chunk holds whole indicators."""


class Step(StrEnum):
    """The steps of a build, in order, by which its progress is told."""

    READ = "read"
    AREAS = "areas"
    FIGURES = "figures"
    CITIES = "cities"
    SEAL = "seal"


Progress = Callable[[Step, float], None]
"""Is told a step and the part (0-1) of it that is done."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Country:
    """What stays the same for all figures: the areas on the map year and how they hang together."""

    policy: Policy
    areas: dy.DataFrame[Areas]
    composition: dy.DataFrame[Composition]
    codes: dy.DataFrame[CodeList]
    lineage: dy.DataFrame[Lineage]


def build(
    *,
    policy_folder: Path,
    data_folder: Path,
    shelf: Shelf,
    made_on: date,
    id_: str | None = None,
    audience: str = "openbaar",
    accept_complaints: bool = False,
    progress: Progress = lambda step, part: None,
) -> Edition:
    """Build an edition and put it on the shelf, whole or not at all.

    The same policy, files, audience and day give the same bytes. A complaint of severity ``error`` stops the
    build unless ``accept_complaints``; what was complained of is then left out of the figures and stays visible
    in the edition.

    Raises ``FaultsFound`` with every fault of the policy or of the files, ``ShelfBusyError``,
    ``EditionExistsError``, and ``ValueError`` for an id that cannot name an edition, an audience that the policy
    does not know, or files in which nothing is known.
    """
    policy, warnings = catalogue.load(policy_folder, today=made_on, forms={*FORMS, *BOUNDARY_FORMS})
    if audience not in policy.rule:
        raise ValueError(f"Het publiek {audience!r} staat niet in onthulling.toml. Wel: {', '.join(policy.rule)}.")
    if id_ is not None:
        check_id(id_)
    with shelf.being_built() as work:
        store = ObservationStore(work / "observations")
        intake = take_in(data_folder, policy, store, progress=lambda part: progress(Step.READ, part))
        intake.complaints[:0] = warnings
        _refuse_faults(intake, accept_complaints)
        finished = work / "edition"
        finished.mkdir()
        country = _country(intake, policy, finished)
        progress(Step.AREAS, 1.0)
        figures = _figures(country, store, audience, finished, lambda part: progress(Step.FIGURES, part))
        homes = homes_of(country.areas, policy.country)
        write_by_city(finished, homes, progress=lambda part: progress(Step.CITIES, part))
        _write_beside(finished, policy_folder, intake)
        manifest = _manifest(
            finished,
            intake,
            policy,
            id_=id_ or shelf.free_id(made_on),
            made_on=made_on,
            audience=audience,
            figures=figures,
        )
        edition = shelf.put(finished, manifest)
        progress(Step.SEAL, 1.0)
        return edition


def _refuse_faults(intake: Intake, accept_complaints: bool) -> None:
    faults = any(complaint.severity is Severity.ERROR for complaint in intake.complaints)
    if faults and not accept_complaints:
        raise FaultsFound(tuple(intake.complaints))
    if not intake.store.rows_by_indicator():
        raise ValueError(
            "In deze map staat geen bestand met cijfers dat het beleid kent. "
            "De bestandsnamen die het kent staan in beleid/bronnen, bij 'files'."
        )


def _country(intake: Intake, policy: Policy, finished: Path) -> Country:
    """Work out the areas and where their codes came from, and write both into the edition."""
    codes = combined(intake.code_lists)
    areas, composition = areas_of(intake.code_lists, policy)
    intake.complaints.extend(complaints_of(intake.code_lists, policy))
    if areas.is_empty():
        raise ValueError(
            f"Geen van de bestanden heeft gebieden van kaartjaar {policy.map_year}. Voeg een bestand van dat kaartjaar "
            "toe, of kies een ander kaartjaar in beleid.toml (map_year)."
        )
    lineage = trace(intake.code_lists, intake.boundaries, map_year=policy.map_year)
    _write(areas, finished / names.AREAS)
    _write(composition, finished / names.COMPOSITION)
    _write(lineage, finished / names.LINEAGE)
    _write(codes, finished / names.CODE_LISTS)
    _write(edition_boundaries(areas, composition, intake.code_lists, intake.boundaries), finished / names.BOUNDARIES)
    return Country(policy=policy, areas=areas, composition=composition, codes=codes, lineage=lineage)


def _figures(
    country: Country, store: ObservationStore, audience: str, finished: Path, progress: Callable[[float], None]
) -> int:
    """Work out, release and write the figures, some indicators at a time; give how many there are.

    The last ones are written while the next are worked out.
    """
    population = _population(country, store)
    look_alikes, quality = _look_alikes(country, store, population)
    _write(look_alikes, finished / names.LOOK_ALIKES)
    _write(quality, finished / names.MATCH_QUALITY)
    rows = store.rows_by_indicator()
    gathered: ProgrammeChanges = {}
    count = done = 0
    with ThreadPoolExecutor(max_workers=1) as writer:
        writing: Future[None] | None = None
        for chunk in chunks(rows):
            released = _released(
                country, store, chunk, population=population, look_alikes=look_alikes, audience=audience
            )
            if writing is not None:
                writing.result()
            writing = writer.submit(write_by_indicator, released, finished)
            gather(gathered, released, areas=country.areas, look_alikes=look_alikes, policy=country.policy)
            count += released.height
            done += sum(rows[indicator] for indicator in chunk)
            progress(done / sum(rows.values()))
        if writing is not None:
            writing.result()
    _write(judged(gathered, country.policy), finished / names.VERDICTS)
    return count


def _released(
    country: Country,
    store: ObservationStore,
    indicators: list[str],
    *,
    population: dy.DataFrame[Population],
    look_alikes: dy.DataFrame[LookAlikesFound],
    audience: str,
) -> dy.DataFrame[Figures]:
    """Take some indicators from the store through the map year and the analysis to the one door."""
    unreleased = figures_of(
        _known(_on_map_year(country, store, indicators), country),
        areas=country.areas,
        composition=country.composition,
        population=population,
        policy=country.policy,
    )
    return release(
        unreleased,
        look_alikes=look_alikes,
        areas=country.areas,
        composition=country.composition,
        policy=country.policy,
        audience=audience,
    )


def chunks(rows: dict[str, int]) -> Iterator[list[str]]:
    """Gather indicators, in order, into chunks of at most ``ROWS_AT_ONCE`` rows, at least one to a chunk."""
    chunk: list[str] = []
    room = ROWS_AT_ONCE
    for indicator, height in rows.items():
        if chunk and height > room:
            yield chunk
            chunk, room = [], ROWS_AT_ONCE
        chunk.append(indicator)
        room -= height
    if chunk:
        yield chunk


def _on_map_year(country: Country, store: ObservationStore, indicators: list[str]) -> dy.DataFrame[OnMapYear]:
    observations = Observations.cast(store.take(indicators))
    return to_map_year(observations, country.lineage, policy=country.policy, codes=country.codes)


def _known(on_map_year: dy.DataFrame[OnMapYear], country: Country) -> dy.DataFrame[OnMapYear]:
    """Leave out codes that the map year does not have; they were complained of when they were read."""
    return OnMapYear.cast(on_map_year.join(country.areas.select(area="code"), on="area", how="semi"))


def _population(country: Country, store: ObservationStore) -> dy.DataFrame[Population]:
    """Give the counted indicators that weigh where a source gives no base."""
    counted = sorted({base.population for base in country.policy.bases} & store.rows_by_indicator().keys())
    if not counted:
        return Population.create_empty()
    figures = _known(_on_map_year(country, store, counted), country)
    return Population.cast(figures.select(Population.column_names()).sort("indicator", "area", "period"))


def _look_alikes(
    country: Country, store: ObservationStore, population: dy.DataFrame[Population]
) -> tuple[dy.DataFrame[LookAlikesFound], dy.DataFrame[MatchQuality]]:
    rule = country.policy.look_alikes
    named = {name.partition("@")[0] for name in rule.characteristics} & store.rows_by_indicator().keys()
    observed = _known(_on_map_year(country, store, sorted(named)), country) if named else OnMapYear.create_empty()
    characteristics = figures_of(
        observed,
        areas=country.areas,
        composition=country.composition,
        population=population,
        policy=country.policy,
    )
    return find_look_alikes(characteristics, areas=country.areas, composition=country.composition, rule=rule)


def _write_beside(finished: Path, policy_folder: Path, intake: Intake) -> None:
    """Put the policy files and everything that was complained of beside the figures."""
    for path in sorted(policy_folder.rglob("*.toml")):
        copy = finished / names.POLICY / path.relative_to(policy_folder)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    records = [asdict(complaint) for complaint in intake.complaints]
    (finished / names.COMPLAINTS).write_text(json.dumps(records, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _manifest(
    finished: Path, intake: Intake, policy: Policy, *, id_: str, made_on: date, audience: str, figures: int
) -> Manifest:
    paths = sorted(path for path in finished.rglob("*") if path.is_file())
    files = {path.relative_to(finished).as_posix(): hash_of(path) for path in paths}
    return Manifest(
        id=id_,
        made_on=made_on,
        audience=audience,
        policy_name=policy.name,
        fictional=policy.fictional,
        country=policy.country,
        map_year=policy.map_year,
        default_programme=policy.default_programme,
        code_version=version("wijkpeil"),
        content=content_hash(files),
        figures=figures,
        inputs=tuple(sorted(intake.inputs, key=lambda entry: entry.file)),
        unknown_files=intake.unknown,
        files=files,
        sizes={path.relative_to(finished).as_posix(): path.stat().st_size for path in paths},
    )


def _write(frame: pl.DataFrame, path: Path) -> None:
    frame.write_parquet(path, compression="zstd", compression_level=3)
