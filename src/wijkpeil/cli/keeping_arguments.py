"""What can be typed after the commands that keep the database safe: its tables, its backups and its terms."""

from pathlib import Path
from typing import TYPE_CHECKING

from wijkpeil.portrayal.language import Language

if TYPE_CHECKING:
    from wijkpeil.cli.arguments import Parser


def add_migrate(own: "Parser", language: Language) -> None:
    """Add the role of the site, which may do less than the owner of the tables."""
    own.add_argument(
        "--site-role",
        metavar=language.say("ROL"),
        help=language.say("geef deze rol van PostgreSQL wat de site nodig heeft, en niet meer"),
    )


def add_backup(own: "Parser", language: Language) -> None:
    """Add the file of a backup."""
    own.add_argument(
        "file", type=Path, metavar=language.say("BESTAND"), help=language.say("waar de reservekopie komt (.zip)")
    )


def add_restore(own: "Parser", language: Language) -> None:
    """Add the file of a backup, and the list of what was erased since."""
    own.add_argument("file", type=Path, metavar=language.say("BESTAND"), help=language.say("de reservekopie"))
    own.add_argument(
        "--erased",
        type=Path,
        action="append",
        metavar=language.say("LIJST"),
        help=language.say("een lijst van wat gewist is, naast die van deze site (wijkpeil.gewist); mag vaker"),
    )


def add_erase(own: "Parser", language: Language) -> None:
    """Add a try at erasing, and the one thing of which the law asks that its texts go."""
    own.add_argument("--dry-run", action="store_true", help=language.say("laat alleen zien wat er gewist zou worden"))
    own.add_argument(
        "--texts-of",
        metavar=language.say("SLEUTEL"),
        help=language.say("maak de teksten van één afspraak, onderdeel of besluit leeg, omdat de wet dat vraagt"),
    )
    own.add_argument("--reason", metavar=language.say("TEKST"), help=language.say("waarom dat moet, zonder namen"))


def add_logbook(own: "Parser", language: Language) -> None:
    """Add what is done with the logbook: checking it, and giving its head."""
    from wijkpeil.cli.arguments import Parser, add_command, add_forms

    say = language.say
    actions = own.add_subparsers(
        dest="action", metavar=say("opdracht"), title=say("opdrachten"), required=True, parser_class=Parser
    )
    verify = add_command(actions, language, "verify", say("loop alle regels na"))
    verify.add_argument(
        "--head",
        dest="kept",
        metavar=say("SLOT"),
        help=say("een slot dat je bewaarde: zo zie je ook of er is afgeknipt"),
    )
    add_forms(verify, language)
    add_forms(add_command(actions, language, "head", say("geef het slot van de laatste regel")), language)
