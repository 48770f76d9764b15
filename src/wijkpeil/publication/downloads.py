"""Figures to take away: a zip per indicator, per area and per edition, written as it is sent and never held whole."""

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl

from wijkpeil.domain.source import Source
from wijkpeil.portrayal.language import language
from wijkpeil.publication import definitions
from wijkpeil.publication.datapackage import FILE_NAME, About, File, described
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.manifest import FILE_NAME as MANIFEST
from wijkpeil.publication.publisher import Publisher
from wijkpeil.publication.records import csv_text, figures_table, indicator_table, plain

_AT_ONCE = 1 << 18
"""A file of an edition is read in pieces of so many bytes."""

_ROWS_AT_ONCE = 10_000
_NO_DAY = (1980, 1, 1, 0, 0, 0)
"""The day that a zip gives its files where none is meant: the same content is the same bytes."""

_KEYS = {
    "cijfers": ("area", "indicator", "period"),
    "oordelen": ("programme", "area", "indicator", "comparator"),
    "gebieden": ("code",),
    "indicatoren": ("id",),
    "bronnen": ("id",),
    "statussen": ("status",),
}
_ALSO_PARQUET = ("cijfers", "oordelen", "gebieden")


@dataclass(frozen=True, kw_only=True)
class Member:
    """A file in a zip: its path, its bytes in pieces, and what its package says of it."""

    path: str
    table: str
    pieces: Callable[[], Iterator[bytes]]
    schema: pl.Schema | None = None
    keys: tuple[str, ...] = ()
    is_packed: bool = False


def of_indicator(edition: Edition, indicator: str, *, publisher: Publisher, page: str) -> Iterator[bytes]:
    """Give the zip of an indicator: all areas and periods; raises ``KeyError`` for an unknown indicator."""
    chosen = edition.policy.indicator[indicator]
    about = About(
        name=f"wijkpeil-{edition.id}-{indicator}",
        title=f"{chosen.label}: alle gebieden",
        text=f"{chosen.question} {chosen.not_for}".strip(),
        page=page,
    )
    figures = indicator_table(edition, indicator)
    verdicts = edition.verdicts(indicator=indicator)
    return _of_tables(edition, about, figures, verdicts, publisher=publisher)


def of_area(edition: Edition, area: str, *, publisher: Publisher, page: str) -> Iterator[bytes]:
    """Give the zip of an area: all its indicators and periods; raises ``KeyError`` for an unknown area."""
    verdicts = edition.verdicts(area=area)
    figures = figures_table(edition, [area], list(edition.policy.indicator))
    name = edition.areas.filter(pl.col("code") == area)["name"].item()
    about = About(
        name=f"wijkpeil-{edition.id}-{area.lower()}",
        title=f"{name} ({area}): alle cijfers",
        text=f"Alle cijfers van {name}, met de rest van de stad en gelijkende gebieden ernaast.",
        page=page,
    )
    return _of_tables(edition, about, figures, verdicts, publisher=publisher)


def of_edition(edition: Edition, *, publisher: Publisher, page: str) -> Iterator[bytes]:
    """Give the zip of a whole edition: its own files, as they lie on the shelf, with their description.

    Every file is checked first, so that nobody gets half of something damaged. Unpacked on a shelf it is the edition.
    """
    edition.verify()
    about = About(
        name=f"wijkpeil-{edition.id}",
        title=f"Wijkpeil, editie {edition.id}",
        text=f"Alle cijfers, gebieden en oordelen van editie {edition.id}, als Parquet, met het beleid waarmee "
        "zij is gemaakt. De kolommen heten zoals in het handboek.",
        page=page,
    )
    names = [MANIFEST, *sorted(edition.manifest.files)]
    members = [_of_file(edition.folder / name, f"{edition.id}/{name}") for name in names]
    readme = _readme(edition, about, edition.policy.sources)
    return _zipped(edition, about, [readme, *members], edition.policy.sources, publisher)


def rows_of(edition: Edition) -> dict[str, int]:
    """Count the figures of every indicator of an edition, those that are absent with a reason among them."""
    return _rows_of(edition.manifest.content, edition)


@lru_cache(maxsize=16)
def _rows_of(content: str, edition: Edition) -> dict[str, int]:
    return {one.id: edition.figures(indicator=one.id).height for one in edition.policy.indicators}


def _of_tables(
    edition: Edition, about: About, figures: pl.DataFrame, verdicts: pl.DataFrame, *, publisher: Publisher
) -> Iterator[bytes]:
    """Give the zip of figures and verdicts, with the areas, definitions and sources that belong to them."""
    codes = pl.concat([figures["area"], verdicts["area"]]).unique()
    sources = definitions.sources_of(edition, figures)
    tables = {
        "cijfers": figures,
        "oordelen": verdicts,
        "gebieden": definitions.areas(edition, codes),
        "indicatoren": definitions.indicators(edition, figures["indicator"].unique()),
        "bronnen": definitions.sources(sources),
        "statussen": definitions.statuses(),
    }
    members = [_readme(edition, about, sources)]
    for name, frame in tables.items():
        members.append(_as_csv(name, frame))
        if name in _ALSO_PARQUET:
            members.append(_as_parquet(name, frame))
    return _zipped(edition, about, members, sources, publisher)


