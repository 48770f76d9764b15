"""The policy of the country itself, as it lies in ``beleid/``, and the real files as it reads them."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from wijkpeil.catalogue import load, packaged_folder
from wijkpeil.domain.complaint import Complaint
from wijkpeil.domain.policy import Policy
from wijkpeil.domain.source import Table
from wijkpeil.sources.boundaries import BOUNDARY_FORMS
from wijkpeil.sources.folder import look_through
from wijkpeil.sources.forms import FORMS
from wijkpeil.sources.harmonise import observations
from wijkpeil.sources.parsed import ParsedTable


@pytest.fixture(scope="session")
def country() -> Policy:
    """Give the checked policy of the Netherlands."""
    policy, _ = load(packaged_folder(), today=date(2026, 11, 24))
    return policy


@dataclass(frozen=True, kw_only=True)
class Read:
    """A real file as its parser and the policy read it."""

    declared: Table
    table: ParsedTable
    observed: pl.DataFrame
    complaints: tuple[Complaint, ...]


@pytest.fixture(scope="session")
def files(shared: Path, country: Policy) -> list[Read]:
    found = look_through(shared / "data", country)
    return [
        read(match.path, match.source.id, match.table, country)
        for match in found.known
        if match.table.form not in BOUNDARY_FORMS
    ]


def read(path: Path, source: str, table: Table, country: Policy) -> Read:
    parsed = FORMS[table.form](path.read_bytes(), source=country.source[source], table=table, file=path.name)
    observed, complaints = observations(parsed, country)
    return Read(declared=table, table=parsed, observed=observed, complaints=complaints)


@pytest.fixture(scope="session")
def observed(files: list[Read]) -> pl.DataFrame:
    return pl.concat([file.observed for file in files])
