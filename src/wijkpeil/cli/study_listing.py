"""``wijkpeil study list``: which studies there are in a folder and on the shelf, and how the two agree."""

import argparse
from dataclasses import asdict, dataclass
from pathlib import Path

import polars as pl

from wijkpeil import catalogue
from wijkpeil.cli import records
from wijkpeil.cli.mistake import MistakeError
from wijkpeil.cli.screen import Screen
from wijkpeil.cli.study import FAULTS, at_hand, standing_of
from wijkpeil.domain.complaint import Complaint
from wijkpeil.domain.evidence import StudyResult
from wijkpeil.domain.study import Study
from wijkpeil.portrayal.language import Language
from wijkpeil.portrayal.table import Table
from wijkpeil.publication.evidence_library import damaged_on, studies_on
from wijkpeil.publication.shelf import STUDIES, Shelf

DEFAULT_FOLDER = Path("studies")


@dataclass(frozen=True, kw_only=True)
class _Listed:
    """One study as a program reads it; ``published`` tells whether readers have it as the file is now."""

    id: str
    title: str
    kind: str
    hash: str
    registered_on: str | None
    as_registered: bool
    published_on: str | None
    published_hash: str | None
    edition: str | None


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """List them; 1 when a file or a published result cannot be read."""
    language = screen.language
    folder: Path = arguments.folder or DEFAULT_FOLDER
    if arguments.folder is not None and not folder.is_dir():
        raise MistakeError(language.say("De map {folder} bestaat niet.", folder=folder))
    shelf = Shelf(arguments.shelf).folder
    studies, complaints = catalogue.read_studies(folder, policy=at_hand(arguments, screen).policy)
    known = {study.id: study for study in studies}
    published = {result.study.id: result for result in studies_on(shelf)}
    ids = sorted({*known, *published})
    if screen.is_for_people:
        _show(screen, ids, known, published)
    else:
        listed = [asdict(_listed(known.get(id_), published.get(id_), language)) for id_ in ids]
        if screen.form == "json":
            records.write_json(listed)
        else:
            records.write_csv(pl.DataFrame(listed, schema=_SCHEMA))
    return _damaged(screen, complaints, damaged_on(shelf))


def _listed(study: Study | None, result: StudyResult | None, language: Language) -> _Listed:
    one = study or (result.study if result else None)
    if one is None:
        raise ValueError("A study stands in a folder, on the shelf, or on both.")
    return _Listed(
        id=one.id,
        title=_title(language, one),
        kind=one.kind.value,
        hash=one.hash,
        registered_on=one.registration.on.isoformat() if one.registration else None,
        as_registered=one.is_as_registered,
        published_on=result.computed_on.isoformat() if result else None,
        published_hash=result.study_hash if result else None,
        edition=result.edition if result else None,
    )


def _show(screen: Screen, ids: list[str], known: dict[str, Study], published: dict[str, StudyResult]) -> None:
    language = screen.language
    if not ids:
        screen.say(
            language.say("Er zijn hier nog geen studies. Begin met een bestand in de map {folder}.", folder=STUDIES)
        )
        return
    rows = []
    for id_ in ids:
        study, result = known.get(id_), published.get(id_)
        one = study or published[id_].study
        rows.append(
            ((id_,), (_title(language, one),), (standing_of(language, one),), (_on_site(language, study, result),))
        )
    headers = (language.say("Studie"), language.say("Titel"), language.say("Stand"), language.say("Op de site"))
    screen.table(Table(caption=language.say("Studies"), headers=headers, rows=tuple(rows)))


def _on_site(language: Language, study: Study | None, result: StudyResult | None) -> str:
    if result is None:
        return language.say("nee")
    day = language.day(result.computed_on)
    if study is not None and study.hash != result.study_hash:
        return language.say("uitgerekend op {day}, uit een eerdere versie van het bestand", day=day)
    return language.say("uitgerekend op {day}", day=day)


def _title(language: Language, study: Study) -> str:
    return study.title if language.code == "nl" else study.title_en


def _damaged(screen: Screen, complaints: tuple[Complaint, ...], damaged: tuple[str, ...]) -> int:
    say = screen.language.say
    for file in dict.fromkeys(complaint.file for complaint in complaints):
        screen.complain(
            say("{file} heeft fouten en staat er niet bij. Zie ze met: wijkpeil study check {file}", file=file)
        )
    for name in damaged:
        screen.complain(
            say("{folder}/{name} is niet te lezen: publiceer die studie opnieuw.", folder=STUDIES, name=name)
        )
    return FAULTS if complaints or damaged else 0


_SCHEMA = {
    "id": pl.String,
    "title": pl.String,
    "kind": pl.String,
    "hash": pl.String,
    "registered_on": pl.String,
    "as_registered": pl.Boolean,
    "published_on": pl.String,
    "published_hash": pl.String,
    "edition": pl.String,
}
