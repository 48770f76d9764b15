"""``wijkpeil study``: put down what is asked beforehand, compute whether it helped, and show it."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from wijkpeil import catalogue
from wijkpeil.cli import records
from wijkpeil.cli.complaints import show_complaints
from wijkpeil.cli.door import open_edition
from wijkpeil.cli.mistake import MistakeError
from wijkpeil.cli.screen import Screen
from wijkpeil.domain.complaint import Complaint, Severity
from wijkpeil.domain.policy import Policy
from wijkpeil.domain.study import Study, StudyKind
from wijkpeil.portrayal.language import Language
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.shelf import Shelf

FAULTS = 1
_COLUMNS = ("file", "place", "found", "sentence", "severity")


@dataclass(frozen=True, kw_only=True)
class AtHand:
    """What a study file is held against: a policy, and the edition that it comes from where there is one."""

    policy: Policy
    edition: Edition | None


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """Do the one thing with studies that was asked for."""
    from wijkpeil.cli import study_listing, study_register, study_result

    actions: dict[str, Callable[[argparse.Namespace, Screen], int]] = {
        "check": check,
        "register": study_register.run,
        "run": study_result.compute,
        "report": study_result.report,
        "list": study_listing.run,
    }
    return actions[arguments.action](arguments, screen)


def check(arguments: argparse.Namespace, screen: Screen) -> int:
    """Check study files; 1 when one of them has a fault."""
    policy = at_hand(arguments, screen).policy
    found = [(path, *catalogue.read_study(path, policy=policy)) for path in arguments.files]
    complaints = [complaint for _, _, own in found for complaint in own]
    if screen.form == "json":
        records.write_json(records.complaint_records(complaints))
    elif screen.form == "csv":
        listed = records.complaint_records(complaints)
        records.write_csv(pl.DataFrame(listed, schema=dict.fromkeys(_COLUMNS, pl.String)))
    else:
        show_complaints(screen, complaints, all_of_them=True)
        for path, study, _ in found:
            if study is not None:
                standing = standing_of(screen.language, study)
                screen.say(screen.language.say("{file} is in orde: {standing}.", file=path, standing=standing))
    return FAULTS if any(one.severity is Severity.ERROR for one in complaints) else 0


def at_hand(arguments: argparse.Namespace, screen: Screen) -> AtHand:
    """Find the policy to check with: that of ``--policy``, else of the edition at hand, else of the package."""
    folder: Path | None = arguments.policy
    if folder is None and (arguments.edition is not None or Shelf(arguments.shelf).folders()):
        edition = open_edition(arguments, screen)
        return AtHand(policy=edition.policy, edition=edition)
    folder = folder or catalogue.packaged_folder()
    if not folder.is_dir():
        raise MistakeError(screen.language.say("De map {folder} bestaat niet.", folder=folder))
    policy, _ = catalogue.load(folder, today=date.today())  # noqa: DTZ011 -- the day of the user
    return AtHand(policy=policy, edition=None)


def sound_study(path: Path, policy: Policy, screen: Screen) -> Study | None:
    """Read a study that something is to be done with; where it has faults they are shown, and there is none."""
    study, complaints = catalogue.read_study(path, policy=policy)
    _show(screen, complaints)
    return study


def standing_of(language: Language, study: Study) -> str:
    """Say whether a study was registered and still says what it said then."""
    registration = study.registration
    if study.kind is StudyKind.ELSEWHERE:
        return language.say("een studie van anderen")
    if registration is None:
        return language.say("nog niet vastgelegd")
    said = language.say("vastgelegd op {day} door {by}", day=language.day(registration.on), by=registration.by)
    return said if study.is_as_registered else language.say("{said}, en daarna veranderd", said=said)


def _show(screen: Screen, complaints: tuple[Complaint, ...]) -> None:
    for complaint in complaints:
        screen.complain(str(complaint))
