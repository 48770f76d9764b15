"""``wijkpeil start``: the example, built where there is none yet, with the life of its programme, and an overview.

All that builds is imported where it builds: a second start has nothing to build, and is there sooner.
"""

import argparse
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from wijkpeil.cli.example import tell_where_empty
from wijkpeil.cli.overview import show_overview
from wijkpeil.cli.screen import Screen
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.shelf import Shelf

EDITION = "voorbeeld"


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """Show the example; a second start finds it on the shelf."""
    shelf = Shelf(arguments.shelf)
    show_overview(screen, shelf.open(EDITION) if has_example(shelf) else build_example(screen, shelf))
    tell_where_empty(arguments, screen)
    return 0


def has_example(shelf: Shelf) -> bool:
    """Say whether the example stands on a shelf."""
    return EDITION in {manifest.id for manifest in shelf.editions()}


def build_example(screen: Screen, shelf: Shelf) -> Edition:
    """Draw the invented country and build its edition."""
    from wijkpeil.cli.build import build_with_progress
    from wijkpeil.sources import example

    screen.complain(screen.language.say("We maken het voorbeeld: een verzonnen land. Dat duurt even."))
    with tempfile.TemporaryDirectory(prefix="wijkpeil-") as folder:
        country = Path(folder)
        example.write(country)
        edition = build_with_progress(
            screen,
            policy_folder=country / "beleid",
            data_folder=country / "data",
            shelf=shelf,
            id_=EDITION,
            accept_complaints=True,
        )
        publish_studies(country / "studies", edition, shelf, now=datetime.now(tz=UTC))
    return edition


def publish_studies(folder: Path, edition: Edition, shelf: Shelf, *, now: datetime) -> None:
    """Compute every study of a folder on an edition and show it to readers."""
    from wijkpeil.catalogue import read_studies
    from wijkpeil.publication.evidence_library import publish_study
    from wijkpeil.publication.studying import run_study

    for study in read_studies(folder, policy=edition.policy)[0]:
        publish_study(shelf, run_study(study, edition, computed_on=now.date()), now=now)
