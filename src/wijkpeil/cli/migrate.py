"""``wijkpeil migrate``: bring the database of the site up to date with this version, and give the site its role."""

import argparse

from wijkpeil.cli.database import bring_up_to_date, readable, set_up
from wijkpeil.cli.mistake import MistakeError
from wijkpeil.cli.screen import Screen


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """Bring it up to date."""
    set_up(arguments)
    say = screen.language.say
    screen.say(
        say("De databank is bijgewerkt.") if bring_up_to_date(screen, by_itself=False) else say("Er is niets te doen.")
    )
    if arguments.site_role:
        from wijkpeil.site.keeping.archive import RefusedError
        from wijkpeil.site.keeping.roles import give_to_site

        with readable(screen.language):
            try:
                give_to_site(arguments.site_role)
            except RefusedError as fault:
                raise MistakeError(say(fault.sentence, **fault.named)) from None
        screen.say(say("{role} kan nu wat de site nodig heeft, en niet meer.", role=arguments.site_role))
    return 0
