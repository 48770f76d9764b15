"""What can be typed after ``wijkpeil report``."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from wijkpeil.portrayal.language import Language

if TYPE_CHECKING:
    from wijkpeil.cli.arguments import Parser


def add_arguments(own: "Parser", language: Language) -> None:
    """Add the documents that can be made."""
    from wijkpeil.cli.arguments import Parser, add_command, add_edition

    say = language.say
    actions = own.add_subparsers(
        dest="action", metavar=say("opdracht"), title=say("opdrachten"), required=True, parser_class=Parser
    )
    one = add_command(actions, language, "profile", say("maak het profiel van een gebied"))
    one.add_argument("area", metavar=say("GEBIED"), help=say("naam, code of postcode"))
    one.add_argument(
        "--out", type=Path, metavar=say("BESTAND"), help=say("waar het profiel komt (anders profiel-CODE.pdf)")
    )
    _common(one, language)
    many = add_command(actions, language, "profiles", say("maak de profielen van alle wijken van een programma"))
    many.add_argument("--programme", metavar="ID", help=say("welk programma (anders dat van de editie)"))
    many.add_argument(
        "--out", type=Path, metavar=say("MAP"), help=say("in welke map elk profiel een eigen bestand wordt")
    )
    many.add_argument("--book", type=Path, metavar=say("BESTAND"), help=say("waar één boek met alle profielen komt"))
    _common(many, language)
    issue = add_command(actions, language, "magazine", say("maak het magazine van een programma"))
    issue.add_argument("--programme", metavar="ID", help=say("welk programma (anders dat van de editie)"))
    issue.add_argument("--out", type=Path, required=True, metavar=say("BESTAND"), help=say("waar het magazine komt"))
    _archive(issue, language)
    _common(issue, language)
    again = add_command(actions, language, "rebuild", say("maak een bevroren rapport opnieuw uit zijn archief"))
    again.add_argument("file", type=Path, metavar=say("ARCHIEF"), help=say("het archief (zip)"))
    again.add_argument("--out", type=Path, metavar=say("BESTAND"), help=say("waar het rapport komt"))
    again.add_argument("--overwrite", "--overschrijf", action="store_true", help=say("vervang wat er al is"))
    add_edition(again, language)
    letter = add_command(
        actions, language, "progress", say("maak de voortgangsrapportage uit een tekst met verwijzingen")
    )
    letter.add_argument("text", type=Path, metavar=say("TEKST"), help=say("een Markdown-bestand, of een map"))
    letter.add_argument("--programme", metavar="ID", help=say("welk programma (anders dat van de editie)"))
    letter.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar=say("BESTAND"),
        help=say("waar het rapport komt, zoals rapport.pdf; .md is de tekst"),
    )
    _archive(letter, language)
    _common(letter, language)
    start = add_command(actions, language, "text", say("begin met de tekst van een voorbeeldrapport"))
    start.add_argument("--out", type=Path, required=True, metavar=say("MAP"), help=say("in welke map de tekst komt"))
    proof = add_command(
        actions, language, "check", say("zeg wat elke verwijzing in een tekst wordt, en wat er fout is")
    )
    proof.add_argument("text", type=Path, metavar=say("TEKST"), help=say("een Markdown-bestand, of een map"))
    proof.add_argument("--programme", metavar="ID", help=say("welk programma (anders dat van de editie)"))
    proof.add_argument("--state", type=Path, metavar=say("BESTAND"), help=say("de stand van het programma (JSON)"))
    proof.add_argument(
        "--json",
        dest="form",
        action="store_const",
        const="json",
        default=argparse.SUPPRESS,
        help=say("schrijf JSON voor een programma"),
    )
    add_edition(proof, language)


def _common(own: "Parser", language: Language) -> None:
    from wijkpeil.cli.arguments import add_edition
    from wijkpeil.cli.report_formats import add_format

    say = language.say
    add_format(own, language)
    own.add_argument("--state", type=Path, metavar=say("BESTAND"), help=say("de stand van het programma (JSON)"))
    own.add_argument(
        "--site", default="", metavar="URL", help=say("waar de site staat, voor het adres in het document")
    )
    own.add_argument("--overwrite", "--overschrijf", action="store_true", help=say("vervang wat er al is"))
    add_edition(own, language)


def _archive(own: "Parser", language: Language) -> None:
    say = language.say
    own.add_argument(
        "--archive",
        type=Path,
        metavar=say("BESTAND"),
        help=say("waar het archief komt, om het later weer te maken (zip)"),
    )
