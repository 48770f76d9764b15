"""``wijkpeil check``: every fault of every policy file at once."""

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl

from wijkpeil import catalogue
from wijkpeil.cli import records
from wijkpeil.cli.complaints import show_complaints
from wijkpeil.cli.mistake import MistakeError
from wijkpeil.cli.screen import Screen
from wijkpeil.domain.complaint import Complaint, FaultsFound, Severity

_COLUMNS = ("file", "place", "found", "sentence", "severity")


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """Check a policy folder, or the one of the package; 1 when there is an error."""
    folder: Path = arguments.folder or catalogue.packaged_folder()
    if not folder.is_dir():
        raise MistakeError(screen.language.say("De map {folder} bestaat niet.", folder=folder))
    complaints, counted = _check(folder)
    if not screen.is_for_people:
        listed = records.complaint_records(complaints)
        if screen.form == "json":
            records.write_json(listed)
        else:
            records.write_csv(pl.DataFrame(listed, schema=dict.fromkeys(_COLUMNS, pl.String)))
    else:
        _report(screen, folder, complaints, counted)
    return 1 if any(one.severity is Severity.ERROR for one in complaints) else 0


def _check(folder: Path) -> tuple[tuple[Complaint, ...], int | None]:
    """Give every complaint, and the number of indicators when the folder can be used."""
    try:
        policy, complaints = catalogue.load(folder, today=date.today())  # noqa: DTZ011 -- the day of the user
    except FaultsFound as faults:
        return faults.complaints, None
    return complaints, len(policy.indicators)


def _report(screen: Screen, folder: Path, complaints: Sequence[Complaint], counted: int | None) -> None:
    language = screen.language
    show_complaints(screen, complaints, all_of_them=True)
    errors = sum(one.severity is Severity.ERROR for one in complaints)
    if errors:
        screen.say()
        said = language.say_count("{count} fout in {folder}.", "{count} fouten in {folder}.", errors, folder=folder)
        screen.say(said, "bold red")
        return
    good = language.say_count(
        "De map {folder} is in orde: {count} indicator.",
        "De map {folder} is in orde: {count} indicatoren.",
        counted or 0,
        folder=folder,
    )
    screen.say(good, "bold green")
