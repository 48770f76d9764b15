"""``wijkpeil publish``: bring an edition to readers, keep it from them, or take it back."""

import argparse
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from wijkpeil.cli.door import area_names, known_edition
from wijkpeil.cli.mistake import MistakeError
from wijkpeil.cli.screen import Screen
from wijkpeil.domain.verdict import Verdict
from wijkpeil.portrayal import verdicts
from wijkpeil.portrayal.language import Language
from wijkpeil.portrayal.words import Speaker
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.publishing import UnexplainedFlipsError, hold, publish, withdraw
from wijkpeil.publication.revision import Revision
from wijkpeil.publication.shelf import Shelf

HERE = ZoneInfo("Europe/Amsterdam")
FAULTS = 1
_SHOWN = 40


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """Change what an edition is to readers."""
    say, shelf, now = screen.language.say, Shelf(arguments.shelf), datetime.now(tz=UTC)
    id_ = known_edition(arguments, screen, arguments.id)
    if arguments.withdraw:
        if not (arguments.reason or "").strip():
            raise MistakeError(say("Zeg er met --reason bij waarom: lezers krijgen de reden te zien."))
        withdraw(shelf, id_, now=now, reason=arguments.reason)
        screen.say(say("Editie {id} is ingetrokken. Lezers zien alleen nog de reden.", id=id_))
        return 0
    if arguments.reason is not None:
        raise MistakeError(say("Een reden hoort bij --withdraw."))
    if arguments.draft:
        hold(shelf, id_, now=now)
        screen.say(say("Editie {id} is een concept: op de site ziet niemand hem.", id=id_))
        return 0
    until = _hour(arguments.embargo, now, screen.language) if arguments.embargo else None
    try:
        publish(shelf, id_, now=now, until=until)
    except UnexplainedFlipsError as fault:
        _list(screen, shelf.open(id_), fault.revision)
        return FAULTS
    if until is None:
        screen.say(say("Editie {id} is gepubliceerd.", id=id_))
    else:
        day, hour = screen.language.day(until.astimezone(HERE).date()), f"{until.astimezone(HERE):%H:%M}"
        screen.say(say("Editie {id} verschijnt op {day} om {hour}.", id=id_, day=day, hour=hour))
    return 0


def _hour(typed: str, now: datetime, language: Language) -> datetime:
    """Read the hour of an embargo; without a zone it is that of the Netherlands."""
    try:
        found = datetime.fromisoformat(typed)
    except ValueError as fault:
        raise MistakeError(
            language.say("{typed} is geen tijdstip. Schrijf het zo: 2026-12-01T00:01", typed=repr(typed))
        ) from fault
    hour = found if found.tzinfo else found.replace(tzinfo=HERE)
    if hour <= now:
        raise MistakeError(language.say("{typed} is al voorbij. Laat --embargo weg om nu te publiceren.", typed=typed))
    return hour


def _list(screen: Screen, edition: Edition, revision: Revision) -> None:
    """Name every flip that nothing explains."""
    language, policy = screen.language, edition.policy
    speaker, names, flips = Speaker(language=language, policy=policy), area_names(edition), revision.unexplained
    screen.complain(
        language.say_count(
            "Editie {new} is niet gepubliceerd: {count} oordeel is anders dan in {old}, en niets verklaart dat.",
            "Editie {new} is niet gepubliceerd: {count} oordelen zijn anders dan in {old}, en niets verklaart dat.",
            flips.height,
            new=revision.new,
            old=revision.old,
        )
    )
    for row in flips.head(_SHOWN).iter_rows(named=True):
        before, after = (verdicts.word(language, Verdict(row[name])) for name in ("before", "after"))
        label = language.label(policy.indicator[row["indicator"]]) if row["indicator"] in policy.indicator else ""
        screen.complain(
            language.say(
                "  {area}, {label}, naast {other}: was ‘{before}’, is nu ‘{after}’",
                area=names.get(row["area"], row["area"]),
                label=label or row["indicator"],
                other=speaker.comparator(row["comparator"]),
                before=before,
                after=after,
            )
        )
    if flips.height > _SHOWN:
        screen.complain(language.say("  en nog {count}", count=language.whole(flips.height - _SHOWN)))
    screen.complain(
        language.say(
            "Zoek de oorzaak, of geef de code een nieuwe versie als de methode veranderde, en bouw de editie opnieuw."
        )
    )
