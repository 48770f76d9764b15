"""Makes the report of an archive: for the first time, again as it was, or as the next redaction."""

from dataclasses import replace
from importlib.metadata import version

from wijkpeil.domain.programme import Programme
from wijkpeil.publication.edition import Edition
from wijkpeil.reports.archive import Archive, ArchiveError, Recipe, sealed, sha256
from wijkpeil.reports.document import Document
from wijkpeil.reports.erratum import erratum
from wijkpeil.reports.magazine import TEMPLATE, Issue, magazine
from wijkpeil.reports.typesetting import compile_pdf

MAGAZINE, ERRATUM = "magazine", "erratum"
SORTS = (MAGAZINE, ERRATUM)
"""What can be frozen."""


def code_version() -> str:
    """Give the version of this code."""
    return version("wijkpeil")


def made(archive: Archive, edition: Edition) -> Archive:
    """Make the document of an archive with this code, and write in the recipe which that was.

    Raises ``ArchiveError`` where the edition is not that of the archive.
    """
    check_edition(archive, edition)
    recipe = replace(archive.recipe, code_version=code_version())
    return sealed(replace(archive, recipe=recipe, document=_pdf(archive, edition)))


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
    content = _pdf(archive, edition)
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
    issue = Issue(
        programme=_within(programme, recipe),
        state=archive.state,
        pictures=archive.pictures,
        language=recipe.language,
        site=recipe.site,
        redaction=recipe.redaction,
    )
    return magazine(edition, issue)


def _within(programme: Programme, recipe: Recipe) -> Programme:
    """Keep the neighbourhoods of the city or the one neighbourhood that a document is about."""
    kept = tuple(
        one
        for one in programme.neighbourhoods
        if recipe.city in {"", one.gemeente} and recipe.area in {"", programme.code_of(one)}
    )
    return replace(programme, neighbourhoods=kept)


def _pdf(archive: Archive, edition: Edition) -> bytes:
    made = document_of(archive, edition)
    return compile_pdf(made, template=TEMPLATE) if archive.recipe.sort == MAGAZINE else compile_pdf(made)
