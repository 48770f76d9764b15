"""From what is typed to an exit code: 0 is well, 1 is faults found, 2 is a mistake of the user."""

import importlib
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from wijkpeil.cli.arguments import LANGUAGE_VARIABLE, parse, parser, spoken_language
from wijkpeil.cli.mistake import MistakeError
from wijkpeil.portrayal.language import Language, language

if TYPE_CHECKING:
    import argparse

WELL, FAULTS, MISTAKE, INTERRUPTED = 0, 1, 2, 130
DEBUG_VARIABLE = "WIJKPEIL_DEBUG"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code; a user never sees a traceback."""
    typed = list(sys.argv[1:] if arguments is None else arguments)
    tongue = language(spoken_language(typed, os.environ.get(LANGUAGE_VARIABLE)))
    try:
        return _run(typed, tongue)
    except MistakeError as mistake:
        print(mistake, file=sys.stderr)
        return MISTAKE
    except ImportError as fault:
        print(
            tongue.say("Wijkpeil is niet goed geïnstalleerd: {fault}. Zet het opnieuw op.", fault=fault),
            file=sys.stderr,
        )
        return FAULTS
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return WELL
    except KeyboardInterrupt:
        print(tongue.say("Gestopt. Er is niets half achtergebleven."), file=sys.stderr)
        return INTERRUPTED


def _run(typed: Sequence[str], tongue: Language) -> int:
    found = parse(tongue, typed)
    if found.command is None:
        parser(tongue).print_help()
        return WELL
    from wijkpeil.cli.screen import Screen

    command = importlib.import_module(f"wijkpeil.cli.{found.command}")
    screen = Screen(tongue, form=found.form)
    try:
        return int(command.run(found, screen))
    except (MistakeError, BrokenPipeError, ImportError):
        raise
    except Exception as fault:
        return _worded(fault, screen, found)


def _worded(fault: Exception, screen: "Screen", found: "argparse.Namespace") -> int:
    """Say what went wrong in the program's own words; the whole story only for who asks for it."""
    from wijkpeil.cli.faults import worded

    if os.environ.get(DEBUG_VARIABLE):
        raise fault
    sentence, code = worded(fault, screen.language)
    screen.complain(sentence)
    return code


if TYPE_CHECKING:
    from wijkpeil.cli.screen import Screen

if __name__ == "__main__":
    sys.exit(main())
