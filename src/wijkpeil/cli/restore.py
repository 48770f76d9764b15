"""``wijkpeil restore``: put a backup back in an empty database, without what was erased since."""

import argparse

from wijkpeil.cli.database import bring_up_to_date, readable, set_up
from wijkpeil.cli.mistake import MistakeError
from wijkpeil.cli.screen import Screen


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """Put it back whole, or not at all."""
    say, whole = screen.language.say, screen.language.whole
    for path in [arguments.file, *(arguments.erased or [])]:
        if not path.is_file():
            raise MistakeError(say("Dit bestand of deze map bestaat niet: {name}", name=path))
    set_up(arguments)
    bring_up_to_date(screen, by_itself=True)
    from django.conf import settings

    from wijkpeil.site.keeping.archive import RefusedError
    from wijkpeil.site.keeping.restore import put_back
    from wijkpeil.web.logbook.remembering import NoListError, add, listed_in

    with readable(screen.language):
        try:
            lists = [settings.ERASED_LIST, *(arguments.erased or [])]
            gone = [one for path in lists for one in listed_in(path)]
            found = put_back(arguments.file, gone)
            add(gone)
        except RefusedError as fault:
            raise MistakeError(say(fault.sentence, **fault.named)) from None
        except NoListError as fault:
            raise MistakeError(say("{name} is geen lijst van wat gewist is.", name=str(fault))) from None
    screen.say(
        say(
            "Teruggezet: {rows} rijen van {day}. Het logboek klopt tot en met regel {number}.",
            rows=whole(sum(table.rows for table in found.contents.tables)),
            day=found.contents.made_at[:10],
            number=whole(found.contents.head[0]),
        )
        if not found.contents.faults
        else say("Teruggezet. Het logboek klopte al niet toen de kopie werd gemaakt: wijkpeil logbook verify")
    )
    screen.say(say("Opnieuw gewist of ingetrokken: {count}.", count=whole(found.erased)))
    for name in found.other_keys:
        screen.complain(
            say("{name} is niet de sleutel van toen. Zet de oude terug, anders kan niet iedereen inloggen.", name=name)
        )
    return 0
