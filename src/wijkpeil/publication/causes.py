"""Why a figure or a verdict differs between two editions, as their manifests and policies tell."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

from wijkpeil.domain.indicator import Indicator, Review
from wijkpeil.publication.edition import POLICY, Edition
from wijkpeil.publication.manifest import Manifest


class Cause(StrEnum):
    """Why something differs; ``unexplained`` is what may not be published."""

    NEW_PERIOD = "new_period"
    REVISED_SOURCE = "revised_source"
    CHANGED_DEFINITION = "changed_definition"
    CHANGED_METHOD = "changed_method"
    UNEXPLAINED = "unexplained"


_OF_ONE_THING = (f"{POLICY}/indicatoren/", f"{POLICY}/programmas/", f"{POLICY}/samenstellingen/", f"{POLICY}/themas")
"""Policy files about one indicator, programme or score, or about words only; all others are about every figure."""


@dataclass(frozen=True, kw_only=True)
class Causes:
    """What differs in what two editions were made of.

    ``revised`` are the tables (``source:table``) whose files are others than before or are read otherwise, ``added``
    those that were not there, ``gone`` those that are no more. ``definitions`` are the indicators and ``programmes``
    the programmes of which more than the words changed. ``method`` is whether the code has another version, or a rule
    that is about every figure is another one.
    """

    revised: frozenset[str]
    added: frozenset[str]
    gone: frozenset[str]
    definitions: frozenset[str]
    programmes: frozenset[str]
    method: bool

    @cached_property
    def tables(self) -> frozenset[str]:
        """Every table that is not what it was."""
        return self.revised | self.added | self.gone


def causes(old: Edition, new: Edition) -> Causes:
    """Find what differs between the makings of two editions."""
    before, after = _tables(old.manifest), _tables(new.manifest)
    same = before.keys() & after.keys()
    return Causes(
        revised=frozenset(table for table in same if before[table] != after[table]) | frozenset(_read_anew(old, new)),
        added=frozenset(after.keys() - before.keys()),
        gone=frozenset(before.keys() - after.keys()),
        definitions=frozenset(_definitions(old, new)),
        programmes=frozenset(
            id_
            for id_, programme in new.policy.programme.items()
            if id_ not in old.policy.programme
            or replace(programme, label="", label_en="", note="")
            != replace(old.policy.programme[id_], label="", label_en="", note="")
        ),
        method=old.manifest.code_version != new.manifest.code_version or _rules(old.manifest) != _rules(new.manifest),
    )


def _tables(manifest: Manifest) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for one in manifest.inputs:
        found[f"{one.source}:{one.table}"].add(one.sha256)
    return {table: frozenset(hashes) for table, hashes in found.items()}


def _definitions(old: Edition, new: Edition) -> Iterable[str]:
    """Give the indicators that are worked out or judged otherwise; other words are no other definition."""
    for id_, indicator in new.policy.indicator.items():
        name = f"{POLICY}/indicatoren/{indicator.theme}/{id_}.toml"
        if old.manifest.files.get(name) == new.manifest.files.get(name) is not None:
            continue
        before = old.policy.indicator.get(id_)
        if (
            before is None
            or _without_words(before) != _without_words(indicator)
            or not _columns_kept(before, indicator)
        ):
            yield id_


def _without_words(indicator: Indicator) -> Indicator:
    """Give an indicator without its words and its columns."""
    nobody = Review(author="", checked_by="", review_due=date.min)
    return replace(
        indicator,
        label="",
        label_en="",
        theme="",
        question="",
        not_for="",
        definition="",
        sources=(),
        review=nobody,
        breaks=tuple(replace(one, note="") for one in indicator.breaks),
    )


def _columns_kept(before: Indicator, now: Indicator) -> bool:
    """Whether every column is read as it was; one for another year is a new period and no other definition."""
    columns = {(one.source, year): column for one in now.sources for year, column in one.columns.items()}
    kept = all(
        columns.get((one.source, year)) == column for one in before.sources for year, column in one.columns.items()
    )
    known = {one.source for one in before.sources}
    return kept and [one.source for one in before.sources] == [one.source for one in now.sources if one.source in known]


def _read_anew(old: Edition, new: Edition) -> Iterable[str]:
    """Give the tables that are in both and are read otherwise."""
    for id_, source in new.policy.source.items():
        before = old.policy.source.get(id_)
        tables = {one.id: one for one in before.tables} if before else {}
        for table in source.tables:
            known = tables.get(table.id)
            if before and known and (known != table or before.uncertainty != source.uncertainty):
                yield f"{id_}:{table.id}"


def _rules(manifest: Manifest) -> dict[str, str]:
    """Give the policy files that are about every figure; tables of sources are compared one by one."""
    about_one = (*_OF_ONE_THING, f"{POLICY}/bronnen/")
    return {
        name: hash_
        for name, hash_ in manifest.files.items()
        if name.startswith(f"{POLICY}/") and not name.startswith(about_one)
    }
