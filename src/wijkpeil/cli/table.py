"""``wijkpeil table describe``: a first guess at your own table, written down for you to correct."""

import argparse

from wijkpeil.cli.complaints import show_complaints
from wijkpeil.cli.mistake import MistakeError
from wijkpeil.cli.screen import Screen
from wijkpeil.portrayal.table import Table
from wijkpeil.sources.table import MAPPING_FILE
from wijkpeil.sources.table.describe import Description, describe
from wijkpeil.sources.table.written import to_toml


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """Describe a file and write the description beside it; one that is there already is never lost."""
    say, file = screen.language.say, arguments.file
    if not file.is_file():
        raise MistakeError(say("Het bestand {file} bestaat niet.", file=file))
    target = file.with_name(file.name + MAPPING_FILE)
    if target.exists() and not arguments.overwrite:
        raise MistakeError(say("Het bestand {out} bestaat al. Vervang het met --overschrijf.", out=target))
    description = describe(file.read_bytes(), file=file.name)
    target.write_text(to_toml(description), encoding="utf-8")
    _report(screen, description)
    screen.say(say("Dit is een gok. Kijk haar na en verbeter haar in: {file}", file=target), "bold")
    return 0


def _report(screen: Screen, description: Description) -> None:
    say, layout = screen.language.say, description.layout
    roles = {
        layout.code_column: say("code van het gebied"),
        layout.name_column: say("naam van het gebied"),
        layout.period_column: say("jaar"),
        layout.indicator_column: say("welk cijfer"),
    }
    rows = tuple(
        (
            (column.name,),
            (roles.get(column.name) or (say("cijfers") if column.is_figure else say("tekst")),),
            (screen.language.whole(column.filled),),
            (column.example,),
        )
        for column in description.columns
    )
    caption = screen.language.say_count(
        "{file}: {count} rij", "{file}: {count} rijen", description.rows, file=description.file
    )
    headers = (say("Kolom"), say("Lijkt op"), say("Gevuld"), say("Zoals"))
    screen.table(Table(caption=caption, headers=headers, rows=rows))
    for key, doubt in description.doubts.items():
        screen.say(say("Kijk na ({key}): {doubt}", key=key, doubt=doubt))
    show_complaints(screen, description.complaints)
