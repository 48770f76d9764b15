"""``wijkpeil erase``: what people may no longer have kept of them goes, when its term is over."""

import argparse

from wijkpeil.cli.database import bring_up_to_date, readable, set_up
from wijkpeil.cli.mistake import MistakeError
from wijkpeil.cli.screen import Screen


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """Erase what is due, or only tell what is."""
    set_up(arguments)
    bring_up_to_date(screen, by_itself=True)
    with readable(screen.language):
        return _one(arguments, screen) if arguments.texts_of else _after_term(arguments, screen)


def _one(arguments: argparse.Namespace, screen: Screen) -> int:
    """Empty the texts of one thing that was signed or decided."""
    from wijkpeil.web.logbook.remembering import catch_up
    from wijkpeil.web.programmes.emptying import empty, find

    say, reason = screen.language.say, (arguments.reason or "").strip()
    if not reason:
        raise MistakeError(say("Schrijf met --reason op waarom de teksten weg moeten. Noem geen namen."))
    thing = find(arguments.texts_of)
    if thing is None:
        raise MistakeError(
            say("Geen afspraak, onderdeel of besluit heet {key}. Kijk in het adres.", key=repr(arguments.texts_of))
        )
    if arguments.dry_run:
        screen.say(say("De teksten van {key} zouden leeg worden, ook in het logboek.", key=thing.key))
        return 0
    empty(thing, reason=reason)
    catch_up()
    screen.say(say("De teksten van {key} zijn leeg, ook in het logboek.", key=thing.key))
    return 0


def _after_term(arguments: argparse.Namespace, screen: Screen) -> int:
    """Erase what has been kept long enough."""
    from django.utils import timezone

    from wijkpeil.site.keeping.terms import TERMS
    from wijkpeil.web.logbook.remembering import catch_up

    say, whole, today = screen.language.say, screen.language.whole, timezone.localdate()
    line = mark_of(dry=arguments.dry_run)
    for term in TERMS:
        due = list(term.due(today))
        if not arguments.dry_run:
            for one in due:
                term.erase(one)
        screen.say(say(line, what=say(term.what), count=whole(len(due)), term=say(term.term), reason=say(term.reason)))
    if not arguments.dry_run:
        catch_up()
    return 0


def mark_of(*, dry: bool) -> str:
    """Give the sentence for what is done and for what would be."""
    from wijkpeil.portrayal.language import mark

    if dry:
        return mark("{what}: {count} zou gewist worden. Termijn: {term}. {reason}")
    return mark("{what}: {count} gewist. Termijn: {term}. {reason}")
