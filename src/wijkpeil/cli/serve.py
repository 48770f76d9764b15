"""``wijkpeil serve``: the site over a shelf, on this machine or behind a proxy."""

import argparse
import os
from pathlib import Path

from wijkpeil.cli.screen import Screen
from wijkpeil.cli.start import build_example
from wijkpeil.publication.shelf import Shelf


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """Serve until stopped; the example is made where the shelf is empty."""
    shelf = Shelf(arguments.shelf)
    if not shelf.editions():
        build_example(screen, shelf)
    screen.say(
        screen.language.say(
            "De site staat op http://{host}:{port}. Stop met Ctrl+C.", host=arguments.host, port=arguments.port
        )
    )
    serve(shelf.folder, host=arguments.host, port=arguments.port, workers=arguments.workers)
    return 0


def serve(shelf: Path, *, host: str, port: int, workers: int) -> None:
    """Run the site with several workers until it is told to stop."""
    from granian import Granian
    from granian.constants import Interfaces

    os.environ["WIJKPEIL_SHELF"] = str(shelf.resolve())
    Granian(
        "wijkpeil.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=1,
        log_access=False,
    ).serve()
