"""``wijkpeil fetch``: the real figures, downloaded politely into a folder that ``wijkpeil build`` reads."""

import argparse
import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from wijkpeil.cli.mistake import MistakeError, did_you_mean
from wijkpeil.portrayal.language import Language, mark

if TYPE_CHECKING:
    from wijkpeil.cli.screen import Screen
    from wijkpeil.domain.policy import Policy
    from wijkpeil.domain.source import Source, Table
    from wijkpeil.sources.fetch import Fetched, Step

DEFAULT_FOLDER = Path("downloads")
RAW = ".ruw"
"""The folder of raw pages inside the folder of downloads; hidden, so that a build does not take it for data."""

INTERRUPTED = 130

_OUTCOMES = {
    "fetched": mark("opgehaald"),
    "already_there": mark("was er al"),
    "empty": mark("nog leeg"),
    "failed": mark("niet gelukt"),
}


def add_arguments(own: argparse.ArgumentParser, language: Language) -> None:
    """Add what may be typed after ``wijkpeil fetch``."""
    say = language.say
    own.add_argument(
        "sources", nargs="*", metavar=say("BRON"), help=say("een bron of tabel uit beleid/bronnen (anders alle)")
    )
    own.add_argument(
        "--to",
        type=Path,
        default=DEFAULT_FOLDER,
        metavar=say("MAP"),
        help=say("waar de bestanden komen (anders {folder})", folder=DEFAULT_FOLDER),
    )
    own.add_argument(
        "--policy",
        type=Path,
        metavar=say("MAP"),
        help=say("de map met beleidsbestanden (anders die van Wijkpeil zelf)"),
    )
    own.add_argument("--list", action="store_true", help=say("laat alleen zien wat er opgehaald kan worden"))
    own.add_argument("--anew", "--opnieuw", action="store_true", help=say("haal ook op wat al binnen is"))
    own.add_argument(
        "--address-base", metavar="URL", help=say("haal alles van een andere server, zoals http://127.0.0.1:8000")
    )


def run(arguments: argparse.Namespace, screen: "Screen") -> int:
    """Fetch what was asked; 1 when a table could not be had, 130 when it was stopped halfway."""
    from wijkpeil import catalogue
    from wijkpeil.sources.fetch import can_be_fetched

    folder = arguments.policy or catalogue.packaged_folder()
    if not folder.is_dir():
        raise MistakeError(screen.language.say("De map {folder} bestaat niet.", folder=folder))
    policy, _ = catalogue.load(folder, today=date.today())  # noqa: DTZ011 -- the day of the user
    chosen = _chosen(can_be_fetched(policy), arguments.sources, screen.language)
    if arguments.list:
        _show_list(screen, chosen)
        return 0
    done: list[Fetched] = []
    try:
        _fetch(arguments, screen, policy, chosen, done)
    except KeyboardInterrupt:
        _report(screen, policy, done)
        screen.complain(
            screen.language.say("Gestopt. Wat al binnen is, blijft bewaard: met dezelfde opdracht ga je verder.")
        )
        return INTERRUPTED
    _report(screen, policy, done)
    _say_what_next(screen, arguments.to, done)
    return 1 if any(one.outcome.value == "failed" for one in done) else 0


def _fetch(
    arguments: argparse.Namespace,
    screen: "Screen",
    policy: "Policy",
    chosen: "Sequence[tuple[Source, Table]]",
    done: "list[Fetched]",
) -> None:
    """Fetch table by table behind a progress bar; what is done is noted at once, so that a stop can report it."""
    from wijkpeil.sources.fetch import Desk, Line, Patience, fetch, open_client
    from wijkpeil.store.raw import RawFolder

    patience = Patience()
    with open_client(patience=patience) as client, _told(screen) as progress:
        line = Line(
            client=client,
            keeper=RawFolder(arguments.to / RAW),
            clock=lambda: datetime.now(UTC),
            sleep=time.sleep,
            chance=random.Random(),
            patience=patience,
        )
        desk = Desk(
            policy=policy,
            line=line,
            folder=arguments.to,
            progress=progress,
            address_base=arguments.address_base,
            anew=arguments.anew,
        )
        for fetched in fetch(chosen, desk=desk):
            done.append(fetched)


def _chosen(
    there: "Sequence[tuple[Source, Table]]", asked: Sequence[str], language: Language
) -> "list[tuple[Source, Table]]":
    """Give the tables of the sources (or the tables) that were asked for, in the order of the policy."""
    if not there:
        raise MistakeError(language.say("In beleid/bronnen staat bij geen enkele tabel waar die op te halen is."))
    known = {name for source, table in there for name in (source.id, table.id)}
    for name in asked:
        if name not in known:
            said = language.say("{name} is geen bron of tabel die opgehaald kan worden.", name=repr(name))
            see = " " + language.say("Met --list zie je wat wel kan.")
            raise MistakeError(said + (did_you_mean(language, name, known) or see))
    return [(source, table) for source, table in there if not asked or {source.id, table.id} & set(asked)]


def _show_list(screen: "Screen", chosen: "Sequence[tuple[Source, Table]]") -> None:
    """Show what can be fetched."""
    from wijkpeil.portrayal.table import Table

    say = screen.language.say
    rows = tuple(
        ((source.id,), (table.id,), (table.title or source.label,), (source.licence,)) for source, table in chosen
    )
    headers = (say("Bron"), say("Tabel"), say("Wat"), say("Licentie"))
    screen.table(Table(caption=say("Dit kan worden opgehaald"), headers=headers, rows=rows))


def _report(screen: "Screen", policy: "Policy", done: "Sequence[Fetched]") -> None:
    """Show what became of every table, and what there is to complain of."""
    from wijkpeil.cli.complaints import show_complaints
    from wijkpeil.portrayal.table import Table

    say, language = screen.language.say, screen.language
    rows = tuple(
        (
            (policy.source[one.source].label,),
            (one.table,),
            (say(_OUTCOMES[one.outcome.value]),),
            (language.whole(one.records),),
            (one.file.name if one.file else "",),
        )
        for one in done
    )
    headers = (say("Bron"), say("Tabel"), say("Hoe het ging"), say("Regels"), say("Bestand"))
    if rows:
        screen.table(Table(caption=say("Opgehaald"), headers=headers, rows=rows))
    complaints = [complaint for one in done for complaint in one.complaints]
    if complaints:
        screen.heading(say("Klachten"))
        show_complaints(screen, complaints, all_of_them=True)


def _say_what_next(screen: "Screen", folder: Path, done: "Sequence[Fetched]") -> None:
    """Say what can be done with the files."""
    if any(one.file for one in done):
        screen.say()
        screen.say(screen.language.say("Verder met: wijkpeil build --data {folder}", folder=folder), "bold green")


@contextmanager
def _told(screen: "Screen") -> "Iterator[Callable[[Step], None]]":
    """Show a bar per table; where the source does not say how much there is, the bar only moves."""
    with screen.progress() as bar:
        tasks = {}

        def progress(step: "Step") -> None:
            key = (step.source.id, step.table.id)
            if key not in tasks:
                tasks[key] = bar.add_task(f"{step.source.label}, {step.table.id}", total=step.expected)
            bar.update(tasks[key], completed=step.done)

        yield progress
