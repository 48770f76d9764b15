"""``wijkpeil init``: a policy folder of your own to start from."""

import argparse

from wijkpeil import catalogue
from wijkpeil.cli.mistake import MistakeError
from wijkpeil.cli.screen import Screen
from wijkpeil.domain.complaint import FaultsFound


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """Lay down the starter and say what to do with it."""
    say, folder = screen.language.say, arguments.folder
    try:
        files = catalogue.lay_down(folder)
    except FaultsFound:
        sentence = say(
            "In {folder} staat al iets. Dat overschrijven we niet: kies een nieuwe of lege map.", folder=folder
        )
        raise MistakeError(sentence) from None
    for file in files:
        screen.say(f"  {file}")
    screen.say(say("Dit is je eigen beleidsmap. Verander de bestanden en controleer ze met:"))
    screen.say(f"  wijkpeil check {folder}", "bold")
    screen.say(say("Maak daarna een editie met:"))
    screen.say(say("  wijkpeil build --policy {folder} --data MAP", folder=folder), "bold")
    return 0
