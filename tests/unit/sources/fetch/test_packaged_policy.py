"""Every table that the packaged policy says can be fetched becomes a file that the same policy recognises."""

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from wijkpeil import catalogue
from wijkpeil.domain.policy import Policy
from wijkpeil.sources.fetch import can_be_fetched
from wijkpeil.sources.fetch.address import bare, values_of
from wijkpeil.sources.fetch.dialect import Card
from wijkpeil.sources.fetch.errand import errand_for
from wijkpeil.sources.fetch.identity import wrong_table
from wijkpeil.sources.folder import look_through


@pytest.fixture(scope="module")
def policy() -> Policy:
    return catalogue.load(catalogue.packaged_folder(), today=date(2026, 11, 24))[0]


def test_every_fetched_file_is_recognised_as_its_own_table_and_no_other(policy: Policy, tmp_path: Path) -> None:
    tables = can_be_fetched(policy)
    for source, table in tables:
        errand = errand_for(source, table, address_base=None)
        (tmp_path / source.id).mkdir(exist_ok=True)
        (tmp_path / source.id / errand.file_name).write_text(f"{source.id} {table.id}", encoding="utf-8")
    found = look_through(tmp_path, policy)
    assert found.unknown == ()
    assert Counter((known.source.id, known.table.id) for known in found.known) == Counter(
        (source.id, table.id) for source, table in tables
    )


def test_all_four_interfaces_are_used(policy: Policy) -> None:
    protocols = {table.protocol for _, table in can_be_fetched(policy)}
    assert protocols == {"odata_v3", "odata_v4", "wfs", "ogc_features"}


def test_no_table_of_the_policy_accepts_a_table_about_something_else(policy: Policy) -> None:
    for source, table in can_be_fetched(policy):
        errand = errand_for(source, table, address_base=None)
        other = Card(identifier="0", title="Bevolking; kerncijfers", coverage="1900", version="1")
        assert wrong_table(other, source=source, table=table, place=errand.place)
        same_number = replace(other, identifier=_own_name(errand.place))
        assert wrong_table(same_number, source=source, table=table, place=errand.place)


def _own_name(place: str) -> str:
    """Give the name that a table has in its address."""
    layer = values_of(place).get("typenames")
    return layer.rpartition(":")[2] if layer else bare(place).rpartition("/")[2]
