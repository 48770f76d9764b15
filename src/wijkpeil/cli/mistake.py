"""What the user did that cannot be done, in one sentence with what can."""

from collections.abc import Iterable
from difflib import get_close_matches

from wijkpeil.portrayal.language import Language


class MistakeError(Exception):
    """A mistake of the user: the sentence says what, where and what is allowed."""


def did_you_mean(language: Language, typed: str, allowed: Iterable[str]) -> str:
    """Suggest what was probably meant, or nothing; starts with a blank so that it can follow a sentence."""
    by_folded = {one.casefold(): one for one in allowed}
    near = [by_folded[one] for one in get_close_matches(typed.casefold(), by_folded, n=3, cutoff=0.6)]
    return " " + language.say("Bedoelde je {suggestions}?", suggestions=_either(language, near)) if near else ""


def _either(language: Language, options: list[str]) -> str:
    if len(options) < 2:
        return "".join(options)
    return language.say("{first} of {last}", first=", ".join(options[:-1]), last=options[-1])
