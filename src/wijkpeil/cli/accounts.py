"""``wijkpeil accounts``: the first administrator is made on the machine itself, everybody else by an administrator."""

import argparse

from wijkpeil.cli.database import bring_up_to_date, readable, set_up
from wijkpeil.cli.mistake import MistakeError
from wijkpeil.cli.screen import Screen


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """Make somebody administrator, and give the link with which he chooses his password."""
    set_up(arguments)
    bring_up_to_date(screen, by_itself=True)
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    from wijkpeil.web.accounts.adapters import link_to_begin
    from wijkpeil.web.accounts.granting import Wanted, grant
    from wijkpeil.web.accounts.roles import Role

    say = screen.language.say
    try:
        validate_email(arguments.email)
    except ValidationError:
        raise MistakeError(say("{email} is geen e-mailadres.", email=repr(arguments.email))) from None
    programmes = arguments.programme or _programmes(screen)
    with readable(screen.language):
        for programme in programmes:
            wanted = Wanted(email=arguments.email, name=arguments.name, role=Role.ADMINISTRATOR, programme=programme)
            given, _ = grant(wanted, by=None, reason="wijkpeil accounts administrator")
    screen.say(
        say(
            "{name} is beheerder van {programmes}.",
            name=given.account.name,
            programmes=screen.language.series(programmes),
        )
    )
    if not given.account.has_usable_password():
        screen.say(say("Kies hier een wachtwoord (de link werkt één keer): {link}", link=link_to_begin(given.account)))
    return 0


def _programmes(screen: Screen) -> list[str]:
    """Give the programmes of the newest edition that readers see."""
    from wijkpeil.publication.shelf import NoSuchEditionError
    from wijkpeil.site.memory import shelf_of_readers

    say, shelf = screen.language.say, shelf_of_readers()
    try:
        found = [one.id for one in shelf.open(shelf.newest()).policy.programmes]
    except NoSuchEditionError:
        found = []
    if not found:
        raise MistakeError(say("Er is geen editie met een programma. Noem het programma met --programme."))
    return found
