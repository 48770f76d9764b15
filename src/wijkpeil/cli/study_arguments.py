"""What can be typed after ``wijkpeil study``: check, register, run, report and list."""

import argparse
from pathlib import Path
from typing import Any

from wijkpeil.cli.arguments import Parser, add_command, add_edition, add_forms
from wijkpeil.portrayal.language import Language


def add_arguments(own: argparse.ArgumentParser, language: Language) -> None:
    """Add the five things that one does with a study."""
    say = language.say
    actions = own.add_subparsers(
        dest="action", metavar=say("opdracht"), title=say("opdrachten"), required=True, parser_class=Parser
    )
    _check(actions, language)
    _register(actions, language)
    _run(actions, language)
    _report(actions, language)
    _list(actions, language)


def _check(actions: Any, language: Language) -> None:
    own = add_command(actions, language, "check", language.say("controleer studiebestanden"))
    own.add_argument(
        "files", type=Path, nargs="+", metavar=language.say("BESTAND"), help=language.say("een studiebestand (.toml)")
    )
    _policy(own, language)
    add_forms(own, language)


def _register(actions: Any, language: Language) -> None:
    say = language.say
    about = say("leg een studie vast voordat je naar de uitkomst kijkt")
    own = add_command(actions, language, "register", about)
    _file(own, language)
    own.add_argument("--by", required=True, metavar=say("NAAM"), help=say("wie de studie vastlegt"))
    own.add_argument(
        "--again", metavar=say("REDEN"), help=say("leg opnieuw vast, en zeg waarom; het oude blijft staan")
    )
    _policy(own, language)


def _run(actions: Any, language: Language) -> None:
    say = language.say
    own = add_command(actions, language, "run", say("reken een studie uit"))
    _file(own, language)
    own.add_argument(
        "--out", type=Path, metavar=say("BESTAND"), help=say("waar het resultaat komt (anders naast het studiebestand)")
    )
    add_edition(own, language)


def _report(actions: Any, language: Language) -> None:
    say = language.say
    own = add_command(actions, language, "report", say("schrijf de pagina over een studie die is uitgerekend"))
    _file(own, language)
    own.add_argument(
        "--result", type=Path, metavar=say("BESTAND"), help=say("het resultaat (anders naast het studiebestand)")
    )
    own.add_argument("--out", type=Path, metavar=say("BESTAND"), help=say("waar de pagina komt (.html)"))
    own.add_argument(
        "--overwrite", "--overschrijf", action="store_true", help=say("vervang het bestand als het er al is")
    )
    own.add_argument("--publish", action="store_true", help=say("zet het resultaat bij de edities, voor de site"))


def _list(actions: Any, language: Language) -> None:
    say = language.say
    own = add_command(actions, language, "list", say("laat zien welke studies er zijn, vastgelegd en gepubliceerd"))
    own.add_argument(
        "folder", type=Path, nargs="?", metavar=say("MAP"), help=say("de map met studiebestanden (anders studies)")
    )
    _policy(own, language)
    add_forms(own, language)


def _file(own: Parser, language: Language) -> None:
    own.add_argument("file", type=Path, metavar=language.say("BESTAND"), help=language.say("een studiebestand (.toml)"))


def _policy(own: Parser, language: Language) -> None:
    """Add where the indicators and programmes come from that a study may name."""
    add_edition(own, language)
    own.add_argument(
        "--policy",
        type=Path,
        metavar=language.say("MAP"),
        help=language.say("controleer met deze map met beleidsbestanden (anders met die van de editie)"),
    )
