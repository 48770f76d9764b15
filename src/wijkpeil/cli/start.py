"""``wijkpeil start``: the example, built where there is none yet, and an overview of it."""

import argparse
import tempfile
from pathlib import Path

from wijkpeil.cli.build import build_with_progress
from wijkpeil.cli.overview import show_overview
from wijkpeil.cli.screen import Screen
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.shelf import Shelf
from wijkpeil.sources import example

EDITION = "voorbeeld"


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """Show the example; a second start finds it on the shelf."""
    shelf = Shelf(arguments.shelf)
    if EDITION in {manifest.id for manifest in shelf.editions()}:
        edition = shelf.open(EDITION)
    else:
        edition = _built(screen, shelf)
    show_overview(screen, edition)
    return 0


def _built(screen: Screen, shelf: Shelf) -> Edition:
    screen.complain(screen.language.say("We maken het voorbeeld: een verzonnen land. Dat duurt even."))
    with tempfile.TemporaryDirectory(prefix="wijkpeil-") as folder:
        country = Path(folder)
        example.write(country)
        return build_with_progress(
            screen,
            policy_folder=country / "beleid",
            data_folder=country / "data",
            shelf=shelf,
            id_=EDITION,
            accept_complaints=True,
        )
