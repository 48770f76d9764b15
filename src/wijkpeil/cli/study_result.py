"""``wijkpeil study run`` and ``report``: a study file gets a result beside it, and from there a page and the site."""

import argparse
from datetime import UTC, date, datetime
from pathlib import Path

from wijkpeil.cli.door import open_edition
from wijkpeil.cli.mistake import MistakeError
from wijkpeil.cli.profile import check_target, write_whole
from wijkpeil.cli.screen import Screen
from wijkpeil.cli.study import FAULTS, AtHand, sound_study
from wijkpeil.domain.evidence import StudyResult
from wijkpeil.domain.study import Study, StudyKind
from wijkpeil.portrayal import study as portrayed
from wijkpeil.portrayal.language import Language
from wijkpeil.portrayal.study_answers import answers
from wijkpeil.portrayal.study_page import page
from wijkpeil.portrayal.study_refusals import refusal_sentences
from wijkpeil.portrayal.words import Speaker
from wijkpeil.publication.evidence_library import NotForReadersError, publish_study
from wijkpeil.publication.shelf import Shelf
from wijkpeil.publication.study_records import ResultDamagedError, from_json, to_json
from wijkpeil.publication.subject import edition_card

ENDING = ".resultaat.json"


def compute(arguments: argparse.Namespace, screen: Screen) -> int:
    """Compute a study on an edition and write what was found beside its file."""
    from wijkpeil.publication.studying import run_study

    language = screen.language
    out = arguments.out or result_file(arguments.file)
    check_target(out, overwrite=True, language=language, example=f"studie{ENDING}")
    edition = open_edition(arguments, screen)
    study = sound_study(arguments.file, edition.policy, screen)
    if study is None:
        screen.complain(language.say("De studie is niet uitgerekend: verbeter eerst wat hierboven staat."))
        return FAULTS
    screen.warn_of(edition_card(edition), edition.policy)
    result = run_study(study, edition, computed_on=date.today())  # noqa: DTZ011 -- the day of the user
    write_whole(out, to_json(result))
    speaker = Speaker(language=language, policy=edition.policy)
    for sentence in (*_in_short(speaker, result), *portrayed.registration_sentences(language, result)):
        screen.say(sentence)
    screen.say(
        language.say("Het resultaat staat in {out}. Schrijf de pagina met wijkpeil study report.", out=out), "dim"
    )
    return 0


def report(arguments: argparse.Namespace, screen: Screen) -> int:
    """Write the page of a result, and with ``--publish`` put it on the shelf for the site."""
    language = screen.language
    out = arguments.out or arguments.file.with_suffix(".html")
    writes_page = arguments.out is not None or not arguments.publish
    if writes_page:
        check_target(out, overwrite=arguments.overwrite, language=language, example="studie.html")
    result = _kept(arguments, language)
    at = _of_result(arguments, screen, result)
    study = sound_study(arguments.file, at.policy, screen)
    if study is None:
        screen.complain(language.say("Er is geen pagina gemaakt: verbeter eerst wat hierboven staat."))
        return FAULTS
    if study.id != result.study.id:
        raise MistakeError(language.say("Dit resultaat is van een andere studie: {id}.", id=result.study.id))
    for sentence in (*portrayed.registration_sentences(language, result), *differences(language, study, result)):
        screen.say(sentence)
    if writes_page:
        card = None if at.edition is None else edition_card(at.edition)
        write_whole(out, page(result, at.policy, language, card))
        screen.say(language.say("De pagina staat in {out}. Open haar in je browser.", out=out))
    if arguments.publish:
        screen.say(language.say("Op de site staat nu: {file}.", file=_published(arguments, result, language)))
    return 0


def result_file(file: Path) -> Path:
    """Give where the result of a study lies when nobody says otherwise: beside its file."""
    return file.with_name(f"{file.stem}{ENDING}")


def differences(language: Language, study: Study, result: StudyResult) -> list[str]:
    """Say where a result and the file as it is now are not of the same moment."""
    said = []
    if result.study_hash != study.hash:
        said.append(
            language.say(
                "Let op: het bestand is veranderd sinds dit resultaat is uitgerekend. Reken het opnieuw uit met "
                "wijkpeil study run."
            )
        )
    now, then = study.registration, result.study.registration
    if now is not None and then is None:
        said.append(language.say("Let op: de studie is pas vastgelegd nadat dit resultaat er was."))
    elif now is not None and then is not None and now.hash != then.hash:
        said.append(language.say("Let op: de studie is opnieuw vastgelegd nadat dit resultaat er was."))
    return said


def _in_short(speaker: Speaker, result: StudyResult) -> list[str]:
    """Say what was found: the answer per outcome, why there is none, or the finding of others."""
    language, reported = speaker.language, result.study.reported
    said = refusal_sentences(language, result.refusal, result.names) if result.refusal else []
    said = [*said, *answers(speaker, result)]
    if reported is not None:
        said = [*said, reported.finding if language.code == "nl" else reported.finding_en]
    return said


def _kept(arguments: argparse.Namespace, language: Language) -> StudyResult:
    path = arguments.result or result_file(arguments.file)
    if not path.is_file():
        raise MistakeError(
            language.say(
                "Het bestand {path} is er niet. Reken de studie eerst uit: wijkpeil study run {file}",
                path=path,
                file=arguments.file,
            )
        )
    try:
        return from_json(path.read_text(encoding="utf-8"))
    except (ResultDamagedError, UnicodeDecodeError) as fault:
        raise MistakeError(
            language.say(
                "Het bestand {path} is niet te lezen. Reken de studie opnieuw uit: wijkpeil study run {file}",
                path=path,
                file=arguments.file,
            )
        ) from fault


def _of_result(arguments: argparse.Namespace, screen: Screen, result: StudyResult) -> AtHand:
    """Open the edition that a result was computed from: its policy names what stands in it."""
    arguments.edition = result.edition or None
    edition = open_edition(arguments, screen)
    return AtHand(policy=edition.policy, edition=None if result.study.kind is StudyKind.ELSEWHERE else edition)


def _published(arguments: argparse.Namespace, result: StudyResult, language: Language) -> Path:
    try:
        return publish_study(Shelf(arguments.shelf), result, now=datetime.now(tz=UTC))
    except NotForReadersError as fault:
        raise MistakeError(
            language.say(
                "Editie {id} is niet (of nog niet) voor alle lezers. Een studie daarop komt ook niet op de site.",
                id=result.edition,
            )
        ) from fault
