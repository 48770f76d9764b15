"""The profile of an invented neighbourhood, open in a real browser without a network."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from wijkpeil.portrayal import profile
from wijkpeil.portrayal.language import language
from wijkpeil.publication.subject import subject_of

IMAGINED = Path(__file__).parents[1] / "unit" / "portrayal" / "imagined.py"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
SERVER = """
import sys
import time
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server
from wijkpeil.site.wsgi import application
class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
class Quiet(WSGIRequestHandler):
    def log_message(self, *words): pass
server = make_server("127.0.0.1", 0, application, server_class=Server, handler_class=Quiet)
print(server.server_port, flush=True)
server.serve_forever()
"""


@pytest.fixture(scope="session")
def site(example_shelf: Path) -> Iterator[str]:
    """Serve the example on this machine, and give its address."""
    settings = {**os.environ, "WIJKPEIL_SHELF": str(example_shelf), "DJANGO_SETTINGS_MODULE": "wijkpeil.site.settings"}
    with subprocess.Popen(
        [sys.executable, "-c", SERVER], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=settings
    ) as served:
        address = f"http://127.0.0.1:{served.stdout.readline().strip()}"
        for _ in range(100):
            try:
                urlopen(f"{address}/healthz").close()
                break
            except OSError:
                time.sleep(0.1)
        yield address
        served.terminate()


@pytest.fixture(scope="session")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    spec = spec_from_file_location("imagined_for_the_browser", IMAGINED)
    imagined = module_from_spec(spec)
    sys.modules[spec.name] = imagined
    spec.loader.exec_module(imagined)
    about = subject_of(imagined.ImaginedEdition(fictional=True), imagined.HERE, with_methods=True)
    file = tmp_path_factory.mktemp("profiel") / "profiel.html"
    file.write_text(profile.page(about, language("nl")), encoding="utf-8")
    return file


@pytest.fixture(scope="session")
def launch() -> Iterator[Callable[..., Any]]:
    """Start a browser with some switches; there is one Playwright for all browsers of a process."""
    from playwright.sync_api import sync_playwright

    found = os.environ.get("WIJKPEIL_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        pytest.skip("There is no Chromium here: install it, or name it in WIJKPEIL_CHROMIUM.")
    with sync_playwright() as playwright:
        yield lambda switches: playwright.chromium.launch(executable_path=found, args=list(switches))


@pytest.fixture(scope="session")
def browser(launch: Callable[..., Any]) -> Iterator[Any]:
    chromium = launch(QUIET)
    yield chromium
    chromium.close()


@pytest.fixture(scope="module")
def contexts(browser) -> Iterator[Callable[..., Any]]:
    """Give a context with some options, which all tests of a file that ask for the same ones share."""
    made: dict[str, Any] = {}

    def with_options(**options: Any) -> Any:
        key = repr(sorted(options.items()))
        if key not in made:
            made[key] = browser.new_context(**options)
        return made[key]

    yield with_options
    for context in made.values():
        context.close()


@pytest.fixture
def visit(contexts, site):
    """Open a page of the site; what it asked for and what it complained about come with it."""
    pages = []

    def open_page(path: str, width: int = 1280, **options):
        page = contexts(**options).new_page()
        pages.append(page)
        page.set_viewport_size({"width": width, "height": 900})
        page.asked, page.complaints = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on(
            "console", lambda said: page.complaints.append(said.text) if said.type in {"error", "warning"} else None
        )
        page.on("pageerror", lambda fault: page.complaints.append(str(fault)))
        page.answer = page.goto(f"{site}{path}")
        if "/kaart" in path:
            page.wait_for_load_state("networkidle")
        return page

    yield open_page
    for page in pages:
        page.close()


@pytest.fixture
def opened(browser: Any, page_file: Path) -> Iterator[Callable[..., Any]]:
    """Open the page at some width, in light or dark, with every fold open when asked."""
    contexts = []

    def open_at(width: int, *, scheme: str = "light", unfold: bool = False, **options: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **options)
        contexts.append(context)
        page = context.new_page()
        page.requests = []
        page.on("request", lambda request: page.requests.append(request.url))
        page.goto(page_file.as_uri())
        if unfold:
            page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
        return page

    yield open_at
    for context in contexts:
        context.close()
