"""``wijkpeil report magazine``: the magazine of a programme, and the archive from which it can be made again."""

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from wijkpeil.cli.door import open_edition
from wijkpeil.cli.mistake import MistakeError
from wijkpeil.cli.report import check_file, programme_of, site_of, write_whole
from wijkpeil.cli.report_formats import form_of_file
from wijkpeil.cli.screen import Screen
from wijkpeil.domain.programme import Programme
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.subject import edition_card
from wijkpeil.reports.archive import Archive, Recipe, archive_bytes
from wijkpeil.reports.checking import DocumentError
from wijkpeil.reports.formats import PDF, rendered
from wijkpeil.reports.magazine import TEMPLATE
from wijkpeil.reports.remaking import MAGAZINE, code_version, document_of, made
from wijkpeil.reports.state import ProgrammeState, StateError, pictures_beside, read_state

if TYPE_CHECKING:
    from collections.abc import Mapping


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """Make the magazine, and the archive where that was asked for."""
    say = screen.language.say
    edition = open_edition(arguments, screen)
    programme = programme_of(arguments, edition, screen.language)
    for file in filter(None, (arguments.out, arguments.archive)):
        check_file(file, overwrite=arguments.overwrite, language=screen.language)
    form = form_of_file(arguments, arguments.out, screen.language)
    state, pictures = _state(arguments, programme, screen)
    if state.programme != programme.id:
        raise MistakeError(
            say("De stand is van programma {found} en niet van {wanted}.", found=state.programme, wanted=programme.id)
        )
    screen.warn_of(edition_card(edition), edition.policy)
    archive = Archive(
        recipe=_recipe(arguments, edition, state, screen), state=state, pictures=_named(state, pictures, screen)
    )
    try:
        whole = made(archive, edition)
        content = whole.document if form == PDF else rendered(document_of(archive, edition), form, template=TEMPLATE)
    except DocumentError as fault:
        raise MistakeError(str(fault)) from fault
    write_whole(arguments.out, content)
    if arguments.archive is not None:
        write_whole(arguments.archive, archive_bytes(whole))
        screen.say(say("Het archief staat in {out}.", out=arguments.archive))
    screen.say(say("Het magazine staat in {out}.", out=arguments.out))
    return 0


def _recipe(arguments: argparse.Namespace, edition: Edition, state: ProgrammeState, screen: Screen) -> Recipe:
    return Recipe(
        sort=MAGAZINE,
        programme=state.programme,
        edition=edition.id,
        edition_hash=edition.manifest.content,
        code_version=code_version(),
        frozen_on=state.taken_on.isoformat(),
        language=screen.language.code,
        site=site_of(arguments, screen.language),
    )


def _state(
    arguments: argparse.Namespace, programme: Programme, screen: Screen
) -> "tuple[ProgrammeState, Mapping[str, bytes]]":
    """Read the state from a file with the photos beside it, or take that of today from the site."""
    if arguments.state is not None:
        try:
            state = read_state(arguments.state)
        except StateError as fault:
            raise MistakeError(str(fault)) from fault
        return state, _beside(arguments.state)
    from wijkpeil.cli.database import bring_up_to_date, readable, set_up

    set_up(arguments)
    bring_up_to_date(screen, by_itself=True)
    from django.utils import timezone

    from wijkpeil.web.programmes.state_of import picture_bytes, programme_state

    today: date = timezone.localdate()
    with readable(screen.language):
        state = programme_state(programme.id, taken_on=today)
        return state, picture_bytes(state)


def _beside(file: Path) -> dict[str, bytes]:
    folder = pictures_beside(file)
    return {one.name: one.read_bytes() for one in sorted(folder.iterdir())} if folder.is_dir() else {}


def _named(state: ProgrammeState, pictures: "Mapping[str, bytes]", screen: Screen) -> dict[str, bytes]:
    """Keep the photos that the state names, and say which are missing."""
    names = sorted({picture.sha256 for story in state.stories for picture in story.pictures})
    for name in names:
        if name not in pictures:
            screen.complain(
                screen.language.say("De foto {name} is er niet; het verhaal staat er zonder.", name=name[:12])
            )
    return {name: pictures[name] for name in names if name in pictures}
