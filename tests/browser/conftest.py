"""The profile of an invented neighbourhood, open in a real browser without a network."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

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
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    found = os.environ.get("WIJKPEIL_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        pytest.skip("There is no Chromium here: install it, or name it in WIJKPEIL_CHROMIUM.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=list(QUIET))
        yield chromium
        chromium.close()


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
