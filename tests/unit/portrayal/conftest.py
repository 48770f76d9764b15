"""An invented edition, and what a page about its one neighbourhood knows."""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from wijkpeil.portrayal.language import language
from wijkpeil.portrayal.subject import Subject
from wijkpeil.portrayal.words import Speaker
from wijkpeil.publication.subject import subject_of

FOLDER = Path(__file__).parent


def beside(name: str) -> ModuleType:
    """Load a module that lies beside this file; tests are no package."""
    if name not in sys.modules:
        spec = spec_from_file_location(name, FOLDER / f"{name}.py")
        module = module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]


@pytest.fixture(scope="session")
def imagined() -> ModuleType:
    return beside("imagined")


@pytest.fixture(scope="session")
def imagined_study() -> ModuleType:
    return beside("imagined_study")


@pytest.fixture(scope="session")
def translations() -> ModuleType:
    return beside("translations")


@pytest.fixture(scope="session")
def edition(imagined: ModuleType) -> Any:
    return imagined.ImaginedEdition()


@pytest.fixture(scope="session")
def about(edition: Any, imagined: ModuleType) -> Subject:
    return subject_of(edition, imagined.HERE, with_methods=True)


@pytest.fixture(scope="session")
def dutch(edition: Any) -> Speaker:
    return Speaker(language=language("nl"), policy=edition.policy)


@pytest.fixture(scope="session")
def english(edition: Any) -> Speaker:
    return Speaker(language=language("en"), policy=edition.policy)