def _zipped(
    edition: Edition, about: About, members: Iterable[Member], sources: Sequence[Source], publisher: Publisher
) -> Iterator[bytes]:
    """Write a zip piece by piece; the description comes last, when size and hash of all files are known."""
    held = _Held()
    files = []
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in members:
            seen, size = hashlib.sha256(), 0
            with archive.open(_entry(member.path, is_packed=member.is_packed), "w") as file:
                for piece in member.pieces():
                    seen.update(piece)
                    size += len(piece)
                    file.write(piece)
                    yield from held.let_go()
            files.append(
                File(
                    path=member.path,
                    table=member.table,
                    sha256=seen.hexdigest(),
                    size=size,
                    schema=member.schema,
                    keys=member.keys,
                )
            )
        text = described(edition, about, files, sources=sources, publisher=publisher)
        archive.writestr(_entry(FILE_NAME), text)
    yield from held.let_go()


class _Held(io.RawIOBase):
    """What was written to a zip and not yet sent."""

    def __init__(self) -> None:
        self._kept = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, piece: Any, /) -> int:
        self._kept += piece
        return len(piece)

    def let_go(self) -> Iterator[bytes]:
        if self._kept:
            sent, self._kept = bytes(self._kept), bytearray()
            yield sent


def _entry(path: str, *, is_packed: bool = False) -> zipfile.ZipInfo:
    """Name a file in a zip; what is packed already is not packed again."""
    entry = zipfile.ZipInfo(path, _NO_DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry._compresslevel = 0 if is_packed else 6  # type: ignore[attr-defined]  # ``compress_level`` from Python 3.13
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry


def _as_csv(name: str, frame: pl.DataFrame) -> Member:
    def pieces() -> Iterator[bytes]:
        for start in range(0, max(frame.height, 1), _ROWS_AT_ONCE):
            text = csv_text(frame.slice(start, _ROWS_AT_ONCE))
            yield (text if start == 0 else text.partition("\n")[2]).encode()

    return Member(path=f"{name}.csv", table=name, pieces=pieces, schema=frame.schema, keys=_KEYS[name])


def _as_parquet(name: str, frame: pl.DataFrame) -> Member:
    def pieces() -> Iterator[bytes]:
        held = io.BytesIO()
        plain(frame).write_parquet(held, compression="zstd", compression_level=3)
        yield held.getvalue()

    return Member(
        path=f"{name}.parquet",
        table=name,
        pieces=pieces,
        schema=frame.schema,
        keys=_KEYS[name],
        is_packed=True,
    )


def _of_file(file: Path, path: str) -> Member:
    def pieces() -> Iterator[bytes]:
        with file.open("rb") as stream:
            while piece := stream.read(_AT_ONCE):
                yield piece

    is_table = file.suffix == ".parquet"
    return Member(
        path=path,
        table=file.parent.name if file.parent.name in {"by_city", "by_indicator"} else file.stem,
        pieces=pieces,
        schema=pl.Schema(pl.read_parquet_schema(file)) if is_table else None,
        is_packed=is_table,
    )


def _readme(edition: Edition, about: About, sources: Sequence[Source]) -> Member:
    """Say in plain words what is in the zip, and how to name where it comes from."""
    manifest = edition.manifest
    lines = [
        about.title,
        "=" * len(about.title),
        "",
        *(["VERZONNEN LAND: alle cijfers en gebieden zijn bedacht, als voorbeeld.", ""] if manifest.fictional else []),
        about.text,
        "",
        f"Editie {manifest.id}, gemaakt op {language('nl').day(manifest.made_on)}.",
        f"Gemaakt met Wijkpeil {manifest.code_version}.",
        f"Inhoud (SHA-256): {manifest.content}",
        f"Kaart van {manifest.map_year}. Bladzijde: {about.page}",
        "",
        f"In {FILE_NAME} staat van elke kolom wat zij betekent. Aandelen zijn een deel van 1. Een leeg vak is nooit 0:",
        "in de kolom status staat waarom er geen cijfer is. Een CSV heeft punten in getallen en UTF-8 als tekens.",
        "",
        "Bronnen, met hun licentie. Noem ze als je de cijfers gebruikt:",
        *dict.fromkeys(f"- {one.attribution} ({one.licence})" for one in sources),
        "",
    ]
    return Member(path="LEESMIJ.txt", table="LEESMIJ", pieces=lambda: iter(["\n".join(lines).encode()]))
