"""``wijkpeil report``: documents that can be printed, mailed and kept, made from one edition."""

import argparse
import os
from pathlib import Path

from wijkpeil.cli.door import area_code, open_edition
from wijkpeil.cli.mistake import MistakeError, did_you_mean
from wijkpeil.cli.report_formats import ending_of, form_of_file
from wijkpeil.cli.screen import Screen
from wijkpeil.domain.programme import Programme
from wijkpeil.portrayal.language import Language
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.subject import area_card, edition_card, is_known
from wijkpeil.reports.document import Document
from wijkpeil.reports.formats import PDF, rendered
from wijkpeil.reports.series import Made, Order, book, documents, one_profile, pdfs
from wijkpeil.reports.state import ProgrammeState, StateError, read_state


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """Make what was asked for."""
    from wijkpeil.cli import report_magazine, report_progress, report_rebuild

    actions = {
        "profile": _profile,
        "profiles": _profiles,
        "magazine": report_magazine.run,
        "rebuild": report_rebuild.run,
        "progress": report_progress.make,
        "check": report_progress.check,
        "text": report_progress.text,
    }
    return actions[arguments.action](arguments, screen)


def _profile(arguments: argparse.Namespace, screen: Screen) -> int:
    """Make the profile of one area."""
    edition = open_edition(arguments, screen)
    code, notes = area_code(edition, arguments.area, screen.language)
    if arguments.out is not None:
        check_file(arguments.out, overwrite=arguments.overwrite, language=screen.language)
    form = form_of_file(arguments, arguments.out, screen.language)
    out = arguments.out or Path(f"profiel-{code}{ending_of(form)}")
    check_file(out, overwrite=arguments.overwrite, language=screen.language)
    order = _order(arguments, edition, screen)
    screen.warn_of(edition_card(edition), edition.policy)
    for note in notes:
        screen.complain(note)
    made = one_profile(edition, code, order)
    write_whole(out, rendered(made, form))
    screen.say(screen.language.say("Het profiel van {name} staat in {out}.", name=made.title, out=out))
    return 0


def _profiles(arguments: argparse.Namespace, screen: Screen) -> int:
    """Make the profiles of all neighbourhoods of a programme, a file each or one book."""
    say = screen.language.say
    if arguments.out is None and arguments.book is None:
        raise MistakeError(say("Noem een map met --out, of een bestand voor één boek met --book."))
    edition = open_edition(arguments, screen)
    programme = programme_of(arguments, edition, screen.language)
    codes = [code for one in programme.neighbourhoods if is_known(edition, code := programme.code_of(one))]
    if not codes:
        raise MistakeError(say("Editie {id} heeft geen gebieden van dit programma.", id=edition.id))
    form = form_of_file(arguments, arguments.book, screen.language)
    targets = _targets(arguments, codes, arguments.report_format or PDF, screen.language)
    order = _order(arguments, edition, screen)
    screen.warn_of(edition_card(edition), edition.policy)
    if arguments.out is not None:
        _files(order, codes, targets, arguments.report_format or PDF, screen)
    if arguments.book is not None:
        _book(order, codes, programme, arguments.book, form, screen)
    return 0


def _files(order: Order, codes: list[str], targets: dict[str, Path], form: str, screen: Screen) -> None:
    say = screen.language.say
    with screen.progress() as bar:
        task = bar.add_task(say("Profielen"), total=len(codes))
        for made in pdfs(order, codes) if form == PDF else documents(order, codes):
            content = made.pdf if made.document is None else rendered(made.document, form)
            write_whole(targets[made.code], content)
            bar.advance(task)
    screen.say(
        screen.language.say_count(
            "{count} profiel staat in {folder}.",
            "{count} profielen staan in {folder}.",
            len(codes),
            folder=targets[codes[0]].parent,
        )
    )


def _book(order: Order, codes: list[str], programme: Programme, out: Path, form: str, screen: Screen) -> None:
    say = screen.language.say
    parts: list[Document] = []
    with screen.progress() as bar:
        task = bar.add_task(say("Boek"), total=len(codes) + 1)
        for made in documents(order, codes):
            parts += _document(made)
            bar.advance(task)
        names = _with_city(order, codes)
        bound = book(parts, title=screen.language.label(programme), kicker=say("Alle wijkprofielen"), names=names)
        write_whole(out, rendered(bound, form))
        bar.advance(task)
    screen.say(say("Het boek met {count} profielen staat in {out}.", count=len(codes), out=out))


