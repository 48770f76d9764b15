"""``wijkpeil build``: from a folder of downloaded files to an edition, with a report of what was understood."""

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from wijkpeil import catalogue
from wijkpeil.cli import records
from wijkpeil.cli.complaints import show_complaints
from wijkpeil.cli.mistake import MistakeError, did_you_mean
from wijkpeil.cli.screen import Screen
from wijkpeil.domain.complaint import FaultsFound, Severity
from wijkpeil.portrayal.language import mark
from wijkpeil.portrayal.table import Table
from wijkpeil.publication.build import Step
from wijkpeil.publication.build import build as build_edition
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.publishing import hold
from wijkpeil.publication.shelf import Shelf, check_id
from wijkpeil.publication.subject import edition_card

_STEPS = {
    Step.READ: mark("Bestanden lezen"),
    Step.AREAS: mark("Gebieden op één kaart"),
    Step.FIGURES: mark("Cijfers uitrekenen en beschermen"),
    Step.CITIES: mark("Per stad klaarzetten"),
    Step.SEAL: mark("Verzegelen"),
}
_UNKNOWN_SHOWN = 15


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """Build an edition; 1 when faults stop it, and nothing is then on the shelf."""
    policy_folder = arguments.policy or catalogue.packaged_folder()
    _refuse_mistakes(arguments, policy_folder, screen)
    try:
        edition = build_with_progress(
            screen,
            policy_folder=policy_folder,
            data_folder=arguments.data,
            shelf=Shelf(arguments.shelf),
            id_=arguments.edition,
            audience=arguments.audience,
            accept_complaints=arguments.accept_complaints,
        )
    except FaultsFound as faults:
        _refused(screen, faults)
        return 1
    except ValueError as mistake:
        raise MistakeError(str(mistake)) from None
    if arguments.draft:
        hold(Shelf(arguments.shelf), edition.id, now=datetime.now(tz=UTC))
    report(screen, edition)
    if arguments.draft and screen.is_for_people:
        screen.say(screen.language.say("Een concept: lezers zien het na: wijkpeil publish {id}", id=edition.id))
    return 0


def build_with_progress(
    screen: Screen,
    *,
    policy_folder: Path,
    data_folder: Path,
    shelf: Shelf,
    id_: str | None,
    audience: str = "openbaar",
    accept_complaints: bool = False,
) -> Edition:
    """Build an edition of today behind a progress bar."""
    with _told(screen) as progress:
        return build_edition(
            policy_folder=policy_folder,
            data_folder=data_folder,
            shelf=shelf,
            made_on=date.today(),  # noqa: DTZ011 -- the day of the user
            id_=id_,
            audience=audience,
            accept_complaints=accept_complaints,
            progress=progress,
        )


def report(screen: Screen, edition: Edition) -> None:
    """Say what an edition is made of: what was known, what was not, and what was complained of."""
    if not screen.is_for_people:
        _for_a_program(screen, edition)
        return
    say, language, manifest = screen.language.say, screen.language, edition.manifest
    screen.warn_of(edition_card(edition), edition.policy)
    by_source: dict[str, list[str]] = {}
    for one in manifest.inputs:
        by_source.setdefault(one.source, []).append(one.file)
    rows = tuple(
        (
            (_label(edition, source),),
            (language.whole(len(files)),),
            (", ".join(files[:3]) + ("…" if files[3:] else ""),),
        )
        for source, files in sorted(by_source.items())
    )
    headers = (say("Bron"), say("Bestanden"), say("Zoals"))
    screen.table(Table(caption=say("Dit kennen we"), headers=headers, rows=rows))
    if manifest.unknown_files:
        screen.heading(say("Dit kennen we niet"))
        for name in manifest.unknown_files[:_UNKNOWN_SHOWN]:
            screen.say(f"  {name}")
        more = len(manifest.unknown_files) - _UNKNOWN_SHOWN
        if more > 0:
            screen.say(say("  en nog {count}", count=language.whole(more)), "dim")
    if edition.complaints:
        screen.heading(say("Klachten (ze staan ook allemaal in de editie)"))
        show_complaints(screen, edition.complaints)
    screen.say()
    done = say(
        "Editie {id} staat klaar: {figures} cijfers over {areas} gebieden.",
        id=edition.id,
        figures=language.whole(manifest.figures),
        areas=language.whole(edition.areas.height),
    )
    screen.say(done, "bold green")


def _refuse_mistakes(arguments: argparse.Namespace, policy_folder: Path, screen: Screen) -> None:
    say = screen.language.say
    for folder in (arguments.data, policy_folder):
        if not folder.is_dir():
            raise MistakeError(say("De map {folder} bestaat niet.", folder=folder))
    if arguments.edition is not None:
        try:
            check_id(arguments.edition)
        except ValueError:
            raise MistakeError(
                say(
                    "De naam {id} kan niet voor een editie: gebruik kleine letters, cijfers, punten en streepjes, "
                    "zoals 2026-11.",
                    id=repr(arguments.edition),
                )
            ) from None
    try:
        policy, _ = catalogue.load(policy_folder, today=date.today())  # noqa: DTZ011 -- the day of the user
    except FaultsFound:
        return
    if arguments.audience not in policy.rule:
        raise MistakeError(
            say(
                "Het publiek {audience} staat niet in onthulling.toml. Wel: {there}.",
                audience=repr(arguments.audience),
                there=screen.language.series(policy.rule),
            )
            + did_you_mean(screen.language, arguments.audience, policy.rule)
        )


def _refused(screen: Screen, faults: FaultsFound) -> None:
    say, language = screen.language.say, screen.language
    if not screen.is_for_people:
        records.write_json({"complaints": records.complaint_records(faults.complaints)})
    else:
        show_complaints(screen, faults.complaints)
    errors = sum(one.severity is Severity.ERROR for one in faults.complaints)
    stopped = language.say_count("Gestopt door {count} fout.", "Gestopt door {count} fouten.", errors)
    screen.complain(f"{stopped} {say('Er is geen editie gemaakt.')}")
    screen.complain(
        say(
            "Verbeter de bestanden, of voeg --neem-mee toe: dan gaat mee wat goed is, en blijven de klachten in de "
            "editie staan. Fouten in beleidsbestanden moet je eerst verbeteren."
        )
    )


def _for_a_program(screen: Screen, edition: Edition) -> None:
    screen.warn_of(edition_card(edition), edition.policy)
    if screen.form == "csv":
        columns = dict.fromkeys(("file", "place", "found", "sentence", "severity"), pl.String)
        records.write_csv(pl.DataFrame(records.complaint_records(edition.complaints), schema=columns))
        return
    manifest = edition.manifest
    records.write_json(
        {
            "edition": records.edition_record(edition_card(edition)),
            "figures": manifest.figures,
            "known_files": [
                {"file": one.file, "source": one.source, "table": one.table, "sha256": one.sha256}
                for one in manifest.inputs
            ],
            "unknown_files": list(manifest.unknown_files),
            "complaints": records.complaint_records(edition.complaints),
        }
    )


def _label(edition: Edition, source: str) -> str:
    known = edition.policy.source.get(source)
    return known.label if known else source


@contextmanager
def _told(screen: Screen) -> Iterator[Callable[[Step, float], None]]:
    with screen.progress() as bar:
        tasks = {step: bar.add_task(screen.language.say(text), total=1.0, start=False) for step, text in _STEPS.items()}

        def progress(step: Step, part: float) -> None:
            bar.start_task(tasks[step])
            bar.update(tasks[step], completed=part)

        yield progress
