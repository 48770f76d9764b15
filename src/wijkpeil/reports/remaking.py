"""Makes the report of an archive: for the first time, again as it was, or as the next redaction."""

from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import version

from wijkpeil.domain.evidence import StudyResult
from wijkpeil.domain.programme import Programme
from wijkpeil.portrayal.language import language
from wijkpeil.publication.edition import Edition
from wijkpeil.reports.archive import Archive, ArchiveError, Recipe, sealed, sha256
from wijkpeil.reports.document import Document
from wijkpeil.reports.erratum import erratum
from wijkpeil.reports.grounds import Grounds
from wijkpeil.reports.magazine import TEMPLATE, Issue, magazine
from wijkpeil.reports.progress import Checked, FaultyTextError, check_text, progress
from wijkpeil.reports.references import Fault, scan
from wijkpeil.reports.typesetting import compile_pdf

MAGAZINE, ERRATUM, PROGRESS = "magazine", "erratum", "voortgangsrapportage"
SORTS = (MAGAZINE, ERRATUM, PROGRESS)
"""What can be frozen."""


def code_version() -> str:
    """Give the version of this code."""
    return version("wijkpeil")


def made(archive: Archive, edition: Edition, document: Document | None = None) -> Archive:
    """Make the document of an archive with this code, and write in the recipe which that was.

    Who wrote the ``document`` already gives it, so that it is not written twice. Raises ``ArchiveError`` where the
    edition is not that of the archive, and where the text of an editor has faults.
    """
    check_edition(archive, edition)
    whole = replace(archive, studies=cited(archive))
    recipe = replace(archive.recipe, code_version=code_version())
    return sealed(replace(whole, recipe=recipe, document=_pdf(whole, document or document_of(whole, edition))))


def remade(archive: Archive, edition: Edition) -> bytes:
    """Make the document of an archive again, as it was.

    Raises ``ArchiveError`` where the edition or the code is another one, and where other bytes come out.
    """
    check_edition(archive, edition)
    recipe = archive.recipe
    if recipe.code_version != code_version():
        raise ArchiveError(
            f"Dit rapport is gemaakt met Wijkpeil {recipe.code_version}, en dit is {code_version()}. Installeer die "
            f"versie om precies hetzelfde te maken. Het rapport zelf zit in het archief."
        )
    content = _pdf(archive, document_of(archive, edition))
    if recipe.document and sha256(content) != recipe.document:
        raise ArchiveError(
            f"Er komt een ander document uit ({sha256(content)[:12]}) dan in het archief zit ({recipe.document[:12]})."
        )
    return content


def check_edition(archive: Archive, edition: Edition) -> None:
    """Refuse an edition with other figures than those that were frozen."""
    wanted, found = archive.recipe.edition_hash, edition.manifest.content
    if wanted != found:
        raise ArchiveError(
            f"De cijfers zijn niet die van het rapport: editie {archive.recipe.edition} met hash {wanted[:12]} is "
            f"nodig, en dit is editie {edition.id} met hash {found[:12]}."
        )


def document_of(archive: Archive, edition: Edition) -> Document:
    """Write the document of an archive; raises ``ArchiveError`` for a kind or a programme that is not there."""
    recipe = archive.recipe
    programme = edition.policy.programme.get(recipe.programme)
    if recipe.sort not in SORTS or programme is None:
        raise ArchiveError(f"Deze versie kan geen {recipe.sort} van programma {recipe.programme!r} maken.")
    if recipe.sort == ERRATUM:
        return erratum(archive, edition)
    if recipe.sort == PROGRESS:
        return _progress(archive, edition)
    issue = Issue(
        programme=_within(programme, recipe),
        state=archive.state,
        pictures=archive.pictures,
        language=recipe.language,
        site=recipe.site,
        redaction=recipe.redaction,
    )
    return magazine(edition, issue)


def checked(archive: Archive, edition: Edition) -> Checked:
    """Hold the text of an archive against what it stands on: what every reference becomes, and all complaints.

    Raises ``ArchiveError`` where there is no text.
    """
    if archive.written is None:
        raise ArchiveError("In dit archief is geen tekst waaruit een voortgangsrapportage is te maken.")
    return check_text(_grounds(archive, edition), archive.written)


def cited(archive: Archive) -> tuple[StudyResult, ...]:
    """Keep the studies that the text of an archive names; a table of all studies names them all."""
    if archive.written is None:
        return ()
    say = language(archive.recipe.language).say
    asked = [one for name, text in archive.written.parts for one in scan(name, text, say).found.values()]
    if any(one.kind == "tabel" and "onderzoeken" in one.words for one in asked):
        return archive.studies
    named = {word for one in asked for word in one.words}
    return tuple(one for one in archive.studies if one.study.id in named)


def complaints(faults: Sequence[Fault]) -> str:
    """Say in one sentence how many complaints there are, and the first with its place."""
    first = faults[0]
    counted = "is 1 klacht" if len(faults) == 1 else f"zijn {len(faults)} klachten"
    which = "" if len(faults) == 1 else " De eerste:"
    return f"Er {counted} over deze tekst.{which} {first.place}: {first.sentence}"


def _progress(archive: Archive, edition: Edition) -> Document:
    if archive.written is None:
        raise ArchiveError("In dit archief is geen tekst waaruit een voortgangsrapportage is te maken.")
    try:
        return progress(_grounds(archive, edition), archive.written, site=archive.recipe.site)
    except FaultyTextError as faulty:
        raise ArchiveError(complaints(faulty.faults)) from faulty


def _grounds(archive: Archive, edition: Edition) -> Grounds:
    recipe = archive.recipe
    programme = edition.policy.programme.get(recipe.programme)
    if programme is None:
        raise ArchiveError(f"Deze editie heeft geen programma {recipe.programme!r}.")
    return Grounds(
        edition=edition,
        programme=_within(programme, recipe),
        language=language(recipe.language),
        state=archive.state,
        studies=archive.studies,
    )


def _within(programme: Programme, recipe: Recipe) -> Programme:
    """Keep the neighbourhoods of the city or the one neighbourhood that a document is about."""
    kept = tuple(
        one
        for one in programme.neighbourhoods
        if recipe.city in {"", one.gemeente} and recipe.area in {"", programme.code_of(one)}
    )
    return replace(programme, neighbourhoods=kept)


def _pdf(archive: Archive, document: Document) -> bytes:
    return compile_pdf(document, template=TEMPLATE) if archive.recipe.sort == MAGAZINE else compile_pdf(document)
