"""What a frozen report is made from, kept in one file: whoever has it makes the same report again, byte for byte.

The archive names its edition and its code by hash and version, and holds everything else: the state of the programme,
the photos, the text of an editor with the studies it cites, and the document itself. Its own name is the hash of its
bytes. When somebody takes a consent back, the story is cut out of the archive; a tombstone stays, which says that
something was there and under which hash, and the document is issued again as the next redaction. The same redaction
always has the same bytes.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from wijkpeil.domain.evidence import StudyResult
from wijkpeil.publication.study_records import ResultDamagedError
from wijkpeil.reports.pinned import STUDIES, studies_of, study_parts, text_of, text_parts
from wijkpeil.reports.state import ProgrammeState, StateError, Story, state_from, state_hash, state_text
from wijkpeil.reports.written import Written

RECIPE, STATE, PICTURES = "recept.json", "stand.json", "beelden/"
_NEVER = (1980, 1, 1, 0, 0, 0)
"""The moment that stands in the file for every part: none, so that the same content has the same bytes."""


class ArchiveError(Exception):
    """An archive cannot be read, or its report cannot be made again; the sentence says why."""


@dataclass(frozen=True, kw_only=True)
class Tombstone:
    """What stays of a story that was cut out: under which name it stood, the hash over what it said, and when."""

    story: str
    sha256: str
    on: str
    document_before: str = ""
    """The hash of the document in which it stood."""


@dataclass(frozen=True, kw_only=True)
class Erratum:
    """What is wrong in a document that was sent, which is known by its hash; where it stands, and what is right."""

    of_title: str
    of_document: str
    wrong: str
    where: str
    right: str


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """How a report is made: the kind, of which programme (or of one city or neighbourhood of it), from which figures
    and with which version of this code.

    ``redaction`` counts how often something was cut out of it; ``document`` is the hash of the document that belongs to
    it, and empty while the document must still be issued again. ``studies`` are hashes of results by id.
    """

    sort: str
    programme: str
    edition: str
    edition_hash: str
    code_version: str
    frozen_on: str
    language: str = "nl"
    site: str = ""
    title: str = ""
    city: str = ""
    area: str = ""
    erratum: Erratum | None = None
    redaction: int = 0
    state: str = ""
    text: str = ""
    studies: Mapping[str, str] = field(default_factory=dict)
    document: str = ""
    tombstones: tuple[Tombstone, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Archive:
    """A frozen report with everything in it; ``pictures`` are bytes by their hash.

    ``written`` is the text of an editor, and ``studies`` those that it cites, where the report is made from a text.
    """

    recipe: Recipe
    state: ProgrammeState
    written: Written | None = None
    studies: tuple[StudyResult, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    document: bytes = b""

    @property
    def holds(self) -> frozenset[str]:
        """The public names of the stories that it tells."""
        return frozenset(one.key for one in self.state.stories if one.key)


def sha256(content: bytes) -> str:
    """Give the hash under which bytes are known."""
    return hashlib.sha256(content).hexdigest()


def sealed(archive: Archive) -> Archive:
    """Write in the recipe the hashes of what stands beside it."""
    return replace(
        archive,
        recipe=replace(
            archive.recipe,
            state=state_hash(archive.state),
            text=_hash_of_text(archive.written),
            studies=_hashes_of_studies(archive.studies),
            document=sha256(archive.document) if archive.document else "",
        ),
    )


def archive_bytes(archive: Archive) -> bytes:
    """Write an archive as a zip; the same archive gives the same bytes, on every machine."""
    whole = sealed(archive)
    parts = {
        RECIPE: _json(asdict(whole.recipe)),
        STATE: state_text(whole.state).encode(),
        **text_parts(whole.written),
        **study_parts(whole.studies),
        **{f"{PICTURES}{name}": content for name, content in sorted(whole.pictures.items())},
        **({document_name(whole.recipe): whole.document} if whole.document else {}),
    }
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as written:
        for name, content in parts.items():
            told = ZipInfo(name, date_time=_NEVER)
            told.external_attr, told.create_system = 0o644 << 16, 3
            written.writestr(told, content)
    return out.getvalue()


def document_name(recipe: Recipe) -> str:
    """Give the file name of the document in its archive, which says from the second redaction on which it is."""
    number = f"-redactie-{recipe.redaction}" if recipe.redaction else ""
    return f"{recipe.sort}-{recipe.programme}-{recipe.edition}{number}.pdf"


def read_archive(content: bytes) -> Archive:
    """Read an archive; raises ``ArchiveError`` for a file that is none, or in which something was changed."""
    try:
        with ZipFile(BytesIO(content)) as opened:
            parts = {name: opened.read(name) for name in opened.namelist()}
        recipe = _recipe(json.loads(parts[RECIPE]))
        archive = Archive(
            recipe=recipe,
            state=state_from(parts[STATE].decode(), STATE),
            written=text_of(parts),
            studies=studies_of(parts),
            pictures={name.removeprefix(PICTURES): one for name, one in parts.items() if name.startswith(PICTURES)},
            document=parts.get(document_name(recipe), b""),
        )
    except (BadZipFile, KeyError, TypeError, ValueError, StateError, ResultDamagedError) as fault:
        raise ArchiveError("Dit bestand is geen archief van een rapport, of het is beschadigd.") from fault
    _check(archive)
    return archive


def read_archive_file(file: Path) -> Archive:
    """Read an archive from a file; raises ``ArchiveError``."""
    try:
        return read_archive(file.read_bytes())
    except FileNotFoundError:
        raise ArchiveError(f"Het bestand {file} bestaat niet.") from None
    except OSError as fault:
        raise ArchiveError(f"Het bestand {file} is niet te lezen.") from fault


def without_story(archive: Archive, key: str, *, on: date) -> Archive:
    """Cut a story out, with its photos and the document that told it; a tombstone stays in its place.

    The document is gone until it is issued again. An archive that does not tell the story stays as it is.
    """
    cut = [one for one in archive.state.stories if one.key == key]
    if not cut:
        return archive
    state = replace(archive.state, stories=tuple(one for one in archive.state.stories if one.key != key))
    named = {picture.sha256 for story in state.stories for picture in story.pictures}
    recipe = sealed(archive).recipe
    stones = tuple(
        Tombstone(story=key, sha256=story_hash(one), on=on.isoformat(), document_before=recipe.document) for one in cut
    )
    return sealed(
        replace(
            archive,
            recipe=replace(recipe, redaction=recipe.redaction + 1, tombstones=(*recipe.tombstones, *stones)),
            state=state,
            pictures={name: content for name, content in archive.pictures.items() if name in named},
            document=b"",
        )
    )


def story_hash(story: Story) -> str:
    """Give the hash over everything that a story said."""
    return sha256(_json(asdict(story)))


def _check(archive: Archive) -> None:
    """Refuse an archive of which a part is not what its recipe says."""
    found, told = sealed(archive).recipe, archive.recipe
    words = (("state", STATE), ("text", "de tekst"), ("studies", "een onderzoek"), ("document", "het document"))
    for name, word in words:
        if getattr(found, name) != getattr(told, name):
            raise ArchiveError(f"In dit archief is {word} veranderd: de hash klopt niet met het recept.")
    for name, content in archive.pictures.items():
        if sha256(content) != name:
            raise ArchiveError(f"In dit archief is de foto {name[:12]} veranderd: de hash klopt niet met haar naam.")


def _hash_of_text(written: Written | None) -> str:
    """Give the hash over all files of a text and what is said about it, or nothing where there is none."""
    parts = {name: content.decode() for name, content in text_parts(written).items()}
    return sha256(_json(parts)) if parts else ""


def _hashes_of_studies(studies: tuple[StudyResult, ...]) -> dict[str, str]:
    parts = study_parts(studies)
    return {name.removeprefix(STUDIES).removesuffix(".json"): sha256(content) for name, content in parts.items()}


def _recipe(told: dict[str, Any]) -> Recipe:
    stones = tuple(Tombstone(**one) for one in told.pop("tombstones"))
    wrong = told.pop("erratum")
    return Recipe(**told, erratum=Erratum(**wrong) if wrong else None, tombstones=stones)


def _json(told: Any) -> bytes:
    return (json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()
