"""Takes the pictures of the README and the handbook from the site over the example, so that they show what there is."""

import os
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

from playwright.sync_api import sync_playwright

from wijkpeil.cli.main import main

FOLDER = Path(__file__).parent / "handboek" / "beelden"
WIDTH, HEIGHT = 1100, 820
EDITION = "/editie/voorbeeld"
PICTURES = {
    "begin": EDITION,
    "gebied": f"{EDITION}/gebied/wijkaanpak.9001-82",
    "thema": f"{EDITION}/gebied/wijkaanpak.9001-82/werken",
    "cijfer": f"{EDITION}/indicator/bijstand?gemeente=GM9001&niveau=wijk",
    "overzicht": f"{EDITION}/programma/wijkaanpak/overzicht?thema=werken",
    "kwadrant": f"{EDITION}/programma/wijkaanpak/kwadrant?indicator=bijstand",
    "kaart": f"{EDITION}/kaart?indicator=bijstand&niveau=wijk&gemeente=GM9001",
    "effect": "/studies/goede-sloten",
}
"""The name of each picture, and the page that it shows."""
BELOW = {"overzicht": "main h2", "kwadrant": "main h2", "kaart": "main h2", "effect": "main figure"}
"""Of these pages the picture begins at the first of these under the title: what they show stands lower."""


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002  the name is that of the parent
        """Say nothing of what was asked."""


def take(names: Sequence[str]) -> None:
    """Build the example, serve it here, and take these pictures anew; all of them where none is named."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as shelf:
        main(["start", "--shelf", shelf])
        os.environ["WIJKPEIL_SHELF"] = shelf
        from wijkpeil.site.wsgi import application

        with make_server("127.0.0.1", 0, application, handler_class=_Quiet) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            _photograph(f"http://127.0.0.1:{server.server_port}", names or tuple(PICTURES))
            server.shutdown()


def _photograph(site: str, names: Sequence[str]) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("WIJKPEIL_CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, reduced_motion="reduce")
        for name in names:
            page.goto(site + PICTURES[name], wait_until="networkidle")
            page.wait_for_timeout(1500)
            if name in BELOW:
                page.locator(BELOW[name]).first.evaluate("part => part.scrollIntoView()")
            page.screenshot(path=FOLDER / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    take(sys.argv[1:])
