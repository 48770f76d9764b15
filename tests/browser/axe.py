"""What axe finds on a page that bars somebody."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe

AXE = Axe()


def serious_for_axe(page: Any) -> list[tuple[str, str, str]]:
    """Give the faults of a page that are serious: which rule, where, and what to do about it."""
    found = AXE.run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        (one["id"], node["html"][:160], node.get("failureSummary", "")[:200])
        for one in found
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"][:3]
    ]
