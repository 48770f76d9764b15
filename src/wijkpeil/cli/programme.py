"""``wijkpeil programme``: what was already agreed comes in from a workbook, and what is there goes out."""

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wijkpeil.cli.database import bring_up_to_date, readable, set_up
from wijkpeil.cli.mistake import MistakeError, did_you_mean
from wijkpeil.cli.screen import Screen
from wijkpeil.reports.state import pictures_beside

if TYPE_CHECKING:
    from wijkpeil.web.accounts.models import Account
    from wijkpeil.web.programmes.importing.report import Report
    from wijkpeil.web.programmes.importing.surroundings import Surroundings

FAULTS = 1
_SHOWN = 20


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """Write the template, bring a workbook in, or take everything."""
    set_up(arguments)
    actions = {"template": _template, "import": _import, "archive": _archive, "state": _state}
    return actions[arguments.action](arguments, screen)


def _template(arguments: argparse.Namespace, screen: Screen) -> int:
    from wijkpeil.web.programmes.importing.template import template

    _require_free(arguments.file, arguments, screen)
    around = _surroundings(arguments, screen)
    _write(arguments.file, [template(around)], screen)
    screen.say(screen.language.say("Het sjabloon staat in {file}.", file=arguments.file))
    return 0


def _import(arguments: argparse.Namespace, screen: Screen) -> int:
    bring_up_to_date(screen, by_itself=True)
    from wijkpeil.web.programmes.importing.bringing import bring_in
    from wijkpeil.web.programmes.importing.report import Mode, workbook_of
    from wijkpeil.web.programmes.importing.workbook import RefusedWorkbookError

    around, say = _surroundings(arguments, screen), screen.language.say
    mode = Mode.TRIAL if arguments.trial else Mode.GOOD if arguments.only_good else Mode.ALL
    try:
        content = arguments.file.read_bytes()
    except OSError:
        raise MistakeError(say("Het bestand {file} is niet te lezen.", file=arguments.file)) from None
    with readable(screen.language):
        by = _account(arguments.email, screen)
        try:
            report = bring_in(content, arguments.file.name, around, by=by, mode=mode)
        except RefusedWorkbookError as refused:
            raise MistakeError(say(refused.sentence, **refused.parts)) from None
    if arguments.report is not None:
        _write(arguments.report, [workbook_of(report, screen.language)], screen)
    return _tell(report, screen)


def _tell(report: "Report", screen: Screen) -> int:
    from wijkpeil.web.programmes.importing.report import words

    say, whole, tongue = screen.language.say, screen.language.whole, screen.language
    for note in report.notes:
        screen.complain(note)
    for sheet in report.sheets:
        for fault in sheet.faults:
            screen.complain(f"{sheet.name}: {fault}")
    for name, row in report.faults[:_SHOWN]:
        screen.complain(
            say("{sheet}, rij {number}: {said}", sheet=name, number=row.number, said=words(report, row, tongue))
        )
    if len(report.faults) > _SHOWN:
        screen.complain(say("en nog {count}", count=whole(len(report.faults) - _SHOWN)))
    counts = {name: whole(count) for name, count in report.counts.items()}
    if report.is_written:
        screen.say(say("Ingelezen als concept: {added}. Stond er al: {already}. Niet goed: {fault}.", **counts))
    else:
        screen.say(say("Er is niets bewaard. Kan erin: {added}. Stond er al: {already}. Niet goed: {fault}.", **counts))
    return FAULTS if report.has_faults else 0


