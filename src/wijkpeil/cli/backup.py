"""``wijkpeil backup``: one file with everything that people wrote, decided and did; the keys are kept elsewhere."""

import argparse

from wijkpeil.cli.database import readable, set_up
from wijkpeil.cli.mistake import MistakeError
from wijkpeil.cli.screen import Screen


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """Make a backup, and say what must be kept beside it."""
    set_up(arguments)
    from wijkpeil.site.keeping.archive import RefusedError
    from wijkpeil.site.keeping.backup import back_up
    from wijkpeil.site.keeping.kept_beside import secrets_of_site
    from wijkpeil.web.logbook.remembering import catch_up

    say, whole = screen.language.say, screen.language.whole
    with readable(screen.language):
        try:
            catch_up()
            made = back_up(arguments.file)
        except RefusedError as fault:
            raise MistakeError(say(fault.sentence, **fault.named)) from None
    screen.say(
        say(
            "{name}: {rows} rijen uit {tables} tabellen. Alleen jij kunt dit bestand lezen.",
            name=arguments.file,
            rows=whole(sum(table.rows for table in made.tables)),
            tables=len(made.tables),
        )
    )
    screen.say(say("Het slot van het logboek is {head}.", head=f"{made.head[0]}:{made.head[1]}"), "dim")
    if made.faults:
        screen.complain(say("Het logboek klopt niet. Kijk met: wijkpeil logbook verify"))
    screen.complain(
        say(
            "De sleutels zitten er niet in. Zonder deze is de kopie niet terug te zetten; "
            "bewaar ze op een andere plek: {keys}",
            keys=screen.language.series(secrets_of_site()),
        )
    )
    return 0
