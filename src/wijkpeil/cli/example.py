"""``wijkpeil example``: the years of life of the invented programme, in a database that holds nothing else."""

import argparse

from wijkpeil.cli.database import bring_up_to_date, readable, set_up
from wijkpeil.cli.mistake import MistakeError
from wijkpeil.cli.screen import Screen


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """Tell the story of the programme, or say in one sentence that there is something else already."""
    set_up(arguments)
    bring_up_to_date(screen, by_itself=True)
    if not _told(screen):
        raise MistakeError(
            screen.language.say(
                "In deze databank staat al iets. Het voorbeeld gaat alleen in een lege databank: "
                "kies er een met WIJKPEIL_DATABASE=sqlite:///pad/naar/voorbeeld.sqlite3"
            )
        )
    return 0


def tell_where_empty(arguments: argparse.Namespace, screen: Screen) -> None:
    """Tell the story in the file beside the shelf, where that holds nothing; a server is left as it is."""
    set_up(arguments)
    from django.db import connection

    if connection.vendor == "sqlite":
        bring_up_to_date(screen, by_itself=True)
        _told(screen)


def _told(screen: Screen) -> bool:
    """Tell the story, say how to go on, and say whether there was room for it."""
    from wijkpeil.site.example.telling import is_empty, tell

    say = screen.language.say
    with readable(screen.language):
        if not is_empty():
            return False
        tell()
    screen.complain(
        say("In de databank staat nu ook het leven van het programma: ambities, afspraken, maatregelen en besluiten.")
    )
    screen.complain(say("Alle mensen daarin zijn verzonnen, en niemand van hen kan inloggen. Zelf meedoen?"))
    screen.complain('  wijkpeil accounts administrator jij@stad.example --name "Je naam"')
    return True