def _with_city(order: Order, codes: list[str]) -> list[str]:
    """Name areas with their city: several cities have a neighbourhood of the same name."""
    edition = Edition(order.folder)
    cards = [area_card(edition, code) for code in codes]
    return [f"{one.name}, {one.gemeente_name}" if one.gemeente_name else one.name for one in cards]


def _document(made: Made) -> list[Document]:
    return [made.document] if made.document is not None else []


def _order(arguments: argparse.Namespace, edition: Edition, screen: Screen) -> Order:
    """Gather what a document is made from; raises ``MistakeError`` for a state that cannot be read."""
    state = None
    if arguments.state is not None:
        try:
            state = read_state(arguments.state)
        except StateError as fault:
            raise MistakeError(str(fault)) from fault
        _check_programme(state, arguments, edition, screen.language)
    return Order(
        folder=edition.folder, language=screen.language.code, state=state, site=site_of(arguments, screen.language)
    )


def _check_programme(
    state: ProgrammeState, arguments: argparse.Namespace, edition: Edition, language: Language
) -> None:
    """Raise ``MistakeError`` for the state of another programme than the one that is asked for."""
    wanted = getattr(arguments, "programme", None)
    known = [wanted] if wanted else list(edition.policy.programme)
    if state.programme not in known:
        raise MistakeError(
            language.say(
                "De stand in {file} is van het programma {name}. Wel kan: {known}.",
                file=arguments.state,
                name=repr(state.programme),
                known=", ".join(known),
            )
        )


def site_of(arguments: argparse.Namespace, language: Language) -> str:
    """Give the address of the site; raises ``MistakeError`` for what is none."""
    site = str(arguments.site)
    if site and not site.startswith(("https://", "http://")):
        raise MistakeError(language.say("Het adres {site} moet beginnen met https://.", site=repr(site)))
    return site


def programme_of(arguments: argparse.Namespace, edition: Edition, language: Language) -> Programme:
    """Find the programme that was named, or that of the edition; raises ``MistakeError`` for one that is not there."""
    wanted = arguments.programme or edition.manifest.default_programme
    programmes = edition.policy.programme
    if wanted not in programmes:
        said = language.say("Het programma {wanted} bestaat niet.", wanted=repr(wanted))
        there = language.say("Kies uit: {there}.", there=", ".join(programmes))
        raise MistakeError(said + (did_you_mean(language, wanted, programmes) or f" {there}"))
    return programmes[wanted]


def _targets(arguments: argparse.Namespace, codes: list[str], form: str, language: Language) -> dict[str, Path]:
    """Give the file of every area, before anything is made; raises ``MistakeError`` for what would be lost."""
    if arguments.book is not None:
        check_file(arguments.book, overwrite=arguments.overwrite, language=language)
    folder = arguments.out
    if folder is None:
        return {}
    if folder.exists() and not folder.is_dir():
        raise MistakeError(language.say("{out} is geen map.", out=folder))
    targets = {code: folder / f"{code}{ending_of(form)}" for code in codes}
    taken = [path for path in targets.values() if path.exists()]
    if taken and not arguments.overwrite:
        raise MistakeError(language.say("Het bestand {out} bestaat al. Vervang het met --overschrijf.", out=taken[0]))
    folder.mkdir(parents=True, exist_ok=True)
    return targets


def check_file(out: Path, *, overwrite: bool, language: Language) -> None:
    """Raise ``MistakeError`` where a file cannot be written, or would be lost."""
    if out.is_dir():
        raise MistakeError(
            language.say("{out} is een map. Noem een bestand, zoals {out}/{name}.", out=out, name="profiel.pdf")
        )
    if out.exists() and not overwrite:
        raise MistakeError(language.say("Het bestand {out} bestaat al. Vervang het met --overschrijf.", out=out))
    if not out.parent.is_dir():
        raise MistakeError(language.say("De map {folder} bestaat niet.", folder=out.parent))


def write_whole(out: Path, content: bytes) -> None:
    """Write beside the target and then rename, so that no half document is left when the write stops."""
    beside = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        beside.write_bytes(content)
        beside.replace(out)
    finally:
        beside.unlink(missing_ok=True)
