"""``wijkpeil report rebuild``: the report of an archive, made again as it was or not at all."""

import argparse
from pathlib import Path

from wijkpeil.cli.door import open_edition
from wijkpeil.cli.mistake import MistakeError
from wijkpeil.cli.report import check_file, write_whole
from wijkpeil.cli.screen import Screen
from wijkpeil.reports.archive import ArchiveError, document_name, read_archive_file
from wijkpeil.reports.checking import DocumentError
from wijkpeil.reports.remaking import remade


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """Make the report of an archive again, and say that it is the same."""
    say = screen.language.say
    try:
        archive = read_archive_file(arguments.file)
        out = arguments.out or Path(document_name(archive.recipe))
        check_file(out, overwrite=arguments.overwrite, language=screen.language)
        arguments.edition = arguments.edition or archive.recipe.edition
        content = remade(archive, open_edition(arguments, screen))
    except (ArchiveError, DocumentError) as fault:
        raise MistakeError(str(fault)) from fault
    write_whole(out, content)
    for stone in archive.recipe.tombstones:
        screen.say(say("Op {day} is een verhaal weggehaald ({hash}).", day=stone.on, hash=stone.sha256[:12]))
    screen.say(say("Het rapport staat in {out}. Het is byte voor byte hetzelfde.", out=out))
    return 0
