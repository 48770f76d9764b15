"""What can be typed after ``wijkpeil``; it reads nothing else, so that ``--help`` is there at once."""

import argparse
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from wijkpeil.cli.keeping_arguments import add_backup, add_erase, add_logbook, add_migrate, add_restore
from wijkpeil.cli.mistake import MistakeError, did_you_mean
from wijkpeil.cli.parser_words import speak
from wijkpeil.cli.programme_arguments import add_programme
from wijkpeil.cli.site_arguments import add_accounts, add_example, add_nothing
from wijkpeil.portrayal.language import CODES, Language, mark

SHELF_VARIABLE = "WIJKPEIL_SHELF"
LANGUAGE_VARIABLE = "WIJKPEIL_LANG"
DEFAULT_SHELF = "edities"

COMMANDS = {
    "start": mark("bouw het voorbeeld (een verzonnen land) en laat het zien"),
    "example": mark("vul een lege databank met het leven van een verzonnen programma"),
    "build": mark("maak van een map met bestanden een editie"),
    "overview": mark("laat zien wat er in een editie staat"),
    "show": mark("laat de cijfers van een gebied zien, naast de stad en gelijkende wijken"),
    "compare": mark("zet gebieden naast elkaar"),
    "profile": mark("schrijf een pagina over een gebied"),
    "funnel": mark("laat zien welke gebieden van een stad meer afwijken dan toeval, met een plaatje"),
    "outcomes": mark("tel in hoeveel wijken van een programma de achterstand kleiner werd, naast wat toeval geeft"),
    "editions": mark("laat zien welke edities er zijn"),
    "publish": mark("laat lezers een editie zien, houd hem achter of trek hem in"),
    "check": mark("controleer de beleidsbestanden"),
    "study": mark("leg vooraf vast wat je onderzoekt, reken uit of het hielp en laat het zien"),
    "calibrate": mark("bewijs de marges en oordelen op landen waarvan we de waarheid kennen"),
    "report": mark("maak profielen om te drukken en te bewaren (PDF)"),
    "init": mark("begin met een eigen map met beleidsbestanden"),
    "table": mark("beschrijf je eigen tabel"),
    "fetch": mark("haal de echte cijfers op (met internet)"),
    "serve": mark("zet de site aan"),
    "accounts": mark("maak iemand beheerder van de site"),
    "programme": mark("lees bestaande afspraken in uit Excel, of neem alles van een programma mee"),
    "migrate": mark("werk de databank van de site bij"),
    "logbook": mark("controleer of niemand het logboek veranderde, of geef het slot om te publiceren"),
    "backup": mark("maak een reservekopie van de databank van de site"),
    "restore": mark("zet een reservekopie terug in een lege databank"),
    "erase": mark("wis gegevens over mensen waarvan de bewaartermijn voorbij is"),
}


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks our language and never ends the program for a mistake by itself."""

    language: Language

    def error(self, message: str) -> NoReturn:
        """Raise the mistake with the way to the help."""
        see = self.language.say("Zie: {program} --help", program=self.prog)
        raise MistakeError(f"{message[:1].upper()}{message[1:].rstrip('.')}. {see}")


def spoken_language(arguments: Sequence[str], variable: str | None) -> str:
    """Find the language before anything else is read, because the help itself is in it."""
    for place, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return _known(argument.removeprefix("--lang="))
        if argument == "--lang" and place + 1 < len(arguments):
            return _known(arguments[place + 1])
    return _known(variable or "nl")


def parser(language: Language) -> Parser:
    """Make the parser of the whole command, in one language."""
    speak(language)
    say = language.say
    main = _new(
        language,
        prog="wijkpeil",
        description=say("Wijkpeil volgt wijken met cijfers die je kunt narekenen."),
        epilog=say("Begin met: wijkpeil start"),
    )
    main.add_argument("--version", action="version", version=_version(), help=say("toon de versie"))
    _everywhere(main, language)
    commands = main.add_subparsers(
        dest="command", metavar=say("opdracht"), title=say("opdrachten"), parser_class=Parser
    )
    for name, about in COMMANDS.items():
        own = add_command(commands, language, name, say(about))
        _ADDITIONS[name](own, language)
    return main


def parse(language: Language, arguments: Sequence[str]) -> argparse.Namespace:
    """Read what was typed; raises ``MistakeError`` for what cannot be understood."""
    typed = parser(language)
    first = next((one for one in arguments if not one.startswith("-")), None)
    found = argparse.Namespace(shelf=Path(os.environ.get(SHELF_VARIABLE) or DEFAULT_SHELF), form="screen")
    try:
        found = typed.parse_args(arguments, found)
    except MistakeError as mistake:
        if first is None or first in COMMANDS or _follows_option(arguments, first):
            raise
        hint = did_you_mean(language, first, COMMANDS)
        raise MistakeError(
            language.say("De opdracht {name} bestaat niet.", name=repr(first)) + (hint or f" {mistake}")
        ) from None
    return found


def _follows_option(arguments: Sequence[str], word: str) -> bool:
    place = list(arguments).index(word)
    return place > 0 and arguments[place - 1] in {"--lang", "--shelf"}


def _new(language: Language, **options: Any) -> Parser:
    made = Parser(formatter_class=argparse.HelpFormatter, allow_abbrev=False, **options)
    made.language = language
    return made


def add_command(commands: Any, language: Language, name: str, about: str) -> Parser:
    """Add a command, or an action of one, with what may stand after every command."""
    own: Parser = commands.add_parser(
        name, help=about, description=about[:1].upper() + about[1:] + ".", allow_abbrev=False
    )
    own.language = language
    _everywhere(own, language)
    return own


def _everywhere(own: Parser, language: Language) -> None:
    """Add what may stand before and after the name of a command."""
    group = own.add_argument_group(language.say("altijd mogelijk"))
    group.add_argument(
        "--shelf",
        type=Path,
        metavar=language.say("MAP"),
        default=argparse.SUPPRESS,
        help=language.say(
            "de map met edities (anders {variable}, anders {default})", variable=SHELF_VARIABLE, default=DEFAULT_SHELF
        ),
    )
    group.add_argument(
        "--lang",
        choices=CODES,
        default=argparse.SUPPRESS,
        help=language.say("de taal: nl of en (anders {variable}, anders nl)", variable=LANGUAGE_VARIABLE),
    )


def add_forms(own: Parser, language: Language, *, with_page: bool = False) -> None:
    """Add the forms in which a program reads the same."""
    forms = own.add_mutually_exclusive_group()
    page = [("markdown", language.say("schrijf een pagina in Markdown"))] if with_page else []
    for form, about in (
        ("json", language.say("schrijf JSON voor een programma")),
        ("csv", language.say("schrijf CSV voor een rekenblad of programma")),
        *page,
    ):
        forms.add_argument(
            f"--{form}", dest="form", action="store_const", const=form, default=argparse.SUPPRESS, help=about
        )


def add_edition(own: Parser, language: Language) -> None:
    """Add the choice of an edition."""
    own.add_argument("--edition", metavar="ID", help=language.say("welke editie (anders de nieuwste)"))


def _choice(own: Parser, language: Language, *, with_page: bool = False) -> None:
    own.add_argument(
        "--indicator", metavar=language.say("TEKST"), help=language.say("alleen indicatoren met deze tekst")
    )
    own.add_argument("--theme", metavar=language.say("THEMA"), help=language.say("alleen dit thema"))
    add_edition(own, language)
    add_forms(own, language, with_page=with_page)


def _show(own: Parser, language: Language) -> None:
    own.add_argument("area", metavar=language.say("GEBIED"), help=language.say("naam, code of postcode"))
    _choice(own, language)


def _compare(own: Parser, language: Language) -> None:
    own.add_argument("areas", metavar=language.say("GEBIED"), nargs="+", help=language.say("naam, code of postcode"))
    _choice(own, language)


def _profile(own: Parser, language: Language) -> None:
    own.add_argument("area", metavar=language.say("GEBIED"), help=language.say("naam, code of postcode"))
    own.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar=language.say("BESTAND"),
        help=language.say("waar de pagina komt (.html)"),
    )
    own.add_argument(
        "--overwrite", "--overschrijf", action="store_true", help=language.say("vervang het bestand als het er al is")
    )
    add_edition(own, language)


def _funnel(own: Parser, language: Language) -> None:
    say = language.say
    own.add_argument("indicator", metavar=say("INDICATOR"), help=say("id of naam van één indicator"))
    own.add_argument("--city", metavar=say("GEMEENTE"), help=say("welke stad (anders alle gemeenten van het land)"))
    own.add_argument("--level", choices=("wijk", "buurt"), default="wijk", help=say("wijk of buurt (anders wijk)"))
    own.add_argument("--period", type=int, metavar=say("JAAR"), help=say("welk jaar (anders het laatste)"))
    own.add_argument("--out", type=Path, metavar=say("BESTAND"), help=say("waar het plaatje komt (.svg)"))
    own.add_argument(
        "--overwrite", "--overschrijf", action="store_true", help=say("vervang het bestand als het er al is")
    )
    add_edition(own, language)
    add_forms(own, language)


def _outcomes(own: Parser, language: Language) -> None:
    say = language.say
    own.add_argument("--programme", metavar="ID", help=say("welk programma (anders dat van de editie)"))
    own.add_argument("--comparator", metavar=say("NAAST"), help=say("naast wat, zoals rest_of_city of G4"))
    _choice(own, language, with_page=True)


def _build(own: Parser, language: Language) -> None:
    say = language.say
    own.add_argument(
        "--data", type=Path, required=True, metavar=say("MAP"), help=say("de map met gedownloade bestanden")
    )
    own.add_argument(
        "--policy",
        type=Path,
        metavar=say("MAP"),
        help=say("de map met beleidsbestanden (anders die van Wijkpeil zelf)"),
    )
    own.add_argument("--edition", metavar="ID", help=say("de naam van de editie (anders de maand)"))
    own.add_argument(
        "--audience", default="openbaar", metavar=say("PUBLIEK"), help=say("voor wie de editie is (anders openbaar)")
    )
    own.add_argument(
        "--accept-complaints",
        "--neem-mee",
        action="store_true",
        help=say("neem mee wat wel goed is; de klachten blijven in de editie staan"),
    )
    own.add_argument("--draft", action="store_true", help=say("maak een concept: lezers zien het pas na publish"))
    add_forms(own, language)


def _publish(own: Parser, language: Language) -> None:
    say = language.say
    own.add_argument("id", metavar="ID", help=say("de naam van de editie"))
    ways = own.add_mutually_exclusive_group()
    ways.add_argument("--embargo", metavar=say("TIJDSTIP"), help=say("pas vanaf dan, zoals 2026-12-01T00:01"))
    ways.add_argument("--draft", action="store_true", help=say("maak er een concept van: niemand ziet het op de site"))
    ways.add_argument("--withdraw", action="store_true", help=say("trek de editie in; de reden blijft staan"))
    own.add_argument("--reason", metavar=say("TEKST"), help=say("waarom de editie wordt ingetrokken"))


def _editions(own: Parser, language: Language) -> None:
    say = language.say
    own.add_argument(
        "--compare", nargs=2, metavar=(say("OUD"), say("NIEUW")), help=say("tel wat er veranderde tussen twee edities")
    )
    add_forms(own, language)


def _check(own: Parser, language: Language) -> None:
    own.add_argument(
        "folder",
        type=Path,
        nargs="?",
        metavar=language.say("MAP"),
        help=language.say("de map met beleidsbestanden (anders die van Wijkpeil zelf)"),
    )
    add_forms(own, language)


def _calibrate(own: Parser, language: Language) -> None:
    own.add_argument("--quick", action="store_true", help=language.say("een korte proef (een paar minuten)"))
    own.add_argument(
        "--seed",
        type=_seed(language),
        metavar=language.say("GETAL"),
        help=language.say("waarmee het toeval begint: hetzelfde getal geeft dezelfde tabel"),
    )
    add_forms(own, language)


def _seed(language: Language) -> Callable[[str], int]:
    def seed(typed: str) -> int:
        if not (typed.isascii() and typed.isdigit()):
            raise argparse.ArgumentTypeError(
                language.say("{typed} kan hier niet: kies een heel getal van 0 of meer", typed=repr(typed))
            )
        return int(typed)

    return seed


def _init(own: Parser, language: Language) -> None:
    own.add_argument("folder", type=Path, metavar=language.say("MAP"), help=language.say("een nieuwe of lege map"))


def _table(own: Parser, language: Language) -> None:
    actions = own.add_subparsers(
        dest="action",
        metavar=language.say("opdracht"),
        title=language.say("opdrachten"),
        required=True,
        parser_class=Parser,
    )
    about = language.say("raad wat er in een tabel staat en schrijf een bestand dat je kunt verbeteren")
    describe = add_command(actions, language, "describe", about)
    describe.add_argument(
        "file", type=Path, metavar=language.say("BESTAND"), help=language.say("een CSV- of Excelbestand")
    )
    describe.add_argument(
        "--overwrite", "--overschrijf", action="store_true", help=language.say("vervang het bestand als het er al is")
    )


def _overview(own: Parser, language: Language) -> None:
    add_edition(own, language)
    add_forms(own, language)


def _study(own: Parser, language: Language) -> None:
    from wijkpeil.cli import study_arguments

    study_arguments.add_arguments(own, language)


def _report(own: Parser, language: Language) -> None:
    from wijkpeil.cli import report_arguments

    report_arguments.add_arguments(own, language)


def _serve(own: Parser, language: Language) -> None:
    say = language.say
    own.add_argument("--host", default="127.0.0.1", help=say("het adres waarop de site luistert (anders 127.0.0.1)"))
    own.add_argument(
        "--port", type=int, default=8000, metavar=say("NUMMER"), help=say("de poort van de site (anders 8000)")
    )
    own.add_argument(
        "--workers", type=int, default=2, metavar=say("AANTAL"), help=say("hoeveel processen antwoorden (anders 2)")
    )


def _fetch(own: Parser, language: Language) -> None:
    from wijkpeil.cli import fetch

    fetch.add_arguments(own, language)


_ADDITIONS: dict[str, Callable[[Parser, Language], None]] = {
    "start": add_nothing,
    "example": add_example,
    "build": _build,
    "overview": _overview,
    "show": _show,
    "compare": _compare,
    "profile": _profile,
    "funnel": _funnel,
    "outcomes": _outcomes,
    "editions": _editions,
    "publish": _publish,
    "check": _check,
    "study": _study,
    "calibrate": _calibrate,
    "report": _report,
    "init": _init,
    "table": _table,
    "fetch": _fetch,
    "serve": _serve,
    "accounts": add_accounts,
    "programme": add_programme,
    "migrate": add_migrate,
    "logbook": add_logbook,
    "backup": add_backup,
    "restore": add_restore,
    "erase": add_erase,
}


def _known(code: str) -> str:
    return code if code in CODES else "nl"


def _version() -> str:
    from importlib.metadata import version

    return f"Wijkpeil {version('wijkpeil')}"
