"""What can be typed after ``wijkpeil programme``: the template, a workbook that comes in, and what goes out."""

from pathlib import Path
from typing import TYPE_CHECKING

from wijkpeil.portrayal.language import Language

if TYPE_CHECKING:
    from wijkpeil.cli.arguments import Parser


def add_programme(own: "Parser", language: Language) -> None:
    """Add the actions and what stands behind each."""
    from wijkpeil.cli.arguments import Parser, add_command

    say = language.say
    actions = own.add_subparsers(
        dest="action", metavar=say("opdracht"), title=say("opdrachten"), required=True, parser_class=Parser
    )
    template = add_command(actions, language, "template", say("schrijf het sjabloon voor bestaande afspraken (Excel)"))
    template.add_argument("file", type=Path, metavar=say("BESTAND"), help=say("waar het sjabloon komt (.xlsx)"))
    brought = add_command(actions, language, "import", say("lees een ingevuld sjabloon in, als concepten"))
    brought.add_argument("file", type=Path, metavar=say("BESTAND"), help=say("het ingevulde sjabloon (.xlsx)"))
    ways = brought.add_mutually_exclusive_group()
    ways.add_argument("--trial", "--proef", action="store_true", help=say("zeg wat er zou gebeuren, en bewaar niets"))
    ways.add_argument(
        "--only-good", "--alleen-goed", action="store_true", help=say("lees de goede regels in, ook als er foute zijn")
    )
    brought.add_argument("--report", type=Path, metavar=say("BESTAND"), help=say("waar het verslag komt (.xlsx)"))
    archive = add_command(
        actions, language, "archive", say("neem alles mee, ook concepten en het logboek (controleur)")
    )
    archive.add_argument("--out", type=Path, required=True, metavar=say("BESTAND"), help=say("waar het archief komt"))
    state = add_command(
        actions, language, "state", say("schrijf de openbare stand van een programma, voor een rapport")
    )
    state.add_argument("--out", type=Path, required=True, metavar=say("BESTAND"), help=say("waar de stand komt (JSON)"))
    state.add_argument(
        "--on", metavar=say("DATUM"), help=say("de dag die erop staat, zoals 2026-11-24 (anders vandaag)")
    )
    for one in (template, archive, state):
        one.add_argument(
            "--overwrite", "--overschrijf", action="store_true", help=say("vervang het bestand als het er al is")
        )
    for one in (template, brought, archive, state):
        one.add_argument("--programme", metavar="ID", help=say("welk programma (anders het eerste van de editie)"))
    for one in (brought, archive):
        one.add_argument("--as", dest="email", required=True, metavar="EMAIL", help=say("wiens account dit doet"))