def _archive(arguments: argparse.Namespace, screen: Screen) -> int:
    bring_up_to_date(screen, by_itself=True)
    from wijkpeil.web.accounts.refusals import ForbiddenError, HiddenError
    from wijkpeil.web.programmes.exporting.archive import take

    _require_free(arguments.out, arguments, screen)
    say, programme = screen.language.say, _surroundings(arguments, screen).programme.id
    with readable(screen.language):
        by = _account(arguments.email, screen)
        try:
            pieces = take(programme, by=by, reason="wijkpeil programme archive")
        except (ForbiddenError, HiddenError):
            raise MistakeError(say("Alleen een controleur van het hele programma kan alles meenemen.")) from None
        _write(arguments.out, pieces, screen)
    screen.say(say("Het archief staat in {file}. Er staan namen in: bewaar het veilig.", file=arguments.out))
    return 0


def _state(arguments: argparse.Namespace, screen: Screen) -> int:
    """Write the public state of a programme, with the photos that it names in a folder beside it."""
    bring_up_to_date(screen, by_itself=True)
    from wijkpeil.reports.state import state_text
    from wijkpeil.web.programmes.state_of import picture_bytes, programme_state

    _require_free(arguments.out, arguments, screen)
    say, programme = screen.language.say, _surroundings(arguments, screen).programme.id
    with readable(screen.language):
        state = programme_state(programme, taken_on=_day(arguments, screen))
        pictures = picture_bytes(state)
    beside = pictures_beside(arguments.out)
    if pictures:
        beside.mkdir(exist_ok=True)
    for name, content in pictures.items():
        _write(beside / name, [content], screen)
    _write(arguments.out, [state_text(state).encode()], screen)
    screen.say(say("De stand van het programma staat in {file}.", file=arguments.out))
    return 0


def _day(arguments: argparse.Namespace, screen: Screen) -> date:
    if arguments.on is None:
        from django.utils import timezone

        return timezone.localdate()
    try:
        return date.fromisoformat(arguments.on)
    except ValueError:
        raise MistakeError(
            screen.language.say("De dag {typed} bestaat niet. Typ haar als 2026-11-24.", typed=repr(arguments.on))
        ) from None


def _surroundings(arguments: argparse.Namespace, screen: Screen) -> "Surroundings":
    """Find the programme in the newest edition that readers see."""
    from wijkpeil.publication.shelf import NoSuchEditionError
    from wijkpeil.site.memory import shelf_of_readers
    from wijkpeil.web.programmes.importing.surroundings import Surroundings

    say, shelf = screen.language.say, shelf_of_readers()
    try:
        edition = shelf.open(shelf.newest())
    except NoSuchEditionError:
        raise MistakeError(say("Er is nog geen editie. Begin met: wijkpeil start")) from None
    known = edition.policy.programme
    wanted = arguments.programme or next(iter(known), None)
    if wanted not in known:
        typed = repr(wanted) if wanted else ""
        raise MistakeError(
            say("Het programma {typed} staat niet in de editie.", typed=typed)
            + did_you_mean(screen.language, wanted or "", known)
        )
    return Surroundings(edition=edition, programme=known[wanted], language=screen.language)


def _account(email: str, screen: Screen) -> "Account":
    from wijkpeil.web.accounts.models import Account

    found = Account.objects.filter(email=email.strip().casefold(), is_active=True).first()
    if found is None:
        raise MistakeError(screen.language.say("Er is geen account met het e-mailadres {email}.", email=repr(email)))
    return found


def _require_free(file: Path, arguments: argparse.Namespace, screen: Screen) -> None:
    if file.exists() and not arguments.overwrite:
        raise MistakeError(screen.language.say("Het bestand {file} is er al. Vervang het met --overwrite.", file=file))


def _write(file: Path, pieces: Any, screen: Screen) -> None:
    """Write a file whole or not at all."""
    beside = file.with_name(f".{file.name}.half")
    try:
        with beside.open("wb") as written:
            for piece in pieces:
                written.write(piece)
        beside.replace(file)
    except OSError as fault:
        raise MistakeError(
            screen.language.say("Het bestand {file} is niet te schrijven: {fault}.", file=file, fault=fault.strerror)
        ) from None
    finally:
        beside.unlink(missing_ok=True)
