"""The sentences of Python's own argument parser in our languages.

``argparse`` looks its sentences up through the names ``_`` and ``ngettext`` of its module; replacing those two is the
one way to translate it without the language settings of the machine.
"""

import argparse

from wijkpeil.portrayal.language import Language

DUTCH = {
    "usage: ": "gebruik: ",
    "argument %(argument_name)s: %(message)s": "argument %(argument_name)s: %(message)s",
    "unknown parser %(parser_name)r (choices: %(choices)s)": "onbekend: %(parser_name)r (kies uit: %(choices)s)",
    'argument "-" with mode %r': 'argument "-" kan niet met %r',
    "can't open '%(filename)s': %(error)s": "kan '%(filename)s' niet openen: %(error)s",
    "positional arguments": "argumenten",
    "options": "opties",
    "subcommands": "opdrachten",
    "show this help message and exit": "toon deze uitleg",
    "show program's version number and exit": "toon de versie",
    "unrecognized arguments: %s": "onbekend argument: %s",
    "not allowed with argument %s": "kan niet samen met %s",
    "ignored explicit argument %r": "hier hoort geen waarde: %r",
    "the following arguments are required: %s": "dit ontbreekt: %s",
    "one of the arguments %s is required": "een van deze is nodig: %s",
    "expected one argument": "hier hoort één waarde",
    "expected at most one argument": "hier hoort hoogstens één waarde",
    "expected at least one argument": "hier hoort minstens één waarde",
    "expected %s argument": "hier hoort %s waarde",
    "expected %s arguments": "hier horen %s waarden",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s kan dit allemaal zijn: %(matches)s",
    "unexpected option string: %s": "onverwachte optie: %s",
    "invalid %(type)s value: %(value)r": "%(value)r kan hier niet (%(type)s)",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r kan niet; kies uit: %(choices)s",
    "invalid choice: %(value)r, maybe you meant %(suggestion)r? (choose from %(choices)s)": (
        "%(value)r kan niet; bedoelde je %(suggestion)r? Kies uit: %(choices)s"
    ),
    "%(prog)s: error: %(message)s\n": "%(prog)s: fout: %(message)s\n",
    "%(prog)s: warning: %(message)s\n": "%(prog)s: let op: %(message)s\n",
    "option '%(option)s' is deprecated": "de optie '%(option)s' verdwijnt",
    "argument '%(argument_name)s' is deprecated": "het argument '%(argument_name)s' verdwijnt",
    "command '%(parser_name)s' is deprecated": "de opdracht '%(parser_name)s' verdwijnt",
}
"""Every sentence of ``argparse`` that a user may see, and what it is in Dutch."""

MEANT_FOR_PROGRAMMERS = {
    ".__call__() not defined",
    "conflicting subparser: %s",
    "conflicting subparser alias: %s",
    "cannot merge actions - two groups are named %r",
    "'required' is an invalid argument for positionals",
    "invalid option string %(option)r: must start with a character %(prefix_chars)r",
    "dest= is required for options like %r",
    "invalid conflict_resolution value: %r",
    "mutually exclusive arguments must be optional",
    "cannot have multiple subparser arguments",
    "%r is not callable",
    "conflicting option string: %s",
    "conflicting option strings: %s",
}
"""Sentences of ``argparse`` about how a parser is made, which no user ever sees."""


def speak(language: Language) -> None:
    """Let ``argparse`` speak this language from now on."""

    def say(text: str) -> str:
        dutch = DUTCH.get(text)
        if dutch is None or language.code == "en":
            return text
        return dutch

    def say_count(one: str, many: str, count: int) -> str:
        return say(one if count == 1 else many)

    vars(argparse).update({"_": say, "ngettext": say_count})
