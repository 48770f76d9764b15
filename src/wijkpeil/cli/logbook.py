"""``wijkpeil logbook``: check that nobody changed what was written down, and give the head of the chain to publish."""

import argparse
import re

from wijkpeil.cli import records
from wijkpeil.cli.database import readable, set_up
from wijkpeil.cli.mistake import MistakeError
from wijkpeil.cli.screen import Screen
from wijkpeil.portrayal.language import Language, mark

FAULTS = 1
_SHOWN = 20
_HEAD = re.compile(r"(\d{1,18}):([0-9a-f]{64})")
_WORDS = {
    "gap": mark("regel {number}: hiervoor ontbreken regels, of hij stond ergens anders"),
    "before": mark("regel {number}: de regel ervoor is niet de regel waar hij achter geschreven is"),
    "seal": mark("regel {number}: het zegel klopt niet, de regel is veranderd"),
    "text": mark("regel {number}: de tekst is veranderd"),
    "gone": mark("regel {number}: de tekst is weg, en nergens staat dat hij is gewist"),
    "head": mark("regel {number}: dit was de laatste regel toen het slot gepubliceerd werd, en die is er zo niet meer"),
}


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """Check the logbook of this site, or give its head."""
    kept = _read(arguments.kept, screen.language) if arguments.action == "verify" and arguments.kept else None
    set_up(arguments)
    return _verify(screen, kept) if arguments.action == "verify" else _head(screen)


def _verify(screen: Screen, kept: tuple[int, str] | None) -> int:
    from django.db import connection

    from wijkpeil.web.logbook import guards as of_lines
    from wijkpeil.web.logbook.checking import Head, count_erased, faults, head
    from wijkpeil.web.programmes import guards as of_programmes

    say, whole = screen.language.say, screen.language.whole
    published = Head(number=kept[0], at=None, seal=kept[1]) if kept else None
    with readable(screen.language):
        latest, found = head(), list(faults(published))
        erased = count_erased()
        unguarded = [*of_lines.missing(connection), *of_programmes.missing(connection)]
    if not screen.is_for_people:
        listed = [{"number": one.number, "what": one.what.value} for one in found]
        records.write_json({"lines": latest.number, "erased": erased, "faults": listed, "unguarded": unguarded})
        return FAULTS if found or unguarded else 0
    for one in found[:_SHOWN]:
        screen.complain(say(_WORDS[one.what], number=whole(one.number)))
    if len(found) > _SHOWN:
        screen.complain(say("en nog {count}", count=whole(len(found) - _SHOWN)))
    for table in unguarded:
        screen.complain(say("tabel {table}: de bewaking in de databank is weg of staat uit", table=table))
    if unguarded and not found:
        screen.complain(
            say("De regels kloppen, maar laat onderzoeken wie de bewaking weghaalde en wat er sindsdien is.")
        )
    if found:
        screen.complain(say("Het logboek klopt niet. Bewaar de databank zoals hij nu is en laat hem onderzoeken."))
    if found or unguarded:
        return FAULTS
    lines = say(
        "Het logboek klopt: {count} regels, van {erased} is de tekst gewist.",
        count=whole(latest.number),
        erased=whole(erased),
    )
    screen.say(lines)
    if published is None:
        screen.say(say("Of er aan het eind regels zijn afgeknipt, zie je alleen met een bewaard slot: --head"), "dim")
    return 0


def _head(screen: Screen) -> int:
    from wijkpeil.web.logbook.checking import head

    with readable(screen.language):
        latest = head()
    if screen.is_for_people:
        screen.say(f"{latest.number}:{latest.seal}")
    else:
        records.write_json(
            {"number": latest.number, "at": latest.at.isoformat() if latest.at else None, "seal": latest.seal}
        )
    return 0


def _read(typed: str, language: Language) -> tuple[int, str]:
    found = _HEAD.fullmatch(typed.strip().lower())
    if found is None:
        raise MistakeError(
            language.say(
                "Dit slot kennen we niet. Geef wat 'wijkpeil logbook head' schreef: "
                "een nummer, een dubbele punt en 64 tekens."
            )
        )
    return int(found[1]), found[2]
