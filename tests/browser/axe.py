"""What axe finds on a page that bars somebody."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT

OF_COLOUR = ("color-contrast", "link-in-text-block")
AT_REST = "Promise.all(document.getAnimations().map(one => one.finished)).then(() => 'axe' in window)"


def serious_for_axe(page: Any, *, colours: bool = True) -> list[tuple[str, str, str]]:
    """Give the faults of a page that are serious: which rule, where, and what to do about it.

    Most of its time axe looks at colours; ``colours=False`` leaves that out.
    """
    if not page.evaluate(AT_REST):
        page.evaluate(AXE_SCRIPT)
    options = {"resultTypes": ["violations"], "rules": {name: {"enabled": colours} for name in OF_COLOUR}}
    found = page.evaluate("options => axe.run(options).then(told => told.violations)", options)
    return [
        (one["id"], node["html"][:160], node.get("failureSummary", "")[:200])
        for one in found
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"][:3]
    ]
