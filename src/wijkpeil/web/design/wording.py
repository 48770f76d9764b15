"""Texts of forms, which are written down before anybody knows in which language they are read."""

from django.utils.functional import lazy
from django.utils.translation import get_language

from wijkpeil.portrayal.language import language


def _said(text: str) -> str:
    return language(get_language() or "nl").say(text)


def later(text: str) -> str:
    """Say a text in the language of whoever reads it, when it is read; write it as ``later(mark("..."))``."""
    return _lazy(text)


_lazy = lazy(_said, str)
