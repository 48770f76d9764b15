"""``wijkpeil migrate``: bring the database of the site up to date with this version."""

import argparse

from wijkpeil.cli.database import bring_up_to_date, set_up
from wijkpeil.cli.screen import Screen


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """Bring it up to date."""
    set_up(arguments)
    say = screen.language.say
    screen.say(
        say("De databank is bijgewerkt.") if bring_up_to_date(screen, by_itself=False) else say("Er is niets te doen.")
    )
    return 0
