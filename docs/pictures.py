"""Takes the pictures of the README and the handbook from the site over the example, so that they show what there is."""

import os
import tempfile
import threading
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
}
"""The name of each picture, and the page that it shows."""
BELOW = {"overzicht", "kwadrant", "kaart"}
"""Of these pages the picture begins at the first heading under the title: what they show stands lower."""


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002  the name is that of the parent
        """Say nothing of what was asked."""


def take() -> None:
    """Build the example, serve it here, and take every picture anew."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as shelf:
        main(["start", "--shelf", shelf])
        os.environ["WIJKPEIL_SHELF"] = shelf
        from wijkpeil.site.wsgi import application

        with make_server("127.0.0.1", 0, application, handler_class=_Quiet) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            _photograph(f"http://127.0.0.1:{server.server_port}")
            server.shutdown()


def _photograph(site: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("WIJKPEIL_CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, reduced_motion="reduce")
        for name, address in PICTURES.items():
            page.goto(site + address, wait_until="networkidle")
            page.wait_for_timeout(1500)
            if name in BELOW:
                page.locator("main h2").first.evaluate("heading => heading.scrollIntoView()")
            page.screenshot(path=FOLDER / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    take()
