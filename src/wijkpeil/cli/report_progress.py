"""``wijkpeil report progress`` and ``report check``: a progress report from a text, and what is wrong with that."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from wijkpeil.cli import records
from wijkpeil.cli.door import open_edition
from wijkpeil.cli.mistake import MistakeError
from wijkpeil.cli.report import check_file, programme_of, site_of, write_whole
from wijkpeil.cli.report_formats import form_of_file
from wijkpeil.cli.screen import Screen
from wijkpeil.portrayal.table import Table
from wijkpeil.publication.evidence_library import studies_on
from wijkpeil.publication.subject import edition_card
from wijkpeil.reports.archive import Archive, ArchiveError, Recipe, archive_bytes
from wijkpeil.reports.as_text import as_text
from wijkpeil.reports.checking import DocumentError
from wijkpeil.reports.document import Document
from wijkpeil.reports.editing import Resolved
from wijkpeil.reports.formats import PDF, rendered
from wijkpeil.reports.grounds import Grounds
from wijkpeil.reports.progress import Checked, FaultyTextError, check_text, progress
from wijkpeil.reports.references import Fault
from wijkpeil.reports.remaking import PROGRESS, code_version
from wijkpeil.reports.remaking import made as made_archive
from wijkpeil.reports.state import ProgrammeState, StateError, read_state
from wijkpeil.reports.written import Written, WrittenError, read_written

_LONGEST = 110
"""So many letters of what a reference became stand in the table of a check."""


def make(arguments: argparse.Namespace, screen: Screen) -> int:
    """Make the progress report, or say everything that keeps it from being made."""
    for file in filter(None, (arguments.out, arguments.archive)):
        check_file(file, overwrite=arguments.overwrite, language=screen.language)
    if arguments.archive is not None and arguments.state is None:
        raise MistakeError(screen.language.say("Een archief heeft een stand van het programma. Noem die met --state."))
    is_text = arguments.out.suffix == ".md" and arguments.report_format is None
    form = "" if is_text else form_of_file(arguments, arguments.out, screen.language)
    grounds, written = _grounds(arguments, screen), _written(arguments)
    screen.warn_of(edition_card(grounds.edition), grounds.edition.policy)
    say = screen.language.say
    with screen.progress() as bar:
        steps = len(grounds.neighbourhoods) if written.annexes else 0
        task = bar.add_task(say("Rapport"), total=steps + 1)
        site = site_of(arguments, screen.language)
        try:
            made = progress(grounds, written, site=site, advance=lambda: bar.advance(task))
            kept = _archived(arguments, grounds, written, made, screen)
            whole = kept.document if kept is not None and form == PDF else _content(made, form, screen)
            write_whole(arguments.out, whole)
        except FaultyTextError as faulty:
            raise MistakeError(_told(screen, faulty.faults)) from None
        except (ArchiveError, DocumentError) as fault:
            raise MistakeError(str(fault)) from fault
        bar.advance(task)
    if kept is not None:
        write_whole(arguments.archive, archive_bytes(kept))
        screen.say(say("Het archief staat in {out}.", out=arguments.archive))
    screen.say(say("Het rapport ‘{title}’ staat in {out}.", title=made.title, out=arguments.out))
    return 0


def _archived(
    arguments: argparse.Namespace, grounds: Grounds, written: Written, document: Document, screen: Screen
) -> Archive | None:
    """Freeze the report with its text, its state and the studies it cites, or give nothing where nobody asked."""
    if arguments.archive is None or grounds.state is None:
        return None
    recipe = Recipe(
        sort=PROGRESS,
        programme=grounds.programme.id,
        edition=grounds.edition.id,
        edition_hash=grounds.edition.manifest.content,
        code_version=code_version(),
        frozen_on=grounds.state.taken_on.isoformat(),
        language=grounds.language.code,
        site=site_of(arguments, screen.language),
        title=written.title,
    )
    kept = Archive(recipe=recipe, state=grounds.state, written=written, studies=grounds.studies)
    return made_archive(kept, grounds.edition, document)


def _content(made: Document, form: str, screen: Screen) -> bytes:
    """Give the document in its form, or the words alone where it has none."""
    say = screen.language.say
    if not form:
        return as_text(made, table=say("Tabel"), figure=say("Figuur")).encode()
    return rendered(made, form)


def check(arguments: argparse.Namespace, screen: Screen) -> int:
    """Say what every reference becomes and what is wrong; the exit code is 1 where something is."""
    grounds, written = _grounds(arguments, screen), _written(arguments)
    checked = check_text(grounds, written)
    if screen.form == "json":
        records.write_json(_record(grounds, checked))
        return 1 if checked.faults else 0
    screen.warn_of(edition_card(grounds.edition), grounds.edition.policy)
    say = screen.language.say
    if checked.resolved:
        rows = tuple(
            ((str(one.reference.place),), (one.reference.source.strip("{} "),), (_short(one),))
            for one in checked.resolved
        )
        caption = say("Wat elke verwijzing wordt")
        screen.table(Table(caption=caption, headers=(say("Waar"), say("Verwijzing"), say("Wordt")), rows=rows))
    for accepted in checked.accepted:
        said = say("Aanvaard: {said} Reden: {reason}", said=accepted.fault.sentence, reason=accepted.reason)
        screen.say(f"{accepted.fault.place}: {said}")
    if checked.faults:
        raise MistakeError(_told(screen, checked.faults))
    screen.say(
        screen.language.say_count(
            "{count} verwijzing, en niets aan te merken.",
            "{count} verwijzingen, en niets aan te merken.",
            len(checked.resolved),
        )
    )
    return 0


def text(arguments: argparse.Namespace, screen: Screen) -> int:
    """Put down the text of the example, to begin with; what is there already is never written over."""
    from wijkpeil.sources.example import rapport

    say, out = screen.language.say, arguments.out
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise MistakeError(say("{out} is er al, en is niet leeg. Noem een nieuwe map.", out=out))
    if not out.parent.is_dir():
        raise MistakeError(say("De map {folder} bestaat niet.", folder=out.parent))
    out.mkdir(exist_ok=True)
    for name, written in rapport.files().items():
        write_whole(out / name, written.encode())
    screen.say(say("De tekst staat in {out}. Verder: wijkpeil report check {out}", out=out))
    return 0


def _grounds(arguments: argparse.Namespace, screen: Screen) -> Grounds:
    edition, state = open_edition(arguments, screen), _state(arguments)
    programme = programme_of(arguments, edition, screen.language)
    if state is not None and state.programme != programme.id:
        raise MistakeError(
            screen.language.say(
                "De stand is van programma {found} en niet van {wanted}.", found=state.programme, wanted=programme.id
            )
        )
    return Grounds(
        edition=edition,
        programme=programme,
        language=screen.language,
        state=state,
        studies=studies_on(Path(arguments.shelf)),
    )


def _state(arguments: argparse.Namespace) -> ProgrammeState | None:
    if arguments.state is None:
        return None
    try:
        return read_state(arguments.state)
    except StateError as fault:
        raise MistakeError(str(fault)) from fault


def _written(arguments: argparse.Namespace) -> Written:
    try:
        return read_written(arguments.text)
    except WrittenError as fault:
        raise MistakeError(str(fault)) from fault


def _told(screen: Screen, faults: Sequence[Fault]) -> str:
    """Say all faults, each with its place and what was probably meant."""
    head = screen.language.say_count(
        "Er is {count} klacht over deze tekst:", "Er zijn {count} klachten over deze tekst:", len(faults)
    )
    return "\n".join([head, *_lines(screen, faults)])


def _lines(screen: Screen, faults: Sequence[Fault]) -> Iterator[str]:
    for one in faults:
        near = f" {screen.language.say('Bedoelde je {near}?', near=', '.join(one.near))}" if one.near else ""
        yield f"{one.place}: {one.sentence}{near}"


def _short(one: Resolved) -> str:
    words = " ".join(one.answer.words.split()) or " ".join(type(block).__name__ for block in one.answer.blocks)
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"


def _record(grounds: Grounds, checked: Checked) -> dict[str, Any]:
    return {
        "edition": records.edition_record(edition_card(grounds.edition)),
        "references": [
            {
                "place": str(one.reference.place),
                "reference": one.reference.source,
                "becomes": one.answer.words,
                "notes": ["".join(part.text for part in span.note) for span in one.answer.text if span.note],
                "blocks": [type(block).__name__.lower() for block in one.answer.blocks],
                "absent": one.answer.is_absent,
            }
            for one in checked.resolved
        ],
        "faults": [_fault(one) for one in checked.faults],
        "accepted": [{**_fault(one.fault), "reason": one.reason} for one in checked.accepted],
    }


def _fault(one: Fault) -> dict[str, Any]:
    return {"place": str(one.place), "rule": one.rule, "sentence": one.sentence, "near": list(one.near)}
