"""In which form a document is made: by ``--format``, and without that by the end of the file that is named."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from wijkpeil.cli.mistake import MistakeError
from wijkpeil.portrayal.language import Language

if TYPE_CHECKING:
    from wijkpeil.cli.arguments import Parser

FORMS = ("pdf", "html", "docx", "tables", "charts", "all")
"""The names of all forms, so that help is there without reading who makes them; a test holds them to the makers."""


def add_format(own: "Parser", language: Language) -> None:
    """Add the choice of a form."""
    own.add_argument(
        "--format",
        dest="report_format",
        choices=FORMS,
        default=None,
        help=language.say(
            "de vorm: pdf, html (één pagina), docx (Word), tables (CSV), charts (SVG en PNG) of all; anders volgt de "
            "vorm uit de naam van het bestand"
        ),
    )


def form_of_file(arguments: argparse.Namespace, out: Path | None, language: Language) -> str:
    """Tell in which form a file is made; raises ``MistakeError`` where neither the file nor anybody says so."""
    from wijkpeil.reports.formats import FORMATS, form_of

    form = form_of(out, arguments.report_format)
    if form is None:
        endings = ", ".join(dict.fromkeys(one.ending for one in FORMATS.values()))
        raise MistakeError(
            language.say(
                "Aan de naam {out} is niet te zien welke vorm je wilt. Laat hem eindigen op {endings}, of noem "
                "--format.",
                out=out,
                endings=endings,
            )
        )
    return form


def ending_of(form: str) -> str:
    """Give how the file of a form ends."""
    from wijkpeil.reports.formats import FORMATS

    return FORMATS[form].ending
