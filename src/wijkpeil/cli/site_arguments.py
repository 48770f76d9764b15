"""What can be typed after the commands that keep the site: its people and its database."""

from typing import TYPE_CHECKING

from wijkpeil.portrayal.language import Language

if TYPE_CHECKING:
    from wijkpeil.cli.arguments import Parser


def add_accounts(own: "Parser", language: Language) -> None:
    """Add the one thing that is done to accounts here: making an administrator."""
    say = language.say
    own.add_argument("action", choices=("administrator",), help=say("maak iemand beheerder"))
    own.add_argument("email", metavar="EMAIL", help=say("het e-mailadres"))
    own.add_argument("--name", required=True, metavar=say("NAAM"), help=say("hoe iemand heet"))
    own.add_argument(
        "--programme",
        action="append",
        metavar="ID",
        help=say("van welk programma (anders elk programma van de nieuwste editie); mag vaker"),
    )


def add_nothing(own: "Parser", language: Language) -> None:
    """Add nothing: the command says it all."""


def add_example(own: "Parser", language: Language) -> None:
    """Add the one thing of the example that is loaded apart: the life of its programme."""
    own.add_argument(
        "part", choices=("programme",), help=language.say("zet het leven van het programma in de databank")
    )
