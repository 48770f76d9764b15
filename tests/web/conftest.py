"""A client of the site over the example."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wijkpeil.site.settings")
os.environ.setdefault("WIJKPEIL_MEMORY", "0")  # every answer is made anew, so that a test sees what it changed

import django

django.setup()

from django.test import Client, override_settings  # noqa: E402  after the settings are known


@pytest.fixture(scope="session")
def client(example_shelf: Path) -> Iterator[Client]:
    """Give a client of the site that serves the example."""
    with override_settings(SHELF=example_shelf):
        yield Client(headers={"host": "localhost"})
