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
    show_overview(screen, shelf.open(EDITION) if has_example(shelf) else build_example(screen, shelf))
    return 0


def has_example(shelf: Shelf) -> bool:
    """Say whether the example stands on a shelf."""
    return EDITION in {manifest.id for manifest in shelf.editions()}


def build_example(screen: Screen, shelf: Shelf) -> Edition:
    """Draw the invented country and build its edition."""
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
