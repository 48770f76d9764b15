"""The description that travels with every download: a Data Package (version 2) of fields, licences and provenance."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from wijkpeil.domain.frames import LevelType, StatusType
from wijkpeil.domain.source import Source
from wijkpeil.portrayal import reasons
from wijkpeil.portrayal.language import Language, language
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.fields import MEANINGS, TABLES
from wijkpeil.publication.licences import licence_of
from wijkpeil.publication.publisher import Publisher

FILE_NAME = "datapackage.json"
_PROFILE = "https://datapackage.org/profiles/2.0"
_MEDIA = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "json": "application/json",
    "toml": "application/toml",
    "txt": "text/plain",
}


@dataclass(frozen=True, kw_only=True)
class File:
    """A file of a package; ``schema`` are its columns where it is a table, ``keys`` those that tell rows apart."""

    path: str
    table: str
    sha256: str
    size: int
    schema: pl.Schema | None = None
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class About:
    """What a package is about: a name for programs, a title and a description for people, and its page."""

    name: str
    title: str
    text: str
    page: str


def described(
    edition: Edition, about: About, files: Sequence[File], *, sources: Iterable[Source], publisher: Publisher
) -> str:
    """Write the description of a package; the same package gives the same text."""
    manifest = edition.manifest
    listed = list(sources)
    ids = {one.id for one in listed}
    first: dict[tuple[str, str], str] = {}
    package = {
        "$schema": f"{_PROFILE}/datapackage.json",
        "name": about.name,
        "title": about.title,
        "description": about.text,
        "homepage": about.page,
        "version": manifest.id,
        "created": f"{manifest.made_on.isoformat()}T00:00:00Z",
        "contributors": [{"title": publisher.name, "path": publisher.address, "roles": ["publisher"]}],
        "licenses": _licences(listed),
        "sources": [_source(one) for one in listed],
        "provenance": {
            "edition": manifest.id,
            "content": manifest.content,
            "madeOn": manifest.made_on.isoformat(),
            "codeVersion": manifest.code_version,
            "mapYear": manifest.map_year,
            "fictional": manifest.fictional,
            "inputs": [
                {"file": one.file, "sha256": one.sha256, "source": one.source, "table": one.table}
                for one in manifest.inputs
                if one.source in ids
            ],
        },
        "resources": [
            _resource(one, first.setdefault((one.table, one.path.rpartition(".")[2]), one.path)) for one in files
        ],
    }
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def fields(schema: Mapping[str, pl.DataType]) -> list[dict[str, Any]]:
    """Describe the columns of a table: name, title, meaning, type, and the words that a column is limited to."""
    return [_field(name, kind, language("nl")) for name, kind in schema.items()]


def _field(name: str, kind: pl.DataType, dutch: Language) -> dict[str, Any]:
    title, meaning = MEANINGS[name]
    told: dict[str, Any] = {"name": name, "title": title, "description": meaning, "type": _type(kind)}
    if isinstance(kind, pl.Enum):
        told["constraints"] = {"enum": kind.categories.to_list()}
        told["categories"] = [{"value": word, "label": _word(dutch, kind, word)} for word in kind.categories]
    return told


def _word(dutch: Language, kind: pl.Enum, word: str) -> str:
    if kind == StatusType:
        return reasons.sentence(dutch, next(status for status in reasons.SHORT if status.value == word))
    if kind != LevelType and "wilson" in kind.categories:
        return reasons.how_sure(dutch, word)
    return word


def _type(kind: pl.DataType) -> str:
    if kind == pl.Boolean:
        return "boolean"
    if kind.is_integer():
        return "integer"
    if kind.is_float():
        return "number"
    return "any" if kind == pl.Binary else "string"


def _resource(file: File, first: str) -> dict[str, Any]:
    """Describe a file; of many files of one kind only the first describes its columns, and the others name it."""
    form = file.path.rpartition(".")[2]
    title, text = TABLES.get(file.table, (file.table, ""))
    told: dict[str, Any] = {
        "$schema": f"{_PROFILE}/dataresource.json",
        "name": file.path.replace("/", "-").replace(".", "-").lower(),
        "title": title,
        "path": file.path,
        "format": form,
        "mediatype": _MEDIA[form],
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
    }
    if text:
        told["description"] = text
    if form == "csv" and file.schema is not None:
        told |= {"type": "table", "encoding": "utf-8", "profile": "tabular-data-resource"}
        told["schema"] = {
            "$schema": f"{_PROFILE}/tableschema.json",
            "fields": fields(file.schema),
            "missingValues": [""],
            **({"primaryKey": list(file.keys)} if file.keys else {}),
        }
    elif file.schema is not None and first == file.path:
        told["columns"] = fields(file.schema)
    elif file.schema is not None:
        told["columnsOf"] = first
    return told


def _licences(sources: Sequence[Source]) -> list[dict[str, str]]:
    """List the licences once each; one that is only described keeps its words as its title."""
    found: dict[str, dict[str, str]] = {}
    for one in sources:
        licence = licence_of(one)
        told = {"name": licence.id, "path": licence.address, "title": licence.said}
        found.setdefault(
            licence.said,
            {key: said for key, said in told.items() if said}
            if licence.id
            else {"name": "other-described", "path": one.landing_page, "title": licence.said},
        )
    return list(found.values())


def _source(one: Source) -> dict[str, str]:
    return {
        "title": f"{one.publisher}: {one.label}",
        "path": one.landing_page,
        "id": one.id,
        "publisher": one.publisher,
        "licence": one.licence,
        "attribution": one.attribution,
    }
