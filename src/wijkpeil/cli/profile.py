"""``wijkpeil profile``: one area as one page that can be mailed, printed and kept."""

import argparse
import os
from pathlib import Path

from wijkpeil.cli.door import area_code, open_edition
from wijkpeil.cli.mistake import MistakeError
from wijkpeil.cli.screen import Screen
from wijkpeil.portrayal.language import Language
from wijkpeil.portrayal.profile import page
from wijkpeil.publication.subject import edition_card, subject_of


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """Write the page; a page that is there already is only replaced when the user says so."""
    say, out = screen.language.say, arguments.out
    check_target(out, overwrite=arguments.overwrite, language=screen.language, example="profiel.html")
    edition = open_edition(arguments, screen)
    code, notes = area_code(edition, arguments.area, screen.language)
    about = subject_of(edition, code, with_methods=True)
    screen.warn_of(edition_card(edition), edition.policy)
    for note in notes:
        screen.complain(note)
    write_whole(out, page(about, screen.language))
    screen.say(say("De pagina over {name} staat in {out}. Open haar in je browser.", name=about.area.name, out=out))
    return 0


def check_target(out: Path, *, overwrite: bool, language: Language, example: str) -> None:
    """Refuse a file that cannot be written, or that would be lost; raises ``MistakeError``."""
    if out.is_dir():
        raise MistakeError(
            language.say("{out} is een map. Noem een bestand, zoals {out}/{name}.", out=out, name=example)
        )
    if out.exists() and not overwrite:
        raise MistakeError(language.say("Het bestand {out} bestaat al. Vervang het met --overschrijf.", out=out))
    if not out.parent.is_dir():
        raise MistakeError(language.say("De map {folder} bestaat niet.", folder=out.parent))


def write_whole(out: Path, text: str) -> None:
    """Write beside the target and then rename, so that no half page is left when the write stops."""
    beside = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(out)
    finally:
        beside.unlink(missing_ok=True)
