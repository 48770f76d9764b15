"""An erratum: what in a document that was sent is wrong, where it stands, and what is right."""

from datetime import date

from wijkpeil.portrayal.language import language
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.subject import edition_card
from wijkpeil.reports.archive import Archive
from wijkpeil.reports.document import Document, Heading, Paragraph, Provenance, Role, plain
from wijkpeil.reports.state import state_hash


def erratum(archive: Archive, edition: Edition) -> Document:
    """Write the erratum of an archive; raises ``KeyError`` where the recipe has none."""
    recipe, card = archive.recipe, edition_card(edition)
    told = recipe.erratum
    if told is None:
        raise KeyError("erratum")
    tongue = language(recipe.language)
    say = tongue.say
    sent = say(
        "Dit hoort bij ‘{title}’. Dat document blijft zoals het is verzonden; je herkent het aan sha256 {hash}.",
        title=told.of_title,
        hash=told.of_document,
    )
    return Document(
        title=recipe.title,
        kicker=say("Erratum"),
        subtitle=tongue.day(date.fromisoformat(recipe.frozen_on)),
        language=tongue.code,
        provenance=Provenance(
            edition=card.id,
            edition_hash=edition.manifest.content,
            made_on=card.made_on,
            code_version=recipe.code_version,
            state_hash=state_hash(archive.state),
            fictional=card.fictional,
        ),
        blocks=(
            Paragraph(text=plain(sent), role=Role.LEAD),
            Heading(text=say("Wat er niet klopt"), id="fout"),
            *(Paragraph(text=plain(line)) for line in told.wrong.splitlines() if line.strip()),
            Heading(text=say("Waar het staat"), id="plaats"),
            *(Paragraph(text=plain(line)) for line in told.where.splitlines() if line.strip()),
            Heading(text=say("Wat het moet zijn"), id="goed"),
            *(Paragraph(text=plain(line)) for line in told.right.splitlines() if line.strip()),
        ),
        about=say("Erratum bij {title}", title=told.of_title),
    )
