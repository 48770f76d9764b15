"""The templates' surroundings: strict, escaped, with the addresses and files of the site."""

from typing import Any

from django.templatetags.static import static
from django.utils import timezone
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from wijkpeil.web.design.addresses import address


def environment(**options: Any) -> Environment:
    """Make the environment in which all pages are written."""
    made = Environment(
        **{**options, "autoescape": True, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    )
    made.globals.update(static=static, address=address, local_day=timezone.localdate)
    made.filters["lines"] = lambda cell: Markup("<br>").join(line for line in cell if line)
    return made
