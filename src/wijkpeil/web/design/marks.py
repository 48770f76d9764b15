"""What a view says of itself to the site around it: that it takes forms, that it lives, that it is of somebody."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.http import HttpResponseBase

View = Callable[..., HttpResponseBase]
V = TypeVar("V", bound=View)


def takes_forms(view: V) -> V:
    """Let people send something to this view; all others can only be read."""
    return _marked(view, takes_forms=True)


def living(view: V) -> V:
    """Say that a page shows rows as well as figures: it changes while its edition does not, so nobody keeps it."""
    return _marked(view, is_living=True)


def of_account(view: V) -> V:
    """Say that a page is for logging in and out: it is there for who has no second factor yet, and it has the frame."""
    return _marked(view, is_of_account=True)


def says(view: object, mark: str) -> bool:
    """Say whether a view carries a mark."""
    return bool(getattr(view, mark, False))


def _marked(view: V, **marks: bool) -> V:
    @wraps(view)
    def marked(*arguments: Any, **parts: Any) -> HttpResponseBase:
        return view(*arguments, **parts)

    marked.__dict__.update(marks)
    return cast(V, marked)
